import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { FIGURES, save } from '../partners/records.ts';
import { daysIn, instantOf, monthsIn, nextMonth, saveWeather, sendMonths, temperatureOf } from './climate.ts';
import { EnergyWorld } from './world.ts';

let world: EnergyWorld;
const YEARS = monthsIn('2022-01-01', '2025-01-01');
const PERIODS = {
  baseline: { from: '2023-01-01', to: '2024-01-01' },
  reporting: { from: '2024-01-01', to: '2025-01-01' },
};

beforeAll(async () => {
  world = await EnergyWorld.open();
  await save(world.hub, 'saveWeatherStation', { code: 'UCCLE', name: 'Uccle', source: 'Made up for a test' });
  await saveWeather(world, ['2022-01-01', '2025-01-01']);
}, 60_000);
afterAll(() => world.close());

const days = (month: string): number => daysIn(month, nextMonth(month)).length;
const heat = (from: string, until: string, base = 15.5): number =>
  daysIn(from, until).reduce((sum, day) => sum + Math.max(0, base - temperatureOf(day)), 0);
const use = (month: string): number => 40 * days(month) + 12 * heat(month, nextMonth(month));

interface Meter {
  id: string;
}

async function figures(meter: Meter, periods: object = PERIODS) {
  const { data, errors } = await world.ask(
    `query ($id: ID!, $baseline: DateRangeInput!, $reporting: DateRangeInput!) {
      meter(id: $id) { savings(baseline: $baseline, reporting: $reporting) ${FIGURES} } }`,
    { id: meter.id, ...periods },
    world.staff,
  );
  expect(errors).toBeUndefined();
  return data.meter.savings;
}

describe('the weather', () => {
  test('of a meter that has a station is not left out because a day of it is missing', async () => {
    const meter = await world.newMeter();
    await sendMonths(world, [meter], YEARS, use);
    const two = { ...PERIODS, baseline: { from: '2022-01-01', to: '2024-01-01' } };
    expect(await figures(meter, two)).toMatchObject({ reason: null, model: 'DEGREE_DAYS' });
    await world.hub.sql(`delete from degree_day where day = '2022-02-10'`);
    expect(await figures(meter, two)).toMatchObject({
      reason: 'NO_DEGREE_DAYS',
      model: null,
      avoidedKwh: null,
    });
    // Where the day is in neither period, it is not missed.
    expect(await figures(meter)).toMatchObject({ reason: null, model: 'DEGREE_DAYS' });
  });

  test('does not matter to a meter without a station, and its normal year is any year', async () => {
    const meter = await world.newMeter({ carrier: 'ELECTRICITY', station_id: null });
    await sendMonths(world, [meter], YEARS, (month) => (month < '2024' ? 100 : 90) * days(month));
    const found = await figures(meter);
    expect(found).toMatchObject({
      reason: null,
      model: 'SAME_MONTH',
      avoidedKwh: '3660.000000',
      normalisedReason: null,
    });
    expect(Number(found.normalisedKwh)).toBeCloseTo(3650, 3);
  });

  test('explains nothing of what is the same every day', async () => {
    const meter = await world.newMeter();
    await sendMonths(world, [meter], YEARS, (month) => (days(month) * 100) / 3);
    expect(await figures(meter)).toMatchObject({ reason: null, model: 'SAME_MONTH' });
  });
});

describe('a tank', () => {
  const deliveries = async (meter: Meter, ends: readonly string[]): Promise<void> => {
    const readings = ends.slice(1).map((until, at) => {
      const from = ends[at] as string;
      const litres = 4 * daysIn(from, until).length + 1.2 * heat(from, until);
      return { meter: meter.id, from: instantOf(from), until: instantOf(until), quantity: litres.toFixed(6) };
    });
    const { rejectedCount } = await world.as(world.staff, 'importMeterReadings', { readings });
    expect(rejectedCount).toBe(0);
  };
  const tank = () => world.newMeter({ carrier: 'HEATING_OIL', unit: 'LITRE', is_tank: true });
  beforeAll(async () => {
    await saveWeather(world, ['2022-02-10', '2022-02-11']);
    await world.as(world.staff, 'saveEnergyFactor', {
      service: world.service.id,
      kind: 'CALORIFIC',
      carrier: 'HEATING_OIL',
      unit: 'LITRE',
      value: '10',
      validFrom: '2020-01-01',
      basis: 'A test',
      source: 'A test',
    });
  });
  const OFTEN = [
    '2023-01-01',
    '2023-02-10',
    '2023-03-20',
    '2023-05-05',
    '2023-09-01',
    '2023-10-20',
    '2023-12-01',
    '2024-01-01',
  ];

  test('is modelled between its deliveries, and its year measured by them', async () => {
    const meter = await tank();
    await deliveries(meter, [...OFTEN, '2024-02-15', '2024-06-01', '2024-11-01', '2025-01-01']);
    const found = await figures(meter);
    expect(found).toMatchObject({ reason: null, model: 'DEGREE_DAYS', points: 7, changePoint: '15.5' });
    expect(Math.abs(Number(found.avoidedKwh))).toBeLessThan(1);
  });

  test('of which deliveries are missing has gaps', async () => {
    const meter = await tank();
    await deliveries(meter, OFTEN);
    await deliveries(meter, ['2024-02-15', '2024-06-01', '2024-11-01', '2025-01-01']);
    expect(await figures(meter)).toMatchObject({ reason: 'GAPS_IN_REPORTING', avoidedKwh: null });
    const other = await tank();
    await deliveries(other, OFTEN.slice(0, 4));
    await deliveries(other, ['2023-09-01', '2023-09-20', '2023-10-20', '2023-12-01', '2024-01-01']);
    await deliveries(other, ['2024-01-01', '2025-01-01']);
    expect(await figures(other)).toMatchObject({ reason: 'GAPS_IN_BASELINE', avoidedKwh: null });
  });

  test('that is not filled on the first of a month has a part of a delivery in each of its years', async () => {
    const meter = await tank();
    await deliveries(meter, [
      '2022-12-11',
      ...OFTEN.slice(1, -1),
      '2024-01-19',
      '2024-06-01',
      '2024-11-01',
      '2025-01-01',
    ]);
    const found = await figures(meter);
    // Five deliveries lie within the baseline whole.
    expect(found).toMatchObject({ reason: 'GAPS_IN_BASELINE' });
    const longer = { ...PERIODS, baseline: { from: '2022-12-01', to: '2024-01-01' } };
    expect(await figures(meter, longer)).toMatchObject({ reason: 'GAPS_IN_BASELINE' });
    await deliveries(meter, ['2022-11-01', '2022-12-11']);
    const year = Number(
      (await figures(meter, { ...PERIODS, baseline: { from: '2022-11-01', to: '2024-01-01' } })).measuredKwh,
    );
    const litres = 4 * 366 + 1.2 * heat('2024-01-01', '2025-01-01');
    expect(Math.abs(year - 10 * litres)).toBeLessThan(0.02 * year);
  });
});

test('what is made is no saving', async () => {
  const meter = await world.newMeter({ carrier: 'SOLAR' });
  await sendMonths(world, [meter], YEARS, (month) => (month < '2024' ? 10 : 5) * days(month));
  expect(await figures(meter)).toMatchObject({ reason: 'PRODUCTION', avoidedKwh: null });
  const { results, userErrors } = await world.as(world.staff, 'recordSavings', {
    meters: [meter.id],
    ...PERIODS,
  });
  expect(userErrors).toEqual([]);
  expect(results[0].figures).toMatchObject({
    reason: 'PRODUCTION',
    normalisedReason: 'PRODUCTION',
    co2Kg: null,
  });
});

test('a sum of which a part has no factor is not told', async () => {
  const partner = await world.newMember();
  const own = world.member;
  world.member = partner;
  const building = await world.newBuilding({}, partner);
  const [gas, power] = [
    await world.newMeter({}, [{ building, partner }]),
    await world.newMeter({ carrier: 'ELECTRICITY' }, [{ building, partner }]),
  ];
  world.member = own;
  await sendMonths(world, [gas, power], YEARS, (month) => (month < '2024' ? 1 : 0.9) * use(month));
  const factor = (input: object) =>
    world.as(world.staff, 'saveEnergyFactor', {
      service: world.service.id,
      basis: 'A test',
      source: 'A test',
      validFrom: '2020-01-01',
      ...input,
    });
  await factor({ kind: 'EMISSION', carrier: 'GAS', value: '0.2' });
  await factor({ kind: 'PRICE', value: '0.1' });
  await world.as(world.staff, 'recordSavings', { meters: [gas.id, power.id], ...PERIODS });
  const { data } = await world.ask(
    `query ($id: ID!) { partner(reference: { id: $id }) { energySavings { measured { kwh co2Kg oilLitres costEur meters } } } }`,
    { id: partner.id },
    world.staff,
  );
  const { measured } = data.partner.energySavings;
  expect(measured).toMatchObject({ co2Kg: null, oilLitres: null, meters: 2 });
  expect(Number(measured.costEur)).toBeCloseTo(0.1 * Number(measured.kwh), 3);
});

test('a result is outdated by readings of its own periods alone', async () => {
  const meter = await world.newMeter();
  await sendMonths(
    world,
    [meter],
    YEARS.filter((month) => month >= '2023'),
    use,
  );
  const apart = { baseline: PERIODS.baseline, reporting: { from: '2024-07-01', to: '2025-01-01' } };
  await world.as(world.staff, 'recordSavings', { meters: [meter.id], ...apart });
  const isOutdated = async (): Promise<boolean> => {
    const { data } = await world.ask(
      `query ($id: ID!) { meter(id: $id) { savingsResults { nodes { isOutdated } } } }`,
      { id: meter.id },
      world.editor,
    );
    return data.meter.savingsResults.nodes[0].isOutdated;
  };
  expect(await isOutdated()).toBe(false);
  await sendMonths(world, [meter], ['2024-03-01'], () => 99, { quality: 'CORRECTED' });
  expect(await isOutdated()).toBe(false);
  await sendMonths(world, [meter], ['2024-08-01'], () => 99, { quality: 'CORRECTED' });
  expect(await isOutdated()).toBe(true);
});

test('a day is given once, however many there are', async () => {
  const given = daysIn('2020-01-01', '2021-07-01').map((day) => ({ day, degreeDays: '1' }));
  const { userErrors } = await world.hub
    .write(
      `mutation ($input: SaveDegreeDaysInput!) { saveDegreeDays(input: $input) { userErrors { code field } } }`,
      {
        input: {
          idempotencyKey: 'days-given-twice',
          station: 'UCCLE',
          base: '18',
          days: [...given, given[3]],
        },
      },
    )
    .then(({ data, errors }) => data?.saveDegreeDays ?? { userErrors: errors });
  expect(userErrors).toEqual([{ code: 'DATE_TWICE', field: `days.${given.length}.day` }]);
});

test('factors of many meters are told without a statement for each', async () => {
  const meters: Meter[] = [];
  for (let n = 0; n < 4; n += 1) meters.push(await world.newMeter());
  await sendMonths(world, meters, YEARS, (month) => (month < '2024' ? 1 : 0.9) * use(month));
  const question = (first: number) =>
    `{ ${meters
      .slice(0, first)
      .map(
        (
          { id },
          at,
        ) => `m${at}: meter(id: "${id}") { savings(baseline: { from: "2023-01-01", to: "2024-01-01" },
        reporting: { from: "2024-01-01", to: "2025-01-01" }) { factors { source value } } }`,
      )
      .join(' ')} }`;
  const one = await world.ask(question(1), {}, world.staff);
  const four = await world.ask(question(4), {}, world.staff);
  expect(one.data.m0.savings.factors.length).toBeGreaterThan(0);
  expect(four.data.m3.savings.factors).toEqual(one.data.m0.savings.factors);
  // Each meter is a root field with a statement of its own; nothing more is read for its factors.
  expect([one.statements.length, four.statements.length]).toEqual([1, 4]);
});

test('degree days of a lower base follow from the highest one', async () => {
  const ask = async (base: string) => {
    const { data } = await world.ask(
      `query ($base: Decimal) { weatherStations { degreeDays(base: $base, period: { from: "2023-02-01", to: "2023-03-01" }) { month base degreeDays coverage } } }`,
      { base },
    );
    return data.weatherStations[0].degreeDays;
  };
  const [february] = await ask('15.5');
  expect(february).toMatchObject({ month: '2023-02-01', base: '15.5', coverage: '1' });
  expect(Number(february.degreeDays)).toBeCloseTo(heat('2023-02-01', '2023-03-01'), 1);
  expect(await ask('19')).toEqual([]);
});
