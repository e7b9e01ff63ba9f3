import { and, join, literal, raw, type Sql, sql, today } from '../read/index.ts';
import {
  MetricAggregation,
  type MetricDefinitionInit,
  MetricKind,
  MetricSource,
} from './metric-definition.ts';

/**
 * The facts of a metric under the alias `f`: partner_id, service_id, day, quantity, category, enrolment_id.
 * Dimensions and conditions are written on these.
 */
export interface CellQuestion {
  definition: Pick<MetricDefinitionInit, 'key' | 'kind' | 'aggregation' | 'source'>;
  /** First day, or NULL for no bound. */
  from: Sql;
  /** First day after the period, or NULL for no bound. */
  to: Sql;
  /** Expressions to group by, on the facts and the joins. */
  groupBy: readonly Sql[];
  /** Joins that the dimensions and conditions need. */
  joins: readonly Sql[];
  /** What the facts must meet. */
  conditions: readonly Sql[];
  /** Length of a bucket of the series: 'day', 'month'… */
  granularity?: string | undefined;
}

const FACT_OF_ENTRY = sql`select u.partner_id, u.id, u.service_id, u.metric_key, u.occurred_on as day, u.quantity, u.category, u.enrolment_id, u.recorded_at from usage_entry u`;

/**
 * A select of `d1…dn` (the dimensions, as text), `bucket` (first day of the bucket, NULL without
 * granularity) and `value`: one row per combination that has facts, or exactly one without any grouping.
 */
export function cells(question: CellQuestion): Sql {
  return question.definition.kind === MetricKind.STOCK ? stock(question) : flow(question);
}

function flow(question: CellQuestion): Sql {
  const { definition, from, to, granularity } = question;
  const entries =
    definition.source === MetricSource.ALL_USAGE
      ? sql`u.metric_key in (select m.key from metric_definition m where m.kind = 'FLOW')`
      : sql`u.metric_key = ${literal(definition.key)}`;
  const facts = sql`${FACT_OF_ENTRY} where ${entries} and u.occurred_on >= coalesce(${from}, '-infinity') and u.occurred_on < coalesce(${to}, 'infinity')`;
  const bucket = granularity ? sql`date_trunc(${literal(granularity)}, f.day)::date` : sql`null::date`;
  const columns = groupColumns(question.groupBy);
  const keys = [...columns.names, ...(granularity ? [raw('bucket')] : [])];
  const base = sql`(${facts}) as f ${join(question.joins, ' ')} where ${and(question.conditions)}`;
  if (definition.aggregation === MetricAggregation.DISTINCT_PARTNERS) {
    // A partner counts when something is left of its use once reversals are taken off.
    const net = sql`select ${columns.list}${bucket} as bucket, f.partner_id from ${base}
      group by ${groupList([...question.groupBy, ...(granularity ? [bucket] : [])], ', ')}f.partner_id, f.service_id, f.metric_key having sum(f.quantity) <> 0`;
    return sql`select ${columns.read}${granularity ? raw('bucket') : sql`null::date as bucket`}, count(distinct n.partner_id)::numeric as value from (${net}) as n${groupClause(keys)}`;
  }
  return sql`select ${columns.list}${bucket} as bucket, coalesce(sum(f.quantity), 0) as value from ${base}${groupClause([...question.groupBy, ...(granularity ? [bucket] : [])])}`;
}

/** A level: read on the last day of the period, or of each bucket of it. */
function stock(question: CellQuestion): Sql {
  const { definition, from, to, granularity, groupBy } = question;
  const columns = groupColumns(groupBy);
  const day = raw('b.last_day');
  const facts =
    definition.source === MetricSource.ENROLMENTS
      ? sql`select e.partner_id, e.service_id, 1::numeric as quantity, null::text as category, e.id as enrolment_id from enrolment e
          where e.active_from <= ${day} and (e.ended_on is null or e.ended_on > ${day})`
      : sql`select distinct on (u.partner_id, u.service_id, u.category) u.partner_id, u.service_id, u.quantity, u.category, u.enrolment_id from usage_entry u
          where u.metric_key = ${literal(definition.key)} and u.occurred_on <= ${day} and u.reverses_id is null
            and not exists (select from usage_entry r where r.partner_id = u.partner_id and r.reverses_id = u.id)
          order by u.partner_id, u.service_id, u.category, u.occurred_on desc, u.recorded_at desc, u.id desc`;
  const levels = sql`(select x.*, ${day} as day from (${facts}) as x)`;
  const first =
    definition.source === MetricSource.ENROLMENTS
      ? sql`(select min(e.active_from) from enrolment e)`
      : sql`(select min(u.occurred_on) from usage_entry u where u.metric_key = ${literal(definition.key)})`;
  const buckets = granularity
    ? sql`(select g::date as bucket, least((g + interval ${literal(STEP[granularity] as string)})::date, coalesce(${to}, ${today} + 1)) - 1 as last_day
        from generate_series(date_trunc(${literal(granularity)}, coalesce(${from}, ${first})::timestamp), coalesce(${to}, ${today} + 1)::timestamp - interval '1 day', interval ${literal(STEP[granularity] as string)}) as g)`
    : sql`(select null::date as bucket, coalesce(${to}, ${today} + 1) - 1 as last_day)`;
  const keys = [...groupBy, ...(granularity ? [raw('b.bucket')] : [])];
  const bucket = granularity ? raw('b.bucket') : raw('null::date as bucket');
  return sql`select ${columns.list}${bucket}, coalesce(sum(f.quantity), 0) as value from ${buckets} as b
    cross join lateral ${levels} as f ${join(question.joins, ' ')} where ${and(question.conditions)}${groupClause(keys)}`;
}

const STEP: Record<string, string> = {
  day: '1 day',
  month: '1 month',
  quarter: '3 months',
  year: '1 year',
};

function groupColumns(groupBy: readonly Sql[]): { list: Sql; read: Sql; names: Sql[] } {
  const names = groupBy.map((_, index) => raw(`d${index + 1}`));
  return {
    names,
    list: join(
      groupBy.map((expression, index) => sql`${expression} as ${names[index]}, `),
      '',
    ),
    read: join(
      names.map((name) => sql`${name}, `),
      '',
    ),
  };
}

function groupClause(keys: readonly Sql[]): Sql {
  return keys.length > 0 ? sql` group by ${join(keys, ', ')}` : raw('');
}

function groupList(keys: readonly Sql[], after: string): Sql {
  return keys.length > 0 ? sql`${join(keys, ', ')}${raw(after)}` : raw('');
}
