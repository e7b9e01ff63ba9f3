import { Migration } from '@mikro-orm/migrations';

const DEFINER = 'language plpgsql security definer set search_path from current';
const AS_HUB = `perform set_config('hub.scope', '{"administrator":true}', true);`;
const AS_BEFORE = `perform set_config('hub.scope', coalesce(viewer_scope, ''), true);`;
const LIVE = `('PROPOSED', 'AGREED')`;

/** Placements end with their contract and never later than was agreed; limits ask what holds on each day, and name their numbers. */
export class Migration20261127111000_employer_group_placements extends Migration {
  override name = 'Migration20261127111000_employer_group_placements';

  override up(): void {
    this.days();
    this.records();
    this.addSql(`create or replace function check_shared_worker() returns trigger ${DEFINER} as $$
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
              and (p.ends_on is null or p.ends_on > new.employed_until) and new.employed_until is not null)
            or exists (select from timesheet t where t.worker_id = new.id and t.hours > 0 and t.week >= new.employed_until) then
            raise exception 'the worker is placed after that day' using errcode = 'MH104', column = 'employedUntil';
          end if;
        end if;
        -- A contract keeps the hours that the law asked when it was made; one that ends earlier adds nobody.
        if tg_op = 'UPDATE' and coalesce(new.employed_until, 'infinity') <= coalesce(old.employed_until, 'infinity') then
          ${AS_BEFORE}
          return null;
        end if;
        if tg_op = 'INSERT' and new.contract_hours < legal_value('MIN_CONTRACT_HOURS', new.employed_from) then
          raise exception 'a contract has too few hours' using errcode = 'MH101',
            detail = format('%s of %s hours.', trim_scale(new.contract_hours), trim_scale(legal_value('MIN_CONTRACT_HOURS', new.employed_from)));
        end if;
        -- The number passes its limit on first days alone: of a contract, or of a limit.
        select d.day into over_limit
        from (select greatest(w.employed_from, new.employed_from) as day from shared_worker w
          where w.service_id = new.service_id and daterange(w.employed_from, w.employed_until) && daterange(new.employed_from, new.employed_until)
          union select l.valid_from from legal_parameter l where l.kind = 'MAX_WORKERS'
            and daterange(new.employed_from, new.employed_until) @> l.valid_from) d
        where (select count(*) from shared_worker w where w.service_id = new.service_id and w.employed_from <= d.day
          and (w.employed_until is null or d.day < w.employed_until)) > legal_value('MAX_WORKERS', d.day)
        order by 1 limit 1;
        if over_limit is not null then
          raise exception 'too many workers on %', over_limit using errcode = 'MH102',
            detail = format('More than %s on %s.', trim_scale(legal_value('MAX_WORKERS', over_limit)), over_limit);
        end if;
        ${AS_BEFORE}
        return null;
      end $$;`);
    this.addSql(`create or replace function check_placement() returns trigger ${DEFINER} as $$
      declare
        viewer_scope text := current_setting('hub.scope', true);
        contract shared_worker;
        crowded record;
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
          if coalesce(new.ends_on, 'infinity') > coalesce(old.ends_on, 'infinity') then
            raise exception 'a placement ends earlier, and never later' using errcode = 'MH125', detail = format('It ends on %s.', old.ends_on);
          end if;
          if new.state = 'CANCELLED' and exists (select from timesheet t where t.partner_id = new.partner_id and t.placement_id = new.id and t.hours > 0) then
            raise exception 'hours were worked' using errcode = 'MH126';
          end if;
          if exists (select from timesheet t where t.partner_id = new.partner_id and t.placement_id = new.id and t.hours > 0 and t.week >= new.ends_on) then
            raise exception 'hours were worked after that' using errcode = 'MH104', column = 'endsOn';
          end if;
          if new.ends_on is distinct from old.ends_on and new.state = 'AGREED' then
            perform refuse_settled_days(new.service_id, new.ends_on, old.ends_on, 'endsOn');
          elsif old.state = 'AGREED' and new.state = 'CANCELLED' then
            perform refuse_settled_days(new.service_id, old.starts_on, old.ends_on, 'placement');
          end if;
        end if;
        if new.state not in ${LIVE} then
          ${AS_BEFORE}
          return null;
        end if;
        if tg_op = 'INSERT' or new.state <> old.state then
          perform refuse_settled_days(new.service_id, new.starts_on, new.ends_on, 'startsOn');
        end if;
        select w.* into contract from shared_worker w where w.id = new.worker_id for no key update;
        if contract.service_id is distinct from new.service_id then
          raise exception 'a placement is with the group that employs the worker' using errcode = 'MH107';
        end if;
        if new.starts_on < contract.employed_from or new.starts_on >= contract.employed_until or new.ends_on > contract.employed_until
          or (new.ends_on is null and contract.employed_until is not null) then
          raise exception 'a placement is within the contract' using errcode = 'MH108';
        end if;
        if not exists (select from employer_group g where g.service_id = new.service_id and g.authorised_from <= new.starts_on
          and (g.authorised_until is null or new.ends_on <= g.authorised_until)) then
          raise exception 'the group is not authorised' using errcode = 'MH112',
            detail = (select format('It holds from %s%s.', g.authorised_from, ' until ' || g.authorised_until || ': give an end by then')
              from employer_group g where g.service_id = new.service_id);
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
        select w.monday, trim_scale(sum(part.minutes) / 60.0) as hours into crowded
        from week w join live l on l.starts_on < w.monday + 7 and l.ends_on > w.monday
        cross join lateral (select sum(u.minutes) as minutes from unnest(l.minutes) with ordinality as u(minutes, weekday)
          where w.monday + u.weekday::integer - 1 >= l.starts_on and w.monday + u.weekday::integer - 1 < l.ends_on) as part
        group by w.monday having sum(part.minutes) > contract.contract_hours * 60
        order by w.monday limit 1;
        if crowded.monday is not null then
          raise exception 'more hours than the contract has' using errcode = 'MH110',
            detail = format('In the week of %s: %s of %s hours.', crowded.monday, trim_scale(round(crowded.hours, 2)), trim_scale(contract.contract_hours));
        end if;
        ${AS_BEFORE}
        return null;
      end $$;`);
    this.authorisation();
    // People are counted, who may have one contract after another.
    this.addSql(`create or replace view counted_contract as
      select w.service_id, w.id as worker_id, w.job_function, w.is_dedicated, w.contract_hours, w.employed_from, w.employed_until, w.reference from shared_worker w;`);
  }

  private days(): void {
    this.addSql(`create function refuse_settled_days(of_service uuid, from_day date, until_day date, of_field text) returns void language plpgsql as $$
      begin
        -- A settlement under way is waited for.
        perform from employer_group g where g.service_id = of_service for key share;
        if exists (select from invoice_run r where r.service_id = of_service and r.kind = 'SETTLEMENT'
            and daterange(r.period_from, r.period_until) && daterange(from_day, until_day)) then
          raise exception 'the year is settled' using errcode = 'MH121', column = of_field;
        end if;
      end $$;`);
    // The last day of a week that a schedule has, while it holds: in its month and year the hours of the week count.
    this.addSql(`create function day_of_hours(week date, minutes integer[], starts_on date, ends_on date) returns date immutable language sql as $$
      select coalesce(
        (select max(week + u.n::integer - 1) from unnest(minutes) with ordinality as u(m, n)
          where u.m > 0 and week + u.n::integer - 1 >= starts_on and (ends_on is null or week + u.n::integer - 1 < ends_on)),
        least(week + 6, ends_on - 1))
    $$;`);
  }

  /** What was written before: placements end with their contracts, and a request is answered once at a time. */
  private records(): void {
    // Row security binds the owner of the tables too.
    this.addSql(`select set_config('hub.scope', '{"administrator":true}', true);`);
    this.addSql('alter table placement disable trigger placement_checked;');
    this.addSql(`update placement p set ends_on = w.employed_until, version = p.version + 1 from shared_worker w
      where w.id = p.worker_id and p.state in ${LIVE} and w.employed_until is not null and (p.ends_on is null or p.ends_on > w.employed_until);`);
    this.addSql(`update placement p set request_id = null, version = p.version + 1 where p.state in ${LIVE} and p.request_id is not null
      and exists (select from placement o where o.partner_id = p.partner_id and o.request_id = p.request_id and o.state in ${LIVE} and o.id < p.id);`);
    this.addSql('alter table placement enable trigger placement_checked;');
    this.addSql(`select set_config('hub.scope', '', true);`);
    this.addSql(
      `create unique index placement_answers_once on placement (partner_id, request_id) where request_id is not null and state in ${LIVE};`,
    );
  }

  private authorisation(): void {
    this.addSql(`create function check_authorisation() returns trigger ${DEFINER} as $$
      declare
        viewer_scope text := current_setting('hub.scope', true);
      begin
        ${AS_HUB}
        if exists (select from placement p where p.service_id = new.service_id and p.state in ${LIVE} and (p.ends_on is null or p.ends_on > new.authorised_until)) then
          raise exception 'workers are placed after that day' using errcode = 'MH104', column = 'authorisedUntil';
        end if;
        ${AS_BEFORE}
        return null;
      end $$;`);
    this.addSql(`create trigger employer_group_authorised after update of authorised_until on employer_group
      for each row when (new.authorised_until is not null and new.authorised_until is distinct from old.authorised_until)
      execute function check_authorisation();`);
  }

  override down(): void {
    throw new Error('Migrations go forward only: restore a backup to go back.');
  }
}
