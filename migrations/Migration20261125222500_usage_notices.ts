import { Migration } from '@mikro-orm/migrations';

/** A notice has less than 8,000 bytes; a group has 180 at most. */
const GROUPS_A_NOTICE = 40;

const AS_HUB = `perform set_config('hub.scope', '{"administrator":true}', true);`;
const AS_BEFORE = `perform set_config('hub.scope', coalesce(viewer_scope, ''), true);`;
const DEFINER = 'language plpgsql security definer set search_path from current';

/**
 * Whoever writes usage or enrolments gives notice of it, so that every hub on this database tells those who wait for a
 * change. A notice holds no value: months of a metric and service that were written to, days from which the enrolments
 * of a partner are others, and the instant from which `changed_at` marks what was rolled up. It comes with the commit.
 */
export class Migration20261125222500_usage_notices extends Migration {
  override name = 'Migration20261125222500_usage_notices';

  override up(): void {
    this.addSql(`create function tell_usage_changed(kind text, groups jsonb) returns void language plpgsql as $$
      begin
        perform pg_notify('hub_usage_changed', jsonb_build_object(
            'since', to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), kind, part.groups)::text)
          from (select jsonb_agg(x.g) as groups from jsonb_array_elements(groups) with ordinality as x (g, n)
            group by (x.n - 1) / ${GROUPS_A_NOTICE}) as part;
      end $$;`);

    this.addSql(`create function tell_new_entries() returns trigger language plpgsql as $$
      begin
        perform tell_usage_changed('usage', jsonb_agg(g)) from (
          select n.metric_key as metric, n.service_id as service,
            date_trunc('month', min(n.occurred_on)::timestamp)::date as "from",
            (date_trunc('month', max(n.occurred_on)::timestamp) + interval '1 month')::date as "until"
          from new_entries n group by n.metric_key, n.service_id) as g;
        return null;
      end $$;`);
    this.addSql(`create trigger usage_entry_told after insert on usage_entry
      referencing new table as new_entries for each statement execute function tell_new_entries();`);

    // Days from which an enrolment counts, or no longer.
    this.addSql(`create function tell_enrolments() returns trigger language plpgsql as $$
      begin
        if tg_op = 'INSERT' then
          perform tell_usage_changed('enrolments', jsonb_agg(g)) from (
            select n.service_id as service, n.partner_id as partner, min(n.active_from) as "from"
            from new_rows n where n.active_from is not null group by n.service_id, n.partner_id) as g;
        else
          perform tell_usage_changed('enrolments', jsonb_agg(g)) from (
            select n.service_id as service, n.partner_id as partner, min(least(
              case when n.active_from is distinct from o.active_from or n.recognition_id is distinct from o.recognition_id
                then least(n.active_from, o.active_from) end,
              case when n.ended_on is distinct from o.ended_on then least(n.ended_on, o.ended_on) end)) as "from"
            from new_rows n join old_rows o on o.partner_id = n.partner_id and o.id = n.id
            where coalesce(n.active_from, o.active_from) is not null
              and (n.active_from, n.ended_on, n.recognition_id) is distinct from (o.active_from, o.ended_on, o.recognition_id)
            group by n.service_id, n.partner_id) as g;
        end if;
        return null;
      end $$;`);
    this.addSql(`create trigger enrolment_made_told after insert on enrolment
      referencing new table as new_rows for each statement execute function tell_enrolments();`);
    this.addSql(`create trigger enrolment_changed_told after update on enrolment
      referencing old table as old_rows new table as new_rows for each statement execute function tell_enrolments();`);

    // What was rolled up anew, by a trigger whose name comes before: what its partner is stands in every month of its use.
    this.addSql(`create function tell_usage_of_partner() returns trigger ${DEFINER} as $$
      declare
        viewer_scope text := current_setting('hub.scope', true);
      begin
        ${AS_HUB}
        perform tell_usage_changed('usage', jsonb_agg(g)) from (
          select m.metric_key as metric, m.service_id as service, min(m.month) as "from",
            (max(m.month) + interval '1 month')::date as "until"
          from usage_month m where m.partner_id = (to_jsonb(new) ->> tg_argv[0])::uuid and m.changed_at = now()
          group by m.metric_key, m.service_id) as g;
        ${AS_BEFORE}
        return null;
      end $$;`);
    this.addSql(`create trigger partner_profile_told after update on partner
      for each row when ((old.sector_id, old.size_band, old.municipality_id)
        is distinct from (new.sector_id, new.size_band, new.municipality_id)) execute function tell_usage_of_partner('id');`);
    this.addSql(`create trigger enrolment_rolled_up_told after update of recognition_id on enrolment
      for each row when (old.recognition_id is distinct from new.recognition_id)
        execute function tell_usage_of_partner('partner_id');`);
    this.addSql(`create trigger recognition_rolled_up_told after update of authority_id on recognition
      for each row when (old.authority_id is distinct from new.authority_id)
        execute function tell_usage_of_partner('partner_id');`);
  }

  override down(): void {
    throw new Error('Migrations go forward only: restore a backup to go back.');
  }
}
