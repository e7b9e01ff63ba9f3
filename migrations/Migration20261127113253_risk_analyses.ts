import { Migration } from '@mikro-orm/migrations';

export class Migration20261127113253_risk_analyses extends Migration {
  override name = 'Migration20261127113253_risk_analyses';

  override up(): void | Promise<void> {
    this.addSql(
      `create table "risk_analysis" ("partner_id" uuid not null, "id" uuid not null, "service_id" uuid not null, "level" text not null default 'SCREENING', "level_reason" text null, "step" text not null default 'REQUESTED', "requested_on" date not null, "least_group" int not null default 4, "provenance" text not null default 'REPORTED', "created_at" timestamptz(3) not null default now(), "version" int not null default 1, primary key ("partner_id", "id"));`,
    );
    this.addSql(`create index "risk_analysis_id_index" on "risk_analysis" ("id");`);
    this.addSql(
      `create index "risk_analysis_service_id_requested_on_id_index" on "risk_analysis" ("service_id", "requested_on", "id");`,
    );
    this.addSql(
      `create index "risk_analysis_requested_on_id_index" on "risk_analysis" ("requested_on", "id");`,
    );

    this.addSql(
      `create table "target_group" ("partner_id" uuid not null, "id" uuid not null, "service_id" uuid not null, "analysis_id" uuid not null, "name" varchar(120) not null, "size" int not null, "met_on" date null, "approved_on" date null, "provenance" text not null default 'REPORTED', "created_at" timestamptz(3) not null default now(), "version" int not null default 1, primary key ("partner_id", "id"));`,
    );
    this.addSql(`create index "target_group_id_index" on "target_group" ("id");`);
    this.addSql(
      `alter table "target_group" add constraint "target_group_name" unique ("partner_id", "analysis_id", "name");`,
    );

    this.addSql(
      `create table "risk_analysis_step" ("partner_id" uuid not null, "id" uuid not null, "service_id" uuid not null, "analysis_id" uuid not null, "step" text not null, "done_on" date not null, "evidence" text null, "provenance" text not null default 'REPORTED', "created_at" timestamptz(3) not null default now(), primary key ("partner_id", "id"));`,
    );
    this.addSql(
      `alter table "risk_analysis_step" add constraint "risk_analysis_step_once" unique ("partner_id", "analysis_id", "step");`,
    );

    this.addSql(
      `create table "group_finding" ("partner_id" uuid not null, "id" uuid not null, "service_id" uuid not null, "group_id" uuid not null, "rubric" text not null, "component" text null, "goes_well" text null, "goes_not_well" text null, "ideas" text null, "provenance" text not null default 'REPORTED', "created_at" timestamptz(3) not null default now(), primary key ("partner_id", "id"));`,
    );
    this.addSql(
      `alter table "group_finding" add constraint "group_finding_once" unique ("partner_id", "group_id", "rubric");`,
    );

    this.addSql(
      `alter table "risk_analysis" add constraint "risk_analysis_partner_id_foreign" foreign key ("partner_id") references "partner" ("id");`,
    );
    this.addSql(
      `alter table "risk_analysis" add constraint "risk_analysis_service_id_foreign" foreign key ("service_id") references "shared_service" ("id");`,
    );
    this.addSql(
      `alter table "risk_analysis" add constraint "risk_analysis_level_reason" check ((level = 'SCREENING') = (level_reason is null));`,
    );
    this.addSql(
      `alter table "risk_analysis" add constraint "risk_analysis_least_group" check (least_group >= 4 and least_group <= 100);`,
    );
    this.addSql(
      `alter table "risk_analysis" add constraint "risk_analysis_level_check" check ("level" in ('SCREENING', 'OBSERVATION', 'ANALYSIS', 'EXPERTISE'));`,
    );
    this.addSql(
      `alter table "risk_analysis" add constraint "risk_analysis_step_check" check ("step" in ('REQUESTED', 'MANAGEMENT_MET', 'GROUPS_MET', 'REPORTS_APPROVED', 'CONCLUSIONS_PRESENTED', 'WORKERS_CONSULTED', 'ACTION_PLANNED'));`,
    );
    this.addSql(
      `alter table "risk_analysis" add constraint "risk_analysis_provenance_check" check ("provenance" in ('SYNTHETIC', 'REPORTED'));`,
    );
    this.addSql(`alter table "risk_analysis" enable row level security;`);
    this.addSql(`alter table "risk_analysis" force row level security;`);
    this.addSql(`create policy "risk_analysis_see" on "risk_analysis" for select using (provenance = 'SYNTHETIC' or partner_id = any ((select hub_scope('partners'))::uuid[]) or service_id = any ((select hub_scope('services'))::uuid[]) or exists (select from data_sharing_agreement dsa where dsa.partner_id = "risk_analysis".partner_id
      and dsa.federation_id = any((select hub_scope('federations'))::uuid[]) and 'ADVICE' = any(dsa.rooms) and dsa.revoked_at is null
      and dsa.valid_until > (now() at time zone 'Europe/Brussels')::date
      and exists (select from membership dsm where dsm.partner_id = dsa.partner_id and dsm.federation_id = dsa.federation_id
        and dsm.valid_from <= (now() at time zone 'Europe/Brussels')::date
        and (dsm.valid_until is null or (now() at time zone 'Europe/Brussels')::date < dsm.valid_until))) or (select hub_is('administrator')));`);
    this.addSql(
      `create policy "risk_analysis_make" on "risk_analysis" for insert with check ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (partner_id = any ((select hub_scope('editable'))::uuid[]) or service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator'))));`,
    );
    this.addSql(
      `create policy "risk_analysis_change" on "risk_analysis" for update using ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (partner_id = any ((select hub_scope('editable'))::uuid[]) or service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator')))) with check ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (partner_id = any ((select hub_scope('editable'))::uuid[]) or service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator'))));`,
    );
    this.addSql(
      `create policy "risk_analysis_remove" on "risk_analysis" for delete using ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and ((select hub_is('administrator'))));`,
    );

    this.addSql(
      `alter table "target_group" add constraint "target_group_partner_id_foreign" foreign key ("partner_id") references "partner" ("id");`,
    );
    this.addSql(
      `alter table "target_group" add constraint "target_group_service_id_foreign" foreign key ("service_id") references "shared_service" ("id");`,
    );
    this.addSql(
      `alter table "target_group" add constraint "target_group_partner_id_analysis_id_foreign" foreign key ("partner_id", "analysis_id") references "risk_analysis" ("partner_id", "id") on update no action on delete no action;`,
    );
    this.addSql(
      `alter table "target_group" add constraint "target_group_size" check (size >= 4 and size <= 1000);`,
    );
    this.addSql(
      `alter table "target_group" add constraint "target_group_in_order" check (approved_on is null or approved_on >= met_on);`,
    );
    this.addSql(
      `alter table "target_group" add constraint "target_group_provenance_check" check ("provenance" in ('SYNTHETIC', 'REPORTED'));`,
    );
    this.addSql(`alter table "target_group" enable row level security;`);
    this.addSql(`alter table "target_group" force row level security;`);
    this.addSql(
      `create policy "target_group_see" on "target_group" for select using (provenance = 'SYNTHETIC' or partner_id = any ((select hub_scope('partners'))::uuid[]) or service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator')));`,
    );
    this.addSql(
      `create policy "target_group_make" on "target_group" for insert with check ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator'))));`,
    );
    this.addSql(
      `create policy "target_group_change" on "target_group" for update using ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (partner_id = any ((select hub_scope('editable'))::uuid[]) or service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator')))) with check ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (partner_id = any ((select hub_scope('editable'))::uuid[]) or service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator'))));`,
    );
    this.addSql(
      `create policy "target_group_remove" on "target_group" for delete using ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and ((select hub_is('administrator'))));`,
    );

    this.addSql(
      `alter table "risk_analysis_step" add constraint "risk_analysis_step_partner_id_foreign" foreign key ("partner_id") references "partner" ("id");`,
    );
    this.addSql(
      `alter table "risk_analysis_step" add constraint "risk_analysis_step_service_id_foreign" foreign key ("service_id") references "shared_service" ("id");`,
    );
    this.addSql(
      `alter table "risk_analysis_step" add constraint "risk_analysis_step_partner_id_analysis_id_foreign" foreign key ("partner_id", "analysis_id") references "risk_analysis" ("partner_id", "id") on update no action on delete no action;`,
    );
    this.addSql(
      `alter table "risk_analysis_step" add constraint "risk_analysis_step_evidence" check (step = 'REQUESTED' or evidence is not null);`,
    );
    this.addSql(
      `alter table "risk_analysis_step" add constraint "risk_analysis_step_step_check" check ("step" in ('REQUESTED', 'MANAGEMENT_MET', 'GROUPS_MET', 'REPORTS_APPROVED', 'CONCLUSIONS_PRESENTED', 'WORKERS_CONSULTED', 'ACTION_PLANNED'));`,
    );
    this.addSql(
      `alter table "risk_analysis_step" add constraint "risk_analysis_step_provenance_check" check ("provenance" in ('SYNTHETIC', 'REPORTED'));`,
    );
    this.addSql(`alter table "risk_analysis_step" enable row level security;`);
    this.addSql(`alter table "risk_analysis_step" force row level security;`);
    this.addSql(`create policy "risk_analysis_step_see" on "risk_analysis_step" for select using (provenance = 'SYNTHETIC' or partner_id = any ((select hub_scope('partners'))::uuid[]) or service_id = any ((select hub_scope('services'))::uuid[]) or exists (select from data_sharing_agreement dsa where dsa.partner_id = "risk_analysis_step".partner_id
      and dsa.federation_id = any((select hub_scope('federations'))::uuid[]) and 'ADVICE' = any(dsa.rooms) and dsa.revoked_at is null
      and dsa.valid_until > (now() at time zone 'Europe/Brussels')::date
      and exists (select from membership dsm where dsm.partner_id = dsa.partner_id and dsm.federation_id = dsa.federation_id
        and dsm.valid_from <= (now() at time zone 'Europe/Brussels')::date
        and (dsm.valid_until is null or (now() at time zone 'Europe/Brussels')::date < dsm.valid_until))) or (select hub_is('administrator')));`);
    this.addSql(
      `create policy "risk_analysis_step_make" on "risk_analysis_step" for insert with check ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (partner_id = any ((select hub_scope('editable'))::uuid[]) or service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator'))));`,
    );
    this.addSql(
      `create policy "risk_analysis_step_change" on "risk_analysis_step" for update using ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and ((select hub_is('administrator')))) with check ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and ((select hub_is('administrator'))));`,
    );
    this.addSql(
      `create policy "risk_analysis_step_remove" on "risk_analysis_step" for delete using ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and ((select hub_is('administrator'))));`,
    );

    this.addSql(
      `alter table "group_finding" add constraint "group_finding_partner_id_foreign" foreign key ("partner_id") references "partner" ("id");`,
    );
    this.addSql(
      `alter table "group_finding" add constraint "group_finding_service_id_foreign" foreign key ("service_id") references "shared_service" ("id");`,
    );
    this.addSql(
      `alter table "group_finding" add constraint "group_finding_partner_id_group_id_foreign" foreign key ("partner_id", "group_id") references "target_group" ("partner_id", "id") on update no action on delete no action;`,
    );
    this.addSql(
      `alter table "group_finding" add constraint "group_finding_says_something" check (num_nonnulls(goes_well, goes_not_well, ideas) > 0);`,
    );
    this.addSql(
      `alter table "group_finding" add constraint "group_finding_rubric_check" check ("rubric" in ('PREMISES', 'ORGANISATION_BETWEEN_POSTS', 'WORKSTATIONS', 'ACCIDENT_RISKS', 'CONTROLS_AND_SIGNALS', 'TOOLS_AND_EQUIPMENT', 'REPETITIVE_WORK', 'HANDLING_OF_LOADS', 'MENTAL_LOAD', 'LIGHTING', 'NOISE', 'AIR_HYGIENE', 'THERMAL_CONDITIONS', 'VIBRATIONS', 'AUTONOMY_AND_RESPONSIBILITIES', 'CONTENT_OF_WORK', 'TIME_CONSTRAINTS', 'WORKING_RELATIONS'));`,
    );
    this.addSql(
      `alter table "group_finding" add constraint "group_finding_component_check" check ("component" in ('WORK_ORGANISATION', 'WORK_CONTENT', 'WORKING_CONDITIONS', 'CONDITIONS_OF_LIFE_AT_WORK', 'RELATIONS_AT_WORK'));`,
    );
    this.addSql(
      `alter table "group_finding" add constraint "group_finding_provenance_check" check ("provenance" in ('SYNTHETIC', 'REPORTED'));`,
    );
    this.addSql(`alter table "group_finding" enable row level security;`);
    this.addSql(`alter table "group_finding" force row level security;`);
    this.addSql(
      `create policy "group_finding_see" on "group_finding" for select using (provenance = 'SYNTHETIC' or partner_id = any ((select hub_scope('partners'))::uuid[]) or service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator')));`,
    );
    this.addSql(
      `create policy "group_finding_make" on "group_finding" for insert with check ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator'))));`,
    );
    this.addSql(
      `create policy "group_finding_change" on "group_finding" for update using ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and ((select hub_is('administrator')))) with check ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and ((select hub_is('administrator'))));`,
    );
    this.addSql(
      `create policy "group_finding_remove" on "group_finding" for delete using ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator'))));`,
    );
  }

  override down(): void | Promise<void> {
    this.addSql(`alter table "target_group" drop constraint "target_group_partner_id_analysis_id_foreign";`);
    this.addSql(
      `alter table "risk_analysis_step" drop constraint "risk_analysis_step_partner_id_analysis_id_foreign";`,
    );
    this.addSql(`alter table "group_finding" drop constraint "group_finding_partner_id_group_id_foreign";`);

    this.addSql(`drop table if exists "risk_analysis" cascade;`);
    this.addSql(`drop table if exists "target_group" cascade;`);
    this.addSql(`drop table if exists "risk_analysis_step" cascade;`);
    this.addSql(`drop table if exists "group_finding" cascade;`);
  }
}
