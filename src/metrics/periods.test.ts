import { describe, expect, test } from '@jest/globals';
import { addMonths, earlierPeriod, isStepStart, type Step, wholeMonths } from './periods.ts';

test.each([
  ['2024-01-31', 1, '2024-02-29'],
  ['2024-02-29', -12, '2023-02-28'],
  ['2023-12-15', 1, '2024-01-15'],
  ['2024-01-01', -1, '2023-12-01'],
])('%s and %i months is %s', (day, months, expected) => {
  expect(addMonths(day, months)).toBe(expected);
});

test('whole months begin and end with one', () => {
  expect(wholeMonths({ from: '2023-11-01', to: '2024-02-01' })).toBe(3);
  expect(wholeMonths({ from: '2023-11-02', to: '2024-02-01' })).toBeUndefined();
  expect(wholeMonths({ from: '2023-11-01', to: '2024-01-31' })).toBeUndefined();
});

test.each<[string, Step, boolean]>([
  ['2024-04-01', 'QUARTER', true],
  ['2024-05-01', 'QUARTER', false],
  ['2024-05-01', 'MONTH', true],
  ['2024-01-01', 'YEAR', true],
  ['2024-05-07', 'DAY', true],
])('whether on %s a %s begins: %s', (day, step, expected) => {
  expect(isStepStart(day, step)).toBe(expected);
});

describe('the earlier period', () => {
  const last = (from: string, to: string) => {
    const earlier = earlierPeriod({ from, to }, 'SAME_PERIOD_LAST_YEAR', undefined);
    return `${earlier.from}..${earlier.to}`;
  };
  const previous = (from: string, to: string, step?: Step) => {
    const earlier = earlierPeriod({ from, to }, 'PREVIOUS_PERIOD', step);
    return `${earlier.from}..${earlier.to} by ${earlier.shift.months} months, ${earlier.shift.days} days`;
  };

  test('last year has the same days; of a 29th of February it has the first of March as a bound', () => {
    expect(last('2023-03-05', '2023-04-01')).toBe('2022-03-05..2022-04-01');
    expect(last('2024-02-01', '2024-02-29')).toBe('2023-02-01..2023-03-01');
    expect(last('2024-02-29', '2024-04-01')).toBe('2023-03-01..2023-04-01');
    expect(last('2025-02-01', '2025-03-01')).toBe('2024-02-01..2024-03-01');
  });

  test('before has as many months, or as many days', () => {
    expect(previous('2024-01-01', '2024-04-01')).toBe('2023-10-01..2024-01-01 by 3 months, 0 days');
    expect(previous('2024-03-01', '2024-04-01', 'DAY')).toBe('2024-01-30..2024-03-01 by 0 months, 31 days');
    expect(previous('2024-03-10', '2024-03-15')).toBe('2024-03-05..2024-03-10 by 0 months, 5 days');
  });

  test('is refused without two ends, and where steps would not meet', () => {
    expect(() => earlierPeriod({ from: '2024-01-01' }, 'PREVIOUS_PERIOD', undefined)).toThrow(
      'both its ends',
    );
    expect(() => previous('2024-01-01', '2024-03-01', 'QUARTER')).toThrow('begin and end with a quarter');
    expect(() => previous('2024-02-01', '2024-05-01', 'QUARTER')).toThrow('begin and end with a quarter');
  });
});
