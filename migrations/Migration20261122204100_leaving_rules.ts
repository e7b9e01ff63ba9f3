import { Migration } from '@mikro-orm/migrations';

/** Tables that a partner that left takes no new rows in. */
const OF_OPEN_PARTNERS = [
  'data_sharing_agreement',
  'enrolment',
  'membership',
  'population_member',
  'recognition',
  'site',
];

const IS_ERASING = `coalesce(current_setting('hub.erasing', true), '') = 'on'`;

/**
 * The trail is append-only, and a partner that left changes no more. The two functions here are the only way
 * through: each sets `hub.erasing` while it runs (in its body: only a superuser may tie it to a function), and the triggers let pass what forgets, and nothing else.
 */
export class Migration20261122204100_leaving_rules extends Migration {
  override name = 'Migration20261122204100_leaving_rules';

  override up(): void {
    this.addSql(`create function guard_audit_entry() returns trigger language plpgsql as $$
      declare
        forgotten text[] := array['principal', 'before', 'after'];
      begin
        if not ${IS_ERASING}
          or to_jsonb(new) - forgotten <> to_jsonb(old) - forgotten
          or (new.principal is not null and new.principal is distinct from old.principal)
          or (new.before is not null and new.before is distinct from old.before)
          or (new.after is not null and new.after is distinct from old.after) then
          raise exception 'rows of audit_entry are never changed or deleted' using errcode = 'MH001';
        end if;
        return new;
      end $$;`);
    this.addSql(`create trigger audit_entry_forgets_alone before update on audit_entry
      for each row execute function guard_audit_entry();`);
    this.addSql(`create trigger audit_entry_append_only before delete or truncate on audit_entry
      for each statement execute function refuse_change();`);

    this.addSql(`create function forget_principals(older_than timestamptz, most integer) returns integer language plpgsql as $$
      declare
        forgotten integer;
      begin
        perform set_config('hub.erasing', 'on', true);
        update audit_entry set principal = null where id in (
          select e.id from audit_entry e where e.occurred_at < older_than and e.principal is not null
          order by e.occurred_at limit most);
        get diagnostics forgotten = row_count;
        perform set_config('hub.erasing', '', true);
        return forgotten;
      end $$;`);

    // A key's first digits are its time, which partners recorded together share; its last ones are drawn at random.
    this.addSql(`create function anonymise_partner(left_one uuid, names jsonb) returns boolean language plpgsql as $$
      declare
        short text := right(left_one::text, 8);
        is_done boolean;
      begin
        perform set_config('hub.erasing', 'on', true);
        if exists (select from partner p where p.slug = 'former-' || short and p.id <> left_one) then
          short := right(left_one::text, 12);
        end if;
        update partner p set slug = 'former-' || short, enterprise_number = null, website = null,
            name_fr = n.name_fr, name_nl = n.name_nl, name_en = n.name_en, name_de = n.name_de,
            description_fr = null, description_nl = null, description_en = null, description_de = null,
            search_text = n.search_text, sort_name_fr = n.sort_name_fr, sort_name_nl = n.sort_name_nl,
            sort_name_en = n.sort_name_en, sort_name_de = n.sort_name_de,
            updated_at = now(), version = p.version + 1
          from jsonb_populate_record(null::partner, names) n
          where p.id = left_one and p.closed_on is not null and p.enterprise_number is not null;
        is_done := found;
        if not is_done then
          perform set_config('hub.erasing', '', true);
          return false;
        end if;
        update site s set name_fr = null, name_nl = null, name_en = null, name_de = null,
            postal_code = coalesce((select t.postal_codes[1] from territory t where t.id = s.municipality_id), s.postal_code)
          where s.partner_id = left_one;
        update audit_entry e set before = null, after = null
          where e.partner_id = left_one and (e.before is not null or e.after is not null);
        perform set_config('hub.erasing', '', true);
        return true;
      end $$;`);

    this.addSql(`create function guard_closed_partner() returns trigger language plpgsql as $$
      begin
        if old.closed_on is not null then
          if not ${IS_ERASING} then
            raise exception 'the partner has left' using errcode = 'MH050';
          end if;
        elsif new.closed_on is not null and exists (select from usage_entry u where u.partner_id = new.id
          and u.occurred_on >= new.closed_on and u.reverses_id is null
          and not exists (select from usage_entry r where r.partner_id = u.partner_id and r.reverses_id = u.id)) then
          raise exception 'usage was reported for days after the partner left' using errcode = 'MH051';
        end if;
        return new;
      end $$;`);
    this.addSql(`create trigger partner_closed before update on partner
      for each row when (old.closed_on is not null or new.closed_on is not null) execute function guard_closed_partner();`);

    this.addSql(`create function refuse_closed_partners() returns trigger language plpgsql as $$
      begin
        if exists (select from new_rows n join partner p on p.id = n.partner_id where p.closed_on is not null) then
          raise exception 'the partner has left' using errcode = 'MH050';
        end if;
        return null;
      end $$;`);
    for (const table of OF_OPEN_PARTNERS) {
      this.addSql(`create trigger ${table}_of_open_partner after insert on ${table}
        referencing new table as new_rows for each statement execute function refuse_closed_partners();`);
    }
    this.addSql(`create function refuse_usage_after_closing() returns trigger language plpgsql as $$
      begin
        if exists (select from new_rows n join partner p on p.id = n.partner_id where n.occurred_on >= p.closed_on) then
          raise exception 'the partner has left before that day' using errcode = 'MH050';
        end if;
        return null;
      end $$;`);
    this.addSql(`create trigger usage_entry_before_closing after insert on usage_entry
      referencing new table as new_rows for each statement execute function refuse_usage_after_closing();`);
  }

  override down(): void {
    throw new Error('Migrations go forward only: restore a backup to go back.');
  }
}
