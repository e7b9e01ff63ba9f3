import { Migration } from '@mikro-orm/migrations';

const AS_HUB = `perform set_config('hub.scope', '{"administrator":true}', true);`;
const AS_BEFORE = `perform set_config('hub.scope', coalesce(viewer_scope, ''), true);`;
const DEFINER = 'language plpgsql security definer set search_path from current';

const WITH_PROVENANCE = [
  'building',
  'meter',
  'meter_building',
  'weather_station',
  'energy_factor',
  'energy_visit',
  'energy_measure',
  'savings_result',
];
const OF_OPEN_PARTNERS = ['building', 'meter', 'meter_building', 'energy_visit', 'energy_measure'];

/** The rules of energy's records that the entities' metadata cannot say. */
export class Migration20261126172400_energy_rules extends Migration {
  override name = 'Migration20261126172400_energy_rules';

  override up(): void {
    this.records();
    this.readings();
  }

  private records(): void {
    for (const table of WITH_PROVENANCE) {
      this.addSql(`create trigger ${table}_provenance after insert on ${table}
        referencing new table as new_rows for each statement execute function guard_provenance();`);
      this.addSql(`create trigger ${table}_same_provenance before update of provenance on ${table}
        for each row when (old.provenance is distinct from new.provenance) execute function refuse_other_provenance();`);
    }
    for (const table of OF_OPEN_PARTNERS) {
      this.addSql(`create trigger ${table}_of_open_partner after insert on ${table}
        referencing new table as new_rows for each statement execute function refuse_closed_partners();`);
    }
    this.addSql(`create trigger replaced_reading_append_only before update or delete or truncate on replaced_reading
      for each statement execute function refuse_change();`);
  }

  /**
   * Readings come by the thousand, and are looked at a statement at a time. Who writes those of a meter locks it first,
   * and looks in the next statement: two that come together are seen by the second.
   */
  private readings(): void {
    this.addSql(`create function check_meter_readings() returns trigger ${DEFINER} as $$
      declare
        viewer_scope text := current_setting('hub.scope', true);
        meters integer;
        locked integer;
        overlap record;
      begin
        ${AS_HUB}
        select count(*) into meters from (select distinct n.partner_id, n.meter_id from new_rows n) as x;
        with own as (
          select m.id from meter m where (m.partner_id, m.id) in (select n.partner_id, n.meter_id from new_rows n)
          order by m.partner_id, m.id for update)
        select count(*) into locked from own;
        if locked <> meters then
          raise exception 'there is no such meter' using errcode = 'MH090';
        end if;
        -- From the last one before the new ones to their end: each begins where those before it have ended, or later. It is
        -- planned anew each time: a plan that was made for a small table is kept by the session, and slow on a large one.
        execute $check$
        with span as (
          select n.partner_id, n.meter_id, min(n.starts_at) as first, max(n.ends_at) as last from new_rows n group by 1, 2)
        select s.meter_id, x.starts_at
        from span s cross join lateral (
          select r.starts_at, max(r.ends_at) over (order by r.starts_at rows between unbounded preceding and 1 preceding) as ended_before
          from meter_reading r
          where r.partner_id = s.partner_id and r.meter_id = s.meter_id and r.starts_at < s.last
            and r.starts_at >= coalesce((select max(b.starts_at) from meter_reading b
              where b.partner_id = s.partner_id and b.meter_id = s.meter_id and b.starts_at < s.first), s.first)) as x
        where x.ended_before > x.starts_at
        limit 1 $check$ into overlap;
        if overlap.meter_id is not null then
          raise exception 'readings of meter % overlap at %', overlap.meter_id, overlap.starts_at using errcode = 'MH091';
        end if;
        ${AS_BEFORE}
        return null;
      end $$;`);
    this.addSql(`create trigger meter_reading_checked after insert on meter_reading
      referencing new table as new_rows for each statement execute function check_meter_readings();`);
    this.addSql(`create trigger meter_reading_never_changed before update or truncate on meter_reading
      for each statement execute function refuse_change();`);

    this.addSql(`create function keep_replaced_readings() returns trigger ${DEFINER} as $$
      declare
        viewer_scope text := current_setting('hub.scope', true);
      begin
        ${AS_HUB}
        insert into replaced_reading (partner_id, id, meter_id, starts_at, ends_at, quantity, quality, recorded_at, replaced_at)
          select o.partner_id, gen_random_uuid(), o.meter_id, o.starts_at, o.ends_at, o.quantity, o.quality, o.recorded_at, clock_timestamp()
          from old_rows o;
        ${AS_BEFORE}
        return null;
      end $$;`);
    this.addSql(`create trigger meter_reading_kept after delete on meter_reading
      referencing old table as old_rows for each statement execute function keep_replaced_readings();`);
  }

  override down(): void {
    throw new Error('Migrations go forward only: restore a backup to go back.');
  }
}
