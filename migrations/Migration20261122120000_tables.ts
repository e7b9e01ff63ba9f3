import { Migration } from '@mikro-orm/migrations';

export class Migration20261122120000_tables extends Migration {
  override name = 'Migration20261122120000_tables';

  override up(): void {
    this.addSql(
      `create table "competent_authority" ("id" uuid not null, "code" varchar(20) not null, "name_fr" text null, "name_nl" text null, "name_en" text null, "name_de" text null, "part_of_id" uuid null, primary key ("id"));`,
    );
    this.addSql(
      `alter table "competent_authority" add constraint "competent_authority_code_unique" unique ("code");`,
    );

    this.addSql(
      `create table "federation" ("id" uuid not null, "slug" varchar(80) not null, "name_fr" text null, "name_nl" text null, "name_en" text null, "name_de" text null, "description_fr" text null, "description_nl" text null, "description_en" text null, "description_de" text null, "website" text null, "modelled_on" text null, "provenance" text not null default 'REPORTED', "created_at" timestamptz(3) not null default now(), primary key ("id"));`,
    );
    this.addSql(`alter table "federation" add constraint "federation_slug_unique" unique ("slug");`);

    this.addSql(
      `create table "hub_state" ("id" int not null, "holds_real_rows" boolean not null default false, "mode" varchar(20) null, "accepts_synthetic" boolean not null default false, primary key ("id"));`,
    );

    this.addSql(
      `create table "idempotency_record" ("principal" varchar(120) not null, "key" varchar(120) not null, "mutation" varchar(80) not null, "fingerprint" char(64) not null, "outcome" jsonb not null, "created_at" timestamptz(3) not null default now(), primary key ("principal", "key"));`,
    );

    this.addSql(
      `create table "metric_definition" ("key" varchar(60) not null, "label_fr" text null, "label_nl" text null, "label_en" text null, "label_de" text null, "description_fr" text null, "description_nl" text null, "description_en" text null, "description_de" text null, "unit" text not null, "kind" text not null, "aggregation" text not null, "source" text not null, "service_kind" text null, "needs_enrolment" boolean not null, "whole_numbers" boolean not null, "never_negative" boolean not null, primary key ("key"));`,
    );

    this.addSql(
      `create table "population" ("id" uuid not null, "slug" varchar(80) not null, "name_fr" text null, "name_nl" text null, "name_en" text null, "name_de" text null, "definition_fr" text null, "definition_nl" text null, "definition_en" text null, "definition_de" text null, "declared_count" int null, "as_of" date not null, "source" text not null, "provenance" text not null default 'REPORTED', primary key ("id"));`,
    );
    this.addSql(`alter table "population" add constraint "population_slug_unique" unique ("slug");`);

    this.addSql(
      `create table "provider" ("id" uuid not null, "slug" varchar(80) not null, "name_fr" text null, "name_nl" text null, "name_en" text null, "name_de" text null, "website" text null, "modelled_on" text null, "provenance" text not null default 'REPORTED', "created_at" timestamptz(3) not null default now(), primary key ("id"));`,
    );
    this.addSql(`alter table "provider" add constraint "provider_slug_unique" unique ("slug");`);

    this.addSql(
      `create table "sector" ("id" uuid not null, "code" varchar(40) not null, "name_fr" text null, "name_nl" text null, "name_en" text null, "name_de" text null, "nace_code" varchar(7) not null, primary key ("id"));`,
    );
    this.addSql(`alter table "sector" add constraint "sector_code_unique" unique ("code");`);

    this.addSql(
      `create table "shared_service" ("id" uuid not null, "slug" varchar(80) not null, "kind" text not null, "name_fr" text null, "name_nl" text null, "name_en" text null, "name_de" text null, "description_fr" text null, "description_nl" text null, "description_en" text null, "description_de" text null, "eligibility_fr" text null, "eligibility_nl" text null, "eligibility_en" text null, "eligibility_de" text null, "price_fr" text null, "price_nl" text null, "price_en" text null, "price_de" text null, "how_to_join_fr" text null, "how_to_join_nl" text null, "how_to_join_en" text null, "how_to_join_de" text null, "languages" text[] not null default '{}', "website" text null, "started_on" date null, "federation_id" uuid null, "population_id" uuid null, "enrolments_public" boolean not null default false, "usage_unit" text null, "provenance" text not null default 'REPORTED', "created_at" timestamptz(3) not null default now(), primary key ("id"));`,
    );
    this.addSql(`alter table "shared_service" add constraint "shared_service_slug_unique" unique ("slug");`);
    this.addSql(`create index "shared_service_kind_index" on "shared_service" ("kind");`);
    this.addSql(`create index "shared_service_federation_id_index" on "shared_service" ("federation_id");`);

    this.addSql(
      `create table "service_carrier" ("service_id" uuid not null, "provider_id" uuid not null, "is_lead" boolean not null default false, primary key ("service_id", "provider_id"));`,
    );
    this.addSql(`create index "service_carrier_provider_id_index" on "service_carrier" ("provider_id");`);

    this.addSql(
      `create table "published_figure" ("id" uuid not null, "slug" varchar(80) not null, "label_fr" text null, "label_nl" text null, "label_en" text null, "label_de" text null, "value" numeric(20,6) not null, "qualifier" text not null, "unit" text not null, "kind" text not null, "period_from" date null, "period_until" date null, "period_note" text null, "document" text not null, "heading" text not null, "quoted_words" text not null, "service_id" uuid null, "metric_key" varchar(60) null, "authority_id" uuid null, "category" varchar(40) null, "population_id" uuid null, "position" int not null, primary key ("id"));`,
    );
    this.addSql(
      `alter table "published_figure" add constraint "published_figure_slug_unique" unique ("slug");`,
    );
    this.addSql(
      `alter table "published_figure" add constraint "published_figure_position_unique" unique ("position");`,
    );

    this.addSql(
      `create table "funding" ("id" uuid not null, "service_id" uuid not null, "authority_id" uuid null, "funder" text not null, "amount" numeric(16,2) not null, "currency" char(3) not null default 'EUR', "period_from" date not null, "period_until" date not null, "provenance" text not null default 'REPORTED', primary key ("id"));`,
    );
    this.addSql(`create index "funding_service_id_index" on "funding" ("service_id");`);

    this.addSql(
      `create table "territory" ("id" uuid not null, "nis_code" varchar(5) not null, "level" text not null, "name_fr" text null, "name_nl" text null, "name_en" text null, "name_de" text null, "postal_codes" text[] not null default '{}', "region_code" varchar(5) not null, "province_code" varchar(5) null, "arrondissement_code" varchar(5) null, primary key ("id"));`,
    );
    this.addSql(`alter table "territory" add constraint "territory_nis_code_unique" unique ("nis_code");`);
    this.addSql(`create index "territory_region_code_index" on "territory" ("region_code");`);
    this.addSql(`create index "territory_province_code_index" on "territory" ("province_code");`);

    this.addSql(
      `create table "partner" ("id" uuid not null, "slug" varchar(80) not null, "enterprise_number" varchar(10) not null, "name_fr" text null, "name_nl" text null, "name_en" text null, "name_de" text null, "description_fr" text null, "description_nl" text null, "description_en" text null, "description_de" text null, "legal_form" text not null, "sector_id" uuid not null, "municipality_id" uuid not null, "headcount" int not null, "size_band" text generated always as (case when headcount < 5 then 'UNDER_5' when headcount < 10 then 'FROM_5_TO_9' when headcount < 20 then 'FROM_10_TO_19' when headcount < 50 then 'FROM_20_TO_49' when headcount < 100 then 'FROM_50_TO_99' when headcount < 200 then 'FROM_100_TO_199' else 'FROM_200' end) stored not null, "languages" text[] not null default '{}', "website" text null, "provenance" text not null default 'REPORTED', "created_at" timestamptz(3) not null default now(), "updated_at" timestamptz(3) not null default now(), "version" int not null default 1, "search_text" text not null, "search_vector" tsvector generated always as (to_tsvector('simple', search_text)) stored not null, "sort_name_fr" text collate "C" not null, "sort_name_nl" text collate "C" not null, "sort_name_en" text collate "C" not null, "sort_name_de" text collate "C" not null, primary key ("id"));`,
    );
    this.addSql(`alter table "partner" add constraint "partner_slug_unique" unique ("slug");`);
    this.addSql(
      `alter table "partner" add constraint "partner_enterprise_number_unique" unique ("enterprise_number");`,
    );
    this.addSql(`create index "partner_sector_id_index" on "partner" ("sector_id");`);
    this.addSql(`create index "partner_municipality_id_index" on "partner" ("municipality_id");`);
    this.addSql(`create index "partner_size_band_index" on "partner" ("size_band");`);
    this.addSql(`create index "partner_created_at_id_index" on "partner" ("created_at", "id");`);
    this.addSql(`create index "partner_headcount_id_index" on "partner" ("headcount", "id");`);
    this.addSql(`create index "partner_search_vector_index" on "partner" using gin ("search_vector");`);
    this.addSql(`create index partner_sort_name_fr_index on partner (sort_name_fr, id);`);
    this.addSql(`create index partner_sort_name_nl_index on partner (sort_name_nl, id);`);
    this.addSql(`create index partner_sort_name_en_index on partner (sort_name_en, id);`);
    this.addSql(`create index partner_sort_name_de_index on partner (sort_name_de, id);`);

    this.addSql(
      `create table "site" ("partner_id" uuid not null, "id" uuid not null, "name_fr" text null, "name_nl" text null, "name_en" text null, "name_de" text null, "postal_code" varchar(4) not null, "municipality_id" uuid not null, "is_registered_office" boolean not null default false, "provenance" text not null default 'REPORTED', primary key ("partner_id", "id"));`,
    );
    this.addSql(`create index "site_id_index" on "site" ("id");`);
    this.addSql(`create index "site_municipality_id_index" on "site" ("municipality_id");`);

    this.addSql(
      `create table "recognition" ("partner_id" uuid not null, "id" uuid not null, "site_id" uuid null, "authority_id" uuid not null, "sector_id" uuid not null, "valid_from" date not null, "valid_until" date null, "provenance" text not null default 'REPORTED', primary key ("partner_id", "id"));`,
    );
    this.addSql(`create index "recognition_id_index" on "recognition" ("id");`);
    this.addSql(
      `create index "recognition_authority_id_partner_id_index" on "recognition" ("authority_id", "partner_id");`,
    );

    this.addSql(
      `create table "population_member" ("population_id" uuid not null, "partner_id" uuid not null, primary key ("population_id", "partner_id"));`,
    );
    this.addSql(`create index "population_member_partner_id_index" on "population_member" ("partner_id");`);

    this.addSql(
      `create table "membership" ("partner_id" uuid not null, "id" uuid not null, "federation_id" uuid not null, "valid_from" date not null, "valid_until" date null, "provenance" text not null default 'REPORTED', primary key ("partner_id", "id"));`,
    );
    this.addSql(`create index "membership_id_index" on "membership" ("id");`);
    this.addSql(
      `create index "membership_federation_id_partner_id_index" on "membership" ("federation_id", "partner_id");`,
    );

    this.addSql(
      `create table "enrolment" ("partner_id" uuid not null, "id" uuid not null, "service_id" uuid not null, "recognition_id" uuid null, "status" text not null, "requested_on" date not null, "active_from" date null, "ended_on" date null, "provenance" text not null default 'REPORTED', "created_at" timestamptz(3) not null default now(), "version" int not null default 1, primary key ("partner_id", "id"));`,
    );
    this.addSql(`create index "enrolment_id_index" on "enrolment" ("id");`);
    this.addSql(
      `create index "enrolment_service_id_partner_id_index" on "enrolment" ("service_id", "partner_id");`,
    );
    this.addSql(
      `create index "enrolment_service_id_requested_on_id_index" on "enrolment" ("service_id", "requested_on", "id");`,
    );
    this.addSql(
      `create index "enrolment_partner_id_requested_on_id_index" on "enrolment" ("partner_id", "requested_on", "id");`,
    );

    this.addSql(
      `create table "enrolment_event" ("partner_id" uuid not null, "id" uuid not null, "enrolment_id" uuid not null, "status" text not null, "occurred_on" date not null, "recorded_at" timestamptz(3) not null default now(), primary key ("partner_id", "id"));`,
    );

    this.addSql(
      `create table "usage_entry" ("partner_id" uuid not null, "id" uuid not null, "service_id" uuid not null, "metric_key" varchar(60) not null, "occurred_on" date not null, "quantity" numeric(20,6) not null, "category" varchar(40) null, "enrolment_id" uuid null, "source" varchar(60) not null, "external_reference" varchar(120) not null, "reverses_id" uuid null, "provenance" text not null default 'REPORTED', "recorded_at" timestamptz(3) not null default now(), primary key ("partner_id", "id"));`,
    );
    this.addSql(`create index "usage_entry_id_index" on "usage_entry" ("id");`);
    this.addSql(
      `create index "usage_entry_metric_key_service_id_occurred_on_index" on "usage_entry" ("metric_key", "service_id", "occurred_on");`,
    );
    this.addSql(
      `create index "usage_entry_service_id_occurred_on_id_index" on "usage_entry" ("service_id", "occurred_on", "id");`,
    );
    this.addSql(
      `create index "usage_entry_partner_id_occurred_on_id_index" on "usage_entry" ("partner_id", "occurred_on", "id");`,
    );
    this.addSql(`create index "usage_entry_occurred_on_id_index" on "usage_entry" ("occurred_on", "id");`);
    this.addSql(
      `alter table "usage_entry" add constraint "usage_entry_source_external_reference_unique" unique ("source", "external_reference");`,
    );

    this.addSql(
      `alter table "competent_authority" add constraint "competent_authority_part_of_id_foreign" foreign key ("part_of_id") references "competent_authority" ("id") on delete set null;`,
    );
    this.addSql(
      `alter table "competent_authority" add constraint "name_in_some_language" check (num_nonnulls(name_fr, name_nl, name_en, name_de) > 0);`,
    );

    this.addSql(
      `alter table "federation" add constraint "name_in_some_language" check (num_nonnulls(name_fr, name_nl, name_en, name_de) > 0);`,
    );
    this.addSql(
      `alter table "federation" add constraint "federation_slug" check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*\$');`,
    );
    this.addSql(
      `alter table "federation" add constraint "federation_provenance_check" check ("provenance" in ('SYNTHETIC', 'REPORTED'));`,
    );

    this.addSql(`alter table "hub_state" add constraint "hub_state_single_row" check (id = 1);`);
    this.addSql(
      `alter table "hub_state" add constraint "hub_state_mode" check (mode in ('demonstration', 'operation'));`,
    );

    this.addSql(
      `alter table "metric_definition" add constraint "label_in_some_language" check (num_nonnulls(label_fr, label_nl, label_en, label_de) > 0);`,
    );
    this.addSql(
      `alter table "metric_definition" add constraint "metric_definition_unit_check" check ("unit" in ('KWH', 'KG_CO2', 'LITRE', 'EUR', 'ORGANISATION', 'PERSON', 'WORKER', 'HOUR', 'VISIT', 'CONSULTATION', 'TOOL_SHEET', 'ORDER', 'ENROLMENT', 'UNIT_OF_USE', 'BENEFICIARY', 'PERCENT'));`,
    );
    this.addSql(
      `alter table "metric_definition" add constraint "metric_definition_kind_check" check ("kind" in ('STOCK', 'FLOW'));`,
    );
    this.addSql(
      `alter table "metric_definition" add constraint "metric_definition_aggregation_check" check ("aggregation" in ('SUM', 'DISTINCT_PARTNERS', 'LAST_VALUE'));`,
    );
    this.addSql(
      `alter table "metric_definition" add constraint "metric_definition_source_check" check ("source" in ('USAGE_ENTRIES', 'ALL_USAGE', 'ENROLMENTS'));`,
    );
    this.addSql(
      `alter table "metric_definition" add constraint "metric_definition_service_kind_check" check ("service_kind" in ('ENERGY', 'DIVERSITY', 'PREVENTION', 'EMPLOYER_GROUP', 'PURCHASING', 'OTHER'));`,
    );

    this.addSql(
      `alter table "population" add constraint "name_in_some_language" check (num_nonnulls(name_fr, name_nl, name_en, name_de) > 0);`,
    );
    this.addSql(
      `alter table "population" add constraint "definition_in_some_language" check (num_nonnulls(definition_fr, definition_nl, definition_en, definition_de) > 0);`,
    );
    this.addSql(
      `alter table "population" add constraint "population_slug" check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*\$');`,
    );
    this.addSql(`alter table "population" add constraint "population_count" check (declared_count >= 0);`);
    this.addSql(
      `alter table "population" add constraint "population_provenance_check" check ("provenance" in ('SYNTHETIC', 'REPORTED'));`,
    );

    this.addSql(
      `alter table "provider" add constraint "name_in_some_language" check (num_nonnulls(name_fr, name_nl, name_en, name_de) > 0);`,
    );
    this.addSql(
      `alter table "provider" add constraint "provider_slug" check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*\$');`,
    );
    this.addSql(
      `alter table "provider" add constraint "provider_provenance_check" check ("provenance" in ('SYNTHETIC', 'REPORTED'));`,
    );

    this.addSql(
      `alter table "sector" add constraint "name_in_some_language" check (num_nonnulls(name_fr, name_nl, name_en, name_de) > 0);`,
    );
    this.addSql(
      `alter table "sector" add constraint "sector_nace_code" check (nace_code ~ '^[0-9]{2,7}\$');`,
    );

    this.addSql(
      `alter table "shared_service" add constraint "shared_service_federation_id_foreign" foreign key ("federation_id") references "federation" ("id") on delete set null;`,
    );
    this.addSql(
      `alter table "shared_service" add constraint "shared_service_population_id_foreign" foreign key ("population_id") references "population" ("id") on delete set null;`,
    );
    this.addSql(
      `alter table "shared_service" add constraint "name_in_some_language" check (num_nonnulls(name_fr, name_nl, name_en, name_de) > 0);`,
    );
    this.addSql(
      `alter table "shared_service" add constraint "shared_service_slug" check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*\$');`,
    );
    this.addSql(
      `alter table "shared_service" add constraint "shared_service_languages" check (languages <@ array['FR', 'NL', 'DE', 'EN']::text[]);`,
    );
    this.addSql(
      `alter table "shared_service" add constraint "shared_service_usage_unit" check (usage_unit is null or kind = 'OTHER');`,
    );
    this.addSql(
      `alter table "shared_service" add constraint "shared_service_kind_check" check ("kind" in ('ENERGY', 'DIVERSITY', 'PREVENTION', 'EMPLOYER_GROUP', 'PURCHASING', 'OTHER'));`,
    );
    this.addSql(
      `alter table "shared_service" add constraint "shared_service_provenance_check" check ("provenance" in ('SYNTHETIC', 'REPORTED'));`,
    );

    this.addSql(
      `alter table "service_carrier" add constraint "service_carrier_service_id_foreign" foreign key ("service_id") references "shared_service" ("id") on update cascade on delete cascade;`,
    );
    this.addSql(
      `alter table "service_carrier" add constraint "service_carrier_provider_id_foreign" foreign key ("provider_id") references "provider" ("id") on update cascade on delete cascade;`,
    );

    this.addSql(
      `alter table "published_figure" add constraint "published_figure_service_id_foreign" foreign key ("service_id") references "shared_service" ("id") on delete set null;`,
    );
    this.addSql(
      `alter table "published_figure" add constraint "published_figure_metric_key_foreign" foreign key ("metric_key") references "metric_definition" ("key") on delete set null;`,
    );
    this.addSql(
      `alter table "published_figure" add constraint "published_figure_authority_id_foreign" foreign key ("authority_id") references "competent_authority" ("id") on delete set null;`,
    );
    this.addSql(
      `alter table "published_figure" add constraint "published_figure_population_id_foreign" foreign key ("population_id") references "population" ("id") on delete set null;`,
    );
    this.addSql(
      `alter table "published_figure" add constraint "label_in_some_language" check (num_nonnulls(label_fr, label_nl, label_en, label_de) > 0);`,
    );
    this.addSql(
      `alter table "published_figure" add constraint "published_figure_period" check (period_until > period_from);`,
    );
    this.addSql(
      `alter table "published_figure" add constraint "published_figure_qualifier_check" check ("qualifier" in ('EXACT', 'AT_LEAST', 'ABOUT'));`,
    );
    this.addSql(
      `alter table "published_figure" add constraint "published_figure_unit_check" check ("unit" in ('KWH', 'KG_CO2', 'LITRE', 'EUR', 'ORGANISATION', 'PERSON', 'WORKER', 'HOUR', 'VISIT', 'CONSULTATION', 'TOOL_SHEET', 'ORDER', 'ENROLMENT', 'UNIT_OF_USE', 'BENEFICIARY', 'PERCENT'));`,
    );
    this.addSql(
      `alter table "published_figure" add constraint "published_figure_kind_check" check ("kind" in ('STOCK', 'FLOW'));`,
    );

    this.addSql(
      `alter table "funding" add constraint "funding_service_id_foreign" foreign key ("service_id") references "shared_service" ("id");`,
    );
    this.addSql(
      `alter table "funding" add constraint "funding_authority_id_foreign" foreign key ("authority_id") references "competent_authority" ("id") on delete set null;`,
    );
    this.addSql(`alter table "funding" add constraint "funding_period" check (period_until > period_from);`);
    this.addSql(`alter table "funding" add constraint "funding_amount" check (amount >= 0);`);
    this.addSql(
      `alter table "funding" add constraint "funding_provenance_check" check ("provenance" in ('SYNTHETIC', 'REPORTED'));`,
    );

    this.addSql(
      `alter table "territory" add constraint "name_in_some_language" check (num_nonnulls(name_fr, name_nl, name_en, name_de) > 0);`,
    );
    this.addSql(
      `alter table "territory" add constraint "territory_nis_code" check (nis_code ~ '^[0-9]{5}\$');`,
    );
    this.addSql(
      `alter table "territory" add constraint "territory_level_check" check ("level" in ('REGION', 'PROVINCE', 'ARRONDISSEMENT', 'MUNICIPALITY'));`,
    );

    this.addSql(
      `alter table "partner" add constraint "partner_sector_id_foreign" foreign key ("sector_id") references "sector" ("id");`,
    );
    this.addSql(
      `alter table "partner" add constraint "partner_municipality_id_foreign" foreign key ("municipality_id") references "territory" ("id");`,
    );
    this.addSql(
      `alter table "partner" add constraint "name_in_some_language" check (num_nonnulls(name_fr, name_nl, name_en, name_de) > 0);`,
    );
    this.addSql(
      `alter table "partner" add constraint "partner_slug" check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*\$');`,
    );
    this.addSql(
      `alter table "partner" add constraint "partner_languages" check (languages <@ array['FR', 'NL', 'DE', 'EN']::text[]);`,
    );
    this.addSql(`alter table "partner" add constraint "partner_headcount" check (headcount >= 0);`);
    this.addSql(
      `alter table "partner" add constraint "partner_enterprise_number" check (case when enterprise_number ~ '^[01][0-9]{9}\$' then right(enterprise_number, 2)::int = 97 - (left(enterprise_number, 8)::int % 97) else false end);`,
    );
    this.addSql(
      `alter table "partner" add constraint "partner_legal_form_check" check ("legal_form" in ('ASBL_VZW', 'AISBL_IVZW', 'FOUNDATION', 'COOPERATIVE', 'COMPANY', 'PUBLIC_BODY', 'OTHER'));`,
    );
    this.addSql(
      `alter table "partner" add constraint "partner_size_band_check" check ("size_band" in ('UNDER_5', 'FROM_5_TO_9', 'FROM_10_TO_19', 'FROM_20_TO_49', 'FROM_50_TO_99', 'FROM_100_TO_199', 'FROM_200'));`,
    );
    this.addSql(
      `alter table "partner" add constraint "partner_provenance_check" check ("provenance" in ('SYNTHETIC', 'REPORTED'));`,
    );

    this.addSql(
      `alter table "site" add constraint "site_partner_id_foreign" foreign key ("partner_id") references "partner" ("id");`,
    );
    this.addSql(
      `alter table "site" add constraint "site_municipality_id_foreign" foreign key ("municipality_id") references "territory" ("id");`,
    );
    this.addSql(
      `alter table "site" add constraint "site_postal_code" check (postal_code ~ '^[1-9][0-9]{3}\$');`,
    );
    this.addSql(
      `alter table "site" add constraint "site_provenance_check" check ("provenance" in ('SYNTHETIC', 'REPORTED'));`,
    );

    this.addSql(
      `alter table "recognition" add constraint "recognition_partner_id_foreign" foreign key ("partner_id") references "partner" ("id");`,
    );
    this.addSql(
      `alter table "recognition" add constraint "recognition_partner_id_site_id_foreign" foreign key ("partner_id", "site_id") references "site" ("partner_id", "id") on update no action on delete no action;`,
    );
    this.addSql(
      `alter table "recognition" add constraint "recognition_authority_id_foreign" foreign key ("authority_id") references "competent_authority" ("id");`,
    );
    this.addSql(
      `alter table "recognition" add constraint "recognition_sector_id_foreign" foreign key ("sector_id") references "sector" ("id");`,
    );
    this.addSql(
      `alter table "recognition" add constraint "recognition_period" check (valid_until is null or valid_until > valid_from);`,
    );
    this.addSql(
      `alter table "recognition" add constraint "recognition_provenance_check" check ("provenance" in ('SYNTHETIC', 'REPORTED'));`,
    );

    this.addSql(
      `alter table "population_member" add constraint "population_member_population_id_foreign" foreign key ("population_id") references "population" ("id") on update cascade on delete cascade;`,
    );
    this.addSql(
      `alter table "population_member" add constraint "population_member_partner_id_foreign" foreign key ("partner_id") references "partner" ("id") on update cascade on delete cascade;`,
    );

    this.addSql(
      `alter table "membership" add constraint "membership_partner_id_foreign" foreign key ("partner_id") references "partner" ("id");`,
    );
    this.addSql(
      `alter table "membership" add constraint "membership_federation_id_foreign" foreign key ("federation_id") references "federation" ("id");`,
    );
    this.addSql(
      `alter table "membership" add constraint "membership_period" check (valid_until is null or valid_until > valid_from);`,
    );
    this.addSql(
      `alter table "membership" add constraint "membership_provenance_check" check ("provenance" in ('SYNTHETIC', 'REPORTED'));`,
    );

    this.addSql(
      `alter table "enrolment" add constraint "enrolment_partner_id_foreign" foreign key ("partner_id") references "partner" ("id");`,
    );
    this.addSql(
      `alter table "enrolment" add constraint "enrolment_service_id_foreign" foreign key ("service_id") references "shared_service" ("id");`,
    );
    this.addSql(
      `alter table "enrolment" add constraint "enrolment_partner_id_recognition_id_foreign" foreign key ("partner_id", "recognition_id") references "recognition" ("partner_id", "id") on update no action on delete no action;`,
    );
    this.addSql(
      `alter table "enrolment" add constraint "enrolment_dates_of_status" check (case status when 'REQUESTED' then active_from is null and ended_on is null when 'ACTIVE' then active_from is not null and ended_on is null else ended_on is not null end);`,
    );
    this.addSql(
      `alter table "enrolment" add constraint "enrolment_dates_in_order" check (active_from >= requested_on and ended_on >= coalesce(active_from, requested_on));`,
    );
    this.addSql(
      `alter table "enrolment" add constraint "enrolment_status_check" check ("status" in ('REQUESTED', 'ACTIVE', 'ENDED'));`,
    );
    this.addSql(
      `alter table "enrolment" add constraint "enrolment_provenance_check" check ("provenance" in ('SYNTHETIC', 'REPORTED'));`,
    );

    this.addSql(
      `alter table "enrolment_event" add constraint "enrolment_event_partner_id_foreign" foreign key ("partner_id") references "partner" ("id");`,
    );
    this.addSql(
      `alter table "enrolment_event" add constraint "enrolment_event_partner_id_enrolment_id_foreign" foreign key ("partner_id", "enrolment_id") references "enrolment" ("partner_id", "id") on update no action on delete no action;`,
    );
    this.addSql(
      `alter table "enrolment_event" add constraint "enrolment_event_status_check" check ("status" in ('REQUESTED', 'ACTIVE', 'ENDED'));`,
    );

    this.addSql(
      `alter table "usage_entry" add constraint "usage_entry_partner_id_foreign" foreign key ("partner_id") references "partner" ("id");`,
    );
    this.addSql(
      `alter table "usage_entry" add constraint "usage_entry_service_id_foreign" foreign key ("service_id") references "shared_service" ("id");`,
    );
    this.addSql(
      `alter table "usage_entry" add constraint "usage_entry_metric_key_foreign" foreign key ("metric_key") references "metric_definition" ("key");`,
    );
    this.addSql(
      `alter table "usage_entry" add constraint "usage_entry_partner_id_enrolment_id_foreign" foreign key ("partner_id", "enrolment_id") references "enrolment" ("partner_id", "id") on update no action on delete no action;`,
    );
    this.addSql(
      `alter table "usage_entry" add constraint "usage_entry_partner_id_reverses_id_foreign" foreign key ("partner_id", "reverses_id") references "usage_entry" ("partner_id", "id") on update no action on delete no action;`,
    );
    this.addSql(
      `alter table "usage_entry" add constraint "usage_entry_provenance_check" check ("provenance" in ('SYNTHETIC', 'REPORTED'));`,
    );
  }

  override down(): void {
    this.addSql(
      `alter table "competent_authority" drop constraint "competent_authority_part_of_id_foreign";`,
    );
    this.addSql(`alter table "published_figure" drop constraint "published_figure_authority_id_foreign";`);
    this.addSql(`alter table "funding" drop constraint "funding_authority_id_foreign";`);
    this.addSql(`alter table "recognition" drop constraint "recognition_authority_id_foreign";`);
    this.addSql(`alter table "shared_service" drop constraint "shared_service_federation_id_foreign";`);
    this.addSql(`alter table "membership" drop constraint "membership_federation_id_foreign";`);
    this.addSql(`alter table "published_figure" drop constraint "published_figure_metric_key_foreign";`);
    this.addSql(`alter table "usage_entry" drop constraint "usage_entry_metric_key_foreign";`);
    this.addSql(`alter table "shared_service" drop constraint "shared_service_population_id_foreign";`);
    this.addSql(`alter table "published_figure" drop constraint "published_figure_population_id_foreign";`);
    this.addSql(`alter table "population_member" drop constraint "population_member_population_id_foreign";`);
    this.addSql(`alter table "service_carrier" drop constraint "service_carrier_provider_id_foreign";`);
    this.addSql(`alter table "partner" drop constraint "partner_sector_id_foreign";`);
    this.addSql(`alter table "recognition" drop constraint "recognition_sector_id_foreign";`);
    this.addSql(`alter table "service_carrier" drop constraint "service_carrier_service_id_foreign";`);
    this.addSql(`alter table "published_figure" drop constraint "published_figure_service_id_foreign";`);
    this.addSql(`alter table "funding" drop constraint "funding_service_id_foreign";`);
    this.addSql(`alter table "enrolment" drop constraint "enrolment_service_id_foreign";`);
    this.addSql(`alter table "usage_entry" drop constraint "usage_entry_service_id_foreign";`);
    this.addSql(`alter table "partner" drop constraint "partner_municipality_id_foreign";`);
    this.addSql(`alter table "site" drop constraint "site_municipality_id_foreign";`);
    this.addSql(`alter table "site" drop constraint "site_partner_id_foreign";`);
    this.addSql(`alter table "recognition" drop constraint "recognition_partner_id_foreign";`);
    this.addSql(`alter table "population_member" drop constraint "population_member_partner_id_foreign";`);
    this.addSql(`alter table "membership" drop constraint "membership_partner_id_foreign";`);
    this.addSql(`alter table "enrolment" drop constraint "enrolment_partner_id_foreign";`);
    this.addSql(`alter table "enrolment_event" drop constraint "enrolment_event_partner_id_foreign";`);
    this.addSql(`alter table "usage_entry" drop constraint "usage_entry_partner_id_foreign";`);
    this.addSql(`alter table "recognition" drop constraint "recognition_partner_id_site_id_foreign";`);
    this.addSql(`alter table "enrolment" drop constraint "enrolment_partner_id_recognition_id_foreign";`);
    this.addSql(
      `alter table "enrolment_event" drop constraint "enrolment_event_partner_id_enrolment_id_foreign";`,
    );
    this.addSql(`alter table "usage_entry" drop constraint "usage_entry_partner_id_enrolment_id_foreign";`);
    this.addSql(`alter table "usage_entry" drop constraint "usage_entry_partner_id_reverses_id_foreign";`);

    this.addSql(`drop table if exists "competent_authority" cascade;`);
    this.addSql(`drop table if exists "federation" cascade;`);
    this.addSql(`drop table if exists "hub_state" cascade;`);
    this.addSql(`drop table if exists "idempotency_record" cascade;`);
    this.addSql(`drop table if exists "metric_definition" cascade;`);
    this.addSql(`drop table if exists "population" cascade;`);
    this.addSql(`drop table if exists "provider" cascade;`);
    this.addSql(`drop table if exists "sector" cascade;`);
    this.addSql(`drop table if exists "shared_service" cascade;`);
    this.addSql(`drop table if exists "service_carrier" cascade;`);
    this.addSql(`drop table if exists "published_figure" cascade;`);
    this.addSql(`drop table if exists "funding" cascade;`);
    this.addSql(`drop table if exists "territory" cascade;`);
    this.addSql(`drop table if exists "partner" cascade;`);
    this.addSql(`drop table if exists "site" cascade;`);
    this.addSql(`drop table if exists "recognition" cascade;`);
    this.addSql(`drop table if exists "population_member" cascade;`);
    this.addSql(`drop table if exists "membership" cascade;`);
    this.addSql(`drop table if exists "enrolment" cascade;`);
    this.addSql(`drop table if exists "enrolment_event" cascade;`);
    this.addSql(`drop table if exists "usage_entry" cascade;`);
  }
}
