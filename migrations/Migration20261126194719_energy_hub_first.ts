import { Migration } from '@mikro-orm/migrations';

export class Migration20261126194719_energy_hub_first extends Migration {
  override name = 'Migration20261126194719_energy_hub_first';

  override up(): void | Promise<void> {
    this.addSql(`drop policy "meter_reading_make" on "meter_reading";`);
    this.addSql(`drop policy "meter_reading_remove" on "meter_reading";`);
    this.addSql(`drop policy "meter_reading_see" on "meter_reading";`);

    this.addSql(`drop policy "meter_month_see" on "meter_month";`);

    this.addSql(`drop policy "replaced_reading_see" on "replaced_reading";`);

    this.addSql(`drop policy "meter_building_see" on "meter_building";`);

    this.addSql(`create policy "meter_reading_make" on "meter_reading" for insert with check ((select hub_is('administrator')) or partner_id = any ((select hub_scope('editable'))::uuid[]) or exists (select from meter sm where sm.partner_id = "meter_reading".partner_id and sm.id = "meter_reading".meter_id
    and sm.service_id = any((select hub_scope('services'))::uuid[])) or (select hub_is('administrator')));`);
    this.addSql(`create policy "meter_reading_remove" on "meter_reading" for delete using ((select hub_is('administrator')) or partner_id = any ((select hub_scope('editable'))::uuid[]) or exists (select from meter sm where sm.partner_id = "meter_reading".partner_id and sm.id = "meter_reading".meter_id
    and sm.service_id = any((select hub_scope('services'))::uuid[])) or (select hub_is('administrator')));`);
    this.addSql(
      `create policy "meter_reading_see" on "meter_reading" for select using ((select hub_is('administrator')) or exists (select from meter sm where sm.partner_id = "meter_reading".partner_id and sm.id = "meter_reading".meter_id) or (select hub_is('administrator')));`,
    );

    this.addSql(
      `create policy "meter_month_see" on "meter_month" for select using ((select hub_is('administrator')) or exists (select from meter sm where sm.partner_id = "meter_month".partner_id and sm.id = "meter_month".meter_id) or (select hub_is('administrator')));`,
    );

    this.addSql(
      `create policy "replaced_reading_see" on "replaced_reading" for select using ((select hub_is('administrator')) or exists (select from meter sm where sm.partner_id = "replaced_reading".partner_id and sm.id = "replaced_reading".meter_id) or (select hub_is('administrator')));`,
    );

    this.addSql(`create policy "meter_building_see" on "meter_building" for select using ((select hub_is('administrator')) or provenance = 'SYNTHETIC' or partner_id = any ((select hub_scope('partners'))::uuid[]) or building_partner_id = any ((select hub_scope('partners'))::uuid[]) or service_id = any ((select hub_scope('services'))::uuid[]) or exists (select from data_sharing_agreement dsa where dsa.partner_id = "meter_building".partner_id
      and dsa.federation_id = any((select hub_scope('federations'))::uuid[]) and 'ENERGY' = any(dsa.rooms) and dsa.revoked_at is null
      and dsa.valid_until > (now() at time zone 'Europe/Brussels')::date
      and exists (select from membership dsm where dsm.partner_id = dsa.partner_id and dsm.federation_id = dsa.federation_id
        and dsm.valid_from <= (now() at time zone 'Europe/Brussels')::date
        and (dsm.valid_until is null or (now() at time zone 'Europe/Brussels')::date < dsm.valid_until))) or exists (select from data_sharing_agreement dsa where dsa.partner_id = "meter_building".building_partner_id
      and dsa.federation_id = any((select hub_scope('federations'))::uuid[]) and 'ENERGY' = any(dsa.rooms) and dsa.revoked_at is null
      and dsa.valid_until > (now() at time zone 'Europe/Brussels')::date
      and exists (select from membership dsm where dsm.partner_id = dsa.partner_id and dsm.federation_id = dsa.federation_id
        and dsm.valid_from <= (now() at time zone 'Europe/Brussels')::date
        and (dsm.valid_until is null or (now() at time zone 'Europe/Brussels')::date < dsm.valid_until))) or (select hub_is('administrator')));`);
  }

  override down(): void | Promise<void> {
    this.addSql(`drop policy "meter_building_see" on "meter_building";`);

    this.addSql(`drop policy "meter_month_see" on "meter_month";`);

    this.addSql(`drop policy "meter_reading_see" on "meter_reading";`);
    this.addSql(`drop policy "meter_reading_make" on "meter_reading";`);
    this.addSql(`drop policy "meter_reading_remove" on "meter_reading";`);

    this.addSql(`drop policy "replaced_reading_see" on "replaced_reading";`);

    this.addSql(`create policy "meter_building_see" on "meter_building" for select using (provenance = 'SYNTHETIC' or partner_id = any ((select hub_scope('partners'))::uuid[]) or building_partner_id = any ((select hub_scope('partners'))::uuid[]) or service_id = any ((select hub_scope('services'))::uuid[]) or exists (select from data_sharing_agreement dsa where dsa.partner_id = "meter_building".partner_id
      and dsa.federation_id = any((select hub_scope('federations'))::uuid[]) and 'ENERGY' = any(dsa.rooms) and dsa.revoked_at is null
      and dsa.valid_until > (now() at time zone 'Europe/Brussels')::date
      and exists (select from membership dsm where dsm.partner_id = dsa.partner_id and dsm.federation_id = dsa.federation_id
        and dsm.valid_from <= (now() at time zone 'Europe/Brussels')::date
        and (dsm.valid_until is null or (now() at time zone 'Europe/Brussels')::date < dsm.valid_until))) or exists (select from data_sharing_agreement dsa where dsa.partner_id = "meter_building".building_partner_id
      and dsa.federation_id = any((select hub_scope('federations'))::uuid[]) and 'ENERGY' = any(dsa.rooms) and dsa.revoked_at is null
      and dsa.valid_until > (now() at time zone 'Europe/Brussels')::date
      and exists (select from membership dsm where dsm.partner_id = dsa.partner_id and dsm.federation_id = dsa.federation_id
        and dsm.valid_from <= (now() at time zone 'Europe/Brussels')::date
        and (dsm.valid_until is null or (now() at time zone 'Europe/Brussels')::date < dsm.valid_until))) or (select hub_is('administrator')));`);

    this.addSql(
      `create policy "meter_month_see" on "meter_month" for select using (exists (select from meter sm where sm.partner_id = "meter_month".partner_id and sm.id = "meter_month".meter_id) or (select hub_is('administrator')));`,
    );

    this.addSql(
      `create policy "meter_reading_see" on "meter_reading" for select using (exists (select from meter sm where sm.partner_id = "meter_reading".partner_id and sm.id = "meter_reading".meter_id) or (select hub_is('administrator')));`,
    );
    this.addSql(`create policy "meter_reading_make" on "meter_reading" for insert with check (partner_id = any ((select hub_scope('editable'))::uuid[]) or exists (select from meter sm where sm.partner_id = "meter_reading".partner_id and sm.id = "meter_reading".meter_id
    and sm.service_id = any((select hub_scope('services'))::uuid[])) or (select hub_is('administrator')));`);
    this.addSql(`create policy "meter_reading_remove" on "meter_reading" for delete using (partner_id = any ((select hub_scope('editable'))::uuid[]) or exists (select from meter sm where sm.partner_id = "meter_reading".partner_id and sm.id = "meter_reading".meter_id
    and sm.service_id = any((select hub_scope('services'))::uuid[])) or (select hub_is('administrator')));`);

    this.addSql(
      `create policy "replaced_reading_see" on "replaced_reading" for select using (exists (select from meter sm where sm.partner_id = "replaced_reading".partner_id and sm.id = "replaced_reading".meter_id) or (select hub_is('administrator')));`,
    );
  }
}
