import type { Federation } from '../../../federations/federation.entity.ts';
import type { Partner } from '../../../partners/partner.entity.ts';
import {
  type AnyRow,
  derived,
  Fields,
  type RowRef,
  type Rows,
  raw,
  type Sql,
  sql,
  today,
} from '../../../read/index.ts';
import type { SharedService } from '../../service.entity.ts';
import type { Building } from '../building.entity.ts';

/** Buildings that peers are told of: fewer of them, or of fewer partners, would tell on one. */
const LEAST_BUILDINGS = 10;
const LEAST_PARTNERS = 5;

/** Whether a group of buildings `x` with their partners is large and mixed enough to be told of. */
const IS_TOLD = `count(*) >= ${LEAST_BUILDINGS} and count(distinct x.partner_id) >= ${LEAST_PARTNERS} and max(x.of_partner) * 2 <= count(*)`;

/**
 * The same, where some of the buildings are the viewer's own: who knows these, or made them up, would work out the others
 * from figures of few more.
 */
const IS_TOLD_TO_VIEWER = `${IS_TOLD} and count(*) filter (where not x.is_own) >= ${LEAST_BUILDINGS}
  and count(distinct x.partner_id) filter (where not x.is_own) >= ${LEAST_PARTNERS}
  and coalesce(max(x.of_partner) filter (where not x.is_own), 0) * 2 <= count(*) filter (where not x.is_own)`;

/** Quartiles in whole kWh/m², so that one building more or less moves them little. */
const quartile = (part: string, isTold = IS_TOLD): string =>
  `case when ${isTold} then round((percentile_cont(${part}) within group (order by x.kwh_m2))::numeric) end`;

/** Which meters are looked at; the view `counted_building_year` has the words. */
export type CarrierGroup = 'ALL' | 'ELECTRICITY' | 'HEAT';

/** A period of days; both ends may be open. */
export interface Days {
  from?: string | null | undefined;
  to?: string | null | undefined;
}

/** Whose savings are added up: on results `r` and measures `e`, by the key of the row that it is a field of. */
type Whose = (alias: 'r' | 'e') => Sql;

/** A sum of results; none where one of them has a saving and not this: a part would pass for the whole. */
const whole = (column: string): Sql =>
  raw(
    `case when bool_or(r.reason is null and r.${column} is null) then null else coalesce(sum(r.${column}), 0) end`,
  );

/** Current results whose reporting period lies within the days, each meter once; and, apart, measures done in them. */
function savingsOf(whose: Whose, { from, to }: Days): Sql {
  const since = sql`coalesce(${from ?? null}::date, '-infinity')`;
  const until = sql`coalesce(${to ?? null}::date, 'infinity')`;
  return sql`(select s.*, e.* from (
      select coalesce(sum(r.avoided_kwh), 0) as kwh, coalesce(round(sqrt(sum(r.uncertainty_kwh * r.uncertainty_kwh)), 6), 0) as uncertainty,
        ${whole('co2_kg')} as co2, ${whole('oil_litres')} as litres, ${whole('cost_eur')} as eur,
        (count(distinct r.meter_id) filter (where r.reason is null))::int as meters,
        (count(distinct r.meter_id) - count(distinct r.meter_id) filter (where r.reason is null))::int as without
      from savings_result r where r.superseded_at is null and r.reporting_from >= ${since} and r.reporting_until <= ${until} and ${whose('r')}) as s
    cross join (
      select coalesce(sum(e.estimated_kwh_year), 0) as estimated, count(*)::int as measures
      from energy_measure e where e.state = 'DONE' and e.done_on >= ${since} and e.done_on < ${until} and ${whose('e')}) as e)`;
}

const SAVINGS = [
  'kwh',
  'uncertainty',
  'co2',
  'litres',
  'eur',
  'meters',
  'without',
  'estimated',
  'measures',
] as const;

function energySavings<P>(whose: (row: RowRef<P>) => Whose, days: Days): Rows {
  const object = (names: Readonly<Record<string, (typeof SAVINGS)[number]>>): Fields =>
    new Fields(
      Object.fromEntries(
        Object.entries(names).map(([field, name]) => [field, (row: AnyRow) => row[name] as Sql]),
      ),
    );
  return derived<(typeof SAVINGS)[number], P>(
    {
      subquery: (row) => savingsOf(whose(row), days),
      columns: SAVINGS,
      fields: {
        measured: () =>
          object({
            kwh: 'kwh',
            uncertaintyKwh: 'uncertainty',
            co2Kg: 'co2',
            oilLitres: 'litres',
            costEur: 'eur',
            meters: 'meters',
            metersWithoutNumber: 'without',
          }),
        estimated: () => object({ kwhYear: 'estimated', measures: 'measures' }),
      } as never,
    },
    { kind: 'one', limit: 1, weight: 3 },
  );
}

export function savingsOfPartner(days: Days): Rows {
  return energySavings<Partner>((partner) => (alias) => sql`${raw(alias)}.partner_id = ${partner.id}`, days);
}

export function savingsOfService(days: Days): Rows {
  return energySavings<SharedService>(
    (service) => (alias) => sql`${raw(alias)}.service_id = ${service.id}`,
    days,
  );
}

/** Of the members of today. A meter counts once, whoever's buildings it serves. */
export function savingsOfFederation(days: Days): Rows {
  return energySavings<Federation>(
    (federation) => (alias) =>
      sql`exists (select from membership s where s.partner_id = ${raw(alias)}.partner_id and s.federation_id = ${federation.id}
      and s.valid_from <= ${today} and (s.valid_until is null or ${today} < s.valid_until))`,
    days,
  );
}

/**
 * kWh/m² of a year by activity and size, over all buildings of the hub that have readings of the whole year.
 * @param own partners of the viewer
 */
export function intensities(year: number, group: CarrierGroup, own: readonly string[]): Rows {
  const quartileTold = (part: string): Sql => raw(quartile(part, IS_TOLD_TO_VIEWER));
  return derived(
    {
      subquery: () =>
        sql`(select x.activity, x.floor_area_band as "floorAreaBand", count(*)::int as all_buildings, ${raw(`case when ${IS_TOLD_TO_VIEWER} then count(*)::int end`)} as buildings,
        ${quartileTold('0.25')} as "lowerQuartile", ${quartileTold('0.5')} as median, ${quartileTold('0.75')} as "upperQuartile",
        ${raw(`case when ${IS_TOLD_TO_VIEWER} then 'OK' else 'WITHHELD' end`)} as status
      from (select y.*, y.partner_id = any(${own}::uuid[]) as is_own, count(*) over (partition by y.activity, y.floor_area_band, y.partner_id) as of_partner
        from counted_building_year y where y.year = ${year}::int and y.carrier_group = ${group}::text) as x
      group by x.activity, x.floor_area_band order by x.activity, x.floor_area_band offset 0)`,
      columns: [
        'activity',
        'floorAreaBand',
        'buildings',
        'lowerQuartile',
        'median',
        'upperQuartile',
        'status',
      ] as const,
    },
    { weight: 20 },
  );
}

/** A building against those of its activity and size, its partner's own apart. */
export function benchmarkOf(year: number, group: CarrierGroup): Rows {
  return derived<
    'kwhM2' | 'peers' | 'lowerQuartile' | 'median' | 'upperQuartile' | 'status' | 'quarter',
    Building
  >(
    {
      subquery: (
        building,
      ) => sql`(select o.kwh_m2 as "kwhM2", p.peers, p."lowerQuartile", p.median, p."upperQuartile", p.status,
          case when p.status = 'OK' then case when o.kwh_m2 <= p."lowerQuartile" then 1 when o.kwh_m2 <= p.median then 2
            when o.kwh_m2 <= p."upperQuartile" then 3 when o.kwh_m2 is not null then 4 end end as quarter
        from (select ${raw(`case when ${IS_TOLD} then count(*)::int end`)} as peers, ${raw(quartile('0.25'))} as "lowerQuartile",
            ${raw(quartile('0.5'))} as median, ${raw(quartile('0.75'))} as "upperQuartile",
            ${raw(`case when ${IS_TOLD} then 'OK' else 'WITHHELD' end`)} as status
          from (select y.*, count(*) over (partition by y.partner_id) as of_partner from counted_building_year y
            where y.year = ${year}::int and y.carrier_group = ${group}::text and y.activity = ${building.activity} and y.floor_area_band = ${building.floorAreaBand}
              and y.partner_id <> ${building.partner}) as x) as p
        left join (select y.kwh_m2 from counted_building_year y where y.year = ${year}::int and y.carrier_group = ${group}::text
          and y.partner_id = ${building.partner} and y.building_id = ${building.id}) as o on true)`,
      columns: ['kwhM2', 'peers', 'lowerQuartile', 'median', 'upperQuartile', 'status', 'quarter'],
    },
    { kind: 'one', limit: 1, weight: 20 },
  );
}

/** Institutions and buildings that a service follows on a day and that the viewer sees, by activity or size. */
export function institutionsOf(by: 'ACTIVITY' | 'FLOOR_AREA_BAND', on: string | null): Rows {
  const column = raw(by === 'ACTIVITY' ? 'b.activity' : 'b.floor_area_band');
  const day = on === null ? today : sql`${on}::date`;
  return derived<'activity' | 'floorAreaBand' | 'institutions' | 'buildings', SharedService>({
    subquery: (service) => sql`(select ${by === 'ACTIVITY' ? column : raw('null::text')} as activity,
        ${by === 'ACTIVITY' ? raw('null::text') : column} as "floorAreaBand", count(distinct b.partner_id)::int as institutions, count(*)::int as buildings
      from building b where b.service_id = ${service.id} and b.followed_from <= ${day} and (b.followed_until is null or ${day} < b.followed_until)
      group by ${column} order by ${column} offset 0)`,
    columns: ['activity', 'floorAreaBand', 'institutions', 'buildings'],
  });
}
