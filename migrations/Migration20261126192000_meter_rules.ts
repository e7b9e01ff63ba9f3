import { Migration } from '@mikro-orm/migrations';

const DEFINER = 'language plpgsql security definer set search_path from current';
const AS_HUB = `perform set_config('hub.scope', '{"administrator":true}', true);`;
const AS_BEFORE = `perform set_config('hub.scope', coalesce(viewer_scope, ''), true);`;

/** What a change of a meter leaves as it was, and what follows from it. */
export class Migration20261126192000_meter_rules extends Migration {
  override name = 'Migration20261126192000_meter_rules';

  override up(): void {
    // Readings that were corrected away are in the old unit too.
    this.addSql(`create or replace function guard_meter() returns trigger ${DEFINER} as $$
      declare
        viewer_scope text := current_setting('hub.scope', true);
        is_read boolean;
      begin
        if (new.partner_id, new.id, new.service_id) is distinct from (old.partner_id, old.id, old.service_id) then
          raise exception 'a meter stays with its partner and service' using errcode = 'MH095';
        end if;
        if (new.carrier, new.unit, new.is_tank) is distinct from (old.carrier, old.unit, old.is_tank) then
          ${AS_HUB}
          select exists (select from meter_reading r where r.partner_id = new.partner_id and r.meter_id = new.id)
            or exists (select from replaced_reading r where r.partner_id = new.partner_id and r.meter_id = new.id) into is_read;
          ${AS_BEFORE}
          if is_read then
            raise exception 'a meter that has readings counts what it counted' using errcode = 'MH095';
          end if;
        end if;
        return new;
      end $$;`);

    // Other weather tells otherwise when a tank was used.
    this.addSql(`create function respread_tank() returns trigger ${DEFINER} as $$
      declare
        viewer_scope text := current_setting('hub.scope', true);
      begin
        ${AS_HUB}
        perform roll_up_meter_months(array_agg(x.partner_id), array_agg(x.meter_id), array_agg(x.month))
          from meter_month x where x.partner_id = new.partner_id and x.meter_id = new.id having count(*) > 0;
        ${AS_BEFORE}
        return null;
      end $$;`);
    this.addSql(`create trigger meter_respread after update on meter
      for each row when (new.is_tank and old.station_id is distinct from new.station_id) execute function respread_tank();`);
  }

  override down(): void {
    throw new Error('Migrations go forward only: restore a backup to go back.');
  }
}
