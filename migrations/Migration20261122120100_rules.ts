import { Migration } from '@mikro-orm/migrations';

/** Tables whose rows say where they come from. */
const WITH_PROVENANCE = [
  'federation',
  'membership',
  'partner',
  'site',
  'recognition',
  'provider',
  'shared_service',
  'population',
  'funding',
  'enrolment',
  'usage_entry',
];

const APPEND_ONLY = ['usage_entry', 'enrolment_event'];

/**
 * The rules that the entities' metadata cannot say: periods that do not overlap, entries that only their
 * metric allows, append-only tables, and what may stand beside what. Two requests arrive together, so the
 * database is where these hold; the services check the same before, to say it better.
 *
 * Error codes of class MH are the hub's own: database/database-error.ts gives them their names.
 */
export class Migration20261122120100_rules extends Migration {
  override name = 'Migration20261122120100_rules';

  override up(): void {
    this.addSql('create extension if not exists btree_gist;');

    this.addSql(`alter table membership add constraint membership_no_overlap
      exclude using gist (partner_id with =, federation_id with =, daterange(valid_from, valid_until) with &&);`);
    // A recognition without a site is of the organisation as a whole: a site of its own, for this purpose.
    this.addSql(`alter table recognition add constraint recognition_no_overlap
      exclude using gist (partner_id with =, coalesce(site_id, '00000000-0000-0000-0000-000000000000'::uuid) with =,
        authority_id with =, sector_id with =, daterange(valid_from, valid_until) with &&);`);
    this.addSql(`alter table enrolment add constraint enrolment_no_overlap
      exclude using gist (partner_id with =, service_id with =, daterange(requested_on, ended_on) with &&);`);

    this.addSql(
      'create unique index service_carrier_one_lead on service_carrier (service_id) where is_lead;',
    );
    this.addSql(
      'create unique index site_one_registered_office on site (partner_id) where is_registered_office;',
    );
    this.addSql(
      'create unique index usage_entry_reversed_once on usage_entry (partner_id, reverses_id) where reverses_id is not null;',
    );

    this.addSql('insert into hub_state (id) values (1);');

    // Lets a read refuse itself: the state is one of the hub's own error codes.
    this.addSql(`create function refuse_if(bad boolean, state text, reason text) returns boolean language plpgsql as $$
      begin
        if bad then
          raise exception '%', reason using errcode = state;
        end if;
        return false;
      end $$;`);

    this.addSql(`create function refuse_change() returns trigger language plpgsql as $$
      begin
        raise exception 'rows of % are never changed or deleted', tg_table_name using errcode = 'MH001';
      end $$;`);
    for (const table of APPEND_ONLY) {
      this.addSql(`create trigger ${table}_append_only before update or delete or truncate on ${table}
        for each statement execute function refuse_change();`);
    }

    this.addSql(`create function guard_provenance() returns trigger language plpgsql as $$
      begin
        if exists (select from new_rows where provenance = 'SYNTHETIC')
          and not (select accepts_synthetic from hub_state) then
          raise exception 'this hub is in operation and takes no synthetic records' using errcode = 'MH002';
        end if;
        if exists (select from new_rows where provenance <> 'SYNTHETIC') then
          update hub_state set holds_real_rows = true where not holds_real_rows;
        end if;
        return null;
      end $$;`);
    this.addSql(`create function refuse_other_provenance() returns trigger language plpgsql as $$
      begin
        raise exception 'the provenance of a record does not change' using errcode = 'MH003';
      end $$;`);
    for (const table of WITH_PROVENANCE) {
      this.addSql(`create trigger ${table}_provenance after insert on ${table}
        referencing new table as new_rows for each statement execute function guard_provenance();`);
      this.addSql(`create trigger ${table}_same_provenance before update of provenance on ${table}
        for each row when (old.provenance is distinct from new.provenance) execute function refuse_other_provenance();`);
    }

    // One statement for all entries of an insert. The enrolments are locked against being ended meanwhile.
    this.addSql(`create function check_usage_entries() returns trigger language plpgsql as $$
      declare
        bad record;
      begin
        perform from enrolment e
          where (e.partner_id, e.id) in (select n.partner_id, n.enrolment_id from new_entries n)
          order by e.partner_id, e.id for share of e;
        select * into bad from (
          select n.external_reference as reference, case
              when m.source <> 'USAGE_ENTRIES' then 'MH010'
              when m.service_kind is not null and m.service_kind <> s.kind then 'MH011'
              when m.needs_enrolment and n.enrolment_id is null then 'MH012'
              when n.enrolment_id is not null and not (e.service_id = n.service_id
                and coalesce(e.active_from <= n.occurred_on, false)
                and (e.ended_on is null or n.occurred_on < e.ended_on)) then 'MH013'
              when m.whole_numbers and n.quantity <> trunc(n.quantity) then 'MH014'
              when m.never_negative and n.quantity < 0 and n.reverses_id is null then 'MH015'
              when n.reverses_id is not null and not (r.service_id = n.service_id and r.metric_key = n.metric_key
                and r.occurred_on = n.occurred_on and r.category is not distinct from n.category
                and r.quantity = -n.quantity and r.reverses_id is null) then 'MH016'
            end as code
          from new_entries n
          join metric_definition m on m.key = n.metric_key
          join shared_service s on s.id = n.service_id
          left join enrolment e on e.partner_id = n.partner_id and e.id = n.enrolment_id
          left join usage_entry r on r.partner_id = n.partner_id and r.id = n.reverses_id
        ) checked where code is not null limit 1;
        if found then
          raise exception 'usage entry % is not what its metric allows', bad.reference using errcode = bad.code;
        end if;
        return null;
      end $$;`);
    this.addSql(`create trigger usage_entry_of_its_metric after insert on usage_entry
      referencing new table as new_entries for each statement execute function check_usage_entries();`);

    // What was taken back no longer holds the enrolment: neither the entry nor the one that reverses it.
    this.addSql(`create function keep_entries_enrolled() returns trigger language plpgsql as $$
      begin
        if exists (select from usage_entry u where u.partner_id = new.partner_id and u.enrolment_id = new.id
          and u.reverses_id is null
          and not exists (select from usage_entry r where r.partner_id = u.partner_id and r.reverses_id = u.id)
          and not (coalesce(new.active_from <= u.occurred_on, false)
            and (new.ended_on is null or u.occurred_on < new.ended_on))) then
          raise exception 'usage was reported for days that the enrolment would no longer hold' using errcode = 'MH020';
        end if;
        return null;
      end $$;`);
    this.addSql(`create trigger enrolment_keeps_entries after update of active_from, ended_on, service_id on enrolment
      for each row execute function keep_entries_enrolled();`);
  }

  override down(): void {
    throw new Error('Migrations go forward only: restore a backup to go back.');
  }
}
