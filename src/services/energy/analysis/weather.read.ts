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

/** Degree days of a station by month, at its highest base. */
export function degreeDaysOfStation({ from, to }: { from?: string | null; to?: string | null }): Rows {
  return derived<'month' | 'base' | 'degreeDays' | 'coverage', WeatherStation>({
    subquery: (station: RowRef<WeatherStation>) => sql`(select x.month, x.base, x.sum as "degreeDays",
        round(x.days::numeric / ((x.month + interval '1 month')::date - x.month), 6) as coverage
      from (select date_trunc('month', d.day::timestamp)::date as month, d.base, sum(d.degree_days) as sum, count(*) as days
        from degree_day d where d.station_id = ${station.id} and d.base = (select max(b.base) from degree_day b where b.station_id = ${station.id})
          and d.day >= coalesce(${from ?? null}::date, '-infinity') and d.day < coalesce(${to ?? null}::date, 'infinity')
        group by 1, 2) as x order by x.month offset 0)`,
    columns: ['month', 'base', 'degreeDays', 'coverage'],
  });
}
