import { defineEntity, p } from '@mikro-orm/core';
import { id, provenance, recordedAt } from '../../database/properties.ts';
import { rowSecurity } from '../../database/row-security.ts';
import { Partner } from '../../partners/partner.entity.ts';
import { Enrolment } from '../enrolment.entity.ts';
import { SharedService } from '../service.entity.ts';
import { FrameworkAgreement, Lot, largeMoney } from './agreement.entity.ts';
import { CascadeRank, Product, unitPrice, units, vatRate } from './catalogue.entity.ts';
import { orderEventRule, orderPartRule, orderRule } from './purchasing.policy.ts';
import { Supplier } from './supplier.entity.ts';

/** State of an order. */
export enum OrderState {
  PLACED = 'PLACED',
  OFFERED = 'OFFERED',
  CONSENT_ASKED = 'CONSENT_ASKED',
  DECLINED = 'DECLINED',
  TIMED_OUT = 'TIMED_OUT',
  CONFIRMED = 'CONFIRMED',
  PARTLY_DELIVERED = 'PARTLY_DELIVERED',
  DELIVERED = 'DELIVERED',
  CLOSED = 'CLOSED',
  CANCELLED = 'CANCELLED',
  EXHAUSTED = 'EXHAUSTED',
}

/** What happened to an order. */
export enum OrderEventKind {
  PLACED = 'PLACED',
  OFFERED = 'OFFERED',
  PASSED_OVER = 'PASSED_OVER',
  CONSENT_ASKED = 'CONSENT_ASKED',
  CONSENTED = 'CONSENTED',
  CONFIRMED = 'CONFIRMED',
  DECLINED = 'DECLINED',
  TIMED_OUT = 'TIMED_OUT',
  DELIVERED = 'DELIVERED',
  CLOSED = 'CLOSED',
  CANCELLED = 'CANCELLED',
  EXHAUSTED = 'EXHAUSTED',
}

/** Why a step was taken. */
export enum OrderReason {
  OUT_OF_STOCK = 'OUT_OF_STOCK',
  CANNOT_DELIVER_IN_TIME = 'CANNOT_DELIVER_IN_TIME',
  PRODUCT_ENDED = 'PRODUCT_ENDED',
  NO_LONGER_NEEDED = 'NO_LONGER_NEEDED',
  PRICE_REFUSED = 'PRICE_REFUSED',
  CONSENT_TIMED_OUT = 'CONSENT_TIMED_OUT',
  NO_PRICE = 'NO_PRICE',
  CEILING = 'CEILING',
  NOT_DELIVERED = 'NOT_DELIVERED',
  OTHER = 'OTHER',
}

/** Who took a step. */
export enum OrderActor {
  BUYER = 'BUYER',
  SUPPLIER = 'SUPPLIER',
  STAFF = 'STAFF',
  HUB = 'HUB',
}

/** A reference to an order of the same partner. */
const ofOrder = () =>
  p
    .manyToOne(PurchaseOrder)
    .joinColumns('partner_id', 'order_id')
    .ownColumns('order_id')
    .deleteRule('no action')
    .updateRule('no action');

export const PurchaseOrderSchema = defineEntity({
  name: 'PurchaseOrder',
  tableName: 'purchase_order',
  ...rowSecurity('purchase_order', orderRule),
  properties: {
    partner: () => p.manyToOne(Partner).primary(),
    id: id(),
    /** Its number among people; numbers rise, and some are never used. */
    number: p.integer().unique(),
    service: () => p.manyToOne(SharedService),
    agreement: () => p.manyToOne(FrameworkAgreement),
    lot: () => p.manyToOne(Lot),
    enrolment: () =>
      p
        .manyToOne(Enrolment)
        .joinColumns('partner_id', 'enrolment_id')
        .ownColumns('enrolment_id')
        .deleteRule('no action')
        .updateRule('no action'),
    /** The buyer's own reference, if any. */
    buyerReference: p.string().length(80).nullable(),
    /** Total without VAT above which the buyer is asked before a later rank gets the order; none: it is not asked. */
    priceLimit: largeMoney().nullable(),
    state: p.enum(() => OrderState),
    /** Rank that it is offered to, or that has it; the last one that was asked where it is exhausted. */
    rank: p.smallint().nullable(),
    /** Who it is offered to, or who has it: nobody while the buyer is asked, and when it is over without one. */
    supplier: () => p.manyToOne(Supplier).nullable(),
    placedAt: p.datetime(3),
    /** When it came to its rank: its prices are those in force on that day. */
    pricedAt: p.datetime(3),
    /** When the step that is waited for is late: an answer of the supplier, or the buyer's consent. */
    answerDueAt: p.datetime(3).nullable(),
    /** When it is to be confirmed, whoever confirms it. */
    confirmationDueAt: p.datetime(3),
    /** Last day on which a delivery is in time. */
    deliveryDueOn: p.date(),
    confirmedAt: p.datetime(3).nullable(),
    /** When all of it was there. */
    deliveredAt: p.datetime(3).nullable(),
    /** When it ended, in whatever way. */
    closedAt: p.datetime(3).nullable(),
    /** Totals at the prices of the rank: the sum of its lines, VAT for each rate on their sum, and both. */
    totalExclVat: largeMoney(),
    totalVat: largeMoney(),
    totalInclVat: largeMoney(),
    /** The part of the total without VAT that was delivered. */
    deliveredExclVat: largeMoney().default('0.00'),
    provenance: provenance(),
    createdAt: recordedAt(),
    version: p.integer().version(),
  },
  indexes: [
    { properties: ['id'] },
    { properties: ['service', 'placedAt', 'id'] },
    { properties: ['partner', 'placedAt', 'id'] },
    { properties: ['supplier', 'placedAt', 'id'] },
    { properties: ['lot'] },
    // What is due, for the job that passes orders on.
    {
      name: 'purchase_order_due_index',
      expression:
        'create index purchase_order_due_index on purchase_order (answer_due_at) where answer_due_at is not null',
    },
  ],
  checks: [
    { name: 'purchase_order_rank', expression: 'rank >= 1 and rank <= 5' },
    {
      name: 'purchase_order_totals',
      expression:
        'total_excl_vat >= 0 and total_vat >= 0 and total_incl_vat = total_excl_vat + total_vat and delivered_excl_vat >= 0 and delivered_excl_vat <= total_excl_vat',
    },
    { name: 'purchase_order_price_limit', expression: 'price_limit >= 0' },
    {
      name: 'purchase_order_parts_of_state',
      expression: `case
        when state = 'OFFERED' then supplier_id is not null and rank is not null and answer_due_at is not null
        when state = 'CONSENT_ASKED' then supplier_id is null and rank is not null and answer_due_at is not null
        when state in ('CONFIRMED', 'PARTLY_DELIVERED', 'DELIVERED')
          then supplier_id is not null and rank is not null and answer_due_at is null and confirmed_at is not null
        else answer_due_at is null end`.replaceAll(/\s+/g, ' '),
    },
    {
      name: 'purchase_order_ended',
      expression: `(state in ('CLOSED', 'CANCELLED', 'EXHAUSTED')) = (closed_at is not null)`,
    },
  ],
});
/** An order of one lot, which finds its supplier down the cascade (commande, bestelling). */
export class PurchaseOrder extends PurchaseOrderSchema.class {}
PurchaseOrderSchema.setClass(PurchaseOrder);

export const OrderLineSchema = defineEntity({
  name: 'OrderLine',
  tableName: 'order_line',
  ...rowSecurity('order_line', orderPartRule),
  properties: {
    partner: () => p.manyToOne(Partner).primary(),
    id: id(),
    order: ofOrder,
    position: p.smallint(),
    product: () => p.manyToOne(Product),
    quantity: units(),
    /** The price that it is ordered at: the one of the order's rank when the order came to it. */
    price: () => p.manyToOne(CascadeRank),
    unitPrice: unitPrice(),
    vatRate: vatRate(),
    /** Quantity × unit price, rounded half up to the cent. */
    exclVat: largeMoney(),
    deliveredQuantity: units().default('0.000'),
  },
  uniques: [
    { name: 'order_line_position_unique', properties: ['partner', 'order', 'position'] },
    { name: 'order_line_product_unique', properties: ['partner', 'order', 'product'] },
  ],
  indexes: [{ properties: ['id'] }, { properties: ['product'] }],
  checks: [
    { name: 'order_line_quantity', expression: 'quantity > 0' },
    {
      name: 'order_line_delivered',
      expression: 'delivered_quantity >= 0 and delivered_quantity <= quantity',
    },
    { name: 'order_line_amount', expression: 'excl_vat = round(quantity * unit_price, 2)' },
  ],
});
/** A product in an order. */
export class OrderLine extends OrderLineSchema.class {}
OrderLineSchema.setClass(OrderLine);

export const OrderEventSchema = defineEntity({
  name: 'OrderEvent',
  tableName: 'order_event',
  ...rowSecurity('order_event', orderEventRule),
  properties: {
    partner: () => p.manyToOne(Partner).primary(),
    id: id(),
    order: ofOrder,
    service: () => p.manyToOne(SharedService),
    /** Its place in the history of the order, from 1. */
    position: p.smallint(),
    kind: p.enum(() => OrderEventKind),
    actor: p.enum(() => OrderActor),
    rank: p.smallint().nullable(),
    supplier: () => p.manyToOne(Supplier).nullable(),
    reason: p.enum(() => OrderReason).nullable(),
    /** The order's totals at that step; what was delivered, for a delivery. */
    exclVat: largeMoney(),
    inclVat: largeMoney(),
    occurredAt: p.datetime(3),
    provenance: provenance(),
    recordedAt: recordedAt(),
  },
  uniques: [{ name: 'order_event_position_unique', properties: ['partner', 'order', 'position'] }],
  indexes: [
    { properties: ['id'] },
    { properties: ['service', 'occurredAt', 'id'] },
    { properties: ['supplier', 'occurredAt', 'id'] },
    // No order is offered to a rank twice.
    {
      name: 'order_event_offered_once',
      expression: `create unique index order_event_offered_once on order_event (partner_id, order_id, rank) where kind = 'OFFERED'`,
    },
  ],
});
/** A step in the history of an order; append-only. */
export class OrderEvent extends OrderEventSchema.class {}
OrderEventSchema.setClass(OrderEvent);

export const DeliveryLineSchema = defineEntity({
  name: 'DeliveryLine',
  tableName: 'delivery_line',
  ...rowSecurity('delivery_line', orderPartRule),
  properties: {
    partner: () => p.manyToOne(Partner).primary(),
    id: id(),
    order: ofOrder,
    event: () =>
      p
        .manyToOne(OrderEvent)
        .joinColumns('partner_id', 'event_id')
        .ownColumns('event_id')
        .deleteRule('no action')
        .updateRule('no action'),
    line: () =>
      p
        .manyToOne(OrderLine)
        .joinColumns('partner_id', 'line_id')
        .ownColumns('line_id')
        .deleteRule('no action')
        .updateRule('no action'),
    quantity: units(),
  },
  uniques: [{ name: 'delivery_line_unique', properties: ['partner', 'event', 'line'] }],
  indexes: [{ properties: ['id'] }, { properties: ['line'] }],
  checks: [{ name: 'delivery_line_quantity', expression: 'quantity > 0' }],
});
/** How much of an order's line came with a delivery; append-only. */
export class DeliveryLine extends DeliveryLineSchema.class {}
DeliveryLineSchema.setClass(DeliveryLine);
