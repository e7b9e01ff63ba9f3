import { Migration } from '@mikro-orm/migrations';

const DEFINER = 'language plpgsql security definer set search_path from current';
const AS_HUB = `perform set_config('hub.scope', '{"administrator":true}', true);`;
const AS_BEFORE = `perform set_config('hub.scope', coalesce(viewer_scope, ''), true);`;

/** Access is held once at a time, and what is restricted is taken by those alone that have it. */
export class Migration20261127074500_advice_resource_rules extends Migration {
  override name = 'Migration20261127074500_advice_resource_rules';

  override up(): void {
    for (const table of ['advice_resource', 'toolbox_access', 'resource_download']) {
      this.addSql(`create trigger ${table}_provenance after insert on ${table}
        referencing new table as new_rows for each statement execute function guard_provenance();`);
      this.addSql(`create trigger ${table}_same_provenance before update of provenance on ${table}
        for each row when (old.provenance is distinct from new.provenance) execute function refuse_other_provenance();`);
    }
    for (const table of ['toolbox_access', 'resource_download']) {
      this.addSql(`create trigger ${table}_of_open_partner after insert on ${table}
        referencing new table as new_rows for each statement execute function refuse_closed_partners();`);
    }
    this.addSql(`alter table toolbox_access add constraint toolbox_access_no_overlap
      exclude using gist (partner_id with =, service_id with =, daterange(granted_on, withdrawn_on) with &&);`);
    this.addSql(`create function refuse_other_resource() returns trigger language plpgsql as $$
      begin
        raise exception 'it stays what it is' using errcode = 'MH150';
      end $$;`);
    this.addSql(`create trigger advice_resource_same before update on advice_resource
      for each row when ((old.service_id, old.code) is distinct from (new.service_id, new.code) or new.edition < old.edition)
      execute function refuse_other_resource();`);
    this.addSql(`create trigger toolbox_access_same before update on toolbox_access
      for each row when ((old.partner_id, old.service_id, old.granted_on) is distinct from (new.partner_id, new.service_id, new.granted_on))
      execute function refuse_other_resource();`);
    this.addSql(`create trigger resource_download_written_once before update or truncate on resource_download
      for each statement execute function refuse_other_resource();`);
    this.addSql(`create function check_resource_download() returns trigger ${DEFINER} as $$
      declare
        viewer_scope text := current_setting('hub.scope', true);
        taken advice_resource;
      begin
        ${AS_HUB}
        select r.* into taken from advice_resource r where r.id = new.resource_id;
        if taken.service_id is distinct from new.service_id then
          raise exception 'a resource of another service' using errcode = 'MH150';
        end if;
        if new.downloaded_on < taken.published_on or new.downloaded_on >= taken.withdrawn_on then
          raise exception 'the resource is not published then' using errcode = 'MH151';
        end if;
        if taken.is_restricted then
          -- Who takes access away at the same time waits, or is seen.
          perform from toolbox_access a where a.partner_id = new.partner_id and a.service_id = new.service_id
            and a.granted_on <= new.downloaded_on and (a.withdrawn_on is null or new.downloaded_on < a.withdrawn_on) for key share;
          if not found then
            raise exception 'the partner has no access then' using errcode = 'MH152';
          end if;
        end if;
        ${AS_BEFORE}
        return null;
      end $$;`);
    this.addSql(`create trigger resource_download_checked after insert on resource_download
      for each row execute function check_resource_download();`);
  }

  override down(): void {
    throw new Error('Migrations go forward only: restore a backup to go back.');
  }
}
