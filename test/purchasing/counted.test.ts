import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { keyOf, newKey, save, send } from '../partners/records.ts';
import { Centre } from './centre.ts';

let centre: Centre;
beforeAll(async () => {
  centre = await Centre.open();
}, 60_000);
afterAll(() => centre.close());

/** What the hub counted of a member: `PURCHASING_ORDERS 1`. */
async function counted({ member, hub }: Centre, metrics = 'PURCHASING_ORDERS%'): Promise<string[]> {
  const rows = await hub.sql<{ text: string }>(
    `select metric_key || ' ' || quantity::float8 as text from usage_entry
     where partner_id = $1 and source = 'hub' and metric_key like $2 order by 1`,
    [keyOf(member), metrics],
  );
  return rows.map(({ text }) => text);
}

describe('what the hub counts from orders is nobody else’s to say', () => {
  test('its source is refused, so that nothing is counted before an order is', async () => {
    const fresh = await centre.another();
    const order = await fresh.place();
    const [row] = await fresh.hub.sql<{ number: number }>('select number from purchase_order where id = $1', [
      keyOf(order),
    ]);
    const entry = {
      externalReference: `order-${row?.number} PURCHASING_ORDERS`,
      partner: fresh.member.id,
      service: fresh.service.id,
      metric: 'PURCHASING_ORDERS',
      occurredOn: '2026-06-15',
      quantity: '0',
    };
    for (const source of ['hub', 'HUB']) {
      const { userErrors } = await send(fresh.hub, 'reportUsage', { source, entries: [entry] });
      expect(userErrors).toMatchObject([{ code: 'INVALID_SOURCE', field: 'source' }]);
    }
    const other = await send(fresh.hub, 'reportUsage', { source: 'ecat', entries: [entry] });
    expect(other.acceptedCount).toBe(1);
    await fresh.as(fresh.supplier(1), 'confirmOrder', { order: order.id });
    expect(await counted(fresh)).toEqual(['PURCHASING_ORDERS 1', 'PURCHASING_ORDERS_CONFIRMED_IN_TIME 1']);
  });

  test('and is not taken back: by the member, by the staff, or past the services', async () => {
    const fresh = await centre.another();
    const order = await fresh.place();
    await fresh.as(fresh.supplier(1), 'confirmOrder', { order: order.id });
    const [entry] = await fresh.hub.sql<{ id: string }>(
      `select id from usage_entry where partner_id = $1 and metric_key = 'PURCHASING_ORDERS'`,
      [keyOf(fresh.member)],
    );
    const entries = [{ externalReference: 'back', reverses: `usage_entry_${entry?.id}` }];
    for (const viewer of [fresh.buyer, fresh.staff]) {
      const { results } = await fresh.as(viewer, 'reportUsage', { source: 'ecat', entries });
      expect(results).toMatchObject([{ error: { code: 'COUNTED_BY_HUB', field: 'entries.0.reverses' } }]);
    }
    const insert = (source: string, reverses: string) =>
      fresh.hub
        .sql(`set hub.scope = '{"administrator":true}';
          insert into usage_entry (partner_id, id, service_id, metric_key, occurred_on, quantity, category, enrolment_id, source,
            external_reference, reverses_id, provenance, recorded_at)
          select partner_id, '${newKey()}', service_id, metric_key, occurred_on, case when ${reverses} is null then quantity else -quantity end,
            category, enrolment_id, '${source}', 'x', ${reverses}, provenance, recorded_at
          from usage_entry where id = '${entry?.id}'`)
        .then(
          () => 'done',
          (error: { code?: string }) => error.code,
        );
    expect(await insert('Hub', 'null::uuid')).toBe('MH018');
    expect(await insert('ecat', 'id')).toBe('MH017');
  });
});

test('an order counts as delivered when all of it is there, also where its last part comes to nothing', async () => {
  const fresh = await centre.another();
  await save(fresh.hub, 'savePrices', {
    lot: fresh.lot.id,
    prices: [
      {
        product: 'MASKS',
        supplier: fresh.suppliers[0]?.id,
        rank: 1,
        unitPrice: '0.004',
        vatRate: '6',
        validFrom: '2026-06-01',
      },
    ],
  });
  const masks = (quantity: string) => [{ product: fresh.product.MASKS?.id, quantity }];
  const { id: order } = await fresh.place({ lines: masks('3') });
  await fresh.as(fresh.supplier(1), 'confirmOrder', { order });
  await fresh.as(fresh.buyer, 'recordDelivery', { order, lines: masks('2') });
  expect(await counted(fresh, '%DELIVERED%')).toEqual([]);
  await fresh.as(fresh.buyer, 'recordDelivery', { order, lines: masks('1') });
  expect(await counted(fresh, '%DELIVERED%')).toEqual([
    'PURCHASING_ORDERS_DELIVERED 1',
    'PURCHASING_ORDERS_DELIVERED_IN_TIME 1',
  ]);
});
