import { Migration } from '@mikro-orm/migrations';

/** Key of a row of the finer rollup, in the sequence in which every transaction locks them. */
const MONTH_KEY =
  'partner_id, metric_key, service_id, month, category, enrolment_id, sector_id, size_band, municipality_id, authority_id';
/** Key of a row of the coarser rollup, likewise. */
const TOTAL_KEY =
  'metric_key, month, service_id, sector_id, size_band, region_code, province_code, authority_id, is_synthetic';

/** Key of a row of the sums, likewise. */
const SUM_KEY = 'metric_key, month, service_id, sector_id, region_code, is_synthetic';

/** Entries `n` beside what their partner was on their day. */
const MONTHS_OF = (entries: string, where = 'true'): string => `
  select n.partner_id, n.service_id, n.metric_key, date_trunc('month', n.occurred_on::timestamp)::date as month, n.category,
    n.enrolment_id, f.sector_id, f.size_band, f.municipality_id, f.region_code, f.province_code, r.authority_id,
    n.provenance = 'SYNTHETIC' as is_synthetic,
    case when d.kind = 'FLOW' then sum(n.quantity) else 0 end as quantity,
    sum(case when n.reverses_id is null then 1 else -1 end)::int as entries,
    sum(case when n.quantity = 0 then 0 when n.reverses_id is null then 1 else -1 end)::int as uses
  from ${entries} n
  join metric_definition d on d.key = n.metric_key
  join partner_profile f on f.partner_id = n.partner_id and f.valid_from <= n.occurred_on and n.occurred_on < f.valid_until
  left join enrolment e on e.partner_id = n.partner_id and e.id = n.enrolment_id
  left join recognition r on r.partner_id = e.partner_id and r.id = e.recognition_id
  where ${where}
  group by n.partner_id, n.service_id, n.metric_key, 4, n.category, n.enrolment_id, f.sector_id, f.size_band, f.municipality_id,
    f.region_code, f.province_code, r.authority_id, n.provenance, d.kind`;

/** Adds months to the finer rollup. */
const ADD_MONTHS = (months: string): string => `
  insert into usage_month as m (partner_id, service_id, metric_key, month, category, enrolment_id, sector_id, size_band,
    municipality_id, region_code, province_code, authority_id, is_synthetic, quantity, entries, uses)
  select * from (${months}) as x order by ${MONTH_KEY}
  on conflict (${MONTH_KEY}) do update set quantity = m.quantity + excluded.quantity,
    entries = m.entries + excluded.entries, uses = m.uses + excluded.uses, changed_at = excluded.changed_at`;

/** Locks the totals that months \`rolled\` are a part of, made where they are missing, in the variable \`totals\`. */
const HOLD_TOTALS = (rolled: string): string => `
  with rolled as (${rolled}), held as (
    insert into usage_total (${TOTAL_KEY}, quantity, entries, uses, contributors, largest, second)
    select distinct ${TOTAL_KEY}, 0, 0, 0, 0, 0, 0 from rolled
      where metric_key in (select d.key from metric_definition d where d.kind = 'FLOW') order by ${TOTAL_KEY}
    on conflict (${TOTAL_KEY}) do update set changed_at = excluded.changed_at
    returning id)
  select array_agg(id) into totals from held`;

/** What a function of the hub's own does is no viewer's doing: policies let it write, and are put back after it. */
const AS_HUB = `perform set_config('hub.scope', '{"administrator":true}', true);`;
const AS_BEFORE = `perform set_config('hub.scope', coalesce(viewer_scope, ''), true);`;
const DEFINER = 'language plpgsql security definer set search_path from current';

/**
 * Rollups follow the entries in the transaction that writes them. Of two writers that meet in a row the second waits
 * for the first and then looks again: the lock is one statement, and what is counted is the next, which sees all that
 * was committed meanwhile. All lock in one sequence: enrolments, profiles, months, totals, sums, each by
 * its key.
 */
export class Migration20261125222100_rollup_rules extends Migration {
  override name = 'Migration20261125222100_rollup_rules';

  override up(): void {
    // Rows are changed in place while their page has room.
    this.addSql('alter table usage_month set (fillfactor = 85);');
    this.addSql('alter table usage_total set (fillfactor = 85);');
    this.addSql('alter table usage_sum set (fillfactor = 85);');

    this.addSql(`create function refresh_usage_totals(ids bigint[]) returns void ${DEFINER} as $$
      declare
        sums bigint[];
      begin
        update usage_total t set (quantity, entries, uses, contributors, largest, second) = (
            select coalesce(sum(p.quantity), 0), coalesce(sum(p.entries), 0), coalesce(sum(p.uses), 0),
              count(*) filter (where p.uses > 0),
              coalesce((array_agg(abs(p.quantity) order by abs(p.quantity) desc))[1], 0),
              coalesce((array_agg(abs(p.quantity) order by abs(p.quantity) desc))[2], 0)
            from (select sum(m.quantity) as quantity, sum(m.entries) as entries, sum(m.uses) as uses from usage_month m
              where m.metric_key = t.metric_key and m.month = t.month and m.service_id = t.service_id
                and m.sector_id = t.sector_id and m.size_band = t.size_band and m.region_code = t.region_code
                and m.province_code is not distinct from t.province_code
                and m.authority_id is not distinct from t.authority_id and m.is_synthetic = t.is_synthetic
              group by m.partner_id) as p)
          where t.id = any (ids);
        with held as (
          insert into usage_sum (${SUM_KEY}, quantity, entries, uses)
          select distinct ${SUM_KEY}, 0, 0, 0 from usage_total where id = any (ids) order by ${SUM_KEY}
          on conflict (${SUM_KEY}) do update set changed_at = excluded.changed_at
          returning id)
          select array_agg(id) into sums from held;
        update usage_sum s set (quantity, entries, uses) = (
            select sum(t.quantity), sum(t.entries), sum(t.uses) from usage_total t
            where t.metric_key = s.metric_key and t.month = s.month and t.service_id = s.service_id
              and t.sector_id = s.sector_id and t.region_code = s.region_code and t.is_synthetic = s.is_synthetic)
          where s.id = any (sums);
      end $$;`);

    // The level that a month ends with is looked up again: what is taken back may have been the last.
    this.addSql(`create function refresh_usage_levels(partners uuid[], since date) returns void ${DEFINER} as $$
      begin
        update usage_month m set quantity = coalesce(l.quantity, 0), last_on = l.occurred_on, last_recorded_at = l.recorded_at,
            last_id = l.id
          from usage_month s
          join metric_definition d on d.key = s.metric_key and d.kind = 'STOCK'
          left join lateral (select u.quantity, u.occurred_on, u.recorded_at, u.id from usage_entry u
            join partner_profile f on f.partner_id = u.partner_id and f.valid_from <= u.occurred_on and u.occurred_on < f.valid_until
            where u.partner_id = s.partner_id and u.metric_key = s.metric_key and u.service_id = s.service_id
              and u.occurred_on >= s.month and u.occurred_on < s.month + interval '1 month'
              and u.category is not distinct from s.category and u.enrolment_id is not distinct from s.enrolment_id
              and f.sector_id = s.sector_id and f.size_band = s.size_band and f.municipality_id = s.municipality_id
              and u.reverses_id is null and not exists (select from usage_entry r
                where r.partner_id = u.partner_id and r.reverses_id = u.id)
            order by u.occurred_on desc, u.recorded_at desc, u.id desc limit 1) as l on true
          where m.id = s.id and s.partner_id = any (partners) and s.month >= since
            and (m.last_id is distinct from l.id or m.quantity <> coalesce(l.quantity, 0));
      end $$;`);

    this.addSql(`create function roll_up_new_entries() returns trigger ${DEFINER} as $$
      declare
        viewer_scope text := current_setting('hub.scope', true);
        totals bigint[];
      begin
        ${AS_HUB}
        -- What a partner is must not change while its use is put where it belongs.
        perform from partner_profile f where f.valid_until = 'infinity'
          and f.partner_id in (select n.partner_id from new_entries n) order by f.partner_id for share;
        ${HOLD_TOTALS(`${ADD_MONTHS(MONTHS_OF('new_entries'))} returning ${TOTAL_KEY}`)};
        perform refresh_usage_totals(totals);
        if exists (select from new_entries n join metric_definition d on d.key = n.metric_key where d.kind = 'STOCK') then
          perform refresh_usage_levels(array_agg(distinct n.partner_id),
              date_trunc('month', min(n.occurred_on)::timestamp)::date)
            from new_entries n join metric_definition d on d.key = n.metric_key where d.kind = 'STOCK';
        end if;
        ${AS_BEFORE}
        return null;
      end $$;`);
    this.addSql(`create trigger usage_entry_rolled_up after insert on usage_entry
      referencing new table as new_entries for each statement execute function roll_up_new_entries();`);

    this.addSql(`create function roll_up_partner(partner uuid, since date) returns void ${DEFINER} as $$
      declare
        first_month date := date_trunc('month', since::timestamp)::date;
        totals bigint[];
      begin
        -- Emptied before they are filled again, and gone at last: the totals of both are locked in one sequence.
        update usage_month m set quantity = 0, entries = 0, uses = 0 where m.partner_id = partner and m.month >= first_month;
        ${ADD_MONTHS(MONTHS_OF('usage_entry', 'n.partner_id = partner and n.occurred_on >= first_month'))};
        ${HOLD_TOTALS(`select ${TOTAL_KEY} from usage_month m where m.partner_id = partner and m.month >= first_month`)};
        perform refresh_usage_totals(totals);
        perform refresh_usage_levels(array[partner], first_month);
        delete from usage_month m where m.partner_id = partner and m.month >= first_month and m.entries = 0;
      end $$;`);

    this.addSql(`create function keep_partner_profile() returns trigger ${DEFINER} as $$
      declare
        viewer_scope text := current_setting('hub.scope', true);
        today date := (now() at time zone 'Europe/Brussels')::date;
        place record;
        latest record;
        since date := today;
      begin
        ${AS_HUB}
        select t.region_code, t.province_code into place from territory t where t.id = new.municipality_id;
        if tg_op = 'INSERT' then
          insert into partner_profile values (new.id, '-infinity', 'infinity', new.sector_id, new.size_band,
            new.municipality_id, place.region_code, place.province_code, today);
        else
          select * into latest from partner_profile f where f.partner_id = new.id and f.valid_until = 'infinity' for update;
          if latest.recorded_on = today then
            since := latest.valid_from;
            update partner_profile f set sector_id = new.sector_id, size_band = new.size_band,
                municipality_id = new.municipality_id, region_code = place.region_code, province_code = place.province_code
              where f.partner_id = new.id and f.valid_from = latest.valid_from;
          else
            update partner_profile f set valid_until = today where f.partner_id = new.id and f.valid_from = latest.valid_from;
            insert into partner_profile values (new.id, today, 'infinity', new.sector_id, new.size_band,
              new.municipality_id, place.region_code, place.province_code, today);
          end if;
          perform roll_up_partner(new.id, since);
        end if;
        ${AS_BEFORE}
        return null;
      end $$;`);
    this.addSql(`create trigger partner_profile_begun after insert on partner
      for each row execute function keep_partner_profile();`);
    this.addSql(`create trigger partner_profile_kept after update on partner
      for each row when ((old.sector_id, old.size_band, old.municipality_id)
        is distinct from (new.sector_id, new.size_band, new.municipality_id)) execute function keep_partner_profile();`);

    // The authority of a month follows from both.
    this.addSql(`create function roll_up_partner_again() returns trigger ${DEFINER} as $$
      declare
        viewer_scope text := current_setting('hub.scope', true);
      begin
        ${AS_HUB}
        -- A rebuild waits for this, or this for it; a lock of rows alone would not stop it.
        lock table partner_profile in row exclusive mode;
        perform from partner_profile f where f.partner_id = new.partner_id and f.valid_until = 'infinity' for update;
        perform roll_up_partner(new.partner_id, '-infinity');
        ${AS_BEFORE}
        return null;
      end $$;`);
    this.addSql(`create trigger enrolment_rolled_up after update of recognition_id on enrolment
      for each row when (old.recognition_id is distinct from new.recognition_id) execute function roll_up_partner_again();`);
    this.addSql(`create trigger recognition_rolled_up after update of authority_id on recognition
      for each row when (old.authority_id is distinct from new.authority_id) execute function roll_up_partner_again();`);

    // Entries wait meanwhile, so that each is either in the recount or added to it, and so does whoever would roll up a
    // partner again. Profiles come first, as they do for a partner that is written with its recognitions.
    this.addSql(`create function rebuild_usage_rollups() returns void ${DEFINER} as $$
      declare
        viewer_scope text := current_setting('hub.scope', true);
        first_month date;
        totals bigint[];
      begin
        ${AS_HUB}
        lock table partner_profile, usage_entry in share row exclusive mode;
        delete from usage_sum;
        delete from usage_total;
        delete from usage_month;
        for first_month in select generate_series(date_trunc('month', min(u.occurred_on)::timestamp), max(u.occurred_on),
            interval '1 month') from usage_entry u loop
          ${HOLD_TOTALS(`${ADD_MONTHS(MONTHS_OF('usage_entry', `n.occurred_on >= first_month and n.occurred_on < first_month + interval '1 month'`))} returning ${TOTAL_KEY}`)};
          perform refresh_usage_totals(totals);
        end loop;
        perform refresh_usage_levels(array(select distinct m.partner_id from usage_month m), '-infinity');
        ${AS_BEFORE}
      end $$;`);

    // Days that a question holds without their whole month are counted from the entries: with what the partner was.
    this.addSql(`create view usage_fact with (security_invoker = true) as
      select u.partner_id, u.id, u.service_id, u.metric_key, u.occurred_on, u.quantity, u.category, u.enrolment_id,
        u.recorded_at, u.provenance = 'SYNTHETIC' as is_synthetic, f.sector_id, f.size_band, f.municipality_id, f.region_code,
        f.province_code, (select m.authority_id from usage_month m where m.partner_id = u.partner_id
          and m.metric_key = u.metric_key and m.service_id = u.service_id
          and m.month = date_trunc('month', u.occurred_on::timestamp)::date
          and m.enrolment_id is not distinct from u.enrolment_id limit 1) as authority_id
      from usage_entry u
      join partner_profile f on f.partner_id = u.partner_id and f.valid_from <= u.occurred_on and u.occurred_on < f.valid_until
      where u.reverses_id is null and not exists (select from usage_entry r
        where r.partner_id = u.partner_id and r.reverses_id = u.id and r.reverses_id is not null);`);
    this.addSql('grant select on usage_fact to hub_app;');
    this.addSql('revoke insert, update, delete on usage_fact from hub_app;');

    this.addSql(`insert into partner_profile select p.id, '-infinity', 'infinity', p.sector_id, p.size_band,
      p.municipality_id, t.region_code, t.province_code, (p.created_at at time zone 'Europe/Brussels')::date
      from partner p join territory t on t.id = p.municipality_id;`);
    this.addSql('select rebuild_usage_rollups();');
  }

  override down(): void {
    throw new Error('Migrations go forward only: restore a backup to go back.');
  }
}
