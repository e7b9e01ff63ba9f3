import { derived, list, one, type RowRef, type Rows, sql } from '../../../read/index.ts';
import { WeatherStation } from '../climate.entity.ts';
import { EnergyFactor } from '../factor.entity.ts';

export function factorById(id: string): Rows {
  return one(EnergyFactor, (row) => sql`${row.id} = ${id}::uuid`);
}

export function stationById(id: string): Rows {
  return one(WeatherStation, (row) => sql`${row.id} = ${id}::uuid`);
}

export function stations(): Rows {
  return list(WeatherStation, {
    orderBy: [{ by: (row) => row.code, direction: 'asc', type: 'text' }],
  });
}

/** Degree days of a station by month, at a base or its highest one, from which those of lower bases follow day by day. */
export function degreeDaysOfStation(
  { from, to }: { from?: string | null; to?: string | null },
  base: string | null,
): Rows {
  return derived<'month' | 'base' | 'degreeDays' | 'coverage', WeatherStation>({
    subquery: (station: RowRef<WeatherStation>) => sql`(select x.month, x.base, x.sum as "degreeDays",
        round(x.days::numeric / ((x.month + interval '1 month')::date - x.month), 6) as coverage
      from (select date_trunc('month', d.day::timestamp)::date as month, b.base, sum(greatest(0, d.degree_days - (d.base - b.base))) as sum, count(*) as days
        from (select max(t.base) as top from degree_day t where t.station_id = ${station.id}) as t
        cross join lateral (select coalesce(${base}::numeric, t.top) as base) as b
        join degree_day d on d.station_id = ${station.id} and d.base = t.top
        where b.base <= t.top and d.day >= coalesce(${from ?? null}::date, '-infinity') and d.day < coalesce(${to ?? null}::date, 'infinity')
        group by 1, 2) as x order by x.month offset 0)`,
    columns: ['month', 'base', 'degreeDays', 'coverage'],
  });
}
