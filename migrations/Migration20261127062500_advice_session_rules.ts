import { Migration } from '@mikro-orm/migrations';

const DEFINER = 'language plpgsql security definer set search_path from current';
const AS_HUB = `perform set_config('hub.scope', '{"administrator":true}', true);`;
const AS_BEFORE = `perform set_config('hub.scope', coalesce(viewer_scope, ''), true);`;

const WITH_PROVENANCE = [
  'advice_session',
  'session_registration',
  'session_attendance',
  'satisfaction_score',
];
const OF_OPEN_PARTNERS = ['session_registration', 'session_attendance'];

/** Records that one notice names, so that it stays within the 8,000 bytes that PostgreSQL allows. */
const RECORDS_A_NOTICE = 50;

/** Seats, deadlines and counts of sessions, whoever writes them and however many at once: each locks the session first. */
export class Migration20261127062500_advice_session_rules extends Migration {
  override name = 'Migration20261127062500_advice_session_rules';

  override up(): void {
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
    this.sessions();
    this.registrations();
    this.attendance();
    this.notices();
  }

  private sessions(): void {
    this.addSql(`create function check_advice_session() returns trigger ${DEFINER} as $$
      declare
        viewer_scope text := current_setting('hub.scope', true);
      begin
        ${AS_HUB}
        if new.service_id is distinct from old.service_id then
          raise exception 'a session stays with its service' using errcode = 'MH133';
        end if;
        if old.cancelled_at is not null then
          raise exception 'the session is cancelled' using errcode = 'MH130';
        end if;
        if exists (select from session_attendance a where a.session_id = new.id)
          and (new.starts_at, new.ends_at, new.cancelled_at) is distinct from (old.starts_at, old.ends_at, old.cancelled_at) then
          raise exception 'the session was held' using errcode = 'MH136';
        end if;
        if new.seats_taken <> (select coalesce(sum(r.seats), 0) from session_registration r where r.session_id = new.id and r.cancelled_at is null) then
          raise exception 'seats are taken by registrations alone' using errcode = 'MH133';
        end if;
        ${AS_BEFORE}
        return null;
      end $$;`);
    this.addSql(`create trigger advice_session_checked after update on advice_session
      for each row execute function check_advice_session();`);
  }

  private registrations(): void {
    this.addSql(
      'create unique index session_registration_once on session_registration (partner_id, session_id) where cancelled_at is null;',
    );
    this.addSql(`create function check_session_registration() returns trigger ${DEFINER} as $$
      declare
        viewer_scope text := current_setting('hub.scope', true);
        of_session advice_session;
        taken integer;
      begin
        ${AS_HUB}
        select s.* into of_session from advice_session s where s.id = new.session_id for no key update;
        if of_session.service_id is distinct from new.service_id then
          raise exception 'a session of another service' using errcode = 'MH133';
        end if;
        if of_session.cancelled_at is not null then
          raise exception 'the session is cancelled' using errcode = 'MH130';
        end if;
        if tg_op = 'UPDATE' then
          if (new.partner_id, new.session_id, new.seats, new.registered_at) is distinct from (old.partner_id, old.session_id, old.seats, old.registered_at)
            or old.cancelled_at is not null then
            raise exception 'a registration changes in nothing but that it is cancelled' using errcode = 'MH133';
          end if;
          if new.cancelled_at >= of_session.starts_at then
            raise exception 'the session has begun' using errcode = 'MH134';
          end if;
        elsif new.registered_at > of_session.registration_until then
          raise exception 'registration is over' using errcode = 'MH131';
        end if;
        -- Rows of one statement are all there when the first of them is looked at.
        select coalesce(sum(r.seats), 0) into taken from session_registration r where r.session_id = new.session_id and r.cancelled_at is null;
        if taken > of_session.capacity then
          raise exception 'not so many seats are free' using errcode = 'MH132';
        end if;
        update advice_session set seats_taken = taken where id = new.session_id and seats_taken <> taken;
        ${AS_BEFORE}
        return null;
      end $$;`);
    this.addSql(`create trigger session_registration_checked after insert or update on session_registration
      for each row execute function check_session_registration();`);
  }

  private attendance(): void {
    this.addSql(`create function check_session_counts() returns trigger ${DEFINER} as $$
      declare
        viewer_scope text := current_setting('hub.scope', true);
        of_session advice_session;
      begin
        ${AS_HUB}
        select s.* into of_session from advice_session s where s.id = new.session_id for no key update;
        if of_session.service_id is distinct from new.service_id then
          raise exception 'a session of another service' using errcode = 'MH133';
        end if;
        if of_session.cancelled_at is not null then
          raise exception 'the session is cancelled' using errcode = 'MH130';
        end if;
        if of_session.starts_at > clock_timestamp() then
          raise exception 'the session has not begun' using errcode = 'MH135';
        end if;
        if (select coalesce(sum(c.answers), 0) from satisfaction_score c where c.session_id = new.session_id)
          > (select coalesce(sum(a.attended), 0) from session_attendance a where a.session_id = new.session_id) then
          raise exception 'more answers than people' using errcode = 'MH137';
        end if;
        ${AS_BEFORE}
        return null;
      end $$;`);
    for (const [table, key] of [
      ['session_attendance', 'partner_id, session_id, role'],
      ['satisfaction_score', 'session_id, grade'],
    ] as const) {
      this.addSql(`create trigger ${table}_checked after insert or update on ${table}
        for each row execute function check_session_counts();`);
      this.addSql(`create function refuse_other_${table}() returns trigger language plpgsql as $$
        begin
          raise exception 'what is counted stays what it is' using errcode = 'MH133';
        end $$;`);
      const [before, after] = ['old', 'new'].map((row) => key.replace(/\w+/g, (name) => `${row}.${name}`));
      this.addSql(`create trigger ${table}_same before update on ${table}
        for each row when ((${before}) is distinct from (${after})) execute function refuse_other_${table}();`);
    }
  }

  /** That a partner takes seats is told to who listens: the key, and nothing else. */
  private notices(): void {
    this.addSql(`create function tell_session_registration() returns trigger language plpgsql as $$
      begin
        perform pg_notify('hub_session_registered', json_build_object('records', part.records)::text)
          from (select json_agg(x.r) as records from (
              select n.partner_id::text || ' ' || n.id as r, row_number() over () as position from new_rows n) as x
            group by (x.position - 1) / ${RECORDS_A_NOTICE}) as part;
        return null;
      end $$;`);
    for (const event of ['insert', 'update']) {
      this.addSql(`create trigger session_registration_told_${event} after ${event} on session_registration
        referencing new table as new_rows for each statement execute function tell_session_registration();`);
    }
  }

  override down(): void {
    throw new Error('Migrations go forward only: restore a backup to go back.');
  }
}
