import { Migration } from '@mikro-orm/migrations';

const DEFINER = 'language plpgsql security definer set search_path from current';
const AS_HUB = `perform set_config('hub.scope', '{"administrator":true}', true);`;
const AS_BEFORE = `perform set_config('hub.scope', coalesce(viewer_scope, ''), true);`;

/** The key of an entry: it sorts by the record's that it is counted from. */
const entryKey = (record: string, sign: string): string =>
  `(left(${record}::text, 13) || '-7' || substr(${sign}, 1, 3) || '-8' || substr(${sign}, 4, 3) || '-' || substr(${sign}, 7, 12))::uuid`;

/** Hours belong to the last day of their week that the schedule has, may be given back until they are invoiced, and are again after a credit note. */
export class Migration20261127111500_employer_group_hours extends Migration {
  override name = 'Migration20261127111500_employer_group_hours';

  override up(): void {
    // Hours and rules of the time before a member left are still written after it.
    for (const table of ['timesheet', 'billing_rule'])
      this.addSql(`drop trigger ${table}_of_open_partner on ${table};`);
    this.addSql(`select set_config('hub.scope', '{"administrator":true}', true);`);
    this.addSql('alter table billing_rule disable trigger billing_rule_checked;');
    this.addSql(`update billing_rule r set headcount = coalesce(p.headcount, 0), version = r.version + 1 from partner p
      where p.id = r.partner_id and r.sharing_key = 'HEADCOUNT';`);
    this.addSql('alter table billing_rule enable trigger billing_rule_checked;');
    this.addSql(`select set_config('hub.scope', '', true);`);
    this.disputes();
    this.addSql(`create or replace function check_timesheet() returns trigger ${DEFINER} as $$
      declare
        viewer_scope text := current_setting('hub.scope', true);
        place placement;
        counted_on date;
        worked numeric;
      begin
        ${AS_HUB}
        if tg_op = 'UPDATE' then
          if old.state = 'INVOICED' and not (new.state = 'APPROVED' and new.hours = old.hours
              and exists (select from invoice i where i.partner_id = old.partner_id and i.credits_id = old.invoice_id)) then
            raise exception 'a timesheet that is invoiced does not change' using errcode = 'MH113';
          end if;
          if (new.service_id, new.worker_id, new.placement_id, new.week) is distinct from (old.service_id, old.worker_id, old.placement_id, old.week) then
            raise exception 'a timesheet stays with its placement and week' using errcode = 'MH105';
          end if;
          if (new.hours <> old.hours and old.state <> 'DRAFT')
            or (old.state, new.state) not in (('DRAFT', 'DRAFT'), ('DRAFT', 'SUBMITTED'), ('SUBMITTED', 'DRAFT'), ('SUBMITTED', 'APPROVED'), ('APPROVED', 'DRAFT'), ('APPROVED', 'INVOICED'), ('INVOICED', 'APPROVED')) then
            raise exception 'a timesheet does not take this step' using errcode = 'MH114';
          end if;
        end if;
        select p.* into place from placement p where p.partner_id = new.partner_id and p.id = new.placement_id;
        if new.state <> 'INVOICED' then
          counted_on := day_of_hours(new.week, place.minutes_by_weekday, place.starts_on, place.ends_on);
          perform refuse_settled_days(new.service_id, counted_on, counted_on + 1, 'week');
        end if;
        if tg_op = 'INSERT' or new.hours <> old.hours then
          -- A person may have one contract after another: they are locked together, in the sequence in which hours are written.
          perform from shared_worker w where (w.service_id, w.reference) = (select o.service_id, o.reference from shared_worker o where o.id = new.worker_id)
            order by w.id for no key update;
          if (place.service_id, place.worker_id) is distinct from (new.service_id, new.worker_id) then
            raise exception 'a timesheet is of the worker who is placed' using errcode = 'MH107';
          end if;
          if place.state <> 'AGREED' or new.week + 7 <= place.starts_on or new.week >= place.ends_on then
            raise exception 'the worker is not placed in that week' using errcode = 'MH124';
          end if;
          if new.hours > 0 and not has_day(place, new.week, false) then
            raise exception 'the schedule has no hours in that week' using errcode = 'MH124', detail = 'Its schedule has no day in it.';
          end if;
          if new.hours > 0 and not has_day(place, new.week, true) then
            raise exception 'the member was in a labour dispute all week' using errcode = 'MH115', column = 'week';
          end if;
          select sum(t.hours) into worked from timesheet t join shared_worker w on w.id = t.worker_id
          where t.week = new.week and (w.service_id, w.reference) = (select o.service_id, o.reference from shared_worker o where o.id = new.worker_id);
          if worked > legal_value('MAX_HOURS_WORKED', new.week) then
            raise exception 'more hours than may be worked in a week' using errcode = 'MH116',
              detail = format('In the week of %s: %s of %s hours.', new.week, trim_scale(worked), trim_scale(legal_value('MAX_HOURS_WORKED', new.week)));
          end if;
        end if;
        ${AS_BEFORE}
        return null;
      end $$;`);
    this.addSql(`create or replace function check_billing_rule() returns trigger ${DEFINER} as $$
      declare
        viewer_scope text := current_setting('hub.scope', true);
        from_day date := new.valid_from;
      begin
        ${AS_HUB}
        perform from employer_group g where g.service_id = new.service_id for key share;
        if tg_op = 'UPDATE' then
          if (new.service_id, new.mode, new.rhythm, new.flat_amount, new.sharing_key, new.weight, new.vat_treatment, new.valid_from)
            is distinct from (old.service_id, old.mode, old.rhythm, old.flat_amount, old.sharing_key, old.weight, old.vat_treatment, old.valid_from) then
            raise exception 'a billing rule changes in nothing but its end' using errcode = 'MH117';
          end if;
          from_day := least(new.valid_until, old.valid_until);
        end if;
        if exists (select from invoice i where i.partner_id = new.partner_id and i.service_id = new.service_id and i.kind <> 'CREDIT_NOTE'
          and i.period_until > from_day and (tg_op = 'UPDATE' or new.valid_until is null or i.period_from < new.valid_until)
          and not exists (select from invoice c where c.partner_id = i.partner_id and c.credits_id = i.id)) then
          raise exception 'the period is invoiced' using errcode = 'MH118';
        end if;
        ${AS_BEFORE}
        return null;
      end $$;`);
    this.hours();
    this.hoursTakenBack();
    this.costs();
  }

  private disputes(): void {
    this.addSql(`create function has_day(place placement, week date, outside_disputes boolean) returns boolean stable language sql as $$
      select exists (select from unnest(place.minutes_by_weekday) with ordinality as u(m, n)
        where u.m > 0 and week + u.n::integer - 1 >= place.starts_on and (place.ends_on is null or week + u.n::integer - 1 < place.ends_on)
          and not (outside_disputes and exists (select from labour_dispute d where d.partner_id = place.partner_id and d.service_id = place.service_id
            and daterange(d.started_on, d.ended_on) @> week + u.n::integer - 1)))
    $$;`);
    this.addSql(`create function check_hours_of_dispute() returns trigger ${DEFINER} as $$
      declare
        viewer_scope text := current_setting('hub.scope', true);
        wrong date;
      begin
        ${AS_HUB}
        -- Who writes hours meanwhile waits.
        perform from employer_group g where g.service_id = new.service_id for update;
        select t.week into wrong from timesheet t join placement p on p.partner_id = t.partner_id and p.id = t.placement_id
        where t.partner_id = new.partner_id and t.service_id = new.service_id and t.hours > 0 and t.week + 6 >= new.started_on
          and (new.ended_on is null or t.week < new.ended_on) and not has_day(p, t.week, true)
        order by t.week limit 1;
        if wrong is not null then
          raise exception 'hours were worked meanwhile' using errcode = 'MH127', detail = format('Of the week of %s.', wrong);
        end if;
        ${AS_BEFORE}
        return null;
      end $$;`);
    this.addSql(`create trigger labour_dispute_without_hours after insert or update of ended_on on labour_dispute
      for each row execute function check_hours_of_dispute();`);
  }

  /** Hours count once the member has approved them: on the last day of their week that its schedule has. */
  private hours(): void {
    for (const event of ['insert', 'update'] as const) {
      const was =
        event === 'update'
          ? `join old_rows o on o.partner_id = n.partner_id and o.id = n.id and o.approved_at is null`
          : '';
      this.addSql(`create or replace function count_timesheet_${event}() returns trigger ${DEFINER} as $$
        declare
          viewer_scope text := current_setting('hub.scope', true);
        begin
          if not exists (select from new_rows n ${was} where n.approved_at is not null and n.hours > 0) then
            return null;
          end if;
          ${AS_HUB}
          with approved as (
            select n.partner_id, n.id, n.service_id, day_of_hours(n.week, p.minutes_by_weekday, p.starts_on, p.ends_on) as day, n.hours, w.job_function, n.provenance,
              ${event === 'insert' ? 'n.approved_at' : 'clock_timestamp()'} as recorded_at
            from new_rows n ${was} join placement p on p.partner_id = n.partner_id and p.id = n.placement_id
            join shared_worker w on w.id = n.worker_id
            where n.approved_at is not null and n.hours > 0),
          shown as materialized (
            select x.service_id, x.day, x.job_function, shown_function(x.service_id, x.day, x.job_function) as category
            from (select distinct a.service_id, a.day, a.job_function from approved a) as x),
          entry as (
            select a.*, s.category, v.metric, v.quantity, md5(v.metric || ' ' || a.id || ' ' || a.recorded_at) as sign,
              (select n.id from enrolment n where n.partner_id = a.partner_id and n.service_id = a.service_id and n.active_from <= a.day
                and (n.ended_on is null or a.day < n.ended_on) order by n.active_from limit 1) as enrolment_id
            from approved a join shown s on s.service_id = a.service_id and s.day = a.day and s.job_function = a.job_function
            cross join lateral (values ('EMPLOYER_GROUP_HOURS_PLACED', a.hours), ('EMPLOYER_GROUP_MEMBERS_SERVED', 1)) as v(metric, quantity))
          insert into usage_entry (partner_id, id, service_id, metric_key, occurred_on, quantity, category, enrolment_id, source, external_reference,
              provenance, recorded_at)
            select e.partner_id, ${entryKey('e.id', 'e.sign')}, e.service_id, e.metric, e.day, e.quantity, e.category, e.enrolment_id, 'hub',
              'timesheet-' || e.id || ' ' || e.metric || ' ' || translate(left(e.sign, 12), '0123456789', 'ghijklmnop'), e.provenance, e.recorded_at
            from entry e where e.enrolment_id is not null order by e.partner_id, e.id, e.metric;
          ${AS_BEFORE}
          return null;
        end $$;`);
    }
  }

  /** Hours that are given back after their approval are taken back where they were counted. */
  private hoursTakenBack(): void {
    this.addSql(`create function count_timesheet_back() returns trigger ${DEFINER} as $$
      declare
        viewer_scope text := current_setting('hub.scope', true);
      begin
        if not exists (select from new_rows n join old_rows o on o.partner_id = n.partner_id and o.id = n.id
            where o.approved_at is not null and n.approved_at is null) then
          return null;
        end if;
        ${AS_HUB}
        insert into usage_entry (partner_id, id, service_id, metric_key, occurred_on, quantity, category, enrolment_id, source, external_reference,
            reverses_id, provenance, recorded_at)
          select u.partner_id, ${entryKey('u.id', `md5('back ' || u.id)`)}, u.service_id, u.metric_key, u.occurred_on, -u.quantity, u.category, u.enrolment_id,
            'hub', 'timesheet-back-' || u.id, u.id, u.provenance, clock_timestamp()
          from new_rows n join old_rows o on o.partner_id = n.partner_id and o.id = n.id and o.approved_at is not null
          join usage_entry u on u.partner_id = n.partner_id and u.service_id = n.service_id and u.source = 'hub' and u.reverses_id is null
            and starts_with(u.external_reference, 'timesheet-' || n.id || ' ')
          where n.approved_at is null and not exists (select from usage_entry r where r.partner_id = u.partner_id and r.reverses_id = u.id)
          order by u.partner_id, u.id;
        ${AS_BEFORE}
        return null;
      end $$;`);
    this.addSql(`create trigger timesheet_counted_back after update on timesheet
      referencing new table as new_rows old table as old_rows for each statement execute function count_timesheet_back();`);
  }

  /** A worker costs nothing at the least: who pays in proportion to less than nothing? */
  private costs(): void {
    this.addSql(`create function check_cost_of_worker() returns trigger ${DEFINER} as $$
      declare
        viewer_scope text := current_setting('hub.scope', true);
        total numeric;
      begin
        ${AS_HUB}
        select sum(case k.kind when 'SUBSIDY' then -k.amount else k.amount end) into total
        from cost_sheet c join cost_component k on k.sheet_id = c.id where c.id = new.sheet_id and c.worker_id is not null;
        if total < 0 then
          raise exception 'a worker costs less than nothing' using errcode = 'MH128', detail = format('%s euro.', total);
        end if;
        ${AS_BEFORE}
        return null;
      end $$;`);
    this.addSql(`create constraint trigger cost_of_worker after insert on cost_component deferrable initially deferred
      for each row execute function check_cost_of_worker();`);
  }

  override down(): void {
    throw new Error('Migrations go forward only: restore a backup to go back.');
  }
}
