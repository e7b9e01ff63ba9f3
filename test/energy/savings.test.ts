import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Role } from '../../src/access/roles.ts';
import type { Viewer } from '../../src/access/viewer.ts';
import { FIGURES, save } from '../partners/records.ts';
import { daysIn, monthsIn, nextMonth, saveWeather, sendMonths, temperatureOf } from './climate.ts';
import { EnergyWorld, holder } from './world.ts';

let world: EnergyWorld;
const PERIODS = {
  baseline: { from: '2023-01-01', to: '2024-01-01' },
  reporting: { from: '2024-01-01', to: '2025-01-01' },
};
const YEARS = monthsIn('2023-01-01', '2025-01-01');

beforeAll(async () => {
  world = await EnergyWorld.open();
  await save(world.hub, 'saveWeatherStation', {
    code: 'UCCLE',
    name: 'Uccle',
    source: 'Made up for a test',
    normalFrom: '2020-01-01',
    normalUntil: '2025-01-01',
  });
  await saveWeather(world, ['2020-01-01', '2026-01-01']);
}, 60_000);
afterAll(() => world.close());

/** Degree days of a month at a base. */
const heat = (month: string, base: number): number =>
  daysIn(month, nextMonth(month)).reduce((sum, day) => sum + Math.max(0, base - temperatureOf(day)), 0);
const days = (month: string): number => daysIn(month, nextMonth(month)).length;

interface Meter {
  id: string;
}

async function figures(meter: Meter, periods: object = PERIODS, viewer: Viewer = world.staff) {
  const { data, errors } = await world.ask(
    `query ($id: ID!, $baseline: DateRangeInput!, $reporting: DateRangeInput!) {
      meter(id: $id) { savings(baseline: $baseline, reporting: $reporting) ${FIGURES} } }`,
    { id: meter.id, ...periods },
    viewer,
  );
  if (errors) return { refused: errors[0]?.extensions?.code as string };
  return data.meter.savings;
}

/** A gas meter that follows the weather exactly, and uses a part less from 2024 on. */
async function follower(saved: number, columns: object = {}): Promise<Meter> {
  const meter = await world.newMeter(columns);
  await sendMonths(
    world,
    [meter],
    YEARS,
    (month) => (month < '2024' ? 1 : 1 - saved) * (40 * days(month) + 12 * heat(month, 15.5)),
  );
  return meter;
}

describe('what a meter says was saved', () => {
  test('the change point, the base load and the slope are found, and the saving with them', async () => {
    const found = await figures(await follower(0.2));
    expect(found).toMatchObject({ reason: null, model: 'DEGREE_DAYS', changePoint: '15.5', points: 12 });
    // Degree days are stored with three decimals.
    expect(Number(found.baseLoad)).toBeCloseTo(40, 2);
    expect(Number(found.slope)).toBeCloseTo(12, 3);
    expect(Number(found.rSquared)).toBeGreaterThan(0.999_999);
    const expected = YEARS.filter((month) => month >= '2024').reduce(
      (sum, month) => sum + 0.2 * (40 * days(month) + 12 * heat(month, 15.5)),
      0,
    );
    expect(Number(found.avoidedKwh)).toBeCloseTo(expected, -1);
    expect(Number(found.adjustedBaselineKwh) - Number(found.measuredKwh)).toBeCloseTo(
      Number(found.avoidedKwh),
      4,
    );
    // In the years 2020 to 2024, on average.
    const normal = monthsIn('2020-01-01', '2025-01-01').reduce(
      (sum, month) => sum + (0.2 * (40 * days(month) + 12 * heat(month, 15.5))) / 5,
      0,
    );
    expect(found.normalisedReason).toBeNull();
    expect(Number(found.normalisedKwh)).toBeCloseTo(normal, -1);
  });

  test('that more was used is shown as it is', async () => {
    const { avoidedKwh, normalisedKwh } = await figures(await follower(-0.1));
    expect(Number(avoidedKwh)).toBeLessThan(-2000);
    expect(Number(normalisedKwh)).toBeLessThan(-2000);
  });

  test('where the weather explains nothing, the same months are compared', async () => {
    const meter = await world.newMeter({ carrier: 'ELECTRICITY' });
    // The fifth and the ninth month of a year are dear ones, whatever the weather.
    await sendMonths(
      world,
      [meter],
      YEARS,
      (month) => (month < '2024' ? 100 : 90) * days(month) * (/-0[59]-/.test(month) ? 1.3 : 1),
    );
    const found = await figures(meter);
    expect(found).toMatchObject({
      reason: null,
      model: 'SAME_MONTH',
      rSquared: null,
      changePoint: null,
      slope: null,
    });
    const expected = YEARS.filter((month) => month >= '2024').reduce(
      (sum, month) => sum + 10 * days(month) * (/-0[59]-/.test(month) ? 1.3 : 1),
      0,
    );
    expect(Number(found.avoidedKwh)).toBeCloseTo(expected, 3);
    // The scatter of a single year is taken about its mean.
    expect(Number(found.cvRmse)).toBeGreaterThan(0.1);
  });

  test('a reason stands where the data do not suffice', async () => {
    const meter = await follower(0.1);
    const half = { ...PERIODS, baseline: { from: '2023-07-01', to: '2024-01-01' } };
    expect(await figures(meter, half)).toMatchObject({
      reason: 'TOO_FEW_MONTHS',
      avoidedKwh: null,
      uncertaintyKwh: null,
    });
    const earlier = { ...PERIODS, baseline: { from: '2022-07-01', to: '2023-07-01' } };
    expect(await figures(meter, earlier)).toMatchObject({ reason: 'GAPS_IN_BASELINE' });
    const later = { ...PERIODS, reporting: { from: '2024-07-01', to: '2025-07-01' } };
    expect(await figures(meter, later)).toMatchObject({ reason: 'GAPS_IN_REPORTING', avoidedKwh: null });
    const wild = await world.newMeter();
    await sendMonths(world, [wild], YEARS, (month) => 1000 * (1 + ((Number(month.slice(5, 7)) * 7) % 5)));
    expect(await figures(wild)).toMatchObject({ reason: 'POOR_FIT', avoidedKwh: null });
    const cubic = await follower(0.1, { unit: 'M3' });
    expect(await figures(cubic)).toMatchObject({ reason: 'NO_CONVERSION_FACTOR' });
  });

  test('periods are whole months, one after the other', async () => {
    const { refused } = await figures(world.meter, {
      ...PERIODS,
      baseline: { from: '2023-01-15', to: '2024-01-01' },
    });
    expect(refused).toBe('INVALID_PERIOD');
    const swapped = { baseline: PERIODS.reporting, reporting: PERIODS.baseline };
    expect((await figures(world.meter, swapped)).refused).toBe('INVALID_PERIOD');
  });
});

describe('a saving and its noise', () => {
  test('the 95 % interval holds what was saved in 90 to 99 of 100 draws', async () => {
    // A generator of its own (mulberry32), so that the draws are the same in each run.
    let state = 20_261_126;
    const uniform = (): number => {
      state = (state + 0x6d2b79f5) >>> 0;
      let mixed = Math.imul(state ^ (state >>> 15), state | 1);
      mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
      return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
    };
    const normal = (): number => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
    const meters: Meter[] = [];
    for (let n = 0; n < 100; n += 1) meters.push(await world.newMeter());
    const use = (month: string): number => 30 * days(month) + 10 * heat(month, 16);
    const SAVED = 0.12;
    // Noise of 6 kWh a day, in a month taken together.
    await sendMonths(
      world,
      meters,
      YEARS,
      (month) => use(month) * (month < '2024' ? 1 : 1 - SAVED) + 6 * days(month) * normal(),
    );
    const saved = YEARS.filter((month) => month >= '2024').reduce(
      (sum, month) => sum + SAVED * use(month),
      0,
    );
    const { results } = await world.as(world.staff, 'recordSavings', {
      meters: meters.map(({ id }) => id),
      ...PERIODS,
    });
    expect(results).toHaveLength(100);
    for (const { figures: found } of results)
      expect(found).toMatchObject({ reason: null, model: 'DEGREE_DAYS' });
    const isFound = results.filter(
      ({
        figures: { avoidedKwh, uncertaintyKwh },
      }: {
        figures: { avoidedKwh: string; uncertaintyKwh: string };
      }) => Math.abs(Number(avoidedKwh) - saved) <= Number(uncertaintyKwh),
    ).length;
    expect(isFound).toBeGreaterThanOrEqual(90);
    expect(isFound).toBeLessThanOrEqual(99);
  }, 60_000);
});

describe('what the staff record', () => {
  const record = (meter: Meter, viewer = world.staff, periods: object = PERIODS) =>
    world.as(viewer, 'recordSavings', { meters: [meter.id], ...periods });
  const history = async (meter: Meter) => {
    const { data } = await world.ask(
      `query ($id: ID!) { meter(id: $id) { savingsResults { nodes { id supersededAt isOutdated figures { avoidedKwh measuredKwh } } } } }`,
      { id: meter.id },
      world.editor,
    );
    return data.meter.savingsResults.nodes;
  };

  test('corrected readings make a result outdated; a new one takes its place, and the old one stays', async () => {
    const meter = await follower(0.15);
    world.now = new Date(Date.now() + 1000);
    const [first] = (await record(meter)).results;
    expect(await history(meter)).toMatchObject([{ supersededAt: null, isOutdated: false }]);
    await sendMonths(world, [meter], ['2024-02-01'], () => 99_999, { quality: 'CORRECTED' });
    await world.hub.sql(`select pg_sleep(0.01)`);
    world.now = new Date(Date.now() + 5000);
    const [second] = (await record(meter)).results;
    expect(second.figures.measuredKwh).not.toBe(first.figures.measuredKwh);
    const [now, before] = await history(meter);
    expect(now).toMatchObject({ id: second.id, supersededAt: null });
    expect(before).toMatchObject({ id: first.id, figures: { avoidedKwh: first.figures.avoidedKwh } });
    expect(before.supersededAt).not.toBeNull();
    const { data } = await world.ask(
      `query ($id: ID!) { meter(id: $id) { replacedReadings { totalCount } } }`,
      { id: meter.id },
    );
    expect(data.meter.replacedReadings.totalCount).toBe(1);
  });

  test('two that record at once are one after the other, and one result stands', async () => {
    const meter = await follower(0.15);
    const both = await Promise.all([record(meter), record(meter)]);
    const ok = both.filter(({ userErrors }) => userErrors.length === 0);
    expect(ok.length).toBeGreaterThanOrEqual(1);
    for (const { userErrors } of both)
      expect([[], ['SAVINGS_RECORDED_MEANWHILE']]).toContainEqual(
        userErrors.map(({ code }: { code: string }) => code),
      );
    const results = await history(meter);
    expect(results.filter(({ supersededAt }: { supersededAt: string | null }) => !supersededAt)).toHaveLength(
      1,
    );
  });

  test('a result is never changed, and counts once for a time', async () => {
    await expect(
      world.hub.sql('update savings_result set avoided_kwh = 0, measured_kwh = adjusted_baseline_kwh'),
    ).rejects.toMatchObject({ code: 'MH001' });
  });

  test('a member asks its meters and records nothing; another one does neither', async () => {
    const meter = await follower(0.1);
    expect(await figures(meter, PERIODS, world.editor)).toMatchObject({ reason: null });
    expect(await record(meter, world.editor)).toEqual({ refused: 'FORBIDDEN' });
    const other = holder(Role.PARTNER_EDITOR, await world.newMember());
    expect(await figures(meter, PERIODS, other)).toEqual({ refused: 'NOT_FOUND' });
    const { data } = await world.ask('{ savingsResults { totalCount } }', {}, other);
    expect(data.savingsResults.totalCount).toBe(0);
  });
});

describe('factors', () => {
  const save_ = (input: object, viewer = world.staff) =>
    world.as(viewer, 'saveEnergyFactor', {
      service: world.service.id,
      basis: 'A test',
      source: 'A test',
      ...input,
    });

  test('CO₂, litres and money go by the factors of each month, which are named', async () => {
    const meter = await follower(0.2);
    expect(await figures(meter)).toMatchObject({ co2Kg: null, oilLitres: null, costEur: null, factors: [] });
    await save_({ kind: 'EMISSION', value: '0.2', validFrom: '2020-01-01', source: 'General' });
    await save_({ kind: 'OIL_EQUIVALENCE', value: '2.5', validFrom: '2020-01-01' });
    await save_({ kind: 'PRICE', value: '0.1', validFrom: '2020-01-01', source: 'First half' });
    await save_({ kind: 'PRICE', value: '0.2', validFrom: '2024-07-01', source: 'Second half' });
    const found = await figures(meter);
    const avoided = (month: string): number => 0.2 * (40 * days(month) + 12 * heat(month, 15.5));
    const year = YEARS.filter((month) => month >= '2024');
    const sum = (worth: (month: string) => number): number =>
      year.reduce((total, month) => total + worth(month), 0);
    expect(Number(found.co2Kg)).toBeCloseTo(0.2 * sum(avoided), 0);
    expect(Number(found.oilLitres)).toBeCloseTo((0.2 / 2.5) * sum(avoided), 0);
    expect(Number(found.costEur)).toBeCloseTo(
      sum((month) => (month < '2024-07' ? 0.1 : 0.2) * avoided(month)),
      0,
    );
    expect(found.factors.map(({ source }: { source: string }) => source).sort()).toEqual([
      'A test',
      'First half',
      'General',
      'Second half',
    ]);
    // One of the carrier alone comes before one for all of them.
    await save_({ kind: 'EMISSION', value: '0.4', carrier: 'GAS', validFrom: '2020-01-01', source: 'Gas' });
    expect(Number((await figures(meter)).co2Kg)).toBeCloseTo(0.4 * sum(avoided), 0);
  });

  test('a factor changes in nothing but its end, and no two hold at once', async () => {
    const wood = { kind: 'CALORIFIC', carrier: 'WOOD', unit: 'KG', value: '4.8', validFrom: '2021-01-01' };
    const { factor } = await save_(wood);
    expect(factor).toMatchObject({ value: '4.8', validUntil: null });
    const code = async (input: object) => (await save_(input)).userErrors[0]?.code;
    expect(await code({ ...wood, value: '5' })).toBe('FACTOR_FIXED');
    expect((await save_({ ...wood, validUntil: '2022-01-01' })).factor).toMatchObject({
      id: factor.id,
      validUntil: '2022-01-01',
    });
    expect(await code({ ...wood, validFrom: '2021-06-01' })).toBe('FACTOR_OVERLAPS');
    expect(await code({ ...wood, unit: null })).toBe('FACTOR_INCOMPLETE');
    expect(await code({ ...wood, value: '0' })).toBe('INVALID_AMOUNT');
    expect(await code({ ...wood, source: ' ' })).toBe('TEXT_MISSING');
    await expect(world.hub.sql('update energy_factor set value = 9')).rejects.toMatchObject({
      code: 'MH092',
    });
    expect(await save_(wood, world.editor)).toEqual({ refused: 'FORBIDDEN' });
  });
});
