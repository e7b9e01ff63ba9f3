import { join, literal, raw, type Sql, sql, today } from '../read/index.ts';
import {
  MetricAggregation,
  type MetricDefinitionInit,
  MetricKind,
  MetricSource,
} from './metric-definition.ts';
import { DIMENSIONS, joinsOf } from './metric-dimensions.ts';
import { stepInterval } from './metric-facts.ts';
import { cells, MOST_CELLS, shown } from './metric-sql.ts';
import { type Period, type Shift } from './periods.ts';
import {
  isZeroWithout,
  partsOf,
  type RowOrder,
  type Scope,
  selectedBy,
  type UsageQuestion,
} from './usage-question.ts';
import { releasedValues } from './usage-released.ts';

/** Columns of an answer beside the keys `k1…kn` and the values `d1…dn` of its dimensions. */
export const ANSWER = [
  'metric',
  'value',
  'previous',
  'status',
  'reason',
  'is_others',
  'first_day',
  'end_day',
] as const;

/** The keys of a row, `k1…kn`, each with a comma behind it. */
function keysOf({ groupBy }: UsageQuestion): Sql {
  return raw(groupBy.map((_, index) => `k${index + 1}, `).join(''));
}

const bound = (day: string | null): Sql => sql`${day}::date`;

/**
 * One part of one metric in one period, with the key that says whether a row is of all others; with `alike`, of several
 * metrics, whose key is the last.
 */
function part(
  question: UsageQuestion,
  scope: Scope | undefined,
  definition: MetricDefinitionInit,
  { from, to }: { from: string | null; to: string | null },
  hasTop: boolean,
  alike?: readonly string[],
): Sql {
  const { where, conditions, joins, byMembership, grain } = selectedBy(question, scope);
  const own = question.groupBy.map((dimension) => DIMENSIONS[dimension].key);
  const top = sql`left join top on ${join(
    own.map((key, index) => sql`${raw(`top.k${index + 1}`)} is not distinct from ${key}`),
    ' and ',
  )}`;
  const keys = hasTop
    ? [...own.map((key) => sql`(case when top.is_in then ${key} end)`), raw('(top.is_in is null)')]
    : own;
  return cells({
    definition,
    bounds: { from: bound(from), to: bound(to), known: { from, to } },
    step: question.step,
    where,
    conditions,
    joins: [...joinsOf(joins), ...(hasTop ? [top] : [])],
    keys: alike ? [...keys, raw('f.metric_key')] : keys,
    alike,
    byMembership,
    // Partners are told apart in the months alone.
    grain: definition.aggregation === MetricAggregation.DISTINCT_PARTNERS ? 'MONTH' : grain,
  });
}

/** The value of a metric from the rows `c` of its parts in one of the two periods. */
function valueIn(
  metric: MetricDefinitionInit,
  parts: MetricDefinitionInit[],
  first: number,
  era: number,
): Sql {
  const of = (index: number): Sql =>
    raw(`sum(c.value) filter (where c.part = ${first + index} and c.era = ${era})`);
  if (metric.aggregation !== MetricAggregation.RATIO)
    return isZeroWithout(metric) ? sql`coalesce(${shown(of(0))}, 0)` : shown(of(0));
  // None of some is 0; but where no funding is known, what it comes to is not known either.
  const numerator =
    parts[0]?.source === MetricSource.FUNDINGS ? sql`nullif(${of(0)}, 0)` : sql`coalesce(${of(0)}, 0)`;
  return shown(sql`${numerator} / nullif(${of(1)}, 0)`);
}

/** A select of `n`, `metric`, the keys, `is_others`, `bucket`, `value` and `previous`: the answer before it is put in order. */
function values(question: UsageQuestion, scope: Scope | undefined, hasTop: boolean): Sql {
  const { metrics, definitions, earlier } = question;
  const keys = keysOf(question);
  const others = raw(hasTop ? `c.k${question.groupBy.length + 1}` : 'false');
  const eras: { period: { from: string | null; to: string | null }; shift?: Shift }[] = [
    { period: question },
    ...(earlier ? [{ period: earlier as Period, shift: earlier.shift }] : []),
  ];
  const parts: Sql[] = [];
  let next = 0;
  // With a row even of nothing, where there is no grouping, each has a select of its own.
  const isGrouped = question.groupBy.length > 0 || question.step !== undefined;
  const summed = earlier || !isGrouped ? [] : metrics.filter(isSummedUse);
  const selects = metrics.flatMap((metric, n) => {
    const own = partsOf(metric, definitions);
    if (summed.length > 1 && summed.includes(metric)) {
      // One reading of the rollup gives them all.
      return metric === summed[0] ? [together(question, scope, summed, hasTop, others)] : [];
    }
    const isPlain = !earlier && own.length === 1 && metric.aggregation !== MetricAggregation.AVERAGE;
    if (isPlain) {
      const select = part(question, scope, metric, question, hasTop);
      return sql`select ${raw(String(n))} as n, ${literal(metric.key)} as metric, ${keys}${others} as is_others, c.bucket, ${shown(raw('c.value'))} as value,
        null::numeric as previous from (${select}) as c`;
    }
    const first = next;
    for (const definition of own) {
      for (const [era, { period, shift }] of eras.entries()) {
        const select = part(question, scope, definition, period, hasTop);
        parts.push(sql`select ${raw(String(next))} as part, ${raw(String(era))} as era, ${keys}${others} as is_others,
          ${shift ? later(shift) : raw('c.bucket')} as bucket, c.value from (${select}) as c${shift ? meets(shift) : raw('')}`);
      }
      next += 1;
    }
    // Of each key and step a part has one row at most.
    const previous = earlier ? valueIn(metric, own, first, 1) : raw('null::numeric');
    return sql`select ${raw(String(n))} as n, ${literal(metric.key)} as metric, ${keys}c.is_others, c.bucket,
        ${valueIn(metric, own, first, 0)} as value, ${previous} as previous
      from cell c where c.part between ${raw(String(first))} and ${raw(String(next - 1))}
      group by ${keys}c.is_others, c.bucket`;
  });
  const all = join(selects, ' union all ');
  return parts.length > 0 ? sql`with cell as (${join(parts, ' union all ')}) ${all}` : all;
}

/** Whether a metric is what its own entries add up to. */
const isSummedUse = ({ kind, aggregation, source }: MetricDefinitionInit): boolean =>
  kind === MetricKind.FLOW && aggregation === MetricAggregation.SUM && source === MetricSource.USAGE_ENTRIES;

/** The values of several metrics that are added up alike. */
function together(
  question: UsageQuestion,
  scope: Scope | undefined,
  metrics: readonly MetricDefinitionInit[],
  hasTop: boolean,
  others: Sql,
): Sql {
  const keys = metrics.map(({ key }) => key);
  const select = part(question, scope, metrics[0] as MetricDefinitionInit, question, hasTop, keys);
  const key = `c.k${question.groupBy.length + (hasTop ? 2 : 1)}`;
  const numbers = keys.map(
    (one) =>
      sql`when ${literal(one)} then ${raw(String(question.metrics.findIndex((metric) => metric.key === one)))}`,
  );
  return sql`select case ${raw(key)} ${join(numbers, ' ')} end as n, ${raw(key)}::text as metric, ${keysOf(question)}${others} as is_others, c.bucket,
    ${shown(raw('c.value'))} as value, null::numeric as previous from (${select}) as c`;
}

/** The step of an earlier period beside the one that it is compared with. */
function later({ months, days }: Shift): Sql {
  return raw(`(c.bucket + interval '${months} months ${days} days')::date`);
}

/** A day that the later year has not is compared with none. */
function meets({ months }: Shift): Sql {
  if (months === 0) return raw('');
  return raw(
    ` where c.bucket is null or ((c.bucket + interval '${months} months') - interval '${months} months')::date = c.bucket`,
  );
}

/** The keys of the largest by the first metric, each with its parts of the whole period. */
function top(question: UsageQuestion, scope: Scope | undefined): Sql {
  const [first] = question.metrics;
  const whole = { ...question, metrics: first ? [first] : [], step: undefined, earlier: undefined };
  return sql`select ${keysOf(question)}true as is_in from (${values(whole, scope, false)}) as ranked
    order by value desc nulls last, ${raw(question.groupBy.map((_, index) => `k${index + 1}::text collate "C"`).join(', '))}
    limit ${raw(String(question.top))}`;
}

/** Every step of the period for every combination that has a row in one of them. */
function withGaps(question: UsageQuestion, answer: Sql): Sql {
  const { step, from, to, metrics } = question;
  if (!question.fillGaps || !step) return answer;
  const name = literal(step.toLowerCase());
  const keys = keysOf(question);
  const since = from === null ? raw('(select min(bucket) from known)') : bound(from);
  const until = sql`least(${bound(to)}, ${today} + 1)`;
  const zeros = metrics.flatMap((metric, n) => (isZeroWithout(metric) ? [String(n)] : []));
  const filled = (column: string): Sql =>
    raw(
      zeros.length > 0
        ? `coalesce(max(${column}), case when n in (${zeros.join(', ')}) then 0 end)`
        : `max(${column})`,
    );
  return sql`with known as (${answer}), step as (
      select g::date as bucket from generate_series(date_trunc(${name}, ${since}::timestamp), ${until}::timestamp - interval '1 day', ${stepInterval(step)}) as g
      where not refuse_if(${until} - ${since} > ${raw(String(MOST_CELLS * 366))}, 'MH030', 'too many steps')),
    every as (select n, metric, ${keys}is_others, bucket, value, previous from known
      union all select c.n, c.metric, ${keys}c.is_others, step.bucket, null, null
        from (select distinct n, metric, ${keys}is_others from known) as c cross join step)
    select n, metric, ${keys}is_others, bucket, ${filled('value')} as value, ${
      question.earlier ? filled('previous') : raw('null::numeric')
    } as previous from every group by n, metric, ${keys}is_others, bucket`;
}

const ORDER: Record<RowOrder, string> = {
  KEYS: '',
  VALUE_DESC: 'value desc nulls last, ',
  VALUE_ASC: 'value asc nulls last, ',
  CHANGE_DESC: 'value - previous desc nulls last, ',
  CHANGE_ASC: 'value - previous asc nulls last, ',
};

/**
 * The rows of an answer, in parentheses: {@link ANSWER} and, for the dimensions, `k1…kn` and `d1…dn`.
 * It refuses itself where it has more rows than an answer may have.
 */
export function answerRows(question: UsageQuestion, scope: Scope | undefined): Sql {
  const { groupBy, step, from, to, having, metrics } = question;
  const hasTop = question.top !== undefined && groupBy.length > 0;
  const answer = question.released
    ? releasedValues(question, scope)
    : withGaps(question, values(question, scope, hasTop));
  const status = question.released
    ? raw('a.status, a.reason')
    : raw(`case when a.value is null then 'NOT_AVAILABLE' else 'OK' end as status, null::text as reason`);
  const keys = groupBy.map((_, index) => raw(`a.k${index + 1}`));
  const dimensions = groupBy.map(
    (dimension, index) =>
      sql`, ${DIMENSIONS[dimension].value(keys[index] as Sql)} as ${raw(`d${index + 1}`)}`,
  );
  const partition = raw(['bucket', 'is_others', ...groupBy.map((_, index) => `k${index + 1}`)].join(', '));
  const asked = having && metrics.findIndex(({ key }) => key === having.metric);
  const meets = having
    ? sql`select h.* from (select a.*, max(value) filter (where n = ${raw(String(asked))}) over (partition by ${partition}) as judged
        from (${answer}) as a) as h where ${join(
          [
            raw('h.judged is not null'),
            ...(having.atLeast === null ? [] : [sql`h.judged >= ${having.atLeast}::numeric`]),
            ...(having.atMost === null ? [] : [sql`h.judged <= ${having.atMost}::numeric`]),
          ],
          ' and ',
        )}`
    : answer;
  const order = raw(
    [
      'n',
      ...(question.order === 'KEYS' ? ['bucket nulls first'] : []),
      'is_others',
      ...(question.order === 'KEYS' ? [] : [`${ORDER[question.order]}bucket nulls first`]),
      ...groupBy.map((_, index) => `d${index + 1} collate "C" nulls last`),
    ].join(', '),
  );
  const interval = step && stepInterval(step);
  return sql`(with ${hasTop ? sql`top as (${top(question, scope)}), ` : raw('')}answer as (${meets})
    select * from (select a.n, a.bucket, a.metric, a.value, a.previous, ${status}, a.is_others${join([raw(''), ...keys], ', ')}${join(dimensions, '')},
        ${interval ? sql`greatest(a.bucket, ${bound(from)})` : bound(from)} as first_day,
        ${interval ? sql`least((a.bucket + ${interval})::date, ${bound(to)})` : bound(to)} as end_day
      from answer a where not refuse_if((select count(*) from answer) > ${raw(String(MOST_CELLS))}, 'MH030', 'too many cells')) as ordered
    order by ${order})`;
}
