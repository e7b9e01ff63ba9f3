import { and, join, literal, raw, type Sql, sql, today } from '../read/index.ts';
import { DIMENSIONS } from './metric-dimensions.ts';
import { stepInterval } from './metric-facts.ts';
import { LONGEST, MOST_CELLS } from './metric-sql.ts';
import { bound, keysOf } from './usage-parts.ts';
import { checksOf, isZeroWithout, type RowOrder, type Scope, type UsageQuestion } from './usage-question.ts';
import { releasedValues } from './usage-released.ts';
import { values } from './usage-values.ts';

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
      where not refuse_if(${until} - ${since} > ${raw(String(MOST_CELLS * LONGEST[step]))}, 'MH030', 'too many steps')),
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
  const dimensions = groupBy.map((dimension, index) => {
    const { codes, value } = DIMENSIONS[dimension];
    const told = codes ? raw(`v${index + 1}.${codes.column}`) : value(keys[index] as Sql);
    return sql`, ${told} as ${raw(`d${index + 1}`)}`;
  });
  const codes = groupBy.map((dimension, index) => {
    const { table } = DIMENSIONS[dimension].codes ?? {};
    return raw(table ? ` left join ${table} v${index + 1} on v${index + 1}.id = a.k${index + 1}` : '');
  });
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
      from answer a${join(codes, '')} where ${and(checksOf(question))} and not refuse_if((select count(*) from answer) > ${raw(String(MOST_CELLS))}, 'MH030', 'too many cells')) as ordered
    order by ${order})`;
}
