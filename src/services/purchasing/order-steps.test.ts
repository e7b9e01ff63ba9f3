import { expect, test } from '@jest/globals';
import { OrderActor, OrderState } from './order.entity.ts';
import { OrderStep, takeStep } from './order-steps.ts';

const { BUYER, SUPPLIER, STAFF, HUB } = OrderActor;
const due = 1000;
const offered = { state: OrderState.OFFERED, answerDueAt: due };

test('a supplier confirms what it is offered, in time', () => {
  expect(takeStep(offered, OrderStep.CONFIRM, SUPPLIER, due - 1)).toEqual({ state: 'CONFIRMED' });
  expect(takeStep(offered, OrderStep.CONFIRM, SUPPLIER, due)).toEqual({ refused: 'TOO_LATE' });
  expect(takeStep(offered, OrderStep.CONFIRM, BUYER, 0)).toEqual({ refused: 'NOT_YOURS' });
});

test('no time is over before it is', () => {
  expect(takeStep(offered, OrderStep.TIME_OUT, HUB, due - 1)).toEqual({ refused: 'NOT_DUE' });
  expect(takeStep(offered, OrderStep.TIME_OUT, HUB, due)).toEqual({ state: 'TIMED_OUT' });
  expect(takeStep({ state: OrderState.OFFERED }, OrderStep.TIME_OUT, HUB, due)).toEqual({
    refused: 'NOT_DUE',
  });
});

test('an answer and the end of its time exclude each other at every moment', () => {
  for (let at = due - 2; at <= due + 2; at += 1) {
    const answered = 'state' in takeStep(offered, OrderStep.CONFIRM, SUPPLIER, at);
    const timedOut = 'state' in takeStep(offered, OrderStep.TIME_OUT, HUB, at);
    expect(answered).toBe(!timedOut);
  }
});

test('an order is cancelled until it is confirmed', () => {
  const cancelled = (state: OrderState) => 'state' in takeStep({ state }, OrderStep.CANCEL, BUYER, 0);
  expect(Object.values(OrderState).filter(cancelled)).toEqual(['PLACED', 'OFFERED', 'CONSENT_ASKED']);
});

test('what has ended takes no step, and what has not takes one', () => {
  const takesNone = (state: OrderState): boolean =>
    !Object.values(OrderStep).some((step) =>
      Object.values(OrderActor).some((actor) =>
        [0, due].some((at) => 'state' in takeStep({ state, answerDueAt: due }, step, actor, at)),
      ),
    );
  expect(Object.values(OrderState).filter(takesNone)).toEqual(['CLOSED', 'CANCELLED', 'EXHAUSTED']);
});

test('a buyer closes what has come, and what has not when it is late; the staff at any time', () => {
  for (const state of [OrderState.CONFIRMED, OrderState.PARTLY_DELIVERED]) {
    expect(takeStep({ state }, OrderStep.CLOSE, BUYER, 0)).toEqual({ refused: 'NOT_DUE' });
    expect(takeStep({ state, isLate: true }, OrderStep.CLOSE, BUYER, 0)).toEqual({ state: 'CLOSED' });
    expect(takeStep({ state }, OrderStep.CLOSE, STAFF, 0)).toEqual({ state: 'CLOSED' });
    expect(takeStep({ state, isLate: true }, OrderStep.CLOSE, SUPPLIER, 0)).toEqual({ refused: 'NOT_YOURS' });
  }
  expect(takeStep({ state: OrderState.DELIVERED }, OrderStep.CLOSE, BUYER, 0)).toEqual({ state: 'CLOSED' });
});

test('the staff write down what others say, and never what is the hub’s', () => {
  expect(takeStep(offered, OrderStep.DECLINE, STAFF, 0)).toEqual({ state: 'DECLINED' });
  expect(takeStep(offered, OrderStep.TIME_OUT, STAFF, due)).toEqual({ refused: 'NOT_YOURS' });
});
