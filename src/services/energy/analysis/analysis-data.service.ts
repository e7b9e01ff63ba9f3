import type { EntityManager } from '@mikro-orm/postgresql';
import { FactorKind } from '../factor.entity.ts';
import { EnergyCarrier } from '../meter.entity.ts';
import { type Factor, factorOn } from './equivalences.ts';
import { daysOf, type Months, monthsIn } from './months.ts';
import type { Conditions } from './regression.ts';
import type { Period, Reading } from './savings.ts';

/** What is known of a meter for an analysis, as far as the writer of `em` sees it. */
export interface MeterData {
  partner: string;
  meter: string;
  service: string;
  carrier: string;
  provenance: string;
  factors: readonly Factor[];
  /** Candidate bases of the degree days, in °C. */
  bases: readonly string[];
  normalYear: readonly Conditions[] | null;
  baseline: Period;
  reporting: Period;
  /** Keys of the factors that made kWh of the meter's unit. */
  conversions: readonly string[];
  /** First days of the months of the reporting period that have readings. */
  reportingMonths: readonly string[];
}

interface MeterRow {
  partner: string;
  meter: string;
  service: string;
  carrier: string;
  unit: string;
  isTank: boolean;
  station: string | null;
  provenance: string;
}

/** Months, or deliveries of a tank, as they are stored. */
interface UseRow {
  meter: string;
  isDelivery: boolean;
  /** The first day of the month, or that of the delivery. */
  month: string;
  since: string;
  until: string;
  days: number;
  quantity: string;
  coverage: string;
  estimated: string;
  degreeDays: string[] | null;
}

const HERE = `at time zone 'Europe/Brussels'`;
/** First of the candidate bases, and what lies between two of them, in °C; degree_days_by_base has the same. */
const FIRST_BASE = 10;
const STEP = 0.5;

/** Loads what meters are analysed by: their months or deliveries in two periods, the weather, and factors. */
export async function meterDataOf(
  em: EntityManager,
  meters: readonly string[],
  periods: { baseline: Months; reporting: Months },
): Promise<ReadonlyMap<string, MeterData>> {
  const rows = await em.execute<MeterRow[]>(
    `select m.partner_id as partner, m.id as meter, m.service_id as service, m.carrier, m.unit, m.is_tank as "isTank",
      m.station_id as station, m.provenance from meter m where m.id = any(?::uuid[])`,
    [keys(meters)],
  );
  const stations = [...new Set(rows.flatMap(({ station }) => station ?? []))];
  const services = [...new Set(rows.map(({ service }) => service))];
  const [use, factors, bases, normalYears] = [
    await consumptionOf(em, rows, periods),
    await factorsOf(em, services),
    await basesOf(em, stations),
    await normalYearsOf(em, stations),
  ];
  return new Map(
    rows.map((row) => {
      const own = factors.get(row.service) ?? [];
      const all = use.get(row.meter) ?? [];
      const within = (of: Months, isDelivery: boolean): UseRow[] =>
        all.filter(
          (one) =>
            one.isDelivery === isDelivery && one.since >= beginOf(of.from) && one.until <= beginOf(of.until),
        );
      const readings = (rows: readonly UseRow[]): Reading[] => rows.map((one) => readingOf(one, row, own));
      const period = (of: Months): Period => ({
        length: monthsIn(of).length,
        months: readings(within(of, false)),
        deliveries: row.isTank ? readings(within(of, true)) : undefined,
        isProduction: row.carrier === EnergyCarrier.SOLAR,
      });
      const data: MeterData = {
        ...row,
        factors: own,
        bases: bases.get(row.station ?? '') ?? [],
        normalYear: normalYears.get(row.station ?? '') ?? null,
        baseline: period(periods.baseline),
        reporting: period(periods.reporting),
        conversions:
          row.unit === 'KWH'
            ? []
            : [
                ...within(periods.baseline, row.isTank),
                ...within(periods.reporting, false),
                ...within(periods.reporting, row.isTank),
              ].flatMap((one) => conversionOf(one.month, row.carrier, row.unit, own)?.id ?? []),
        reportingMonths: within(periods.reporting, false).map(({ month }) => month),
      };
      return [row.meter, data];
    }),
  );
}

/** The factor that makes kWh of a meter's unit in a month. */
function conversionOf(
  day: string,
  carrier: string,
  unit: string,
  factors: readonly Factor[],
): Factor | undefined {
  return factorOn(factors, { kind: FactorKind.CALORIFIC, carrier, unit, day });
}

function readingOf(use: UseRow, { carrier, unit }: MeterRow, factors: readonly Factor[]): Reading {
  const { month, days, quantity, coverage, estimated, degreeDays } = use;
  const conversion =
    unit === 'KWH' ? 1 : Number(conversionOf(month, carrier, unit, factors)?.value ?? Number.NaN);
  return {
    calendarMonth: Number(month.slice(5, 7)),
    days,
    kwh: Number(quantity) * conversion,
    degreeDays: degreeDays?.map(Number) ?? null,
    coverage: Number(coverage),
    estimatedKwh: Number(estimated) * conversion,
    isConverted: !Number.isNaN(conversion),
  };
}

/** What each meter counted: months that have readings, and the deliveries of tanks from the first period to the last. */
async function consumptionOf(
  em: EntityManager,
  meters: readonly MeterRow[],
  { baseline, reporting }: { baseline: Months; reporting: Months },
): Promise<ReadonlyMap<string, UseRow[]>> {
  const tanks = meters.filter(({ isTank }) => isTank);
  const months = [...monthsIn(baseline), ...monthsIn(reporting)];
  const byMonth = meters.length
    ? await em.execute<UseRow[]>(
        `with weather as materialized (
            select s.id as station, x.month, degree_days_by_base(s.id, x.month::timestamp ${HERE}, (x.month + interval '1 month')::timestamp ${HERE}) as by_base
            from unnest(?::uuid[]) as s(id) cross join unnest(?::date[]) as x(month))
          select k.meter, false as "isDelivery", mm.month::text as month, ${instant(`mm.month::timestamp ${HERE}`)} as since,
            ${instant(`(mm.month + interval '1 month')::timestamp ${HERE}`)} as until,
            (mm.month + interval '1 month')::date - mm.month as days, mm.quantity::text as quantity, mm.coverage::text as coverage,
            mm.estimated::text as estimated, w.by_base::text[] as "degreeDays"
          from unnest(?::uuid[], ?::uuid[], ?::uuid[]) as k(partner, meter, station)
          join meter_month mm on mm.partner_id = k.partner and mm.meter_id = k.meter and mm.month = any(?::date[])
          left join weather w on w.station = k.station and w.month = mm.month
          order by k.meter, mm.month`,
        [
          keys([...new Set(meters.flatMap(({ station }) => station ?? []))]),
          keys(months),
          ...columnsOf(meters),
          keys(months),
        ],
      )
    : [];
  const deliveries = tanks.length
    ? await em.execute<UseRow[]>(
        `select k.meter, true as "isDelivery", (r.starts_at ${HERE})::date::text as month, ${instant('r.starts_at')} as since, ${instant('r.ends_at')} as until,
            extract(epoch from r.ends_at - r.starts_at)::float8 / 86400 as days, r.quantity::text as quantity, '1' as coverage,
            case when r.quality = 'ESTIMATED' then r.quantity::text else '0' end as estimated,
            degree_days_by_base(k.station, r.starts_at, r.ends_at)::text[] as "degreeDays"
          from unnest(?::uuid[], ?::uuid[], ?::uuid[]) as k(partner, meter, station)
          join meter_reading r on r.partner_id = k.partner and r.meter_id = k.meter
            and r.starts_at >= ?::date::timestamp ${HERE} and r.ends_at <= ?::date::timestamp ${HERE}
          order by k.meter, r.starts_at`,
        [...columnsOf(tanks), baseline.from, reporting.until],
      )
    : [];
  const found = new Map<string, UseRow[]>();
  for (const row of [...byMonth, ...deliveries]) {
    const known = found.get(row.meter);
    if (known) known.push(row);
    else found.set(row.meter, [row]);
  }
  return found;
}

async function factorsOf(
  em: EntityManager,
  services: readonly string[],
): Promise<ReadonlyMap<string, Factor[]>> {
  const rows = await em.execute<(Factor & { service: string })[]>(
    `select f.service_id as service, f.id, f.kind, f.carrier, f.unit, f.value::text as value, f.basis, f.source,
      f.valid_from::text as "validFrom", f.valid_until::text as "validUntil"
      from energy_factor f where f.service_id = any(?::uuid[]) order by f.kind, f.valid_from, f.id`,
    [keys(services)],
  );
  return Map.groupBy(rows, ({ service }) => service);
}

async function basesOf(
  em: EntityManager,
  stations: readonly string[],
): Promise<ReadonlyMap<string, string[]>> {
  const rows = await em.execute<{ station: string; top: string }[]>(
    `select d.station_id as station, max(d.base)::text as top from degree_day d where d.station_id = any(?::uuid[]) group by 1`,
    [keys(stations)],
  );
  return new Map(
    rows.map(({ station, top }) => {
      const bases: string[] = [];
      for (let base = FIRST_BASE; base <= Number(top); base += STEP) bases.push(base.toFixed(1));
      return [station, bases];
    }),
  );
}

/** The normal year of stations: each month's days, and the mean of its degree days over the years. */
async function normalYearsOf(
  em: EntityManager,
  stations: readonly string[],
): Promise<ReadonlyMap<string, Conditions[]>> {
  const rows = await em.execute<{ station: string; month: string; degreeDays: string[] | null }[]>(
    `select s.id as station, g::date::text as month,
        degree_days_by_base(s.id, g ${HERE}, (g + interval '1 month') ${HERE})::text[] as "degreeDays"
      from weather_station s cross join lateral generate_series(s.normal_from::timestamp, s.normal_until - interval '1 day', interval '1 month') as g
      where s.id = any(?::uuid[])`,
    [keys(stations)],
  );
  const years = new Map<string, Conditions[]>();
  for (const [station, ofStation] of Map.groupBy(rows, (row) => row.station)) {
    if (ofStation.some(({ degreeDays }) => !degreeDays)) continue;
    const byMonth = Map.groupBy(ofStation, ({ month }) => Number(month.slice(5, 7)));
    years.set(
      station,
      [...byMonth].map(([calendarMonth, months]) => ({
        calendarMonth,
        days: mean(months.map(({ month }) => daysOf(month))),
        degreeDays: (months[0]?.degreeDays ?? []).map((_, base) =>
          mean(months.map(({ degreeDays }) => Number(degreeDays?.[base]))),
        ),
      })),
    );
  }
  return years;
}

const mean = (values: readonly number[]): number =>
  values.reduce((left, right) => left + right, 0) / values.length;

function columnsOf(meters: readonly MeterRow[]): string[] {
  return [
    keys(meters.map(({ partner }) => partner)),
    keys(meters.map(({ meter }) => meter)),
    keys(meters.map(({ station }) => station ?? 'NULL')),
  ];
}

/** An array as PostgreSQL writes it: of keys and days, in which nothing needs quotes. */
const keys = (values: readonly string[]): string => `{${values.join(',')}}`;

/** An instant as text that sorts. */
const instant = (of: string): string =>
  `to_char((${of}) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** When a month begins in Belgium: summer time holds on the first day of April to October. */
function beginOf(month: string): string {
  const isSummer = /-(0[4-9]|10)-/.test(month);
  return new Date(Date.parse(month) - (isSummer ? 2 : 1) * 3_600_000).toISOString();
}
