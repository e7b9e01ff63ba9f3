import { Migration } from '@mikro-orm/migrations';

/**
 * Whom the database knows: the role that the hub serves under, which owns nothing, the role of the views that figures
 * are counted from, and what a session says of its viewer.
 */
export class Migration20261122202000_roles extends Migration {
  override name = 'Migration20261122202000_roles';

  override up(): void {
    // Roles belong to the server: another hub may have made them, or be making them now.
    this.addSql(`do $$
      declare
        wanted text;
      begin
        foreach wanted in array array['hub_app', 'hub_figures'] loop
          begin
            if not exists (select from pg_roles where rolname = wanted) then
              execute format('create role %I nologin', wanted);
            end if;
          exception when duplicate_object or unique_violation then null;
          end;
          if not pg_has_role(current_user, wanted, 'member') then
            execute format('grant %I to %I', wanted, current_user);
          end if;
        end loop;
      exception when insufficient_privilege then
        raise exception 'the database user may not make the roles hub_app and hub_figures: as an administrator of the server run "create role hub_app; create role hub_figures; grant hub_app, hub_figures to %;" once (those that exist already: the grant alone)', current_user;
      end $$;`);

    this.addSql('grant usage on schema public to hub_app, hub_figures;');
    this.addSql('grant select, insert, update, delete on all tables in schema public to hub_app;');
    this.addSql(
      'alter default privileges in schema public grant select, insert, update, delete on tables to hub_app;',
    );
    // What the hub knows of itself is written by triggers and by the start.
    this.addSql('revoke insert, update, delete on hub_state, hub_migration from hub_app;');
    this.addSql('alter function guard_provenance() security definer set search_path = public;');

    // The keys that the viewer's roles reach, by the name of a list, and whether it is marked as something.
    this.addSql(`create function hub_scope(list text) returns uuid[] language sql stable parallel safe as $$
      select array(select jsonb_array_elements_text(nullif(current_setting('hub.scope', true), '')::jsonb -> list)::uuid) $$;`);
    this.addSql(`create function hub_is(mark text) returns boolean language sql stable parallel safe as $$
      select coalesce((nullif(current_setting('hub.scope', true), '')::jsonb ->> mark)::boolean, false) $$;`);
  }

  override down(): void {
    throw new Error('Migrations go forward only: restore a backup to go back.');
  }
}
