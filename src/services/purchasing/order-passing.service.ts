import type { EntityManager } from '@mikro-orm/postgresql';
import { brusselsDay } from '../../clock.ts';
import { newId } from '../../database/keys.ts';
import type { FrameworkAgreement } from './agreement.entity.ts';
import { isMore, minus } from './amounts.ts';
import { type Choice, firstRank, type PassedOver, type Price, type Wanted } from './cascade.ts';
import { CascadeRank, Product } from './catalogue.entity.ts';
import {
  OrderActor,
  OrderEvent,
  OrderEventKind,
  OrderLine,
  OrderReason,
  OrderState,
  PurchaseOrder,
} from './order.entity.ts';
import { OrderStep, takeStep } from './order-steps.ts';
import { isCertified, isInForce, isOnOffer } from './order-terms.ts';
import { Supplier } from './supplier.entity.ts';
import { addWorkingHours, type WorkingHours } from './working-time.ts';

/** What an event says beside its order. */
export interface Step {
  kind: OrderEventKind;
  actor: OrderActor;
  at: Date;
  rank?: number | null;
  supplier?: Supplier | null;
  reason?: OrderReason | null;
  /** The order's totals without. */
  amounts?: { exclVat: string; inclVat: string };
}

const NOTHING = { exclVat: '0.00', inclVat: '0.00' };

/**
 * Writes a step into the history of an order. Its position is the database's to give. A rank that is passed over is told
 * no amount: its supplier sees the step, and the total is at the price of another.
 */
export function recordStep(em: EntityManager, order: PurchaseOrder, step: Step): OrderEvent {
  const { kind, actor, at, rank = order.rank, supplier = order.supplier, reason = null } = step;
  const amounts = kind === OrderEventKind.PASSED_OVER ? NOTHING : step.amounts;
  return em.create(OrderEvent, {
    id: newId(),
    partner: order.partner,
    order,
    service: order.service,
    position: 0,
    kind,
    actor,
    rank,
    supplier,
    reason,
    exclVat: amounts?.exclVat ?? order.totalExclVat,
    inclVat: amounts?.inclVat ?? order.totalInclVat,
    occurredAt: at,
    provenance: order.provenance,
  } as never);
}

/** Prices of a lot's products that are in force on a day, of every rank. */
export async function pricesOn(
  em: EntityManager,
  { lot, products, day }: { lot: string; products: readonly string[]; day: string },
): Promise<Price[]> {
  const ranks = await em.find(CascadeRank, {
    lot,
    product: { $in: [...products] },
    validFrom: { $lte: day },
    $or: [{ validUntil: null }, { validUntil: { $gt: day } }],
  });
  return ranks.map(({ id, product, supplier, rank, unitPrice, vatRate, minimumQuantity }) => ({
    id,
    product: product.id,
    supplier: supplier.id,
    rank,
    unitPrice,
    vatRate,
    minimumQuantity,
  }));
}

/**
 * What may still be ordered of a lot, without VAT: the less of what the lot and its agreement have left; undefined for
 * no limit. Nobody else orders of it until the end of the transaction.
 */
export async function roomOf(
  em: EntityManager,
  { lot, agreement }: { lot: string; agreement: string },
): Promise<string | undefined> {
  const [row] = await em.execute<{ room: string | null }[]>('select room_of_lot(?, ?)::text as room', [
    agreement,
    lot,
  ]);
  return row?.room ?? undefined;
}

/**
 * Locks the enrolment of an order against its end, before what refers to the partner is written: closing the partner
 * locks in that order. For the hub's own part: a supplier sees no enrolment.
 */
export async function lockEnrolment(
  em: EntityManager,
  of: { partner_id: string; enrolment_id: string },
): Promise<void> {
  await em.execute('select id from enrolment where partner_id = ? and id = ? for share', [
    of.partner_id,
    of.enrolment_id,
  ]);
}

/** Passes orders down the cascade; all of it is the hub's own part. */
export class OrderPassing {
  constructor(private readonly work: WorkingHours) {}

  /** Records the ranks that an order went past. */
  passOver(em: EntityManager, order: PurchaseOrder, passedOver: readonly PassedOver[], at: Date): void {
    for (const { rank, supplier, reason } of passedOver) {
      recordStep(em, order, {
        kind: OrderEventKind.PASSED_OVER,
        actor: OrderActor.HUB,
        at,
        rank,
        supplier: em.getReference(Supplier, supplier),
        reason,
      });
    }
  }

  /** Offers an order to the supplier of its rank. */
  offer(em: EntityManager, order: PurchaseOrder, supplier: string, at: Date): void {
    order.state = take(order, OrderStep.OFFER, at);
    this.ask(em, order, supplier, at);
  }

  /** Asks the supplier of an order that has come to be offered. */
  ask(em: EntityManager, order: PurchaseOrder, supplier: string, at: Date): void {
    order.supplier = em.getReference(Supplier, supplier);
    order.answerDueAt = addWorkingHours(at, order.agreement.answerHours, this.work);
    recordStep(em, order, { kind: OrderEventKind.OFFERED, actor: OrderActor.HUB, at });
  }

  /**
   * Passes an order that was declined, or not answered, to the next rank at that rank's price: the buyer is asked first
   * where that is dearer than its limit, and without another rank, or where it could no longer be placed, the order is
   * exhausted.
   */
  async passOn(em: EntityManager, order: PurchaseOrder, at: Date): Promise<void> {
    // The agreement is read under the lock that this takes.
    const left = await roomOf(em, { lot: order.lot.id, agreement: order.agreement.id });
    await em.populate(order, ['agreement']);
    const day = brusselsDay(at);
    const lines = await em.find(
      OrderLine,
      { partner: order.partner, order },
      { orderBy: { position: 'asc' } },
    );
    const wanted: Wanted[] = lines.map(({ product, quantity }) => ({ product: product.id, quantity }));
    const prices = await pricesOn(em, {
      lot: order.lot.id,
      products: wanted.map(({ product }) => product),
      day,
    });
    const ended = await whyEnded(em, order, wanted, day);
    if (ended) {
      exhaust(em, order, at, ended);
      return;
    }
    // What the order itself holds of the ceiling is its own to use.
    const room = left === undefined ? undefined : minus(left, `-${order.totalExclVat}`);
    const { choice, passedOver } = firstRank(wanted, prices, {
      after: order.rank ?? 0,
      room,
      asked: await askedOf(em, order),
    });
    this.passOver(em, order, passedOver, at);
    if (!choice) {
      exhaust(em, order, at, null);
      return;
    }
    reprice(em, order, lines, choice, at);
    if (order.priceLimit && isMore(order.totalExclVat, order.priceLimit)) {
      order.state = take(order, OrderStep.ASK_CONSENT, at);
      order.supplier = null;
      order.answerDueAt = addWorkingHours(at, order.agreement.consentHours, this.work);
      recordStep(em, order, {
        kind: OrderEventKind.CONSENT_ASKED,
        actor: OrderActor.HUB,
        at,
        supplier: null,
      });
    } else {
      this.offer(em, order, choice.supplier, at);
    }
  }

  /** What is over for want of an answer: the order goes on, or ends where it was the buyer who was asked. */
  async timeOut(em: EntityManager, order: PurchaseOrder, at: Date): Promise<void> {
    order.state = take(order, OrderStep.TIME_OUT, at);
    order.answerDueAt = null;
    if (order.state === OrderState.CANCELLED) {
      order.closedAt = at;
      const reason = OrderReason.CONSENT_TIMED_OUT;
      recordStep(em, order, { kind: OrderEventKind.CANCELLED, actor: OrderActor.HUB, at, reason });
      return;
    }
    recordStep(em, order, { kind: OrderEventKind.TIMED_OUT, actor: OrderActor.HUB, at });
    // Each step is written by itself: the database knows those that there are.
    await em.flush();
    await this.passOn(em, order, at);
  }
}

/** The state that a step of the hub's own leads to. @throws Error where it is not taken, which nobody can mend */
function take(order: PurchaseOrder, step: OrderStep, at: Date): OrderState {
  const standing = { state: order.state, answerDueAt: order.answerDueAt?.getTime() };
  const outcome = takeStep(standing, step, OrderActor.HUB, at.getTime());
  if ('state' in outcome) return outcome.state;
  throw new Error(`Order ${order.number} does not take the step ${step}: ${outcome.refused}`);
}

/** No rank is left, or none may be asked. */
function exhaust(em: EntityManager, order: PurchaseOrder, at: Date, reason: OrderReason | null): void {
  order.state = take(order, OrderStep.EXHAUST, at);
  order.supplier = null;
  order.closedAt = at;
  const kind = OrderEventKind.EXHAUSTED;
  recordStep(em, order, { kind, actor: OrderActor.HUB, at, supplier: null, reason });
}

/** Why an order could no longer be placed, if so: what has ended meanwhile is not offered to another supplier. */
async function whyEnded(
  em: EntityManager,
  order: PurchaseOrder,
  wanted: readonly Wanted[],
  day: string,
): Promise<OrderReason | undefined> {
  if (!isInForce(order.agreement as unknown as FrameworkAgreement, day)) return OrderReason.NO_PRICE;
  const products = await em.find(Product, { id: { $in: wanted.map(({ product }) => product) } });
  const isFine = products.every((product) => isOnOffer(product, day) && isCertified(product, day));
  return isFine ? undefined : OrderReason.PRODUCT_ENDED;
}

/** Suppliers that an order was offered to. */
async function askedOf(em: EntityManager, { partner, id }: PurchaseOrder): Promise<Set<string>> {
  const rows = await em.execute<{ supplier_id: string }[]>(
    `select supplier_id from order_event where partner_id = ? and order_id = ? and kind = 'OFFERED'`,
    [partner.id, id],
  );
  return new Set(rows.map(({ supplier_id }) => supplier_id));
}

/** Lines, rank and totals at the prices of another rank. */
function reprice(
  em: EntityManager,
  order: PurchaseOrder,
  lines: readonly OrderLine[],
  { rank, lines: priced, totals }: Choice,
  at: Date,
): void {
  for (const [index, line] of lines.entries()) {
    const { price, unitPrice, vatRate, exclVat } = priced[index] as Choice['lines'][number];
    Object.assign(line, { price: em.getReference(CascadeRank, price), unitPrice, vatRate, exclVat });
  }
  Object.assign(order, { rank, pricedAt: at }, totalsOfOrder(totals));
}

/** Totals under the names of an order's columns. */
export function totalsOfOrder(totals: Choice['totals']): {
  totalExclVat: string;
  totalVat: string;
  totalInclVat: string;
} {
  return { totalExclVat: totals.exclVat, totalVat: totals.vat, totalInclVat: totals.inclVat };
}
