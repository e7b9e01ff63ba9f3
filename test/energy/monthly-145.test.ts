import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { save } from '../partners/records.ts';
import { daysIn, nextMonth, sendMonths } from './climate.ts';
import { EnergyWorld } from './world.ts';

/**
 * Two years of 145 buildings, monthly, with the mean outdoor temperature of each month. The data stands beside the project
 * and not in it; HUB_SHARED_DATA says where else it is.
 */
const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const FILE = join(
  process.env.HUB_SHARED_DATA ?? join(ROOT, '..', 'shared', 'data'),
  'energy-monthly-145',
  'baseline_145_buildings_monthly.csv',
);
const isThere = existsSync(FILE);
if (!isThere) console.warn(`Skipped: ${FILE} is not there.`);

const BASE = 30;
const BASELINE = { from: '2015-07-01', to: '2016-07-01' };
const REPORTING = { from: '2016-07-01', to: '2017-07-01' };

interface Month {
  month: string;
  days: number;
  /** kWh a day, of a building of 1,000 m². */
  daily: number;
  temperature: number;
}

/** The series of the file, each of 24 months. */
function read(): Map<string, Month[]> {
  const [head = '', ...lines] = readFileSync(FILE, 'utf8').trim().split('\n');
  const names = head.trim().split(',');
  const series = new Map<string, Month[]>();
  for (const line of lines) {
    const row = Object.fromEntries(
      line
        .trim()
        .split(',')
        .map((value, at) => [names[at], value]),
    );
    const month = `${(row.period_end as string).slice(0, 7)}-01`;
    const key = `${row.building_id} ${row.energy_type}`;
    const known = series.get(key) ?? [];
    known.push({
      month,
      days: daysIn(month, nextMonth(month)).length,
      daily: Number(row.kwh_per_m2_day) * 1000,
      temperature: Number(row.outdoor_temp_c),
    });
    series.set(key, known);
  }
  return series;
}

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
const heatOf = (temperature: number, base: number): number => Math.max(0, base - temperature);

/** The normal equations of y = a + b x, solved by hand. */
function line(
  x: readonly number[],
  y: readonly number[],
): { a: number; b: number; residual: number } | undefined {
  const n = x.length;
  const [sx, sy] = [sum(x), sum(y)];
  const sxx = sum(x.map((value) => value * value));
  const sxy = sum(x.map((value, at) => value * (y[at] as number)));
  const determinant = n * sxx - sx * sx;
  if (Math.max(...x) - Math.min(...x) < 1e-9) return undefined;
  const a = (sxx * sy - sx * sxy) / determinant;
  const b = (n * sxy - sx * sy) / determinant;
  return { a, b, residual: sum(y.map((value, at) => (value - a - b * (x[at] as number)) ** 2)) };
}

let world: EnergyWorld;
let series: [string, Month[]][];
const answers = new Map<string, Record<string, string | null>>();

(isThere ? describe : describe.skip)('145 buildings', () => {
  beforeAll(async () => {
    world = await EnergyWorld.open();
    series = [...read()].filter(([, months]) => months.length === 24);
    const byTemperature = new Map<string, string>();
    const meters: { id: string }[] = [];
    for (const [, months] of series) {
      // Buildings of one place have one weather, and so one station.
      const sign = months.map(({ temperature }) => temperature).join();
      if (!byTemperature.has(sign)) {
        const code = `PLACE_${byTemperature.size}`;
        await save(world.hub, 'saveWeatherStation', {
          code,
          name: code,
          source: 'The mean temperature of each month',
        });
        const days = months.flatMap(({ month, temperature }) =>
          daysIn(month, nextMonth(month)).map((day) => ({
            day,
            degreeDays: heatOf(temperature, BASE).toFixed(3),
          })),
        );
        await save(world.hub, 'saveDegreeDays', { station: code, base: String(BASE), days });
        byTemperature.set(sign, code);
      }
      const [station] = await world.hub.sql<{ id: string }>(
        'select id from weather_station where code = $1',
        [byTemperature.get(sign)],
      );
      meters.push(await world.newMeter({ station_id: station?.id }));
    }
    const months = (series[0] as [string, Month[]])[1].map(({ month }) => month);
    await sendMonths(world, meters, months, (month, at) => {
      const found = (series[at] as [string, Month[]])[1].find((one) => one.month === month) as Month;
      return found.daily * found.days;
    });
    for (let at = 0; at < meters.length; at += 100) {
      const { results } = await world.as(world.staff, 'recordSavings', {
        meters: meters.slice(at, at + 100).map(({ id }) => id),
        baseline: BASELINE,
        reporting: REPORTING,
      });
      for (const { meter, figures } of results) answers.set(meter.id, figures);
    }
    meters.forEach(({ id }, at) => {
      answers.set((series[at] as [string, Month[]])[0], answers.get(id) as Record<string, string | null>);
    });
  }, 120_000);
  afterAll(() => world.close());

  test('every result equals an independent least-squares computation to 1e-6', () => {
    expect(series.length).toBeGreaterThan(230);
    const models = new Map<string, number>();
    for (const [name, months] of series) {
      const answer = answers.get(name) as Record<string, string | null>;
      const baseline = months.filter(({ month }) => month < REPORTING.from);
      const reporting = months.filter(({ month }) => month >= REPORTING.from);
      // Quantities are stored with six decimals.
      const exact = ({ daily, days }: Month): number => Number((daily * days).toFixed(6));
      const y = baseline.map((one) => exact(one) / one.days);
      const mean = sum(y) / y.length;
      const spread = sum(y.map((value) => (value - mean) ** 2));
      let best: { base: number; a: number; b: number; residual: number } | undefined;
      for (let base = 10; base <= BASE; base += 0.5) {
        const x = baseline.map(({ temperature }) => storedHeat(temperature, base));
        const found = line(x, y);
        if (found && found.b > 0 && (!best || found.residual < best.residual * (1 - 1e-9)))
          best = { base, ...found };
      }
      const isByWeather = best && (spread > 0 ? 1 - best.residual / spread : 1) >= 0.1;
      const cv = isByWeather
        ? Math.sqrt((best as { residual: number }).residual / 9) / mean
        : Math.sqrt(spread / 11) / mean;
      const r2 = isByWeather ? 1 - (best as { residual: number }).residual / spread : null;
      const suffices = (r2 ?? 0) >= 0.75 || cv <= 0.25;
      models.set(
        String(answer.reason ?? answer.model),
        (models.get(String(answer.reason ?? answer.model)) ?? 0) + 1,
      );
      if (mean <= 0) {
        expect(answer.reason).toBe('POOR_FIT');
        continue;
      }
      close(answer.cvRmse, Math.min(cv, 99_999));
      if (r2 !== null) close(answer.rSquared, r2);
      expect({ name, reason: answer.reason }).toEqual({ name, reason: suffices ? null : 'POOR_FIT' });
      if (!suffices) continue;
      const measured = sum(reporting.map(exact));
      const adjusted = isByWeather
        ? sum(
            reporting.map(({ days, temperature }) => {
              const { a, b, base } = best as { a: number; b: number; base: number };
              return days * (a + b * storedHeat(temperature, base));
            }),
          )
        : sum(
            reporting.map(
              ({ days, month }) =>
                days * (y[baseline.findIndex((one) => one.month.slice(5) === month.slice(5))] as number),
            ),
          );
      if (isByWeather) expect(Number(answer.changePoint)).toBe((best as { base: number }).base);
      close(answer.measuredKwh, measured);
      close(answer.adjustedBaselineKwh, adjusted);
      close(answer.avoidedKwh, adjusted - measured, Math.max(adjusted, measured));
    }
    // Each way of answering is met.
    expect([...models.keys()].sort()).toEqual(['DEGREE_DAYS', 'POOR_FIT', 'SAME_MONTH']);
  });
});

/** Degree days a day as they are stored: those of a lower base follow from the highest. */
function storedHeat(temperature: number, base: number): number {
  return Math.max(0, Number(heatOf(temperature, BASE).toFixed(3)) - (BASE - base));
}

/** Equal to one part in a million, of itself or of what it is a difference of. */
function close(answer: string | null | undefined, expected: number, scale = Math.abs(expected)): void {
  expect(Math.abs(Number(answer) - expected)).toBeLessThanOrEqual(1e-6 * Math.max(scale, 1));
}
