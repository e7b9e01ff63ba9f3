import { expect, test } from '@jest/globals';
import { MetricAggregation, MetricKind, MetricSeries, seriesOf } from './metric-definition.ts';

const { STOCK, FLOW } = MetricKind;
const { SUM, DISTINCT_PARTNERS, DISTINCT_ENROLMENTS, LAST_VALUE, RATIO, AVERAGE } = MetricAggregation;

test.each([
  [FLOW, SUM, MetricSeries.SUM_OF_STEP],
  [FLOW, DISTINCT_PARTNERS, MetricSeries.COUNT_IN_STEP],
  [FLOW, DISTINCT_ENROLMENTS, MetricSeries.COUNT_IN_STEP],
  [FLOW, RATIO, MetricSeries.RATIO_OF_STEP],
  [FLOW, AVERAGE, MetricSeries.RATIO_OF_STEP],
  [STOCK, SUM, MetricSeries.LEVEL_AT_END_OF_STEP],
  [STOCK, LAST_VALUE, MetricSeries.LEVEL_AT_END_OF_STEP],
  [STOCK, RATIO, MetricSeries.RATIO_OF_STEP],
])('a step of a series of a %s of %s shows the %s', (kind, aggregation, shown) => {
  expect(seriesOf({ kind, aggregation })).toBe(shown);
});
