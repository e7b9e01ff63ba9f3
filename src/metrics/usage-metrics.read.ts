import type { Federation } from '../federations/federation.entity.ts';
import { PartnerOrder, partnerOrder } from '../partners/index.ts';
import { Partner } from '../partners/partner.entity.ts';
import {
  and,
  connection,
  type Description,
  derived,
  Elements,
  Fields,
  fields,
  join,
  list,
  literal,
  mustExist,
  type OrderKey,
  oneOf,
  type Page,
  type RowRef,
  type Rows,
  raw,
  type Sql,
  sql,
} from '../read/index.ts';
import type { CompetentAuthority } from '../reference/reference.entity.ts';
import type { SharedService } from '../services/service.entity.ts';
import { MetricDefinition } from './metric.entity.ts';
import { MetricAggregation, MetricKind, MetricSource } from './metric-definition.ts';
import { DIMENSIONS, joinsOf, MetricDimension } from './metric-dimensions.ts';
import { flowFacts } from './metric-facts.ts';
import { ANSWER, answerRows } from './usage-answer.ts';
import { latticeOf } from './usage-lattice.ts';
import { publishedFigure, publishedOf } from './usage-published.read.ts';
import { checksOf, type Scope, selectedBy, type UsageQuestion } from './usage-question.ts';
import type { RowsTold } from './usage-records.read.ts';

/** What computing a metric costs beside reading a row; one partner's are few. */
const METRIC_WEIGHT = 100;
const METRIC_WEIGHT_OF_PARTNER = 8;

/** What flows, whatever it is. */
const ANY_USE = {
  key: '',
  kind: MetricKind.FLOW,
  aggregation: MetricAggregation.DISTINCT_PARTNERS,
  source: MetricSource.ALL_USAGE,
  needsEnrolment: false,
};

/* What a question is asked of: the record that it is a field of. */
export const ofPartner = (row: RowRef<Partner>): Scope => ({ of: 'partner', key: row.id });
export const ofService = (row: RowRef<SharedService>): Scope => ({ of: 'service', key: row.id });
export const ofAuthority = (row: RowRef<CompetentAuthority>): Scope => ({ of: 'authority', key: row.id });
export const ofFederation = (row: RowRef<Federation>): Scope => ({ of: 'federation', key: row.id });

/** What tells one question from another: cursors carry it. */
export function signOf({ definitions: _, metrics, viewer: __, ...rest }: UsageQuestion): unknown {
  return { ...rest, metrics: metrics.map(({ key }) => key) };
}

/** The answer to a question about usage: definitions, rows and totals, in one statement. */
export function usageMetrics<P>(question: UsageQuestion, scope?: (row: RowRef<P>) => Scope): Fields {
  const keys = question.metrics.map(({ key }) => key);
  const total = { ...question, groupBy: [], having: undefined, top: undefined };
  return fields<P>(
    {
      metrics: () =>
        list(MetricDefinition, {
          where: (row) => oneOf(row.key, keys, 'text'),
          orderBy: [
            {
              by: (row) => sql`array_position(${keys}::text[], ${row.key}::text)`,
              direction: 'asc',
              type: 'int',
            },
          ],
        }),
      rows: (row) => rows(answered(question, scope?.(row)), scope?.(row)),
      totals: (row) => rows(answered(question, scope?.(row), total), scope?.(row)),
      basis: (row) => literal(latticeOf(question, scope?.(row).of) ? 'RELEASED' : 'RECORDS'),
      crossService: (row) => crossService(question, scope?.(row)),
    },
    undefined,
    { question, scopeOf: scope as AnswerTold['scopeOf'] } satisfies AnswerTold,
  );
}

/** What an answer tells the resolvers of its fields; the row is that of the record that it is a field of. */
export interface AnswerTold {
  question: UsageQuestion;
  scopeOf: ((row: never) => Scope) | undefined;
}

/** The use of services in a period, whatever its metric: facts `f`. */
function anyUse(question: UsageQuestion, scope: Scope | undefined): Sql {
  const { where, conditions, joins, byMembership } = selectedBy({ ...question, groupBy: [] }, scope);
  const { from, to } = question;
  const facts = flowFacts({
    definition: ANY_USE,
    bounds: { from: sql`${from}::date`, to: sql`${to}::date`, known: { from, to } },
    step: undefined,
    where,
    byMembership,
  });
  return sql`(${facts}) as f ${join(joinsOf(joins), ' ')} where ${and([raw('f.uses > 0'), ...checksOf(question), ...conditions])}`;
}

/** How many partners use so many services. */
function crossService(question: UsageQuestion, scope: Scope | undefined): Rows {
  return derived(
    {
      subquery: () => sql`(select u.services, count(*)::int as partners
        from (select count(distinct f.service_id)::int as services from ${anyUse(question, scope)} group by f.partner_id) as u
        group by u.services order by u.services)`,
      columns: ['services', 'partners'],
    },
    { weight: METRIC_WEIGHT },
  );
}

/** Partners by name, in the language of the question. */
export const PARTNERS_BY_NAME = ({ language }: Pick<UsageQuestion, 'language'>): OrderKey<Partner>[] =>
  partnerOrder(PartnerOrder.NAME, language);

/** Members of a population without any use in the period; null for those who do not see all use. */
export function usesNone({ question, scopeOf }: AnswerTold, population: string, page: Page): Rows {
  return connection<Partner, never>(Partner, {
    where: (row, parent) => sql`${mustExist('population', [population], 'population')}
      and exists (select from population_member pm where pm.population_id = ${population}::uuid and pm.partner_id = ${row.id})
      and ${row.id} not in (select f.partner_id from ${anyUse(question, scopeOf?.(parent as never))})`,
    orderBy: PARTNERS_BY_NAME(question),
    page,
    absentWhen: () => raw(`(select holds_real_rows and not hub_is('administrator') from hub_state)`),
  });
}

/** A question, or its totals, with what it is answered from: one answer has one basis. */
function answered(asked: UsageQuestion, scope: Scope | undefined, total = asked): UsageQuestion {
  if (!latticeOf(asked, scope?.of)) return total;
  // A total that is no cell of the lattice is told to those alone who see all of it.
  const none = { table: '', granularity: asked.step ?? '' };
  return { ...total, released: latticeOf(total, scope?.of) ?? none };
}

/** Rows of an answer: those of a question, as it is answered. */
function rows(question: UsageQuestion, scope: Scope | undefined): Rows {
  const { metrics, groupBy, language, compareTo, earlier } = question;
  const columns = groupBy.flatMap((_, index) => [`k${index + 1}`, `d${index + 1}`]);
  // What its owner has published is told where the hub holds its own value back.
  const published = (row: Readonly<Record<string, Sql>>): Sql =>
    question.released
      ? sql`(case when ${row.value} is null then (select pf.value from ${publishedOf(question, scope, row, true)}) end)`
      : raw('null::numeric');
  const dimension =
    (name: MetricDimension, index: number) =>
    (row: Readonly<Record<string, Sql>>): Description =>
      new Fields({
        dimension: () => literal(name),
        value: () => row[`d${index + 1}`] as Sql,
        label: () => DIMENSIONS[name].label(row[`k${index + 1}`] as Sql, language),
      });
  return derived(
    {
      subquery: () => answerRows(question, scope),
      columns: [...ANSWER, ...columns],
      fields: {
        dimensions: (row) =>
          new Elements(groupBy.map((name, index) => dimension(name, index)(row as Record<string, Sql>))),
        isOthers: (row) => row.is_others as Sql,
        period: (row) => new Fields({ from: () => row.first_day as Sql, to: () => row.end_day as Sql }),
        cell: (row) =>
          new Fields({
            value: () => sql`coalesce(${row.value}, ${published(row as Record<string, Sql>)})`,
            status: () =>
              sql`case when ${published(row as Record<string, Sql>)} is not null then 'OK' else ${row.status} end`,
            reason: () =>
              sql`case when ${published(row as Record<string, Sql>)} is not null then 'PUBLISHED' else ${row.reason} end`,
          }),
        publishedFigure: (row) => publishedFigure(question, scope, row as Record<string, Sql>),
        comparison: (row) =>
          new Fields(
            {
              period: () => new Fields(compared(row as Record<string, Sql>, earlier, question.step)),
              value: () => row.previous as Sql,
              change: () => sql`(${row.value} - ${row.previous})`,
              changeShare: () =>
                sql`round((${row.value} - ${row.previous}) / nullif(abs(${row.previous}), 0), 6)`,
            },
            () => raw(compareTo ? 'false' : 'true'),
          ),
      },
    },
    {
      weight:
        (scope?.of === 'partner' ? METRIC_WEIGHT_OF_PARTNER : METRIC_WEIGHT) *
        metrics.length *
        (compareTo ? 2 : 1),
      told: { question, scope } satisfies RowsTold,
    },
  );
}

function compared(
  row: Readonly<Record<string, Sql>>,
  earlier: UsageQuestion['earlier'],
  step: UsageQuestion['step'],
): Record<string, () => Sql> {
  const { months, days } = earlier?.shift ?? { months: 0, days: 0 };
  const shift = raw(`interval '${months} months ${days} days'`);
  // A 29th of February that the earlier year has not is its first of March, as a bound.
  const back = (day: Sql): Sql =>
    sql`((${day} - ${shift})::date + ((${day} - ${shift}) + ${shift} <> ${day})::int)`;
  // A day is compared with that day alone: with none where the earlier year has not got it.
  const to = (): Sql =>
    step === 'DAY' ? sql`((${row.first_day} - ${shift})::date + 1)` : back(row.end_day as Sql);
  return { from: () => back(row.first_day as Sql), to };
}
