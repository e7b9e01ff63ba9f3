import {
  connection,
  derived,
  type Fields,
  fields,
  join,
  type OrderKey,
  oneOf,
  type Page,
  type Rows,
  raw,
  sql,
} from '../read/index.ts';
import { type SharedService } from '../services/service.entity.ts';
import { PublishedFigure } from './metric.entity.ts';
import { type MetricDefinitionInit, MetricKind, MetricSource } from './metric-definition.ts';
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
  const kinds = alike(definitions);
  return derived<'value' | 'difference' | 'agreement', PublishedFigure>(
    {
      subquery: (figure) => {
        const branches = kinds.map(({ definition, keys }) => {
          const select = cells({
            definition,
            metric: figure.metric,
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
          });
          return sql`when ${oneOf(figure.metric, keys, 'text')} then (select c.value from (${select}) as c)`;
        });
        // `offset 0`: written once; the planner would put the whole of it where each mention of its value is.
        return sql`(select v.value, v.value - ${figure.value} as difference, case
            when v.value is null then 'NOT_COMPUTED'
            when not (case ${figure.qualifier} when 'EXACT' then v.value = ${figure.value} when 'AT_LEAST' then v.value >= ${figure.value}
              else abs(v.value - ${figure.value}) <= ${raw(ABOUT)} * abs(${figure.value}) end) then 'DIFFERS'
            when exists (select from shared_service s where (${figure.service} is null or s.id = ${figure.service}) and s.provenance = 'SYNTHETIC') then 'BY_CONSTRUCTION'
            else 'AGREES' end as agreement
          from (select case ${join(branches, ' ')} end as value offset 0) as v)`;
      },
      columns: ['value', 'difference', 'agreement'],
    },
    // A backend needs some 20 MB to plan one.
    { kind: 'one', weight: 50, sources: kinds.length },
  );
}

/**
 * The metrics that are counted alike, so that one expression counts each: a statement with one for every metric takes
 * long to plan. Figures are published of what is counted; a ratio would be two of them.
 */
function alike(
  definitions: readonly MetricDefinitionInit[],
): { definition: MetricDefinitionInit; keys: string[] }[] {
  const kinds = new Map<string, { definition: MetricDefinitionInit; keys: string[] }>();
  for (const definition of definitions) {
    const { key, source, kind, aggregation, needsEnrolment } = definition;
    if (source === MetricSource.METRICS) continue;
    const isReported = source === MetricSource.USAGE_ENTRIES;
    const sign = isReported ? `${kind} ${aggregation} ${needsEnrolment && kind === MetricKind.STOCK}` : key;
    const known = kinds.get(sign);
    if (known) known.keys.push(key);
    else kinds.set(sign, { definition, keys: [key] });
  }
  return [...kinds.values()];
}

/** The period of a figure; both ends are null where the document names none. */
export function figurePeriod(): Fields {
  return fields<PublishedFigure>({ from: (row) => row.periodFrom, to: (row) => row.periodUntil });
}
