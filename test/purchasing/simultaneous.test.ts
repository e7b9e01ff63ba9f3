import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { overdueOrdersOf } from '../../src/app.ts';
import { documentOf, keyOf, newKey } from '../partners/records.ts';
import { startTestHub } from '../support/hub.ts';
import { Centre } from './centre.ts';

let centre: Centre;
beforeAll(async () => {
  centre = await Centre.open();
}, 60_000);
afterAll(() => centre.close());

test('of 50 orders at once against a ceiling that fits 20, exactly 20 are accepted', async () => {
  // Each is 47.66 without VAT.
  const small = await centre.another({ lot: { ceiling: '960' }, agreement: { maximumValue: '5000' } });
  const attempts = await Promise.all(
    Array.from({ length: 50 }, async () => {
      const input = { idempotencyKey: newKey(), ...small.order() };
      const { data, errors } = await small.hub.query(
        documentOf('placeOrder'),
        { input },
        { viewer: small.buyer },
      );
      expect(errors).toBeUndefined();
      return data.placeOrder.userErrors[0]?.code ?? 'placed';
    }),
  );
  expect(attempts.filter((one) => one === 'placed')).toHaveLength(20);
  expect(new Set(attempts)).toEqual(new Set(['placed', 'CEILING_PASSED']));
  expect(await small.spend()).toEqual(['953.20 + 0.00', '953.20 + 0.00']);
  const [found] = await small.hub.sql(
    'select count(*)::int as orders, sum(total_excl_vat)::text as total from purchase_order where lot_id = $1',
    [keyOf(small.lot)],
  );
  expect(found).toEqual({ orders: 20, total: '953.20' });
}, 60_000);

test('of two answers that arrive together one is taken', async () => {
  const fresh = await centre.another();
  const { id } = await fresh.place();
  const answers = await Promise.all([
    fresh.as(fresh.supplier(1), 'confirmOrder', { order: id }),
    fresh.as(fresh.buyer, 'cancelOrder', { order: id }),
    fresh.as(fresh.staff, 'declineOrder', { order: id, reason: 'OTHER' }),
  ]);
  const taken = answers.filter(({ userErrors }) => userErrors.length === 0);
  // A declined order goes to the next supplier, and can be cancelled there.
  expect(taken.length).toBeGreaterThanOrEqual(1);
  const { history } = await fresh.look({ id });
  const ends = history.filter(({ kind }: { kind: string }) => ['CONFIRMED', 'CANCELLED'].includes(kind));
  expect(ends.length).toBeLessThanOrEqual(1);
  const answered = history.filter(
    ({ kind, rank }: { kind: string; rank: number }) => kind !== 'OFFERED' && rank === 1,
  );
  expect(answered).toHaveLength(1);
});

test('overdue orders are passed on once, however many processes look for them', async () => {
  const fresh = await centre.another();
  const ids: string[] = [];
  for (let n = 0; n < 12; n += 1) ids.push((await fresh.place()).id);
  const now = new Date('2026-06-15T14:00:00+02:00');
  const failed = (error: unknown): never => {
    throw error;
  };
  // Where there is a server, the other ones are processes of their own to it.
  const others = centre.hub.isServer
    ? await Promise.all([1, 2].map(() => startTestHub('operation', { beside: centre.hub })))
    : [];
  const jobs = [centre.hub, centre.hub, ...others].map(({ orm }) =>
    overdueOrdersOf(orm, undefined, () => now).run(failed),
  );
  const passed = await Promise.all(jobs);
  for (const other of others) await other.close();
  expect(passed.reduce((sum, one) => sum + one, 0)).toBeGreaterThanOrEqual(12);
  for (const id of ids) {
    const order = await fresh.look({ id });
    expect([order.state, order.rank]).toEqual(['OFFERED', 2]);
    expect(order.history.map(({ kind }: { kind: string }) => kind)).toEqual([
      ...['PLACED', 'OFFERED', 'TIMED_OUT', 'OFFERED'],
    ]);
  }
});
