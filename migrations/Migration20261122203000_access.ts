import { Migration } from '@mikro-orm/migrations';

export class Migration20261122203000_access extends Migration {
  override name = 'Migration20261122203000_access';

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
      `create table "rate_limit_use" ("principal" varchar(120) not null, "minute" timestamptz(0) not null, "hub" uuid not null, "spent" int not null, primary key ("principal", "minute", "hub"));`,
    );

    this.addSql(
      `create table "role_grant" ("id" uuid not null, "client_id" uuid null, "account_id" uuid null, "role" varchar(40) not null, "partner_id" uuid null, "service_id" uuid null, "provider_id" uuid null, "federation_id" uuid null, "authority_id" uuid null, "granted_at" timestamptz(3) not null default now(), "granted_by" varchar(120) not null, "valid_until" timestamptz(3) null, primary key ("id"));`,
    );
    this.addSql(`create index "role_grant_client_id_index" on "role_grant" ("client_id");`);
    this.addSql(`create index "role_grant_account_id_index" on "role_grant" ("account_id");`);
    this.addSql(`create index "role_grant_partner_id_index" on "role_grant" ("partner_id");`);
    this.addSql(`create index "role_grant_service_id_index" on "role_grant" ("service_id");`);
    this.addSql(`create index "role_grant_federation_id_index" on "role_grant" ("federation_id");`);

    this.addSql(
      `create table "data_sharing_agreement" ("partner_id" uuid not null, "id" uuid not null, "federation_id" uuid not null, "purpose" text not null, "rooms" text[] not null, "valid_until" date not null, "granted_at" timestamptz(3) not null default now(), "granted_by" varchar(120) not null, "revoked_at" timestamptz(3) null, "revoked_by" varchar(120) null, primary key ("partner_id", "id"));`,
    );
    this.addSql(`create index "data_sharing_agreement_id_index" on "data_sharing_agreement" ("id");`);
    this.addSql(
      `create index "data_sharing_agreement_federation_id_partner_id_index" on "data_sharing_agreement" ("federation_id", "partner_id");`,
    );

    this.addSql(
      `create table "audit_entry" ("id" uuid not null, "occurred_at" timestamptz(3) not null default now(), "principal" varchar(120) null, "mutation" varchar(80) not null, "entity" varchar(80) not null, "record" uuid null, "partner_id" uuid null, "action" text not null, "before" jsonb null, "after" jsonb null, primary key ("id"));`,
    );
    this.addSql(`create index "audit_entry_occurred_at_id_index" on "audit_entry" ("occurred_at", "id");`);
    this.addSql(`create index "audit_entry_partner_id_id_index" on "audit_entry" ("partner_id", "id");`);
    this.addSql(
      `create index "audit_entry_principal_occurred_at_id_index" on "audit_entry" ("principal", "occurred_at", "id");`,
    );

    this.addSql(`alter table "competent_authority" enable row level security;`);
    this.addSql(`alter table "competent_authority" force row level security;`);
    this.addSql(`create policy "competent_authority_see" on "competent_authority" for select using (true);`);
    this.addSql(
      `create policy "competent_authority_make" on "competent_authority" for insert with check ((select hub_is('administrator')));`,
    );
    this.addSql(
      `create policy "competent_authority_change" on "competent_authority" for update using ((select hub_is('administrator'))) with check ((select hub_is('administrator')));`,
    );
    this.addSql(
      `create policy "competent_authority_remove" on "competent_authority" for delete using ((select hub_is('administrator')));`,
    );

    this.addSql(`alter table "federation" enable row level security;`);
    this.addSql(`alter table "federation" force row level security;`);
    this.addSql(`create policy "federation_see" on "federation" for select using (true);`);
    this.addSql(
      `create policy "federation_make" on "federation" for insert with check ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and ((select hub_is('administrator'))));`,
    );
    this.addSql(
      `create policy "federation_change" on "federation" for update using ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (id = any ((select hub_scope('administered'))::uuid[]) or (select hub_is('administrator')))) with check ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (id = any ((select hub_scope('administered'))::uuid[]) or (select hub_is('administrator'))));`,
    );
    this.addSql(
      `create policy "federation_remove" on "federation" for delete using ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and ((select hub_is('administrator'))));`,
    );

    this.addSql(`create index "idempotency_record_created_at_index" on "idempotency_record" ("created_at");`);
    this.addSql(`alter table "idempotency_record" enable row level security;`);
    this.addSql(`alter table "idempotency_record" force row level security;`);
    this.addSql(
      `create policy "idempotency_record_see" on "idempotency_record" for select using ("idempotency_record".principal = current_setting('hub.viewer', true) or (select hub_is('administrator')));`,
    );
    this.addSql(
      `create policy "idempotency_record_make" on "idempotency_record" for insert with check ("idempotency_record".principal = current_setting('hub.viewer', true) or (select hub_is('administrator')));`,
    );
    this.addSql(
      `create policy "idempotency_record_change" on "idempotency_record" for update using ((select hub_is('administrator'))) with check ((select hub_is('administrator')));`,
    );
    this.addSql(
      `create policy "idempotency_record_remove" on "idempotency_record" for delete using ((select hub_is('administrator')));`,
    );

    this.addSql(`alter table "metric_definition" enable row level security;`);
    this.addSql(`alter table "metric_definition" force row level security;`);
    this.addSql(`create policy "metric_definition_see" on "metric_definition" for select using (true);`);
    this.addSql(
      `create policy "metric_definition_make" on "metric_definition" for insert with check ((select hub_is('administrator')));`,
    );
    this.addSql(
      `create policy "metric_definition_change" on "metric_definition" for update using ((select hub_is('administrator'))) with check ((select hub_is('administrator')));`,
    );
    this.addSql(
      `create policy "metric_definition_remove" on "metric_definition" for delete using ((select hub_is('administrator')));`,
    );

    this.addSql(`alter table "population" enable row level security;`);
    this.addSql(`alter table "population" force row level security;`);
    this.addSql(`create policy "population_see" on "population" for select using (true);`);
    this.addSql(
      `create policy "population_make" on "population" for insert with check ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and ((select hub_is('administrator'))));`,
    );
    this.addSql(
      `create policy "population_change" on "population" for update using ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and ((select hub_is('administrator')))) with check ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and ((select hub_is('administrator'))));`,
    );
    this.addSql(
      `create policy "population_remove" on "population" for delete using ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and ((select hub_is('administrator'))));`,
    );

    this.addSql(`alter table "provider" enable row level security;`);
    this.addSql(`alter table "provider" force row level security;`);
    this.addSql(`create policy "provider_see" on "provider" for select using (true);`);
    this.addSql(
      `create policy "provider_make" on "provider" for insert with check ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and ((select hub_is('administrator'))));`,
    );
    this.addSql(
      `create policy "provider_change" on "provider" for update using ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and ((select hub_is('administrator')))) with check ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and ((select hub_is('administrator'))));`,
    );
    this.addSql(
      `create policy "provider_remove" on "provider" for delete using ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and ((select hub_is('administrator'))));`,
    );

    this.addSql(`alter table "sector" enable row level security;`);
    this.addSql(`alter table "sector" force row level security;`);
    this.addSql(`create policy "sector_see" on "sector" for select using (true);`);
    this.addSql(
      `create policy "sector_make" on "sector" for insert with check ((select hub_is('administrator')));`,
    );
    this.addSql(
      `create policy "sector_change" on "sector" for update using ((select hub_is('administrator'))) with check ((select hub_is('administrator')));`,
    );
    this.addSql(
      `create policy "sector_remove" on "sector" for delete using ((select hub_is('administrator')));`,
    );

    this.addSql(`alter table "shared_service" enable row level security;`);
    this.addSql(`alter table "shared_service" force row level security;`);
    this.addSql(`create policy "shared_service_see" on "shared_service" for select using (true);`);
    this.addSql(
      `create policy "shared_service_make" on "shared_service" for insert with check ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (federation_id = any ((select hub_scope('administered'))::uuid[]) or (select hub_is('administrator'))));`,
    );
    this.addSql(
      `create policy "shared_service_change" on "shared_service" for update using ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (federation_id = any ((select hub_scope('administered'))::uuid[]) or (select hub_is('administrator')))) with check ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (federation_id = any ((select hub_scope('administered'))::uuid[]) or (select hub_is('administrator'))));`,
    );
    this.addSql(
      `create policy "shared_service_remove" on "shared_service" for delete using ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and ((select hub_is('administrator'))));`,
    );

    this.addSql(`alter table "service_carrier" enable row level security;`);
    this.addSql(`alter table "service_carrier" force row level security;`);
    this.addSql(`create policy "service_carrier_see" on "service_carrier" for select using (true);`);
    this.addSql(
      `create policy "service_carrier_make" on "service_carrier" for insert with check (exists (select from shared_service cs where cs.id = "service_carrier".service_id and cs.federation_id = any((select hub_scope('administered'))::uuid[])) or (select hub_is('administrator')));`,
    );
    this.addSql(
      `create policy "service_carrier_change" on "service_carrier" for update using ((select hub_is('administrator'))) with check ((select hub_is('administrator')));`,
    );
    this.addSql(
      `create policy "service_carrier_remove" on "service_carrier" for delete using ((select hub_is('administrator')));`,
    );

    this.addSql(`alter table "published_figure" enable row level security;`);
    this.addSql(`alter table "published_figure" force row level security;`);
    this.addSql(`create policy "published_figure_see" on "published_figure" for select using (true);`);
    this.addSql(
      `create policy "published_figure_make" on "published_figure" for insert with check ((select hub_is('administrator')));`,
    );
    this.addSql(
      `create policy "published_figure_change" on "published_figure" for update using ((select hub_is('administrator'))) with check ((select hub_is('administrator')));`,
    );
    this.addSql(
      `create policy "published_figure_remove" on "published_figure" for delete using ((select hub_is('administrator')));`,
    );

    this.addSql(`alter table "funding" enable row level security;`);
    this.addSql(`alter table "funding" force row level security;`);
    this.addSql(`create policy "funding_see" on "funding" for select using (true);`);
    this.addSql(
      `create policy "funding_make" on "funding" for insert with check ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and ((select hub_is('administrator'))));`,
    );
    this.addSql(
      `create policy "funding_change" on "funding" for update using ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and ((select hub_is('administrator')))) with check ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and ((select hub_is('administrator'))));`,
    );
    this.addSql(
      `create policy "funding_remove" on "funding" for delete using ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and ((select hub_is('administrator'))));`,
    );

    this.addSql(`alter table "territory" enable row level security;`);
    this.addSql(`alter table "territory" force row level security;`);
    this.addSql(`create policy "territory_see" on "territory" for select using (true);`);
    this.addSql(
      `create policy "territory_make" on "territory" for insert with check ((select hub_is('administrator')));`,
    );
    this.addSql(
      `create policy "territory_change" on "territory" for update using ((select hub_is('administrator'))) with check ((select hub_is('administrator')));`,
    );
    this.addSql(
      `create policy "territory_remove" on "territory" for delete using ((select hub_is('administrator')));`,
    );

    this.addSql(`alter table "partner" drop constraint "partner_enterprise_number";`);
    this.addSql(`alter table "partner" add "closed_on" date null;`);
    this.addSql(`alter table "partner" alter column "enterprise_number" drop not null;`);
    this.addSql(`create index "partner_closed_on_index" on "partner" ("closed_on");`);
    this.addSql(
      `alter table "partner" add constraint "partner_numbered" check (enterprise_number is not null or closed_on is not null);`,
    );
    this.addSql(
      `alter table "partner" add constraint "partner_enterprise_number" check (enterprise_number is null or case when enterprise_number ~ '^[01][0-9]{9}\$' then right(enterprise_number, 2)::int = 97 - (left(enterprise_number, 8)::int % 97) else false end);`,
    );
    this.addSql(`alter table "partner" enable row level security;`);
    this.addSql(`alter table "partner" force row level security;`);
    this.addSql(`create policy "partner_see" on "partner" for select using (true);`);
    this.addSql(
      `create policy "partner_make" on "partner" for insert with check ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (cardinality((select hub_scope('administered'))::uuid[]) > 0 or (select hub_is('administrator'))));`,
    );
    this.addSql(
      `create policy "partner_change" on "partner" for update using ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (id = any ((select hub_scope('editable'))::uuid[]) or (select hub_is('administrator')))) with check ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (id = any ((select hub_scope('editable'))::uuid[]) or (select hub_is('administrator'))));`,
    );
    this.addSql(
      `create policy "partner_remove" on "partner" for delete using ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and ((select hub_is('administrator'))));`,
    );

    this.addSql(`alter table "site" enable row level security;`);
    this.addSql(`alter table "site" force row level security;`);
    this.addSql(`create policy "site_see" on "site" for select using (true);`);
    this.addSql(`create policy "site_make" on "site" for insert with check ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (partner_id = any ((select hub_scope('editable'))::uuid[]) or (cardinality((select hub_scope('administered'))::uuid[]) > 0 and exists (select from partner np where np.id = "site".partner_id
      and np.xmin = pg_current_xact_id()::xid)) or (select hub_is('administrator'))));`);
    this.addSql(
      `create policy "site_change" on "site" for update using ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (partner_id = any ((select hub_scope('editable'))::uuid[]) or (select hub_is('administrator')))) with check ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (partner_id = any ((select hub_scope('editable'))::uuid[]) or (select hub_is('administrator'))));`,
    );
    this.addSql(
      `create policy "site_remove" on "site" for delete using ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and ((select hub_is('administrator'))));`,
    );

    this.addSql(`alter table "recognition" enable row level security;`);
    this.addSql(`alter table "recognition" force row level security;`);
    this.addSql(`create policy "recognition_see" on "recognition" for select using (true);`);
    this.addSql(`create policy "recognition_make" on "recognition" for insert with check ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (partner_id = any ((select hub_scope('editable'))::uuid[]) or (cardinality((select hub_scope('administered'))::uuid[]) > 0 and exists (select from partner np where np.id = "recognition".partner_id
      and np.xmin = pg_current_xact_id()::xid)) or (select hub_is('administrator'))));`);
    this.addSql(
      `create policy "recognition_change" on "recognition" for update using ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (partner_id = any ((select hub_scope('editable'))::uuid[]) or (select hub_is('administrator')))) with check ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (partner_id = any ((select hub_scope('editable'))::uuid[]) or (select hub_is('administrator'))));`,
    );
    this.addSql(
      `create policy "recognition_remove" on "recognition" for delete using ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and ((select hub_is('administrator'))));`,
    );

    this.addSql(`alter table "population_member" enable row level security;`);
    this.addSql(`alter table "population_member" force row level security;`);
    this.addSql(`create policy "population_member_see" on "population_member" for select using (true);`);
    this.addSql(
      `create policy "population_member_make" on "population_member" for insert with check ((select hub_is('administrator')));`,
    );
    this.addSql(
      `create policy "population_member_change" on "population_member" for update using ((select hub_is('administrator'))) with check ((select hub_is('administrator')));`,
    );
    this.addSql(
      `create policy "population_member_remove" on "population_member" for delete using ((select hub_is('administrator')));`,
    );

    this.addSql(`alter table "membership" enable row level security;`);
    this.addSql(`alter table "membership" force row level security;`);
    this.addSql(`create policy "membership_see" on "membership" for select using (true);`);
    this.addSql(
      `create policy "membership_make" on "membership" for insert with check ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (federation_id = any ((select hub_scope('administered'))::uuid[]) or (select hub_is('administrator'))));`,
    );
    this.addSql(
      `create policy "membership_change" on "membership" for update using ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (federation_id = any ((select hub_scope('administered'))::uuid[]) or partner_id = any ((select hub_scope('editable'))::uuid[]) or (select hub_is('administrator')))) with check ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (federation_id = any ((select hub_scope('administered'))::uuid[]) or partner_id = any ((select hub_scope('editable'))::uuid[]) or (select hub_is('administrator'))));`,
    );
    this.addSql(
      `create policy "membership_remove" on "membership" for delete using ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and ((select hub_is('administrator'))));`,
    );

    this.addSql(`alter table "enrolment" enable row level security;`);
    this.addSql(`alter table "enrolment" force row level security;`);
    this.addSql(`create policy "enrolment_see" on "enrolment" for select using (provenance = 'SYNTHETIC' or partner_id = any ((select hub_scope('partners'))::uuid[]) or service_id = any ((select hub_scope('services'))::uuid[]) or "enrolment".service_id in (select ps.id from shared_service ps where ps.enrolments_public) or exists (select from data_sharing_agreement dsa where dsa.partner_id = "enrolment".partner_id
      and dsa.federation_id = any((select hub_scope('federations'))::uuid[]) and 'ENROLMENTS' = any(dsa.rooms) and dsa.revoked_at is null
      and dsa.valid_until > (now() at time zone 'Europe/Brussels')::date
      and exists (select from membership dsm where dsm.partner_id = dsa.partner_id and dsm.federation_id = dsa.federation_id
        and dsm.valid_from <= (now() at time zone 'Europe/Brussels')::date
        and (dsm.valid_until is null or (now() at time zone 'Europe/Brussels')::date < dsm.valid_until))) or (select hub_is('administrator')));`);
    this.addSql(
      `create policy "enrolment_make" on "enrolment" for insert with check ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (partner_id = any ((select hub_scope('editable'))::uuid[]) or service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator'))));`,
    );
    this.addSql(
      `create policy "enrolment_change" on "enrolment" for update using ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (partner_id = any ((select hub_scope('editable'))::uuid[]) or service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator')))) with check ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (partner_id = any ((select hub_scope('editable'))::uuid[]) or service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator'))));`,
    );
    this.addSql(
      `create policy "enrolment_remove" on "enrolment" for delete using ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and ((select hub_is('administrator'))));`,
    );
    this.addSql(`create policy "enrolment_count" on "enrolment" for select to "hub_figures" using (provenance = 'SYNTHETIC' or partner_id = any ((select hub_scope('partners'))::uuid[]) or service_id = any ((select hub_scope('services'))::uuid[]) or "enrolment".service_id in (select ps.id from shared_service ps where ps.enrolments_public) or exists (select from membership wm where wm.partner_id = "enrolment".partner_id and wm.federation_id = any((select hub_scope('federations'))::uuid[])
      and wm.valid_from <= coalesce("enrolment".ended_on, 'infinity') and (wm.valid_until is null or "enrolment".requested_on < wm.valid_until)) or (exists (select from recognition wr where wr.partner_id = "enrolment".partner_id and wr.authority_id = any((select hub_scope('authorities'))::uuid[])
        and wr.valid_from <= coalesce("enrolment".ended_on, 'infinity') and (wr.valid_until is null or "enrolment".requested_on < wr.valid_until))
      or exists (select from funding wf where wf.service_id = "enrolment".service_id and wf.authority_id = any((select hub_scope('authorities'))::uuid[])
        and wf.period_from <= coalesce("enrolment".ended_on, 'infinity') and "enrolment".requested_on < wf.period_until)) or (select hub_is('administrator')));`);

    this.addSql(`alter table "enrolment_event" enable row level security;`);
    this.addSql(`alter table "enrolment_event" force row level security;`);
    this.addSql(`create policy "enrolment_event_see" on "enrolment_event" for select using (exists (select from enrolment he where he.partner_id = "enrolment_event".partner_id and he.id = "enrolment_event".enrolment_id
        and he.provenance = 'SYNTHETIC') or partner_id = any ((select hub_scope('partners'))::uuid[]) or exists (select from enrolment he where he.partner_id = "enrolment_event".partner_id and he.id = "enrolment_event".enrolment_id
        and he.service_id = any((select hub_scope('services'))::uuid[])) or exists (select from data_sharing_agreement dsa where dsa.partner_id = "enrolment_event".partner_id
      and dsa.federation_id = any((select hub_scope('federations'))::uuid[]) and 'ENROLMENTS' = any(dsa.rooms) and dsa.revoked_at is null
      and dsa.valid_until > (now() at time zone 'Europe/Brussels')::date
      and exists (select from membership dsm where dsm.partner_id = dsa.partner_id and dsm.federation_id = dsa.federation_id
        and dsm.valid_from <= (now() at time zone 'Europe/Brussels')::date
        and (dsm.valid_until is null or (now() at time zone 'Europe/Brussels')::date < dsm.valid_until))) or (select hub_is('administrator')));`);
    this.addSql(`create policy "enrolment_event_make" on "enrolment_event" for insert with check (partner_id = any ((select hub_scope('editable'))::uuid[]) or exists (select from enrolment he where he.partner_id = "enrolment_event".partner_id and he.id = "enrolment_event".enrolment_id
        and he.service_id = any((select hub_scope('services'))::uuid[])) or (select hub_is('administrator')));`);
    this.addSql(
      `create policy "enrolment_event_change" on "enrolment_event" for update using ((select hub_is('administrator'))) with check ((select hub_is('administrator')));`,
    );
    this.addSql(
      `create policy "enrolment_event_remove" on "enrolment_event" for delete using ((select hub_is('administrator')));`,
    );

    this.addSql(`alter table "usage_entry" drop constraint "usage_entry_source_external_reference_unique";`);
    this.addSql(
      `alter table "usage_entry" add constraint "usage_entry_reference_unique" unique ("partner_id", "service_id", "source", "external_reference");`,
    );
    this.addSql(`alter table "usage_entry" enable row level security;`);
    this.addSql(`alter table "usage_entry" force row level security;`);
    this.addSql(`create policy "usage_entry_see" on "usage_entry" for select using (provenance = 'SYNTHETIC' or partner_id = any ((select hub_scope('partners'))::uuid[]) or service_id = any ((select hub_scope('services'))::uuid[]) or exists (select from data_sharing_agreement dsa where dsa.partner_id = "usage_entry".partner_id
      and dsa.federation_id = any((select hub_scope('federations'))::uuid[]) and 'USAGE' = any(dsa.rooms) and dsa.revoked_at is null
      and dsa.valid_until > (now() at time zone 'Europe/Brussels')::date
      and exists (select from membership dsm where dsm.partner_id = dsa.partner_id and dsm.federation_id = dsa.federation_id
        and dsm.valid_from <= (now() at time zone 'Europe/Brussels')::date
        and (dsm.valid_until is null or (now() at time zone 'Europe/Brussels')::date < dsm.valid_until))) or (select hub_is('administrator')));`);
    this.addSql(
      `create policy "usage_entry_make" on "usage_entry" for insert with check ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (("usage_entry".partner_id = any ((select hub_scope('editable'))::uuid[]) and "usage_entry".enrolment_id is not null) or service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator'))));`,
    );
    this.addSql(
      `create policy "usage_entry_change" on "usage_entry" for update using ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (partner_id = any ((select hub_scope('editable'))::uuid[]) or service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator')))) with check ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (partner_id = any ((select hub_scope('editable'))::uuid[]) or service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator'))));`,
    );
    this.addSql(
      `create policy "usage_entry_remove" on "usage_entry" for delete using ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and ((select hub_is('administrator'))));`,
    );
    this.addSql(`create policy "usage_entry_count" on "usage_entry" for select to "hub_figures" using (provenance = 'SYNTHETIC' or partner_id = any ((select hub_scope('partners'))::uuid[]) or service_id = any ((select hub_scope('services'))::uuid[]) or exists (select from membership wm where wm.partner_id = "usage_entry".partner_id and wm.federation_id = any((select hub_scope('federations'))::uuid[])
      and wm.valid_from <= "usage_entry".occurred_on and (wm.valid_until is null or "usage_entry".occurred_on < wm.valid_until)) or (exists (select from recognition wr where wr.partner_id = "usage_entry".partner_id and wr.authority_id = any((select hub_scope('authorities'))::uuid[])
        and wr.valid_from <= "usage_entry".occurred_on and (wr.valid_until is null or "usage_entry".occurred_on < wr.valid_until))
      or exists (select from funding wf where wf.service_id = "usage_entry".service_id and wf.authority_id = any((select hub_scope('authorities'))::uuid[])
        and wf.period_from <= "usage_entry".occurred_on and "usage_entry".occurred_on < wf.period_until)) or (select hub_is('administrator')));`);

    this.addSql(`alter table "account" enable row level security;`);
    this.addSql(`alter table "account" force row level security;`);
    this.addSql(
      `create policy "account_see" on "account" for select using (("account".held_for && (select hub_scope('administered'))::uuid[] and not (select hub_is('sandbox'))) or 'account_' || "account".id = current_setting('hub.viewer', true) or (select hub_is('administrator')));`,
    );
    this.addSql(
      `create policy "account_make" on "account" for insert with check ((select hub_is('administrator')));`,
    );
    this.addSql(
      `create policy "account_change" on "account" for update using (("account".held_for && (select hub_scope('administered'))::uuid[] and not (select hub_is('sandbox'))) or (select hub_is('administrator'))) with check (("account".held_for && (select hub_scope('administered'))::uuid[] and not (select hub_is('sandbox'))) or (select hub_is('administrator')));`,
    );
    this.addSql(
      `create policy "account_remove" on "account" for delete using ((select hub_is('administrator')));`,
    );

    this.addSql(`alter table "client" add constraint "client_name" check (name ~ '\\S');`);
    this.addSql(`alter table "client" enable row level security;`);
    this.addSql(`alter table "client" force row level security;`);
    this.addSql(
      `create policy "client_see" on "client" for select using (("client".held_for <@ (select hub_scope('grantable'))::uuid[] and cardinality((select hub_scope('grantable'))::uuid[]) > 0 and ("client".is_sandbox or not (select hub_is('sandbox')))) or 'client_' || "client".id = current_setting('hub.viewer', true) or (select hub_is('administrator')));`,
    );
    this.addSql(
      `create policy "client_make" on "client" for insert with check (("client".held_for <@ (select hub_scope('grantable'))::uuid[] and cardinality((select hub_scope('grantable'))::uuid[]) > 0 and ("client".is_sandbox or not (select hub_is('sandbox')))) or (select hub_is('administrator')));`,
    );
    this.addSql(
      `create policy "client_change" on "client" for update using (("client".held_for <@ (select hub_scope('grantable'))::uuid[] and cardinality((select hub_scope('grantable'))::uuid[]) > 0 and ("client".is_sandbox or not (select hub_is('sandbox')))) or (select hub_is('administrator'))) with check (("client".held_for <@ (select hub_scope('grantable'))::uuid[] and cardinality((select hub_scope('grantable'))::uuid[]) > 0 and ("client".is_sandbox or not (select hub_is('sandbox')))) or (select hub_is('administrator')));`,
    );
    this.addSql(
      `create policy "client_remove" on "client" for delete using ((select hub_is('administrator')));`,
    );

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
    this.addSql(`alter table "access_token" enable row level security;`);
    this.addSql(`alter table "access_token" force row level security;`);
    this.addSql(
      `create policy "access_token_see" on "access_token" for select using (exists (select from client mc where mc.id = "access_token".client_id and (mc.held_for <@ (select hub_scope('grantable'))::uuid[] and cardinality((select hub_scope('grantable'))::uuid[]) > 0 and (mc.is_sandbox or not (select hub_is('sandbox'))))) or 'client_' || "access_token".client_id = current_setting('hub.viewer', true) or (select hub_is('administrator')));`,
    );
    this.addSql(
      `create policy "access_token_make" on "access_token" for insert with check (exists (select from client mc where mc.id = "access_token".client_id and (mc.held_for <@ (select hub_scope('grantable'))::uuid[] and cardinality((select hub_scope('grantable'))::uuid[]) > 0 and (mc.is_sandbox or not (select hub_is('sandbox'))))) or (select hub_is('administrator')));`,
    );
    this.addSql(
      `create policy "access_token_change" on "access_token" for update using (exists (select from client mc where mc.id = "access_token".client_id and (mc.held_for <@ (select hub_scope('grantable'))::uuid[] and cardinality((select hub_scope('grantable'))::uuid[]) > 0 and (mc.is_sandbox or not (select hub_is('sandbox'))))) or (select hub_is('administrator'))) with check (exists (select from client mc where mc.id = "access_token".client_id and (mc.held_for <@ (select hub_scope('grantable'))::uuid[] and cardinality((select hub_scope('grantable'))::uuid[]) > 0 and (mc.is_sandbox or not (select hub_is('sandbox'))))) or (select hub_is('administrator')));`,
    );
    this.addSql(
      `create policy "access_token_remove" on "access_token" for delete using ((select hub_is('administrator')));`,
    );

    this.addSql(`alter table "rate_limit_use" enable row level security;`);
    this.addSql(`alter table "rate_limit_use" force row level security;`);
    this.addSql(
      `create policy "rate_limit_use_see" on "rate_limit_use" for select using ((select hub_is('administrator')));`,
    );
    this.addSql(
      `create policy "rate_limit_use_make" on "rate_limit_use" for insert with check ((select hub_is('administrator')));`,
    );
    this.addSql(
      `create policy "rate_limit_use_change" on "rate_limit_use" for update using ((select hub_is('administrator'))) with check ((select hub_is('administrator')));`,
    );
    this.addSql(
      `create policy "rate_limit_use_remove" on "rate_limit_use" for delete using ((select hub_is('administrator')));`,
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
    this.addSql(`alter table "role_grant" enable row level security;`);
    this.addSql(`alter table "role_grant" force row level security;`);
    this.addSql(`create policy "role_grant_see" on "role_grant" for select using (("role_grant".client_id is not null and coalesce("role_grant".partner_id, "role_grant".service_id, "role_grant".federation_id) = any ((select hub_scope('grantable'))::uuid[])
    and exists (select from client gc where gc.id = "role_grant".client_id and (gc.is_sandbox or not (select hub_is('sandbox'))))) or ("role_grant".account_id is not null and "role_grant".federation_id = any ((select hub_scope('administered'))::uuid[]) and not (select hub_is('sandbox'))) or 'client_' || "role_grant".client_id = current_setting('hub.viewer', true) or 'account_' || "role_grant".account_id = current_setting('hub.viewer', true) or (select hub_is('administrator')));`);
    this.addSql(`create policy "role_grant_make" on "role_grant" for insert with check (("role_grant".client_id is not null and coalesce("role_grant".partner_id, "role_grant".service_id, "role_grant".federation_id) = any ((select hub_scope('grantable'))::uuid[])
    and exists (select from client gc where gc.id = "role_grant".client_id and (gc.is_sandbox or not (select hub_is('sandbox'))))) or ("role_grant".account_id is not null and "role_grant".federation_id = any ((select hub_scope('administered'))::uuid[]) and not (select hub_is('sandbox'))) or (select hub_is('administrator')));`);
    this.addSql(`create policy "role_grant_change" on "role_grant" for update using (("role_grant".client_id is not null and coalesce("role_grant".partner_id, "role_grant".service_id, "role_grant".federation_id) = any ((select hub_scope('grantable'))::uuid[])
    and exists (select from client gc where gc.id = "role_grant".client_id and (gc.is_sandbox or not (select hub_is('sandbox'))))) or ("role_grant".account_id is not null and "role_grant".federation_id = any ((select hub_scope('administered'))::uuid[]) and not (select hub_is('sandbox'))) or (select hub_is('administrator'))) with check (("role_grant".client_id is not null and coalesce("role_grant".partner_id, "role_grant".service_id, "role_grant".federation_id) = any ((select hub_scope('grantable'))::uuid[])
    and exists (select from client gc where gc.id = "role_grant".client_id and (gc.is_sandbox or not (select hub_is('sandbox'))))) or ("role_grant".account_id is not null and "role_grant".federation_id = any ((select hub_scope('administered'))::uuid[]) and not (select hub_is('sandbox'))) or (select hub_is('administrator')));`);
    this.addSql(
      `create policy "role_grant_remove" on "role_grant" for delete using ((select hub_is('administrator')));`,
    );

    this.addSql(
      `alter table "data_sharing_agreement" add constraint "data_sharing_agreement_partner_id_foreign" foreign key ("partner_id") references "partner" ("id");`,
    );
    this.addSql(
      `alter table "data_sharing_agreement" add constraint "data_sharing_agreement_federation_id_foreign" foreign key ("federation_id") references "federation" ("id");`,
    );
    this.addSql(
      `alter table "data_sharing_agreement" add constraint "data_sharing_agreement_rooms" check (rooms <@ array['DIRECTORY', 'ENROLMENTS', 'USAGE']::text[] and cardinality(rooms) > 0);`,
    );
    this.addSql(
      `alter table "data_sharing_agreement" add constraint "data_sharing_agreement_revoked" check ((revoked_at is null) = (revoked_by is null));`,
    );
    this.addSql(`alter table "data_sharing_agreement" enable row level security;`);
    this.addSql(`alter table "data_sharing_agreement" force row level security;`);
    this.addSql(
      `create policy "data_sharing_agreement_see" on "data_sharing_agreement" for select using (partner_id = any ((select hub_scope('partners'))::uuid[]) or federation_id = any ((select hub_scope('federations'))::uuid[]) or (select hub_is('administrator')));`,
    );
    this.addSql(
      `create policy "data_sharing_agreement_make" on "data_sharing_agreement" for insert with check (partner_id = any ((select hub_scope('editable'))::uuid[]) or (select hub_is('administrator')));`,
    );
    this.addSql(
      `create policy "data_sharing_agreement_change" on "data_sharing_agreement" for update using (partner_id = any ((select hub_scope('editable'))::uuid[]) or (select hub_is('administrator'))) with check (partner_id = any ((select hub_scope('editable'))::uuid[]) or (select hub_is('administrator')));`,
    );
    this.addSql(
      `create policy "data_sharing_agreement_remove" on "data_sharing_agreement" for delete using ((select hub_is('administrator')));`,
    );

    this.addSql(
      `alter table "audit_entry" add constraint "audit_entry_partner_id_foreign" foreign key ("partner_id") references "partner" ("id") on update no action on delete no action;`,
    );
    this.addSql(
      `alter table "audit_entry" add constraint "audit_entry_action_check" check ("action" in ('CREATED', 'UPDATED', 'DELETED'));`,
    );
    this.addSql(`alter table "audit_entry" enable row level security;`);
    this.addSql(`alter table "audit_entry" force row level security;`);
    this.addSql(
      `create policy "audit_entry_see" on "audit_entry" for select using ((select hub_is('administrator')));`,
    );
    this.addSql(`create policy "audit_entry_make" on "audit_entry" for insert with check (true);`);
    this.addSql(
      `create policy "audit_entry_change" on "audit_entry" for update using ((select hub_is('administrator'))) with check ((select hub_is('administrator')));`,
    );
    this.addSql(
      `create policy "audit_entry_remove" on "audit_entry" for delete using ((select hub_is('administrator')));`,
    );
  }

  override down(): void | Promise<void> {
    this.addSql(`alter table "role_grant" drop constraint "role_grant_account_id_foreign";`);
    this.addSql(`alter table "access_token" drop constraint "access_token_client_id_foreign";`);
    this.addSql(`alter table "role_grant" drop constraint "role_grant_client_id_foreign";`);

    this.addSql(`drop table if exists "account" cascade;`);
    this.addSql(`drop table if exists "client" cascade;`);
    this.addSql(`drop table if exists "access_token" cascade;`);
    this.addSql(`drop table if exists "rate_limit_use" cascade;`);
    this.addSql(`drop table if exists "role_grant" cascade;`);
    this.addSql(`drop table if exists "data_sharing_agreement" cascade;`);
    this.addSql(`drop table if exists "audit_entry" cascade;`);

    this.addSql(`drop policy "competent_authority_see" on "competent_authority";`);
    this.addSql(`drop policy "competent_authority_make" on "competent_authority";`);
    this.addSql(`drop policy "competent_authority_change" on "competent_authority";`);
    this.addSql(`drop policy "competent_authority_remove" on "competent_authority";`);

    this.addSql(`drop policy "enrolment_see" on "enrolment";`);
    this.addSql(`drop policy "enrolment_make" on "enrolment";`);
    this.addSql(`drop policy "enrolment_change" on "enrolment";`);
    this.addSql(`drop policy "enrolment_remove" on "enrolment";`);
    this.addSql(`drop policy "enrolment_count" on "enrolment";`);

    this.addSql(`drop policy "enrolment_event_see" on "enrolment_event";`);
    this.addSql(`drop policy "enrolment_event_make" on "enrolment_event";`);
    this.addSql(`drop policy "enrolment_event_change" on "enrolment_event";`);
    this.addSql(`drop policy "enrolment_event_remove" on "enrolment_event";`);

    this.addSql(`drop policy "federation_see" on "federation";`);
    this.addSql(`drop policy "federation_make" on "federation";`);
    this.addSql(`drop policy "federation_change" on "federation";`);
    this.addSql(`drop policy "federation_remove" on "federation";`);

    this.addSql(`drop policy "funding_see" on "funding";`);
    this.addSql(`drop policy "funding_make" on "funding";`);
    this.addSql(`drop policy "funding_change" on "funding";`);
    this.addSql(`drop policy "funding_remove" on "funding";`);

    this.addSql(`drop policy "idempotency_record_see" on "idempotency_record";`);
    this.addSql(`drop policy "idempotency_record_make" on "idempotency_record";`);
    this.addSql(`drop policy "idempotency_record_change" on "idempotency_record";`);
    this.addSql(`drop policy "idempotency_record_remove" on "idempotency_record";`);

    this.addSql(`drop policy "membership_see" on "membership";`);
    this.addSql(`drop policy "membership_make" on "membership";`);
    this.addSql(`drop policy "membership_change" on "membership";`);
    this.addSql(`drop policy "membership_remove" on "membership";`);

    this.addSql(`drop policy "metric_definition_see" on "metric_definition";`);
    this.addSql(`drop policy "metric_definition_make" on "metric_definition";`);
    this.addSql(`drop policy "metric_definition_change" on "metric_definition";`);
    this.addSql(`drop policy "metric_definition_remove" on "metric_definition";`);

    this.addSql(`drop policy "partner_see" on "partner";`);
    this.addSql(`drop policy "partner_make" on "partner";`);
    this.addSql(`drop policy "partner_change" on "partner";`);
    this.addSql(`drop policy "partner_remove" on "partner";`);

    this.addSql(`drop policy "population_see" on "population";`);
    this.addSql(`drop policy "population_make" on "population";`);
    this.addSql(`drop policy "population_change" on "population";`);
    this.addSql(`drop policy "population_remove" on "population";`);

    this.addSql(`drop policy "population_member_see" on "population_member";`);
    this.addSql(`drop policy "population_member_make" on "population_member";`);
    this.addSql(`drop policy "population_member_change" on "population_member";`);
    this.addSql(`drop policy "population_member_remove" on "population_member";`);

    this.addSql(`drop policy "provider_see" on "provider";`);
    this.addSql(`drop policy "provider_make" on "provider";`);
    this.addSql(`drop policy "provider_change" on "provider";`);
    this.addSql(`drop policy "provider_remove" on "provider";`);

    this.addSql(`drop policy "published_figure_see" on "published_figure";`);
    this.addSql(`drop policy "published_figure_make" on "published_figure";`);
    this.addSql(`drop policy "published_figure_change" on "published_figure";`);
    this.addSql(`drop policy "published_figure_remove" on "published_figure";`);

    this.addSql(`drop policy "recognition_see" on "recognition";`);
    this.addSql(`drop policy "recognition_make" on "recognition";`);
    this.addSql(`drop policy "recognition_change" on "recognition";`);
    this.addSql(`drop policy "recognition_remove" on "recognition";`);

    this.addSql(`drop policy "sector_see" on "sector";`);
    this.addSql(`drop policy "sector_make" on "sector";`);
    this.addSql(`drop policy "sector_change" on "sector";`);
    this.addSql(`drop policy "sector_remove" on "sector";`);

    this.addSql(`drop policy "service_carrier_see" on "service_carrier";`);
    this.addSql(`drop policy "service_carrier_make" on "service_carrier";`);
    this.addSql(`drop policy "service_carrier_change" on "service_carrier";`);
    this.addSql(`drop policy "service_carrier_remove" on "service_carrier";`);

    this.addSql(`drop policy "shared_service_see" on "shared_service";`);
    this.addSql(`drop policy "shared_service_make" on "shared_service";`);
    this.addSql(`drop policy "shared_service_change" on "shared_service";`);
    this.addSql(`drop policy "shared_service_remove" on "shared_service";`);

    this.addSql(`drop policy "site_see" on "site";`);
    this.addSql(`drop policy "site_make" on "site";`);
    this.addSql(`drop policy "site_change" on "site";`);
    this.addSql(`drop policy "site_remove" on "site";`);

    this.addSql(`drop policy "territory_see" on "territory";`);
    this.addSql(`drop policy "territory_make" on "territory";`);
    this.addSql(`drop policy "territory_change" on "territory";`);
    this.addSql(`drop policy "territory_remove" on "territory";`);

    this.addSql(`drop policy "usage_entry_see" on "usage_entry";`);
    this.addSql(`drop policy "usage_entry_make" on "usage_entry";`);
    this.addSql(`drop policy "usage_entry_change" on "usage_entry";`);
    this.addSql(`drop policy "usage_entry_remove" on "usage_entry";`);
    this.addSql(`drop policy "usage_entry_count" on "usage_entry";`);

    this.addSql(`alter table "competent_authority" no force row level security;`);
    this.addSql(`alter table "competent_authority" disable row level security;`);

    this.addSql(`alter table "enrolment" no force row level security;`);
    this.addSql(`alter table "enrolment" disable row level security;`);

    this.addSql(`alter table "enrolment_event" no force row level security;`);
    this.addSql(`alter table "enrolment_event" disable row level security;`);

    this.addSql(`alter table "federation" no force row level security;`);
    this.addSql(`alter table "federation" disable row level security;`);

    this.addSql(`alter table "funding" no force row level security;`);
    this.addSql(`alter table "funding" disable row level security;`);

    this.addSql(`drop index "idempotency_record_created_at_index";`);
    this.addSql(`alter table "idempotency_record" no force row level security;`);
    this.addSql(`alter table "idempotency_record" disable row level security;`);

    this.addSql(`alter table "membership" no force row level security;`);
    this.addSql(`alter table "membership" disable row level security;`);

    this.addSql(`alter table "metric_definition" no force row level security;`);
    this.addSql(`alter table "metric_definition" disable row level security;`);

    this.addSql(`drop index "partner_closed_on_index";`);
    this.addSql(`alter table "partner" drop constraint "partner_numbered";`);
    this.addSql(`alter table "partner" drop constraint "partner_enterprise_number";`);
    this.addSql(`alter table "partner" drop column "closed_on";`);
    this.addSql(`alter table "partner" alter column "enterprise_number" set not null;`);
    this.addSql(
      `alter table "partner" add constraint "partner_enterprise_number" check (case when enterprise_number ~ '^[01][0-9]{9}\$' then right(enterprise_number, 2)::int = 97 - (left(enterprise_number, 8)::int % 97) else false end);`,
    );
    this.addSql(`alter table "partner" no force row level security;`);
    this.addSql(`alter table "partner" disable row level security;`);

    this.addSql(`alter table "population" no force row level security;`);
    this.addSql(`alter table "population" disable row level security;`);

    this.addSql(`alter table "population_member" no force row level security;`);
    this.addSql(`alter table "population_member" disable row level security;`);

    this.addSql(`alter table "provider" no force row level security;`);
    this.addSql(`alter table "provider" disable row level security;`);

    this.addSql(`alter table "published_figure" no force row level security;`);
    this.addSql(`alter table "published_figure" disable row level security;`);

    this.addSql(`alter table "recognition" no force row level security;`);
    this.addSql(`alter table "recognition" disable row level security;`);

    this.addSql(`alter table "sector" no force row level security;`);
    this.addSql(`alter table "sector" disable row level security;`);

    this.addSql(`alter table "service_carrier" no force row level security;`);
    this.addSql(`alter table "service_carrier" disable row level security;`);

    this.addSql(`alter table "shared_service" no force row level security;`);
    this.addSql(`alter table "shared_service" disable row level security;`);

    this.addSql(`alter table "site" no force row level security;`);
    this.addSql(`alter table "site" disable row level security;`);

    this.addSql(`alter table "territory" no force row level security;`);
    this.addSql(`alter table "territory" disable row level security;`);

    this.addSql(`alter table "usage_entry" drop constraint "usage_entry_reference_unique";`);
    this.addSql(
      `alter table "usage_entry" add constraint "usage_entry_source_external_reference_unique" unique ("source", "external_reference");`,
    );
    this.addSql(`alter table "usage_entry" no force row level security;`);
    this.addSql(`alter table "usage_entry" disable row level security;`);
  }
}
