import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { UserError } from '../errors.ts';
import { addDays, addMonths, daysOf, earlierPeriod, isStepStart, type Step, wholeMonths } from './periods.ts';

const period = (from: string, to: string) => ({ from, to });

describe('days and months', () => {
  test.each([
    ['2024-01-31', 1, '2024-02-29'],
    ['2024-02-29', -12, '2023-02-28'],
    ['2023-12-31', 2, '2024-02-29'],
    ['2024-03-15', -3, '2023-12-15'],
  ])('%s and %s months are %s', (day, months, expected) => {
    expect(addMonths(day, months)).toBe(expected);
  });

  test('a period has whole months when it begins and ends with one', () => {
    expect(wholeMonths(period('2024-01-01', '2025-01-01'))).toBe(12);
    expect(wholeMonths(period('2024-01-02', '2025-01-01'))).toBeUndefined();
    expect(wholeMonths(period('2024-01-01', '2024-01-31'))).toBeUndefined();
  });

  test.each<[string, Step, boolean]>([
    ['2024-04-01', 'QUARTER', true],
    ['2024-05-01', 'QUARTER', false],
    ['2024-04-01', 'YEAR', false],
    ['2024-04-02', 'MONTH', false],
    ['2024-04-02', 'DAY', true],
  ])('%s begins a %s: %s', (day, step, expected) => {
    expect(isStepStart(day, step)).toBe(expected);
  });
});

describe('the period before', () => {
  test('has as many whole months, or as many days', () => {
    expect(earlierPeriod(period('2024-03-01', '2024-05-01'), 'PREVIOUS_PERIOD', undefined)).toMatchObject(
      period('2024-01-01', '2024-03-01'),
    );
    expect(earlierPeriod(period('2024-03-02', '2024-03-09'), 'PREVIOUS_PERIOD', undefined)).toMatchObject(
      period('2024-02-24', '2024-03-02'),
    );
  });

  test('ends where the other begins and is as long, whatever its days', () => {
    const day = fc.integer({ min: 0, max: 20_000 }).map((number) => addDays('1990-01-01', number));
    fc.assert(
      fc.property(day, fc.integer({ min: 1, max: 800 }), (from, length) => {
        const asked = period(from, addDays(from, length));
        const before = earlierPeriod(asked, 'PREVIOUS_PERIOD', 'DAY');
        expect(before.to).toBe(from);
        expect(daysOf(before)).toBe(length);
      }),
    );
  });

  test('of a year ago has the same days', () => {
    expect(earlierPeriod(period('2024-02-10', '2024-03-01'), 'SAME_PERIOD_LAST_YEAR', 'MONTH')).toMatchObject(
      period('2023-02-10', '2023-03-01'),
    );
  });

  test('needs both ends, and whole steps', () => {
    const code = (run: () => unknown): string => {
      try {
        run();
      } catch (error) {
        return (error as UserError).code;
      }
      return 'none';
    };
    expect(code(() => earlierPeriod({ from: '2024-01-01' }, 'PREVIOUS_PERIOD', undefined))).toBe(
      'PERIOD_MISSING',
    );
    expect(code(() => earlierPeriod(period('2024-01-15', '2024-03-15'), 'PREVIOUS_PERIOD', 'MONTH'))).toBe(
      'INVALID_PERIOD',
    );
    expect(code(() => earlierPeriod(period('2024-02-01', '2024-05-01'), 'PREVIOUS_PERIOD', 'QUARTER'))).toBe(
      'INVALID_PERIOD',
    );
  });
});
