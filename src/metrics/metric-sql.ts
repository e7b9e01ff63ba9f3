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
  definition: Pick<MetricDefinitionInit, 'key' | 'kind' | 'aggregation' | 'source' | 'needsEnrolment'>;
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
  /** What is counted: all that the viewer may count, or the records that it sees one by one. */
  facts: Facts;
  /** Length of a bucket of the series: 'day', 'month'… */
  granularity?: string | undefined;
}

/** Tables or views that facts come from; {@link COUNTED} holds rows that nobody may see by themselves. */
export interface Facts {
  entries: Sql;
  enrolments: Sql;
  /** Whether a fact `f` of entries, or of enrolments, is of a record that the viewer sees; none where all are. */
  isSeen?: { entry: Sql; enrolment: Sql } | undefined;
}

/** The records that the viewer sees. */
export const SEEN: Facts = { entries: raw('usage_entry'), enrolments: raw('enrolment') };
/** All that the viewer may count. */
export const COUNTED: Facts = { entries: raw('counted_entry'), enrolments: raw('counted_enrolment') };

/** Fewest organisations behind a figure that tells on none (DOMAIN.md, Privacy). */
const FEWEST = 4;

/** Most rows of an answer, and most steps of a level's series. */
export const MOST_CELLS = 2000;

/** An entry that was taken back, and the one that takes it back, count nowhere. */
const counts = (entries: Sql): Sql => sql`u.reverses_id is null and not exists (select from ${entries} r
  where r.partner_id = u.partner_id and r.reverses_id = u.id and r.reverses_id is not null)`;

/** The value, and whether it is held back because too few organisations stand behind it. */
function guarded(value: Sql, { facts, definition, granularity, to }: CellQuestion, bucket: Sql): Sql {
  if (!facts.isSeen) return sql`${value} as value, false as is_suppressed`;
  const isSeen = definition.source === MetricSource.ENROLMENTS ? facts.isSeen.enrolment : facts.isSeen.entry;
  // What is seen one by one can be taken off, and a nought adds nothing: only the others hide one another. None and
  // too few are told alike.
  const tooFew = sql`count(distinct f.partner_id) filter (where f.quantity <> 0 and not ${isSeen}) < ${raw(String(FEWEST))}`;
  // A year that goes on tells what a day adds to it.
  const end = granularity ? sql`(${bucket} + interval '1 year')::date` : to;
  const isHeldBack = sql`(${tooFew} or ${end} > date_trunc('year', ${today}::timestamp)::date)`;
  return sql`case when ${isHeldBack} then null else ${value} end as value, ${isHeldBack} as is_suppressed`;
}

/**
 * A select of `d1…dn` (the dimensions, as text), `bucket` (first day of the bucket, NULL without
 * granularity), `value` and `is_suppressed`: one row per combination that has facts, or exactly one without any grouping.
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
  const bucket = granularity
    ? sql`date_trunc(${literal(granularity)}, f.day::timestamp)::date`
    : sql`null::date`;
  const isDistinct = definition.aggregation === MetricAggregation.DISTINCT_PARTNERS;
  const value = raw(isDistinct ? 'count(distinct f.partner_id)::numeric' : 'coalesce(sum(f.quantity), 0)');
  // A quantity of nought is no use: it makes no partner count.
  const conditions = isDistinct ? [raw('f.quantity <> 0'), ...question.conditions] : question.conditions;
  const facts = sql`select u.partner_id, u.service_id, u.occurred_on as day, u.quantity, u.category, u.enrolment_id, u.provenance from ${question.facts.entries} u
    where ${entries} and ${counts(question.facts.entries)} and u.occurred_on >= coalesce(${from}, '-infinity') and u.occurred_on < coalesce(${to}, 'infinity')`;
  return sql`select ${groupColumns(question.groupBy)}${bucket} as bucket, ${guarded(value, question, bucket)}
    from (${facts}) as f ${join(question.joins, ' ')} where ${and(conditions)}${groupClause([...question.groupBy, ...(granularity ? [bucket] : [])])}`;
}

/**
 * A level: read on the last day of the period or of each step of it, or today where that day has not come.
 * A series begins with the first fact and ends today, however wide the period is.
 */
function stock(question: CellQuestion): Sql {
  const { definition, from, to, granularity, groupBy } = question;
  const isEnrolments = definition.source === MetricSource.ENROLMENTS;
  const day = raw('b.last_day');
  // A level under an enrolment falls away with it.
  const enrolled = definition.needsEnrolment
    ? sql` and exists (select from ${question.facts.enrolments} e where e.partner_id = u.partner_id and e.id = u.enrolment_id
        and e.active_from <= ${day} and (e.ended_on is null or e.ended_on > ${day}))`
    : raw('');
  const facts = isEnrolments
    ? sql`select e.partner_id, e.service_id, 1::numeric as quantity, null::text as category, e.id as enrolment_id, e.provenance from ${question.facts.enrolments} e
        where e.active_from <= ${day} and (e.ended_on is null or e.ended_on > ${day})`
    : sql`select distinct on (u.partner_id, u.service_id, u.category) u.partner_id, u.service_id, u.quantity, u.category, u.enrolment_id, u.provenance from ${question.facts.entries} u
        where u.metric_key = ${literal(definition.key)} and u.occurred_on <= ${day} and ${counts(question.facts.entries)}${enrolled}
        order by u.partner_id, u.service_id, u.category, u.occurred_on desc, u.recorded_at desc, u.id desc`;
  const levels = sql`(select x.*, ${day} as day from (${facts}) as x)`;
  const end = sql`least(${to}, ${today} + 1)`;
  let buckets = sql`(select null::date as bucket, ${end} - 1 as last_day)`;
  if (granularity) {
    const step = raw(`interval '${STEP[granularity]?.interval}'`);
    const first = isEnrolments
      ? sql`select min(e.active_from) as day from ${question.facts.enrolments} e`
      : sql`select min(u.occurred_on) as day from ${question.facts.entries} u where u.metric_key = ${literal(definition.key)}`;
    const most = raw(String(MOST_CELLS * (STEP[granularity]?.days ?? 1)));
    buckets = sql`(select g::date as bucket, least((g + ${step})::date, span.until) - 1 as last_day
      from (select first.day + greatest(0, ${from} - first.day) as since, ${end} as until from (${first}) as first) as span
        cross join lateral generate_series(date_trunc(${literal(granularity)}, span.since::timestamp),
          case when not refuse_if(span.until - span.since > ${most}, 'MH030', 'too many steps') then span.until::timestamp - interval '1 day' end,
          ${step}) as g)`;
  }
  const keys = [...groupBy, ...(granularity ? [raw('b.bucket')] : [])];
  return sql`select ${groupColumns(groupBy)}${raw(granularity ? 'b.bucket' : 'null::date as bucket')}, ${guarded(raw('coalesce(sum(f.quantity), 0)'), question, raw('b.bucket'))} from ${buckets} as b
    cross join lateral ${levels} as f ${join(question.joins, ' ')} where ${and(question.conditions)}${groupClause(keys)}`;
}

/** Steps of a series, and the most days that one has. */
const STEP: Record<string, { interval: string; days: number }> = {
  day: { interval: '1 day', days: 1 },
  month: { interval: '1 month', days: 31 },
  quarter: { interval: '3 months', days: 92 },
  year: { interval: '1 year', days: 366 },
};

/** The dimensions as columns `d1…dn`, each with a comma after it. */
function groupColumns(groupBy: readonly Sql[]): Sql {
  const columns = groupBy.map((expression, index) => sql`${expression} as ${raw(`d${index + 1}`)}, `);
  return join(columns, '');
}

function groupClause(keys: readonly Sql[]): Sql {
  return keys.length > 0 ? sql` group by ${join(keys, ', ')}` : raw('');
}
