import { Migration } from '@mikro-orm/migrations';

const DEFINER = 'language plpgsql security definer set search_path from current';
const AS_HUB = `perform set_config('hub.scope', '{"administrator":true}', true);`;
const AS_BEFORE = `perform set_config('hub.scope', coalesce(viewer_scope, ''), true);`;

const WITH_PROVENANCE = ['advice_request', 'adviser_mandate', 'adviser_booking'];
const OF_OPEN_PARTNERS = ['advice_request', 'adviser_booking'];

/** Requests go forward alone, and hours of an adviser are booked once: a booking locks the mandate first. */
export class Migration20261127071500_advice_request_rules extends Migration {
  override name = 'Migration20261127071500_advice_request_rules';

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
    this.requests();
    this.mandates();
    this.bookings();
  }

  private requests(): void {
    this.addSql(`create function check_advice_request() returns trigger language plpgsql as $$
      begin
        if (new.partner_id, new.service_id, new.topic, new.channel, new.question, new.requested_at)
          is distinct from (old.partner_id, old.service_id, old.topic, old.channel, old.question, old.requested_at)
          or old.state in ('ANSWERED', 'WITHDRAWN')
          or (old.state = 'RECEIVED' and new.state = 'ANSWERED')
          or (old.state = 'IN_PROGRESS' and new.state = 'RECEIVED') then
          raise exception 'a request goes forward alone' using errcode = 'MH140';
        end if;
        return new;
      end $$;`);
    this.addSql(`create trigger advice_request_checked before update on advice_request
      for each row execute function check_advice_request();`);
  }

  private mandates(): void {
    this.addSql(`alter table adviser_mandate add constraint adviser_mandate_no_overlap
      exclude using gist (service_id with =, reference with =, daterange(valid_from, valid_until) with &&);`);
    this.addSql(`create function check_adviser_mandate() returns trigger ${DEFINER} as $$
      declare
        viewer_scope text := current_setting('hub.scope', true);
      begin
        ${AS_HUB}
        if (new.service_id, new.reference, new.role, new.hours_per_month, new.valid_from)
          is distinct from (old.service_id, old.reference, old.role, old.hours_per_month, old.valid_from) then
          raise exception 'a mandate changes in nothing but its end' using errcode = 'MH143';
        end if;
        if exists (select from adviser_booking b where b.mandate_id = new.id and b.cancelled_at is null and b.day >= new.valid_until) then
          raise exception 'hours are booked after that' using errcode = 'MH144';
        end if;
        ${AS_BEFORE}
        return null;
      end $$;`);
    this.addSql(`create trigger adviser_mandate_checked after update on adviser_mandate
      for each row execute function check_adviser_mandate();`);
  }

  private bookings(): void {
    this.addSql(`create function check_adviser_booking() returns trigger ${DEFINER} as $$
      declare
        viewer_scope text := current_setting('hub.scope', true);
        mandate adviser_mandate;
        booked numeric;
      begin
        ${AS_HUB}
        select m.* into mandate from adviser_mandate m where m.id = new.mandate_id for no key update;
        if tg_op = 'UPDATE' and ((new.partner_id, new.mandate_id, new.request_id, new.day, new.hours)
            is distinct from (old.partner_id, old.mandate_id, old.request_id, old.day, old.hours) or old.cancelled_at is not null) then
          raise exception 'a booking changes in nothing but that it is cancelled' using errcode = 'MH145';
        end if;
        if mandate.service_id is distinct from new.service_id
          or (new.request_id is not null and not exists (select from advice_request r where r.partner_id = new.partner_id
            and r.id = new.request_id and r.service_id = new.service_id)) then
          raise exception 'a mandate or request of another service' using errcode = 'MH146';
        end if;
        if new.cancelled_at is null then
          if new.day < mandate.valid_from or new.day >= mandate.valid_until then
            raise exception 'the mandate does not hold then' using errcode = 'MH141';
          end if;
          select sum(b.hours) into booked from adviser_booking b where b.mandate_id = new.mandate_id and b.cancelled_at is null
            and b.day >= date_trunc('month', new.day::timestamp)::date and b.day < (date_trunc('month', new.day::timestamp) + interval '1 month')::date;
          if booked > mandate.hours_per_month then
            raise exception 'the month has no more hours' using errcode = 'MH142';
          end if;
        end if;
        ${AS_BEFORE}
        return null;
      end $$;`);
    this.addSql(`create trigger adviser_booking_checked after insert or update on adviser_booking
      for each row execute function check_adviser_booking();`);
  }

  override down(): void {
    throw new Error('Migrations go forward only: restore a backup to go back.');
  }
}
