import { Migration } from '@mikro-orm/migrations';

/** Whether a meter `name` belongs to the group of a row `g`. */
const inGroup = (name: string): string =>
  `(g.carrier_group = 'ALL' or (${name}.carrier = 'ELECTRICITY') = (g.carrier_group = 'ELECTRICITY'))`;

/**
 * kWh/m² by group of carriers: some buildings have a meter of their electricity alone, and would seem thrifty beside those whose
 * heat is counted too.
 */
export class Migration20261126184700_energy_carrier_groups extends Migration {
  override name = 'Migration20261126184700_energy_carrier_groups';

  override up(): void {
    this.addSql('drop view counted_building_year;');
    this.addSql(`create view counted_building_year as
      select b.partner_id, b.id as building_id, b.service_id, b.activity, b.floor_area_band, extract(year from k.month)::int as year, g.carrier_group,
        round(sum(k.quantity * k.factor / a.m2), 3) as kwh_m2
      from building b
      cross join (values ('ALL'), ('ELECTRICITY'), ('HEAT')) as g(carrier_group)
      join meter_building x on x.building_partner_id = b.partner_id and x.building_id = b.id
      join meter m on m.partner_id = x.partner_id and m.id = x.meter_id and m.carrier <> 'SOLAR' and ${inGroup('m')}
      join counted_meter a on a.partner_id = m.partner_id and a.meter_id = m.id
      join lateral (
        select mm.month, mm.quantity, case when m.unit = 'KWH' then 1 else (
          select f.value from energy_factor f where f.service_id = m.service_id and f.kind = 'CALORIFIC' and f.carrier = m.carrier
            and f.unit = m.unit and f.valid_from <= mm.month and (f.valid_until is null or mm.month < f.valid_until)) end as factor
        from meter_month mm where mm.partner_id = m.partner_id and mm.meter_id = m.id and mm.coverage >= 0.999) as k on true
      group by b.partner_id, b.id, extract(year from k.month), g.carrier_group
      having bool_and(k.factor is not null) and count(*) = 12 * (
        select count(*) from meter_building x2 join meter m2 on m2.partner_id = x2.partner_id and m2.id = x2.meter_id and m2.carrier <> 'SOLAR'
          and ${inGroup('m2')}
        where x2.building_partner_id = b.partner_id and x2.building_id = b.id);`);
    this.addSql('grant create on schema public to hub_figures;');
    this.addSql('alter view counted_building_year owner to hub_figures;');
    this.addSql('revoke create on schema public from hub_figures;');
  }

  override down(): void {
    throw new Error('Migrations go forward only: restore a backup to go back.');
  }
}
