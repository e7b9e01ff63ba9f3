import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Role } from '../../src/access/roles.ts';
import { EnergyWorld, holder } from './world.ts';

let world: EnergyWorld;
beforeAll(async () => {
  world = await EnergyWorld.open();
});
afterAll(() => world.close());

interface Sent {
  from: string;
  until: string;
  quantity: string;
  quality?: string;
  meter?: string;
}

const send = (readings: Sent[], viewer = world.editor) =>
  world.as(viewer, 'importMeterReadings', {
    readings: readings.map((one) => ({ meter: world.meter.id, ...one })),
  });

const codes = ({ results }: { results: { status: string; error: { code: string } | null }[] }) =>
  results.map(({ status, error }) => (error ? `${status} ${error.code}` : status));

/** Hourly readings of a day in Belgium, from one instant to another. */
function hours(from: string, until: string, quantityOf: (n: number) => string): Sent[] {
  const readings: Sent[] = [];
  for (let at = Date.parse(from); at < Date.parse(until); at += 3_600_000) {
    const n = readings.length;
    readings.push({
      from: new Date(at).toISOString(),
      until: new Date(at + 3_600_000).toISOString(),
      quantity: quantityOf(n),
    });
  }
  return readings;
}

async function consumption(meter: string, from: string, to: string, granularity: string) {
  const { data, errors } = await world.ask(
    `query ($meter: ID!, $period: DateRangeInput!, $granularity: EnergyGranularity!) {
      meter(id: $meter) { consumption(period: $period, granularity: $granularity) { from until quantity kwh coverage estimated } } }`,
    { meter, period: { from, to }, granularity },
  );
  expect(errors).toBeUndefined();
  return data.meter.consumption as {
    from: string;
    until: string;
    quantity: string;
    kwh: string;
    coverage: string;
  }[];
}
const total = (steps: { quantity: string }[]): bigint =>
  steps.reduce((sum, { quantity }) => sum + micro(quantity), 0n);
const micro = (quantity: string): bigint => {
  const [whole = '0', decimals = ''] = quantity.split('.');
  return BigInt(whole + decimals.padEnd(6, '0'));
};

describe('a member sends readings', () => {
  const JANUARY = { from: '2025-12-31T23:00:00Z', until: '2026-01-31T23:00:00Z', quantity: '310' };

  test('each is accepted or refused by itself, and a repeat adds nothing', async () => {
    const first = await send([
      JANUARY,
      { from: '2026-02-10T00:00:00Z', until: '2026-02-01T00:00:00Z', quantity: '1' },
      { from: '2026-01-15T00:00:00Z', until: '2026-02-15T00:00:00Z', quantity: '5' },
      { from: '2026-02-01T00:00:00Z', until: '2026-02-02T00:00:00Z', quantity: '-5' },
      { from: '2026-06-01T00:00:00Z', until: '2027-02-02T00:00:00Z', quantity: '5' },
      {
        from: '2026-02-01T00:00:00Z',
        until: '2026-02-02T00:00:00Z',
        quantity: '5',
        meter: `meter_${'0'.repeat(8)}-0000-7000-8000-000000000000`,
      },
      { from: '2026-02-01T00:00:00Z', until: '2026-02-02T00:00:00Z', quantity: '5', meter: 'meter' },
    ]);
    expect(codes(first)).toEqual([
      'ACCEPTED',
      'REJECTED INVALID_INTERVAL',
      'REJECTED READING_OVERLAPS',
      'REJECTED QUANTITY_NEGATIVE',
      'REJECTED INVALID_INTERVAL',
      'REJECTED NOT_FOUND',
      'REJECTED INVALID_ID',
    ]);
    expect(first).toMatchObject({ acceptedCount: 1, rejectedCount: 6, userErrors: [] });
    expect(first.results[2].error.field).toBe('readings.2');
    expect(codes(await send([JANUARY, { ...JANUARY, quantity: '310.00' }]))).toEqual([
      'DUPLICATE',
      'DUPLICATE',
    ]);
    expect(codes(await send([{ ...JANUARY, quantity: '311' }]))).toEqual(['REJECTED READING_OVERLAPS']);
  });

  test('a correction takes the place of whole readings, and what it replaced is kept', async () => {
    expect(await consumption(world.meter.id, '2026-01-01', '2026-02-01', 'MONTH')).toMatchObject([
      { from: '2025-12-31T23:00:00.000Z', quantity: '310', kwh: '310', coverage: '1' },
    ]);
    const parts = await send([
      { from: '2026-01-10T00:00:00Z', until: '2026-01-20T00:00:00Z', quantity: '9', quality: 'CORRECTED' },
      { ...JANUARY, quantity: '250.5', quality: 'CORRECTED' },
    ]);
    expect(codes(parts)).toEqual(['REJECTED READING_OVERLAPS', 'REJECTED READING_OVERLAPS']);
    expect(codes(await send([{ ...JANUARY, quantity: '250.5', quality: 'CORRECTED' }]))).toEqual([
      'REPLACED',
    ]);
    const { data } = await world.ask(
      `query ($id: ID!) { meter(id: $id) { readings { nodes { quantity quality } } replacedReadings { nodes { quantity quality startsAt } } } }`,
      { id: world.meter.id },
      world.editor,
    );
    expect(data.meter).toEqual({
      readings: { nodes: [{ quantity: '250.5', quality: 'CORRECTED' }] },
      replacedReadings: {
        nodes: [{ quantity: '310', quality: 'MEASURED', startsAt: '2025-12-31T23:00:00.000Z' }],
      },
    });
    expect(await consumption(world.meter.id, '2026-01-01', '2026-02-01', 'MONTH')).toMatchObject([
      { quantity: '250.5' },
    ]);
  });

  test('what is odd is told, and stored as it is', async () => {
    const meter = (await world.newMeter()).id;
    const readings = [
      ...hours('2026-03-02T00:00:00Z', '2026-03-04T00:00:00Z', (n) => (n === 40 ? '50' : `1.${10 + n}`)),
      ...hours('2026-03-05T00:00:00Z', '2026-03-06T00:00:00Z', () => '1.5'),
    ].map((one) => ({ ...one, meter }));
    const { warnings, acceptedCount } = await send(readings);
    expect(acceptedCount).toBe(72);
    expect(warnings).toEqual([
      { kind: 'OUTLIER', meter, from: '2026-03-03T16:00:00.000Z', until: '2026-03-03T17:00:00.000Z' },
      { kind: 'GAP', meter, from: '2026-03-04T00:00:00.000Z', until: '2026-03-05T00:00:00.000Z' },
      { kind: 'CONSTANT_RUN', meter, from: '2026-03-05T00:00:00.000Z', until: '2026-03-06T00:00:00.000Z' },
    ]);
  });

  test('too many at once, and none, are refused as a whole', async () => {
    const { userErrors } = await send([]);
    expect(userErrors).toMatchObject([{ code: 'TOO_MANY_ENTRIES', field: 'readings' }]);
  });
});

describe('the clock changes', () => {
  test.each([
    ['2026-03-29', 23, '2026-03-28T23:00:00Z', '2026-03-29T22:00:00Z'],
    ['2025-10-26', 25, '2025-10-25T22:00:00Z', '2025-10-26T23:00:00Z'],
  ])('%s has %i hours, which add up to the day and the month', async (day, length, from, until) => {
    const { id } = await world.newMeter();
    const [first, next] = [`${day.slice(0, 8)}01`, day === '2026-03-29' ? '2026-04-01' : '2025-11-01'];
    const month = hours(
      new Date(`${first}T00:00:00${day === '2026-03-29' ? '+01:00' : '+02:00'}`).toISOString(),
      new Date(`${next}T00:00:00${day === '2026-03-29' ? '+02:00' : '+01:00'}`).toISOString(),
      (n) => (1 + (n % 7) / 8).toFixed(3),
    );
    expect(await send(month.map((one) => ({ ...one, meter: id })))).toMatchObject({ rejectedCount: 0 });
    const byHour = await consumption(id, first, next, 'HOUR');
    const byDay = await consumption(id, first, next, 'DAY');
    const byMonth = await consumption(id, first, next, 'MONTH');
    expect(byHour).toHaveLength(month.length);
    expect(total(byDay)).toBe(total(byHour));
    expect(total(byMonth)).toBe(total(byHour));
    const change = byDay.find((one) => one.from === new Date(from).toISOString());
    expect(change).toMatchObject({ until: new Date(until).toISOString(), coverage: '1' });
    const ofDay = byHour.filter(
      (one) => one.from >= (change?.from as string) && one.from < (change?.until as string),
    );
    expect(ofDay).toHaveLength(length);
    expect(total(ofDay)).toBe(micro(change?.quantity as string));
  });
});

describe('who may', () => {
  test('another member neither sees nor sends readings; the staff do both', async () => {
    const other = holder(Role.PARTNER_EDITOR, await world.newMember());
    const sent = await send(
      [{ from: '2024-01-01T00:00:00Z', until: '2024-02-01T00:00:00Z', quantity: '1' }],
      other,
    );
    expect(codes(sent)).toEqual(['REJECTED NOT_FOUND']);
    const { data, errors } = await world.ask(
      `query ($id: ID!) { meter(id: $id) { readings { totalCount } } }`,
      { id: world.meter.id },
      other,
    );
    expect([data?.meter ?? null, errors?.[0]?.extensions?.code]).toEqual([null, 'NOT_FOUND']);
    const byStaff = await send(
      [{ from: '2024-01-01T00:00:00Z', until: '2024-02-01T00:00:00Z', quantity: '1' }],
      world.staff,
    );
    expect(codes(byStaff)).toEqual(['ACCEPTED']);
  });

  test('who has a building behind a meter of somebody else sees what it counts, and sends nothing', async () => {
    const neighbour = await world.newMember();
    const building = await world.newBuilding({ floor_area_m2: '3000' }, neighbour);
    const { id } = await world.newMeter({}, [{ building: world.building }, { building, partner: neighbour }]);
    const reading = {
      meter: id,
      from: '2024-12-31T23:00:00Z',
      until: '2025-01-31T23:00:00Z',
      quantity: '400',
    };
    expect(codes(await send([reading]))).toEqual(['ACCEPTED']);
    const viewer = holder(Role.PARTNER_EDITOR, neighbour);
    const { data } = await world.ask(
      `query ($id: ID!, $period: DateRangeInput!) { node(id: $id) { ... on Building {
        meters { isShared readings { nodes { quantity } } } consumption(period: $period, granularity: MONTH) { carrier kwh coverage } } } }`,
      { id: building.id, period: { from: '2025-01-01', to: '2025-02-01' } },
      viewer,
    );
    expect(data.node).toEqual({
      meters: [{ isShared: true, readings: { nodes: [{ quantity: '400' }] } }],
      // Three quarters of the floor area that the meter serves.
      consumption: [{ carrier: 'GAS', kwh: '300', coverage: '1' }],
    });
    expect(
      codes(
        await send([{ ...reading, from: '2025-01-31T23:00:00Z', until: '2025-02-01T23:00:00Z' }], viewer),
      ),
    ).toEqual(['REJECTED FORBIDDEN']);
  });
});
