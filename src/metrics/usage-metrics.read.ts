import type { Viewer } from '../access/viewer.ts';
import type { LanguageCode } from '../database/localised-text.ts';
import type { RowRule } from '../database/row-security.ts';
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
  waysFor,
} from '../read/index.ts';
import { enrolmentRule } from '../services/service.policy.ts';
import { MetricDefinition } from './metric.entity.ts';
import { usageRule } from './metric.policy.ts';
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

/**
 * What a question counts. A federation or a funder counts more than it sees: its totals over whole calendar years, no
 * part of which it can ask for and take off, and only where enough organisations stand behind one. Every other
 * question of theirs counts the records that they see.
 */
function factsFor(question: UsageQuestion): Facts {
  const { viewer } = question;
  if (!countsUnseen(viewer)) return COUNTED;
  if (!isYearlyTotal(question)) return SEEN;
  const seen = (rule: RowRule): Sql => waysFor(rule.see)('f', viewer) ?? raw('true');
  return { ...COUNTED, isSeen: { entry: seen(usageRule), enrolment: seen(enrolmentRule) } };
}

/** Whether a viewer counts records that it does not see. */
export function countsUnseen({ reads }: Viewer): boolean {
  return !reads.isAdministrator && reads.reach.federations.length + reads.reach.authorities.length > 0;
}

/** Totals of whole calendar years, of all services, categories and partners that the viewer counts. */
function isYearlyTotal(question: UsageQuestion): boolean {
  const { groupBy, granularity, from, to, services, serviceKinds, categories, partners = {} } = question;
  const filters = Object.values(partners).filter(
    (value) => value && !(Array.isArray(value) && value.length === 0),
  );
  const isFree = services || serviceKinds || categories || filters.length > 0;
  const isYear = (day: string | null | undefined): boolean => day?.endsWith('-01-01') ?? false;
  const isOneYear = isYear(from) && isYear(to) && Number(to?.slice(0, 4)) === Number(from?.slice(0, 4)) + 1;
  const isYears = granularity === 'YEAR' && (!from || isYear(from)) && (!to || isYear(to));
  return groupBy.length === 0 && !isFree && (granularity ? isYears : isOneYear);
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
