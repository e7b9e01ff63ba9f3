import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Centre, MONDAY, steps } from './centre.ts';

let centre: Centre;
beforeAll(async () => {
  centre = await Centre.open();
}, 60_000);
afterAll(() => centre.close());
const restart = (): void => {
  centre.now = new Date(MONDAY);
};

describe('an order', () => {
  test('is offered to the first rank, with its totals and with what is due when', async () => {
    restart();
    const order = await centre.place();
    expect(order).toMatchObject({
      state: 'OFFERED',
      rank: 1,
      supplier: { id: centre.suppliers[0]?.id },
      // 10 × 4.10 at 21 % and 2 × 3.33 at 6 %: 8.61 and 0.40.
      totalExclVat: '47.66',
      totalVat: '9.01',
      totalInclVat: '56.67',
      answerDueAt: '2026-06-15T12:00:00.000Z',
      // Twenty-four working hours: three days.
      confirmationDueAt: '2026-06-18T08:00:00.000Z',
      deliveryDueOn: '2026-06-24',
    });
    expect(steps(order)).toEqual(['PLACED', 'OFFERED 1']);
  });

  test('is confirmed by its supplier, delivered in two parts, and closed', async () => {
    restart();
    const { id } = await centre.place();
    const before = await centre.spend();
    const confirmed = await centre.as(centre.supplier(1), 'confirmOrder', { order: id });
    expect(confirmed.order).toMatchObject({ state: 'CONFIRMED', answerDueAt: null });
    const part = await centre.as(centre.supplier(1), 'recordDelivery', {
      order: id,
      lines: [{ product: centre.product.GLOVES?.id, quantity: '5' }],
    });
    expect(part.order).toMatchObject({
      state: 'PARTLY_DELIVERED',
      deliveredExclVat: '20.5',
      deliveredAt: null,
    });
    const rest = await centre.as(centre.buyer, 'recordDelivery', { order: id });
    expect(rest.order).toMatchObject({ state: 'DELIVERED', deliveredExclVat: '47.66' });
    const deliveries = rest.order.history.filter(({ kind }: { kind: string }) => kind === 'DELIVERED');
    expect(deliveries.map(({ exclVat, inclVat }: never) => [exclVat, inclVat])).toEqual([
      ['20.5', '24.81'],
      ['27.16', '31.86'],
    ]);
    const closed = await centre.as(centre.buyer, 'closeOrder', { order: id });
    expect(closed.order.state).toBe('CLOSED');
    expect(steps(closed.order)).toEqual([
      ...['PLACED', 'OFFERED 1', 'CONFIRMED 1', 'DELIVERED 1', 'DELIVERED 1', 'CLOSED 1'],
    ]);
    expect(before).not.toEqual(await centre.spend());
  });

  test('passes down the cascade when it is declined, at the next rank’s price', async () => {
    restart();
    const { id } = await centre.place();
    const declined = await centre.as(centre.supplier(1), 'declineOrder', {
      order: id,
      reason: 'OUT_OF_STOCK',
    });
    expect(declined).toEqual({ order: null, userErrors: [] });
    const order = await centre.look({ id });
    expect(order).toMatchObject({
      state: 'OFFERED',
      rank: 2,
      totalExclVat: '49',
      supplier: { id: centre.suppliers[1]?.id },
    });
    expect(order.history.at(-2)).toMatchObject({
      kind: 'DECLINED',
      actor: 'SUPPLIER',
      reason: 'OUT_OF_STOCK',
      exclVat: '47.66',
    });
  });

  test('passes on when its time is over, once, and ends exhausted after the last rank', async () => {
    restart();
    await centre.until('2026-06-15T10:00:00+02:00');
    const { id } = await centre.place();
    centre.now = new Date('2026-06-15T13:59:59+02:00');
    await centre.passOn();
    expect(await centre.look({ id })).toMatchObject({ state: 'OFFERED', rank: 1 });
    expect(await centre.until('2026-06-15T14:00:00+02:00')).toBeGreaterThan(0);
    expect(await centre.passOn()).toBe(0);
    expect(await centre.look({ id })).toMatchObject({
      state: 'OFFERED',
      rank: 2,
      answerDueAt: '2026-06-16T08:00:00.000Z',
    });
    await centre.until('2026-06-16T10:00:00+02:00');
    await centre.until('2026-06-16T14:00:00+02:00');
    const order = await centre.look({ id });
    expect(order).toMatchObject({ state: 'EXHAUSTED', supplier: null });
    expect(steps(order)).toEqual([
      ...['PLACED', 'OFFERED 1', 'TIMED_OUT 1', 'OFFERED 2', 'TIMED_OUT 2', 'OFFERED 3', 'TIMED_OUT 3'],
      'EXHAUSTED 3',
    ]);
    expect(order.history.at(-1)).toMatchObject({ actor: 'HUB', supplier: null });
  });

  test('is not confirmed when its time is over, whether or not it has passed on', async () => {
    restart();
    const { id } = await centre.place();
    centre.now = new Date('2026-06-15T14:00:00+02:00');
    const late = await centre.as(centre.supplier(1), 'confirmOrder', { order: id });
    expect(late.userErrors).toMatchObject([{ code: 'ANSWER_TOO_LATE' }]);
    await centre.passOn();
    const gone = await centre.as(centre.supplier(1), 'confirmOrder', { order: id });
    expect(gone.userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
  });

  test('waits for the buyer where the next price is above its limit', async () => {
    restart();
    const { id } = await centre.place({ priceLimit: '48' });
    await centre.as(centre.supplier(1), 'declineOrder', { order: id, reason: 'OTHER' });
    expect(await centre.look({ id })).toMatchObject({
      state: 'CONSENT_ASKED',
      rank: 2,
      totalExclVat: '49',
      supplier: null,
      answerDueAt: '2026-06-16T08:00:00.000Z',
    });
    // The supplier hears of it when the buyer has consented.
    expect(await centre.look({ id }, centre.supplier(2))).toBeNull();
    const { order } = await centre.as(centre.buyer, 'consentToPrice', { order: id, accepted: true });
    expect(order).toMatchObject({ state: 'OFFERED', rank: 2, supplier: { id: centre.suppliers[1]?.id } });
    expect(steps(order).slice(-3)).toEqual(['CONSENT_ASKED 2', 'CONSENTED 2', 'OFFERED 2']);
  });

  test('is cancelled where the buyer refuses the price, or does not answer', async () => {
    restart();
    const asked = async (): Promise<{ id: string }> => {
      const order = await centre.place({ priceLimit: '48' });
      await centre.as(centre.supplier(1), 'declineOrder', { order: order.id, reason: 'OTHER' });
      return order;
    };
    const refused = await asked();
    const silent = await asked();
    await centre.as(centre.buyer, 'consentToPrice', { order: refused.id, accepted: false });
    await centre.until('2026-06-16T10:00:00+02:00');
    const reason = async (order: { id: string }) => (await centre.look(order)).history.at(-1).reason;
    expect(await centre.look(refused)).toMatchObject({ state: 'CANCELLED' });
    expect(await reason(refused)).toBe('PRICE_REFUSED');
    expect(await centre.look(silent)).toMatchObject({ state: 'CANCELLED' });
    expect(await reason(silent)).toBe('CONSENT_TIMED_OUT');
  });

  test('is cancelled until it is confirmed, and not after', async () => {
    restart();
    const first = await centre.place();
    const cancelled = await centre.as(centre.buyer, 'cancelOrder', { order: first.id });
    expect(cancelled.order).toMatchObject({ state: 'CANCELLED', supplier: { id: centre.suppliers[0]?.id } });
    const second = await centre.place();
    await centre.as(centre.supplier(1), 'confirmOrder', { order: second.id });
    const tooLate = await centre.as(centre.buyer, 'cancelOrder', { order: second.id });
    expect(tooLate.userErrors).toMatchObject([{ code: 'WRONG_STATE', field: 'order' }]);
  });

  test('that is sent twice is placed once', async () => {
    restart();
    const input = { idempotencyKey: 'the-same-order', ...centre.order() };
    const viewer = centre.buyer;
    const first = await centre.as(viewer, 'placeOrder', input);
    const second = await centre.as(viewer, 'placeOrder', input);
    expect(second.order.id).toBe(first.order.id);
  });
});

test('what was ordered and ended no longer counts, and what was delivered does', async () => {
  restart();
  const fresh = await centre.another();
  const first = await fresh.place();
  const second = await fresh.place();
  expect(await fresh.spend()).toEqual(['95.32 + 0.00', '95.32 + 0.00']);
  await fresh.as(fresh.buyer, 'cancelOrder', { order: first.id });
  await fresh.as(fresh.staff, 'confirmOrder', { order: second.id });
  await fresh.as(fresh.staff, 'recordDelivery', {
    order: second.id,
    lines: [{ product: fresh.product.MASKS?.id, quantity: '1' }],
  });
  expect(await fresh.spend()).toEqual(['44.33 + 3.33', '44.33 + 3.33']);
  await fresh.as(fresh.staff, 'closeOrder', { order: second.id });
  expect(await fresh.spend()).toEqual(['0.00 + 3.33', '0.00 + 3.33']);
});
