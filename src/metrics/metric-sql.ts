import { and, join, literal, raw, type Sql, sql, today } from '../read/index.ts';
import { MetricAggregation, MetricKind, MetricSource } from './metric-definition.ts';
import {
  type FactsQuestion,
  flowFacts,
  isOfMonths,
  levelFacts,
  stepFacts,
  stepInterval,
} from './metric-facts.ts';
import type { Step } from './periods.ts';

/** One metric over a period, by some keys. Ratios are made of two of these. */
interface CellQuestion extends FactsQuestion {
  /** Expressions to group by, on the facts `f` and the joins. */
  keys: readonly Sql[];
  /** Joins that the keys and conditions need. */
  joins: readonly Sql[];
  /** Whether the number of records is asked for beside the value, as `records`. */
  withRecords?: boolean | undefined;
  /** What the facts must meet beside what {@link FactsQuestion.where} says of their rows. */
  conditions: readonly Sql[];
}

/** Most rows of an answer, and most steps of a level's series. */
export const MOST_CELLS = 2000;

/** A value as it is shown, so that what is compared, ranked and put in order is that; NaN is none. */
export const shown = (value: Sql): Sql => sql`round(nullif(${value}, 'NaN'), 6)`;

/** Most days of a step. */
export const LONGEST: Record<Step, number> = { DAY: 1, MONTH: 31, QUARTER: 92, YEAR: 366 };

/**
 * A select of `k1…kn` (the keys), `bucket` (first day of the step, NULL without steps) and `value`: one row for each
 * combination that has facts, or exactly one without any grouping. A value that cannot be told is NaN.
 */
export function cells(question: CellQuestion): Sql {
  const { definition, keys, joins, conditions, step } = question;
  const isPerStep =
    definition.kind === MetricKind.STOCK ||
    definition.source === MetricSource.FUNDINGS ||
    definition.source === MetricSource.ENROLMENTS;
  const bucket = !step
    ? raw('null::date')
    : isPerStep
      ? raw('b.bucket')
      : step === 'MONTH' && isOfMonths(question)
        ? raw('f.day')
        : sql`date_trunc(${literal(step.toLowerCase())}, f.day::timestamp)::date`;
  const facts = isPerStep ? perStep(question) : sql`(${flowFacts(question)}) as f`;
  // A quantity of nought is no use: it makes no partner count.
  const counted =
    definition.aggregation === MetricAggregation.DISTINCT_PARTNERS
      ? [raw('f.uses > 0'), ...conditions]
      : conditions;
  const columns = keys.map((key, index) => sql`${key} as ${raw(`k${index + 1}`)}, `);
  const grouping = [...keys, ...(step ? [bucket] : [])];
  return sql`select ${join(columns, '')}${bucket} as bucket, ${valueIn(definition)} as value${raw(question.withRecords ? ', coalesce(sum(f.entries), 0) as records' : '')}
    from ${facts} ${join(joins, ' ')} where ${and(counted)}${grouping.length > 0 ? sql` group by ${join(grouping, ', ')}` : raw('')}`;
}

function valueIn({ aggregation }: CellQuestion['definition']): Sql {
  switch (aggregation) {
    case MetricAggregation.DISTINCT_PARTNERS:
      return raw('count(distinct f.partner_id)::numeric');
    case MetricAggregation.AVERAGE:
      return raw('sum(f.quantity) / nullif(sum(f.entries), 0)');
    default:
      return raw('coalesce(sum(f.quantity), 0)');
  }
}

/** Steps `b`, and the facts of each. */
function perStep(question: CellQuestion): Sql {
  const { definition } = question;
  const isLevel = definition.kind === MetricKind.STOCK;
  const facts = isLevel ? levelFacts(question) : stepFacts(question);
  return sql`${steps(question, isLevel)} as b cross join lateral (${facts}) as f`;
}

/** Whether the steps of a period are few enough that all are looked at, and not only those of which anything is known. */
function isShort({ bounds, step }: CellQuestion): boolean {
  const { from, to } = bounds.known ?? {};
  if (!step || !from) return false;
  const days = (Date.parse(to ?? '2100-01-01') - Date.parse(from)) / 86_400_000;
  return days <= MOST_CELLS * LONGEST[step];
}

/** First day of which anything is known, and the day after the last. */
function span(question: CellQuestion): { first: Sql; end: Sql } {
  const { definition, bounds } = question;
  const end = sql`(${today} + 1)`;
  // No step without a fact has a row: where enrolments may have begun is looked up for long series alone.
  if (definition.source === MetricSource.ENROLMENTS && isShort(question)) return { first: bounds.from, end };
  switch (definition.source) {
    case MetricSource.FUNDINGS:
      return {
        first: raw('(select min(fu.period_from) from funding fu)'),
        end: raw('(select max(fu.period_until) from funding fu)'),
      };
    case MetricSource.ENROLMENTS:
    case MetricSource.POPULATIONS:
      return { first: raw('(select min(e.active_from) from enrolment e)'), end };
    default: {
      const key = literal(definition.key);
      return {
        first: sql`(select min(u.occurred_on) from usage_entry u where u.metric_key = ${key} and u.occurred_on <
          (select (min(um.month) + interval '1 month')::date from usage_month um where um.metric_key = ${key}))`,
        end,
      };
    }
  }
}

/**
 * The steps of what has a value on each day: a level is read on the last day of the period or of each step of it, or
 * today where that day has not come. A series begins with the first fact and ends today, however wide the period is.
 */
function steps(question: CellQuestion, isLevel: boolean): Sql {
  const { step, bounds } = question;
  const { from, to } = bounds;
  const { first, end } = span(question);
  const until = sql`least(${to}, ${end})`;
  if (!step) {
    if (isLevel) return sql`(select null::date as bucket, ${until} - 1 as last_day)`;
    return sql`(select null::date as bucket, greatest(${from}, ${first}) as first_day, ${until} as end_day)`;
  }
  const most = raw(String(MOST_CELLS * LONGEST[step]));
  const interval = stepInterval(step);
  return sql`(select g::date as bucket, greatest(g::date, ${from}) as first_day, least((g + ${interval})::date, span.until) as end_day,
      least((g + ${interval})::date, span.until) - 1 as last_day
    from (select known.day + greatest(0, ${from} - known.day) as since, ${until} as until from (select ${first} as day) as known) as span
      cross join lateral generate_series(date_trunc(${literal(step.toLowerCase())}, span.since::timestamp),
        case when not refuse_if(span.until - span.since > ${most}, 'MH030', 'too many steps') then span.until::timestamp - interval '1 day' end,
        ${interval}) as g)`;
}
