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
}

/** What a metric is computed from. */
export enum MetricSource {
  /** Usage entries of this metric, reported by services and members. */
  USAGE_ENTRIES = 'USAGE_ENTRIES',
  /** The usage entries of every FLOW metric: nothing is reported for such a metric itself. */
  ALL_USAGE = 'ALL_USAGE',
  /** The enrolments themselves. */
  ENROLMENTS = 'ENROLMENTS',
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
  VISIT = 'VISIT',
  CONSULTATION = 'CONSULTATION',
  TOOL_SHEET = 'TOOL_SHEET',
  ORDER = 'ORDER',
  ENROLMENT = 'ENROLMENT',
  UNIT_OF_USE = 'UNIT_OF_USE',
  BENEFICIARY = 'BENEFICIARY',
  PERCENT = 'PERCENT',
}

/** A metric as its room defines it. */
export interface MetricDefinitionInit {
  key: string;
  label: Record<LanguageCode, string>;
  description: Record<LanguageCode, string>;
  unit: MetricUnit;
  kind: MetricKind;
  aggregation: MetricAggregation;
  source: MetricSource;
  /** The kind of service whose metric it is; none for a metric of every service. */
  serviceKind?: ServiceKind;
  /** Whether an entry is only accepted for a partner that is enrolled on its day. */
  needsEnrolment: boolean;
  /** Whether only whole quantities are accepted (heads, orders). */
  wholeNumbers: boolean;
  /** Whether a quantity below zero is refused (a reversing entry excepted). */
  neverNegative: boolean;
}
