import { expect, test } from '@jest/globals';
import { diversityMetrics } from '../services/diversity/diversity.metrics.ts';
import type { MetricDefinitionInit } from './metric-definition.ts';
import { additivityOf } from './release-facts.read.ts';

const of = (key: string): MetricDefinitionInit =>
  diversityMetrics.find((definition) => definition.key === key) as MetricDefinitionInit;

test('organisations are released as a number of organisations, whoever reports them', () => {
  expect(additivityOf(of('DIVERSITY_ORGANISATIONS_ACCOMPANIED'))).toBe('DISTINCT_PARTNERS');
  expect(additivityOf(of('DIVERSITY_PEOPLE_TRAINED'))).toBe('SUM');
});
