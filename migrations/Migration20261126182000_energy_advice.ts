import { Migration } from '@mikro-orm/migrations';

const DEFINER = 'language plpgsql security definer set search_path from current';
const AS_HUB = `perform set_config('hub.scope', '{"administrator":true}', true);`;
const AS_BEFORE = `perform set_config('hub.scope', coalesce(viewer_scope, ''), true);`;

/** Tables whose building's service is their own, by the column of the building's partner. */
const OF_BUILDING = [
  ['energy_visit', 'partner_id'],
  ['energy_measure', 'partner_id'],
  ['meter_building', 'building_partner_id'],
] as const;

/** Visits and measures take no step that there is not, and what belongs together is one service's. */
export class Migration20261126182000_energy_advice extends Migration {
  override name = 'Migration20261126182000_energy_advice';

  override up(): void {
    this.addSql(`create function guard_energy_visit() returns trigger language plpgsql as $$
      begin
        if new.state <> old.state and not (case new.state
            when 'PLANNED' then old.state = 'REQUESTED' when 'VISITED' then old.state in ('REQUESTED', 'PLANNED')
            when 'REPORTED' then old.state = 'VISITED' when 'CANCELLED' then old.state in ('REQUESTED', 'PLANNED') else false end)
          or old.state in ('REPORTED', 'CANCELLED')
          or old.state = 'VISITED' and new.state = 'VISITED'
          or (new.partner_id, new.id, new.service_id, new.building_id, new.requested_on) is distinct from (old.partner_id, old.id, old.service_id, old.building_id, old.requested_on)
          or old.visited_on is not null and new.visited_on is distinct from old.visited_on then
          raise exception 'a visit does not take that step' using errcode = 'MH093';
        end if;
        return new;
      end $$;`);
    this.addSql(
      `create trigger energy_visit_steps before update on energy_visit for each row execute function guard_energy_visit();`,
    );
    this.addSql(
      `create unique index energy_visit_open_once on energy_visit (partner_id, building_id) where state in ('REQUESTED', 'PLANNED');`,
    );

    this.addSql(`create function guard_energy_measure() returns trigger language plpgsql as $$
      begin
        if new.state <> old.state and not (case new.state
            when 'DECIDED' then old.state = 'PROPOSED' when 'DONE' then old.state = 'DECIDED'
            when 'DROPPED' then old.state in ('PROPOSED', 'DECIDED') else false end)
          or old.state = 'DROPPED'
          or old.state = 'DONE' and (to_jsonb(old) - 'grant_obtained' - 'version') is distinct from (to_jsonb(new) - 'grant_obtained' - 'version')
          or (new.partner_id, new.id, new.service_id, new.building_id, new.kind, new.carrier, new.proposed_on)
            is distinct from (old.partner_id, old.id, old.service_id, old.building_id, old.kind, old.carrier, old.proposed_on) then
          raise exception 'a measure does not take that step' using errcode = 'MH094';
        end if;
        return new;
      end $$;`);
    this.addSql(
      `create trigger energy_measure_steps before update on energy_measure for each row execute function guard_energy_measure();`,
    );

    this.addSql(`create function guard_meter() returns trigger ${DEFINER} as $$
      declare
        viewer_scope text := current_setting('hub.scope', true);
        is_read boolean;
      begin
        if (new.partner_id, new.id, new.service_id) is distinct from (old.partner_id, old.id, old.service_id) then
          raise exception 'a meter stays with its partner and service' using errcode = 'MH095';
        end if;
        if (new.carrier, new.unit, new.is_tank) is distinct from (old.carrier, old.unit, old.is_tank) then
          ${AS_HUB}
          select exists (select from meter_reading r where r.partner_id = new.partner_id and r.meter_id = new.id) into is_read;
          ${AS_BEFORE}
          if is_read then
            raise exception 'a meter that has readings counts what it counted' using errcode = 'MH095';
          end if;
        end if;
        return new;
      end $$;`);
    this.addSql(
      `create trigger meter_fixed before update on meter for each row execute function guard_meter();`,
    );

    this.addSql(`create function guard_building() returns trigger language plpgsql as $$
      begin
        if (new.partner_id, new.id, new.service_id, new.followed_from) is distinct from (old.partner_id, old.id, old.service_id, old.followed_from) then
          raise exception 'a building stays with its partner and service' using errcode = 'MH096';
        end if;
        return new;
      end $$;`);
    this.addSql(
      `create trigger building_fixed before update on building for each row execute function guard_building();`,
    );

    for (const [table, partner] of OF_BUILDING) {
      this.addSql(`create function check_${table}_service() returns trigger ${DEFINER} as $$
        declare
          viewer_scope text := current_setting('hub.scope', true);
          is_other boolean;
        begin
          ${AS_HUB}
          select exists (select from new_rows n join building b on b.partner_id = n.${partner} and b.id = n.building_id
            where b.service_id <> n.service_id or b.provenance <> n.provenance) ${
              table === 'meter_building'
                ? `or exists (select from new_rows n join meter m on m.partner_id = n.partner_id and m.id = n.meter_id where m.service_id <> n.service_id or m.provenance <> n.provenance)`
                : ''
            } into is_other;
          ${AS_BEFORE}
          if is_other then
            raise exception 'the building is followed by another service' using errcode = 'MH097';
          end if;
          return null;
        end $$;`);
      this.addSql(`create trigger ${table}_of_service after insert on ${table}
        referencing new table as new_rows for each statement execute function check_${table}_service();`);
    }
  }

  override down(): void {
    throw new Error('Migrations go forward only: restore a backup to go back.');
  }
}
