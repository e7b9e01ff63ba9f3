import type { LanguageCode } from '../database/localised-text.ts';
import type { ServiceKind } from '../services/service.entity.ts';

/** Whether a metric is a level on a day, or an amount over a period. */
export enum MetricKind {
  STOCK = 'STOCK',
  FLOW = 'FLOW',
}

/** How the entries of a metric come together. */
export enum MetricAggregation {
  /** The quantities are added up. */
  SUM = 'SUM',
  /** The organisations are counted, each once, whatever the number of their entries. */
  DISTINCT_PARTNERS = 'DISTINCT_PARTNERS',
  /** The last quantity of each partner, service and category on or before a day, added up. */
  LAST_VALUE = 'LAST_VALUE',
  /** The enrolments are counted, each once. */
  DISTINCT_ENROLMENTS = 'DISTINCT_ENROLMENTS',
  /** The value of one metric over the value of another: a ratio of sums, never a mean of ratios. */
  RATIO = 'RATIO',
  /** The quantities of a metric over the number of its entries. */
  AVERAGE = 'AVERAGE',
}

/** What a metric is computed from. */
export enum MetricSource {
  /** Usage entries of this metric, reported by services and members. */
  USAGE_ENTRIES = 'USAGE_ENTRIES',
  /** The usage entries of every FLOW metric: nothing is reported for such a metric itself. */
  ALL_USAGE = 'ALL_USAGE',
  /** The enrolments themselves. */
  ENROLMENTS = 'ENROLMENTS',
  /** The populations that services are for. */
  POPULATIONS = 'POPULATIONS',
  /** The fundings of services, each spread evenly over the days of its period. */
  FUNDINGS = 'FUNDINGS',
  /** Other metrics. */
  METRICS = 'METRICS',
}

/** Where the records behind a metric come from. */
export enum MetricOrigin {
  /** What the hub itself does: enrolments, fundings. */
  OPERATIONS = 'OPERATIONS',
  /** What services and members report: usage entries. */
  REPORTS = 'REPORTS',
  /** What is brought in from a document or another system: lists of a population. */
  IMPORTS = 'IMPORTS',
}

/** Who answers for the definition of a metric. */
export enum MetricOwner {
  /** The hub, which defines and computes it for every service. */
  HUB = 'HUB',
  /** The providers of the services of its kind. */
  SERVICE = 'SERVICE',
}

/** What a step of a series of a metric shows. */
export enum MetricSeries {
  SUM_OF_STEP = 'SUM_OF_STEP',
  LEVEL_AT_END_OF_STEP = 'LEVEL_AT_END_OF_STEP',
  COUNT_IN_STEP = 'COUNT_IN_STEP',
  RATIO_OF_STEP = 'RATIO_OF_STEP',
}

/** Unit of a metric or of a published figure. */
export enum MetricUnit {
  KWH = 'KWH',
  KG_CO2 = 'KG_CO2',
  LITRE = 'LITRE',
  EUR = 'EUR',
  ORGANISATION = 'ORGANISATION',
  PERSON = 'PERSON',
  WORKER = 'WORKER',
  HOUR = 'HOUR',
  FULL_TIME_EQUIVALENT = 'FULL_TIME_EQUIVALENT',
  VISIT = 'VISIT',
  CONSULTATION = 'CONSULTATION',
  TOOL_SHEET = 'TOOL_SHEET',
  ORDER = 'ORDER',
  BUILDING = 'BUILDING',
  MEASURE = 'MEASURE',
  ENROLMENT = 'ENROLMENT',
  UNIT_OF_USE = 'UNIT_OF_USE',
  BENEFICIARY = 'BENEFICIARY',
  PERCENT = 'PERCENT',
  SHARE = 'SHARE',
}

/* Keys of metrics that have facts of their own: what computes them tells them by their key. */
export const POPULATION_SIZE = 'POPULATION_SIZE';
export const POPULATION_SERVED = 'POPULATION_SERVED';
export const REPORTING_DONE = 'REPORTING_DONE';

/** A metric as its room defines it. */
export interface MetricDefinitionInit {
  key: string;
  label: Record<LanguageCode, string>;
  description: Record<LanguageCode, string>;
  unit: MetricUnit;
  kind: MetricKind;
  aggregation: MetricAggregation;
  source: MetricSource;
  /** Of a metric that is computed from others: the origin of its numerator. */
  origin: MetricOrigin;
  owner: MetricOwner;
  /** First day that its records cover (YYYY-MM-DD), where that is known. */
  since?: string;
  /** Key of the metric above the line of a RATIO, or whose entries an AVERAGE is over. */
  numerator?: string;
  /** Key of the metric below the line of a RATIO. */
  denominator?: string;
  /** The kind of service whose metric it is; none for a metric of every service. */
  serviceKind?: ServiceKind;
  /** Whether an entry is only accepted for a partner that is enrolled on its day. */
  needsEnrolment: boolean;
  /** Whether only whole quantities are accepted (heads, orders). */
  wholeNumbers: boolean;
  /** Whether a quantity below zero is refused (a reversing entry excepted). */
  neverNegative: boolean;
}

/** What a step of a series of a metric shows. Of a ratio of levels, too: its parts are read at the end of the step. */
export function seriesOf({
  kind,
  aggregation,
}: Pick<MetricDefinitionInit, 'kind' | 'aggregation'>): MetricSeries {
  if (aggregation === MetricAggregation.RATIO || aggregation === MetricAggregation.AVERAGE)
    return MetricSeries.RATIO_OF_STEP;
  if (kind === MetricKind.STOCK) return MetricSeries.LEVEL_AT_END_OF_STEP;
  return aggregation === MetricAggregation.SUM ? MetricSeries.SUM_OF_STEP : MetricSeries.COUNT_IN_STEP;
}
