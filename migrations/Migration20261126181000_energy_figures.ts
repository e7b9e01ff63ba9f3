import { Migration } from '@mikro-orm/migrations';

/**
 * What a building is compared with counts buildings that the viewer does not see: these views belong to the role that may
 * count them, and whoever asks them gives no building away (src/services/energy/analysis/).
 */
export class Migration20261126181000_energy_figures extends Migration {
  override name = 'Migration20261126181000_energy_figures';

  override up(): void {
    // Degree days between two instants at each base from 10 °C by half degrees to the highest that is stored, from which
    // those of the others follow; null where a day is missing.
    this.addSql(`create function degree_days_by_base(station uuid, since timestamptz, upto timestamptz) returns numeric[] language sql stable as $$
        with top as (select max(b.base) as base from degree_day b where b.station_id = station),
          day as (
            select d.degree_days, extract(epoch from least(upto, (d.day + 1)::timestamp at time zone 'Europe/Brussels') - greatest(since, d.day::timestamp at time zone 'Europe/Brussels'))
              / extract(epoch from (d.day + 1)::timestamp at time zone 'Europe/Brussels' - d.day::timestamp at time zone 'Europe/Brussels') as part
            from degree_day d, top where d.station_id = station and d.base = top.base
              and d.day between (since at time zone 'Europe/Brussels')::date and ((upto - interval '1 millisecond') at time zone 'Europe/Brussels')::date)
        select case when (select count(*) from day)
            = ((upto - interval '1 millisecond') at time zone 'Europe/Brussels')::date - (since at time zone 'Europe/Brussels')::date + 1
          then (select array_agg(x.degree_days order by x.base) from (
            select g.base, sum(greatest(0, day.degree_days - (top.base - g.base)) * day.part) as degree_days
            from top cross join lateral generate_series(10.0, top.base, 0.5) as g(base) cross join day group by g.base) as x) end $$;`);
    // The floor area that a meter serves, by which what it counts is shared.
    this.addSql(`create view counted_meter as
      select x.partner_id, x.meter_id, sum(b.floor_area_m2) as m2, count(*)::int as buildings
      from meter_building x join building b on b.partner_id = x.building_partner_id and b.id = x.building_id
      group by x.partner_id, x.meter_id;`);
    // kWh/m² of years in which every meter of a building, solar apart, has readings of every day.
    this.addSql(`create view counted_building_year as
      select b.partner_id, b.id as building_id, b.service_id, b.activity, b.floor_area_band, extract(year from k.month)::int as year,
        round(sum(k.quantity * k.factor / a.m2), 3) as kwh_m2
      from building b
      join meter_building x on x.building_partner_id = b.partner_id and x.building_id = b.id
      join meter m on m.partner_id = x.partner_id and m.id = x.meter_id and m.carrier <> 'SOLAR'
      join counted_meter a on a.partner_id = m.partner_id and a.meter_id = m.id
      join lateral (
        select mm.month, mm.quantity, case when m.unit = 'KWH' then 1 else (
          select f.value from energy_factor f where f.service_id = m.service_id and f.kind = 'CALORIFIC' and f.carrier = m.carrier
            and f.unit = m.unit and f.valid_from <= mm.month and (f.valid_until is null or mm.month < f.valid_until)) end as factor
        from meter_month mm where mm.partner_id = m.partner_id and mm.meter_id = m.id and mm.coverage >= 0.999) as k on true
      group by b.partner_id, b.id, extract(year from k.month)
      having bool_and(k.factor is not null) and count(*) = 12 * (
        select count(*) from meter_building x2 join meter m2 on m2.partner_id = x2.partner_id and m2.id = x2.meter_id and m2.carrier <> 'SOLAR'
        where x2.building_partner_id = b.partner_id and x2.building_id = b.id);`);
    this.addSql(
      'grant select on building, meter, meter_building, meter_month, energy_factor to hub_figures;',
    );
    this.addSql('grant create on schema public to hub_figures;');
    this.addSql('alter view counted_meter owner to hub_figures;');
    this.addSql('alter view counted_building_year owner to hub_figures;');
    this.addSql('revoke create on schema public from hub_figures;');
  }

  override down(): void {
    throw new Error('Migrations go forward only: restore a backup to go back.');
  }
}
