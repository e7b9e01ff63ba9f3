import { derived, one, type Rows, raw, type Sql, sql } from '../read/index.ts';
import { PublishedFigure } from './metric.entity.ts';
import { MetricDimension } from './metric-dimensions.ts';
import { namesPartners } from './usage-lattice.ts';
import type { Scope, UsageQuestion } from './usage-question.ts';

/**
 * The published figure `pf` of a cell: same metric, period, service, authority and category, and nothing else.
 * @param isOfAll none that is of a population alone: what may stand in for the cell
 */
export function publishedOf(
  { groupBy, services, serviceKinds, categories, partners }: UsageQuestion,
  scope: Scope | undefined,
  row: Readonly<Record<string, Sql>>,
  isOfAll = false,
): Sql {
  const keyOf = (dimension: MetricDimension): Sql | undefined =>
    groupBy.includes(dimension) ? row[`k${groupBy.indexOf(dimension) + 1}`] : undefined;
  const service =
    keyOf(MetricDimension.SERVICE) ??
    (scope?.of === 'service'
      ? scope.key
      : services?.length === 1
        ? sql`${services[0]}::uuid`
        : sql`null::uuid`);
  const authority = keyOf(MetricDimension.AUTHORITY) ?? raw('null::uuid');
  const category =
    keyOf(MetricDimension.CATEGORY) ??
    (categories?.length === 1 ? sql`${categories[0]}::text` : raw('null::text'));
  const known: MetricDimension[] = [
    MetricDimension.SERVICE,
    MetricDimension.AUTHORITY,
    MetricDimension.CATEGORY,
  ];
  const isAnother =
    groupBy.some((dimension) => !known.includes(dimension)) ||
    (scope && scope.of !== 'service') ||
    Boolean(serviceKinds) ||
    namesPartners(partners) ||
    (services?.length ?? 0) > 1 ||
    (categories?.length ?? 0) > 1;
  return sql`(select pf.* from published_figure pf
    where ${raw(isAnother ? 'false' : 'true')} and pf.metric_key = ${row.metric}
      and (pf.period_from is not distinct from ${row.first_day} or pf.kind = 'STOCK')
      and pf.period_until is not distinct from ${row.end_day}
      and pf.service_id is not distinct from ${service}
      and pf.authority_id is not distinct from ${authority}
      and pf.category is not distinct from ${category} and not ${row.is_others}${raw(isOfAll ? ' and pf.population_id is null' : '')}
    order by pf.position limit 1) as pf`;
}

/** The published figure of a cell, beside its value. */
export function publishedFigure(
  question: UsageQuestion,
  scope: Scope | undefined,
  row: Readonly<Record<string, Sql>>,
): Rows {
  return derived(
    {
      subquery: () =>
        sql`(select pf.id as figure, ${row.value} - pf.value as difference from ${publishedOf(question, scope, row)})`,
      columns: ['figure', 'difference'],
      fields: { figure: (found) => one(PublishedFigure, (figure) => sql`${figure.id} = ${found.figure}`) },
    },
    { kind: 'one' },
  );
}
