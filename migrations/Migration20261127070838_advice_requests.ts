import { Migration } from '@mikro-orm/migrations';

export class Migration20261127070838_advice_requests extends Migration {
  override name = 'Migration20261127070838_advice_requests';

  override up(): void | Promise<void> {
    this.addSql(
      `create table "adviser_mandate" ("id" uuid not null, "service_id" uuid not null, "reference" varchar(12) not null, "role" text not null, "hours_per_month" numeric(5,2) not null, "valid_from" date not null, "valid_until" date null, "provenance" text not null default 'REPORTED', "created_at" timestamptz(3) not null default now(), "version" int not null default 1, primary key ("id"));`,
    );
    this.addSql(
      `create index "adviser_mandate_service_id_valid_from_id_index" on "adviser_mandate" ("service_id", "valid_from", "id");`,
    );
    this.addSql(
      `create index "adviser_mandate_valid_from_id_index" on "adviser_mandate" ("valid_from", "id");`,
    );

    this.addSql(
      `create table "advice_request" ("partner_id" uuid not null, "id" uuid not null, "service_id" uuid not null, "topic" text not null, "channel" text not null, "urgency" text not null default 'NORMAL', "question" text null, "state" text not null default 'RECEIVED', "handled_by" text null, "requested_at" timestamptz(3) not null, "taken_at" timestamptz(3) null, "closed_at" timestamptz(3) null, "provenance" text not null default 'REPORTED', "created_at" timestamptz(3) not null default now(), "version" int not null default 1, primary key ("partner_id", "id"));`,
    );
    this.addSql(`create index "advice_request_id_index" on "advice_request" ("id");`);
    this.addSql(
      `create index "advice_request_service_id_requested_at_id_index" on "advice_request" ("service_id", "requested_at", "id");`,
    );
    this.addSql(
      `create index "advice_request_requested_at_id_index" on "advice_request" ("requested_at", "id");`,
    );

    this.addSql(
      `create table "adviser_booking" ("partner_id" uuid not null, "id" uuid not null, "service_id" uuid not null, "mandate_id" uuid not null, "request_id" uuid null, "day" date not null, "hours" numeric(5,2) not null, "cancelled_at" timestamptz(3) null, "provenance" text not null default 'REPORTED', "created_at" timestamptz(3) not null default now(), "version" int not null default 1, primary key ("partner_id", "id"));`,
    );
    this.addSql(`create index "adviser_booking_id_index" on "adviser_booking" ("id");`);
    this.addSql(
      `create index "adviser_booking_mandate_id_day_index" on "adviser_booking" ("mandate_id", "day");`,
    );
    this.addSql(
      `create index "adviser_booking_service_id_day_id_index" on "adviser_booking" ("service_id", "day", "id");`,
    );
    this.addSql(`create index "adviser_booking_day_id_index" on "adviser_booking" ("day", "id");`);

    this.addSql(
      `alter table "adviser_mandate" add constraint "adviser_mandate_service_id_foreign" foreign key ("service_id") references "shared_service" ("id");`,
    );
    this.addSql(
      `alter table "adviser_mandate" add constraint "adviser_mandate_reference" check (reference ~ '^[A-Z]{0,3}-?[0-9]{1,8}\$');`,
    );
    this.addSql(
      `alter table "adviser_mandate" add constraint "adviser_mandate_hours" check (hours_per_month > 0 and hours_per_month <= 220 and mod(hours_per_month, 0.25) = 0);`,
    );
    this.addSql(
      `alter table "adviser_mandate" add constraint "adviser_mandate_months" check (valid_until > valid_from and extract(day from valid_from) = 1 and coalesce(extract(day from valid_until), 1) = 1);`,
    );
    this.addSql(
      `alter table "adviser_mandate" add constraint "adviser_mandate_role_check" check ("role" in ('PREVENTION_ADVISER', 'PSYCHOSOCIAL_ADVISER', 'ERGONOMIST', 'DIVERSITY_ADVISER', 'PROJECT_OFFICER', 'OUTSIDE_EXPERT'));`,
    );
    this.addSql(
      `alter table "adviser_mandate" add constraint "adviser_mandate_provenance_check" check ("provenance" in ('SYNTHETIC', 'REPORTED'));`,
    );
    this.addSql(`alter table "adviser_mandate" enable row level security;`);
    this.addSql(`alter table "adviser_mandate" force row level security;`);
    this.addSql(
      `create policy "adviser_mandate_see" on "adviser_mandate" for select using (provenance = 'SYNTHETIC' or service_id = any ((select hub_scope('services'))::uuid[]) or exists (select from adviser_booking mb where mb.mandate_id = "adviser_mandate".id and mb.partner_id = any((select hub_scope('partners'))::uuid[])) or (select hub_is('administrator')));`,
    );
    this.addSql(
      `create policy "adviser_mandate_make" on "adviser_mandate" for insert with check ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator'))));`,
    );
    this.addSql(
      `create policy "adviser_mandate_change" on "adviser_mandate" for update using ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator')))) with check ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator'))));`,
    );
    this.addSql(
      `create policy "adviser_mandate_remove" on "adviser_mandate" for delete using ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and ((select hub_is('administrator'))));`,
    );

    this.addSql(
      `alter table "advice_request" add constraint "advice_request_partner_id_foreign" foreign key ("partner_id") references "partner" ("id");`,
    );
    this.addSql(
      `alter table "advice_request" add constraint "advice_request_service_id_foreign" foreign key ("service_id") references "shared_service" ("id");`,
    );
    this.addSql(
      `alter table "advice_request" add constraint "advice_request_parts_of_state" check (case state when 'RECEIVED' then num_nonnulls(taken_at, handled_by, closed_at) = 0 when 'IN_PROGRESS' then num_nulls(taken_at, handled_by) = 0 and closed_at is null when 'ANSWERED' then num_nulls(taken_at, handled_by, closed_at) = 0 else closed_at is not null and num_nulls(taken_at, handled_by) <> 1 end);`,
    );
    this.addSql(
      `alter table "advice_request" add constraint "advice_request_in_order" check (taken_at >= requested_at and closed_at >= coalesce(taken_at, requested_at));`,
    );
    this.addSql(
      `alter table "advice_request" add constraint "advice_request_topic_check" check ("topic" in ('WELL_BEING_POLICY', 'RISK_ANALYSIS', 'PSYCHOSOCIAL_RISKS', 'ERGONOMICS', 'WORKPLACE_SAFETY', 'FIRE_AND_EVACUATION', 'LEGAL_DUTIES', 'DIVERSITY_POLICY', 'INCLUSIVE_RECRUITMENT', 'WELCOMING_STAFF', 'DISCRIMINATION', 'WORKING_ACROSS_CULTURES', 'OTHER'));`,
    );
    this.addSql(
      `alter table "advice_request" add constraint "advice_request_channel_check" check ("channel" in ('TELEPHONE', 'E_MAIL', 'WEBSITE', 'VISIT', 'SESSION', 'HUB'));`,
    );
    this.addSql(
      `alter table "advice_request" add constraint "advice_request_urgency_check" check ("urgency" in ('LOW', 'NORMAL', 'HIGH'));`,
    );
    this.addSql(
      `alter table "advice_request" add constraint "advice_request_state_check" check ("state" in ('RECEIVED', 'IN_PROGRESS', 'ANSWERED', 'WITHDRAWN'));`,
    );
    this.addSql(
      `alter table "advice_request" add constraint "advice_request_handled_by_check" check ("handled_by" in ('PREVENTION_ADVISER', 'PSYCHOSOCIAL_ADVISER', 'ERGONOMIST', 'DIVERSITY_ADVISER', 'PROJECT_OFFICER', 'OUTSIDE_EXPERT'));`,
    );
    this.addSql(
      `alter table "advice_request" add constraint "advice_request_provenance_check" check ("provenance" in ('SYNTHETIC', 'REPORTED'));`,
    );
    this.addSql(`alter table "advice_request" enable row level security;`);
    this.addSql(`alter table "advice_request" force row level security;`);
    this.addSql(`create policy "advice_request_see" on "advice_request" for select using (provenance = 'SYNTHETIC' or partner_id = any ((select hub_scope('partners'))::uuid[]) or service_id = any ((select hub_scope('services'))::uuid[]) or exists (select from data_sharing_agreement dsa where dsa.partner_id = "advice_request".partner_id
      and dsa.federation_id = any((select hub_scope('federations'))::uuid[]) and 'ADVICE' = any(dsa.rooms) and dsa.revoked_at is null
      and dsa.valid_until > (now() at time zone 'Europe/Brussels')::date
      and exists (select from membership dsm where dsm.partner_id = dsa.partner_id and dsm.federation_id = dsa.federation_id
        and dsm.valid_from <= (now() at time zone 'Europe/Brussels')::date
        and (dsm.valid_until is null or (now() at time zone 'Europe/Brussels')::date < dsm.valid_until))) or (select hub_is('administrator')));`);
    this.addSql(
      `create policy "advice_request_make" on "advice_request" for insert with check ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (partner_id = any ((select hub_scope('editable'))::uuid[]) or service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator'))));`,
    );
    this.addSql(
      `create policy "advice_request_change" on "advice_request" for update using ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (partner_id = any ((select hub_scope('editable'))::uuid[]) or service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator')))) with check ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (partner_id = any ((select hub_scope('editable'))::uuid[]) or service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator'))));`,
    );
    this.addSql(
      `create policy "advice_request_remove" on "advice_request" for delete using ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and ((select hub_is('administrator'))));`,
    );

    this.addSql(
      `alter table "adviser_booking" add constraint "adviser_booking_partner_id_foreign" foreign key ("partner_id") references "partner" ("id");`,
    );
    this.addSql(
      `alter table "adviser_booking" add constraint "adviser_booking_service_id_foreign" foreign key ("service_id") references "shared_service" ("id");`,
    );
    this.addSql(
      `alter table "adviser_booking" add constraint "adviser_booking_mandate_id_foreign" foreign key ("mandate_id") references "adviser_mandate" ("id");`,
    );
    this.addSql(
      `alter table "adviser_booking" add constraint "adviser_booking_partner_id_request_id_foreign" foreign key ("partner_id", "request_id") references "advice_request" ("partner_id", "id") on update no action on delete no action;`,
    );
    this.addSql(
      `alter table "adviser_booking" add constraint "adviser_booking_hours" check (hours > 0 and hours <= 11 and mod(hours, 0.25) = 0);`,
    );
    this.addSql(
      `alter table "adviser_booking" add constraint "adviser_booking_provenance_check" check ("provenance" in ('SYNTHETIC', 'REPORTED'));`,
    );
    this.addSql(`alter table "adviser_booking" enable row level security;`);
    this.addSql(`alter table "adviser_booking" force row level security;`);
    this.addSql(`create policy "adviser_booking_see" on "adviser_booking" for select using (provenance = 'SYNTHETIC' or partner_id = any ((select hub_scope('partners'))::uuid[]) or service_id = any ((select hub_scope('services'))::uuid[]) or exists (select from data_sharing_agreement dsa where dsa.partner_id = "adviser_booking".partner_id
      and dsa.federation_id = any((select hub_scope('federations'))::uuid[]) and 'ADVICE' = any(dsa.rooms) and dsa.revoked_at is null
      and dsa.valid_until > (now() at time zone 'Europe/Brussels')::date
      and exists (select from membership dsm where dsm.partner_id = dsa.partner_id and dsm.federation_id = dsa.federation_id
        and dsm.valid_from <= (now() at time zone 'Europe/Brussels')::date
        and (dsm.valid_until is null or (now() at time zone 'Europe/Brussels')::date < dsm.valid_until))) or (select hub_is('administrator')));`);
    this.addSql(
      `create policy "adviser_booking_make" on "adviser_booking" for insert with check ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator'))));`,
    );
    this.addSql(
      `create policy "adviser_booking_change" on "adviser_booking" for update using ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator')))) with check ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator'))));`,
    );
    this.addSql(
      `create policy "adviser_booking_remove" on "adviser_booking" for delete using ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and ((select hub_is('administrator'))));`,
    );
  }

  override down(): void | Promise<void> {
    this.addSql(`alter table "adviser_booking" drop constraint "adviser_booking_mandate_id_foreign";`);
    this.addSql(
      `alter table "adviser_booking" drop constraint "adviser_booking_partner_id_request_id_foreign";`,
    );

    this.addSql(`drop table if exists "adviser_mandate" cascade;`);
    this.addSql(`drop table if exists "advice_request" cascade;`);
    this.addSql(`drop table if exists "adviser_booking" cascade;`);
  }
}
