import { Migration } from '@mikro-orm/migrations';

export class Migration20261125222000_rollups extends Migration {
  override name = 'Migration20261125222000_rollups';

  override up(): void | Promise<void> {
    this.addSql(
      `create table "partner_profile" ("partner_id" uuid not null, "valid_from" date not null, "valid_until" date not null, "sector_id" uuid not null, "size_band" text not null, "municipality_id" uuid not null, "region_code" varchar(5) not null, "province_code" varchar(5) null, "recorded_on" date not null, primary key ("partner_id", "valid_from"));`,
    );

    this.addSql(
      `create table "usage_month" ("id" bigserial primary key, "partner_id" uuid not null, "service_id" uuid not null, "metric_key" varchar(60) not null, "month" date not null, "category" varchar(40) null, "enrolment_id" uuid null, "sector_id" uuid not null, "size_band" text not null, "municipality_id" uuid not null, "region_code" varchar(5) not null, "province_code" varchar(5) null, "authority_id" uuid null, "is_synthetic" boolean not null, "quantity" numeric(30,6) not null, "entries" int not null, "uses" int not null, "last_on" date null, "last_recorded_at" timestamptz(3) null, "last_id" uuid null, "changed_at" timestamptz(6) not null default now());`,
    );
    this.addSql(
      `create unique index usage_month_key on usage_month (partner_id, metric_key, service_id, month, category, enrolment_id, sector_id, size_band, municipality_id, authority_id) nulls not distinct;`,
    );
    this.addSql(
      `create index "usage_month_metric_key_month_service_id_sector_id_index" on "usage_month" ("metric_key", "month", "service_id", "sector_id");`,
    );
    this.addSql(
      `create index usage_month_reported_index on usage_month (metric_key, month) where not is_synthetic;`,
    );

    this.addSql(
      `create table "usage_total" ("id" bigserial primary key, "metric_key" varchar(60) not null, "service_id" uuid not null, "month" date not null, "sector_id" uuid not null, "size_band" text not null, "region_code" varchar(5) not null, "province_code" varchar(5) null, "authority_id" uuid null, "is_synthetic" boolean not null, "quantity" numeric(30,6) not null, "entries" int not null, "uses" int not null, "contributors" int not null, "largest" numeric(30,6) not null, "second" numeric(30,6) not null, "changed_at" timestamptz(6) not null default now());`,
    );
    this.addSql(
      `create unique index usage_total_key on usage_total (metric_key, month, service_id, sector_id, size_band, region_code, province_code, authority_id, is_synthetic) nulls not distinct;`,
    );

    this.addSql(
      `create table "usage_sum" ("id" bigserial primary key, "metric_key" varchar(60) not null, "service_id" uuid not null, "month" date not null, "sector_id" uuid not null, "region_code" varchar(5) not null, "is_synthetic" boolean not null, "quantity" numeric(30,6) not null, "entries" int not null, "uses" int not null, "changed_at" timestamptz(6) not null default now());`,
    );
    this.addSql(
      `create unique index usage_sum_key on usage_sum (metric_key, month, service_id, sector_id, region_code, is_synthetic);`,
    );

    this.addSql(
      `alter table "partner_profile" add constraint "partner_profile_partner_id_foreign" foreign key ("partner_id") references "partner" ("id");`,
    );
    this.addSql(
      `alter table "partner_profile" add constraint "partner_profile_sector_id_foreign" foreign key ("sector_id") references "sector" ("id");`,
    );
    this.addSql(
      `alter table "partner_profile" add constraint "partner_profile_municipality_id_foreign" foreign key ("municipality_id") references "territory" ("id");`,
    );
    this.addSql(
      `alter table "partner_profile" add constraint "partner_profile_size_band_check" check ("size_band" in ('UNDER_5', 'FROM_5_TO_9', 'FROM_10_TO_19', 'FROM_20_TO_49', 'FROM_50_TO_99', 'FROM_100_TO_199', 'FROM_200'));`,
    );
    this.addSql(`alter table "partner_profile" enable row level security;`);
    this.addSql(`alter table "partner_profile" force row level security;`);
    this.addSql(`create policy "partner_profile_see" on "partner_profile" for select using (true);`);
    this.addSql(
      `create policy "partner_profile_make" on "partner_profile" for insert with check ((select hub_is('administrator')));`,
    );
    this.addSql(
      `create policy "partner_profile_change" on "partner_profile" for update using ((select hub_is('administrator'))) with check ((select hub_is('administrator')));`,
    );
    this.addSql(
      `create policy "partner_profile_remove" on "partner_profile" for delete using ((select hub_is('administrator')));`,
    );

    this.addSql(`alter table "usage_month" enable row level security;`);
    this.addSql(`alter table "usage_month" force row level security;`);
    this.addSql(`create policy "usage_month_see" on "usage_month" for select using ("usage_month".is_synthetic or partner_id = any ((select hub_scope('partners'))::uuid[]) or service_id = any ((select hub_scope('services'))::uuid[]) or exists (select from data_sharing_agreement dsa where dsa.partner_id = "usage_month".partner_id
      and dsa.federation_id = any((select hub_scope('federations'))::uuid[]) and 'USAGE' = any(dsa.rooms) and dsa.revoked_at is null
      and dsa.valid_until > (now() at time zone 'Europe/Brussels')::date
      and exists (select from membership dsm where dsm.partner_id = dsa.partner_id and dsm.federation_id = dsa.federation_id
        and dsm.valid_from <= (now() at time zone 'Europe/Brussels')::date
        and (dsm.valid_until is null or (now() at time zone 'Europe/Brussels')::date < dsm.valid_until))) or (select hub_is('administrator')));`);
    this.addSql(
      `create policy "usage_month_make" on "usage_month" for insert with check ((select hub_is('administrator')));`,
    );
    this.addSql(
      `create policy "usage_month_change" on "usage_month" for update using ((select hub_is('administrator'))) with check ((select hub_is('administrator')));`,
    );
    this.addSql(
      `create policy "usage_month_remove" on "usage_month" for delete using ((select hub_is('administrator')));`,
    );

    this.addSql(`alter table "usage_total" enable row level security;`);
    this.addSql(`alter table "usage_total" force row level security;`);
    this.addSql(
      `create policy "usage_total_see" on "usage_total" for select using ("usage_total".is_synthetic or service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator')));`,
    );
    this.addSql(
      `create policy "usage_total_make" on "usage_total" for insert with check ((select hub_is('administrator')));`,
    );
    this.addSql(
      `create policy "usage_total_change" on "usage_total" for update using ((select hub_is('administrator'))) with check ((select hub_is('administrator')));`,
    );
    this.addSql(
      `create policy "usage_total_remove" on "usage_total" for delete using ((select hub_is('administrator')));`,
    );

    this.addSql(`alter table "usage_sum" enable row level security;`);
    this.addSql(`alter table "usage_sum" force row level security;`);
    this.addSql(
      `create policy "usage_sum_see" on "usage_sum" for select using ("usage_sum".is_synthetic or service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator')));`,
    );
    this.addSql(
      `create policy "usage_sum_make" on "usage_sum" for insert with check ((select hub_is('administrator')));`,
    );
    this.addSql(
      `create policy "usage_sum_change" on "usage_sum" for update using ((select hub_is('administrator'))) with check ((select hub_is('administrator')));`,
    );
    this.addSql(
      `create policy "usage_sum_remove" on "usage_sum" for delete using ((select hub_is('administrator')));`,
    );
  }

  override down(): void {
    throw new Error('Migrations go forward only: restore a backup to go back.');
  }
}
