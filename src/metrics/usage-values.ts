import { join, literal, raw, type Sql, sql } from '../read/index.ts';
import {
  MetricAggregation,
  type MetricDefinitionInit,
  MetricKind,
  MetricSource,
} from './metric-definition.ts';
import { DIMENSIONS, joinsOf } from './metric-dimensions.ts';
import { cells, shown } from './metric-sql.ts';
import { assembled, bound, type Ends, keysOf } from './usage-parts.ts';
import { isZeroWithout, partsOf, type Scope, selectedBy, type UsageQuestion } from './usage-question.ts';

/** What parts of an answer are read by. */
interface Asked {
  question: UsageQuestion;
  scope: Scope | undefined;
  /** Whether rows beside those of `top` come together as others. */
  hasTop: boolean;
}

/** Whether a part `c` is of all others than the largest. */
const isOthers = ({ question, hasTop }: Asked): Sql =>
  raw(hasTop ? `c.k${question.groupBy.length + 1}` : 'false');

/** One part of one metric in one period; with `alike`, of several metrics, whose key is the last of its keys. */
function part(
  { question, scope, hasTop }: Asked,
  definition: MetricDefinitionInit,
  { from, to }: Ends,
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
  const { isAdministrator, reach } = question.viewer.reads;
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
    reachesPartners: !isAdministrator && reach.partners.length + reach.federations.length > 0,
    // Partners are told apart in the months alone.
    grain: definition.aggregation === MetricAggregation.DISTINCT_PARTNERS ? 'MONTH' : grain,
  });
}

/** The value of a metric from those of its parts in one of the two periods. */
function valueIn(
  metric: MetricDefinitionInit,
  question: UsageQuestion,
  of: (part: number, era: number) => Sql,
  era: number,
): Sql {
  if (metric.aggregation !== MetricAggregation.RATIO) {
    const value = shown(of(0, era));
    return isZeroWithout(metric) ? sql`coalesce(${value}, 0)` : value;
  }
  const [above] = partsOf(metric, question.definitions);
  // None of some is 0; but where no funding is known, what it comes to is not known either.
  const numerator =
    above?.source === MetricSource.FUNDINGS ? sql`nullif(${of(0, era)}, 0)` : sql`coalesce(${of(0, era)}, 0)`;
  return shown(sql`${numerator} / nullif(${of(1, era)}, 0)`);
}

/** Whether a metric is what its own entries add up to. */
const isSummedUse = ({ kind, aggregation, source }: MetricDefinitionInit): boolean =>
  kind === MetricKind.FLOW && aggregation === MetricAggregation.SUM && source === MetricSource.USAGE_ENTRIES;

/** The values of several metrics that are added up alike: one reading of the rollup gives them all. */
function together(asked: Asked, metrics: readonly MetricDefinitionInit[]): Sql {
  const { question, hasTop } = asked;
  const keys = metrics.map(({ key }) => key);
  const select = part(asked, metrics[0] as MetricDefinitionInit, question, keys);
  const key = raw(`c.k${question.groupBy.length + (hasTop ? 2 : 1)}`);
  const numbers = metrics.map(
    (metric) => sql`when ${literal(metric.key)} then ${raw(String(question.metrics.indexOf(metric)))}`,
  );
  return sql`select case ${key} ${join(numbers, ' ')} end as n, ${key}::text as metric, ${keysOf(question)}${isOthers(asked)} as is_others,
    c.bucket, ${shown(raw('c.value'))} as value, null::numeric as previous from (${select}) as c`;
}

/** The values of a metric that is one part in one period. */
function plain(asked: Asked, metric: MetricDefinitionInit): Sql {
  const { question } = asked;
  return sql`select ${raw(String(question.metrics.indexOf(metric)))} as n, ${literal(metric.key)} as metric, ${keysOf(question)}${isOthers(asked)} as is_others,
    c.bucket, ${shown(raw('c.value'))} as value, null::numeric as previous from (${part(asked, metric, question)}) as c`;
}

/**
 * A select of `n`, `metric`, the keys, `is_others`, `bucket`, `value` and `previous`, from the records that the viewer
 * sees: the answer before it is put in order.
 */
export function values(question: UsageQuestion, scope: Scope | undefined, hasTop: boolean): Sql {
  const { metrics, earlier, definitions } = question;
  const asked: Asked = { question, scope, hasTop };
  const isPlain = (metric: MetricDefinitionInit): boolean =>
    !earlier && metric.aggregation !== MetricAggregation.AVERAGE && partsOf(metric, definitions).length === 1;
  // Without any grouping there is a row even of nothing, which each metric has for itself.
  const isGrouped = question.groupBy.length > 0 || question.step !== undefined;
  const alike = isGrouped ? metrics.filter((metric) => isPlain(metric) && isSummedUse(metric)) : [];
  const isAlike = (metric: MetricDefinitionInit): boolean => alike.length > 1 && alike.includes(metric);
  const { selects, cell } = assembled(
    question,
    metrics.filter((metric) => !isPlain(metric)),
    {
      part: (definition, period) => part(asked, definition, period),
      columns: ['value'],
      others: isOthers(asked),
      values: (metric, of) => sql`${valueIn(metric, question, of, 0)} as value,
        ${earlier ? valueIn(metric, question, of, 1) : raw('null::numeric')} as previous`,
    },
  );
  const all = join(
    [
      ...(alike.length > 1 ? [together(asked, alike)] : []),
      ...metrics
        .filter((metric) => !isAlike(metric))
        .map((metric) => selects.get(metric) ?? plain(asked, metric)),
    ],
    ' union all ',
  );
  return cell ? sql`with cell as (${cell}) ${all}` : all;
}
