import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { EnergyWorld } from './world.ts';

let world: EnergyWorld;
beforeAll(async () => {
  world = await EnergyWorld.open();
});
afterAll(() => world.close());

describe('readings that somebody makes up', () => {
  const send = async (meter: { id: string }, ...readings: object[]) => {
    const { results, userErrors, refused } = await world.as(world.editor, 'importMeterReadings', {
      readings: readings.map((one) => ({ meter: meter.id, ...one })),
    });
    if (refused) return refused;
    return [...results, ...userErrors].map(({ status, error, code }) => error?.code ?? code ?? status);
  };
  const day = (of: number, quantity: string, quality = 'MEASURED') => ({
    from: `2024-01-${String(of).padStart(2, '0')}T00:00:00Z`,
    until: `2024-01-${String(of + 1).padStart(2, '0')}T00:00:00Z`,
    quantity,
    quality,
  });

  test('of the year 1, or of the one before it, are refused alone', async () => {
    const meter = await world.newMeter();
    expect(
      await send(
        meter,
        { from: '0001-01-01T00:00:00+05:00', until: '0001-01-01T12:00:00Z', quantity: '1' },
        { from: '1899-12-31T00:00:00Z', until: '1900-01-02T00:00:00Z', quantity: '1' },
        { from: '1900-01-01T00:00:00Z', until: '1900-01-02T00:00:00Z', quantity: '1' },
        { from: '9999-12-31T23:59:59-05:00', until: '9999-12-31T23:59:59-06:00', quantity: '1' },
      ),
    ).toEqual(['INVALID_INTERVAL', 'INVALID_INTERVAL', 'ACCEPTED', 'INVALID_INTERVAL']);
  });

  test('too large for a month are refused with a code, and nothing of them is saved', async () => {
    const meter = await world.newMeter();
    expect(await send(meter, day(1, '10000000000'), day(2, '9999999999'))).toEqual([
      'INVALID_AMOUNT',
      'ACCEPTED',
    ]);
    // What was stored before there was that limit, and what it becomes with one more.
    const [key] = await world.hub.sql<{ partner: string }>(
      'select partner_id as partner from meter where id = $1',
      [meter.id.slice(6)],
    );
    await world.hub.sql(
      `insert into meter_reading (partner_id, meter_id, starts_at, ends_at, quantity) values ($1, $2, '2024-01-10T00:00Z', '2024-01-11T00:00Z', 99990000000000)`,
      [key?.partner, meter.id.slice(6)],
    );
    expect(await send(meter, day(5, '9999999999'))).toEqual(['INVALID_AMOUNT']);
    const [{ n } = { n: 0 }] = await world.hub.sql<{ n: number }>(
      'select count(*)::int as n from meter_reading where meter_id = $1',
      [meter.id.slice(6)],
    );
    expect(n).toBe(2);
  });

  test('a repeat of what was refused is refused, and no duplicate of anything', async () => {
    const meter = await world.newMeter();
    expect(await send(meter, day(1, '1'))).toEqual(['ACCEPTED']);
    expect(await send(meter, day(1, '2'), day(1, '2', 'CORRECTED'))).toEqual([
      'READING_OVERLAPS',
      'READING_OVERLAPS',
    ]);
    expect(await send(meter, day(1, '2', 'CORRECTED'), day(1, '2', 'CORRECTED'))).toEqual([
      'REPLACED',
      'DUPLICATE',
    ]);
    expect(await send(meter, day(1, '2'), day(1, '2'))).toEqual(['DUPLICATE', 'DUPLICATE']);
  });
});
