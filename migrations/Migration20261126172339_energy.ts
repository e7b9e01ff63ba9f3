import { Migration } from '@mikro-orm/migrations';

export class Migration20261126172339_energy extends Migration {
  override name = 'Migration20261126172339_energy';

  override up(): void | Promise<void> {
    this.addSql(
      `create table "energy_factor" ("id" uuid not null, "service_id" uuid not null, "kind" text not null, "carrier" text null, "unit" text null, "value" numeric(14,6) not null, "basis" varchar(200) not null, "source" varchar(300) not null, "valid_from" date not null, "valid_until" date null, "provenance" text not null default 'REPORTED', "created_at" timestamptz(3) not null default now(), primary key ("id"));`,
    );
    this.addSql(
      `create index "energy_factor_service_id_kind_valid_from_id_index" on "energy_factor" ("service_id", "kind", "valid_from", "id");`,
    );

    this.addSql(
      `create table "meter_reading" ("partner_id" uuid not null, "meter_id" uuid not null, "starts_at" timestamptz(3) not null, "ends_at" timestamptz(3) not null, "quantity" numeric(20,6) not null, "quality" text not null default 'MEASURED', "recorded_at" timestamptz(3) not null default now(), primary key ("partner_id", "meter_id", "starts_at"));`,
    );

    this.addSql(
      `create table "meter_month" ("partner_id" uuid not null, "meter_id" uuid not null, "month" date not null, "quantity" numeric(20,6) not null, "coverage" numeric(15,12) not null, "estimated" numeric(20,6) not null, primary key ("partner_id", "meter_id", "month"));`,
    );

    this.addSql(
      `create table "building" ("partner_id" uuid not null, "id" uuid not null, "service_id" uuid not null, "name" varchar(120) not null, "activity" text not null, "floor_area_m2" numeric(10,2) not null, "floor_area_band" text generated always as (case when floor_area_m2 < 500 then 'UNDER_500' when floor_area_m2 < 1000 then 'FROM_500_TO_999' when floor_area_m2 < 2500 then 'FROM_1000_TO_2499' when floor_area_m2 < 5000 then 'FROM_2500_TO_4999' else 'FROM_5000' end) stored not null, "construction_year" smallint null, "municipality_id" uuid not null, "followed_from" date not null, "followed_until" date null, "provenance" text not null default 'REPORTED', "created_at" timestamptz(3) not null default now(), "version" int not null default 1, primary key ("partner_id", "id"));`,
    );
    this.addSql(`create index "building_id_index" on "building" ("id");`);
    this.addSql(
      `create index "building_service_id_name_id_index" on "building" ("service_id", "name", "id");`,
    );
    this.addSql(`create index "building_name_id_index" on "building" ("name", "id");`);
    this.addSql(
      `create index "building_activity_floor_area_band_index" on "building" ("activity", "floor_area_band");`,
    );
    this.addSql(
      `alter table "building" add constraint "building_name_unique" unique ("partner_id", "service_id", "name");`,
    );

    this.addSql(
      `create table "energy_visit" ("partner_id" uuid not null, "id" uuid not null, "service_id" uuid not null, "building_id" uuid not null, "state" text not null default 'REQUESTED', "requested_on" date not null, "planned_for" date null, "visited_on" date null, "reported_on" date null, "cancelled_on" date null, "report_url" text null, "conclusions" text null, "provenance" text not null default 'REPORTED', "created_at" timestamptz(3) not null default now(), "version" int not null default 1, primary key ("partner_id", "id"));`,
    );
    this.addSql(`create index "energy_visit_id_index" on "energy_visit" ("id");`);
    this.addSql(
      `create index "energy_visit_partner_id_building_id_requested_on_id_index" on "energy_visit" ("partner_id", "building_id", "requested_on", "id");`,
    );
    this.addSql(
      `create index "energy_visit_service_id_requested_on_id_index" on "energy_visit" ("service_id", "requested_on", "id");`,
    );
    this.addSql(
      `create index "energy_visit_requested_on_id_index" on "energy_visit" ("requested_on", "id");`,
    );

    this.addSql(
      `create table "energy_measure" ("partner_id" uuid not null, "id" uuid not null, "service_id" uuid not null, "building_id" uuid not null, "visit_id" uuid null, "kind" text not null, "title" varchar(200) not null, "carrier" text not null, "state" text not null default 'PROPOSED', "proposed_on" date not null, "decided_on" date null, "done_on" date null, "dropped_on" date null, "investment" numeric(16,2) null, "grant_asked" numeric(16,2) null, "grant_obtained" numeric(16,2) null, "estimated_kwh_year" numeric(14,2) null, "provenance" text not null default 'REPORTED', "created_at" timestamptz(3) not null default now(), "version" int not null default 1, primary key ("partner_id", "id"));`,
    );
    this.addSql(`create index "energy_measure_id_index" on "energy_measure" ("id");`);
    this.addSql(
      `create index "energy_measure_partner_id_building_id_proposed_on_id_index" on "energy_measure" ("partner_id", "building_id", "proposed_on", "id");`,
    );
    this.addSql(
      `create index "energy_measure_service_id_proposed_on_id_index" on "energy_measure" ("service_id", "proposed_on", "id");`,
    );
    this.addSql(
      `create index "energy_measure_partner_id_visit_id_index" on "energy_measure" ("partner_id", "visit_id");`,
    );

    this.addSql(
      `create table "weather_station" ("id" uuid not null, "code" varchar(40) not null, "name" varchar(120) not null, "source" text not null, "normal_from" date null, "normal_until" date null, "provenance" text not null default 'REPORTED', "created_at" timestamptz(3) not null default now(), primary key ("id"));`,
    );
    this.addSql(
      `alter table "weather_station" add constraint "weather_station_code_unique" unique ("code");`,
    );

    this.addSql(
      `create table "meter" ("partner_id" uuid not null, "id" uuid not null, "service_id" uuid not null, "reference" varchar(60) not null, "carrier" text not null, "unit" text not null, "is_tank" boolean not null default false, "index_digits" smallint null, "station_id" uuid null, "provenance" text not null default 'REPORTED', "created_at" timestamptz(3) not null default now(), "version" int not null default 1, primary key ("partner_id", "id"));`,
    );
    this.addSql(`create index "meter_id_index" on "meter" ("id");`);
    this.addSql(
      `create index "meter_service_id_reference_id_index" on "meter" ("service_id", "reference", "id");`,
    );
    this.addSql(
      `alter table "meter" add constraint "meter_reference_unique" unique ("partner_id", "service_id", "reference");`,
    );

    this.addSql(
      `create table "savings_result" ("partner_id" uuid not null, "id" uuid not null, "service_id" uuid not null, "meter_id" uuid not null, "baseline_from" date not null, "baseline_until" date not null, "reporting_from" date not null, "reporting_until" date not null, "reason" text null, "model" text null, "change_point" numeric(4,1) null, "base_load" numeric(24,9) null, "slope" numeric(24,9) null, "r_squared" numeric(9,6) null, "cv_rmse" numeric(12,6) null, "points" int null, "adjusted_baseline_kwh" numeric(20,6) null, "measured_kwh" numeric(20,6) null, "estimated_kwh" numeric(20,6) null, "avoided_kwh" numeric(20,6) null, "uncertainty_kwh" numeric(20,6) null, "normalised_reason" text null, "normalised_kwh" numeric(20,6) null, "normalised_uncertainty_kwh" numeric(20,6) null, "co2_kg" numeric(20,6) null, "oil_litres" numeric(20,6) null, "cost_eur" numeric(20,6) null, "factors" uuid[] not null default '{}', "superseded_at" timestamptz(3) null, "provenance" text not null default 'REPORTED', "recorded_at" timestamptz(3) not null default now(), primary key ("partner_id", "id"));`,
    );
    this.addSql(`create index "savings_result_id_index" on "savings_result" ("id");`);
    this.addSql(
      `create index "savings_result_partner_id_meter_id_recorded_at_id_index" on "savings_result" ("partner_id", "meter_id", "recorded_at", "id");`,
    );
    this.addSql(
      `create index "savings_result_service_id_recorded_at_id_index" on "savings_result" ("service_id", "recorded_at", "id");`,
    );

    this.addSql(
      `create table "replaced_reading" ("partner_id" uuid not null, "id" uuid not null, "meter_id" uuid not null, "starts_at" timestamptz(3) not null, "ends_at" timestamptz(3) not null, "quantity" numeric(20,6) not null, "quality" text not null, "recorded_at" timestamptz(3) not null, "replaced_at" timestamptz(3) not null, primary key ("partner_id", "id"));`,
    );
    this.addSql(`create index "replaced_reading_id_index" on "replaced_reading" ("id");`);
    this.addSql(
      `create index "replaced_reading_partner_id_meter_id_starts_at_id_index" on "replaced_reading" ("partner_id", "meter_id", "starts_at", "id");`,
    );

    this.addSql(
      `create table "meter_building" ("partner_id" uuid not null, "id" uuid not null, "service_id" uuid not null, "meter_id" uuid not null, "building_partner_id" uuid not null, "building_id" uuid not null, "provenance" text not null default 'REPORTED', primary key ("partner_id", "id"));`,
    );
    this.addSql(`create index "meter_building_id_index" on "meter_building" ("id");`);
    this.addSql(
      `create index "meter_building_building_partner_id_building_id_index" on "meter_building" ("building_partner_id", "building_id");`,
    );
    this.addSql(
      `create index "meter_building_building_partner_id_index" on "meter_building" ("building_partner_id");`,
    );
    this.addSql(
      `alter table "meter_building" add constraint "meter_building_unique" unique ("partner_id", "meter_id", "building_partner_id", "building_id");`,
    );

    this.addSql(
      `create table "degree_day" ("station_id" uuid not null, "day" date not null, "base" numeric(4,1) not null, "degree_days" numeric(7,3) not null, primary key ("station_id", "day", "base"));`,
    );

    this.addSql(`alter table "access_token" drop constraint "access_token_scopes";`);
    this.addSql(
      `alter table "access_token" add constraint "access_token_scopes" check (cardinality(scopes) > 0 and scopes <@ array['READ', 'DIRECTORY', 'ENROLMENTS', 'USAGE', 'ORDERS', 'ENERGY', 'ACCESS']);`,
    );

    this.addSql(`alter table "data_sharing_agreement" drop constraint "data_sharing_agreement_rooms";`);
    this.addSql(
      `alter table "data_sharing_agreement" add constraint "data_sharing_agreement_rooms" check (rooms <@ array['DIRECTORY', 'ENROLMENTS', 'USAGE', 'ENERGY']::text[] and cardinality(rooms) > 0);`,
    );

    this.addSql(
      `alter table "energy_factor" add constraint "energy_factor_service_id_foreign" foreign key ("service_id") references "shared_service" ("id");`,
    );
    this.addSql(`alter table "energy_factor" add constraint "energy_factor_value" check (value > 0);`);
    this.addSql(
      `alter table "energy_factor" add constraint "energy_factor_texts" check (basis ~ '\\S' and source ~ '\\S');`,
    );
    this.addSql(
      `alter table "energy_factor" add constraint "energy_factor_parts" check ((kind = 'CALORIFIC') = (unit is not null) and case kind when 'CALORIFIC' then carrier is not null when 'OIL_EQUIVALENCE' then carrier is null else true end);`,
    );
    this.addSql(
      `alter table "energy_factor" add constraint "energy_factor_period" check (valid_until is null or valid_until > valid_from);`,
    );
    this.addSql(
      `alter table "energy_factor" add constraint "energy_factor_kind_check" check ("kind" in ('EMISSION', 'PRICE', 'CALORIFIC', 'OIL_EQUIVALENCE'));`,
    );
    this.addSql(
      `alter table "energy_factor" add constraint "energy_factor_carrier_check" check ("carrier" in ('ELECTRICITY', 'GAS', 'HEATING_OIL', 'DISTRICT_HEAT', 'WOOD', 'SOLAR'));`,
    );
    this.addSql(
      `alter table "energy_factor" add constraint "energy_factor_unit_check" check ("unit" in ('KWH', 'M3', 'LITRE', 'KG'));`,
    );
    this.addSql(
      `alter table "energy_factor" add constraint "energy_factor_provenance_check" check ("provenance" in ('SYNTHETIC', 'REPORTED'));`,
    );
    this.addSql(`alter table "energy_factor" enable row level security;`);
    this.addSql(`alter table "energy_factor" force row level security;`);
    this.addSql(`create policy "energy_factor_see" on "energy_factor" for select using (true);`);
    this.addSql(
      `create policy "energy_factor_make" on "energy_factor" for insert with check ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator'))));`,
    );
    this.addSql(
      `create policy "energy_factor_change" on "energy_factor" for update using ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator')))) with check ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator'))));`,
    );
    this.addSql(
      `create policy "energy_factor_remove" on "energy_factor" for delete using ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and ((select hub_is('administrator'))));`,
    );

    this.addSql(
      `alter table "meter_reading" add constraint "meter_reading_interval" check (ends_at > starts_at);`,
    );
    this.addSql(
      `alter table "meter_reading" add constraint "meter_reading_quality_check" check ("quality" in ('MEASURED', 'ESTIMATED', 'CORRECTED'));`,
    );
    this.addSql(`alter table "meter_reading" enable row level security;`);
    this.addSql(`alter table "meter_reading" force row level security;`);
    this.addSql(
      `create policy "meter_reading_see" on "meter_reading" for select using (exists (select from meter sm where sm.partner_id = "meter_reading".partner_id and sm.id = "meter_reading".meter_id) or (select hub_is('administrator')));`,
    );
    this.addSql(`create policy "meter_reading_make" on "meter_reading" for insert with check (partner_id = any ((select hub_scope('editable'))::uuid[]) or exists (select from meter sm where sm.partner_id = "meter_reading".partner_id and sm.id = "meter_reading".meter_id
    and sm.service_id = any((select hub_scope('services'))::uuid[])) or (select hub_is('administrator')));`);
    this.addSql(
      `create policy "meter_reading_change" on "meter_reading" for update using ((select hub_is('administrator'))) with check ((select hub_is('administrator')));`,
    );
    this.addSql(`create policy "meter_reading_remove" on "meter_reading" for delete using (partner_id = any ((select hub_scope('editable'))::uuid[]) or exists (select from meter sm where sm.partner_id = "meter_reading".partner_id and sm.id = "meter_reading".meter_id
    and sm.service_id = any((select hub_scope('services'))::uuid[])) or (select hub_is('administrator')));`);

    this.addSql(
      `alter table "meter_month" add constraint "meter_month_coverage" check (coverage >= 0 and coverage <= 1);`,
    );
    this.addSql(`alter table "meter_month" enable row level security;`);
    this.addSql(`alter table "meter_month" force row level security;`);
    this.addSql(
      `create policy "meter_month_see" on "meter_month" for select using (exists (select from meter sm where sm.partner_id = "meter_month".partner_id and sm.id = "meter_month".meter_id) or (select hub_is('administrator')));`,
    );
    this.addSql(
      `create policy "meter_month_make" on "meter_month" for insert with check ((select hub_is('administrator')));`,
    );
    this.addSql(
      `create policy "meter_month_change" on "meter_month" for update using ((select hub_is('administrator'))) with check ((select hub_is('administrator')));`,
    );
    this.addSql(
      `create policy "meter_month_remove" on "meter_month" for delete using ((select hub_is('administrator')));`,
    );
    this.addSql(
      `create policy "meter_month_count" on "meter_month" for select to "hub_figures" using ((select coalesce(current_setting('hub.viewer', true), '') <> '') or (select hub_is('administrator')));`,
    );

    this.addSql(
      `alter table "building" add constraint "building_partner_id_foreign" foreign key ("partner_id") references "partner" ("id");`,
    );
    this.addSql(
      `alter table "building" add constraint "building_service_id_foreign" foreign key ("service_id") references "shared_service" ("id");`,
    );
    this.addSql(
      `alter table "building" add constraint "building_municipality_id_foreign" foreign key ("municipality_id") references "territory" ("id");`,
    );
    this.addSql(`alter table "building" add constraint "building_name" check (name ~ '\\S');`);
    this.addSql(`alter table "building" add constraint "building_floor_area" check (floor_area_m2 >= 1);`);
    this.addSql(
      `alter table "building" add constraint "building_construction_year" check (construction_year >= 1000 and construction_year <= 2100);`,
    );
    this.addSql(
      `alter table "building" add constraint "building_followed" check (followed_until is null or followed_until > followed_from);`,
    );
    this.addSql(
      `alter table "building" add constraint "building_activity_check" check ("activity" in ('OFFICE', 'SCHOOL', 'CHILDCARE', 'HOSPITAL', 'CARE_HOME', 'HOUSING', 'DAY_CENTRE', 'CULTURE', 'SPORT', 'WORKSHOP', 'OTHER'));`,
    );
    this.addSql(
      `alter table "building" add constraint "building_floor_area_band_check" check ("floor_area_band" in ('UNDER_500', 'FROM_500_TO_999', 'FROM_1000_TO_2499', 'FROM_2500_TO_4999', 'FROM_5000'));`,
    );
    this.addSql(
      `alter table "building" add constraint "building_provenance_check" check ("provenance" in ('SYNTHETIC', 'REPORTED'));`,
    );
    this.addSql(`alter table "building" enable row level security;`);
    this.addSql(`alter table "building" force row level security;`);
    this.addSql(`create policy "building_see" on "building" for select using (provenance = 'SYNTHETIC' or partner_id = any ((select hub_scope('partners'))::uuid[]) or service_id = any ((select hub_scope('services'))::uuid[]) or exists (select from data_sharing_agreement dsa where dsa.partner_id = "building".partner_id
      and dsa.federation_id = any((select hub_scope('federations'))::uuid[]) and 'ENERGY' = any(dsa.rooms) and dsa.revoked_at is null
      and dsa.valid_until > (now() at time zone 'Europe/Brussels')::date
      and exists (select from membership dsm where dsm.partner_id = dsa.partner_id and dsm.federation_id = dsa.federation_id
        and dsm.valid_from <= (now() at time zone 'Europe/Brussels')::date
        and (dsm.valid_until is null or (now() at time zone 'Europe/Brussels')::date < dsm.valid_until))) or (select hub_is('administrator')));`);
    this.addSql(
      `create policy "building_make" on "building" for insert with check ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (partner_id = any ((select hub_scope('editable'))::uuid[]) or service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator'))));`,
    );
    this.addSql(
      `create policy "building_change" on "building" for update using ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (partner_id = any ((select hub_scope('editable'))::uuid[]) or service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator')))) with check ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (partner_id = any ((select hub_scope('editable'))::uuid[]) or service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator'))));`,
    );
    this.addSql(
      `create policy "building_remove" on "building" for delete using ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and ((select hub_is('administrator'))));`,
    );
    this.addSql(
      `create policy "building_count" on "building" for select to "hub_figures" using ((select coalesce(current_setting('hub.viewer', true), '') <> '') or (select hub_is('administrator')));`,
    );

    this.addSql(
      `alter table "energy_visit" add constraint "energy_visit_partner_id_foreign" foreign key ("partner_id") references "partner" ("id");`,
    );
    this.addSql(
      `alter table "energy_visit" add constraint "energy_visit_service_id_foreign" foreign key ("service_id") references "shared_service" ("id");`,
    );
    this.addSql(
      `alter table "energy_visit" add constraint "energy_visit_partner_id_building_id_foreign" foreign key ("partner_id", "building_id") references "building" ("partner_id", "id") on update no action on delete no action;`,
    );
    this.addSql(
      `alter table "energy_visit" add constraint "energy_visit_parts_of_state" check (case state when 'REQUESTED' then num_nonnulls(planned_for, visited_on, reported_on, cancelled_on) = 0 when 'PLANNED' then planned_for is not null and num_nonnulls(visited_on, reported_on, cancelled_on) = 0 when 'VISITED' then visited_on is not null and num_nonnulls(reported_on, cancelled_on) = 0 when 'REPORTED' then num_nulls(visited_on, reported_on) = 0 and cancelled_on is null else cancelled_on is not null and num_nonnulls(visited_on, reported_on) = 0 end);`,
    );
    this.addSql(
      `alter table "energy_visit" add constraint "energy_visit_in_order" check (planned_for >= requested_on and visited_on >= requested_on and reported_on >= visited_on and cancelled_on >= requested_on);`,
    );
    this.addSql(
      `alter table "energy_visit" add constraint "energy_visit_report" check (reported_on is not null or num_nonnulls(report_url, conclusions) = 0);`,
    );
    this.addSql(
      `alter table "energy_visit" add constraint "energy_visit_state_check" check ("state" in ('REQUESTED', 'PLANNED', 'VISITED', 'REPORTED', 'CANCELLED'));`,
    );
    this.addSql(
      `alter table "energy_visit" add constraint "energy_visit_provenance_check" check ("provenance" in ('SYNTHETIC', 'REPORTED'));`,
    );
    this.addSql(`alter table "energy_visit" enable row level security;`);
    this.addSql(`alter table "energy_visit" force row level security;`);
    this.addSql(`create policy "energy_visit_see" on "energy_visit" for select using (provenance = 'SYNTHETIC' or partner_id = any ((select hub_scope('partners'))::uuid[]) or service_id = any ((select hub_scope('services'))::uuid[]) or exists (select from data_sharing_agreement dsa where dsa.partner_id = "energy_visit".partner_id
      and dsa.federation_id = any((select hub_scope('federations'))::uuid[]) and 'ENERGY' = any(dsa.rooms) and dsa.revoked_at is null
      and dsa.valid_until > (now() at time zone 'Europe/Brussels')::date
      and exists (select from membership dsm where dsm.partner_id = dsa.partner_id and dsm.federation_id = dsa.federation_id
        and dsm.valid_from <= (now() at time zone 'Europe/Brussels')::date
        and (dsm.valid_until is null or (now() at time zone 'Europe/Brussels')::date < dsm.valid_until))) or (select hub_is('administrator')));`);
    this.addSql(
      `create policy "energy_visit_make" on "energy_visit" for insert with check ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (partner_id = any ((select hub_scope('editable'))::uuid[]) or service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator'))));`,
    );
    this.addSql(
      `create policy "energy_visit_change" on "energy_visit" for update using ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (partner_id = any ((select hub_scope('editable'))::uuid[]) or service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator')))) with check ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (partner_id = any ((select hub_scope('editable'))::uuid[]) or service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator'))));`,
    );
    this.addSql(
      `create policy "energy_visit_remove" on "energy_visit" for delete using ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and ((select hub_is('administrator'))));`,
    );

    this.addSql(
      `alter table "energy_measure" add constraint "energy_measure_partner_id_foreign" foreign key ("partner_id") references "partner" ("id");`,
    );
    this.addSql(
      `alter table "energy_measure" add constraint "energy_measure_service_id_foreign" foreign key ("service_id") references "shared_service" ("id");`,
    );
    this.addSql(
      `alter table "energy_measure" add constraint "energy_measure_partner_id_building_id_foreign" foreign key ("partner_id", "building_id") references "building" ("partner_id", "id") on update no action on delete no action;`,
    );
    this.addSql(
      `alter table "energy_measure" add constraint "energy_measure_partner_id_visit_id_foreign" foreign key ("partner_id", "visit_id") references "energy_visit" ("partner_id", "id") on update no action on delete no action;`,
    );
    this.addSql(`alter table "energy_measure" add constraint "energy_measure_title" check (title ~ '\\S');`);
    this.addSql(
      `alter table "energy_measure" add constraint "energy_measure_parts_of_state" check (case state when 'PROPOSED' then num_nonnulls(decided_on, done_on, dropped_on) = 0 when 'DECIDED' then decided_on is not null and num_nonnulls(done_on, dropped_on) = 0 when 'DONE' then num_nulls(decided_on, done_on) = 0 and dropped_on is null else dropped_on is not null and done_on is null end);`,
    );
    this.addSql(
      `alter table "energy_measure" add constraint "energy_measure_in_order" check (decided_on >= proposed_on and done_on >= decided_on and dropped_on >= proposed_on and dropped_on >= decided_on);`,
    );
    this.addSql(
      `alter table "energy_measure" add constraint "energy_measure_amounts" check (investment >= 0 and grant_asked >= 0 and grant_obtained >= 0 and grant_asked <= investment and grant_obtained <= investment);`,
    );
    this.addSql(
      `alter table "energy_measure" add constraint "energy_measure_estimate" check (estimated_kwh_year >= 0);`,
    );
    this.addSql(
      `alter table "energy_measure" add constraint "energy_measure_kind_check" check ("kind" in ('INSULATION', 'GLAZING', 'HEATING_SYSTEM', 'HEATING_CONTROL', 'HOT_WATER', 'VENTILATION', 'LIGHTING', 'APPLIANCES', 'SOLAR_PANELS', 'BEHAVIOUR', 'OTHER'));`,
    );
    this.addSql(
      `alter table "energy_measure" add constraint "energy_measure_carrier_check" check ("carrier" in ('ELECTRICITY', 'GAS', 'HEATING_OIL', 'DISTRICT_HEAT', 'WOOD', 'SOLAR'));`,
    );
    this.addSql(
      `alter table "energy_measure" add constraint "energy_measure_state_check" check ("state" in ('PROPOSED', 'DECIDED', 'DONE', 'DROPPED'));`,
    );
    this.addSql(
      `alter table "energy_measure" add constraint "energy_measure_provenance_check" check ("provenance" in ('SYNTHETIC', 'REPORTED'));`,
    );
    this.addSql(`alter table "energy_measure" enable row level security;`);
    this.addSql(`alter table "energy_measure" force row level security;`);
    this.addSql(`create policy "energy_measure_see" on "energy_measure" for select using (provenance = 'SYNTHETIC' or partner_id = any ((select hub_scope('partners'))::uuid[]) or service_id = any ((select hub_scope('services'))::uuid[]) or exists (select from data_sharing_agreement dsa where dsa.partner_id = "energy_measure".partner_id
      and dsa.federation_id = any((select hub_scope('federations'))::uuid[]) and 'ENERGY' = any(dsa.rooms) and dsa.revoked_at is null
      and dsa.valid_until > (now() at time zone 'Europe/Brussels')::date
      and exists (select from membership dsm where dsm.partner_id = dsa.partner_id and dsm.federation_id = dsa.federation_id
        and dsm.valid_from <= (now() at time zone 'Europe/Brussels')::date
        and (dsm.valid_until is null or (now() at time zone 'Europe/Brussels')::date < dsm.valid_until))) or (select hub_is('administrator')));`);
    this.addSql(
      `create policy "energy_measure_make" on "energy_measure" for insert with check ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (partner_id = any ((select hub_scope('editable'))::uuid[]) or service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator'))));`,
    );
    this.addSql(
      `create policy "energy_measure_change" on "energy_measure" for update using ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (partner_id = any ((select hub_scope('editable'))::uuid[]) or service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator')))) with check ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (partner_id = any ((select hub_scope('editable'))::uuid[]) or service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator'))));`,
    );
    this.addSql(
      `create policy "energy_measure_remove" on "energy_measure" for delete using ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and ((select hub_is('administrator'))));`,
    );

    this.addSql(
      `alter table "weather_station" add constraint "weather_station_code" check (code ~ '^[A-Z0-9_]+\$');`,
    );
    this.addSql(
      `alter table "weather_station" add constraint "weather_station_normal" check (case when normal_from is null then normal_until is null else normal_until > normal_from and extract(doy from normal_from) = 1 and extract(doy from normal_until) = 1 end);`,
    );
    this.addSql(
      `alter table "weather_station" add constraint "weather_station_provenance_check" check ("provenance" in ('SYNTHETIC', 'REPORTED'));`,
    );
    this.addSql(`alter table "weather_station" enable row level security;`);
    this.addSql(`alter table "weather_station" force row level security;`);
    this.addSql(`create policy "weather_station_see" on "weather_station" for select using (true);`);
    this.addSql(
      `create policy "weather_station_make" on "weather_station" for insert with check ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and ((select hub_is('administrator'))));`,
    );
    this.addSql(
      `create policy "weather_station_change" on "weather_station" for update using ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and ((select hub_is('administrator')))) with check ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and ((select hub_is('administrator'))));`,
    );
    this.addSql(
      `create policy "weather_station_remove" on "weather_station" for delete using ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and ((select hub_is('administrator'))));`,
    );

    this.addSql(
      `alter table "meter" add constraint "meter_partner_id_foreign" foreign key ("partner_id") references "partner" ("id");`,
    );
    this.addSql(
      `alter table "meter" add constraint "meter_service_id_foreign" foreign key ("service_id") references "shared_service" ("id");`,
    );
    this.addSql(
      `alter table "meter" add constraint "meter_station_id_foreign" foreign key ("station_id") references "weather_station" ("id") on delete set null;`,
    );
    this.addSql(`alter table "meter" add constraint "meter_reference" check (reference ~ '^[!-~]+\$');`);
    this.addSql(
      `alter table "meter" add constraint "meter_unit" check (case carrier when 'GAS' then unit in ('KWH', 'M3') when 'HEATING_OIL' then unit = 'LITRE' when 'WOOD' then unit = 'KG' else unit = 'KWH' end);`,
    );
    this.addSql(
      `alter table "meter" add constraint "meter_tank" check (not is_tank or carrier in ('HEATING_OIL', 'WOOD'));`,
    );
    this.addSql(
      `alter table "meter" add constraint "meter_index_digits" check (index_digits >= 3 and index_digits <= 12);`,
    );
    this.addSql(
      `alter table "meter" add constraint "meter_carrier_check" check ("carrier" in ('ELECTRICITY', 'GAS', 'HEATING_OIL', 'DISTRICT_HEAT', 'WOOD', 'SOLAR'));`,
    );
    this.addSql(
      `alter table "meter" add constraint "meter_unit_check" check ("unit" in ('KWH', 'M3', 'LITRE', 'KG'));`,
    );
    this.addSql(
      `alter table "meter" add constraint "meter_provenance_check" check ("provenance" in ('SYNTHETIC', 'REPORTED'));`,
    );
    this.addSql(`alter table "meter" enable row level security;`);
    this.addSql(`alter table "meter" force row level security;`);
    this.addSql(`create policy "meter_see" on "meter" for select using (provenance = 'SYNTHETIC' or partner_id = any ((select hub_scope('partners'))::uuid[]) or service_id = any ((select hub_scope('services'))::uuid[]) or exists (select from meter_building mb where mb.partner_id = "meter".partner_id and mb.meter_id = "meter".id
    and mb.building_partner_id = any((select hub_scope('partners'))::uuid[])) or exists (select from data_sharing_agreement dsa where dsa.partner_id = "meter".partner_id
      and dsa.federation_id = any((select hub_scope('federations'))::uuid[]) and 'ENERGY' = any(dsa.rooms) and dsa.revoked_at is null
      and dsa.valid_until > (now() at time zone 'Europe/Brussels')::date
      and exists (select from membership dsm where dsm.partner_id = dsa.partner_id and dsm.federation_id = dsa.federation_id
        and dsm.valid_from <= (now() at time zone 'Europe/Brussels')::date
        and (dsm.valid_until is null or (now() at time zone 'Europe/Brussels')::date < dsm.valid_until))) or (select hub_is('administrator')));`);
    this.addSql(
      `create policy "meter_make" on "meter" for insert with check ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (partner_id = any ((select hub_scope('editable'))::uuid[]) or service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator'))));`,
    );
    this.addSql(
      `create policy "meter_change" on "meter" for update using ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (partner_id = any ((select hub_scope('editable'))::uuid[]) or service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator')))) with check ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (partner_id = any ((select hub_scope('editable'))::uuid[]) or service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator'))));`,
    );
    this.addSql(
      `create policy "meter_remove" on "meter" for delete using ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and ((select hub_is('administrator'))));`,
    );
    this.addSql(
      `create policy "meter_count" on "meter" for select to "hub_figures" using ((select coalesce(current_setting('hub.viewer', true), '') <> '') or (select hub_is('administrator')));`,
    );

    this.addSql(
      `alter table "savings_result" add constraint "savings_result_partner_id_foreign" foreign key ("partner_id") references "partner" ("id");`,
    );
    this.addSql(
      `alter table "savings_result" add constraint "savings_result_service_id_foreign" foreign key ("service_id") references "shared_service" ("id");`,
    );
    this.addSql(
      `alter table "savings_result" add constraint "savings_result_partner_id_meter_id_foreign" foreign key ("partner_id", "meter_id") references "meter" ("partner_id", "id") on update no action on delete no action;`,
    );
    this.addSql(
      `alter table "savings_result" add constraint "savings_result_periods" check (baseline_from < baseline_until and baseline_until <= reporting_from and reporting_from < reporting_until and extract(day from baseline_from) = 1 and extract(day from baseline_until) = 1 and extract(day from reporting_from) = 1 and extract(day from reporting_until) = 1);`,
    );
    this.addSql(
      `alter table "savings_result" add constraint "savings_result_number_or_reason" check ((reason is null) = (avoided_kwh is not null));`,
    );
    this.addSql(
      `alter table "savings_result" add constraint "savings_result_sum" check (avoided_kwh = adjusted_baseline_kwh - measured_kwh);`,
    );
    this.addSql(
      `alter table "savings_result" add constraint "savings_result_reason_check" check ("reason" in ('TOO_FEW_MONTHS', 'GAPS_IN_BASELINE', 'GAPS_IN_REPORTING', 'NO_DEGREE_DAYS', 'POOR_FIT', 'NO_CONVERSION_FACTOR', 'NO_NORMAL_YEAR'));`,
    );
    this.addSql(
      `alter table "savings_result" add constraint "savings_result_model_check" check ("model" in ('DEGREE_DAYS', 'SAME_MONTH'));`,
    );
    this.addSql(
      `alter table "savings_result" add constraint "savings_result_normalised_reason_check" check ("normalised_reason" in ('TOO_FEW_MONTHS', 'GAPS_IN_BASELINE', 'GAPS_IN_REPORTING', 'NO_DEGREE_DAYS', 'POOR_FIT', 'NO_CONVERSION_FACTOR', 'NO_NORMAL_YEAR'));`,
    );
    this.addSql(
      `alter table "savings_result" add constraint "savings_result_provenance_check" check ("provenance" in ('SYNTHETIC', 'REPORTED'));`,
    );
    this.addSql(`alter table "savings_result" enable row level security;`);
    this.addSql(`alter table "savings_result" force row level security;`);
    this.addSql(`create policy "savings_result_see" on "savings_result" for select using (provenance = 'SYNTHETIC' or partner_id = any ((select hub_scope('partners'))::uuid[]) or service_id = any ((select hub_scope('services'))::uuid[]) or exists (select from data_sharing_agreement dsa where dsa.partner_id = "savings_result".partner_id
      and dsa.federation_id = any((select hub_scope('federations'))::uuid[]) and 'ENERGY' = any(dsa.rooms) and dsa.revoked_at is null
      and dsa.valid_until > (now() at time zone 'Europe/Brussels')::date
      and exists (select from membership dsm where dsm.partner_id = dsa.partner_id and dsm.federation_id = dsa.federation_id
        and dsm.valid_from <= (now() at time zone 'Europe/Brussels')::date
        and (dsm.valid_until is null or (now() at time zone 'Europe/Brussels')::date < dsm.valid_until))) or (select hub_is('administrator')));`);
    this.addSql(
      `create policy "savings_result_make" on "savings_result" for insert with check ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator'))));`,
    );
    this.addSql(
      `create policy "savings_result_change" on "savings_result" for update using ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator')))) with check ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator'))));`,
    );
    this.addSql(
      `create policy "savings_result_remove" on "savings_result" for delete using ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and ((select hub_is('administrator'))));`,
    );

    this.addSql(
      `alter table "replaced_reading" add constraint "replaced_reading_partner_id_foreign" foreign key ("partner_id") references "partner" ("id");`,
    );
    this.addSql(
      `alter table "replaced_reading" add constraint "replaced_reading_partner_id_meter_id_foreign" foreign key ("partner_id", "meter_id") references "meter" ("partner_id", "id") on update no action on delete no action;`,
    );
    this.addSql(
      `alter table "replaced_reading" add constraint "replaced_reading_quality_check" check ("quality" in ('MEASURED', 'ESTIMATED', 'CORRECTED'));`,
    );
    this.addSql(`alter table "replaced_reading" enable row level security;`);
    this.addSql(`alter table "replaced_reading" force row level security;`);
    this.addSql(
      `create policy "replaced_reading_see" on "replaced_reading" for select using (exists (select from meter sm where sm.partner_id = "replaced_reading".partner_id and sm.id = "replaced_reading".meter_id) or (select hub_is('administrator')));`,
    );
    this.addSql(
      `create policy "replaced_reading_make" on "replaced_reading" for insert with check ((select hub_is('administrator')));`,
    );
    this.addSql(
      `create policy "replaced_reading_change" on "replaced_reading" for update using ((select hub_is('administrator'))) with check ((select hub_is('administrator')));`,
    );
    this.addSql(
      `create policy "replaced_reading_remove" on "replaced_reading" for delete using ((select hub_is('administrator')));`,
    );

    this.addSql(
      `alter table "meter_building" add constraint "meter_building_partner_id_foreign" foreign key ("partner_id") references "partner" ("id");`,
    );
    this.addSql(
      `alter table "meter_building" add constraint "meter_building_service_id_foreign" foreign key ("service_id") references "shared_service" ("id");`,
    );
    this.addSql(
      `alter table "meter_building" add constraint "meter_building_partner_id_meter_id_foreign" foreign key ("partner_id", "meter_id") references "meter" ("partner_id", "id") on update no action on delete no action;`,
    );
    this.addSql(
      `alter table "meter_building" add constraint "meter_building_building_partner_id_foreign" foreign key ("building_partner_id") references "partner" ("id");`,
    );
    this.addSql(
      `alter table "meter_building" add constraint "meter_building_building_partner_id_building_id_foreign" foreign key ("building_partner_id", "building_id") references "building" ("partner_id", "id") on update no action on delete no action;`,
    );
    this.addSql(
      `alter table "meter_building" add constraint "meter_building_provenance_check" check ("provenance" in ('SYNTHETIC', 'REPORTED'));`,
    );
    this.addSql(`alter table "meter_building" enable row level security;`);
    this.addSql(`alter table "meter_building" force row level security;`);
    this.addSql(`create policy "meter_building_see" on "meter_building" for select using (provenance = 'SYNTHETIC' or partner_id = any ((select hub_scope('partners'))::uuid[]) or building_partner_id = any ((select hub_scope('partners'))::uuid[]) or service_id = any ((select hub_scope('services'))::uuid[]) or exists (select from data_sharing_agreement dsa where dsa.partner_id = "meter_building".partner_id
      and dsa.federation_id = any((select hub_scope('federations'))::uuid[]) and 'ENERGY' = any(dsa.rooms) and dsa.revoked_at is null
      and dsa.valid_until > (now() at time zone 'Europe/Brussels')::date
      and exists (select from membership dsm where dsm.partner_id = dsa.partner_id and dsm.federation_id = dsa.federation_id
        and dsm.valid_from <= (now() at time zone 'Europe/Brussels')::date
        and (dsm.valid_until is null or (now() at time zone 'Europe/Brussels')::date < dsm.valid_until))) or exists (select from data_sharing_agreement dsa where dsa.partner_id = "meter_building".building_partner_id
      and dsa.federation_id = any((select hub_scope('federations'))::uuid[]) and 'ENERGY' = any(dsa.rooms) and dsa.revoked_at is null
      and dsa.valid_until > (now() at time zone 'Europe/Brussels')::date
      and exists (select from membership dsm where dsm.partner_id = dsa.partner_id and dsm.federation_id = dsa.federation_id
        and dsm.valid_from <= (now() at time zone 'Europe/Brussels')::date
        and (dsm.valid_until is null or (now() at time zone 'Europe/Brussels')::date < dsm.valid_until))) or (select hub_is('administrator')));`);
    this.addSql(
      `create policy "meter_building_make" on "meter_building" for insert with check ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (("meter_building".partner_id = any((select hub_scope('editable'))::uuid[]) and "meter_building".building_partner_id = "meter_building".partner_id) or service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator'))));`,
    );
    this.addSql(
      `create policy "meter_building_change" on "meter_building" for update using ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and ((select hub_is('administrator')))) with check ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and ((select hub_is('administrator'))));`,
    );
    this.addSql(
      `create policy "meter_building_remove" on "meter_building" for delete using ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (("meter_building".partner_id = any((select hub_scope('editable'))::uuid[]) and "meter_building".building_partner_id = "meter_building".partner_id) or service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator'))));`,
    );
    this.addSql(
      `create policy "meter_building_count" on "meter_building" for select to "hub_figures" using ((select coalesce(current_setting('hub.viewer', true), '') <> '') or (select hub_is('administrator')));`,
    );

    this.addSql(
      `alter table "degree_day" add constraint "degree_day_station_id_foreign" foreign key ("station_id") references "weather_station" ("id");`,
    );
    this.addSql(`alter table "degree_day" add constraint "degree_day_base" check (base > 0 and base <= 30);`);
    this.addSql(
      `alter table "degree_day" add constraint "degree_day_value" check (degree_days >= 0 and degree_days <= 100);`,
    );
    this.addSql(`alter table "degree_day" enable row level security;`);
    this.addSql(`alter table "degree_day" force row level security;`);
    this.addSql(`create policy "degree_day_see" on "degree_day" for select using (true);`);
    this.addSql(
      `create policy "degree_day_make" on "degree_day" for insert with check ((select hub_is('administrator')));`,
    );
    this.addSql(
      `create policy "degree_day_change" on "degree_day" for update using ((select hub_is('administrator'))) with check ((select hub_is('administrator')));`,
    );
    this.addSql(
      `create policy "degree_day_remove" on "degree_day" for delete using ((select hub_is('administrator')));`,
    );
  }

  override down(): void | Promise<void> {
    this.addSql(`alter table "energy_visit" drop constraint "energy_visit_partner_id_building_id_foreign";`);
    this.addSql(
      `alter table "energy_measure" drop constraint "energy_measure_partner_id_building_id_foreign";`,
    );
    this.addSql(
      `alter table "meter_building" drop constraint "meter_building_building_partner_id_building_id_foreign";`,
    );
    this.addSql(`alter table "energy_measure" drop constraint "energy_measure_partner_id_visit_id_foreign";`);
    this.addSql(`alter table "meter" drop constraint "meter_station_id_foreign";`);
    this.addSql(`alter table "degree_day" drop constraint "degree_day_station_id_foreign";`);
    this.addSql(`alter table "savings_result" drop constraint "savings_result_partner_id_meter_id_foreign";`);
    this.addSql(
      `alter table "replaced_reading" drop constraint "replaced_reading_partner_id_meter_id_foreign";`,
    );
    this.addSql(`alter table "meter_building" drop constraint "meter_building_partner_id_meter_id_foreign";`);

    this.addSql(`drop table if exists "energy_factor" cascade;`);
    this.addSql(`drop table if exists "meter_reading" cascade;`);
    this.addSql(`drop table if exists "meter_month" cascade;`);
    this.addSql(`drop table if exists "building" cascade;`);
    this.addSql(`drop table if exists "energy_visit" cascade;`);
    this.addSql(`drop table if exists "energy_measure" cascade;`);
    this.addSql(`drop table if exists "weather_station" cascade;`);
    this.addSql(`drop table if exists "meter" cascade;`);
    this.addSql(`drop table if exists "savings_result" cascade;`);
    this.addSql(`drop table if exists "replaced_reading" cascade;`);
    this.addSql(`drop table if exists "meter_building" cascade;`);
    this.addSql(`drop table if exists "degree_day" cascade;`);

    this.addSql(`alter table "access_token" drop constraint "access_token_scopes";`);
    this.addSql(
      `alter table "access_token" add constraint "access_token_scopes" check (cardinality(scopes) > 0 and scopes <@ array['READ', 'DIRECTORY', 'ENROLMENTS', 'USAGE', 'ORDERS', 'ACCESS']);`,
    );

    this.addSql(`alter table "data_sharing_agreement" drop constraint "data_sharing_agreement_rooms";`);
    this.addSql(
      `alter table "data_sharing_agreement" add constraint "data_sharing_agreement_rooms" check (rooms <@ array['DIRECTORY', 'ENROLMENTS', 'USAGE']::text[] and cardinality(rooms) > 0);`,
    );
  }
}
