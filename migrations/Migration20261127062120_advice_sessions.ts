import { Migration } from '@mikro-orm/migrations';

export class Migration20261127062120_advice_sessions extends Migration {
  override name = 'Migration20261127062120_advice_sessions';

  override up(): void | Promise<void> {
    this.addSql(
      `create table "advice_session" ("id" uuid not null, "service_id" uuid not null, "kind" text not null, "title_fr" text null, "title_nl" text null, "title_en" text null, "title_de" text null, "starts_at" timestamptz(3) not null, "ends_at" timestamptz(3) not null, "municipality_id" uuid null, "online_url" text null, "capacity" int not null, "seats_taken" int not null default 0, "registration_until" timestamptz(3) not null, "cancelled_at" timestamptz(3) null, "provenance" text not null default 'REPORTED', "created_at" timestamptz(3) not null default now(), "version" int not null default 1, primary key ("id"));`,
    );
    this.addSql(
      `create index "advice_session_service_id_starts_at_id_index" on "advice_session" ("service_id", "starts_at", "id");`,
    );
    this.addSql(`create index "advice_session_starts_at_id_index" on "advice_session" ("starts_at", "id");`);

    this.addSql(
      `create table "session_registration" ("partner_id" uuid not null, "id" uuid not null, "service_id" uuid not null, "session_id" uuid not null, "seats" int not null, "registered_at" timestamptz(3) not null, "cancelled_at" timestamptz(3) null, "provenance" text not null default 'REPORTED', "created_at" timestamptz(3) not null default now(), "version" int not null default 1, primary key ("partner_id", "id"));`,
    );
    this.addSql(`create index "session_registration_id_index" on "session_registration" ("id");`);
    this.addSql(
      `create index "session_registration_session_id_registered_at_index" on "session_registration" ("session_id", "registered_at");`,
    );
    this.addSql(
      `create index "session_registration_service_id_registered_at_id_index" on "session_registration" ("service_id", "registered_at", "id");`,
    );
    this.addSql(
      `create index "session_registration_registered_at_id_index" on "session_registration" ("registered_at", "id");`,
    );

    this.addSql(
      `create table "session_attendance" ("partner_id" uuid not null, "id" uuid not null, "service_id" uuid not null, "session_id" uuid not null, "role" text not null, "attended" int not null, "first_time" int not null, "provenance" text not null default 'REPORTED', "created_at" timestamptz(3) not null default now(), "version" int not null default 1, primary key ("partner_id", "id"));`,
    );
    this.addSql(`create index "session_attendance_id_index" on "session_attendance" ("id");`);
    this.addSql(`create index "session_attendance_session_id_index" on "session_attendance" ("session_id");`);
    this.addSql(
      `create index "session_attendance_service_id_session_id_index" on "session_attendance" ("service_id", "session_id");`,
    );
    this.addSql(
      `alter table "session_attendance" add constraint "session_attendance_once" unique ("partner_id", "session_id", "role");`,
    );

    this.addSql(
      `create table "satisfaction_score" ("id" uuid not null, "service_id" uuid not null, "session_id" uuid not null, "grade" int not null, "answers" int not null, "provenance" text not null default 'REPORTED', "created_at" timestamptz(3) not null default now(), "version" int not null default 1, primary key ("id"));`,
    );
    this.addSql(
      `alter table "satisfaction_score" add constraint "satisfaction_score_once" unique ("session_id", "grade");`,
    );

    this.addSql(`alter table "access_token" drop constraint "access_token_scopes";`);
    this.addSql(
      `alter table "access_token" add constraint "access_token_scopes" check (cardinality(scopes) > 0 and scopes <@ array['READ', 'DIRECTORY', 'ENROLMENTS', 'USAGE', 'ORDERS', 'ENERGY', 'EMPLOYER_GROUP', 'ADVICE', 'ACCESS']);`,
    );

    this.addSql(`alter table "data_sharing_agreement" drop constraint "data_sharing_agreement_rooms";`);
    this.addSql(
      `alter table "data_sharing_agreement" add constraint "data_sharing_agreement_rooms" check (rooms <@ array['DIRECTORY', 'ENROLMENTS', 'USAGE', 'ENERGY', 'EMPLOYER_GROUP', 'ADVICE']::text[] and cardinality(rooms) > 0);`,
    );

    this.addSql(
      `alter table "advice_session" add constraint "advice_session_service_id_foreign" foreign key ("service_id") references "shared_service" ("id");`,
    );
    this.addSql(
      `alter table "advice_session" add constraint "advice_session_municipality_id_foreign" foreign key ("municipality_id") references "territory" ("id") on delete set null;`,
    );
    this.addSql(
      `alter table "advice_session" add constraint "title_in_some_language" check (num_nonnulls(title_fr, title_nl, title_en, title_de) > 0);`,
    );
    this.addSql(
      `alter table "advice_session" add constraint "advice_session_times" check (ends_at > starts_at and ends_at <= (starts_at + '31 days'::interval));`,
    );
    this.addSql(
      `alter table "advice_session" add constraint "advice_session_deadline" check (registration_until <= starts_at);`,
    );
    this.addSql(
      `alter table "advice_session" add constraint "advice_session_place" check (num_nonnulls(municipality_id, online_url) > 0);`,
    );
    this.addSql(
      `alter table "advice_session" add constraint "advice_session_capacity" check (capacity >= 1 and capacity <= 10000);`,
    );
    this.addSql(
      `alter table "advice_session" add constraint "advice_session_seats" check (seats_taken >= 0 and seats_taken <= capacity);`,
    );
    this.addSql(
      `alter table "advice_session" add constraint "advice_session_kind_check" check ("kind" in ('WORKING_GROUP', 'WORKSHOP', 'TRAINING', 'CONFERENCE', 'INTERVISION', 'CO_SOLVING', 'FIELD_VISIT', 'INFORMATION_MEETING'));`,
    );
    this.addSql(
      `alter table "advice_session" add constraint "advice_session_provenance_check" check ("provenance" in ('SYNTHETIC', 'REPORTED'));`,
    );
    this.addSql(`alter table "advice_session" enable row level security;`);
    this.addSql(`alter table "advice_session" force row level security;`);
    this.addSql(`create policy "advice_session_see" on "advice_session" for select using (true);`);
    this.addSql(
      `create policy "advice_session_make" on "advice_session" for insert with check ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator'))));`,
    );
    this.addSql(
      `create policy "advice_session_change" on "advice_session" for update using ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator')))) with check ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator'))));`,
    );
    this.addSql(
      `create policy "advice_session_remove" on "advice_session" for delete using ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and ((select hub_is('administrator'))));`,
    );

    this.addSql(
      `alter table "session_registration" add constraint "session_registration_partner_id_foreign" foreign key ("partner_id") references "partner" ("id");`,
    );
    this.addSql(
      `alter table "session_registration" add constraint "session_registration_service_id_foreign" foreign key ("service_id") references "shared_service" ("id");`,
    );
    this.addSql(
      `alter table "session_registration" add constraint "session_registration_session_id_foreign" foreign key ("session_id") references "advice_session" ("id");`,
    );
    this.addSql(
      `alter table "session_registration" add constraint "session_registration_seats" check (seats >= 1 and seats <= 100);`,
    );
    this.addSql(
      `alter table "session_registration" add constraint "session_registration_in_order" check (cancelled_at >= registered_at);`,
    );
    this.addSql(
      `alter table "session_registration" add constraint "session_registration_provenance_check" check ("provenance" in ('SYNTHETIC', 'REPORTED'));`,
    );
    this.addSql(`alter table "session_registration" enable row level security;`);
    this.addSql(`alter table "session_registration" force row level security;`);
    this.addSql(`create policy "session_registration_see" on "session_registration" for select using (provenance = 'SYNTHETIC' or partner_id = any ((select hub_scope('partners'))::uuid[]) or service_id = any ((select hub_scope('services'))::uuid[]) or exists (select from data_sharing_agreement dsa where dsa.partner_id = "session_registration".partner_id
      and dsa.federation_id = any((select hub_scope('federations'))::uuid[]) and 'ADVICE' = any(dsa.rooms) and dsa.revoked_at is null
      and dsa.valid_until > (now() at time zone 'Europe/Brussels')::date
      and exists (select from membership dsm where dsm.partner_id = dsa.partner_id and dsm.federation_id = dsa.federation_id
        and dsm.valid_from <= (now() at time zone 'Europe/Brussels')::date
        and (dsm.valid_until is null or (now() at time zone 'Europe/Brussels')::date < dsm.valid_until))) or (select hub_is('administrator')));`);
    this.addSql(
      `create policy "session_registration_make" on "session_registration" for insert with check ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (partner_id = any ((select hub_scope('editable'))::uuid[]) or service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator'))));`,
    );
    this.addSql(
      `create policy "session_registration_change" on "session_registration" for update using ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (partner_id = any ((select hub_scope('editable'))::uuid[]) or service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator')))) with check ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (partner_id = any ((select hub_scope('editable'))::uuid[]) or service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator'))));`,
    );
    this.addSql(
      `create policy "session_registration_remove" on "session_registration" for delete using ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and ((select hub_is('administrator'))));`,
    );

    this.addSql(
      `alter table "session_attendance" add constraint "session_attendance_partner_id_foreign" foreign key ("partner_id") references "partner" ("id");`,
    );
    this.addSql(
      `alter table "session_attendance" add constraint "session_attendance_service_id_foreign" foreign key ("service_id") references "shared_service" ("id");`,
    );
    this.addSql(
      `alter table "session_attendance" add constraint "session_attendance_session_id_foreign" foreign key ("session_id") references "advice_session" ("id");`,
    );
    this.addSql(
      `alter table "session_attendance" add constraint "session_attendance_counts" check (attended >= 0 and attended <= 1000 and first_time >= 0 and first_time <= attended);`,
    );
    this.addSql(
      `alter table "session_attendance" add constraint "session_attendance_role_check" check ("role" in ('MANAGEMENT', 'HUMAN_RESOURCES', 'TEAM_LEAD', 'PREVENTION_ADVISER', 'WORKER_REPRESENTATIVE', 'STAFF'));`,
    );
    this.addSql(
      `alter table "session_attendance" add constraint "session_attendance_provenance_check" check ("provenance" in ('SYNTHETIC', 'REPORTED'));`,
    );
    this.addSql(`alter table "session_attendance" enable row level security;`);
    this.addSql(`alter table "session_attendance" force row level security;`);
    this.addSql(`create policy "session_attendance_see" on "session_attendance" for select using (provenance = 'SYNTHETIC' or partner_id = any ((select hub_scope('partners'))::uuid[]) or service_id = any ((select hub_scope('services'))::uuid[]) or exists (select from data_sharing_agreement dsa where dsa.partner_id = "session_attendance".partner_id
      and dsa.federation_id = any((select hub_scope('federations'))::uuid[]) and 'ADVICE' = any(dsa.rooms) and dsa.revoked_at is null
      and dsa.valid_until > (now() at time zone 'Europe/Brussels')::date
      and exists (select from membership dsm where dsm.partner_id = dsa.partner_id and dsm.federation_id = dsa.federation_id
        and dsm.valid_from <= (now() at time zone 'Europe/Brussels')::date
        and (dsm.valid_until is null or (now() at time zone 'Europe/Brussels')::date < dsm.valid_until))) or (select hub_is('administrator')));`);
    this.addSql(
      `create policy "session_attendance_make" on "session_attendance" for insert with check ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator'))));`,
    );
    this.addSql(
      `create policy "session_attendance_change" on "session_attendance" for update using ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator')))) with check ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator'))));`,
    );
    this.addSql(
      `create policy "session_attendance_remove" on "session_attendance" for delete using ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and ((select hub_is('administrator'))));`,
    );
    this.addSql(
      `create policy "session_attendance_count" on "session_attendance" for select to "hub_figures" using ((select coalesce(current_setting('hub.viewer', true), '') <> '') or (select hub_is('administrator')));`,
    );

    this.addSql(
      `alter table "satisfaction_score" add constraint "satisfaction_score_service_id_foreign" foreign key ("service_id") references "shared_service" ("id");`,
    );
    this.addSql(
      `alter table "satisfaction_score" add constraint "satisfaction_score_session_id_foreign" foreign key ("session_id") references "advice_session" ("id");`,
    );
    this.addSql(
      `alter table "satisfaction_score" add constraint "satisfaction_score_grade" check (grade >= 1 and grade <= 5);`,
    );
    this.addSql(
      `alter table "satisfaction_score" add constraint "satisfaction_score_answers" check (answers >= 0 and answers <= 10000);`,
    );
    this.addSql(
      `alter table "satisfaction_score" add constraint "satisfaction_score_provenance_check" check ("provenance" in ('SYNTHETIC', 'REPORTED'));`,
    );
    this.addSql(`alter table "satisfaction_score" enable row level security;`);
    this.addSql(`alter table "satisfaction_score" force row level security;`);
    this.addSql(
      `create policy "satisfaction_score_see" on "satisfaction_score" for select using (provenance = 'SYNTHETIC' or service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator')));`,
    );
    this.addSql(
      `create policy "satisfaction_score_make" on "satisfaction_score" for insert with check ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator'))));`,
    );
    this.addSql(
      `create policy "satisfaction_score_change" on "satisfaction_score" for update using ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator')))) with check ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator'))));`,
    );
    this.addSql(
      `create policy "satisfaction_score_remove" on "satisfaction_score" for delete using ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and ((select hub_is('administrator'))));`,
    );
  }

  override down(): void | Promise<void> {
    this.addSql(
      `alter table "session_registration" drop constraint "session_registration_session_id_foreign";`,
    );
    this.addSql(`alter table "session_attendance" drop constraint "session_attendance_session_id_foreign";`);
    this.addSql(`alter table "satisfaction_score" drop constraint "satisfaction_score_session_id_foreign";`);

    this.addSql(`drop table if exists "advice_session" cascade;`);
    this.addSql(`drop table if exists "session_registration" cascade;`);
    this.addSql(`drop table if exists "session_attendance" cascade;`);
    this.addSql(`drop table if exists "satisfaction_score" cascade;`);

    this.addSql(`alter table "access_token" drop constraint "access_token_scopes";`);
    this.addSql(
      `alter table "access_token" add constraint "access_token_scopes" check (cardinality(scopes) > 0 and scopes <@ array['READ', 'DIRECTORY', 'ENROLMENTS', 'USAGE', 'ORDERS', 'ENERGY', 'EMPLOYER_GROUP', 'ACCESS']);`,
    );

    this.addSql(`alter table "data_sharing_agreement" drop constraint "data_sharing_agreement_rooms";`);
    this.addSql(
      `alter table "data_sharing_agreement" add constraint "data_sharing_agreement_rooms" check (rooms <@ array['DIRECTORY', 'ENROLMENTS', 'USAGE', 'ENERGY', 'EMPLOYER_GROUP']::text[] and cardinality(rooms) > 0);`,
    );
  }
}
