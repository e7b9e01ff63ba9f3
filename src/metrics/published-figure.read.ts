import {
  connection,
  derived,
  type Fields,
  fields,
  join,
  literal,
  type OrderKey,
  type Page,
  type Rows,
  raw,
  sql,
} from '../read/index.ts';
import { type SharedService } from '../services/service.entity.ts';
import { PublishedFigure } from './metric.entity.ts';
import { type MetricDefinitionInit, MetricSource } from './metric-definition.ts';
import { cells } from './metric-sql.ts';

/** How far from a figure that is published as "about" the hub's own may be, as a share of it. */
const ABOUT = '0.05';

/** In the sequence of the documents. */
export const FIGURE_ORDER: OrderKey<PublishedFigure>[] = [
  { by: (row) => row.position, direction: 'asc', type: 'int' },
];

export function publishedFigures(service: string | undefined, page: Page): Rows {
  return connection(PublishedFigure, {
    where: (row) => (service ? sql`${row.service} = ${service}::uuid` : undefined),
    orderBy: FIGURE_ORDER,
    page,
  });
}

export function figuresOfService(page: Page): Rows {
  return connection<PublishedFigure, SharedService>(PublishedFigure, {
    where: (row, service) => sql`${row.service} = ${service.id}`,
    orderBy: FIGURE_ORDER,
    page,
  });
}

/**
 * The hub's own value beside a published figure: same metric, service, authority, category and period, over the records
 * that the viewer sees. EXACT agrees when equal, AT_LEAST when not below, ABOUT within 5 %.
 */
export function computedFigure(definitions: readonly MetricDefinitionInit[]): Rows {
  // Figures are published of what is counted; a ratio would be two of them.
  const counted = definitions.filter(({ source }) => source !== MetricSource.METRICS);
  return derived<'value' | 'difference' | 'agreement', PublishedFigure>(
    {
      subquery: (figure) => {
        const branches = counted.map((definition) => {
          const select = cells({
            definition,
            bounds: { from: figure.periodFrom, to: figure.periodUntil },
            step: undefined,
            // A figure without a service is of all of them; an index can follow a list, and not an `or`.
            where: [
              sql`m.service_id = any(case when ${figure.service} is null then (select array_agg(s.id) from shared_service s) else array[${figure.service}] end)`,
            ],
            keys: [],
            joins: [],
            conditions: [
              sql`(${figure.category} is null or f.category = ${figure.category})`,
              sql`(${figure.authority} is null or f.authority_id = ${figure.authority})`,
            ],
            byMembership: false,
            isCoarse: false,
          });
          return sql`when ${literal(definition.key)} then (select c.value from (${select}) as c)`;
        });
        return sql`(select v.value, v.value - ${figure.value} as difference, case
            when v.value is null then 'NOT_COMPUTED'
            when not (case ${figure.qualifier} when 'EXACT' then v.value = ${figure.value} when 'AT_LEAST' then v.value >= ${figure.value}
              else abs(v.value - ${figure.value}) <= ${raw(ABOUT)} * abs(${figure.value}) end) then 'DIFFERS'
            when exists (select from shared_service s where (${figure.service} is null or s.id = ${figure.service}) and s.provenance = 'SYNTHETIC') then 'BY_CONSTRUCTION'
            else 'AGREES' end as agreement
          from (select case ${figure.metric} ${join(branches, ' ')} end as value) as v)`;
      },
      columns: ['value', 'difference', 'agreement'],
    },
    // A backend needs some 20 MB to plan one.
    { kind: 'one', weight: 50, sources: Math.ceil(counted.length / 2) },
  );
}

/** The period of a figure; both ends are null where the document names none. */
export function figurePeriod(): Fields {
  return fields<PublishedFigure>({ from: (row) => row.periodFrom, to: (row) => row.periodUntil });
}
