import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ADMINISTRATOR } from '../../src/access/viewer.ts';
import { Centre } from './centre.ts';

let centre: Centre;
const JUNE = 'period: { from: "2026-06-01", to: "2026-07-01" }';

beforeAll(async () => {
  centre = await Centre.open();
  const first = await centre.place();
  await centre.as(centre.supplier(1), 'confirmOrder', { order: first.id });
  const gloves = [{ product: centre.product.GLOVES?.id, quantity: '5' }];
  await centre.as(centre.supplier(1), 'recordDelivery', { order: first.id, lines: gloves });
  await centre.as(centre.buyer, 'recordDelivery', { order: first.id });
  const second = await centre.place();
  await centre.as(centre.supplier(1), 'declineOrder', { order: second.id, reason: 'OUT_OF_STOCK' });
  await centre.as(centre.supplier(2), 'confirmOrder', { order: second.id });
  const cancelled = await centre.place();
  await centre.as(centre.buyer, 'cancelOrder', { order: cancelled.id });
  // The seventh working day is the 24th.
  centre.now = new Date('2026-06-25T10:00:00+02:00');
  await centre.as(centre.buyer, 'recordDelivery', { order: second.id });
}, 60_000);
afterAll(() => centre.close());

async function ask(metrics: string[], rest = ''): Promise<string[]> {
  const { data, errors } = await centre.hub.query(
    `query ($metrics: [MetricKey!]!) { usageMetrics(metrics: $metrics, ${JUNE} ${rest}) {
      rows { metric dimensions { value } cell { value } } } }`,
    { metrics },
    { viewer: ADMINISTRATOR },
  );
  expect(errors).toBeUndefined();
  return data.usageMetrics.rows.map(
    (row: { dimensions: { value: string }[]; cell: { value: string | null } }) =>
      [...row.dimensions.map(({ value }) => value), row.cell.value].join(' '),
  );
}

describe('what orders bring is counted from their history, in the month of the order', () => {
  test('orders that found a supplier, and what they come to', async () => {
    const keys = ['PURCHASING_ORDERS', 'PURCHASING_AMOUNT_EXCL_VAT_EUR', 'PURCHASING_AMOUNT_INCL_VAT_EUR'];
    // 47.66 and, a rank further, 49; VAT at 21 and 6 %.
    expect(await ask([...keys, 'PURCHASING_AMOUNT_PER_ORDER'])).toEqual(['2', '96.66', '114.91', '57.455']);
  });

  test('by CPV division and by product', async () => {
    expect(await ask(['PURCHASING_AMOUNT_INCL_VAT_EUR'], 'groupBy: [CATEGORY]')).toEqual(['CPV_33 114.91']);
    expect(await ask(['PURCHASING_PRODUCT_AMOUNT_EUR'], 'groupBy: [CATEGORY]')).toEqual([
      'GLOVES 83',
      'MASKS 13.66',
    ]);
  });

  test('confirmed and delivered in time, and passed down the cascade', async () => {
    expect(
      await ask([
        ...['PURCHASING_CONFIRMED_IN_TIME_SHARE', 'PURCHASING_ORDERS_DELIVERED'],
        ...['PURCHASING_DELIVERED_IN_TIME_SHARE', 'PURCHASING_PASSED_DOWN_SHARE'],
      ]),
    ).toEqual(['1', '2', '0.5', '0.5']);
  });

  test('against a reference price where there is one', async () => {
    expect(await ask(['PURCHASING_SAVING_EUR'])).toEqual(['0']);
    const { hub, lot } = centre;
    await hub.sql(
      `update product set reference_price = 5, reference_price_source = 'test' where lot_id = $1 and code = 'GLOVES'`,
      [lot.id.split('_')[1]],
    );
    centre.now = new Date('2026-06-26T10:00:00+02:00');
    const order = await centre.place();
    await centre.as(centre.supplier(1), 'confirmOrder', { order: order.id });
    expect(await ask(['PURCHASING_SAVING_EUR'], 'groupBy: [CATEGORY]')).toEqual(['CPV_33 9']);
  });
});

test('the demonstration’s orders add up to what was published, to the cent', async () => {
  const { startTestHub } = await import('../support/hub.ts');
  const hub = await startTestHub();
  const [sum] = await hub.sql(
    `select count(*)::int as orders, sum(total_incl_vat)::text as cents from purchase_order
     where state = 'CLOSED' and placed_at >= '2021-01-05' and placed_at < '2022-06-01'`,
  );
  expect(sum).toEqual({ orders: 472, cents: '945054.80' });
  const { data } =
    await hub.query(`{ usageMetrics(metrics: [PURCHASING_ORDERS, PURCHASING_AMOUNT_INCL_VAT_EUR],
    period: { from: "2021-01-05", to: "2022-06-01" }) { rows { cell { value } } } }`);
  expect(data.usageMetrics.rows.map(({ cell }: { cell: { value: string } }) => cell.value)).toEqual([
    '472',
    '945054.8',
  ]);
  await hub.close();
});
