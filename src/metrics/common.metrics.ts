import {
  MetricAggregation,
  type MetricDefinitionInit,
  MetricKind,
  MetricSource,
  MetricUnit,
} from './metric-definition.ts';

/** Metrics over the usage entries of every service. */
export const usageMetrics: readonly MetricDefinitionInit[] = [
  {
    key: 'PARTNERS_SERVED',
    label: {
      fr: 'Partenaires servis',
      nl: 'Bediende partners',
      de: 'Bediente Partner',
      en: 'Partners served',
    },
    description: {
      fr: 'Partenaires ayant un usage (FLOW) non nul dans la période, chacun une fois.',
      nl: 'Partners met gebruik (FLOW) in de periode, elk één keer.',
      de: 'Partner mit Nutzung (FLOW) im Zeitraum, jeder einmal.',
      en: 'Partners with any use (FLOW, net of reversals) in the period, each once.',
    },
    unit: MetricUnit.ORGANISATION,
    kind: MetricKind.FLOW,
    aggregation: MetricAggregation.DISTINCT_PARTNERS,
    source: MetricSource.ALL_USAGE,
    needsEnrolment: false,
    wholeNumbers: true,
    neverNegative: true,
  },
];
