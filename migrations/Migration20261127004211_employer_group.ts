import { Migration } from '@mikro-orm/migrations';

export class Migration20261127004211_employer_group extends Migration {
  override name = 'Migration20261127004211_employer_group';

  override up(): void | Promise<void> {
    this.addSql(
      `create table "legal_parameter" ("id" uuid not null, "kind" text not null, "value" numeric(10,2) not null, "valid_from" date not null, "valid_until" date null, "source" varchar(300) not null, primary key ("id"));`,
    );

    this.addSql(
      `create table "provision_entry" ("id" uuid not null, "service_id" uuid not null, "year" smallint not null, "kind" text not null, "liability" text not null, "amount" numeric(16,2) not null, "approved_on" date not null, "provenance" text not null default 'REPORTED', "created_at" timestamptz(3) not null default now(), primary key ("id"));`,
    );
    this.addSql(
      `create index "provision_entry_service_id_year_approved_on_id_index" on "provision_entry" ("service_id", "year", "approved_on", "id");`,
    );

    this.addSql(
      `create table "invoice_run" ("id" uuid not null, "service_id" uuid not null, "kind" text not null, "period_from" date not null, "period_until" date not null, "staff_cost" numeric(16,2) not null, "fixed_cost" numeric(16,2) not null, "provision" numeric(16,2) not null, "net_amount" numeric(16,2) not null, "issued_on" date not null, "provenance" text not null default 'REPORTED', "created_at" timestamptz(3) not null default now(), primary key ("id"));`,
    );
    this.addSql(
      `create index "invoice_run_service_id_period_from_id_index" on "invoice_run" ("service_id", "period_from", "id");`,
    );
    this.addSql(
      `alter table "invoice_run" add constraint "invoice_run_once" unique ("service_id", "kind", "period_from");`,
    );

    this.addSql(
      `create table "group_debt" ("id" uuid not null, "service_id" uuid not null, "as_of" date not null, "tax_debt" numeric(16,2) not null, "social_debt" numeric(16,2) not null, "provenance" text not null default 'REPORTED', "created_at" timestamptz(3) not null default now(), primary key ("id"));`,
    );
    this.addSql(`alter table "group_debt" add constraint "group_debt_once" unique ("service_id", "as_of");`);

    this.addSql(
      `create table "shared_worker" ("id" uuid not null, "service_id" uuid not null, "reference" varchar(12) not null, "job_function" text not null, "is_dedicated" boolean not null default false, "contract_hours" numeric(4,2) not null, "employed_from" date not null, "employed_until" date null, "provenance" text not null default 'REPORTED', "created_at" timestamptz(3) not null default now(), "version" int not null default 1, primary key ("id"));`,
    );
    this.addSql(
      `create index "shared_worker_service_id_reference_id_index" on "shared_worker" ("service_id", "reference", "id");`,
    );
    this.addSql(
      `create index "shared_worker_service_id_employed_from_employed_until_index" on "shared_worker" ("service_id", "employed_from", "employed_until");`,
    );
    this.addSql(`create index "shared_worker_reference_id_index" on "shared_worker" ("reference", "id");`);

    this.addSql(
      `create table "cost_sheet" ("id" uuid not null, "service_id" uuid not null, "worker_id" uuid null, "year" smallint not null, "provenance" text not null default 'REPORTED', "created_at" timestamptz(3) not null default now(), "version" int not null default 1, primary key ("id"));`,
    );
    this.addSql(
      `create index "cost_sheet_service_id_year_worker_id_index" on "cost_sheet" ("service_id", "year", "worker_id");`,
    );

    this.addSql(
      `create table "cost_component" ("sheet_id" uuid not null, "kind" text not null, "amount" numeric(16,2) not null, primary key ("sheet_id", "kind"));`,
    );

    this.addSql(
      `create table "placement_request" ("partner_id" uuid not null, "id" uuid not null, "service_id" uuid not null, "job_function" text not null, "weekly_hours" numeric(5,2) not null, "starts_on" date not null, "ends_on" date null, "municipality_id" uuid not null, "state" text not null default 'OPEN', "requested_on" date not null, "provenance" text not null default 'REPORTED', "created_at" timestamptz(3) not null default now(), "version" int not null default 1, primary key ("partner_id", "id"));`,
    );
    this.addSql(`create index "placement_request_id_index" on "placement_request" ("id");`);
    this.addSql(
      `create index "placement_request_service_id_requested_on_id_index" on "placement_request" ("service_id", "requested_on", "id");`,
    );
    this.addSql(
      `create index "placement_request_requested_on_id_index" on "placement_request" ("requested_on", "id");`,
    );

    this.addSql(
      `create table "placement" ("partner_id" uuid not null, "id" uuid not null, "service_id" uuid not null, "worker_id" uuid not null, "request_id" uuid null, "weekly_hours" numeric(5,2) not null, "minutes_by_weekday" integer[] not null, "starts_on" date not null, "ends_on" date null, "municipality_id" uuid not null, "state" text not null default 'PROPOSED', "proposed_on" date not null, "decided_on" date null, "calendar_key" uuid not null, "provenance" text not null default 'REPORTED', "created_at" timestamptz(3) not null default now(), "version" int not null default 1, primary key ("partner_id", "id"));`,
    );
    this.addSql(
      `alter table "placement" add constraint "placement_calendar_key_unique" unique ("calendar_key");`,
    );
    this.addSql(`create index "placement_id_index" on "placement" ("id");`);
    this.addSql(
      `create index "placement_worker_id_starts_on_index" on "placement" ("worker_id", "starts_on");`,
    );
    this.addSql(
      `create index "placement_service_id_starts_on_id_index" on "placement" ("service_id", "starts_on", "id");`,
    );
    this.addSql(`create index "placement_starts_on_id_index" on "placement" ("starts_on", "id");`);

    this.addSql(
      `create table "liability_share" ("partner_id" uuid not null, "id" uuid not null, "service_id" uuid not null, "debt_id" uuid not null, "amount" numeric(16,2) not null, "provenance" text not null default 'REPORTED', "created_at" timestamptz(3) not null default now(), primary key ("partner_id", "id"));`,
    );
    this.addSql(`create index "liability_share_id_index" on "liability_share" ("id");`);
    this.addSql(`create index "liability_share_debt_id_index" on "liability_share" ("debt_id");`);
    this.addSql(
      `alter table "liability_share" add constraint "liability_share_once" unique ("partner_id", "debt_id");`,
    );

    this.addSql(
      `create table "labour_dispute" ("partner_id" uuid not null, "id" uuid not null, "service_id" uuid not null, "started_on" date not null, "ended_on" date null, "provenance" text not null default 'REPORTED', "created_at" timestamptz(3) not null default now(), "version" int not null default 1, primary key ("partner_id", "id"));`,
    );
    this.addSql(`create index "labour_dispute_id_index" on "labour_dispute" ("id");`);
    this.addSql(
      `create index "labour_dispute_service_id_started_on_id_index" on "labour_dispute" ("service_id", "started_on", "id");`,
    );

    this.addSql(
      `create table "invoice" ("partner_id" uuid not null, "id" uuid not null, "service_id" uuid not null, "run_id" uuid null, "number" varchar(20) not null, "kind" text not null, "period_from" date not null, "period_until" date not null, "is_provisional" boolean not null, "credits_id" uuid null, "net_amount" numeric(16,2) not null, "vat_treatment" text not null, "vat_rate" numeric(5,2) not null, "vat_amount" numeric(16,2) not null, "issued_on" date not null, "provenance" text not null default 'REPORTED', "created_at" timestamptz(3) not null default now(), primary key ("partner_id", "id"));`,
    );
    this.addSql(`create index "invoice_id_index" on "invoice" ("id");`);
    this.addSql(
      `create index "invoice_service_id_period_from_id_index" on "invoice" ("service_id", "period_from", "id");`,
    );
    this.addSql(`create index "invoice_run_id_number_index" on "invoice" ("run_id", "number");`);
    this.addSql(`create index "invoice_issued_on_id_index" on "invoice" ("issued_on", "id");`);
    this.addSql(
      `alter table "invoice" add constraint "invoice_number_unique" unique ("service_id", "number");`,
    );

    this.addSql(
      `create table "invoice_line" ("partner_id" uuid not null, "id" uuid not null, "invoice_id" uuid not null, "position" smallint not null, "kind" text not null, "job_function" text null, "hours" numeric(10,2) null, "amount" numeric(16,2) not null, primary key ("partner_id", "id"));`,
    );
    this.addSql(
      `alter table "invoice_line" add constraint "invoice_line_position" unique ("partner_id", "invoice_id", "position");`,
    );

    this.addSql(
      `create table "employer_group" ("id" uuid not null, "service_id" uuid not null, "partner_id" uuid not null, "legal_form" text not null, "joint_committee" varchar(6) not null, "authorised_from" date not null, "authorised_until" date null, "full_time_hours" numeric(4,2) not null, "provenance" text not null default 'REPORTED', "created_at" timestamptz(3) not null default now(), "version" int not null default 1, primary key ("id"));`,
    );
    this.addSql(
      `alter table "employer_group" add constraint "employer_group_service_id_unique" unique ("service_id");`,
    );

    this.addSql(
      `create table "billing_rule" ("partner_id" uuid not null, "id" uuid not null, "service_id" uuid not null, "mode" text not null, "rhythm" text not null, "flat_amount" numeric(16,2) null, "sharing_key" text null, "weight" numeric(10,2) null, "vat_treatment" text not null, "valid_from" date not null, "valid_until" date null, "provenance" text not null default 'REPORTED', "created_at" timestamptz(3) not null default now(), "version" int not null default 1, primary key ("partner_id", "id"));`,
    );
    this.addSql(`create index "billing_rule_id_index" on "billing_rule" ("id");`);
    this.addSql(
      `create index "billing_rule_service_id_valid_from_id_index" on "billing_rule" ("service_id", "valid_from", "id");`,
    );

    this.addSql(
      `create table "timesheet" ("partner_id" uuid not null, "id" uuid not null, "service_id" uuid not null, "worker_id" uuid not null, "placement_id" uuid not null, "week" date not null, "hours" numeric(5,2) not null, "state" text not null default 'DRAFT', "submitted_at" timestamptz(3) null, "approved_at" timestamptz(3) null, "invoice_id" uuid null, "provenance" text not null default 'REPORTED', "created_at" timestamptz(3) not null default now(), "version" int not null default 1, primary key ("partner_id", "id"));`,
    );
    this.addSql(`create index "timesheet_id_index" on "timesheet" ("id");`);
    this.addSql(`create index "timesheet_worker_id_week_index" on "timesheet" ("worker_id", "week");`);
    this.addSql(
      `create index "timesheet_service_id_week_id_index" on "timesheet" ("service_id", "week", "id");`,
    );
    this.addSql(`create index "timesheet_week_id_index" on "timesheet" ("week", "id");`);
    this.addSql(
      `alter table "timesheet" add constraint "timesheet_once" unique ("partner_id", "placement_id", "week");`,
    );

    this.addSql(`alter table "access_token" drop constraint "access_token_scopes";`);
    this.addSql(
      `alter table "access_token" add constraint "access_token_scopes" check (cardinality(scopes) > 0 and scopes <@ array['READ', 'DIRECTORY', 'ENROLMENTS', 'USAGE', 'ORDERS', 'ENERGY', 'EMPLOYER_GROUP', 'ACCESS']);`,
    );

    this.addSql(`alter table "data_sharing_agreement" drop constraint "data_sharing_agreement_rooms";`);
    this.addSql(
      `alter table "data_sharing_agreement" add constraint "data_sharing_agreement_rooms" check (rooms <@ array['DIRECTORY', 'ENROLMENTS', 'USAGE', 'ENERGY', 'EMPLOYER_GROUP']::text[] and cardinality(rooms) > 0);`,
    );

    this.addSql(`alter table "legal_parameter" add constraint "legal_parameter_value" check (value >= 0);`);
    this.addSql(
      `alter table "legal_parameter" add constraint "legal_parameter_period" check (valid_until > valid_from);`,
    );
    this.addSql(
      `alter table "legal_parameter" add constraint "legal_parameter_source" check (source ~ '\\S');`,
    );
    this.addSql(
      `alter table "legal_parameter" add constraint "legal_parameter_kind_check" check ("kind" in ('MAX_WORKERS', 'MIN_CONTRACT_HOURS', 'MAX_HOURS_WORKED', 'STANDARD_VAT_RATE'));`,
    );
    this.addSql(`alter table "legal_parameter" enable row level security;`);
    this.addSql(`alter table "legal_parameter" force row level security;`);
    this.addSql(`create policy "legal_parameter_see" on "legal_parameter" for select using (true);`);
    this.addSql(
      `create policy "legal_parameter_make" on "legal_parameter" for insert with check ((select hub_is('administrator')));`,
    );
    this.addSql(
      `create policy "legal_parameter_change" on "legal_parameter" for update using ((select hub_is('administrator'))) with check ((select hub_is('administrator')));`,
    );
    this.addSql(
      `create policy "legal_parameter_remove" on "legal_parameter" for delete using ((select hub_is('administrator')));`,
    );

    this.addSql(
      `alter table "provision_entry" add constraint "provision_entry_service_id_foreign" foreign key ("service_id") references "shared_service" ("id");`,
    );
    this.addSql(`alter table "provision_entry" add constraint "provision_entry_amount" check (amount > 0);`);
    this.addSql(
      `alter table "provision_entry" add constraint "provision_entry_year" check (year >= 2000 and year <= 2100);`,
    );
    this.addSql(
      `alter table "provision_entry" add constraint "provision_entry_kind_check" check ("kind" in ('ADDITION', 'USE'));`,
    );
    this.addSql(
      `alter table "provision_entry" add constraint "provision_entry_liability_check" check ("liability" in ('SEVERANCE', 'HOLIDAY_PAY', 'GUARANTEED_PAY', 'END_OF_CAREER', 'OTHER'));`,
    );
    this.addSql(
      `alter table "provision_entry" add constraint "provision_entry_provenance_check" check ("provenance" in ('SYNTHETIC', 'REPORTED'));`,
    );
    this.addSql(`alter table "provision_entry" enable row level security;`);
    this.addSql(`alter table "provision_entry" force row level security;`);
    this.addSql(
      `create policy "provision_entry_see" on "provision_entry" for select using (provenance = 'SYNTHETIC' or service_id = any ((select hub_scope('services'))::uuid[]) or exists (select from enrolment gm where gm.service_id = "provision_entry".service_id and gm.partner_id = any((select hub_scope('partners'))::uuid[]) and gm.status = 'ACTIVE') or (select hub_is('administrator')));`,
    );
    this.addSql(
      `create policy "provision_entry_make" on "provision_entry" for insert with check ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator'))));`,
    );
    this.addSql(
      `create policy "provision_entry_change" on "provision_entry" for update using ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and ((select hub_is('administrator')))) with check ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and ((select hub_is('administrator'))));`,
    );
    this.addSql(
      `create policy "provision_entry_remove" on "provision_entry" for delete using ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and ((select hub_is('administrator'))));`,
    );

    this.addSql(
      `alter table "invoice_run" add constraint "invoice_run_service_id_foreign" foreign key ("service_id") references "shared_service" ("id");`,
    );
    this.addSql(
      `alter table "invoice_run" add constraint "invoice_run_period" check (period_until = (period_from + case kind when 'MONTH' then interval '1 month' else interval '1 year' end)::date and extract(day from period_from) = 1 and (kind = 'MONTH' or extract(month from period_from) = 1));`,
    );
    this.addSql(
      `alter table "invoice_run" add constraint "invoice_run_kind_check" check ("kind" in ('MONTH', 'SETTLEMENT'));`,
    );
    this.addSql(
      `alter table "invoice_run" add constraint "invoice_run_provenance_check" check ("provenance" in ('SYNTHETIC', 'REPORTED'));`,
    );
    this.addSql(`alter table "invoice_run" enable row level security;`);
    this.addSql(`alter table "invoice_run" force row level security;`);
    this.addSql(
      `create policy "invoice_run_see" on "invoice_run" for select using (provenance = 'SYNTHETIC' or service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator')));`,
    );
    this.addSql(
      `create policy "invoice_run_make" on "invoice_run" for insert with check ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator'))));`,
    );
    this.addSql(
      `create policy "invoice_run_change" on "invoice_run" for update using ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and ((select hub_is('administrator')))) with check ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and ((select hub_is('administrator'))));`,
    );
    this.addSql(
      `create policy "invoice_run_remove" on "invoice_run" for delete using ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and ((select hub_is('administrator'))));`,
    );

    this.addSql(
      `alter table "group_debt" add constraint "group_debt_service_id_foreign" foreign key ("service_id") references "shared_service" ("id");`,
    );
    this.addSql(
      `alter table "group_debt" add constraint "group_debt_amounts" check (tax_debt >= 0 and social_debt >= 0);`,
    );
    this.addSql(
      `alter table "group_debt" add constraint "group_debt_provenance_check" check ("provenance" in ('SYNTHETIC', 'REPORTED'));`,
    );
    this.addSql(`alter table "group_debt" enable row level security;`);
    this.addSql(`alter table "group_debt" force row level security;`);
    this.addSql(
      `create policy "group_debt_see" on "group_debt" for select using (provenance = 'SYNTHETIC' or service_id = any ((select hub_scope('services'))::uuid[]) or exists (select from enrolment gm where gm.service_id = "group_debt".service_id and gm.partner_id = any((select hub_scope('partners'))::uuid[]) and gm.status = 'ACTIVE') or (select hub_is('administrator')));`,
    );
    this.addSql(
      `create policy "group_debt_make" on "group_debt" for insert with check ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator'))));`,
    );
    this.addSql(
      `create policy "group_debt_change" on "group_debt" for update using ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and ((select hub_is('administrator')))) with check ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and ((select hub_is('administrator'))));`,
    );
    this.addSql(
      `create policy "group_debt_remove" on "group_debt" for delete using ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and ((select hub_is('administrator'))));`,
    );

    this.addSql(
      `alter table "shared_worker" add constraint "shared_worker_service_id_foreign" foreign key ("service_id") references "shared_service" ("id");`,
    );
    this.addSql(
      `alter table "shared_worker" add constraint "shared_worker_reference" check (reference ~ '^[A-Z]{0,3}-?[0-9]{1,8}\$');`,
    );
    this.addSql(
      `alter table "shared_worker" add constraint "shared_worker_contract_hours" check (contract_hours > 0 and contract_hours <= 50);`,
    );
    this.addSql(
      `alter table "shared_worker" add constraint "shared_worker_employed" check (employed_until > employed_from);`,
    );
    this.addSql(
      `alter table "shared_worker" add constraint "shared_worker_job_function_check" check ("job_function" in ('ACCOUNTANT', 'PREVENTION_ADVISER', 'ENERGY_ADVISER', 'DPO', 'LAWYER', 'ASSISTANT_ACCOUNTANT', 'GRAPHIC_DESIGNER', 'SECRETARY', 'BUILDING_MANAGER', 'ACTIVITY_LEADER', 'CLEANER', 'MANUAL_WORKER', 'OTHER'));`,
    );
    this.addSql(
      `alter table "shared_worker" add constraint "shared_worker_provenance_check" check ("provenance" in ('SYNTHETIC', 'REPORTED'));`,
    );
    this.addSql(`alter table "shared_worker" enable row level security;`);
    this.addSql(`alter table "shared_worker" force row level security;`);
    this.addSql(
      `create policy "shared_worker_see" on "shared_worker" for select using (provenance = 'SYNTHETIC' or service_id = any ((select hub_scope('services'))::uuid[]) or exists (select from placement wp where wp.worker_id = "shared_worker".id and wp.partner_id = any((select hub_scope('partners'))::uuid[])) or (select hub_is('administrator')));`,
    );
    this.addSql(
      `create policy "shared_worker_make" on "shared_worker" for insert with check ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator'))));`,
    );
    this.addSql(
      `create policy "shared_worker_change" on "shared_worker" for update using ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator')))) with check ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator'))));`,
    );
    this.addSql(
      `create policy "shared_worker_remove" on "shared_worker" for delete using ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and ((select hub_is('administrator'))));`,
    );

    this.addSql(
      `alter table "cost_sheet" add constraint "cost_sheet_service_id_foreign" foreign key ("service_id") references "shared_service" ("id");`,
    );
    this.addSql(
      `alter table "cost_sheet" add constraint "cost_sheet_worker_id_foreign" foreign key ("worker_id") references "shared_worker" ("id") on delete set null;`,
    );
    this.addSql(
      `alter table "cost_sheet" add constraint "cost_sheet_year" check (year >= 2000 and year <= 2100);`,
    );
    this.addSql(
      `alter table "cost_sheet" add constraint "cost_sheet_provenance_check" check ("provenance" in ('SYNTHETIC', 'REPORTED'));`,
    );
    this.addSql(`alter table "cost_sheet" enable row level security;`);
    this.addSql(`alter table "cost_sheet" force row level security;`);
    this.addSql(
      `create policy "cost_sheet_see" on "cost_sheet" for select using (provenance = 'SYNTHETIC' or service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator')));`,
    );
    this.addSql(
      `create policy "cost_sheet_make" on "cost_sheet" for insert with check ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator'))));`,
    );
    this.addSql(
      `create policy "cost_sheet_change" on "cost_sheet" for update using ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator')))) with check ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator'))));`,
    );
    this.addSql(
      `create policy "cost_sheet_remove" on "cost_sheet" for delete using ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and ((select hub_is('administrator'))));`,
    );

    this.addSql(
      `alter table "cost_component" add constraint "cost_component_sheet_id_foreign" foreign key ("sheet_id") references "cost_sheet" ("id");`,
    );
    this.addSql(`alter table "cost_component" add constraint "cost_component_amount" check (amount >= 0);`);
    this.addSql(
      `alter table "cost_component" add constraint "cost_component_kind_check" check ("kind" in ('GROSS_PAY', 'EMPLOYER_CONTRIBUTIONS', 'HOLIDAY_AND_YEAR_END_PAY', 'TRAVEL', 'TRAINING', 'INSURANCE', 'TOOLS', 'SUBSIDY', 'MANAGEMENT', 'PREMISES', 'OTHER'));`,
    );
    this.addSql(`alter table "cost_component" enable row level security;`);
    this.addSql(`alter table "cost_component" force row level security;`);
    this.addSql(
      `create policy "cost_component_see" on "cost_component" for select using (exists (select from cost_sheet cs where cs.id = "cost_component".sheet_id) or (select hub_is('administrator')));`,
    );
    this.addSql(
      `create policy "cost_component_make" on "cost_component" for insert with check (exists (select from cost_sheet cs where cs.id = "cost_component".sheet_id and cs.service_id = any((select hub_scope('services'))::uuid[])) or (select hub_is('administrator')));`,
    );
    this.addSql(
      `create policy "cost_component_change" on "cost_component" for update using (exists (select from cost_sheet cs where cs.id = "cost_component".sheet_id and cs.service_id = any((select hub_scope('services'))::uuid[])) or (select hub_is('administrator'))) with check (exists (select from cost_sheet cs where cs.id = "cost_component".sheet_id and cs.service_id = any((select hub_scope('services'))::uuid[])) or (select hub_is('administrator')));`,
    );
    this.addSql(
      `create policy "cost_component_remove" on "cost_component" for delete using (exists (select from cost_sheet cs where cs.id = "cost_component".sheet_id and cs.service_id = any((select hub_scope('services'))::uuid[])) or (select hub_is('administrator')));`,
    );

    this.addSql(
      `alter table "placement_request" add constraint "placement_request_partner_id_foreign" foreign key ("partner_id") references "partner" ("id");`,
    );
    this.addSql(
      `alter table "placement_request" add constraint "placement_request_service_id_foreign" foreign key ("service_id") references "shared_service" ("id");`,
    );
    this.addSql(
      `alter table "placement_request" add constraint "placement_request_municipality_id_foreign" foreign key ("municipality_id") references "territory" ("id");`,
    );
    this.addSql(
      `alter table "placement_request" add constraint "placement_request_hours" check (weekly_hours > 0 and weekly_hours <= 50 and mod(weekly_hours, 0.25) = 0);`,
    );
    this.addSql(
      `alter table "placement_request" add constraint "placement_request_period" check (ends_on > starts_on);`,
    );
    this.addSql(
      `alter table "placement_request" add constraint "placement_request_job_function_check" check ("job_function" in ('ACCOUNTANT', 'PREVENTION_ADVISER', 'ENERGY_ADVISER', 'DPO', 'LAWYER', 'ASSISTANT_ACCOUNTANT', 'GRAPHIC_DESIGNER', 'SECRETARY', 'BUILDING_MANAGER', 'ACTIVITY_LEADER', 'CLEANER', 'MANUAL_WORKER', 'OTHER'));`,
    );
    this.addSql(
      `alter table "placement_request" add constraint "placement_request_state_check" check ("state" in ('OPEN', 'PLACED', 'WITHDRAWN'));`,
    );
    this.addSql(
      `alter table "placement_request" add constraint "placement_request_provenance_check" check ("provenance" in ('SYNTHETIC', 'REPORTED'));`,
    );
    this.addSql(`alter table "placement_request" enable row level security;`);
    this.addSql(`alter table "placement_request" force row level security;`);
    this.addSql(`create policy "placement_request_see" on "placement_request" for select using (provenance = 'SYNTHETIC' or partner_id = any ((select hub_scope('partners'))::uuid[]) or service_id = any ((select hub_scope('services'))::uuid[]) or exists (select from data_sharing_agreement dsa where dsa.partner_id = "placement_request".partner_id
      and dsa.federation_id = any((select hub_scope('federations'))::uuid[]) and 'EMPLOYER_GROUP' = any(dsa.rooms) and dsa.revoked_at is null
      and dsa.valid_until > (now() at time zone 'Europe/Brussels')::date
      and exists (select from membership dsm where dsm.partner_id = dsa.partner_id and dsm.federation_id = dsa.federation_id
        and dsm.valid_from <= (now() at time zone 'Europe/Brussels')::date
        and (dsm.valid_until is null or (now() at time zone 'Europe/Brussels')::date < dsm.valid_until))) or (select hub_is('administrator')));`);
    this.addSql(
      `create policy "placement_request_make" on "placement_request" for insert with check ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (partner_id = any ((select hub_scope('editable'))::uuid[]) or service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator'))));`,
    );
    this.addSql(
      `create policy "placement_request_change" on "placement_request" for update using ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (partner_id = any ((select hub_scope('editable'))::uuid[]) or service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator')))) with check ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (partner_id = any ((select hub_scope('editable'))::uuid[]) or service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator'))));`,
    );
    this.addSql(
      `create policy "placement_request_remove" on "placement_request" for delete using ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and ((select hub_is('administrator'))));`,
    );

    this.addSql(
      `alter table "placement" add constraint "placement_partner_id_foreign" foreign key ("partner_id") references "partner" ("id");`,
    );
    this.addSql(
      `alter table "placement" add constraint "placement_service_id_foreign" foreign key ("service_id") references "shared_service" ("id");`,
    );
    this.addSql(
      `alter table "placement" add constraint "placement_worker_id_foreign" foreign key ("worker_id") references "shared_worker" ("id");`,
    );
    this.addSql(
      `alter table "placement" add constraint "placement_partner_id_request_id_foreign" foreign key ("partner_id", "request_id") references "placement_request" ("partner_id", "id") on update no action on delete no action;`,
    );
    this.addSql(
      `alter table "placement" add constraint "placement_municipality_id_foreign" foreign key ("municipality_id") references "territory" ("id");`,
    );
    this.addSql(
      `alter table "placement" add constraint "placement_hours" check (weekly_hours > 0 and weekly_hours <= 50 and mod(weekly_hours, 0.25) = 0);`,
    );
    this.addSql(
      `alter table "placement" add constraint "placement_schedule" check (cardinality(minutes_by_weekday) = 7 and 0 <= all (minutes_by_weekday) and 660 >= all (minutes_by_weekday) and weekly_hours * 60 = minutes_by_weekday[1] + minutes_by_weekday[2] + minutes_by_weekday[3] + minutes_by_weekday[4] + minutes_by_weekday[5] + minutes_by_weekday[6] + minutes_by_weekday[7]);`,
    );
    this.addSql(`alter table "placement" add constraint "placement_period" check (ends_on > starts_on);`);
    this.addSql(
      `alter table "placement" add constraint "placement_decided" check ((state = 'PROPOSED') = (decided_on is null));`,
    );
    this.addSql(
      `alter table "placement" add constraint "placement_in_order" check (decided_on >= proposed_on);`,
    );
    this.addSql(
      `alter table "placement" add constraint "placement_state_check" check ("state" in ('PROPOSED', 'AGREED', 'DECLINED', 'CANCELLED'));`,
    );
    this.addSql(
      `alter table "placement" add constraint "placement_provenance_check" check ("provenance" in ('SYNTHETIC', 'REPORTED'));`,
    );
    this.addSql(`alter table "placement" enable row level security;`);
    this.addSql(`alter table "placement" force row level security;`);
    this.addSql(`create policy "placement_see" on "placement" for select using (provenance = 'SYNTHETIC' or partner_id = any ((select hub_scope('partners'))::uuid[]) or service_id = any ((select hub_scope('services'))::uuid[]) or exists (select from data_sharing_agreement dsa where dsa.partner_id = "placement".partner_id
      and dsa.federation_id = any((select hub_scope('federations'))::uuid[]) and 'EMPLOYER_GROUP' = any(dsa.rooms) and dsa.revoked_at is null
      and dsa.valid_until > (now() at time zone 'Europe/Brussels')::date
      and exists (select from membership dsm where dsm.partner_id = dsa.partner_id and dsm.federation_id = dsa.federation_id
        and dsm.valid_from <= (now() at time zone 'Europe/Brussels')::date
        and (dsm.valid_until is null or (now() at time zone 'Europe/Brussels')::date < dsm.valid_until))) or (select hub_is('administrator')));`);
    this.addSql(
      `create policy "placement_make" on "placement" for insert with check ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator'))));`,
    );
    this.addSql(
      `create policy "placement_change" on "placement" for update using ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (partner_id = any ((select hub_scope('editable'))::uuid[]) or service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator')))) with check ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (partner_id = any ((select hub_scope('editable'))::uuid[]) or service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator'))));`,
    );
    this.addSql(
      `create policy "placement_remove" on "placement" for delete using ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and ((select hub_is('administrator'))));`,
    );

    this.addSql(
      `alter table "liability_share" add constraint "liability_share_partner_id_foreign" foreign key ("partner_id") references "partner" ("id");`,
    );
    this.addSql(
      `alter table "liability_share" add constraint "liability_share_service_id_foreign" foreign key ("service_id") references "shared_service" ("id");`,
    );
    this.addSql(
      `alter table "liability_share" add constraint "liability_share_debt_id_foreign" foreign key ("debt_id") references "group_debt" ("id");`,
    );
    this.addSql(`alter table "liability_share" add constraint "liability_share_amount" check (amount >= 0);`);
    this.addSql(
      `alter table "liability_share" add constraint "liability_share_provenance_check" check ("provenance" in ('SYNTHETIC', 'REPORTED'));`,
    );
    this.addSql(`alter table "liability_share" enable row level security;`);
    this.addSql(`alter table "liability_share" force row level security;`);
    this.addSql(
      `create policy "liability_share_see" on "liability_share" for select using (provenance = 'SYNTHETIC' or partner_id = any ((select hub_scope('partners'))::uuid[]) or service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator')));`,
    );
    this.addSql(
      `create policy "liability_share_make" on "liability_share" for insert with check ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator'))));`,
    );
    this.addSql(
      `create policy "liability_share_change" on "liability_share" for update using ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and ((select hub_is('administrator')))) with check ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and ((select hub_is('administrator'))));`,
    );
    this.addSql(
      `create policy "liability_share_remove" on "liability_share" for delete using ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and ((select hub_is('administrator'))));`,
    );

    this.addSql(
      `alter table "labour_dispute" add constraint "labour_dispute_partner_id_foreign" foreign key ("partner_id") references "partner" ("id");`,
    );
    this.addSql(
      `alter table "labour_dispute" add constraint "labour_dispute_service_id_foreign" foreign key ("service_id") references "shared_service" ("id");`,
    );
    this.addSql(
      `alter table "labour_dispute" add constraint "labour_dispute_period" check (ended_on > started_on);`,
    );
    this.addSql(
      `alter table "labour_dispute" add constraint "labour_dispute_provenance_check" check ("provenance" in ('SYNTHETIC', 'REPORTED'));`,
    );
    this.addSql(`alter table "labour_dispute" enable row level security;`);
    this.addSql(`alter table "labour_dispute" force row level security;`);
    this.addSql(
      `create policy "labour_dispute_see" on "labour_dispute" for select using (provenance = 'SYNTHETIC' or partner_id = any ((select hub_scope('partners'))::uuid[]) or service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator')));`,
    );
    this.addSql(
      `create policy "labour_dispute_make" on "labour_dispute" for insert with check ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (partner_id = any ((select hub_scope('editable'))::uuid[]) or service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator'))));`,
    );
    this.addSql(
      `create policy "labour_dispute_change" on "labour_dispute" for update using ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (partner_id = any ((select hub_scope('editable'))::uuid[]) or service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator')))) with check ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (partner_id = any ((select hub_scope('editable'))::uuid[]) or service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator'))));`,
    );
    this.addSql(
      `create policy "labour_dispute_remove" on "labour_dispute" for delete using ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and ((select hub_is('administrator'))));`,
    );

    this.addSql(
      `alter table "invoice" add constraint "invoice_partner_id_foreign" foreign key ("partner_id") references "partner" ("id");`,
    );
    this.addSql(
      `alter table "invoice" add constraint "invoice_service_id_foreign" foreign key ("service_id") references "shared_service" ("id");`,
    );
    this.addSql(
      `alter table "invoice" add constraint "invoice_run_id_foreign" foreign key ("run_id") references "invoice_run" ("id") on delete set null;`,
    );
    this.addSql(
      `alter table "invoice" add constraint "invoice_partner_id_credits_id_foreign" foreign key ("partner_id", "credits_id") references "invoice" ("partner_id", "id") on update no action on delete no action;`,
    );
    this.addSql(`alter table "invoice" add constraint "invoice_period" check (period_until > period_from);`);
    this.addSql(
      `alter table "invoice" add constraint "invoice_credit" check ((kind = 'CREDIT_NOTE') = (credits_id is not null));`,
    );
    this.addSql(
      `alter table "invoice" add constraint "invoice_vat" check (vat_amount = round(net_amount * vat_rate / 100, 2) and (vat_treatment = 'STANDARD_RATE') = (vat_rate > 0));`,
    );
    this.addSql(
      `alter table "invoice" add constraint "invoice_kind_check" check ("kind" in ('INVOICE', 'SETTLEMENT', 'CREDIT_NOTE'));`,
    );
    this.addSql(
      `alter table "invoice" add constraint "invoice_vat_treatment_check" check ("vat_treatment" in ('EXEMPT_INDEPENDENT_GROUP', 'STANDARD_RATE'));`,
    );
    this.addSql(
      `alter table "invoice" add constraint "invoice_provenance_check" check ("provenance" in ('SYNTHETIC', 'REPORTED'));`,
    );
    this.addSql(`alter table "invoice" enable row level security;`);
    this.addSql(`alter table "invoice" force row level security;`);
    this.addSql(
      `create policy "invoice_see" on "invoice" for select using (provenance = 'SYNTHETIC' or partner_id = any ((select hub_scope('partners'))::uuid[]) or service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator')));`,
    );
    this.addSql(
      `create policy "invoice_make" on "invoice" for insert with check ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator'))));`,
    );
    this.addSql(
      `create policy "invoice_change" on "invoice" for update using ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and ((select hub_is('administrator')))) with check ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and ((select hub_is('administrator'))));`,
    );
    this.addSql(
      `create policy "invoice_remove" on "invoice" for delete using ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and ((select hub_is('administrator'))));`,
    );

    this.addSql(
      `alter table "invoice_line" add constraint "invoice_line_partner_id_foreign" foreign key ("partner_id") references "partner" ("id");`,
    );
    this.addSql(
      `alter table "invoice_line" add constraint "invoice_line_partner_id_invoice_id_foreign" foreign key ("partner_id", "invoice_id") references "invoice" ("partner_id", "id") on update no action on delete no action;`,
    );
    this.addSql(
      `alter table "invoice_line" add constraint "invoice_line_kind_check" check ("kind" in ('STAFF_COST', 'FIXED_COST', 'FLAT_RATE', 'PROVISION', 'ALREADY_INVOICED', 'CREDIT'));`,
    );
    this.addSql(
      `alter table "invoice_line" add constraint "invoice_line_job_function_check" check ("job_function" in ('ACCOUNTANT', 'PREVENTION_ADVISER', 'ENERGY_ADVISER', 'DPO', 'LAWYER', 'ASSISTANT_ACCOUNTANT', 'GRAPHIC_DESIGNER', 'SECRETARY', 'BUILDING_MANAGER', 'ACTIVITY_LEADER', 'CLEANER', 'MANUAL_WORKER', 'OTHER'));`,
    );
    this.addSql(`alter table "invoice_line" enable row level security;`);
    this.addSql(`alter table "invoice_line" force row level security;`);
    this.addSql(
      `create policy "invoice_line_see" on "invoice_line" for select using (exists (select from invoice li where li.partner_id = "invoice_line".partner_id and li.id = "invoice_line".invoice_id) or (select hub_is('administrator')));`,
    );
    this.addSql(
      `create policy "invoice_line_make" on "invoice_line" for insert with check (exists (select from invoice li where li.partner_id = "invoice_line".partner_id and li.id = "invoice_line".invoice_id and li.service_id = any((select hub_scope('services'))::uuid[])) or (select hub_is('administrator')));`,
    );
    this.addSql(
      `create policy "invoice_line_change" on "invoice_line" for update using ((select hub_is('administrator'))) with check ((select hub_is('administrator')));`,
    );
    this.addSql(
      `create policy "invoice_line_remove" on "invoice_line" for delete using ((select hub_is('administrator')));`,
    );

    this.addSql(
      `alter table "employer_group" add constraint "employer_group_service_id_foreign" foreign key ("service_id") references "shared_service" ("id");`,
    );
    this.addSql(
      `alter table "employer_group" add constraint "employer_group_partner_id_foreign" foreign key ("partner_id") references "partner" ("id");`,
    );
    this.addSql(
      `alter table "employer_group" add constraint "employer_group_joint_committee" check (joint_committee ~ '^[0-9]{3}(\\.[0-9]{2})?\$');`,
    );
    this.addSql(
      `alter table "employer_group" add constraint "employer_group_authorised" check (authorised_until > authorised_from);`,
    );
    this.addSql(
      `alter table "employer_group" add constraint "employer_group_full_time" check (full_time_hours >= 30 and full_time_hours <= 40);`,
    );
    this.addSql(
      `alter table "employer_group" add constraint "employer_group_legal_form_check" check ("legal_form" in ('NON_PROFIT_ASSOCIATION', 'ECONOMIC_INTEREST_GROUPING'));`,
    );
    this.addSql(
      `alter table "employer_group" add constraint "employer_group_provenance_check" check ("provenance" in ('SYNTHETIC', 'REPORTED'));`,
    );
    this.addSql(`alter table "employer_group" enable row level security;`);
    this.addSql(`alter table "employer_group" force row level security;`);
    this.addSql(`create policy "employer_group_see" on "employer_group" for select using (true);`);
    this.addSql(
      `create policy "employer_group_make" on "employer_group" for insert with check ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator'))));`,
    );
    this.addSql(
      `create policy "employer_group_change" on "employer_group" for update using ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator')))) with check ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator'))));`,
    );
    this.addSql(
      `create policy "employer_group_remove" on "employer_group" for delete using ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and ((select hub_is('administrator'))));`,
    );

    this.addSql(
      `alter table "billing_rule" add constraint "billing_rule_partner_id_foreign" foreign key ("partner_id") references "partner" ("id");`,
    );
    this.addSql(
      `alter table "billing_rule" add constraint "billing_rule_service_id_foreign" foreign key ("service_id") references "shared_service" ("id");`,
    );
    this.addSql(
      `alter table "billing_rule" add constraint "billing_rule_period" check (valid_until > valid_from);`,
    );
    this.addSql(
      `alter table "billing_rule" add constraint "billing_rule_parts_of_mode" check ((mode = 'FLAT_RATE') = (flat_amount is not null) and (mode = 'PRO_RATA') = (sharing_key is not null) and (coalesce(sharing_key, '') = 'WEIGHT') = (weight is not null));`,
    );
    this.addSql(
      `alter table "billing_rule" add constraint "billing_rule_amounts" check (flat_amount >= 0 and weight > 0);`,
    );
    this.addSql(
      `alter table "billing_rule" add constraint "billing_rule_mode_check" check ("mode" in ('TIME_AND_MATERIALS', 'FLAT_RATE', 'PRO_RATA'));`,
    );
    this.addSql(
      `alter table "billing_rule" add constraint "billing_rule_rhythm_check" check ("rhythm" in ('MONTHLY', 'YEARLY'));`,
    );
    this.addSql(
      `alter table "billing_rule" add constraint "billing_rule_sharing_key_check" check ("sharing_key" in ('PLACED_HOURS', 'HEADCOUNT', 'EQUAL', 'WEIGHT'));`,
    );
    this.addSql(
      `alter table "billing_rule" add constraint "billing_rule_vat_treatment_check" check ("vat_treatment" in ('EXEMPT_INDEPENDENT_GROUP', 'STANDARD_RATE'));`,
    );
    this.addSql(
      `alter table "billing_rule" add constraint "billing_rule_provenance_check" check ("provenance" in ('SYNTHETIC', 'REPORTED'));`,
    );
    this.addSql(`alter table "billing_rule" enable row level security;`);
    this.addSql(`alter table "billing_rule" force row level security;`);
    this.addSql(
      `create policy "billing_rule_see" on "billing_rule" for select using (provenance = 'SYNTHETIC' or partner_id = any ((select hub_scope('partners'))::uuid[]) or service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator')));`,
    );
    this.addSql(
      `create policy "billing_rule_make" on "billing_rule" for insert with check ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator'))));`,
    );
    this.addSql(
      `create policy "billing_rule_change" on "billing_rule" for update using ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator')))) with check ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator'))));`,
    );
    this.addSql(
      `create policy "billing_rule_remove" on "billing_rule" for delete using ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and ((select hub_is('administrator'))));`,
    );

    this.addSql(
      `alter table "timesheet" add constraint "timesheet_partner_id_foreign" foreign key ("partner_id") references "partner" ("id");`,
    );
    this.addSql(
      `alter table "timesheet" add constraint "timesheet_service_id_foreign" foreign key ("service_id") references "shared_service" ("id");`,
    );
    this.addSql(
      `alter table "timesheet" add constraint "timesheet_worker_id_foreign" foreign key ("worker_id") references "shared_worker" ("id");`,
    );
    this.addSql(
      `alter table "timesheet" add constraint "timesheet_partner_id_placement_id_foreign" foreign key ("partner_id", "placement_id") references "placement" ("partner_id", "id") on update no action on delete no action;`,
    );
    this.addSql(
      `alter table "timesheet" add constraint "timesheet_week" check (extract(isodow from week) = 1);`,
    );
    this.addSql(
      `alter table "timesheet" add constraint "timesheet_hours" check (hours >= 0 and hours <= 168 and mod(hours, 0.25) = 0);`,
    );
    this.addSql(
      `alter table "timesheet" add constraint "timesheet_parts_of_state" check (case state when 'DRAFT' then num_nonnulls(submitted_at, approved_at, invoice_id) = 0 when 'SUBMITTED' then submitted_at is not null and num_nonnulls(approved_at, invoice_id) = 0 when 'APPROVED' then num_nulls(submitted_at, approved_at) = 0 and invoice_id is null else num_nulls(submitted_at, approved_at, invoice_id) = 0 end);`,
    );
    this.addSql(
      `alter table "timesheet" add constraint "timesheet_state_check" check ("state" in ('DRAFT', 'SUBMITTED', 'APPROVED', 'INVOICED'));`,
    );
    this.addSql(
      `alter table "timesheet" add constraint "timesheet_provenance_check" check ("provenance" in ('SYNTHETIC', 'REPORTED'));`,
    );
    this.addSql(`alter table "timesheet" enable row level security;`);
    this.addSql(`alter table "timesheet" force row level security;`);
    this.addSql(`create policy "timesheet_see" on "timesheet" for select using (provenance = 'SYNTHETIC' or partner_id = any ((select hub_scope('partners'))::uuid[]) or service_id = any ((select hub_scope('services'))::uuid[]) or exists (select from data_sharing_agreement dsa where dsa.partner_id = "timesheet".partner_id
      and dsa.federation_id = any((select hub_scope('federations'))::uuid[]) and 'EMPLOYER_GROUP' = any(dsa.rooms) and dsa.revoked_at is null
      and dsa.valid_until > (now() at time zone 'Europe/Brussels')::date
      and exists (select from membership dsm where dsm.partner_id = dsa.partner_id and dsm.federation_id = dsa.federation_id
        and dsm.valid_from <= (now() at time zone 'Europe/Brussels')::date
        and (dsm.valid_until is null or (now() at time zone 'Europe/Brussels')::date < dsm.valid_until))) or (select hub_is('administrator')));`);
    this.addSql(
      `create policy "timesheet_make" on "timesheet" for insert with check ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator'))));`,
    );
    this.addSql(
      `create policy "timesheet_change" on "timesheet" for update using ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (partner_id = any ((select hub_scope('editable'))::uuid[]) or service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator')))) with check ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (partner_id = any ((select hub_scope('editable'))::uuid[]) or service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator'))));`,
    );
    this.addSql(
      `create policy "timesheet_remove" on "timesheet" for delete using ((not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and ((select hub_is('administrator'))));`,
    );
  }

  override down(): void | Promise<void> {
    this.addSql(`alter table "invoice" drop constraint "invoice_run_id_foreign";`);
    this.addSql(`alter table "liability_share" drop constraint "liability_share_debt_id_foreign";`);
    this.addSql(`alter table "cost_sheet" drop constraint "cost_sheet_worker_id_foreign";`);
    this.addSql(`alter table "placement" drop constraint "placement_worker_id_foreign";`);
    this.addSql(`alter table "timesheet" drop constraint "timesheet_worker_id_foreign";`);
    this.addSql(`alter table "cost_component" drop constraint "cost_component_sheet_id_foreign";`);
    this.addSql(`alter table "placement" drop constraint "placement_partner_id_request_id_foreign";`);
    this.addSql(`alter table "timesheet" drop constraint "timesheet_partner_id_placement_id_foreign";`);
    this.addSql(`alter table "invoice" drop constraint "invoice_partner_id_credits_id_foreign";`);
    this.addSql(`alter table "invoice_line" drop constraint "invoice_line_partner_id_invoice_id_foreign";`);

    this.addSql(`drop table if exists "legal_parameter" cascade;`);
    this.addSql(`drop table if exists "provision_entry" cascade;`);
    this.addSql(`drop table if exists "invoice_run" cascade;`);
    this.addSql(`drop table if exists "group_debt" cascade;`);
    this.addSql(`drop table if exists "shared_worker" cascade;`);
    this.addSql(`drop table if exists "cost_sheet" cascade;`);
    this.addSql(`drop table if exists "cost_component" cascade;`);
    this.addSql(`drop table if exists "placement_request" cascade;`);
    this.addSql(`drop table if exists "placement" cascade;`);
    this.addSql(`drop table if exists "liability_share" cascade;`);
    this.addSql(`drop table if exists "labour_dispute" cascade;`);
    this.addSql(`drop table if exists "invoice" cascade;`);
    this.addSql(`drop table if exists "invoice_line" cascade;`);
    this.addSql(`drop table if exists "employer_group" cascade;`);
    this.addSql(`drop table if exists "billing_rule" cascade;`);
    this.addSql(`drop table if exists "timesheet" cascade;`);

    this.addSql(`alter table "access_token" drop constraint "access_token_scopes";`);
    this.addSql(
      `alter table "access_token" add constraint "access_token_scopes" check (cardinality(scopes) > 0 and scopes <@ array['READ', 'DIRECTORY', 'ENROLMENTS', 'USAGE', 'ORDERS', 'ENERGY', 'ACCESS']);`,
    );

    this.addSql(`alter table "data_sharing_agreement" drop constraint "data_sharing_agreement_rooms";`);
    this.addSql(
      `alter table "data_sharing_agreement" add constraint "data_sharing_agreement_rooms" check (rooms <@ array['DIRECTORY', 'ENROLMENTS', 'USAGE', 'ENERGY']::text[] and cardinality(rooms) > 0);`,
    );
  }
}
