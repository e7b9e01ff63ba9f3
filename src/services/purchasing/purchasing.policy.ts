import { PUBLIC_RECORDS, ROW, type RowRule, type Way } from '../../database/row-security.ts';
import { byPartner, ofPartner, ofService } from '../service.policy.ts';

/* Whose business purchasing is: the body's staff keep what is on offer, members order, a supplier answers for itself. */

const ofSupplier: Way = { reach: 'suppliers', column: 'supplier_id' };

/** What is on offer, and by whom, is public; the staff of the purchasing service keep it. */
export const offerRule: RowRule = {
  see: [{ everyone: true }],
  make: [ofService],
  change: [ofService],
  hasProvenance: true,
};

/** Lists of an agreement, whose rows have no provenance of their own. */
export const offerListRule: RowRule = {
  ...PUBLIC_RECORDS,
  make: [
    {
      reach: 'services',
      where: `exists (select from framework_agreement la where la.id = ${ROW}.agreement_id and la.service_id = any({list}))`,
    },
  ],
  remove: [
    {
      reach: 'services',
      where: `exists (select from framework_agreement la where la.id = ${ROW}.agreement_id and la.service_id = any({list}))`,
    },
  ],
};

/**
 * Prices are for those who may order at them: members in force, the staff, and the supplier whose price it is. A
 * supplier sees no other's.
 */
export const priceRule: RowRule = {
  see: [
    { synthetic: true },
    ofService,
    ofSupplier,
    {
      reach: 'partners',
      where: `exists (select from enrolment re where re.service_id = ${ROW}.service_id and re.partner_id = any({list})
        and re.status = 'ACTIVE')`,
    },
  ],
  make: [ofService],
  change: [ofService],
  hasProvenance: true,
};

/** What was ordered of an agreement and of its lots is the body's: over few members it would tell one's orders. */
export const spendRule: RowRule = { see: [{ synthetic: true }, ofService], hasProvenance: true };

/** What a purchasing service knows of a member: seen by both, kept by the staff. */
export const buyerRule: RowRule = {
  see: [{ synthetic: true }, ofPartner, ofService],
  make: [ofService],
  change: [ofService],
  hasProvenance: true,
};

/**
 * An order belongs to the member and to the staff, and for as long as it is offered to a supplier or carried out by it,
 * to that supplier: when it passes on, the next one's price is in it.
 */
export const orderRule: RowRule = {
  see: [{ synthetic: true }, ofPartner, ofService, ofSupplier],
  make: [byPartner, ofService],
  change: [byPartner, ofService, ofSupplier],
  hasProvenance: true,
};

/** What a buyer would pay at most is not for the supplier's eyes. */
export const priceLimitSeenBy: readonly Way[] = [{ synthetic: true }, ofPartner, ofService];

const ofSeenOrder: Way = {
  where: `exists (select from purchase_order so where so.partner_id = ${ROW}.partner_id and so.id = ${ROW}.order_id)`,
};
const bySupplierOfOrder: Way = {
  reach: 'suppliers',
  where: `exists (select from purchase_order so where so.partner_id = ${ROW}.partner_id and so.id = ${ROW}.order_id
    and so.supplier_id = any({list}))`,
};
const byStaffOfOrder: Way = {
  reach: 'services',
  where: `exists (select from purchase_order so where so.partner_id = ${ROW}.partner_id and so.id = ${ROW}.order_id
    and so.service_id = any({list}))`,
};

/** Lines, and what was delivered of them, are seen with their order. */
export const orderPartRule: RowRule = {
  see: [ofSeenOrder],
  make: [byPartner, byStaffOfOrder, bySupplierOfOrder],
  change: [byPartner, byStaffOfOrder, bySupplierOfOrder],
};

/** A step of an order: a supplier sees those that are about itself, also after the order has passed on. */
export const orderEventRule: RowRule = {
  see: [{ synthetic: true }, ofPartner, ofService, ofSupplier],
  make: [byPartner, ofService, ofSupplier],
  hasProvenance: true,
};

/** Where a step stands among all of an order's tells of those that a supplier does not see. */
export const positionSeenBy: readonly Way[] = [{ synthetic: true }, ofPartner, ofService];

/** The panel's advice is public; the staff write it down. */
export const adviceRule: RowRule = { ...offerRule };

/** A member's remark on a product is read by the staff and itself. */
export const remarkRule: RowRule = {
  see: [{ synthetic: true }, ofPartner, ofService],
  make: [byPartner, ofService],
  change: [byPartner, ofService],
  hasProvenance: true,
};
