import { OrderActor, OrderState } from './order.entity.ts';

/** What can be done to an order. */
export enum OrderStep {
  OFFER = 'OFFER',
  ASK_CONSENT = 'ASK_CONSENT',
  EXHAUST = 'EXHAUST',
  CONFIRM = 'CONFIRM',
  DECLINE = 'DECLINE',
  TIME_OUT = 'TIME_OUT',
  CONSENT = 'CONSENT',
  CANCEL = 'CANCEL',
  DELIVER_PART = 'DELIVER_PART',
  DELIVER_REST = 'DELIVER_REST',
  CLOSE = 'CLOSE',
}

const { OFFER, ASK_CONSENT, EXHAUST, CONFIRM, DECLINE, TIME_OUT } = OrderStep;
const { CONSENT, CANCEL, DELIVER_PART, DELIVER_REST, CLOSE } = OrderStep;

const PASSING = {
  [OFFER]: OrderState.OFFERED,
  [ASK_CONSENT]: OrderState.CONSENT_ASKED,
  [EXHAUST]: OrderState.EXHAUSTED,
};
const DELIVERING = {
  [DELIVER_PART]: OrderState.PARTLY_DELIVERED,
  [DELIVER_REST]: OrderState.DELIVERED,
  [CLOSE]: OrderState.CLOSED,
};

/** Where each step leads. A trigger holds the same, and knows nothing of this. */
const STEPS: Record<OrderState, Partial<Record<OrderStep, OrderState>>> = {
  PLACED: { [OFFER]: OrderState.OFFERED, [CANCEL]: OrderState.CANCELLED },
  OFFERED: {
    [CONFIRM]: OrderState.CONFIRMED,
    [DECLINE]: OrderState.DECLINED,
    [TIME_OUT]: OrderState.TIMED_OUT,
    [CANCEL]: OrderState.CANCELLED,
  },
  // A buyer who does not answer has not consented.
  CONSENT_ASKED: {
    [CONSENT]: OrderState.OFFERED,
    [CANCEL]: OrderState.CANCELLED,
    [TIME_OUT]: OrderState.CANCELLED,
  },
  DECLINED: PASSING,
  TIMED_OUT: PASSING,
  CONFIRMED: DELIVERING,
  PARTLY_DELIVERED: DELIVERING,
  DELIVERED: { [CLOSE]: OrderState.CLOSED },
  CLOSED: {},
  CANCELLED: {},
  EXHAUSTED: {},
};

const BY_BUYER = new Set([CONSENT, CANCEL, DELIVER_PART, DELIVER_REST, CLOSE]);
const BY_SUPPLIER = new Set([CONFIRM, DECLINE, DELIVER_PART, DELIVER_REST]);
const BY_HUB = new Set([OFFER, ASK_CONSENT, EXHAUST, TIME_OUT]);

/** Why a step is not taken. */
export type Refusal = 'WRONG_STATE' | 'NOT_YOURS' | 'TOO_LATE' | 'NOT_DUE';

/** An order as far as its steps depend on it. */
export interface Standing {
  state: OrderState;
  /** When the answer that is waited for is late; milliseconds since 1970. */
  answerDueAt?: number | undefined;
  /** Whether the last day on which a delivery is in time is over. */
  isLate?: boolean | undefined;
}

/**
 * The state that a step leads to, or why it is not taken. An answer that comes when its time is over counts as none,
 * whether or not the hub has passed the order on yet; and no time is over before it is. A buyer closes what has not come
 * when it is late: before that the supplier has its time, and the order its part of the ceiling.
 * @param at milliseconds since 1970
 */
export function takeStep(
  { state, answerDueAt = Number.POSITIVE_INFINITY, isLate: isDeliveryLate = false }: Standing,
  step: OrderStep,
  actor: OrderActor,
  at: number,
): { state: OrderState } | { refused: Refusal } {
  if (!mayTake(step, actor)) return { refused: 'NOT_YOURS' };
  const next = STEPS[state][step];
  if (!next) return { refused: 'WRONG_STATE' };
  const isLate = at >= answerDueAt;
  if (isLate && (step === CONFIRM || step === DECLINE || step === CONSENT)) return { refused: 'TOO_LATE' };
  if (!isLate && step === TIME_OUT) return { refused: 'NOT_DUE' };
  if (step === CLOSE && actor === OrderActor.BUYER && state !== OrderState.DELIVERED && !isDeliveryLate) {
    return { refused: 'NOT_DUE' };
  }
  return { state: next };
}

/** Whose step it is. The staff may write down what a buyer or a supplier has said. */
function mayTake(step: OrderStep, actor: OrderActor): boolean {
  switch (actor) {
    case OrderActor.BUYER:
      return BY_BUYER.has(step);
    case OrderActor.SUPPLIER:
      return BY_SUPPLIER.has(step);
    case OrderActor.STAFF:
      return !BY_HUB.has(step);
    case OrderActor.HUB:
      return BY_HUB.has(step);
  }
}
