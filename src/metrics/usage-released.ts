import { and, join, literal, raw, type Sql, sql } from '../read/index.ts';
import {
  MetricAggregation,
  type MetricDefinitionInit,
  MetricSource,
  POPULATION_SIZE,
} from './metric-definition.ts';
import { DIMENSIONS, joinsOf, type MetricDimension } from './metric-dimensions.ts';
import { COUNTED, SEEN, type Tables } from './metric-facts.ts';
import { cells, shown } from './metric-sql.ts';
import { additivityOf } from './release-facts.read.ts';
import { assembled, type Ends, keysOf } from './usage-parts.ts';
import { type Scope, selectedBy, type UsageQuestion } from './usage-question.ts';

/** Where a released cell holds the key of a dimension. */
const COLUMN: Partial<Record<MetricDimension, string>> = {
  SERVICE: 'service_id',
  SECTOR: 'sector_id',
  SIZE_BAND: 'size_band',
  REGION: 'region_code',
  PROVINCE: 'province_code',
  AUTHORITY: 'authority_id',
};

/** The cells that were released, each with its status. */
function released(
  { groupBy, step, services, released: lattice }: UsageQuestion,
  scope: Scope | undefined,
  definition: MetricDefinitionInit,
  { from, to }: Ends,
): Sql {
  const columns = groupBy.map((dimension, index) => raw(`rc.${COLUMN[dimension]} as k${index + 1}, `));
  const audience = scope?.of === 'federation' || scope?.of === 'authority' ? scope.key : raw('null::uuid');
  const conditions = [
    raw(additivityOf(definition) ? 'true' : 'false'),
    sql`rc.metric_key = ${literal(definition.key)}`,
    sql`rc.table_name = ${lattice?.table ?? ''}::text`,
    sql`rc.granularity = ${lattice?.granularity ?? ''}::text`,
    sql`rc.audience_id is not distinct from ${audience}`,
    ...(from === null ? [] : [sql`rc.first_day >= ${from}::date`]),
    ...(to === null ? [] : [sql`rc.first_day < ${to}::date`]),
    ...(scope?.of === 'service' ? [sql`rc.service_id = ${scope.key}`] : []),
    ...(services ? [sql`rc.service_id = any(${services}::uuid[])`] : []),
  ];
  return sql`select ${join(columns, '')}${raw(step ? 'rc.first_day' : 'null::date')} as bucket, rc.value as told, rc.status,
      null::numeric as value, null::numeric as seen, null::numeric as counted from released_cell rc where ${and(conditions)}`;
}

/** The same cells of the records in some tables. */
function ofRecords(
  question: UsageQuestion,
  scope: Scope | undefined,
  definition: MetricDefinitionInit,
  { from, to }: Ends,
  tables: Tables,
): Sql {
  const { where, conditions, joins, byMembership } = selectedBy(question, scope);
  return cells({
    definition,
    bounds: { from: sql`${from}::date`, to: sql`${to}::date`, known: { from, to } },
    step: question.step,
    where,
    conditions,
    joins: joinsOf(joins),
    keys: question.groupBy.map((dimension) => DIMENSIONS[dimension].key),
    byMembership,
    tables,
    withRecords: true,
  });
}

/** Whether all that a metric is computed from is public. */
const isPublic = ({ source, key }: MetricDefinitionInit): boolean =>
  source === MetricSource.FUNDINGS || key === POPULATION_SIZE;

/**
 * One part of a metric: `value` and `status` by key and step. Where the viewer sees every record behind a cell, its value
 * as of now; else what was released. What nobody released and the viewer does not see has no row; neither has, among
 * others, what is of too few: that somebody is there would name who alone can be.
 */
function part(
  question: UsageQuestion,
  scope: Scope | undefined,
  definition: MetricDefinitionInit,
  period: Ends,
): Sql {
  const keys = keysOf(question);
  const seen = ofRecords(question, scope, definition, period, SEEN);
  const counted = isPublic(definition)
    ? sql`select ${keys}bucket, records from (${seen}) as s`
    : sql`select ${keys}bucket, records from (${ofRecords(question, scope, definition, period, COUNTED)}) as s`;
  // That nothing is there is told to those alone who would see it.
  const seesNone = isPublic(definition)
    ? raw('true')
    : scope?.of === 'service'
      ? sql`${scope.key} = any((select hub_scope('services'))::uuid[])`
      : raw('false');
  const months = { MONTH: 1, QUARTER: 3, YEAR: 12 }[question.released?.granularity ?? ''] ?? 1;
  const lastMonth = sql`(coalesce(u.bucket, ${period.from}::date) + interval '${raw(String(months - 1))} months')::date`;
  const isReleased = additivityOf(definition)
    ? sql`exists (select from release re where re.metric_key = ${literal(definition.key)} and re.month = ${lastMonth})`
    : raw('false');
  return sql`select ${keys}bucket, case when is_seen then value when status = 'OK' then told end as value,
      case when is_seen then 'OK' when status is not null then status when is_released then 'SUPPRESSED' else 'NOT_AVAILABLE' end as status,
      case when is_seen or status is not null or is_released then null
        else ${literal(additivityOf(definition) ? 'NOT_RELEASED_YET' : 'OUT_OF_SCOPE')} end as reason
    from (select ${keys}u.bucket, max(u.told) as told, max(u.status) as status, max(u.value) as value,
        coalesce(max(u.seen) = max(u.counted) and max(u.value) <> 'NaN' and (max(u.seen) > 0 or ${seesNone}), false) as is_seen, ${isReleased} as is_released,
        max(u.seen) as seen
      from (${released(question, scope, definition, period)}
        union all select ${keys}bucket, null, null, value, records, null from (${seen}) as s
        union all select ${keys}bucket, null, null, null, null, records from (${counted}) as s) as u
      group by ${keys}u.bucket) as p
    where status <> 'SUPPRESSED' or seen > 0${raw(question.groupBy.length === 0 && !question.step ? ' or true' : '')}`;
}

/** A select of `n`, `metric`, the keys, `is_others`, `bucket`, `value`, `previous`, `status` and `reason`. */
export function releasedValues(question: UsageQuestion, scope: Scope | undefined): Sql {
  const value = (
    { aggregation }: MetricDefinitionInit,
    of: (part: number, era: number) => Sql,
    era: number,
  ): Sql => {
    const both =
      aggregation === MetricAggregation.RATIO ? sql`${of(0, era)} / nullif(${of(1, era)}, 0)` : of(0, era);
    // A ratio with a part that is held back is none.
    return sql`case when not coalesce(bool_or(c.status <> 'OK') filter (where c.era = ${raw(String(era))}), true) then ${shown(both)} end`;
  };
  const { selects, cell } = assembled(question, question.metrics, {
    part: (definition, period) => part(question, scope, definition, period),
    columns: ['value', 'status', 'reason'],
    others: raw('false'),
    values: (metric, of) => sql`${value(metric, of, 0)} as value,
      ${question.earlier ? value(metric, of, 1) : raw('null::numeric')} as previous,
      coalesce(max(c.status) filter (where c.era = 0 and c.status <> 'OK'), case when ${value(metric, of, 0)} is null then 'NOT_AVAILABLE' else 'OK' end) as status,
      max(c.reason) filter (where c.era = 0) as reason`,
  });
  return sql`with cell as (${cell ?? raw('')}) ${join([...selects.values()], ' union all ')}`;
}
