import { expect, test } from '@jest/globals';
import { checkPeriod } from './date-range.ts';

test.each([
  [undefined],
  [null],
  [{}],
  [{ from: '2021-01-01' }],
  [{ to: '2021-01-01' }],
  [{ from: null, to: '2021-01-01' }],
  [{ from: '2021-01-01', to: '2021-01-02' }],
])('the period %j is one', (period) => expect(() => checkPeriod(period)).not.toThrow());

test.each([
  [{ from: '2021-01-01', to: '2021-01-01' }],
  [{ from: '2021-01-02', to: '2021-01-01' }],
  [{ from: '2021-01-01', to: '0999-12-31' }],
])('the period %j ends before it begins, or is empty', (period) => {
  expect(() => checkPeriod(period, 'filter.period')).toThrow(
    expect.objectContaining({ code: 'INVALID_PERIOD', field: 'filter.period' }),
  );
});
