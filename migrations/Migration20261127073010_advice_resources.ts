import { Migration } from '@mikro-orm/migrations';

export class Migration20261127073010_advice_resources extends Migration {
  override name = 'Migration20261127073010_advice_resources';

  override up(): void | Promise<void> {
    this.addSql(
      `create table "advice_resource" ("id" uuid not null, "service_id" uuid not null, "code" varchar(40) not null, "kind" text not null, "title_fr" text null, "title_nl" text null, "title_en" text null, "title_de" text null, "languages" text[] not null default '{}', "edition" int not null default 1, "url" text null, "is_restricted" boolean not null default false, "published_on" date not null, "withdrawn_on" date null, "search_text" text not null, "provenance" text not null default 'REPORTED', "created_at" timestamptz(3) not null default now(), "version" int not null default 1, primary key ("id"));`,
    );
    this.addSql(
      `create index "advice_resource_published_on_id_index" on "advice_resource" ("published_on", "id");`,
    );
    this.addSql(
      `alter table "advice_resource" add constraint "advice_resource_code" unique ("service_id", "code");`,
    );

    this.addSql(
      `create table "resource_download" ("partner_id" uuid not null, "id" uuid not null, "service_id" uuid not null, "resource_id" uuid not null, "downloaded_on" date not null, "copies" int not null, "provenance" text not null default 'REPORTED', "created_at" timestamptz(3) not null default now(), primary key ("partner_id", "id"));`,
    );
    this.addSql(`create index "resource_download_id_index" on "resource_download" ("id");`);
    this.addSql(
      `create index "resource_download_resource_id_downloaded_on_index" on "resource_download" ("resource_id", "downloaded_on");`,
    );
    this.addSql(
      `create index "resource_download_service_id_downloaded_on_id_index" on "resource_download" ("service_id", "downloaded_on", "id");`,
    );
    this.addSql(
      `create index "resource_download_downloaded_on_id_index" on "resource_download" ("downloaded_on", "id");`,
    );

    this.addSql(
      `create table "toolbox_access" ("partner_id" uuid not null, "id" uuid not null, "service_id" uuid not null, "granted_on" date not null, "withdrawn_on" date null, "provenance" text not null default 'REPORTED', "created_at" timestamptz(3) not null default now(), "version" int not null default 1, primary key ("partner_id", "id"));`,
    );
    this.addSql(`create index "toolbox_access_id_index" on "toolbox_access" ("id");`);
    this.addSql(
      `create index "toolbox_access_service_id_granted_on_id_index" on "toolbox_access" ("service_id", "granted_on", "id");`,
    );
    this.addSql(
      `create index "toolbox_access_granted_on_id_index" on "toolbox_access" ("granted_on", "id");`,
    );

    this.addSql(
      `alter table "advice_resource" add constraint "advice_resource_service_id_foreign" foreign key ("service_id") references "shared_service" ("id");`,
    );
    this.addSql(
      `alter table "advice_resource" add constraint "title_in_some_language" check (num_nonnulls(title_fr, title_nl, title_en, title_de) > 0);`,
    );
    this.addSql(
      `alter table "advice_resource" add constraint "advice_resource_code_form" check (code ~ '^[A-Z0-9]+(-[A-Z0-9]+)*\$');`,
    );
    this.addSql(
      `alter table "advice_resource" add constraint "advice_resource_edition" check (edition >= 1 and edition <= 1000);`,
    );
    this.addSql(
      `alter table "advice_resource" add constraint "advice_resource_languages" check (cardinality(languages) > 0 and languages <@ array['FR', 'NL', 'DE', 'EN']::text[]);`,
    );
    this.addSql(
      `alter table "advice_resource" add constraint "advice_resource_dates" check (withdrawn_on > published_on);`,
    );
    this.addSql(
      `alter table "advice_resource" add constraint "advice_resource_kind_check" check ("kind" in ('TOOL_SHEET', 'GUIDE', 'CHARTER', 'CHECKLIST', 'VIDEO', 'ARTICLE', 'SUCCESS_STORY'));`,
    );
    this.addSql(
      `alter table "advice_resource" add constraint "advice_resource_provenance_check" check ("provenance" in ('SYNTHETIC', 'REPORTED'));`,
    );
    this.addSql(`alter table "advice_resource" enable row level security;`);
    this.addSql(`alter table "advice_resource" force row level security;`);
    this.addSql(`create policy "advice_resource_see" on "advice_resource" for select using (true);`);
    this.addSql(
      `create policy "advice_resource_make" on "advice_resource" for insert with check ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator'))));`,
    );
    this.addSql(
      `create policy "advice_resource_change" on "advice_resource" for update using ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator')))) with check ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator'))));`,
    );
    this.addSql(
      `create policy "advice_resource_remove" on "advice_resource" for delete using ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and ((select hub_is('administrator'))));`,
    );

    this.addSql(
      `alter table "resource_download" add constraint "resource_download_partner_id_foreign" foreign key ("partner_id") references "partner" ("id");`,
    );
    this.addSql(
      `alter table "resource_download" add constraint "resource_download_service_id_foreign" foreign key ("service_id") references "shared_service" ("id");`,
    );
    this.addSql(
      `alter table "resource_download" add constraint "resource_download_resource_id_foreign" foreign key ("resource_id") references "advice_resource" ("id");`,
    );
    this.addSql(
      `alter table "resource_download" add constraint "resource_download_copies" check (copies >= 1 and copies <= 1000);`,
    );
    this.addSql(
      `alter table "resource_download" add constraint "resource_download_provenance_check" check ("provenance" in ('SYNTHETIC', 'REPORTED'));`,
    );
    this.addSql(`alter table "resource_download" enable row level security;`);
    this.addSql(`alter table "resource_download" force row level security;`);
    this.addSql(`create policy "resource_download_see" on "resource_download" for select using (provenance = 'SYNTHETIC' or partner_id = any ((select hub_scope('partners'))::uuid[]) or service_id = any ((select hub_scope('services'))::uuid[]) or exists (select from data_sharing_agreement dsa where dsa.partner_id = "resource_download".partner_id
      and dsa.federation_id = any((select hub_scope('federations'))::uuid[]) and 'ADVICE' = any(dsa.rooms) and dsa.revoked_at is null
      and dsa.valid_until > (now() at time zone 'Europe/Brussels')::date
      and exists (select from membership dsm where dsm.partner_id = dsa.partner_id and dsm.federation_id = dsa.federation_id
        and dsm.valid_from <= (now() at time zone 'Europe/Brussels')::date
        and (dsm.valid_until is null or (now() at time zone 'Europe/Brussels')::date < dsm.valid_until))) or (select hub_is('administrator')));`);
    this.addSql(
      `create policy "resource_download_make" on "resource_download" for insert with check ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (partner_id = any ((select hub_scope('editable'))::uuid[]) or service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator'))));`,
    );
    this.addSql(
      `create policy "resource_download_change" on "resource_download" for update using ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and ((select hub_is('administrator')))) with check ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and ((select hub_is('administrator'))));`,
    );
    this.addSql(
      `create policy "resource_download_remove" on "resource_download" for delete using ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and ((select hub_is('administrator'))));`,
    );

    this.addSql(
      `alter table "toolbox_access" add constraint "toolbox_access_partner_id_foreign" foreign key ("partner_id") references "partner" ("id");`,
    );
    this.addSql(
      `alter table "toolbox_access" add constraint "toolbox_access_service_id_foreign" foreign key ("service_id") references "shared_service" ("id");`,
    );
    this.addSql(
      `alter table "toolbox_access" add constraint "toolbox_access_dates" check (withdrawn_on > granted_on);`,
    );
    this.addSql(
      `alter table "toolbox_access" add constraint "toolbox_access_provenance_check" check ("provenance" in ('SYNTHETIC', 'REPORTED'));`,
    );
    this.addSql(`alter table "toolbox_access" enable row level security;`);
    this.addSql(`alter table "toolbox_access" force row level security;`);
    this.addSql(`create policy "toolbox_access_see" on "toolbox_access" for select using (provenance = 'SYNTHETIC' or partner_id = any ((select hub_scope('partners'))::uuid[]) or service_id = any ((select hub_scope('services'))::uuid[]) or exists (select from data_sharing_agreement dsa where dsa.partner_id = "toolbox_access".partner_id
      and dsa.federation_id = any((select hub_scope('federations'))::uuid[]) and 'ADVICE' = any(dsa.rooms) and dsa.revoked_at is null
      and dsa.valid_until > (now() at time zone 'Europe/Brussels')::date
      and exists (select from membership dsm where dsm.partner_id = dsa.partner_id and dsm.federation_id = dsa.federation_id
        and dsm.valid_from <= (now() at time zone 'Europe/Brussels')::date
        and (dsm.valid_until is null or (now() at time zone 'Europe/Brussels')::date < dsm.valid_until))) or (select hub_is('administrator')));`);
    this.addSql(
      `create policy "toolbox_access_make" on "toolbox_access" for insert with check ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator'))));`,
    );
    this.addSql(
      `create policy "toolbox_access_change" on "toolbox_access" for update using ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator')))) with check ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator'))));`,
    );
    this.addSql(
      `create policy "toolbox_access_remove" on "toolbox_access" for delete using ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and ((select hub_is('administrator'))));`,
    );
  }

  override down(): void | Promise<void> {
    this.addSql(`alter table "resource_download" drop constraint "resource_download_resource_id_foreign";`);

    this.addSql(`drop table if exists "advice_resource" cascade;`);
    this.addSql(`drop table if exists "resource_download" cascade;`);
    this.addSql(`drop table if exists "toolbox_access" cascade;`);
  }
}
