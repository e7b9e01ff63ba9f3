import type { Viewer } from '../access/viewer.ts';
import type { LanguageCode } from '../database/localised-text.ts';
import {
  type FilteredPartner,
  type PartnerCondition,
  partnerChecks,
  partnerPredicates,
} from '../partners/index.ts';
import { mustExist, oneOf, raw, type Sql, sql } from '../read/index.ts';
import { MetricAggregation, type MetricDefinitionInit, MetricKind } from './metric-definition.ts';
import { DIMENSIONS, type MetricDimension, type MetricJoin } from './metric-dimensions.ts';
import { GRAINS, type Grain } from './metric-facts.ts';
import type { Comparison, EarlierPeriod, Step } from './periods.ts';

/** In which sequence the rows of an answer come. */
export type RowOrder = 'KEYS' | 'VALUE_DESC' | 'VALUE_ASC' | 'CHANGE_DESC' | 'CHANGE_ASC';

/** A question about usage, its references turned into keys and its rules checked. */
export interface UsageQuestion {
  metrics: readonly MetricDefinitionInit[];
  /** Every metric, to find the parts of a ratio. */
  definitions: ReadonlyMap<string, MetricDefinitionInit>;
  from: string | null;
  to: string | null;
  groupBy: readonly MetricDimension[];
  step: Step | undefined;
  services?: readonly string[] | undefined;
  serviceKinds?: readonly string[] | null | undefined;
  categories?: readonly string[] | null | undefined;
  partners?: PartnerCondition | undefined;
  compareTo?: Comparison | undefined;
  earlier?: EarlierPeriod | undefined;
  having?: { metric: string; atLeast: string | null; atMost: string | null } | undefined;
  top?: number | undefined;
  order: RowOrder;
  fillGaps: boolean;
  /** Whether the hub releases cells: one with real records. */
  hasReleases: boolean;
  /** The table and the periods of the lattice that the answer is released with; from records without. */
  released?: { table: string; granularity: string } | undefined;
  language: LanguageCode;
  viewer: Viewer;
}

/** What a question is asked of: a record that it is a field of, by the column that holds its key. */
export interface Scope {
  of: 'partner' | 'service' | 'federation' | 'authority';
  key: Sql;
}

/** Which facts a question and its scope ask for. */
export interface Selected {
  /** On the rows `m` that facts are made of. */
  where: Sql[];
  /** On the facts `f` and the joins. */
  conditions: Sql[];
  joins: Set<MetricJoin>;
  byMembership: boolean;
  /** The smallest rollup that holds the answer. */
  grain: Grain;
}

/** The facts' partner, as the partner filter knows it. */
const FILTERED_PARTNER: FilteredPartner = {
  id: raw('p.id'),
  searchVector: raw('p.search_vector'),
  sector: raw('p.sector_id'),
  sizeBand: raw('p.size_band'),
};

export function selectedBy(question: UsageQuestion, scope: Scope | undefined): Selected {
  const where: Sql[] = [];
  const conditions: Sql[] = [];
  const joins = new Set<MetricJoin>();
  let byMembership = question.groupBy.includes('FEDERATION' as MetricDimension);
  const grains = new Set<Grain>(question.groupBy.map((dimension) => DIMENSIONS[dimension].grain));
  for (const dimension of question.groupBy) for (const name of DIMENSIONS[dimension].joins) joins.add(name);
  if (scope?.of === 'service') where.push(sql`m.service_id = ${scope.key}`);
  else if (scope) grains.add('MONTH');
  if (scope?.of === 'partner') where.push(sql`m.partner_id = ${scope.key}`);
  if (scope?.of === 'federation') {
    byMembership = true;
    conditions.push(sql`exists (select from membership fm where fm.partner_id = f.partner_id and fm.federation_id = ${scope.key}
      and fm.valid_from <= f.day and (fm.valid_until is null or f.day < fm.valid_until))`);
  }
  if (scope?.of === 'authority') {
    // A month counts as a whole: by what was so on its first day.
    const day = sql`date_trunc('month', f.day::timestamp)::date`;
    // As a case: PostgreSQL asks parts of an OR a second time, before the join, and of hashed subqueries that two places share
    // it makes but one anew when the authority changes (seen with 18: each but the first authority lost its partners).
    conditions.push(sql`(case when f.partner_id is null then f.authority_id = ${scope.key} else exists (select from recognition ar where ar.partner_id = f.partner_id and ar.authority_id = ${scope.key}
        and ar.valid_from <= ${day} and (ar.valid_until is null or ${day} < ar.valid_until)) end
      or exists (select from funding af where af.service_id = f.service_id and af.authority_id = ${scope.key}
        and af.period_from <= ${day} and ${day} < af.period_until))`);
  }
  if (question.services) where.push(oneOf(sql`m.service_id`, question.services, 'uuid'));
  if (question.serviceKinds) {
    joins.add('service');
    conditions.push(oneOf(sql`s.kind`, question.serviceKinds, 'text'));
  }
  if (question.categories) {
    grains.add('MONTH');
    conditions.push(oneOf(sql`f.category`, question.categories, 'text'));
  }
  const partner = question.partners ? partnerPredicates(FILTERED_PARTNER, question.partners) : [];
  if (partner.length > 0) {
    grains.add('MONTH');
    joins.add('partner');
    conditions.push(...partner);
  }
  const grain = GRAINS.findLast((one) => grains.has(one)) ?? 'SUM';
  return { where, conditions, joins, byMembership, grain };
}

/**
 * Whether all that a question names is there: true, or the read fails. It belongs where it is looked at whatever the facts
 * are: beside them PostgreSQL leaves it out, with them, where it knows that there are none.
 */
export function checksOf({ services, partners }: UsageQuestion): Sql[] {
  return [
    ...(services ? [mustExist('shared_service', services, 'filter.services')] : []),
    ...(partners ? partnerChecks(partners, 'filter.partners') : []),
  ];
}

/** The metrics that a metric is computed from: itself, or the parts of a ratio or an average. */
export function partsOf(
  metric: MetricDefinitionInit,
  definitions: ReadonlyMap<string, MetricDefinitionInit>,
): MetricDefinitionInit[] {
  const part = (key: string | undefined): MetricDefinitionInit =>
    definitions.get(key as string) as MetricDefinitionInit;
  switch (metric.aggregation) {
    case MetricAggregation.RATIO:
      return [part(metric.numerator), part(metric.denominator)];
    case MetricAggregation.AVERAGE:
      // The entries of another metric, its mean in place of its sum.
      return [{ ...part(metric.numerator), aggregation: MetricAggregation.AVERAGE }];
    default:
      return [metric];
  }
}

/** Whether nothing of a metric is 0: it counts or adds up what happens, in a step in which nothing did. */
export function isZeroWithout({ kind, aggregation }: MetricDefinitionInit): boolean {
  return (
    kind === MetricKind.FLOW &&
    aggregation !== MetricAggregation.RATIO &&
    aggregation !== MetricAggregation.AVERAGE
  );
}
