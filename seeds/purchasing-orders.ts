import { stableId } from '../src/database/keys.ts';
import { Provenance } from '../src/database/properties.ts';
import {
  lineAmount,
  minus,
  type PricedLine,
  scaled,
  type Totals,
  totalsOf,
} from '../src/services/purchasing/amounts.ts';
import {
  DeliveryLine,
  OrderActor,
  OrderEvent,
  OrderEventKind,
  OrderLine,
  OrderReason,
  OrderState,
  PurchaseOrder,
} from '../src/services/purchasing/order.entity.ts';
import { addWorkingDays, addWorkingHours } from '../src/services/purchasing/working-time.ts';
import { plusDays } from './calendar.ts';
import type { DemoEnrolment, Demonstration, DemoService } from './demonstration.ts';
import type { DemoLot, DemoPrice, DemoProduct } from './purchasing-offer.ts';
import type { Random } from './random.ts';

/** What is ordered of a product. */
export interface Wanted {
  product: DemoProduct;
  quantity: number;
}

/** How an order ends. */
export type Ending = 'DELIVERED' | 'CANCELLED' | 'EXHAUSTED';

/** An order as it is to be. */
export interface OrderPlan {
  enrolment: DemoEnrolment;
  lot: DemoLot;
  /** A working day. */
  day: string;
  wanted: readonly Wanted[];
  /** Rank that has it in the end. */
  rank: number;
  ending: Ending;
}

const priceAt = ({ product }: Wanted, rank: number): DemoPrice => product.prices[rank - 1] as DemoPrice;

/** The lines of an order at the prices of a rank. */
export function linesAt(wanted: readonly Wanted[], rank: number): PricedLine[] {
  return wanted.map((one) => {
    const { unitPrice, vatRate } = priceAt(one, rank);
    return { quantity: one.quantity.toFixed(3), unitPrice, vatRate };
  });
}

/** What an order comes to, VAT included, in cents. */
export const centsAt = (wanted: readonly Wanted[], rank: number): number =>
  Number(scaled(totalsOf(linesAt(wanted, rank)).inclVat, 2));

/** Writes an order with its history, every step of it at a time of work. */
export class OrderWriter {
  #number = 0;

  constructor(
    private readonly demonstration: Demonstration,
    private readonly service: DemoService,
    private readonly random: Random,
  ) {}

  write(plan: OrderPlan): void {
    const { random } = this;
    const { enrolment, lot, wanted, rank, ending } = plan;
    const { partner } = enrolment;
    this.#number += 1;
    const order = stableId(`order:${this.#number}`);
    this.demonstration.seen(partner, plan.day);
    const totals = totalsOf(linesAt(wanted, rank));
    const steps = new History(this, plan, order);
    const placedAt = new Date(Date.parse(plan.day) + (9 * 60 + random.int(0, 300)) * 60_000);
    steps.add(OrderEventKind.PLACED, OrderActor.BUYER, placedAt);
    let at = placedAt;
    let pricedAt = placedAt;
    for (let asked = 1; asked <= rank; asked += 1) {
      pricedAt = at;
      steps.add(OrderEventKind.OFFERED, OrderActor.HUB, at, { rank: asked });
      const isLast = asked === rank && ending !== 'EXHAUSTED';
      if (isLast) break;
      if (random.chance(0.3)) {
        at = addWorkingHours(at, 4);
        steps.add(OrderEventKind.TIMED_OUT, OrderActor.HUB, at, { rank: asked });
      } else {
        at = addWorkingHours(at, random.int(1, 35) / 10);
        const reason = random.pick([OrderReason.OUT_OF_STOCK, OrderReason.CANNOT_DELIVER_IN_TIME]);
        steps.add(OrderEventKind.DECLINED, OrderActor.SUPPLIER, at, { rank: asked, reason });
      }
    }
    const end = { state: OrderState.CLOSED, closedAt: at } as Record<string, unknown>;
    if (ending === 'CANCELLED') {
      end.closedAt = at = addWorkingHours(at, 0.5);
      end.state = OrderState.CANCELLED;
      const reason = OrderReason.NO_LONGER_NEEDED;
      steps.add(OrderEventKind.CANCELLED, OrderActor.BUYER, at, { rank, reason });
    } else if (ending === 'EXHAUSTED') {
      end.state = OrderState.EXHAUSTED;
      steps.add(OrderEventKind.EXHAUSTED, OrderActor.HUB, at, { rank, supplier: null });
    } else {
      at = addWorkingHours(at, random.int(2, 38) / 10);
      end.confirmedAt = at;
      steps.add(OrderEventKind.CONFIRMED, OrderActor.SUPPLIER, at, { rank });
      end.deliveredAt = at = steps.deliver(rank, totals);
      end.closedAt = at = addWorkingHours(at, random.int(4, 24));
      steps.add(OrderEventKind.CLOSED, OrderActor.BUYER, at, { rank });
      end.deliveredExclVat = totals.exclVat;
    }
    this.demonstration.add(PurchaseOrder, {
      partner: partner.id,
      id: order,
      number: this.#number,
      service: this.service.id,
      agreement: lot.agreement,
      lot: lot.id,
      enrolment: [partner.id, enrolment.id],
      rank,
      supplier: ending === 'EXHAUSTED' ? null : priceAt(wanted[0] as Wanted, rank).supplier,
      placedAt,
      pricedAt,
      confirmationDueAt: addWorkingHours(placedAt, 24),
      deliveryDueOn: addWorkingDays(plan.day, 7),
      totalExclVat: totals.exclVat,
      totalVat: totals.vat,
      totalInclVat: totals.inclVat,
      ...end,
      provenance: Provenance.SYNTHETIC,
      createdAt: placedAt,
      version: 1,
    } as never);
    for (const [index, line] of linesAt(wanted, rank).entries()) {
      const { product } = wanted[index] as Wanted;
      this.demonstration.add(OrderLine, {
        partner: partner.id,
        id: steps.lineId(index),
        order: [partner.id, order],
        position: index + 1,
        product: product.id,
        price: priceAt(wanted[index] as Wanted, rank).id,
        ...line,
        exclVat: lineAmount(line),
        deliveredQuantity: ending === 'DELIVERED' ? line.quantity : '0.000',
      } as never);
    }
    steps.save(this.demonstration, this.service);
  }

  /** When a delivery comes: within the seven working days, but for some. */
  deliveryDay(day: string): string {
    return addWorkingDays(day, this.random.chance(0.91) ? this.random.int(1, 7) : this.random.int(8, 11));
  }
}

/** The steps of one order. */
class History {
  readonly #rows: Record<string, unknown>[] = [];
  readonly #deliveries: Record<string, unknown>[] = [];

  constructor(
    private readonly writer: OrderWriter,
    private readonly plan: OrderPlan,
    private readonly order: string,
  ) {}

  lineId = (index: number): string => stableId(`order line:${this.order}:${index + 1}`);

  add(
    kind: OrderEventKind,
    actor: OrderActor,
    occurredAt: Date,
    of: {
      rank?: number;
      reason?: OrderReason;
      supplier?: null;
      amounts?: Pick<Totals, 'exclVat' | 'inclVat'>;
    } = {},
  ): string {
    const { enrolment, wanted } = this.plan;
    const { rank, reason } = of;
    const { exclVat, inclVat } = of.amounts ?? totalsOf(linesAt(wanted, rank ?? 1));
    const id = stableId(`order event:${this.order}:${this.#rows.length + 1}`);
    this.#rows.push({
      partner: enrolment.partner.id,
      id,
      order: [enrolment.partner.id, this.order],
      position: this.#rows.length + 1,
      kind,
      actor,
      rank: rank ?? null,
      supplier: rank && of.supplier !== null ? priceAt(wanted[0] as Wanted, rank).supplier : null,
      reason: reason ?? null,
      exclVat,
      inclVat,
      occurredAt,
      provenance: Provenance.SYNTHETIC,
      recordedAt: occurredAt,
    });
    return id;
  }

  /** All lines at once, or the last one later than the others; answers when all was there. */
  deliver(rank: number, totals: Totals): Date {
    const { day, wanted, enrolment } = this.plan;
    const last = this.writer.deliveryDay(day);
    const at = (on: string): Date => new Date(Date.parse(on) + 10 * 3_600_000);
    const came = (
      occurredAt: Date,
      indexes: number[],
      amounts: { exclVat: string; inclVat: string },
    ): void => {
      const event = this.add(OrderEventKind.DELIVERED, OrderActor.BUYER, occurredAt, { rank, amounts });
      for (const index of indexes) {
        this.#deliveries.push({
          partner: enrolment.partner.id,
          id: stableId(`delivery line:${event}:${index}`),
          order: [enrolment.partner.id, this.order],
          event: [enrolment.partner.id, event],
          line: [enrolment.partner.id, this.lineId(index)],
          quantity: (wanted[index] as Wanted).quantity.toFixed(3),
        });
      }
    };
    const all = wanted.map((_, index) => index);
    // A part comes some days before the rest.
    const earlier = addWorkingDays(day, 1);
    if (wanted.length > 1 && plusDays(earlier, 1) < last) {
      const part = totalsOf(linesAt(wanted.slice(0, -1), rank));
      came(at(earlier), all.slice(0, -1), part);
      came(at(last), all.slice(-1), {
        exclVat: minus(totals.exclVat, part.exclVat),
        inclVat: minus(totals.inclVat, part.inclVat),
      });
    } else came(at(last), all, totals);
    return at(last);
  }

  save(demonstration: Demonstration, service: DemoService): void {
    for (const row of this.#rows) demonstration.add(OrderEvent, { ...row, service: service.id } as never);
    for (const row of this.#deliveries) demonstration.add(DeliveryLine, row as never);
  }
}
