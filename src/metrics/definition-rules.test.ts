import { describe, expect, test } from '@jest/globals';
import { definitionErrors, soundDefinitions } from './definition-rules.ts';
import {
  MetricAggregation,
  type MetricDefinitionInit,
  MetricKind,
  MetricOrigin,
  MetricOwner,
  MetricSource,
  MetricUnit,
} from './metric-definition.ts';

const texts = { fr: 'a', nl: 'b', de: 'c', en: 'd' };
const amount: MetricDefinitionInit = {
  key: 'AMOUNT',
  label: texts,
  description: texts,
  unit: MetricUnit.EUR,
  kind: MetricKind.FLOW,
  aggregation: MetricAggregation.SUM,
  source: MetricSource.USAGE_ENTRIES,
  origin: MetricOrigin.REPORTS,
  owner: MetricOwner.SERVICE,
  needsEnrolment: true,
  wholeNumbers: false,
  neverNegative: true,
};
const orders = { ...amount, key: 'ORDERS', unit: MetricUnit.ORDER };
const level = {
  ...amount,
  key: 'LEVEL',
  kind: MetricKind.STOCK,
  aggregation: MetricAggregation.LAST_VALUE,
};
const buyers = { ...amount, key: 'BUYERS', aggregation: MetricAggregation.DISTINCT_PARTNERS };
const computed = { ...amount, aggregation: MetricAggregation.RATIO, source: MetricSource.METRICS };
const ratio = { ...computed, key: 'RATIO', numerator: 'AMOUNT', denominator: 'ORDERS' };
const average = {
  ...computed,
  key: 'AVERAGE',
  aggregation: MetricAggregation.AVERAGE,
  numerator: 'AMOUNT',
};
const sound = [amount, orders, level, buyers, ratio, average];

describe('definitions', () => {
  test('that fit together are what they were', () => {
    expect(soundDefinitions(sound)).toBe(sound);
  });

  const cases: [name: string, wrong: MetricDefinitionInit, error: string][] = [
    ['two with one key', { ...orders, key: 'AMOUNT' }, 'AMOUNT is defined twice.'],
    [
      'a level that is added up from entries',
      { ...level, key: 'X', aggregation: MetricAggregation.SUM },
      'X: a STOCK of SUM cannot be computed from USAGE_ENTRIES.',
    ],
    [
      'an amount of which the last value counts',
      { ...amount, key: 'X', aggregation: MetricAggregation.LAST_VALUE },
      'X: a FLOW of LAST_VALUE cannot be computed from USAGE_ENTRIES.',
    ],
    [
      'a sum of other metrics',
      { ...computed, key: 'X', aggregation: MetricAggregation.SUM, numerator: 'AMOUNT' },
      'X: a FLOW of SUM cannot be computed from METRICS.',
    ],
    [
      'a ratio without anything above the line',
      { ...computed, key: 'X', denominator: 'ORDERS' },
      'X: what is computed from METRICS has a numerator, and nothing else has one.',
    ],
    [
      'a ratio without anything below the line',
      { ...computed, key: 'X', numerator: 'AMOUNT' },
      'X: a RATIO has a denominator, and nothing else has one.',
    ],
    [
      'a sum with a part',
      { ...amount, key: 'X', numerator: 'AMOUNT' },
      'X: what is computed from METRICS has a numerator, and nothing else has one.',
    ],
    [
      'an average with something below the line',
      { ...average, key: 'X', denominator: 'ORDERS' },
      'X: a RATIO has a denominator, and nothing else has one.',
    ],
    [
      'a part that nobody defines',
      { ...ratio, key: 'X', denominator: 'NOTHING' },
      'X: its part NOTHING is not defined.',
    ],
    [
      'a ratio of ratios',
      { ...ratio, key: 'X', numerator: 'RATIO' },
      'X: its part RATIO is itself computed from metrics.',
    ],
    [
      'a ratio of itself',
      { ...ratio, key: 'X', denominator: 'X' },
      'X: its part X is itself computed from metrics.',
    ],
    [
      'an amount over a level',
      { ...ratio, key: 'X', denominator: 'LEVEL' },
      'X is a FLOW, and its part LEVEL is a STOCK.',
    ],
    [
      "an origin that is not the numerator's",
      { ...ratio, key: 'X', origin: MetricOrigin.IMPORTS },
      'X: its origin is that of AMOUNT, REPORTS.',
    ],
    [
      'an average of organisations',
      { ...average, key: 'X', numerator: 'BUYERS' },
      'X: an AVERAGE is over the entries of a SUM, which BUYERS is not.',
    ],
  ];
  test.each(cases)('%s: refused, and nothing else is', (_name, wrong, error) => {
    expect(definitionErrors([...sound, wrong])).toEqual([error]);
  });

  test('all that is wrong is said at once', () => {
    const wrong = [
      { ...ratio, key: 'X', denominator: 'NOTHING' },
      { ...amount, key: 'Y', kind: MetricKind.STOCK },
    ];
    expect(() => soundDefinitions([...sound, ...wrong])).toThrow(
      'The metrics of the rooms do not fit together. X: its part NOTHING is not defined. Y: a STOCK of SUM cannot be computed from USAGE_ENTRIES.',
    );
  });
});
