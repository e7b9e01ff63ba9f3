import { join, type Sql, sql } from '../read/index.ts';
import {
  MetricAggregation,
  type MetricDefinitionInit,
  MetricKind,
  MetricSource,
  POPULATION_SERVED,
} from './metric-definition.ts';
import { flowFacts, levelFacts } from './metric-facts.ts';

/** How a metric adds up over months and services; nothing where its cells are not released. */
export function additivityOf(
  definition: MetricDefinitionInit,
): 'SUM' | 'DISTINCT_PARTNERS' | 'STOCK' | undefined {
  const { source, kind, aggregation, key } = definition;
  // The sum is released, and not how many entries it is of.
  if (aggregation === MetricAggregation.AVERAGE) return undefined;
  if (aggregation === MetricAggregation.DISTINCT_PARTNERS) return 'DISTINCT_PARTNERS';
  if (source === MetricSource.USAGE_ENTRIES) return kind === MetricKind.STOCK ? 'STOCK' : 'SUM';
  if (kind === MetricKind.STOCK && source === MetricSource.ENROLMENTS) return 'STOCK';
  // How many a population has is public; how many of them are served is not.
  return key === POPULATION_SERVED ? 'STOCK' : undefined;
}

/** An authority's month counts as a whole: by what was so on its first day. */
const MONTH_START = sql`date_trunc('month', f.day::timestamp)::date`;

/** Federations of which a fact's partner is a member on its day, authorities that recognise it or fund the service. */
const AUDIENCES = sql`array(select mb.federation_id from membership mb where mb.partner_id = f.partner_id
    and mb.valid_from <= f.day and (mb.valid_until is null or f.day < mb.valid_until)
  union select re.authority_id from recognition re where re.partner_id = f.partner_id
    and re.valid_from <= ${MONTH_START} and (re.valid_until is null or ${MONTH_START} < re.valid_until)
  union select fu.authority_id from funding fu where fu.service_id = f.service_id and fu.authority_id is not null
    and fu.period_from <= ${MONTH_START} and ${MONTH_START} < fu.period_until
  order by 1)`;

/**
 * What each partner contributes to a metric in each month of a period, by the dimensions of the lattice and by whose
 * records it belongs to; of a level, on the last day of the period. Quantities are whole millionths, as text; of a count
 * of partners they are 1.
 */
export function releasableFacts(definition: MetricDefinitionInit, from: string, to: string): Sql {
  const additivity = additivityOf(definition);
  const question = {
    definition,
    bounds: { from: sql`${from}::date`, to: sql`${to}::date`, known: { from, to } },
    step: undefined,
    where: [],
    byMembership: true,
  };
  const facts =
    additivity === 'STOCK'
      ? sql`(select ${to}::date - 1 as last_day) as b cross join lateral (${levelFacts(question)}) as f`
      : sql`(${flowFacts(question)}) as f`;
  const millionths =
    additivity === 'DISTINCT_PARTNERS' ? sql`1000000` : sql`(sum(f.quantity) * 1000000)::numeric(30, 0)`;
  const columns = sql`f.partner_id, f.service_id, date_trunc('month', f.day::timestamp)::date, f.sector_id, f.size_band,
    f.region_code, f.province_code, f.authority_id, a.ids`;
  const isPublic =
    definition.source === MetricSource.USAGE_ENTRIES || definition.source === MetricSource.ALL_USAGE
      ? sql`false`
      : sql`bool_or(s.enrolments_public)`;
  return sql`select x.partner_id as "partnerId", x.service_id as "serviceId", x.month::text, x.sector_id as "sectorId",
      x.size_band as "sizeBand", x.region_code as "regionCode", x.province_code as "provinceCode",
      x.authority_id as "authorityId", x.audiences::text[], x.millionths::text, x.is_public as "isPublic"
    from (select ${columns}, ${millionths}, ${isPublic}
      from ${facts} join shared_service s on s.id = f.service_id cross join lateral (select ${AUDIENCES} as ids) as a
      where f.partner_id is not null and f.uses > 0
      group by ${columns}) as x (partner_id, service_id, month, sector_id, size_band, region_code, province_code, authority_id,
        audiences, millionths, is_public)
    order by ${join([sql`x.month`, sql`x.partner_id`, sql`x.service_id`], ', ')}`;
}
