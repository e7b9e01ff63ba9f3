import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { fitDegreeDays, fitSameMonth, halfInterval, modelOf, type Point } from './regression.ts';

/** A month of 30 days whose degree days a day are given for each candidate base. */
const month = (kwhADay: number, heatADay: readonly number[], calendarMonth = 1): Point => ({
  calendarMonth,
  days: 30,
  kwh: kwhADay * 30,
  degreeDays: heatADay.map((value) => value * 30),
});

test('the base that leaves the least is taken, and of those that fit alike the lowest', () => {
  const heat = [0, 2, 4, 6, 8, 10];
  // The second base is the true one; the third goes two degree days higher in each month, and so fits the same.
  const points = heat.map((value) => month(5 + 3 * value, [value ** 2, value, value + 2]));
  expect(fitDegreeDays(points)).toMatchObject({ base: 1, points: 6, degreesOfFreedom: 3 });
  expect(fitDegreeDays(points)?.slope).toBeCloseTo(3, 9);
  expect(fitDegreeDays(points)?.baseLoad).toBeCloseTo(5, 9);
});

test('more use in warmer weather is no heating', () => {
  const points = [0, 2, 4, 6, 8, 10].map((value) => month(50 - value, [value]));
  expect(fitDegreeDays(points)).toBeUndefined();
  expect(modelOf(points)?.model).toBe('SAME_MONTH');
});

test('the variance of a sum is what the normal equations say', () => {
  const value = fc.double({ min: 0, max: 20, noNaN: true });
  const points = fc.array(fc.tuple(value, value), { minLength: 6, maxLength: 24 });
  fc.assert(
    fc.property(points, fc.array(value, { minLength: 1, maxLength: 12 }), (drawn, ahead) => {
      const x = drawn.map(([heat], at) => heat + at);
      const y = x.map((heat, at) => 10 + 2 * heat + (drawn[at] as [number, number])[1]);
      const fit = fitDegreeDays(x.map((heat, at) => month(y[at] as number, [heat])));
      fc.pre(fit !== undefined);
      const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
      const [n, sx, sxx] = [x.length, sum(x), sum(x.map((one) => one * one))];
      const [sy, sxy] = [sum(y), sum(x.map((one, at) => one * (y[at] as number)))];
      const determinant = n * sxx - sx * sx;
      const [a, b] = [(sxx * sy - sx * sxy) / determinant, (n * sxy - sx * sy) / determinant];
      const s2 = sum(y.map((one, at) => (one - a - b * (x[at] as number)) ** 2)) / (n - 3);
      // u = Σ dᵢ xᵢ of the days to be told of, and u'(X'X)⁻¹u.
      const [u0, u1] = [30 * ahead.length, 30 * sum(ahead)];
      const quadratic = (sxx * u0 * u0 - 2 * sx * u0 * u1 + n * u1 * u1) / determinant;
      const told = fit?.predict(ahead.map((heat) => month(0, [heat])));
      const scale = Math.abs(a * u0 + b * u1) + 1;
      expect(Math.abs((told?.kwh ?? 0) - (a * u0 + b * u1)) / scale).toBeLessThan(1e-6);
      expect(told?.modelVariance).toBeCloseTo(s2 * quadratic, 3);
      expect(told?.scatterVariance).toBeCloseTo(s2 * 900 * ahead.length, 3);
    }),
    { numRuns: 200 },
  );
});

test('of one year the scatter is taken about its mean, of two about the same months', () => {
  const year = (use: (calendarMonth: number) => number): Point[] =>
    Array.from({ length: 12 }, (_, at) => ({ ...month(use(at + 1), []), calendarMonth: at + 1 }));
  const one = fitSameMonth(year((calendarMonth) => calendarMonth));
  expect(one).toMatchObject({ rSquared: null, degreesOfFreedom: 11 });
  expect(one?.cvRmse).toBeCloseTo(Math.sqrt(143 / 11) / 6.5, 9);
  const two = fitSameMonth([...year((n) => n), ...year((n) => n + 1)]);
  // Each month is half a kWh a day from its mean.
  expect(two?.degreesOfFreedom).toBe(12);
  expect(two?.cvRmse).toBeCloseTo(Math.sqrt((24 * 0.25) / 12) / 7, 9);
  expect(two?.predict([{ calendarMonth: 3, days: 31, degreeDays: null }]).kwh).toBeCloseTo(31 * 3.5, 9);
});

test('an interval is Student’s, by its degrees of freedom', () => {
  // Tables of the distribution: 2.262 of 9, 1.960 of very many.
  expect(halfInterval(4, 9)).toBeCloseTo(2 * 2.262157, 5);
  expect(halfInterval(1, 1e7)).toBeCloseTo(1.959964, 4);
});
