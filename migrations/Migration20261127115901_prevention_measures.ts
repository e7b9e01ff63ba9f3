import { Migration } from '@mikro-orm/migrations';

export class Migration20261127115901_prevention_measures extends Migration {
  override name = 'Migration20261127115901_prevention_measures';

  override up(): void | Promise<void> {
    this.addSql(
      `create table "prevention_measure" ("partner_id" uuid not null, "id" uuid not null, "service_id" uuid not null, "analysis_id" uuid not null, "rubric" text null, "component" text null, "title" varchar(200) not null, "responsible" text not null, "deadline" date not null, "priority" text not null default 'NORMAL', "budget" numeric(12,2) null, "state" text not null default 'PLANNED', "planned_on" date not null, "closed_on" date null, "drop_reason" text null, "provenance" text not null default 'REPORTED', "created_at" timestamptz(3) not null default now(), "version" int not null default 1, primary key ("partner_id", "id"));`,
    );
    this.addSql(`create index "prevention_measure_id_index" on "prevention_measure" ("id");`);
    this.addSql(
      `create index "prevention_measure_partner_id_analysis_id_index" on "prevention_measure" ("partner_id", "analysis_id");`,
    );
    this.addSql(
      `create index "prevention_measure_service_id_deadline_id_index" on "prevention_measure" ("service_id", "deadline", "id");`,
    );
    this.addSql(
      `create index "prevention_measure_deadline_id_index" on "prevention_measure" ("deadline", "id");`,
    );

    this.addSql(
      `alter table "prevention_measure" add constraint "prevention_measure_partner_id_foreign" foreign key ("partner_id") references "partner" ("id");`,
    );
    this.addSql(
      `alter table "prevention_measure" add constraint "prevention_measure_service_id_foreign" foreign key ("service_id") references "shared_service" ("id");`,
    );
    this.addSql(
      `alter table "prevention_measure" add constraint "prevention_measure_partner_id_analysis_id_foreign" foreign key ("partner_id", "analysis_id") references "risk_analysis" ("partner_id", "id") on update no action on delete no action;`,
    );
    this.addSql(
      `alter table "prevention_measure" add constraint "prevention_measure_closed" check ((state in ('DONE', 'DROPPED')) = (closed_on is not null));`,
    );
    this.addSql(
      `alter table "prevention_measure" add constraint "prevention_measure_dropped" check ((state = 'DROPPED') = (drop_reason is not null));`,
    );
    this.addSql(
      `alter table "prevention_measure" add constraint "prevention_measure_in_order" check (deadline >= planned_on and (closed_on is null or closed_on >= planned_on));`,
    );
    this.addSql(
      `alter table "prevention_measure" add constraint "prevention_measure_budget" check (budget >= 0);`,
    );
    this.addSql(
      `alter table "prevention_measure" add constraint "prevention_measure_rubric_check" check ("rubric" in ('PREMISES', 'ORGANISATION_BETWEEN_POSTS', 'WORKSTATIONS', 'ACCIDENT_RISKS', 'CONTROLS_AND_SIGNALS', 'TOOLS_AND_EQUIPMENT', 'REPETITIVE_WORK', 'HANDLING_OF_LOADS', 'MENTAL_LOAD', 'LIGHTING', 'NOISE', 'AIR_HYGIENE', 'THERMAL_CONDITIONS', 'VIBRATIONS', 'AUTONOMY_AND_RESPONSIBILITIES', 'CONTENT_OF_WORK', 'TIME_CONSTRAINTS', 'WORKING_RELATIONS'));`,
    );
    this.addSql(
      `alter table "prevention_measure" add constraint "prevention_measure_component_check" check ("component" in ('WORK_ORGANISATION', 'WORK_CONTENT', 'WORKING_CONDITIONS', 'CONDITIONS_OF_LIFE_AT_WORK', 'RELATIONS_AT_WORK'));`,
    );
    this.addSql(
      `alter table "prevention_measure" add constraint "prevention_measure_responsible_check" check ("responsible" in ('MANAGEMENT', 'LINE_MANAGEMENT', 'HUMAN_RESOURCES', 'PREVENTION_ADVISER', 'FACILITY_MANAGEMENT', 'WORKERS_REPRESENTATION', 'OUTSIDE_SERVICE'));`,
    );
    this.addSql(
      `alter table "prevention_measure" add constraint "prevention_measure_priority_check" check ("priority" in ('LOW', 'NORMAL', 'HIGH'));`,
    );
    this.addSql(
      `alter table "prevention_measure" add constraint "prevention_measure_state_check" check ("state" in ('PLANNED', 'IN_PROGRESS', 'DONE', 'DROPPED'));`,
    );
    this.addSql(
      `alter table "prevention_measure" add constraint "prevention_measure_provenance_check" check ("provenance" in ('SYNTHETIC', 'REPORTED'));`,
    );
    this.addSql(`alter table "prevention_measure" enable row level security;`);
    this.addSql(`alter table "prevention_measure" force row level security;`);
    this.addSql(`create policy "prevention_measure_see" on "prevention_measure" for select using (provenance = 'SYNTHETIC' or partner_id = any ((select hub_scope('partners'))::uuid[]) or service_id = any ((select hub_scope('services'))::uuid[]) or exists (select from data_sharing_agreement dsa where dsa.partner_id = "prevention_measure".partner_id
      and dsa.federation_id = any((select hub_scope('federations'))::uuid[]) and 'ADVICE' = any(dsa.rooms) and dsa.revoked_at is null
      and dsa.valid_until > (now() at time zone 'Europe/Brussels')::date
      and exists (select from membership dsm where dsm.partner_id = dsa.partner_id and dsm.federation_id = dsa.federation_id
        and dsm.valid_from <= (now() at time zone 'Europe/Brussels')::date
        and (dsm.valid_until is null or (now() at time zone 'Europe/Brussels')::date < dsm.valid_until))) or (select hub_is('administrator')));`);
    this.addSql(
      `create policy "prevention_measure_make" on "prevention_measure" for insert with check ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (partner_id = any ((select hub_scope('editable'))::uuid[]) or service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator'))));`,
    );
    this.addSql(
      `create policy "prevention_measure_change" on "prevention_measure" for update using ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (partner_id = any ((select hub_scope('editable'))::uuid[]) or service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator')))) with check ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (partner_id = any ((select hub_scope('editable'))::uuid[]) or service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator'))));`,
    );
    this.addSql(
      `create policy "prevention_measure_remove" on "prevention_measure" for delete using ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and ((select hub_is('administrator'))));`,
    );
  }

  override down(): void | Promise<void> {
    this.addSql(`drop table if exists "prevention_measure" cascade;`);
  }
}
