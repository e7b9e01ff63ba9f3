import { type AnyRow, derived, type RowRef, type Rows, raw, type Sql, sql } from '../../../read/index.ts';
import type { Building } from '../building.entity.ts';
import type { Meter } from '../meter.entity.ts';
import { type ConsumptionQuestion, Granularity } from './consumption.ts';

const HERE = raw(`at time zone 'Europe/Brussels'`);

/** What one step is long, in SQL. */
const STEP: Readonly<Record<Granularity, Sql>> = {
  HOUR: raw(`interval '1 hour'`),
  DAY: raw(`interval '1 day'`),
  MONTH: raw(`interval '1 month'`),
  YEAR: raw(`interval '1 year'`),
};

/** Carriers whose consumption goes with the cold. */
const HEATING = raw(`('GAS', 'HEATING_OIL', 'DISTRICT_HEAT', 'WOOD')`);

/** A meter in a statement: its columns, as SQL. */
export interface MeterColumns {
  partner: Sql;
  id: Sql;
  service: Sql;
  carrier: Sql;
  unit: Sql;
  isTank: Sql;
  station: Sql;
}

/** kWh for each of a meter's units on a day; null where nobody says. */
export function kwhFactor({ service, carrier, unit }: MeterColumns, day: Sql): Sql {
  return sql`case when ${unit} = 'KWH' then 1 else (select cf.value from energy_factor cf where cf.service_id = ${service} and cf.kind = 'CALORIFIC'
    and cf.carrier = ${carrier} and cf.unit = ${unit} and cf.valid_from <= ${day} and (cf.valid_until is null or ${day} < cf.valid_until)) end`;
}

/** Steps of hours or days: what each reading counted until their end, less until their beginning. */
function fine(meter: MeterColumns, { from, to, granularity }: ConsumptionQuestion): Sql {
  const isHour = granularity === Granularity.HOUR;
  const bounds = isHour
    ? sql`generate_series(${from}::timestamp ${HERE}, (${to}::timestamp ${HERE}) - ${STEP.HOUR}, ${STEP.HOUR}) as g(since)
        cross join lateral (select g.since + ${STEP.HOUR} as until) as e`
    : sql`generate_series(${from}::timestamp, ${to}::timestamp - ${STEP.DAY}, ${STEP.DAY}) as d(day)
        cross join lateral (select d.day ${HERE} as since, (d.day + ${STEP.DAY}) ${HERE} as until) as g`;
  return sql`select s.since, s.until, date_trunc('month', s.since ${HERE})::date as month, coalesce(x.quantity, 0) as quantity,
      round(coalesce(x.seconds, 0) / extract(epoch from s.until - s.since), 6) as coverage, coalesce(x.estimated, 0) as estimated
    from (select g.since, ${isHour ? raw('e.until') : raw('g.until')} from ${bounds}) as s
    cross join lateral (
      select sum(p.part) as quantity, sum(p.part) filter (where p.quality = 'ESTIMATED') as estimated, sum(p.seconds) as seconds
      from (
        select r.quality, quantity_until(r.quantity, r.starts_at, r.ends_at, case when ${meter.isTank} then ${meter.station} end, s.until)
            - quantity_until(r.quantity, r.starts_at, r.ends_at, case when ${meter.isTank} then ${meter.station} end, s.since) as part,
          extract(epoch from least(r.ends_at, s.until) - greatest(r.starts_at, s.since)) as seconds
        from meter_reading r
        where r.partner_id = ${meter.partner} and r.meter_id = ${meter.id} and r.starts_at < s.until and r.ends_at > s.since
          and r.starts_at >= coalesce((select max(b.starts_at) from meter_reading b
            where b.partner_id = ${meter.partner} and b.meter_id = ${meter.id} and b.starts_at <= s.since), s.since)) as p) as x`;
}

/** Months of the rollup, those without readings too. */
function months(meter: MeterColumns, { from, to }: ConsumptionQuestion): Sql {
  return sql`select d.day ${HERE} as since, (d.day + ${STEP.MONTH}) ${HERE} as until, d.day::date as month,
      coalesce(x.quantity, 0) as quantity, round(coalesce(x.coverage, 0), 6) as coverage, coalesce(x.estimated, 0) as estimated
    from generate_series(date_trunc('month', ${from}::timestamp), ${to}::timestamp - ${STEP.DAY}, ${STEP.MONTH}) as d(day)
    left join meter_month x on x.partner_id = ${meter.partner} and x.meter_id = ${meter.id} and x.month = d.day::date`;
}

/** Degree days of a station at its highest base in a period of days; null where days are missing. */
function degreeDays(station: Sql, since: Sql, until: Sql): Sql {
  return sql`(select case when count(*) = (${until})::date - (${since})::date then sum(w.degree_days) end from degree_day w
    where w.station_id = ${station} and w.day >= (${since})::date and w.day < (${until})::date
      and w.base = (select max(wb.base) from degree_day wb where wb.station_id = ${station}))`;
}

/** Degree days of a month of the normal year: the mean over its years. */
function normalDegreeDays(station: Sql, month: Sql): Sql {
  return sql`(select case when count(*) > 0 and count(*) = count(*) filter (where w.degree_days is not null)
        then sum(w.degree_days) / nullif(extract(year from max(n.normal_until)) - extract(year from max(n.normal_from)), 0) end
      from weather_station n cross join lateral generate_series(n.normal_from::timestamp, n.normal_until - interval '1 day', interval '1 day') as t
      left join degree_day w on w.station_id = n.id and w.day = t::date
        and w.base = (select max(wb.base) from degree_day wb where wb.station_id = n.id)
      where n.id = ${station} and extract(month from t) = extract(month from ${month}))`;
}

/** Steps of a consumption, in their sequence: since, until, quantity, kwh, coverage, estimated, degree_days, normalised. */
export function consumptionSteps(meter: MeterColumns, question: ConsumptionQuestion): Sql {
  const { granularity, normalised } = question;
  const isFine = granularity === Granularity.HOUR || granularity === Granularity.DAY;
  const steps = isFine ? fine(meter, question) : months(meter, question);
  const heat =
    granularity === Granularity.HOUR
      ? raw('null::numeric')
      : degreeDays(meter.station, sql`b.since ${HERE}`, sql`b.until ${HERE}`);
  const normal =
    normalised && !isFine
      ? sql`case when ${meter.carrier} in ${HEATING} then ${normalDegreeDays(meter.station, raw('b.month'))} end`
      : raw('null::numeric');
  const each = sql`select b.*, b.quantity * ${kwhFactor(meter, raw('b.month'))} as kwh, ${heat} as degree_days, ${normal} as normal
    from (${steps} offset 0) as b`;
  if (granularity !== Granularity.YEAR)
    return sql`select c.since, c.until, c.quantity, c.kwh, c.coverage, c.estimated, c.degree_days,
      round(c.kwh * c.normal / nullif(c.degree_days, 0), 6) as normalised from (${each}) as c`;
  return sql`select min(c.since) as since, max(c.until) as until, sum(c.quantity) as quantity,
      case when bool_and(c.kwh is not null) then sum(c.kwh) end as kwh,
      round(sum(c.coverage * extract(epoch from c.until - c.since)) / sum(extract(epoch from c.until - c.since)), 6) as coverage,
      sum(c.estimated) as estimated, case when bool_and(c.degree_days is not null) then sum(c.degree_days) end as degree_days,
      case when bool_and(c.kwh * c.normal / nullif(c.degree_days, 0) is not null)
        then round(sum(c.kwh * c.normal / nullif(c.degree_days, 0)), 6) end as normalised
    from (${each}) as c group by date_trunc('year', c.month::timestamp)`;
}

const FIELDS = {
  from: (row: AnyRow) => row.since as Sql,
  degreeDays: (row: AnyRow) => row.degree_days as Sql,
  normalisedKwh: (row: AnyRow) => row.normalised as Sql,
};

/** What a meter counted, step by step. */
export function consumptionOfMeter(question: ConsumptionQuestion, steps: number): Rows {
  return derived<
    'since' | 'until' | 'quantity' | 'kwh' | 'coverage' | 'estimated' | 'degree_days' | 'normalised',
    Meter
  >(
    {
      subquery: (meter: RowRef<Meter>) => sql`(${consumptionSteps(meter, question)} order by 1 offset 0)`,
      columns: ['since', 'until', 'quantity', 'kwh', 'coverage', 'estimated', 'degree_days', 'normalised'],
      fields: FIELDS as never,
    },
    { limit: steps, weight: 2 },
  );
}

/** What a building used of each carrier, step by step; a shared meter by the floor area of the buildings that it serves. */
export function consumptionOfBuilding(question: ConsumptionQuestion, steps: number): Rows {
  const meter: MeterColumns = {
    partner: raw('m.partner_id'),
    id: raw('m.id'),
    service: raw('m.service_id'),
    carrier: raw('m.carrier'),
    unit: raw('m.unit'),
    isTank: raw('m.is_tank'),
    station: raw('m.station_id'),
  };
  return derived<'carrier' | 'since' | 'until' | 'kwh' | 'coverage', Building>(
    {
      subquery: (building: RowRef<Building>) => sql`(select m.carrier, u.since, u.until,
          case when bool_and(u.kwh is not null) then round(sum(u.kwh * ${building.floorAreaM2} / area.m2), 6) end as kwh, min(u.coverage) as coverage
        from meter_building x join meter m on m.partner_id = x.partner_id and m.id = x.meter_id
        join counted_meter area on area.partner_id = m.partner_id and area.meter_id = m.id
        cross join lateral (${consumptionSteps(meter, question)}) as u
        where x.building_partner_id = ${building.partner} and x.building_id = ${building.id}
        group by m.carrier, u.since, u.until order by m.carrier, u.since offset 0)`,
      columns: ['carrier', 'since', 'until', 'kwh', 'coverage'],
      fields: { from: (row: AnyRow) => row.since as Sql } as never,
    },
    { limit: steps * 6, weight: 4 },
  );
}
