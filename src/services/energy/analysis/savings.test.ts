import { expect, test } from '@jest/globals';
import { normalisedSavings, type Period, type Reading, savingsOf, sufficientFit, USUAL } from './savings.ts';

const HEAT = [15, 13, 10, 7, 3, 1, 0, 0, 2, 6, 10, 14];

/** A month, with its number from 1 on; the weather comes again each year. */
const month = (n: number, part = 1): Reading => {
  const heat = HEAT[(n - 1) % 12] as number;
  return {
    calendarMonth: ((n - 1) % 12) + 1,
    days: 30,
    kwh: part * 30 * (20 + 8 * heat),
    degreeDays: [30 * heat],
    coverage: 1,
    estimatedKwh: 0,
    isConverted: true,
  };
};
const year = (
  part = 1,
  change: (reading: Reading, at: number) => Reading = (reading) => reading,
): Period => ({
  length: 12,
  months: Array.from({ length: 12 }, (_, at) => change(month(at + 1, part), at)),
});
const reasonOf = (period: Period): string | undefined => {
  const found = sufficientFit(period, USUAL);
  return 'reason' in found ? found.reason : undefined;
};

test('each reason is told before a number could mislead', () => {
  expect(reasonOf(year())).toBeUndefined();
  expect(reasonOf({ ...year(), isProduction: true })).toBe('PRODUCTION');
  expect(reasonOf({ length: 11, months: year().months.slice(1) })).toBe('TOO_FEW_MONTHS');
  expect(reasonOf({ length: 12, months: year().months.slice(1) })).toBe('GAPS_IN_BASELINE');
  expect(reasonOf(year(1, (one, at) => (at === 4 ? { ...one, coverage: 0.99 } : one)))).toBe(
    'GAPS_IN_BASELINE',
  );
  expect(reasonOf(year(1, (one, at) => ({ ...one, isConverted: at !== 4 })))).toBe('NO_CONVERSION_FACTOR');
  expect(reasonOf(year(1, (one, at) => (at === 4 ? { ...one, degreeDays: null } : one)))).toBe(
    'NO_DEGREE_DAYS',
  );
  expect(reasonOf(year(1, (one, at) => ({ ...one, degreeDays: null, kwh: at % 2 ? 100 : 900 })))).toBe(
    'POOR_FIT',
  );
});

test('a tank is modelled by its deliveries, and measured by its months', () => {
  const deliveries = year().months.slice(0, 6);
  expect(reasonOf({ ...year(), deliveries })).toBeUndefined();
  expect(reasonOf({ ...year(), deliveries: deliveries.slice(1) })).toBe('GAPS_IN_BASELINE');
  const withoutWeather = deliveries.map((one) => ({ ...one, degreeDays: null }));
  expect(reasonOf({ ...year(), deliveries: withoutWeather })).toBe('NO_DEGREE_DAYS');
  const found = savingsOf({ ...year(), deliveries }, { ...year(0.9), deliveries: [] }, USUAL);
  const all = year().months.reduce((sum, { kwh }) => sum + kwh, 0);
  expect(found.avoidedKwh).toBeCloseTo(0.1 * all, 6);
});

test('either limit suffices', () => {
  const wobbly = year(1, (one, at) => ({ ...one, kwh: one.kwh * (at % 2 ? 1.7 : 0.3) }));
  const { fit } = sufficientFit(wobbly, USUAL) as { fit: { rSquared: number; cvRmse: number } };
  expect(fit.rSquared).toBeLessThan(0.75);
  expect(fit.cvRmse).toBeGreaterThan(0.25);
  expect(reasonOf(wobbly)).toBe('POOR_FIT');
  for (const terms of [
    { leastRSquared: fit.rSquared, mostCvRmse: 0 },
    { leastRSquared: 1, mostCvRmse: fit.cvRmse },
  ])
    expect('reason' in sufficientFit(wobbly, terms)).toBe(false);
});

test('a normal year needs weather only where a model does', () => {
  const steady = (part: number) => year(part, (one) => ({ ...one, degreeDays: null, kwh: part * 30 * 50 }));
  expect(normalisedSavings(year(), year(0.8), null, USUAL).reason).toBe('NO_NORMAL_YEAR');
  const found = normalisedSavings(steady(1), steady(0.8), null, USUAL);
  expect(found.reason).toBeNull();
  expect(found.kwh).toBeCloseTo(365 * 10, 9);
  const short = { ...year(0.8), length: 6, months: year(0.8).months.slice(6) };
  expect(normalisedSavings(year(), short, null, USUAL).reason).toBe('TOO_FEW_MONTHS');
  expect(savingsOf(year(), short, USUAL).reason).toBeNull();
});
