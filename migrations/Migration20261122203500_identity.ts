import { Migration } from '@mikro-orm/migrations';

export class Migration20261122203500_identity extends Migration {
  override name = 'Migration20261122203500_identity';

  override up(): void | Promise<void> {
    this.addSql(
      `create table "account" ("id" uuid not null, "issuer" varchar(500) not null, "subject" varchar(255) not null, "held_for" uuid[] not null default '{}', "created_at" timestamptz(3) not null default now(), "closed_at" timestamptz(3) null, primary key ("id"));`,
    );
    this.addSql(`create index "account_created_at_id_index" on "account" ("created_at", "id");`);
    this.addSql(
      `alter table "account" add constraint "account_issuer_subject_unique" unique ("issuer", "subject");`,
    );

    this.addSql(
      `create table "client" ("id" uuid not null, "name" varchar(120) not null, "is_sandbox" boolean not null default false, "held_for" uuid[] not null default '{}', "created_at" timestamptz(3) not null default now(), "closed_at" timestamptz(3) null, primary key ("id"));`,
    );
    this.addSql(`create index "client_created_at_id_index" on "client" ("created_at", "id");`);

    this.addSql(
      `create table "access_token" ("id" uuid not null, "client_id" uuid not null, "prefix" varchar(12) not null, "secret_hash" char(64) not null, "scopes" text[] not null, "created_at" timestamptz(3) not null default now(), "expires_at" timestamptz(3) not null, "last_used_on" date null, "revoked_at" timestamptz(3) null, primary key ("id"));`,
    );
    this.addSql(`alter table "access_token" add constraint "access_token_prefix_unique" unique ("prefix");`);
    this.addSql(
      `create index "access_token_client_id_created_at_id_index" on "access_token" ("client_id", "created_at", "id");`,
    );

    this.addSql(
      `create table "role_grant" ("id" uuid not null, "client_id" uuid null, "account_id" uuid null, "role" varchar(40) not null, "partner_id" uuid null, "service_id" uuid null, "provider_id" uuid null, "federation_id" uuid null, "authority_id" uuid null, "granted_at" timestamptz(3) not null default now(), "granted_by" varchar(120) not null, "valid_until" timestamptz(3) null, primary key ("id"));`,
    );
    this.addSql(`create index "role_grant_client_id_index" on "role_grant" ("client_id");`);
    this.addSql(`create index "role_grant_account_id_index" on "role_grant" ("account_id");`);
    this.addSql(`create index "role_grant_partner_id_index" on "role_grant" ("partner_id");`);
    this.addSql(`create index "role_grant_service_id_index" on "role_grant" ("service_id");`);
    this.addSql(`create index "role_grant_federation_id_index" on "role_grant" ("federation_id");`);

    this.addSql(`alter table "client" add constraint "client_name" check (name ~ '\\S');`);

    this.addSql(
      `alter table "access_token" add constraint "access_token_client_id_foreign" foreign key ("client_id") references "client" ("id");`,
    );
    this.addSql(
      `alter table "access_token" add constraint "access_token_prefix" check (prefix ~ '^[a-z0-9]{8,12}\$');`,
    );
    this.addSql(
      `alter table "access_token" add constraint "access_token_secret_hash" check (secret_hash ~ '^[0-9a-f]{64}\$');`,
    );
    this.addSql(
      `alter table "access_token" add constraint "access_token_scopes" check (cardinality(scopes) > 0 and scopes <@ array['READ', 'DIRECTORY', 'ENROLMENTS', 'USAGE', 'ACCESS']);`,
    );
    this.addSql(
      `alter table "access_token" add constraint "access_token_lifetime" check (expires_at > created_at and expires_at <= created_at + '9600:00:00'::interval);`,
    );

    this.addSql(
      `alter table "role_grant" add constraint "role_grant_client_id_foreign" foreign key ("client_id") references "client" ("id") on delete no action;`,
    );
    this.addSql(
      `alter table "role_grant" add constraint "role_grant_account_id_foreign" foreign key ("account_id") references "account" ("id") on delete no action;`,
    );
    this.addSql(
      `alter table "role_grant" add constraint "role_grant_partner_id_foreign" foreign key ("partner_id") references "partner" ("id") on delete no action;`,
    );
    this.addSql(
      `alter table "role_grant" add constraint "role_grant_service_id_foreign" foreign key ("service_id") references "shared_service" ("id") on delete no action;`,
    );
    this.addSql(
      `alter table "role_grant" add constraint "role_grant_provider_id_foreign" foreign key ("provider_id") references "provider" ("id") on delete no action;`,
    );
    this.addSql(
      `alter table "role_grant" add constraint "role_grant_federation_id_foreign" foreign key ("federation_id") references "federation" ("id") on delete no action;`,
    );
    this.addSql(
      `alter table "role_grant" add constraint "role_grant_authority_id_foreign" foreign key ("authority_id") references "competent_authority" ("id") on delete no action;`,
    );
    this.addSql(
      `alter table "role_grant" add constraint "role_grant_one_holder" check (num_nonnulls(client_id, account_id) = 1);`,
    );
    this.addSql(
      `alter table "role_grant" add constraint "role_grant_record_of_role" check (case role when 'PARTNER_READER' then partner_id is not null and num_nonnulls(partner_id, service_id, provider_id, federation_id, authority_id) = 1 when 'PARTNER_EDITOR' then partner_id is not null and num_nonnulls(partner_id, service_id, provider_id, federation_id, authority_id) = 1 when 'SERVICE_STAFF' then service_id is not null and num_nonnulls(partner_id, service_id, provider_id, federation_id, authority_id) = 1 when 'SUPPLIER' then provider_id is not null and num_nonnulls(partner_id, service_id, provider_id, federation_id, authority_id) = 1 when 'FEDERATION_ANALYST' then federation_id is not null and num_nonnulls(partner_id, service_id, provider_id, federation_id, authority_id) = 1 when 'FEDERATION_ADMIN' then federation_id is not null and num_nonnulls(partner_id, service_id, provider_id, federation_id, authority_id) = 1 when 'AUTHORITY_READER' then authority_id is not null and num_nonnulls(partner_id, service_id, provider_id, federation_id, authority_id) = 1 when 'HUB_ADMIN' then num_nonnulls(partner_id, service_id, provider_id, federation_id, authority_id) = 0 else false end);`,
    );
  }

  override down(): void | Promise<void> {
    this.addSql(`alter table "role_grant" drop constraint "role_grant_account_id_foreign";`);
    this.addSql(`alter table "access_token" drop constraint "access_token_client_id_foreign";`);
    this.addSql(`alter table "role_grant" drop constraint "role_grant_client_id_foreign";`);

    this.addSql(`drop table if exists "account" cascade;`);
    this.addSql(`drop table if exists "client" cascade;`);
    this.addSql(`drop table if exists "access_token" cascade;`);
    this.addSql(`drop table if exists "role_grant" cascade;`);
  }
}
