import {
  MetricAggregation,
  type MetricDefinitionInit,
  MetricKind,
  MetricSource,
  MetricUnit,
} from '../metrics/metric-definition.ts';

/** Metrics of every service, whatever its kind; the hub computes them. */
export const commonMetrics: readonly MetricDefinitionInit[] = [
  {
    key: 'ENROLMENTS_ACTIVE',
    label: {
      fr: 'Adhésions actives',
      nl: 'Actieve toetredingen',
      de: 'Aktive Beitritte',
      en: 'Active enrolments',
    },
    description: {
      fr: 'Adhésions actives au dernier jour de la période.',
      nl: 'Actieve toetredingen op de laatste dag van de periode.',
      de: 'Aktive Beitritte am letzten Tag des Zeitraums.',
      en: 'Enrolments active on the last day of the period.',
    },
    unit: MetricUnit.ENROLMENT,
    kind: MetricKind.STOCK,
    aggregation: MetricAggregation.SUM,
    source: MetricSource.ENROLMENTS,
    needsEnrolment: false,
    wholeNumbers: true,
    neverNegative: true,
  },
];
