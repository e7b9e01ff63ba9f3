import { Migration } from '@mikro-orm/migrations';

export class Migration20261126023151_purchasing extends Migration {
  override name = 'Migration20261126023151_purchasing';

  override up(): void | Promise<void> {
    this.addSql(
      `create table "framework_agreement" ("id" uuid not null, "service_id" uuid not null, "ocid" varchar(200) not null, "title_fr" text null, "title_nl" text null, "title_en" text null, "title_de" text null, "description_fr" text null, "description_nl" text null, "description_en" text null, "description_de" text null, "method" text not null, "status" text not null default 'PLANNED', "valid_from" date not null, "valid_until" date not null, "maximum_value" numeric(20,2) null, "currency" char(3) not null default 'EUR', "buyer_categories" text[] not null default '{}', "answer_hours" int not null default 4, "confirmation_hours" int not null default 24, "consent_hours" int not null default 8, "delivery_days" int not null default 7, "provenance" text not null default 'REPORTED', "created_at" timestamptz(3) not null default now(), primary key ("id"));`,
    );
    this.addSql(
      `alter table "framework_agreement" add constraint "framework_agreement_ocid_unique" unique ("ocid");`,
    );
    this.addSql(
      `create index "framework_agreement_service_id_valid_from_id_index" on "framework_agreement" ("service_id", "valid_from", "id");`,
    );

    this.addSql(
      `create table "lot" ("id" uuid not null, "service_id" uuid not null, "agreement_id" uuid not null, "local_id" varchar(80) not null, "title_fr" text null, "title_nl" text null, "title_en" text null, "title_de" text null, "ceiling" numeric(20,2) null, "provenance" text not null default 'REPORTED', "created_at" timestamptz(3) not null default now(), primary key ("id"));`,
    );
    this.addSql(`create index "lot_service_id_index" on "lot" ("service_id");`);
    this.addSql(
      `alter table "lot" add constraint "lot_local_id_unique" unique ("agreement_id", "local_id");`,
    );

    this.addSql(
      `create table "product" ("id" uuid not null, "service_id" uuid not null, "lot_id" uuid not null, "code" varchar(80) not null, "cpv" char(10) not null, "unit" varchar(80) not null, "sale_unit" numeric(14,3) not null default '1.000', "title_fr" text null, "title_nl" text null, "title_en" text null, "title_de" text null, "description_fr" text null, "description_nl" text null, "description_en" text null, "description_de" text null, "certification" varchar(200) null, "certified_from" date null, "certified_until" date null, "picture_url" text null, "reference_price" numeric(14,4) null, "reference_price_source" varchar(200) null, "withdrawn_on" date null, "provenance" text not null default 'REPORTED', "created_at" timestamptz(3) not null default now(), "search_text" text not null, primary key ("id"));`,
    );
    this.addSql(`create index "product_service_id_code_id_index" on "product" ("service_id", "code", "id");`);
    this.addSql(`create index "product_cpv_id_index" on "product" ("cpv", "id");`);
    this.addSql(`alter table "product" add constraint "product_code_unique" unique ("lot_id", "code");`);

    this.addSql(
      `create table "product_advice" ("id" uuid not null, "service_id" uuid not null, "product_id" uuid not null, "grade" text not null, "reasons_fr" text null, "reasons_nl" text null, "reasons_en" text null, "reasons_de" text null, "given_on" date not null, "provenance" text not null default 'REPORTED', primary key ("id"));`,
    );
    this.addSql(
      `create index "product_advice_product_id_given_on_id_index" on "product_advice" ("product_id", "given_on", "id");`,
    );
    this.addSql(`create index "product_advice_service_id_index" on "product_advice" ("service_id");`);

    this.addSql(
      `create table "agreement_authority" ("agreement_id" uuid not null, "authority_id" uuid not null, primary key ("agreement_id", "authority_id"));`,
    );
    this.addSql(
      `create index "agreement_authority_authority_id_index" on "agreement_authority" ("authority_id");`,
    );

    this.addSql(
      `create table "spend_account" ("id" uuid not null, "service_id" uuid not null, "ceiling" numeric(20,2) null, "committed" numeric(20,2) not null default '0.00', "spent" numeric(20,2) not null default '0.00', "provenance" text not null default 'REPORTED', primary key ("id"));`,
    );
    this.addSql(`create index "spend_account_service_id_index" on "spend_account" ("service_id");`);

    this.addSql(
      `create table "supplier" ("id" uuid not null, "service_id" uuid not null, "name" varchar(300) not null, "enterprise_number" varchar(10) null, "identifier_scheme" varchar(60) null, "identifier" varchar(200) null, "website" text null, "provenance" text not null default 'REPORTED', "created_at" timestamptz(3) not null default now(), primary key ("id"));`,
    );
    this.addSql(
      `create index "supplier_service_id_name_id_index" on "supplier" ("service_id", "name", "id");`,
    );
    this.addSql(
      `alter table "supplier" add constraint "supplier_enterprise_number_unique" unique ("service_id", "enterprise_number");`,
    );
    this.addSql(
      `alter table "supplier" add constraint "supplier_identifier_unique" unique ("service_id", "identifier_scheme", "identifier");`,
    );

    this.addSql(
      `create table "cascade_rank" ("id" uuid not null, "service_id" uuid not null, "lot_id" uuid not null, "product_id" uuid not null, "supplier_id" uuid not null, "rank" smallint not null, "unit_price" numeric(14,4) not null, "vat_rate" numeric(5,2) not null, "minimum_quantity" numeric(14,3) not null default '0.000', "valid_from" date not null, "valid_until" date null, "provenance" text not null default 'REPORTED', "created_at" timestamptz(3) not null default now(), primary key ("id"));`,
    );
    this.addSql(`create index "cascade_rank_lot_id_rank_index" on "cascade_rank" ("lot_id", "rank");`);
    this.addSql(
      `create index "cascade_rank_product_id_rank_valid_from_index" on "cascade_rank" ("product_id", "rank", "valid_from");`,
    );
    this.addSql(
      `create index "cascade_rank_supplier_id_product_id_index" on "cascade_rank" ("supplier_id", "product_id");`,
    );
    this.addSql(`create index "cascade_rank_service_id_index" on "cascade_rank" ("service_id");`);

    this.addSql(
      `create table "product_remark" ("partner_id" uuid not null, "id" uuid not null, "service_id" uuid not null, "product_id" uuid not null, "rating" smallint not null, "text" varchar(500) null, "state" text not null default 'OPEN', "provenance" text not null default 'REPORTED', "recorded_at" timestamptz(3) not null default now(), primary key ("partner_id", "id"));`,
    );
    this.addSql(`create index "product_remark_id_index" on "product_remark" ("id");`);
    this.addSql(
      `create index "product_remark_product_id_recorded_at_id_index" on "product_remark" ("product_id", "recorded_at", "id");`,
    );
    this.addSql(
      `create index "product_remark_service_id_recorded_at_id_index" on "product_remark" ("service_id", "recorded_at", "id");`,
    );

    this.addSql(
      `create table "purchase_order" ("partner_id" uuid not null, "id" uuid not null, "number" int not null, "service_id" uuid not null, "agreement_id" uuid not null, "lot_id" uuid not null, "enrolment_id" uuid not null, "buyer_reference" varchar(80) null, "price_limit" numeric(20,2) null, "state" text not null, "rank" smallint null, "supplier_id" uuid null, "placed_at" timestamptz(3) not null, "priced_at" timestamptz(3) not null, "answer_due_at" timestamptz(3) null, "confirmation_due_at" timestamptz(3) not null, "delivery_due_on" date not null, "confirmed_at" timestamptz(3) null, "delivered_at" timestamptz(3) null, "closed_at" timestamptz(3) null, "total_excl_vat" numeric(20,2) not null, "total_vat" numeric(20,2) not null, "total_incl_vat" numeric(20,2) not null, "delivered_excl_vat" numeric(20,2) not null default '0.00', "provenance" text not null default 'REPORTED', "created_at" timestamptz(3) not null default now(), "version" int not null default 1, primary key ("partner_id", "id"));`,
    );
    this.addSql(
      `alter table "purchase_order" add constraint "purchase_order_number_unique" unique ("number");`,
    );
    this.addSql(`create index "purchase_order_id_index" on "purchase_order" ("id");`);
    this.addSql(
      `create index "purchase_order_service_id_placed_at_id_index" on "purchase_order" ("service_id", "placed_at", "id");`,
    );
    this.addSql(
      `create index "purchase_order_partner_id_placed_at_id_index" on "purchase_order" ("partner_id", "placed_at", "id");`,
    );
    this.addSql(
      `create index "purchase_order_supplier_id_placed_at_id_index" on "purchase_order" ("supplier_id", "placed_at", "id");`,
    );
    this.addSql(`create index "purchase_order_lot_id_index" on "purchase_order" ("lot_id");`);
    this.addSql(
      `create index purchase_order_due_index on purchase_order (answer_due_at) where answer_due_at is not null;`,
    );

    this.addSql(
      `create table "order_line" ("partner_id" uuid not null, "id" uuid not null, "order_id" uuid not null, "position" smallint not null, "product_id" uuid not null, "quantity" numeric(14,3) not null, "price_id" uuid not null, "unit_price" numeric(14,4) not null, "vat_rate" numeric(5,2) not null, "excl_vat" numeric(20,2) not null, "delivered_quantity" numeric(14,3) not null default '0.000', primary key ("partner_id", "id"));`,
    );
    this.addSql(`create index "order_line_id_index" on "order_line" ("id");`);
    this.addSql(`create index "order_line_product_id_index" on "order_line" ("product_id");`);
    this.addSql(
      `alter table "order_line" add constraint "order_line_position_unique" unique ("partner_id", "order_id", "position");`,
    );
    this.addSql(
      `alter table "order_line" add constraint "order_line_product_unique" unique ("partner_id", "order_id", "product_id");`,
    );

    this.addSql(
      `create table "order_event" ("partner_id" uuid not null, "id" uuid not null, "order_id" uuid not null, "service_id" uuid not null, "position" smallint not null, "kind" text not null, "actor" text not null, "rank" smallint null, "supplier_id" uuid null, "reason" text null, "excl_vat" numeric(20,2) not null, "incl_vat" numeric(20,2) not null, "occurred_at" timestamptz(3) not null, "provenance" text not null default 'REPORTED', "recorded_at" timestamptz(3) not null default now(), primary key ("partner_id", "id"));`,
    );
    this.addSql(`create index "order_event_id_index" on "order_event" ("id");`);
    this.addSql(
      `create index "order_event_service_id_occurred_at_id_index" on "order_event" ("service_id", "occurred_at", "id");`,
    );
    this.addSql(
      `create index "order_event_supplier_id_occurred_at_id_index" on "order_event" ("supplier_id", "occurred_at", "id");`,
    );
    this.addSql(
      `create unique index order_event_offered_once on order_event (partner_id, order_id, rank) where kind = 'OFFERED';`,
    );
    this.addSql(
      `alter table "order_event" add constraint "order_event_position_unique" unique ("partner_id", "order_id", "position");`,
    );

    this.addSql(
      `create table "delivery_line" ("partner_id" uuid not null, "id" uuid not null, "order_id" uuid not null, "event_id" uuid not null, "line_id" uuid not null, "quantity" numeric(14,3) not null, primary key ("partner_id", "id"));`,
    );
    this.addSql(`create index "delivery_line_id_index" on "delivery_line" ("id");`);
    this.addSql(
      `create index "delivery_line_partner_id_line_id_index" on "delivery_line" ("partner_id", "line_id");`,
    );
    this.addSql(
      `alter table "delivery_line" add constraint "delivery_line_unique" unique ("partner_id", "event_id", "line_id");`,
    );

    this.addSql(
      `create table "buyer_account" ("partner_id" uuid not null, "id" uuid not null, "service_id" uuid not null, "category" text not null, "provenance" text not null default 'REPORTED', "recorded_at" timestamptz(3) not null default now(), primary key ("partner_id", "id"));`,
    );
    this.addSql(`create index "buyer_account_id_index" on "buyer_account" ("id");`);
    this.addSql(
      `create index "buyer_account_service_id_partner_id_index" on "buyer_account" ("service_id", "partner_id");`,
    );
    this.addSql(
      `alter table "buyer_account" add constraint "buyer_account_unique" unique ("partner_id", "service_id");`,
    );

    // A supplier's role was held for a provider, and reached nothing there: whoever had one is given it for its supplier.
    this.addSql(`delete from "role_grant" where role = 'SUPPLIER';`);
    this.addSql(`alter table "role_grant" drop constraint "role_grant_provider_id_foreign";`);

    this.addSql(`alter table "role_grant" drop constraint "role_grant_record_of_role";`);
    this.addSql(`alter table "role_grant" rename column "provider_id" to "supplier_id";`);
    this.addSql(
      `alter table "role_grant" add constraint "role_grant_supplier_id_foreign" foreign key ("supplier_id") references "supplier" ("id") on delete no action;`,
    );
    this.addSql(
      `alter table "role_grant" add constraint "role_grant_record_of_role" check (case role when 'PARTNER_READER' then partner_id is not null and num_nonnulls(partner_id, service_id, supplier_id, federation_id, authority_id) = 1 when 'PARTNER_EDITOR' then partner_id is not null and num_nonnulls(partner_id, service_id, supplier_id, federation_id, authority_id) = 1 when 'SERVICE_STAFF' then service_id is not null and num_nonnulls(partner_id, service_id, supplier_id, federation_id, authority_id) = 1 when 'SUPPLIER' then supplier_id is not null and num_nonnulls(partner_id, service_id, supplier_id, federation_id, authority_id) = 1 when 'FEDERATION_ANALYST' then federation_id is not null and num_nonnulls(partner_id, service_id, supplier_id, federation_id, authority_id) = 1 when 'FEDERATION_ADMIN' then federation_id is not null and num_nonnulls(partner_id, service_id, supplier_id, federation_id, authority_id) = 1 when 'AUTHORITY_READER' then authority_id is not null and num_nonnulls(partner_id, service_id, supplier_id, federation_id, authority_id) = 1 when 'HUB_ADMIN' then num_nonnulls(partner_id, service_id, supplier_id, federation_id, authority_id) = 0 else false end);`,
    );

    this.addSql(
      `alter table "framework_agreement" add constraint "framework_agreement_service_id_foreign" foreign key ("service_id") references "shared_service" ("id");`,
    );
    this.addSql(
      `alter table "framework_agreement" add constraint "title_in_some_language" check (num_nonnulls(title_fr, title_nl, title_en, title_de) > 0);`,
    );
    this.addSql(
      `alter table "framework_agreement" add constraint "framework_agreement_ocid" check (ocid ~ '^\\S+\$');`,
    );
    this.addSql(
      `alter table "framework_agreement" add constraint "framework_agreement_period" check (valid_until > valid_from);`,
    );
    this.addSql(
      `alter table "framework_agreement" add constraint "framework_agreement_maximum" check (maximum_value >= 0);`,
    );
    this.addSql(
      `alter table "framework_agreement" add constraint "framework_agreement_currency" check (currency ~ '^[A-Z]{3}\$');`,
    );
    this.addSql(
      `alter table "framework_agreement" add constraint "framework_agreement_buyer_categories" check (buyer_categories <@ array['CARE_INSTITUTION', 'CARE_PROVIDER', 'ADMINISTRATION', 'SOCIAL_CULTURAL_SPORTS', 'EVENT']::text[]);`,
    );
    this.addSql(
      `alter table "framework_agreement" add constraint "framework_agreement_hours" check (answer_hours > 0 and consent_hours > 0 and delivery_days > 0 and confirmation_hours >= 5 * answer_hours);`,
    );
    this.addSql(
      `alter table "framework_agreement" add constraint "framework_agreement_method_check" check ("method" in ('OPEN', 'SELECTIVE', 'LIMITED', 'DIRECT'));`,
    );
    this.addSql(
      `alter table "framework_agreement" add constraint "framework_agreement_status_check" check ("status" in ('PLANNED', 'ACTIVE', 'CANCELLED', 'COMPLETE'));`,
    );
    this.addSql(
      `alter table "framework_agreement" add constraint "framework_agreement_provenance_check" check ("provenance" in ('SYNTHETIC', 'REPORTED'));`,
    );
    this.addSql(`alter table "framework_agreement" enable row level security;`);
    this.addSql(`alter table "framework_agreement" force row level security;`);
    this.addSql(`create policy "framework_agreement_see" on "framework_agreement" for select using (true);`);
    this.addSql(
      `create policy "framework_agreement_make" on "framework_agreement" for insert with check ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator'))));`,
    );
    this.addSql(
      `create policy "framework_agreement_change" on "framework_agreement" for update using ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator')))) with check ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator'))));`,
    );
    this.addSql(
      `create policy "framework_agreement_remove" on "framework_agreement" for delete using ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and ((select hub_is('administrator'))));`,
    );

    this.addSql(
      `alter table "lot" add constraint "lot_service_id_foreign" foreign key ("service_id") references "shared_service" ("id");`,
    );
    this.addSql(
      `alter table "lot" add constraint "lot_agreement_id_foreign" foreign key ("agreement_id") references "framework_agreement" ("id");`,
    );
    this.addSql(
      `alter table "lot" add constraint "title_in_some_language" check (num_nonnulls(title_fr, title_nl, title_en, title_de) > 0);`,
    );
    this.addSql(`alter table "lot" add constraint "lot_local_id" check (local_id ~ '\\S');`);
    this.addSql(`alter table "lot" add constraint "lot_ceiling" check (ceiling >= 0);`);
    this.addSql(
      `alter table "lot" add constraint "lot_provenance_check" check ("provenance" in ('SYNTHETIC', 'REPORTED'));`,
    );
    this.addSql(`alter table "lot" enable row level security;`);
    this.addSql(`alter table "lot" force row level security;`);
    this.addSql(`create policy "lot_see" on "lot" for select using (true);`);
    this.addSql(
      `create policy "lot_make" on "lot" for insert with check ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator'))));`,
    );
    this.addSql(
      `create policy "lot_change" on "lot" for update using ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator')))) with check ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator'))));`,
    );
    this.addSql(
      `create policy "lot_remove" on "lot" for delete using ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and ((select hub_is('administrator'))));`,
    );

    this.addSql(
      `alter table "product" add constraint "product_service_id_foreign" foreign key ("service_id") references "shared_service" ("id");`,
    );
    this.addSql(
      `alter table "product" add constraint "product_lot_id_foreign" foreign key ("lot_id") references "lot" ("id");`,
    );
    this.addSql(
      `alter table "product" add constraint "title_in_some_language" check (num_nonnulls(title_fr, title_nl, title_en, title_de) > 0);`,
    );
    this.addSql(`alter table "product" add constraint "product_code" check (code ~ '^\\S+\$');`);
    this.addSql(`alter table "product" add constraint "product_cpv" check (cpv ~ '^[0-9]{8}-[0-9]\$');`);
    this.addSql(`alter table "product" add constraint "product_sale_unit" check (sale_unit > 0);`);
    this.addSql(
      `alter table "product" add constraint "product_certification" check (case when certification is null then certified_from is null and certified_until is null else certified_from is not null and (certified_until is null or certified_until > certified_from) end);`,
    );
    this.addSql(
      `alter table "product" add constraint "product_picture" check (picture_url ~ '^https://[^\\s]+\$');`,
    );
    this.addSql(
      `alter table "product" add constraint "product_reference_price" check (reference_price is null or (reference_price > 0 and reference_price_source is not null));`,
    );
    this.addSql(
      `alter table "product" add constraint "product_provenance_check" check ("provenance" in ('SYNTHETIC', 'REPORTED'));`,
    );
    this.addSql(`alter table "product" enable row level security;`);
    this.addSql(`alter table "product" force row level security;`);
    this.addSql(`create policy "product_see" on "product" for select using (true);`);
    this.addSql(
      `create policy "product_make" on "product" for insert with check ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator'))));`,
    );
    this.addSql(
      `create policy "product_change" on "product" for update using ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator')))) with check ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator'))));`,
    );
    this.addSql(
      `create policy "product_remove" on "product" for delete using ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and ((select hub_is('administrator'))));`,
    );

    this.addSql(
      `alter table "product_advice" add constraint "product_advice_service_id_foreign" foreign key ("service_id") references "shared_service" ("id");`,
    );
    this.addSql(
      `alter table "product_advice" add constraint "product_advice_product_id_foreign" foreign key ("product_id") references "product" ("id");`,
    );
    this.addSql(
      `alter table "product_advice" add constraint "product_advice_grade_check" check ("grade" in ('RECOMMENDED', 'SUITABLE', 'WITH_RESERVATION', 'UNSUITABLE'));`,
    );
    this.addSql(
      `alter table "product_advice" add constraint "product_advice_provenance_check" check ("provenance" in ('SYNTHETIC', 'REPORTED'));`,
    );
    this.addSql(`alter table "product_advice" enable row level security;`);
    this.addSql(`alter table "product_advice" force row level security;`);
    this.addSql(`create policy "product_advice_see" on "product_advice" for select using (true);`);
    this.addSql(
      `create policy "product_advice_make" on "product_advice" for insert with check ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator'))));`,
    );
    this.addSql(
      `create policy "product_advice_change" on "product_advice" for update using ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator')))) with check ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator'))));`,
    );
    this.addSql(
      `create policy "product_advice_remove" on "product_advice" for delete using ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and ((select hub_is('administrator'))));`,
    );

    this.addSql(
      `alter table "agreement_authority" add constraint "agreement_authority_agreement_id_foreign" foreign key ("agreement_id") references "framework_agreement" ("id") on update cascade on delete cascade;`,
    );
    this.addSql(
      `alter table "agreement_authority" add constraint "agreement_authority_authority_id_foreign" foreign key ("authority_id") references "competent_authority" ("id") on update cascade on delete cascade;`,
    );
    this.addSql(`alter table "agreement_authority" enable row level security;`);
    this.addSql(`alter table "agreement_authority" force row level security;`);
    this.addSql(`create policy "agreement_authority_see" on "agreement_authority" for select using (true);`);
    this.addSql(
      `create policy "agreement_authority_make" on "agreement_authority" for insert with check (exists (select from framework_agreement la where la.id = "agreement_authority".agreement_id and la.service_id = any((select hub_scope('services'))::uuid[])) or (select hub_is('administrator')));`,
    );
    this.addSql(
      `create policy "agreement_authority_change" on "agreement_authority" for update using ((select hub_is('administrator'))) with check ((select hub_is('administrator')));`,
    );
    this.addSql(
      `create policy "agreement_authority_remove" on "agreement_authority" for delete using (exists (select from framework_agreement la where la.id = "agreement_authority".agreement_id and la.service_id = any((select hub_scope('services'))::uuid[])) or (select hub_is('administrator')));`,
    );

    this.addSql(
      `alter table "spend_account" add constraint "spend_account_service_id_foreign" foreign key ("service_id") references "shared_service" ("id");`,
    );
    this.addSql(
      `alter table "spend_account" add constraint "spend_account_amounts" check (committed >= 0 and spent >= 0);`,
    );
    this.addSql(
      `alter table "spend_account" add constraint "spend_account_ceiling" check (ceiling is null or committed + spent <= ceiling);`,
    );
    this.addSql(
      `alter table "spend_account" add constraint "spend_account_provenance_check" check ("provenance" in ('SYNTHETIC', 'REPORTED'));`,
    );
    this.addSql(`alter table "spend_account" enable row level security;`);
    this.addSql(`alter table "spend_account" force row level security;`);
    this.addSql(
      `create policy "spend_account_see" on "spend_account" for select using (provenance = 'SYNTHETIC' or service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator')));`,
    );
    this.addSql(
      `create policy "spend_account_make" on "spend_account" for insert with check ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and ((select hub_is('administrator'))));`,
    );
    this.addSql(
      `create policy "spend_account_change" on "spend_account" for update using ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and ((select hub_is('administrator')))) with check ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and ((select hub_is('administrator'))));`,
    );
    this.addSql(
      `create policy "spend_account_remove" on "spend_account" for delete using ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and ((select hub_is('administrator'))));`,
    );

    this.addSql(
      `alter table "supplier" add constraint "supplier_service_id_foreign" foreign key ("service_id") references "shared_service" ("id");`,
    );
    this.addSql(`alter table "supplier" add constraint "supplier_name" check (name ~ '\\S');`);
    this.addSql(
      `alter table "supplier" add constraint "supplier_enterprise_number" check (enterprise_number is null or case when enterprise_number ~ '^[01][0-9]{9}\$' then right(enterprise_number, 2)::int = 97 - (left(enterprise_number, 8)::int % 97) else false end);`,
    );
    this.addSql(
      `alter table "supplier" add constraint "supplier_identifier_whole" check ((identifier is null) = (identifier_scheme is null));`,
    );
    this.addSql(
      `alter table "supplier" add constraint "supplier_provenance_check" check ("provenance" in ('SYNTHETIC', 'REPORTED'));`,
    );
    this.addSql(`alter table "supplier" enable row level security;`);
    this.addSql(`alter table "supplier" force row level security;`);
    this.addSql(`create policy "supplier_see" on "supplier" for select using (true);`);
    this.addSql(
      `create policy "supplier_make" on "supplier" for insert with check ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator'))));`,
    );
    this.addSql(
      `create policy "supplier_change" on "supplier" for update using ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator')))) with check ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator'))));`,
    );
    this.addSql(
      `create policy "supplier_remove" on "supplier" for delete using ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and ((select hub_is('administrator'))));`,
    );

    this.addSql(
      `alter table "cascade_rank" add constraint "cascade_rank_service_id_foreign" foreign key ("service_id") references "shared_service" ("id");`,
    );
    this.addSql(
      `alter table "cascade_rank" add constraint "cascade_rank_lot_id_foreign" foreign key ("lot_id") references "lot" ("id");`,
    );
    this.addSql(
      `alter table "cascade_rank" add constraint "cascade_rank_product_id_foreign" foreign key ("product_id") references "product" ("id");`,
    );
    this.addSql(
      `alter table "cascade_rank" add constraint "cascade_rank_supplier_id_foreign" foreign key ("supplier_id") references "supplier" ("id");`,
    );
    this.addSql(
      `alter table "cascade_rank" add constraint "cascade_rank_rank" check (rank >= 1 and rank <= 5);`,
    );
    this.addSql(`alter table "cascade_rank" add constraint "cascade_rank_price" check (unit_price >= 0);`);
    this.addSql(
      `alter table "cascade_rank" add constraint "cascade_rank_vat" check (vat_rate >= 0 and vat_rate < 100);`,
    );
    this.addSql(
      `alter table "cascade_rank" add constraint "cascade_rank_minimum" check (minimum_quantity >= 0);`,
    );
    this.addSql(
      `alter table "cascade_rank" add constraint "cascade_rank_period" check (valid_until > valid_from);`,
    );
    this.addSql(
      `alter table "cascade_rank" add constraint "cascade_rank_provenance_check" check ("provenance" in ('SYNTHETIC', 'REPORTED'));`,
    );
    this.addSql(`alter table "cascade_rank" enable row level security;`);
    this.addSql(`alter table "cascade_rank" force row level security;`);
    this.addSql(`create policy "cascade_rank_see" on "cascade_rank" for select using (provenance = 'SYNTHETIC' or service_id = any ((select hub_scope('services'))::uuid[]) or supplier_id = any ((select hub_scope('suppliers'))::uuid[]) or exists (select from enrolment re where re.service_id = "cascade_rank".service_id and re.partner_id = any((select hub_scope('partners'))::uuid[])
        and re.status = 'ACTIVE') or (select hub_is('administrator')));`);
    this.addSql(
      `create policy "cascade_rank_make" on "cascade_rank" for insert with check ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator'))));`,
    );
    this.addSql(
      `create policy "cascade_rank_change" on "cascade_rank" for update using ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator')))) with check ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator'))));`,
    );
    this.addSql(
      `create policy "cascade_rank_remove" on "cascade_rank" for delete using ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and ((select hub_is('administrator'))));`,
    );

    this.addSql(
      `alter table "product_remark" add constraint "product_remark_partner_id_foreign" foreign key ("partner_id") references "partner" ("id");`,
    );
    this.addSql(
      `alter table "product_remark" add constraint "product_remark_service_id_foreign" foreign key ("service_id") references "shared_service" ("id");`,
    );
    this.addSql(
      `alter table "product_remark" add constraint "product_remark_product_id_foreign" foreign key ("product_id") references "product" ("id");`,
    );
    this.addSql(
      `alter table "product_remark" add constraint "product_remark_rating" check (rating >= 1 and rating <= 5);`,
    );
    this.addSql(
      `alter table "product_remark" add constraint "product_remark_state_check" check ("state" in ('OPEN', 'TAKEN_UP', 'SET_ASIDE'));`,
    );
    this.addSql(
      `alter table "product_remark" add constraint "product_remark_provenance_check" check ("provenance" in ('SYNTHETIC', 'REPORTED'));`,
    );
    this.addSql(`alter table "product_remark" enable row level security;`);
    this.addSql(`alter table "product_remark" force row level security;`);
    this.addSql(
      `create policy "product_remark_see" on "product_remark" for select using (provenance = 'SYNTHETIC' or partner_id = any ((select hub_scope('partners'))::uuid[]) or service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator')));`,
    );
    this.addSql(
      `create policy "product_remark_make" on "product_remark" for insert with check ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (partner_id = any ((select hub_scope('editable'))::uuid[]) or service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator'))));`,
    );
    this.addSql(
      `create policy "product_remark_change" on "product_remark" for update using ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (partner_id = any ((select hub_scope('editable'))::uuid[]) or service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator')))) with check ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (partner_id = any ((select hub_scope('editable'))::uuid[]) or service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator'))));`,
    );
    this.addSql(
      `create policy "product_remark_remove" on "product_remark" for delete using ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and ((select hub_is('administrator'))));`,
    );

    this.addSql(
      `alter table "purchase_order" add constraint "purchase_order_partner_id_foreign" foreign key ("partner_id") references "partner" ("id");`,
    );
    this.addSql(
      `alter table "purchase_order" add constraint "purchase_order_service_id_foreign" foreign key ("service_id") references "shared_service" ("id");`,
    );
    this.addSql(
      `alter table "purchase_order" add constraint "purchase_order_agreement_id_foreign" foreign key ("agreement_id") references "framework_agreement" ("id");`,
    );
    this.addSql(
      `alter table "purchase_order" add constraint "purchase_order_lot_id_foreign" foreign key ("lot_id") references "lot" ("id");`,
    );
    this.addSql(
      `alter table "purchase_order" add constraint "purchase_order_partner_id_enrolment_id_foreign" foreign key ("partner_id", "enrolment_id") references "enrolment" ("partner_id", "id") on update no action on delete no action;`,
    );
    this.addSql(
      `alter table "purchase_order" add constraint "purchase_order_supplier_id_foreign" foreign key ("supplier_id") references "supplier" ("id") on delete set null;`,
    );
    this.addSql(
      `alter table "purchase_order" add constraint "purchase_order_rank" check (rank >= 1 and rank <= 5);`,
    );
    this.addSql(
      `alter table "purchase_order" add constraint "purchase_order_totals" check (total_excl_vat >= 0 and total_vat >= 0 and total_incl_vat = total_excl_vat + total_vat and delivered_excl_vat >= 0 and delivered_excl_vat <= total_excl_vat);`,
    );
    this.addSql(
      `alter table "purchase_order" add constraint "purchase_order_price_limit" check (price_limit >= 0);`,
    );
    this.addSql(
      `alter table "purchase_order" add constraint "purchase_order_parts_of_state" check (case when state = 'OFFERED' then supplier_id is not null and rank is not null and answer_due_at is not null when state = 'CONSENT_ASKED' then supplier_id is null and rank is not null and answer_due_at is not null when state in ('CONFIRMED', 'PARTLY_DELIVERED', 'DELIVERED') then supplier_id is not null and rank is not null and answer_due_at is null and confirmed_at is not null else answer_due_at is null end);`,
    );
    this.addSql(
      `alter table "purchase_order" add constraint "purchase_order_ended" check ((state in ('CLOSED', 'CANCELLED', 'EXHAUSTED')) = (closed_at is not null));`,
    );
    this.addSql(
      `alter table "purchase_order" add constraint "purchase_order_state_check" check ("state" in ('PLACED', 'OFFERED', 'CONSENT_ASKED', 'DECLINED', 'TIMED_OUT', 'CONFIRMED', 'PARTLY_DELIVERED', 'DELIVERED', 'CLOSED', 'CANCELLED', 'EXHAUSTED'));`,
    );
    this.addSql(
      `alter table "purchase_order" add constraint "purchase_order_provenance_check" check ("provenance" in ('SYNTHETIC', 'REPORTED'));`,
    );
    this.addSql(`alter table "purchase_order" enable row level security;`);
    this.addSql(`alter table "purchase_order" force row level security;`);
    this.addSql(
      `create policy "purchase_order_see" on "purchase_order" for select using (provenance = 'SYNTHETIC' or partner_id = any ((select hub_scope('partners'))::uuid[]) or service_id = any ((select hub_scope('services'))::uuid[]) or supplier_id = any ((select hub_scope('suppliers'))::uuid[]) or (select hub_is('administrator')));`,
    );
    this.addSql(
      `create policy "purchase_order_make" on "purchase_order" for insert with check ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (partner_id = any ((select hub_scope('editable'))::uuid[]) or service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator'))));`,
    );
    this.addSql(
      `create policy "purchase_order_change" on "purchase_order" for update using ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (partner_id = any ((select hub_scope('editable'))::uuid[]) or service_id = any ((select hub_scope('services'))::uuid[]) or supplier_id = any ((select hub_scope('suppliers'))::uuid[]) or (select hub_is('administrator')))) with check ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (partner_id = any ((select hub_scope('editable'))::uuid[]) or service_id = any ((select hub_scope('services'))::uuid[]) or supplier_id = any ((select hub_scope('suppliers'))::uuid[]) or (select hub_is('administrator'))));`,
    );
    this.addSql(
      `create policy "purchase_order_remove" on "purchase_order" for delete using ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and ((select hub_is('administrator'))));`,
    );

    this.addSql(
      `alter table "order_line" add constraint "order_line_partner_id_foreign" foreign key ("partner_id") references "partner" ("id");`,
    );
    this.addSql(
      `alter table "order_line" add constraint "order_line_partner_id_order_id_foreign" foreign key ("partner_id", "order_id") references "purchase_order" ("partner_id", "id") on update no action on delete no action;`,
    );
    this.addSql(
      `alter table "order_line" add constraint "order_line_product_id_foreign" foreign key ("product_id") references "product" ("id");`,
    );
    this.addSql(
      `alter table "order_line" add constraint "order_line_price_id_foreign" foreign key ("price_id") references "cascade_rank" ("id");`,
    );
    this.addSql(`alter table "order_line" add constraint "order_line_quantity" check (quantity > 0);`);
    this.addSql(
      `alter table "order_line" add constraint "order_line_delivered" check (delivered_quantity >= 0 and delivered_quantity <= quantity);`,
    );
    this.addSql(
      `alter table "order_line" add constraint "order_line_amount" check (excl_vat = round(quantity * unit_price, 2));`,
    );
    this.addSql(`alter table "order_line" enable row level security;`);
    this.addSql(`alter table "order_line" force row level security;`);
    this.addSql(
      `create policy "order_line_see" on "order_line" for select using (exists (select from purchase_order so where so.partner_id = "order_line".partner_id and so.id = "order_line".order_id) or (select hub_is('administrator')));`,
    );
    this.addSql(`create policy "order_line_make" on "order_line" for insert with check (partner_id = any ((select hub_scope('editable'))::uuid[]) or exists (select from purchase_order so where so.partner_id = "order_line".partner_id and so.id = "order_line".order_id
    and so.service_id = any((select hub_scope('services'))::uuid[])) or exists (select from purchase_order so where so.partner_id = "order_line".partner_id and so.id = "order_line".order_id
    and so.supplier_id = any((select hub_scope('suppliers'))::uuid[])) or (select hub_is('administrator')));`);
    this.addSql(`create policy "order_line_change" on "order_line" for update using (partner_id = any ((select hub_scope('editable'))::uuid[]) or exists (select from purchase_order so where so.partner_id = "order_line".partner_id and so.id = "order_line".order_id
    and so.service_id = any((select hub_scope('services'))::uuid[])) or exists (select from purchase_order so where so.partner_id = "order_line".partner_id and so.id = "order_line".order_id
    and so.supplier_id = any((select hub_scope('suppliers'))::uuid[])) or (select hub_is('administrator'))) with check (partner_id = any ((select hub_scope('editable'))::uuid[]) or exists (select from purchase_order so where so.partner_id = "order_line".partner_id and so.id = "order_line".order_id
    and so.service_id = any((select hub_scope('services'))::uuid[])) or exists (select from purchase_order so where so.partner_id = "order_line".partner_id and so.id = "order_line".order_id
    and so.supplier_id = any((select hub_scope('suppliers'))::uuid[])) or (select hub_is('administrator')));`);
    this.addSql(
      `create policy "order_line_remove" on "order_line" for delete using ((select hub_is('administrator')));`,
    );

    this.addSql(
      `alter table "order_event" add constraint "order_event_partner_id_foreign" foreign key ("partner_id") references "partner" ("id");`,
    );
    this.addSql(
      `alter table "order_event" add constraint "order_event_partner_id_order_id_foreign" foreign key ("partner_id", "order_id") references "purchase_order" ("partner_id", "id") on update no action on delete no action;`,
    );
    this.addSql(
      `alter table "order_event" add constraint "order_event_service_id_foreign" foreign key ("service_id") references "shared_service" ("id");`,
    );
    this.addSql(
      `alter table "order_event" add constraint "order_event_supplier_id_foreign" foreign key ("supplier_id") references "supplier" ("id") on delete set null;`,
    );
    this.addSql(
      `alter table "order_event" add constraint "order_event_kind_check" check ("kind" in ('PLACED', 'OFFERED', 'PASSED_OVER', 'CONSENT_ASKED', 'CONSENTED', 'CONFIRMED', 'DECLINED', 'TIMED_OUT', 'DELIVERED', 'CLOSED', 'CANCELLED', 'EXHAUSTED'));`,
    );
    this.addSql(
      `alter table "order_event" add constraint "order_event_actor_check" check ("actor" in ('BUYER', 'SUPPLIER', 'STAFF', 'HUB'));`,
    );
    this.addSql(
      `alter table "order_event" add constraint "order_event_reason_check" check ("reason" in ('OUT_OF_STOCK', 'CANNOT_DELIVER_IN_TIME', 'PRODUCT_ENDED', 'NO_LONGER_NEEDED', 'PRICE_REFUSED', 'CONSENT_TIMED_OUT', 'NO_PRICE', 'CEILING', 'NOT_DELIVERED', 'OTHER'));`,
    );
    this.addSql(
      `alter table "order_event" add constraint "order_event_provenance_check" check ("provenance" in ('SYNTHETIC', 'REPORTED'));`,
    );
    this.addSql(`alter table "order_event" enable row level security;`);
    this.addSql(`alter table "order_event" force row level security;`);
    this.addSql(
      `create policy "order_event_see" on "order_event" for select using (provenance = 'SYNTHETIC' or partner_id = any ((select hub_scope('partners'))::uuid[]) or service_id = any ((select hub_scope('services'))::uuid[]) or supplier_id = any ((select hub_scope('suppliers'))::uuid[]) or (select hub_is('administrator')));`,
    );
    this.addSql(
      `create policy "order_event_make" on "order_event" for insert with check ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (partner_id = any ((select hub_scope('editable'))::uuid[]) or service_id = any ((select hub_scope('services'))::uuid[]) or supplier_id = any ((select hub_scope('suppliers'))::uuid[]) or (select hub_is('administrator'))));`,
    );
    this.addSql(
      `create policy "order_event_change" on "order_event" for update using ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and ((select hub_is('administrator')))) with check ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and ((select hub_is('administrator'))));`,
    );
    this.addSql(
      `create policy "order_event_remove" on "order_event" for delete using ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and ((select hub_is('administrator'))));`,
    );

    this.addSql(
      `alter table "delivery_line" add constraint "delivery_line_partner_id_foreign" foreign key ("partner_id") references "partner" ("id");`,
    );
    this.addSql(
      `alter table "delivery_line" add constraint "delivery_line_partner_id_order_id_foreign" foreign key ("partner_id", "order_id") references "purchase_order" ("partner_id", "id") on update no action on delete no action;`,
    );
    this.addSql(
      `alter table "delivery_line" add constraint "delivery_line_partner_id_event_id_foreign" foreign key ("partner_id", "event_id") references "order_event" ("partner_id", "id") on update no action on delete no action;`,
    );
    this.addSql(
      `alter table "delivery_line" add constraint "delivery_line_partner_id_line_id_foreign" foreign key ("partner_id", "line_id") references "order_line" ("partner_id", "id") on update no action on delete no action;`,
    );
    this.addSql(`alter table "delivery_line" add constraint "delivery_line_quantity" check (quantity > 0);`);
    this.addSql(`alter table "delivery_line" enable row level security;`);
    this.addSql(`alter table "delivery_line" force row level security;`);
    this.addSql(
      `create policy "delivery_line_see" on "delivery_line" for select using (exists (select from purchase_order so where so.partner_id = "delivery_line".partner_id and so.id = "delivery_line".order_id) or (select hub_is('administrator')));`,
    );
    this.addSql(`create policy "delivery_line_make" on "delivery_line" for insert with check (partner_id = any ((select hub_scope('editable'))::uuid[]) or exists (select from purchase_order so where so.partner_id = "delivery_line".partner_id and so.id = "delivery_line".order_id
    and so.service_id = any((select hub_scope('services'))::uuid[])) or exists (select from purchase_order so where so.partner_id = "delivery_line".partner_id and so.id = "delivery_line".order_id
    and so.supplier_id = any((select hub_scope('suppliers'))::uuid[])) or (select hub_is('administrator')));`);
    this.addSql(`create policy "delivery_line_change" on "delivery_line" for update using (partner_id = any ((select hub_scope('editable'))::uuid[]) or exists (select from purchase_order so where so.partner_id = "delivery_line".partner_id and so.id = "delivery_line".order_id
    and so.service_id = any((select hub_scope('services'))::uuid[])) or exists (select from purchase_order so where so.partner_id = "delivery_line".partner_id and so.id = "delivery_line".order_id
    and so.supplier_id = any((select hub_scope('suppliers'))::uuid[])) or (select hub_is('administrator'))) with check (partner_id = any ((select hub_scope('editable'))::uuid[]) or exists (select from purchase_order so where so.partner_id = "delivery_line".partner_id and so.id = "delivery_line".order_id
    and so.service_id = any((select hub_scope('services'))::uuid[])) or exists (select from purchase_order so where so.partner_id = "delivery_line".partner_id and so.id = "delivery_line".order_id
    and so.supplier_id = any((select hub_scope('suppliers'))::uuid[])) or (select hub_is('administrator')));`);
    this.addSql(
      `create policy "delivery_line_remove" on "delivery_line" for delete using ((select hub_is('administrator')));`,
    );

    this.addSql(
      `alter table "buyer_account" add constraint "buyer_account_partner_id_foreign" foreign key ("partner_id") references "partner" ("id");`,
    );
    this.addSql(
      `alter table "buyer_account" add constraint "buyer_account_service_id_foreign" foreign key ("service_id") references "shared_service" ("id");`,
    );
    this.addSql(
      `alter table "buyer_account" add constraint "buyer_account_category_check" check ("category" in ('CARE_INSTITUTION', 'CARE_PROVIDER', 'ADMINISTRATION', 'SOCIAL_CULTURAL_SPORTS', 'EVENT'));`,
    );
    this.addSql(
      `alter table "buyer_account" add constraint "buyer_account_provenance_check" check ("provenance" in ('SYNTHETIC', 'REPORTED'));`,
    );
    this.addSql(`alter table "buyer_account" enable row level security;`);
    this.addSql(`alter table "buyer_account" force row level security;`);
    this.addSql(
      `create policy "buyer_account_see" on "buyer_account" for select using (provenance = 'SYNTHETIC' or partner_id = any ((select hub_scope('partners'))::uuid[]) or service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator')));`,
    );
    this.addSql(
      `create policy "buyer_account_make" on "buyer_account" for insert with check ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator'))));`,
    );
    this.addSql(
      `create policy "buyer_account_change" on "buyer_account" for update using ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator')))) with check ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator'))));`,
    );
    this.addSql(
      `create policy "buyer_account_remove" on "buyer_account" for delete using ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and ((select hub_is('administrator'))));`,
    );
  }

  override down(): void | Promise<void> {
    this.addSql(`alter table "lot" drop constraint "lot_agreement_id_foreign";`);
    this.addSql(
      `alter table "agreement_authority" drop constraint "agreement_authority_agreement_id_foreign";`,
    );
    this.addSql(`alter table "purchase_order" drop constraint "purchase_order_agreement_id_foreign";`);
    this.addSql(`alter table "product" drop constraint "product_lot_id_foreign";`);
    this.addSql(`alter table "cascade_rank" drop constraint "cascade_rank_lot_id_foreign";`);
    this.addSql(`alter table "purchase_order" drop constraint "purchase_order_lot_id_foreign";`);
    this.addSql(`alter table "product_advice" drop constraint "product_advice_product_id_foreign";`);
    this.addSql(`alter table "cascade_rank" drop constraint "cascade_rank_product_id_foreign";`);
    this.addSql(`alter table "product_remark" drop constraint "product_remark_product_id_foreign";`);
    this.addSql(`alter table "order_line" drop constraint "order_line_product_id_foreign";`);
    this.addSql(`alter table "cascade_rank" drop constraint "cascade_rank_supplier_id_foreign";`);
    this.addSql(`alter table "role_grant" drop constraint "role_grant_supplier_id_foreign";`);
    this.addSql(`alter table "purchase_order" drop constraint "purchase_order_supplier_id_foreign";`);
    this.addSql(`alter table "order_event" drop constraint "order_event_supplier_id_foreign";`);
    this.addSql(`alter table "order_line" drop constraint "order_line_price_id_foreign";`);
    this.addSql(`alter table "order_line" drop constraint "order_line_partner_id_order_id_foreign";`);
    this.addSql(`alter table "order_event" drop constraint "order_event_partner_id_order_id_foreign";`);
    this.addSql(`alter table "delivery_line" drop constraint "delivery_line_partner_id_order_id_foreign";`);
    this.addSql(`alter table "delivery_line" drop constraint "delivery_line_partner_id_line_id_foreign";`);
    this.addSql(`alter table "delivery_line" drop constraint "delivery_line_partner_id_event_id_foreign";`);

    this.addSql(`drop table if exists "framework_agreement" cascade;`);
    this.addSql(`drop table if exists "lot" cascade;`);
    this.addSql(`drop table if exists "product" cascade;`);
    this.addSql(`drop table if exists "product_advice" cascade;`);
    this.addSql(`drop table if exists "agreement_authority" cascade;`);
    this.addSql(`drop table if exists "spend_account" cascade;`);
    this.addSql(`drop table if exists "supplier" cascade;`);
    this.addSql(`drop table if exists "cascade_rank" cascade;`);
    this.addSql(`drop table if exists "product_remark" cascade;`);
    this.addSql(`drop table if exists "purchase_order" cascade;`);
    this.addSql(`drop table if exists "order_line" cascade;`);
    this.addSql(`drop table if exists "order_event" cascade;`);
    this.addSql(`drop table if exists "delivery_line" cascade;`);
    this.addSql(`drop table if exists "buyer_account" cascade;`);

    this.addSql(`alter table "role_grant" drop constraint "role_grant_record_of_role";`);
    this.addSql(`alter table "role_grant" rename column "supplier_id" to "provider_id";`);
    this.addSql(
      `alter table "role_grant" add constraint "role_grant_provider_id_foreign" foreign key ("provider_id") references "provider" ("id");`,
    );
    this.addSql(
      `alter table "role_grant" add constraint "role_grant_record_of_role" check (case role when 'PARTNER_READER' then partner_id is not null and num_nonnulls(partner_id, service_id, provider_id, federation_id, authority_id) = 1 when 'PARTNER_EDITOR' then partner_id is not null and num_nonnulls(partner_id, service_id, provider_id, federation_id, authority_id) = 1 when 'SERVICE_STAFF' then service_id is not null and num_nonnulls(partner_id, service_id, provider_id, federation_id, authority_id) = 1 when 'SUPPLIER' then provider_id is not null and num_nonnulls(partner_id, service_id, provider_id, federation_id, authority_id) = 1 when 'FEDERATION_ANALYST' then federation_id is not null and num_nonnulls(partner_id, service_id, provider_id, federation_id, authority_id) = 1 when 'FEDERATION_ADMIN' then federation_id is not null and num_nonnulls(partner_id, service_id, provider_id, federation_id, authority_id) = 1 when 'AUTHORITY_READER' then authority_id is not null and num_nonnulls(partner_id, service_id, provider_id, federation_id, authority_id) = 1 when 'HUB_ADMIN' then num_nonnulls(partner_id, service_id, provider_id, federation_id, authority_id) = 0 else false end);`,
    );
  }
}
