import type { Viewer } from '../access/viewer.ts';
import type { LanguageCode } from '../database/localised-text.ts';
import { type PartnerCondition, partnerCondition } from '../partners/index.ts';
import type { Partner } from '../partners/partner.entity.ts';
import {
  type Description,
  derived,
  Elements,
  Fields,
  fields,
  join,
  list,
  literal,
  mustExist,
  oneOf,
  type RowRef,
  raw,
  type Sql,
  sql,
} from '../read/index.ts';
import { MetricDefinition } from './metric.entity.ts';
import type { MetricDefinitionInit } from './metric-definition.ts';
import { dimensionSql, joinsOf, MetricDimension, type MetricJoin } from './metric-dimensions.ts';
import { COUNTED, cells, type Facts, MOST_CELLS, SEEN } from './metric-sql.ts';

/** A question about usage, its references turned into keys. */
export interface UsageQuestion {
  metrics: readonly MetricDefinitionInit[];
  from?: string | null | undefined;
  to?: string | null | undefined;
  groupBy: readonly MetricDimension[];
  granularity?: string | undefined;
  services?: readonly string[] | undefined;
  serviceKinds?: readonly string[] | null | undefined;
  categories?: readonly string[] | null | undefined;
  partners?: PartnerCondition | undefined;
  language: LanguageCode;
  viewer: Viewer;
}

/** The facts' partner, as the partner filter knows it. */
const FILTERED_PARTNER = {
  id: raw('p.id'),
  searchVector: raw('p.search_vector'),
  sector: raw('p.sector_id'),
  sizeBand: raw('p.size_band'),
} as unknown as RowRef<Partner>;

/** The answer to a question about usage: definitions and rows, in one statement. */
export function usageMetrics(question: UsageQuestion): Fields {
  const keys = question.metrics.map(({ key }) => key);
  return fields({
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
    rows: () => rows(question),
  });
}

/** Dimensions that say nothing of a single organisation. */
const COARSE = new Set<MetricDimension>([
  MetricDimension.SERVICE,
  MetricDimension.SERVICE_KIND,
  MetricDimension.SECTOR,
  MetricDimension.SIZE_BAND,
  MetricDimension.REGION,
  MetricDimension.PROVINCE,
  MetricDimension.AUTHORITY,
  MetricDimension.FEDERATION,
]);

/**
 * What a question counts. A federation or a funder counts more than it sees, in coarse questions alone and never
 * fewer than a few organisations; free filters and single partners are for records that the viewer sees.
 */
function factsFor({ viewer, groupBy, partners = {} }: UsageQuestion): Facts {
  const { federations, authorities, partners: own, services } = viewer.reach;
  if (viewer.isAdministrator || federations.length + authorities.length === 0) return COUNTED;
  const filters = Object.entries(partners).filter(
    ([, value]) => value && !(Array.isArray(value) && value.length === 0),
  );
  const isCoarse =
    groupBy.every((dimension) => COARSE.has(dimension)) && filters.every(([name]) => name === 'federation');
  if (!isCoarse) return SEEN;
  const isSeen = sql`(f.provenance = 'SYNTHETIC' or ${oneOf(sql`f.partner_id`, own, 'uuid')} or ${oneOf(sql`f.service_id`, services, 'uuid')})`;
  return { ...COUNTED, isSeen };
}

function rows(question: UsageQuestion): Description {
  const { metrics, groupBy, granularity, from, to, language } = question;
  const dimensions = groupBy.map((dimension) => dimensionSql(dimension, language));
  const { conditions, joins } = conditionsOf(question);
  for (const dimension of dimensions) for (const name of dimension.joins) joins.add(name);
  const facts = factsFor(question);
  const bounds = { from: sql`${from ?? null}::date`, to: sql`${to ?? null}::date` };

  const selects = metrics.map((definition, index) => {
    const select = cells({
      definition,
      facts,
      ...bounds,
      groupBy: dimensions.flatMap(({ value, label }) => [value, label]),
      joins: joinsOf(joins),
      conditions,
      granularity: granularity?.toLowerCase(),
    });
    return sql`select ${raw(String(index))} as n, ${literal(definition.key)} as metric, c.* from (${select}) as c`;
  });
  const columns = groupBy.flatMap((_, index) => [`d${2 * index + 1}`, `d${2 * index + 2}`]);
  const order = [
    'n',
    'bucket nulls first',
    ...columns.map((column) => `${column} collate "C" nulls last`),
  ].join(', ');
  const all = join(selects, ' union all ');
  const step = granularity ? sql`interval ${literal(STEP[granularity] as string)}` : undefined;
  return derived(
    {
      subquery: () => sql`(with answer as (${all}) select a.*,
        ${step ? sql`greatest(a.bucket, ${bounds.from})` : bounds.from} as first_day,
        ${step ? sql`least((a.bucket + ${step})::date, ${bounds.to})` : bounds.to} as end_day
      from answer a
      where not refuse_if((select count(*) from answer) > ${raw(String(MOST_CELLS))}, 'MH030', 'too many cells')
      order by ${raw(order)})`,
      columns: ['metric', 'value', 'is_suppressed', 'first_day', 'end_day', ...columns],
      fields: {
        dimensions: (row) =>
          new Elements(
            groupBy.map((dimension, index) => {
              const column = (name: string): Sql => (row as Record<string, Sql>)[name] as Sql;
              return new Fields({
                dimension: () => literal(dimension),
                value: () => column(`d${2 * index + 1}`),
                label: () => column(`d${2 * index + 2}`),
              });
            }),
          ),
        period: (row) => new Fields({ from: () => row.first_day as Sql, to: () => row.end_day as Sql }),
        cell: (row) =>
          new Fields({
            value: () => row.value as Sql,
            status: () =>
              sql`case when ${row.is_suppressed} then 'SUPPRESSED' when ${row.value} is null then 'NOT_AVAILABLE' else 'OK' end`,
          }),
      },
    },
    { weight: METRIC_WEIGHT * metrics.length },
  );
}

/** What computing a metric costs beside reading a row: six metrics three times are the most of an operation. */
const METRIC_WEIGHT = 480;

const STEP: Record<string, string> = { DAY: '1 day', MONTH: '1 month', QUARTER: '3 months', YEAR: '1 year' };

function conditionsOf(question: UsageQuestion): { conditions: Sql[]; joins: Set<MetricJoin> } {
  const conditions: Sql[] = [];
  const joins = new Set<MetricJoin>();
  if (question.services) {
    conditions.push(mustExist('shared_service', question.services, 'services'));
    conditions.push(oneOf(sql`f.service_id`, question.services, 'uuid'));
  }
  if (question.serviceKinds) {
    joins.add('service');
    conditions.push(oneOf(sql`s.kind`, question.serviceKinds, 'text'));
  }
  if (question.categories) conditions.push(oneOf(sql`f.category`, question.categories, 'text'));
  const partner = question.partners && partnerCondition(FILTERED_PARTNER, question.partners);
  if (partner) {
    joins.add('partner');
    conditions.push(partner);
  }
  return { conditions, joins };
}
