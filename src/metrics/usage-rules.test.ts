import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { MetricSource } from './metric-definition.ts';
import { enrolmentOn, negated, quantityError } from './usage-rules.ts';

describe('the enrolment on a day', () => {
  const first = { id: 'first', activeFrom: '2024-01-01', endedOn: '2025-01-01' };
  const second = { id: 'second', activeFrom: '2025-06-01', endedOn: null };
  const requested = { id: 'requested', activeFrom: null, endedOn: null };
  const neverActive = { id: 'never', activeFrom: null, endedOn: '2025-03-01' };
  test.each([
    ['2023-12-31', undefined],
    ['2024-01-01', 'first'],
    ['2024-12-31', 'first'],
    ['2025-01-01', undefined],
    ['2025-02-01', undefined],
    ['2025-05-31', undefined],
    ['2025-06-01', 'second'],
    ['2030-01-01', 'second'],
  ])('%s: %s', (day, id) => {
    expect(enrolmentOn([requested, neverActive, second, first], day)?.id).toBe(id);
  });
});

describe('a quantity', () => {
  const definition = {
    key: 'ORDERS',
    source: MetricSource.USAGE_ENTRIES,
    serviceKind: 'PURCHASING' as never,
    needsEnrolment: true,
    wholeNumbers: true,
    neverNegative: true,
  };
  const entry = { occurredOn: '2026-06-15', quantity: '3' };
  const about = {
    definition,
    serviceKind: 'PURCHASING',
    enrolment: { id: 'e', activeFrom: '2026-01-01' },
    today: '2026-06-15',
  };
  const code = (change: object, aboutChange: object = {}, rules: object = {}) =>
    quantityError(
      { ...entry, ...change },
      { ...about, ...aboutChange, definition: { ...definition, ...rules } },
    )?.code;

  const cases: [
    name: string,
    expected: string | undefined,
    change: object,
    about?: object,
    rules?: object,
  ][] = [
    ['is taken on the day itself', undefined, {}],
    ['is not of tomorrow', 'DATE_IN_FUTURE', { occurredOn: '2026-06-16' }],
    ['may be nothing', undefined, { quantity: '0' }],
    ['is whole where the metric counts', 'QUANTITY_NOT_WHOLE', { quantity: '3.5' }],
    ['has decimals where the metric measures', undefined, { quantity: '3.5' }, {}, { wholeNumbers: false }],
    ['is not below zero', 'QUANTITY_NEGATIVE', { quantity: '-3' }],
    ['is below zero where the metric allows', undefined, { quantity: '-3' }, {}, { neverNegative: false }],
    ['needs an enrolment', 'ENROLMENT_REQUIRED', {}, { enrolment: undefined }],
    [
      'needs none where the metric does not',
      undefined,
      {},
      { enrolment: undefined },
      { needsEnrolment: false },
    ],
    ['is of the kind of its service', 'METRIC_OF_OTHER_KIND', {}, { serviceKind: 'ENERGY' }],
    [
      'is of any kind where the metric is',
      undefined,
      {},
      { serviceKind: 'ENERGY' },
      { serviceKind: undefined },
    ],
    ['is not what the hub computes', 'METRIC_NOT_REPORTED', {}, {}, { source: MetricSource.ENROLMENTS }],
    ['is not what the hub adds up', 'METRIC_NOT_REPORTED', {}, {}, { source: MetricSource.ALL_USAGE }],
    ['may have a category', undefined, { category: 'ACCOUNTANT_2' }],
    ['has no category in small letters', 'INVALID_CATEGORY', { category: 'accountant' }],
    ['has no category of 41 characters', 'INVALID_CATEGORY', { category: 'A'.repeat(41) }],
  ];
  for (const [name, expected, change, aboutChange, rules] of cases) {
    test(name, () => expect(code(change, aboutChange, rules)).toBe(expected));
  }
});

test('the opposite of a quantity and the quantity come to nothing, and twice the opposite is the quantity', () => {
  const micro = fc.bigInt({ min: -(10n ** 20n - 1n), max: 10n ** 20n - 1n });
  const text = (value: bigint): string => {
    const digits = String(value < 0n ? -value : value).padStart(7, '0');
    return `${value < 0n ? '-' : ''}${digits.slice(0, -6)}.${digits.slice(-6)}`;
  };
  const value = (decimal: string): bigint =>
    BigInt(decimal.includes('.') ? decimal.replace('.', '') : `${decimal}000000`);
  fc.assert(
    fc.property(micro, (amount) => {
      expect(value(negated(text(amount))) + amount).toBe(0n);
      expect(value(negated(negated(text(amount))))).toBe(amount);
    }),
  );
  expect([negated('0'), negated('-0.000000'), negated('12')]).toEqual(['0', '0', '-12']);
});
