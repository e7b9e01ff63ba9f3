import { Migration } from '@mikro-orm/migrations';

/**
 * What the metadata of clients, tokens, accounts and roles cannot say. Each rule names its search path, because it
 * may run for a role whose own is another.
 */
export class Migration20261122204200_identity_rules extends Migration {
  override name = 'Migration20261122204200_identity_rules';

  override up(): void {
    // Two, so that a token can be replaced without a pause; a third is one that nobody remembers. Of two issues that
    // arrive together the second waits for the first. The service takes the same lock before it looks.
    this.addSql(`create function check_live_tokens() returns trigger language plpgsql security definer set search_path from current as $$
      begin
        perform pg_advisory_xact_lock(hashtextextended('tokens of ' || new.client_id, 4));
        if (select count(*) from access_token t where t.client_id = new.client_id and t.expires_at > new.created_at
            and coalesce(t.revoked_at, 'infinity') > new.created_at) > 2 then
          raise exception 'two tokens of client % are live', new.client_id using errcode = 'MH060';
        end if;
        return null;
      end $$;`);
    this.addSql(`create trigger access_token_two_live after insert on access_token
      for each row execute function check_live_tokens();`);

    // What was issued stays what it is, and what was revoked stays revoked: a mistake is mended with a new token.
    this.addSql(`create function keep_token() returns trigger language plpgsql as $$
      begin
        if (old.id, old.client_id, old.prefix, old.secret_hash, old.scopes, old.created_at, old.expires_at)
            is distinct from (new.id, new.client_id, new.prefix, new.secret_hash, new.scopes, new.created_at, new.expires_at)
          or coalesce(new.revoked_at, 'infinity') > coalesce(old.revoked_at, 'infinity') then
          raise exception 'a token changes in nothing but its end' using errcode = 'MH061';
        end if;
        return new;
      end $$;`);
    this.addSql(`create trigger access_token_kept before update on access_token
      for each row execute function keep_token();`);

    // A role is granted once and ends once. To whom it was granted, and for what, says who manages the holder.
    this.addSql(`create function keep_role_grant() returns trigger language plpgsql as $$
      begin
        if (to_jsonb(old) - 'valid_until') is distinct from (to_jsonb(new) - 'valid_until')
          or coalesce(new.valid_until, 'infinity') > coalesce(old.valid_until, 'infinity') then
          raise exception 'a role that was granted changes in nothing but its end' using errcode = 'MH061';
        end if;
        return new;
      end $$;`);
    this.addSql(`create trigger role_grant_kept before update on role_grant
      for each row execute function keep_role_grant();`);
    this.addSql(`create function note_held_for() returns trigger language plpgsql as $$
      declare
        record_id uuid := coalesce(new.partner_id, new.service_id, new.provider_id, new.federation_id, new.authority_id,
          '00000000-0000-0000-0000-000000000000');
      begin
        update client c set held_for = c.held_for || record_id where c.id = new.client_id and record_id <> all (c.held_for);
        update account a set held_for = a.held_for || record_id where a.id = new.account_id and record_id <> all (a.held_for);
        return null;
      end $$;`);
    this.addSql(`create trigger role_grant_held_for after insert on role_grant
      for each row execute function note_held_for();`);

    // A sandbox is for trying: it never reaches a record that means somebody.
    this.addSql(`create function check_sandbox_role() returns trigger language plpgsql security definer set search_path from current as $$
      begin
        if (select c.is_sandbox from client c where c.id = new.client_id) and not (
          exists (select from partner p where p.id = new.partner_id and p.provenance = 'SYNTHETIC')
          or exists (select from shared_service s where s.id = new.service_id and s.provenance = 'SYNTHETIC')) then
          raise exception 'a sandbox holds roles for synthetic partners and services alone' using errcode = 'MH062';
        end if;
        return null;
      end $$;`);
    this.addSql(`create trigger role_grant_of_sandbox after insert on role_grant
      for each row execute function check_sandbox_role();`);
    this.addSql(`create function keep_sandbox() returns trigger language plpgsql as $$
      begin
        raise exception 'a client stays a sandbox, or none' using errcode = 'MH061';
      end $$;`);
    this.addSql(`create trigger client_same_sandbox before update of is_sandbox on client
      for each row when (old.is_sandbox is distinct from new.is_sandbox) execute function keep_sandbox();`);
  }

  override down(): void {
    throw new Error('Migrations go forward only: restore a backup to go back.');
  }
}
