import { Migration } from '@mikro-orm/migrations';

const DEFINER = 'language plpgsql security definer set search_path from current';
const AS_HUB = `perform set_config('hub.scope', '{"administrator":true}', true);`;
const AS_BEFORE = `perform set_config('hub.scope', coalesce(viewer_scope, ''), true);`;

const WITH_PROVENANCE = [
  'employer_group',
  'shared_worker',
  'cost_sheet',
  'provision_entry',
  'placement_request',
  'placement',
  'labour_dispute',
  'timesheet',
  'billing_rule',
  'invoice_run',
  'invoice',
  'group_debt',
  'liability_share',
];
const OF_OPEN_PARTNERS = ['placement_request', 'placement', 'timesheet', 'labour_dispute', 'billing_rule'];
const WRITTEN_ONCE = [
  'invoice',
  'invoice_line',
  'invoice_run',
  'provision_entry',
  'group_debt',
  'liability_share',
];

const GROUPS = 'Law of 12 August 2000, articles 186 to 195';

/** Placements that hold a worker's hours: a proposal keeps them until it is answered. */
const LIVE = `('PROPOSED', 'AGREED')`;

/** The law's limits on shared workers and on their placements, whoever writes them and however many at once. */
export class Migration20261127004300_employer_group_rules extends Migration {
  override name = 'Migration20261127004300_employer_group_rules';

  override up(): void {
    this.legalParameters();
    this.records();
    this.workers();
    this.placements();
    this.timesheets();
    this.membership();
    this.accounts();
  }

  private legalParameters(): void {
    this.addSql(`alter table legal_parameter add constraint legal_parameter_no_overlap
      exclude using gist (kind with =, daterange(valid_from, valid_until) with &&);`);
    this.addSql(`create function legal_value(asked text, on_day date) returns numeric stable language sql as $$
        select l.value from legal_parameter l where l.kind = asked and l.valid_from <= on_day
          and (l.valid_until is null or on_day < l.valid_until)
      $$;`);
    this.addSql(`insert into legal_parameter (id, kind, value, valid_from, source) values
      ('01608a4f-8800-7000-8000-000000000001', 'MAX_WORKERS', 50, '2000-08-31', '${GROUPS}: at most 50 workers'),
      ('01608a4f-8800-7000-8000-000000000002', 'MIN_CONTRACT_HOURS', 19, '2000-08-31', '${GROUPS}: at least 19 hours a week'),
      ('01608a4f-8800-7000-8000-000000000003', 'MAX_HOURS_WORKED', 50, '1971-04-01', 'Labour Act of 16 March 1971, article 27: at most 50 hours in a week'),
      ('01608a4f-8800-7000-8000-000000000004', 'STANDARD_VAT_RATE', 21, '1996-01-01', 'Royal Decree no. 20 of 20 July 1970, article 1: 21 per cent');`);
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
    for (const table of WRITTEN_ONCE) {
      this.addSql(`create function refuse_${table}_change() returns trigger language plpgsql as $$
        begin
          raise exception '${table} is written once' using errcode = 'MH119';
        end $$;`);
      this.addSql(`create trigger ${table}_written_once before update or delete or truncate on ${table}
        for each statement execute function refuse_${table}_change();`);
    }
    this.addSql(`alter table labour_dispute add constraint labour_dispute_no_overlap
      exclude using gist (partner_id with =, service_id with =, daterange(started_on, ended_on) with &&);`);
    this.addSql(`alter table billing_rule add constraint billing_rule_no_overlap
      exclude using gist (partner_id with =, service_id with =, daterange(valid_from, valid_until) with &&);`);
    this.addSql(
      `alter table cost_sheet add constraint cost_sheet_once unique nulls not distinct (service_id, worker_id, year);`,
    );
    this.addSql(
      `create unique index invoice_credited_once on invoice (partner_id, credits_id) where credits_id is not null;`,
    );
  }

  /** Contracts: as many hours as the law asks, as many workers as it allows on any day. Who engages one locks the group first. */
  private workers(): void {
    this.addSql(`alter table shared_worker add constraint shared_worker_no_overlap
      exclude using gist (service_id with =, reference with =, daterange(employed_from, employed_until) with &&);`);
    this.addSql(`create function check_shared_worker() returns trigger ${DEFINER} as $$
      declare
        viewer_scope text := current_setting('hub.scope', true);
        over_limit date;
      begin
        ${AS_HUB}
        perform from employer_group g where g.service_id = new.service_id for no key update;
        if not found then
          raise exception 'the service has no employer group' using errcode = 'MH100';
        end if;
        if tg_op = 'UPDATE' then
          if (new.service_id, new.reference, new.job_function, new.is_dedicated, new.contract_hours, new.employed_from)
            is distinct from (old.service_id, old.reference, old.job_function, old.is_dedicated, old.contract_hours, old.employed_from) then
            raise exception 'a contract changes in nothing but its end' using errcode = 'MH103';
          end if;
          if exists (select from placement p where p.worker_id = new.id and p.state in ${LIVE}
              and (p.starts_on >= new.employed_until or p.ends_on > new.employed_until))
            or exists (select from timesheet t where t.worker_id = new.id and t.hours > 0 and t.week >= new.employed_until) then
            raise exception 'the worker is placed after that day' using errcode = 'MH104';
          end if;
        end if;
        if new.contract_hours < legal_value('MIN_CONTRACT_HOURS', new.employed_from) then
          raise exception 'a contract has too few hours' using errcode = 'MH101';
        end if;
        -- The number of workers grows on first days of contracts alone.
        select d.day into over_limit
        from (select distinct greatest(w.employed_from, new.employed_from) as day from shared_worker w
          where w.service_id = new.service_id and daterange(w.employed_from, w.employed_until) && daterange(new.employed_from, new.employed_until)) d
        where (select count(*) from shared_worker w where w.service_id = new.service_id and w.employed_from <= d.day
          and (w.employed_until is null or d.day < w.employed_until)) > legal_value('MAX_WORKERS', d.day)
        order by 1 limit 1;
        if over_limit is not null then
          raise exception 'too many workers on %', over_limit using errcode = 'MH102';
        end if;
        ${AS_BEFORE}
        return null;
      end $$;`);
    this.addSql(`create trigger shared_worker_checked after insert or update on shared_worker
      for each row execute function check_shared_worker();`);
  }

  /** Placements: with members alone, within the contract, and never more hours in a week than it has. */
  private placements(): void {
    this.addSql(`create function check_placement() returns trigger ${DEFINER} as $$
      declare
        viewer_scope text := current_setting('hub.scope', true);
        contract shared_worker;
        crowded date;
      begin
        ${AS_HUB}
        if tg_op = 'UPDATE' then
          if (new.service_id, new.worker_id, new.request_id, new.weekly_hours, new.minutes_by_weekday, new.starts_on, new.municipality_id, new.proposed_on)
            is distinct from (old.service_id, old.worker_id, old.request_id, old.weekly_hours, old.minutes_by_weekday, old.starts_on, old.municipality_id, old.proposed_on) then
            raise exception 'a placement changes in nothing but its end' using errcode = 'MH105';
          end if;
          if new.state <> old.state and not (old.state = 'PROPOSED' or (old.state = 'AGREED' and new.state = 'CANCELLED')) then
            raise exception 'a placement does not go back' using errcode = 'MH106';
          end if;
          if exists (select from timesheet t where t.partner_id = new.partner_id and t.placement_id = new.id and t.hours > 0
              and (new.state = 'CANCELLED' or t.week >= new.ends_on)) then
            raise exception 'hours were worked after that' using errcode = 'MH104';
          end if;
        end if;
        if new.state not in ${LIVE} then
          ${AS_BEFORE}
          return null;
        end if;
        select w.* into contract from shared_worker w where w.id = new.worker_id for no key update;
        if contract.service_id is distinct from new.service_id then
          raise exception 'a placement is with the group that employs the worker' using errcode = 'MH107';
        end if;
        if new.starts_on < contract.employed_from or new.starts_on >= contract.employed_until or new.ends_on > contract.employed_until then
          raise exception 'a placement is within the contract' using errcode = 'MH108';
        end if;
        if not exists (select from employer_group g where g.service_id = new.service_id and g.authorised_from <= new.starts_on
          and (g.authorised_until is null or coalesce(new.ends_on, new.starts_on + 1) <= g.authorised_until)) then
          raise exception 'the group is not authorised' using errcode = 'MH112';
        end if;
        -- An enrolment that is being ended at the same time is waited for.
        perform from enrolment n where n.partner_id = new.partner_id and n.service_id = new.service_id and n.active_from <= new.starts_on
          and (n.ended_on is null or new.ends_on <= n.ended_on) for share;
        if not found then
          raise exception 'a worker is placed with members' using errcode = 'MH109';
        end if;
        if contract.is_dedicated and exists (select from placement p where p.worker_id = new.worker_id and p.partner_id <> new.partner_id
          and p.state in ${LIVE} and daterange(p.starts_on, p.ends_on) && daterange(new.starts_on, new.ends_on)) then
          raise exception 'the worker is dedicated to another member' using errcode = 'MH111';
        end if;
        if (tg_op = 'INSERT' or new.state <> old.state) and exists (select from labour_dispute d
          where d.partner_id = new.partner_id and d.service_id = new.service_id
            and (daterange(d.started_on, d.ended_on) @> new.starts_on or daterange(d.started_on, d.ended_on) @> coalesce(new.decided_on, new.proposed_on))) then
          raise exception 'the member is in a labour dispute' using errcode = 'MH115';
        end if;
        with live as (
          select p.starts_on, coalesce(p.ends_on, contract.employed_until, 'infinity') as ends_on, p.minutes_by_weekday as minutes
          from placement p where p.worker_id = new.worker_id and p.state in ${LIVE}),
        -- Between two of these weeks no placement begins or ends.
        week as (
          select distinct date_trunc('week', x.day)::date as monday
          from live l cross join lateral (values (l.starts_on), (l.starts_on + 7), (case when isfinite(l.ends_on) then l.ends_on - 1 end)) as x(day)
          where x.day is not null)
        select w.monday into crowded
        from week w join live l on l.starts_on < w.monday + 7 and l.ends_on > w.monday
        cross join lateral (select sum(u.minutes) as minutes from unnest(l.minutes) with ordinality as u(minutes, weekday)
          where w.monday + u.weekday::integer - 1 >= l.starts_on and w.monday + u.weekday::integer - 1 < l.ends_on) as part
        group by w.monday having sum(part.minutes) > contract.contract_hours * 60
        order by w.monday limit 1;
        if crowded is not null then
          raise exception 'more hours than the contract has in the week of %', crowded using errcode = 'MH110';
        end if;
        ${AS_BEFORE}
        return null;
      end $$;`);
    this.addSql(`create trigger placement_checked after insert or update on placement
      for each row execute function check_placement();`);
    this.addSql(`create function check_labour_dispute() returns trigger language plpgsql as $$
      begin
        if (new.partner_id, new.service_id, new.started_on) is distinct from (old.partner_id, old.service_id, old.started_on) then
          raise exception 'a dispute changes in nothing but its end' using errcode = 'MH105';
        end if;
        return null;
      end $$;`);
    this.addSql(`create trigger labour_dispute_fixed after update on labour_dispute
      for each row execute function check_labour_dispute();`);
  }

  /** Timesheets: of a placement, step by step, and never changed once they are invoiced or their year is settled. */
  private timesheets(): void {
    this.addSql(`create function refuse_settled_year(of_service uuid, of_year integer) returns void language plpgsql as $$
      begin
        -- A settlement under way is waited for.
        perform from employer_group g where g.service_id = of_service for key share;
        if exists (select from invoice_run r where r.service_id = of_service and r.kind = 'SETTLEMENT' and r.period_from = make_date(of_year, 1, 1)) then
          raise exception 'the year % is settled', of_year using errcode = 'MH121';
        end if;
      end $$;`);
    this.addSql(`create function check_timesheet() returns trigger ${DEFINER} as $$
      declare
        viewer_scope text := current_setting('hub.scope', true);
        place placement;
      begin
        ${AS_HUB}
        if tg_op = 'UPDATE' then
          if old.state = 'INVOICED' then
            raise exception 'a timesheet that is invoiced does not change' using errcode = 'MH113';
          end if;
          if (new.service_id, new.worker_id, new.placement_id, new.week) is distinct from (old.service_id, old.worker_id, old.placement_id, old.week) then
            raise exception 'a timesheet stays with its placement and week' using errcode = 'MH105';
          end if;
          if (new.hours <> old.hours and old.state <> 'DRAFT')
            or (old.state, new.state) not in (('DRAFT', 'DRAFT'), ('DRAFT', 'SUBMITTED'), ('SUBMITTED', 'DRAFT'), ('SUBMITTED', 'APPROVED'), ('APPROVED', 'INVOICED')) then
            raise exception 'a timesheet does not take this step' using errcode = 'MH114';
          end if;
        end if;
        if new.state <> 'INVOICED' then
          perform refuse_settled_year(new.service_id, extract(year from new.week + 6)::integer);
        end if;
        if tg_op = 'INSERT' or new.hours <> old.hours then
          perform from shared_worker w where w.id = new.worker_id for no key update;
          select p.* into place from placement p where p.partner_id = new.partner_id and p.id = new.placement_id;
          if (place.service_id, place.worker_id) is distinct from (new.service_id, new.worker_id) then
            raise exception 'a timesheet is of the worker who is placed' using errcode = 'MH107';
          end if;
          if place.state <> 'AGREED' or new.week + 7 <= place.starts_on or new.week >= place.ends_on then
            raise exception 'the worker is not placed in that week' using errcode = 'MH124';
          end if;
          if new.hours > 0 and not exists (
            select from generate_series(greatest(new.week, place.starts_on), least(new.week + 6, place.ends_on - 1), interval '1 day') as x(day)
            where not exists (select from labour_dispute d where d.partner_id = new.partner_id and d.service_id = new.service_id
              and daterange(d.started_on, d.ended_on) @> x.day::date)) then
            raise exception 'the member was in a labour dispute all week' using errcode = 'MH115';
          end if;
          if (select sum(t.hours) from timesheet t where t.worker_id = new.worker_id and t.week = new.week) > legal_value('MAX_HOURS_WORKED', new.week) then
            raise exception 'more hours than may be worked in a week' using errcode = 'MH116';
          end if;
        end if;
        ${AS_BEFORE}
        return null;
      end $$;`);
    this.addSql(`create trigger timesheet_checked after insert or update on timesheet
      for each row execute function check_timesheet();`);
  }

  /** A member with whom somebody is placed stays one until the placements end. */
  private membership(): void {
    this.addSql(`create function check_placements_of_enrolment() returns trigger ${DEFINER} as $$
      declare
        viewer_scope text := current_setting('hub.scope', true);
      begin
        ${AS_HUB}
        if exists (select from placement p where p.partner_id = new.partner_id and p.service_id = new.service_id and p.state in ${LIVE}
          and p.starts_on >= old.active_from and (p.ends_on is null or p.ends_on > new.ended_on)) then
          raise exception 'workers are placed with the member after that day' using errcode = 'MH123';
        end if;
        ${AS_BEFORE}
        return null;
      end $$;`);
    this.addSql(`create trigger enrolment_without_placements after update of ended_on on enrolment
      for each row when (new.ended_on is not null and new.ended_on is distinct from old.ended_on and old.active_from is not null)
      execute function check_placements_of_enrolment();`);
  }

  /** Costs, provisions and invoices: what is settled stays, and the lines of an invoice come to its amount. */
  private accounts(): void {
    this.addSql(`create function check_cost_component() returns trigger ${DEFINER} as $$
      declare
        viewer_scope text := current_setting('hub.scope', true);
        sheet cost_sheet;
      begin
        ${AS_HUB}
        select c.* into sheet from cost_sheet c where c.id = case when tg_op = 'DELETE' then old.sheet_id else new.sheet_id end;
        perform refuse_settled_year(sheet.service_id, sheet.year);
        ${AS_BEFORE}
        return null;
      end $$;`);
    this.addSql(`create trigger cost_component_of_open_year after insert or update or delete on cost_component
      for each row execute function check_cost_component();`);
    this.addSql(`create function check_provision_entry() returns trigger ${DEFINER} as $$
      declare
        viewer_scope text := current_setting('hub.scope', true);
      begin
        ${AS_HUB}
        perform from employer_group g where g.service_id = new.service_id for no key update;
        perform refuse_settled_year(new.service_id, new.year);
        if (select sum(case e.kind when 'ADDITION' then e.amount else -e.amount end) from provision_entry e where e.service_id = new.service_id) < 0 then
          raise exception 'more is used than was put aside' using errcode = 'MH122';
        end if;
        ${AS_BEFORE}
        return null;
      end $$;`);
    this.addSql(`create trigger provision_entry_checked after insert on provision_entry
      for each row execute function check_provision_entry();`);
    this.addSql(`create function check_billing_rule() returns trigger ${DEFINER} as $$
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
          and i.period_until > from_day) then
          raise exception 'the period is invoiced' using errcode = 'MH118';
        end if;
        ${AS_BEFORE}
        return null;
      end $$;`);
    this.addSql(`create trigger billing_rule_checked after insert or update on billing_rule
      for each row execute function check_billing_rule();`);
    this.addSql(`create function check_invoice_sum() returns trigger ${DEFINER} as $$
      declare
        viewer_scope text := current_setting('hub.scope', true);
      begin
        ${AS_HUB}
        if (select coalesce(sum(l.amount), 0) from invoice_line l where l.partner_id = new.partner_id and l.invoice_id = new.id) <> new.net_amount then
          raise exception 'the lines do not come to the amount of the invoice' using errcode = 'MH120';
        end if;
        if new.credits_id is not null and not exists (select from invoice i where i.partner_id = new.partner_id and i.id = new.credits_id
          and i.service_id = new.service_id and i.kind <> 'CREDIT_NOTE' and i.net_amount = -new.net_amount and i.vat_amount = -new.vat_amount) then
          raise exception 'a credit note takes back a whole invoice' using errcode = 'MH120';
        end if;
        ${AS_BEFORE}
        return null;
      end $$;`);
    this.addSql(`create constraint trigger invoice_adds_up after insert on invoice deferrable initially deferred
      for each row execute function check_invoice_sum();`);
    this.addSql(`create function refuse_line_of_invoice() returns trigger ${DEFINER} as $$
      declare
        viewer_scope text := current_setting('hub.scope', true);
        wrong boolean;
      begin
        ${AS_HUB}
        select i.net_amount <> (select sum(l.amount) from invoice_line l where l.partner_id = new.partner_id and l.invoice_id = new.invoice_id)
          into wrong from invoice i where i.partner_id = new.partner_id and i.id = new.invoice_id;
        ${AS_BEFORE}
        if wrong then
          raise exception 'the lines do not come to the amount of the invoice' using errcode = 'MH120';
        end if;
        return null;
      end $$;`);
    this.addSql(`create constraint trigger invoice_line_adds_up after insert on invoice_line deferrable initially deferred
      for each row execute function refuse_line_of_invoice();`);
  }

  override down(): void {
    throw new Error('Migrations go forward only: restore a backup to go back.');
  }
}
