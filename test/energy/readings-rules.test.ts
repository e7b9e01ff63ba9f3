import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { keyOf } from '../partners/records.ts';
import { EnergyWorld } from './world.ts';

let world: EnergyWorld;
beforeAll(async () => {
  world = await EnergyWorld.open();
});
afterAll(() => world.close());

const read = (from: string, until: string, quantity = '1') =>
  world.hub.sql(
    `insert into meter_reading (partner_id, meter_id, starts_at, ends_at, quantity) values ($1, $2, $3, $4, $5)`,
    [keyOf(world.member), keyOf(world.meter), from, until, quantity],
  );

test('the database keeps readings of a meter apart, whatever the sequence they come in', async () => {
  await read('2026-01-01', '2026-02-01');
  await read('2026-03-01', '2026-04-01');
  await read('2026-02-01', '2026-03-01');
  for (const [from, until] of [
    ['2026-01-10', '2026-01-11'],
    ['2025-12-31', '2026-01-02'],
    ['2026-02-28', '2026-03-02'],
    ['2025-12-01', '2026-05-01'],
    ['2026-03-31', '2026-04-02'],
  ] as const) {
    await expect(read(from, until)).rejects.toMatchObject({ code: 'MH091' });
  }
  await read('2025-12-01', '2026-01-01');
  await read('2026-04-01', '2026-05-01');
});

test('what is removed is kept, and nothing is changed in place', async () => {
  await world.hub.sql(`delete from meter_reading where starts_at = '2026-02-01'`);
  const kept = await world.hub.sql('select quantity::text from replaced_reading');
  expect(kept).toEqual([{ quantity: '1.000000' }]);
  await expect(world.hub.sql('update meter_reading set quantity = 2')).rejects.toMatchObject({
    code: 'MH001',
  });
  await expect(world.hub.sql('delete from replaced_reading')).rejects.toMatchObject({ code: 'MH001' });
});
