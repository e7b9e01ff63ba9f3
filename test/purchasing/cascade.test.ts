import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { save } from '../partners/records.ts';
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
    // The order of the test before is there too.
    expect(await centre.spend()).toEqual(['95.32 + 0.00', '95.32 + 0.00']);
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
    expect(await centre.spend()).toEqual(['47.66 + 47.66', '47.66 + 47.66']);
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

  test('is closed by its buyer when it has come, or is late; by the staff at any time', async () => {
    restart();
    const confirmed = async (): Promise<{ order: string }> => {
      const { id } = await centre.place();
      await centre.as(centre.supplier(1), 'confirmOrder', { order: id });
      return { order: id };
    };
    const [late, byStaff] = [await confirmed(), await confirmed()];
    const close = (input: object) => centre.as(centre.buyer, 'closeOrder', input);
    centre.now = new Date('2026-06-24T23:59:00+02:00');
    expect((await close(late)).userErrors).toMatchObject([{ code: 'DELIVERY_NOT_DUE', field: 'order' }]);
    expect((await centre.as(centre.staff, 'closeOrder', byStaff)).order.state).toBe('CLOSED');
    centre.now = new Date('2026-06-25T00:00:00+02:00');
    expect((await close(late)).order.state).toBe('CLOSED');
  });

  test('that came is written down by its supplier within a working day, and later by others', async () => {
    restart();
    const { id } = await centre.place();
    await centre.as(centre.supplier(1), 'confirmOrder', { order: id });
    // A Monday: the working day before is the Friday.
    centre.now = new Date('2026-06-22T15:00:00+02:00');
    const came = (day: string, product = 'MASKS') => ({
      order: id,
      deliveredAt: `2026-06-${day}+02:00`,
      lines: [{ product: centre.product[product]?.id, quantity: product === 'MASKS' ? '1' : '10' }],
    });
    const supplier = centre.supplier(1);
    const early = await centre.as(supplier, 'recordDelivery', came('18T23:59:00'));
    expect(early.userErrors).toMatchObject([{ code: 'DELIVERY_TOO_LONG_AGO', field: 'deliveredAt' }]);
    const buyers = await centre.as(centre.buyer, 'recordDelivery', came('16T10:00:00', 'GLOVES'));
    expect(buyers.userErrors).toEqual([]);
    const staffs = await centre.as(centre.staff, 'recordDelivery', came('17T10:00:00'));
    expect(staffs.userErrors).toEqual([]);
    const own = await centre.as(supplier, 'recordDelivery', came('19T00:00:00'));
    expect(own.order).toMatchObject({ state: 'DELIVERED', deliveredAt: '2026-06-18T22:00:00.000Z' });
  });

  test('goes to nobody else when its product or its agreement has ended meanwhile', async () => {
    restart();
    const ends = async (fresh: Centre, end: () => Promise<unknown>) => {
      const { id } = await fresh.place();
      await end();
      await fresh.as(fresh.supplier(1), 'declineOrder', { order: id, reason: 'OTHER' });
      const { state, supplier, history } = await fresh.look({ id });
      expect([state, supplier, history.at(-1).kind]).toEqual(['EXHAUSTED', null, 'EXHAUSTED']);
      expect(await fresh.spend()).toEqual(['0.00 + 0.00', '0.00 + 0.00']);
      return history.at(-1).reason;
    };
    const masks = (fresh: Centre, more: object) => () =>
      save(fresh.hub, 'saveProducts', {
        lot: fresh.lot.id,
        products: [
          { code: 'MASKS', cpv: '33157000-5', unit: 'box of 50', title: { fr: 'Masques' }, ...more },
        ],
      });
    const withdrawn = await centre.another();
    expect(await ends(withdrawn, masks(withdrawn, { withdrawnOn: '2026-06-15' }))).toBe('PRODUCT_ENDED');
    const lapsed = await centre.another();
    const certificate = {
      certification: 'EN 149',
      certifiedFrom: '2025-01-01',
      certifiedUntil: '2026-06-15',
    };
    expect(await ends(lapsed, masks(lapsed, certificate))).toBe('PRODUCT_ENDED');
    const over = await centre.another();
    const cancelled = { id: over.agreement.id, status: 'CANCELLED' };
    expect(await ends(over, () => save(over.hub, 'updateFrameworkAgreement', cancelled))).toBe('NO_PRICE');
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
