import type { EntityManager } from '@mikro-orm/postgresql';
import { brusselsDay } from '../../clock.ts';
import { newId } from '../../database/keys.ts';
import { isMore, minus } from './amounts.ts';
import { type Choice, firstRank, type PassedOver, type Price, type Wanted } from './cascade.ts';
import { CascadeRank } from './catalogue.entity.ts';
import {
  OrderActor,
  OrderEvent,
  OrderEventKind,
  OrderLine,
  OrderReason,
  OrderState,
  PurchaseOrder,
} from './order.entity.ts';
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

/** Writes a step into the history of an order. Its position is the database's to give. */
export function recordStep(em: EntityManager, order: PurchaseOrder, step: Step): OrderEvent {
  const { kind, actor, at, rank = order.rank, supplier = order.supplier, reason = null } = step;
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
    exclVat: step.amounts?.exclVat ?? order.totalExclVat,
    inclVat: step.amounts?.inclVat ?? order.totalInclVat,
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
    order.state = OrderState.OFFERED;
    order.supplier = em.getReference(Supplier, supplier);
    order.answerDueAt = addWorkingHours(at, order.agreement.answerHours, this.work);
    recordStep(em, order, { kind: OrderEventKind.OFFERED, actor: OrderActor.HUB, at });
  }

  /**
   * Passes an order that was declined, or not answered, to the next rank at that rank's price: the buyer is asked first
   * where that is dearer than its limit, and without another rank the order is exhausted.
   */
  async passOn(em: EntityManager, order: PurchaseOrder, at: Date): Promise<void> {
    await em.populate(order, ['agreement']);
    const lines = await em.find(
      OrderLine,
      { partner: order.partner, order },
      { orderBy: { position: 'asc' } },
    );
    const wanted: Wanted[] = lines.map(({ product, quantity }) => ({ product: product.id, quantity }));
    const prices = await pricesOn(em, {
      lot: order.lot.id,
      products: wanted.map(({ product }) => product),
      day: brusselsDay(at),
    });
    const left = await roomOf(em, { lot: order.lot.id, agreement: order.agreement.id });
    // What the order itself holds of the ceiling is its own to use.
    const room = left === undefined ? undefined : minus(left, `-${order.totalExclVat}`);
    const { choice, passedOver } = firstRank(wanted, prices, { after: order.rank ?? 0, room });
    this.passOver(em, order, passedOver, at);
    if (!choice) {
      order.state = OrderState.EXHAUSTED;
      order.supplier = null;
      order.closedAt = at;
      recordStep(em, order, { kind: OrderEventKind.EXHAUSTED, actor: OrderActor.HUB, at, supplier: null });
      return;
    }
    reprice(em, order, lines, choice, at);
    if (order.priceLimit && isMore(order.totalExclVat, order.priceLimit)) {
      order.state = OrderState.CONSENT_ASKED;
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
    order.answerDueAt = null;
    if (order.state === OrderState.CONSENT_ASKED) {
      order.state = OrderState.CANCELLED;
      order.closedAt = at;
      const reason = OrderReason.CONSENT_TIMED_OUT;
      recordStep(em, order, { kind: OrderEventKind.CANCELLED, actor: OrderActor.HUB, at, reason });
      return;
    }
    order.state = OrderState.TIMED_OUT;
    recordStep(em, order, { kind: OrderEventKind.TIMED_OUT, actor: OrderActor.HUB, at });
    // Each step is written by itself: the database knows those that there are.
    await em.flush();
    await this.passOn(em, order, at);
  }
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
