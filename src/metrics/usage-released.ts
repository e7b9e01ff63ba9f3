import { and, join, literal, raw, type Sql, sql } from '../read/index.ts';
import { MetricAggregation, type MetricDefinitionInit, MetricSource } from './metric-definition.ts';
import { DIMENSIONS, joinsOf, type MetricDimension } from './metric-dimensions.ts';
import { COUNTED, SEEN, type Tables } from './metric-facts.ts';
import { cells, shown } from './metric-sql.ts';
import type { Period, Shift } from './periods.ts';
import { additivityOf } from './release-facts.read.ts';
import { partsOf, type Scope, selectedBy, type UsageQuestion } from './usage-question.ts';

/** Where a released cell holds the key of a dimension. */
const COLUMN: Partial<Record<MetricDimension, string>> = {
  SERVICE: 'service_id',
  SECTOR: 'sector_id',
  SIZE_BAND: 'size_band',
  REGION: 'region_code',
  PROVINCE: 'province_code',
  AUTHORITY: 'authority_id',
};

type Bounds = { from: string | null; to: string | null };

const keysOf = ({ groupBy }: UsageQuestion): Sql =>
  raw(groupBy.map((_, index) => `k${index + 1}, `).join(''));

/** The cells that were released, each with its status. */
function released(
  { groupBy, step, services, released: lattice }: UsageQuestion,
  scope: Scope | undefined,
  definition: MetricDefinitionInit,
  { from, to }: Bounds,
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
  { from, to }: Bounds,
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
  source === MetricSource.FUNDINGS || key === 'POPULATION_SIZE';

/**
 * One part of a metric: `value` and `status` by key and step. Where the viewer sees every record behind a cell, its value
 * as of now; else what was released. What nobody released and the viewer does not see has no row; neither has, among
 * others, what is of too few: that somebody is there would name who alone can be.
 */
function part(
  question: UsageQuestion,
  scope: Scope | undefined,
  definition: MetricDefinitionInit,
  period: Bounds,
): Sql {
  const keys = keysOf(question);
  const seen = ofRecords(question, scope, definition, period, SEEN);
  const counted = isPublic(definition)
    ? sql`select ${keys}bucket, records from (${seen}) as s`
    : sql`select ${keys}bucket, records from (${ofRecords(question, scope, definition, period, COUNTED)}) as s`;
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
        coalesce(max(u.seen) > 0 and max(u.seen) = max(u.counted) and max(u.value) <> 'NaN', false) as is_seen, ${isReleased} as is_released,
        max(u.seen) as seen
      from (${released(question, scope, definition, period)}
        union all select ${keys}bucket, null, null, value, records, null from (${seen}) as s
        union all select ${keys}bucket, null, null, null, null, records from (${counted}) as s) as u
      group by ${keys}u.bucket) as p
    where status <> 'SUPPRESSED' or seen > 0${raw(question.groupBy.length === 0 && !question.step ? ' or true' : '')}`;
}

/** A select of `n`, `metric`, the keys, `is_others`, `bucket`, `value`, `previous`, `status` and `reason`. */
export function releasedValues(question: UsageQuestion, scope: Scope | undefined): Sql {
  const { metrics, definitions, earlier } = question;
  const keys = keysOf(question);
  const eras: { period: Bounds; shift?: Shift }[] = [
    { period: question },
    ...(earlier ? [{ period: earlier as Period, shift: earlier.shift }] : []),
  ];
  const parts: Sql[] = [];
  let next = 0;
  const selects = metrics.map((metric, n) => {
    const first = next;
    const own = partsOf(metric, definitions);
    for (const definition of own) {
      for (const [era, { period, shift }] of eras.entries()) {
        const bucket = shift ? raw(`(c.bucket + interval '${shift.months} months')::date`) : raw('c.bucket');
        parts.push(sql`select ${raw(String(next))} as part, ${raw(String(era))} as era, ${keys}${bucket} as bucket, c.value, c.status, c.reason
          from (${part(question, scope, definition, period)}) as c`);
      }
      next += 1;
    }
    const of = (index: number, era: number): Sql =>
      raw(`sum(c.value) filter (where c.part = ${first + index} and c.era = ${era})`);
    const value = (era: number): Sql => {
      const both =
        metric.aggregation === MetricAggregation.RATIO
          ? sql`${of(0, era)} / nullif(${of(1, era)}, 0)`
          : of(0, era);
      // A ratio with a part that is held back is none.
      return sql`case when not coalesce(bool_or(c.status <> 'OK') filter (where c.era = ${raw(String(era))}), true) then ${shown(both)} end`;
    };
    return sql`select ${raw(String(n))} as n, ${literal(metric.key)} as metric, ${keys}false as is_others, c.bucket, ${value(0)} as value,
        ${earlier ? value(1) : raw('null::numeric')} as previous,
        coalesce(max(c.status) filter (where c.era = 0 and c.status <> 'OK'), case when ${value(0)} is null then 'NOT_AVAILABLE' else 'OK' end) as status,
        max(c.reason) filter (where c.era = 0) as reason
      from cell c where c.part between ${raw(String(first))} and ${raw(String(next - 1))} group by ${keys}c.bucket`;
  });
  return sql`with cell as (${join(parts, ' union all ')}) ${join(selects, ' union all ')}`;
}
