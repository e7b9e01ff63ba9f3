import type { EntityManager } from '@mikro-orm/postgresql';
import { asHub } from '../../access/as-hub.ts';
import { idempotently } from '../../access/idempotency.ts';
import { allow, checkSandbox, mayRun } from '../../access/rights.ts';
import type { Viewer } from '../../access/viewer.ts';
import { brusselsDay, type Clock } from '../../clock.ts';
import { newId } from '../../database/keys.ts';
import type { UnitOfWork } from '../../database/unit-of-work.ts';
import { NotFoundError, UserError } from '../../errors.ts';
import { keyOf } from '../../ids.ts';
import { isEnough, minus, plusUnits } from './amounts.ts';
import { CascadeRank } from './catalogue.entity.ts';
import {
  DeliveryLine,
  OrderActor,
  OrderEventKind,
  OrderLine,
  OrderReason,
  OrderState,
  PurchaseOrder,
} from './order.entity.ts';
import type {
  CancelOrderInput,
  CloseOrderInput,
  ConfirmOrderInput,
  ConsentToPriceInput,
  DeclineOrderInput,
  RecordDeliveryInput,
} from './order.inputs.ts';
import { delivered, mustBeLatest, mustBeRecent, quantitiesOf } from './order-delivery.service.ts';
import { lockEnrolment, type OrderPassing, recordStep } from './order-passing.service.ts';
import { OrderStep, type Refusal, takeStep } from './order-steps.ts';

const DECLINING: readonly OrderReason[] = [
  OrderReason.OUT_OF_STOCK,
  OrderReason.CANNOT_DELIVER_IN_TIME,
  OrderReason.PRODUCT_ENDED,
  OrderReason.OTHER,
];

/** An order with its row locked, and who takes a step of it. */
interface Taking {
  em: EntityManager;
  order: PurchaseOrder;
  actor: OrderActor;
  at: Date;
}

/** Rules and transactions of an order that was placed: answered, delivered, closed. */
export class OrderService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly passing: OrderPassing,
  ) {}

  /** The buyer consents to a dearer price, or cancels. */
  consent(viewer: Viewer, input: ConsentToPriceInput): Promise<string> {
    return this.change(
      viewer,
      'consentToPrice',
      input,
      [OrderActor.BUYER],
      async ({ em, order, actor, at }) => {
        const state = mustTake(order, OrderStep.CONSENT, actor, at);
        if (!input.accepted) {
          end(em, order, { kind: OrderEventKind.CANCELLED, actor, at, reason: OrderReason.PRICE_REFUSED });
          return;
        }
        recordStep(em, order, { kind: OrderEventKind.CONSENTED, actor, at });
        await asHub(em, viewer, async () => {
          await em.populate(order, ['agreement']);
          // The price that was consented to is the rank's, and with it the supplier is.
          const line = await em.findOneOrFail(OrderLine, { partner: order.partner, order });
          const price = await em.findOneOrFail(CascadeRank, { id: line.price.id });
          order.state = state;
          this.passing.ask(em, order, price.supplier.id, at);
        });
      },
    );
  }

  /** The supplier takes the order. */
  confirm(viewer: Viewer, input: ConfirmOrderInput): Promise<string> {
    return this.change(
      viewer,
      'confirmOrder',
      input,
      [OrderActor.SUPPLIER],
      async ({ em, order, actor, at }) => {
        order.state = mustTake(order, OrderStep.CONFIRM, actor, at);
        order.answerDueAt = null;
        order.confirmedAt = at;
        recordStep(em, order, { kind: OrderEventKind.CONFIRMED, actor, at });
      },
    );
  }

  /** The supplier does not take the order, which passes to the next rank. */
  decline(viewer: Viewer, input: DeclineOrderInput): Promise<string> {
    return this.change(
      viewer,
      'declineOrder',
      input,
      [OrderActor.SUPPLIER],
      async ({ em, order, actor, at }) => {
        if (!DECLINING.includes(input.reason)) {
          throw new UserError('INVALID_REASON', `Give one of ${DECLINING.join(', ')}.`, 'reason');
        }
        order.state = mustTake(order, OrderStep.DECLINE, actor, at);
        order.answerDueAt = null;
        recordStep(em, order, { kind: OrderEventKind.DECLINED, actor, at, reason: input.reason });
        await asHub(em, viewer, () => this.passing.passOn(em, order, at));
      },
    );
  }

  /** The buyer needs it no longer. */
  cancel(viewer: Viewer, input: CancelOrderInput): Promise<string> {
    return this.change(viewer, 'cancelOrder', input, [OrderActor.BUYER], async ({ em, order, actor, at }) => {
      mustTake(order, OrderStep.CANCEL, actor, at);
      end(em, order, { kind: OrderEventKind.CANCELLED, actor, at, reason: OrderReason.NO_LONGER_NEEDED });
    });
  }

  /** All of an order came, or a part of it. */
  deliver(viewer: Viewer, input: RecordDeliveryInput): Promise<string> {
    const who = [OrderActor.SUPPLIER, OrderActor.BUYER];
    return this.change(viewer, 'recordDelivery', input, who, async ({ em, order, actor, at }) => {
      const came = input.deliveredAt ? new Date(input.deliveredAt) : at;
      mustTake(order, OrderStep.DELIVER_PART, actor, at);
      if (actor === OrderActor.SUPPLIER) mustBeRecent(came, at);
      const lines = await em.find(
        OrderLine,
        { partner: order.partner, order },
        { orderBy: { position: 'asc' } },
      );
      await mustBeLatest(em, order, { came, at });
      const before = delivered(lines);
      const quantities = quantitiesOf(lines, input);
      for (const [line, quantity] of quantities)
        line.deliveredQuantity = plusUnits(line.deliveredQuantity, quantity);
      const after = delivered(lines);
      const isAll = lines.every((line) => isEnough(line.deliveredQuantity, line.quantity));
      order.state = mustTake(order, isAll ? OrderStep.DELIVER_REST : OrderStep.DELIVER_PART, actor, at);
      order.deliveredExclVat = after.exclVat;
      if (isAll) order.deliveredAt = came;
      const event = recordStep(em, order, {
        kind: OrderEventKind.DELIVERED,
        actor,
        at: came,
        amounts: {
          exclVat: minus(after.exclVat, before.exclVat),
          inclVat: minus(after.inclVat, before.inclVat),
        },
      });
      for (const [line, quantity] of quantities) {
        em.create(DeliveryLine, {
          id: newId(),
          partner: order.partner,
          order,
          event,
          line,
          quantity,
        } as never);
      }
    });
  }

  /** Nothing more comes of an order. */
  close(viewer: Viewer, input: CloseOrderInput): Promise<string> {
    return this.change(viewer, 'closeOrder', input, [OrderActor.BUYER], async ({ em, order, actor, at }) => {
      const state = mustTake(order, OrderStep.CLOSE, actor, at);
      const reason = order.state === OrderState.DELIVERED ? null : OrderReason.NOT_DELIVERED;
      order.state = state;
      order.closedAt = at;
      recordStep(em, order, { kind: OrderEventKind.CLOSED, actor, at, reason });
    });
  }

  /** Takes a step of an order whose row is locked: of two that arrive together the second sees the first. */
  private async change(
    viewer: Viewer,
    mutation: string,
    input: { idempotencyKey: string; order: string },
    who: readonly OrderActor[],
    take: (taking: Taking) => Promise<void>,
  ): Promise<string> {
    const id = keyOf('order', input.order, 'order');
    await idempotently(
      this.unitOfWork,
      { viewer, mutation, key: input.idempotencyKey, input },
      async (em) => {
        const [found] = await em.execute<{ partner_id: string; enrolment_id: string }[]>(
          'select partner_id, enrolment_id from purchase_order where id = ?',
          [id],
        );
        if (!found) throw new NotFoundError('The order', 'order');
        await asHub(em, viewer, () => lockEnrolment(em, found));
        const [locked] = await em.execute<{ partner_id: string }[]>(
          'select partner_id from purchase_order where id = ? for update',
          [id],
        );
        if (!locked) throw new NotFoundError('The order', 'order');
        const order = await em.findOneOrFail(PurchaseOrder, { partner: locked.partner_id, id });
        const actor = actorOf(viewer, order, who);
        checkSandbox(viewer, order.provenance, 'order');
        await take({ em, order, actor, at: this.clock() });
        await em.flush();
        return { id };
      },
    );
    return id;
  }
}

/** As whom a viewer takes a step. @throws ForbiddenError */
function actorOf(viewer: Viewer, order: PurchaseOrder, who: readonly OrderActor[]): OrderActor {
  const isSupplier = order.supplier && viewer.reach.suppliers.includes(order.supplier.id);
  const isBuyer = viewer.reach.editable.includes(order.partner.id);
  if (isSupplier && who.includes(OrderActor.SUPPLIER)) return OrderActor.SUPPLIER;
  if (isBuyer && who.includes(OrderActor.BUYER)) return OrderActor.BUYER;
  allow(mayRun(viewer, order.service.id), `this is for ${who.join(' and ')}, or for the service's staff`);
  return OrderActor.STAFF;
}

/** The state that a step leads to. @throws UserError that says why it is not taken */
function mustTake(order: PurchaseOrder, step: OrderStep, actor: OrderActor, at: Date): OrderState {
  const { state, answerDueAt, deliveryDueOn } = order;
  const isLate = brusselsDay(at) > deliveryDueOn;
  const standing = { state, answerDueAt: answerDueAt?.getTime(), isLate };
  const outcome = takeStep(standing, step, actor, at.getTime());
  if ('state' in outcome) return outcome.state;
  throw refusalOf(outcome.refused, order);
}

function refusalOf(
  refused: Refusal,
  { state, answerDueAt, deliveryDueOn, number }: PurchaseOrder,
): UserError {
  if (refused === 'NOT_DUE') {
    return new UserError(
      'DELIVERY_NOT_DUE',
      `Order ${number} is in time until ${deliveryDueOn}: close it when that day is over, or ask the service's staff.`,
      'order',
    );
  }
  if (refused === 'TOO_LATE') {
    return new UserError(
      'ANSWER_TOO_LATE',
      `An answer to order ${number} was due before ${answerDueAt?.toISOString()}: it passes on.`,
      'order',
    );
  }
  return new UserError('WRONG_STATE', `Order ${number} is ${state}: it does not take this step.`, 'order');
}

function end(em: EntityManager, order: PurchaseOrder, step: Parameters<typeof recordStep>[2]): void {
  recordStep(em, order, step);
  order.state = OrderState.CANCELLED;
  order.answerDueAt = null;
  order.closedAt = step.at;
}
