import { Migration } from '@mikro-orm/migrations';

export class Migration20261125230406_releases extends Migration {

  override name = 'Migration20261125230406_releases';

  override up(): void | Promise<void> {
    this.addSql(`create table "release" ("metric_key" varchar(60) not null, "month" date not null, "released_at" timestamptz(3) not null default now(), primary key ("metric_key", "month"));`);

    this.addSql(`create table "released_cell" ("id" bigserial primary key, "audience_id" uuid null, "metric_key" varchar(60) not null, "granularity" text not null, "first_day" date not null, "table_name" text not null, "service_id" uuid null, "sector_id" uuid null, "size_band" text null, "region_code" varchar(5) null, "province_code" varchar(5) null, "authority_id" uuid null, "status" text not null, "value" numeric(20,6) null);`);
    this.addSql(`create unique index released_cell_key on released_cell (metric_key, table_name, granularity, audience_id, first_day, service_id, sector_id, size_band, region_code, province_code, authority_id) nulls not distinct;`);

    this.addSql(`create table "released_fact" ("id" bigserial primary key, "metric_key" varchar(60) not null, "month" date not null, "since" date not null, "partner_id" uuid not null, "service_id" uuid null, "sector_id" uuid null, "size_band" text null, "region_code" varchar(5) null, "province_code" varchar(5) null, "authority_id" uuid null, "audiences" uuid[] not null, "quantity" numeric(20,6) not null);`);
    this.addSql(`create index "released_fact_metric_key_month_index" on "released_fact" ("metric_key", "month");`);

    this.addSql(`drop policy "enrolment_count" on "enrolment";`);

    this.addSql(`drop policy "usage_entry_count" on "usage_entry";`);

    this.addSql(`create policy "enrolment_count" on "enrolment" for select to "hub_figures" using (true);`);

    this.addSql(`create policy "usage_entry_count" on "usage_entry" for select to "hub_figures" using (true);`);

    this.addSql(`create policy "usage_month_count" on "usage_month" for select to "hub_figures" using (true);`);

    this.addSql(`alter table "release" enable row level security;`);
    this.addSql(`alter table "release" force row level security;`);
    this.addSql(`create policy "release_see" on "release" for select using (true);`);
    this.addSql(`create policy "release_make" on "release" for insert with check ((select hub_is('administrator')));`);
    this.addSql(`create policy "release_change" on "release" for update using ((select hub_is('administrator'))) with check ((select hub_is('administrator')));`);
    this.addSql(`create policy "release_remove" on "release" for delete using ((select hub_is('administrator')));`);

    this.addSql(`alter table "released_cell" add constraint "released_cell_value" check ((status = 'OK') = (value is not null));`);
    this.addSql(`alter table "released_cell" add constraint "released_cell_status" check (status in ('OK', 'SUPPRESSED', 'SUPPRESSED_SECONDARY'));`);
    this.addSql(`alter table "released_cell" enable row level security;`);
    this.addSql(`alter table "released_cell" force row level security;`);
    this.addSql(`create policy "released_cell_see" on "released_cell" for select using ("released_cell".audience_id is null or audience_id = any ((select hub_scope('federations'))::uuid[]) or audience_id = any ((select hub_scope('authorities'))::uuid[]) or (select hub_is('administrator')));`);
    this.addSql(`create policy "released_cell_make" on "released_cell" for insert with check ((select hub_is('administrator')));`);
    this.addSql(`create policy "released_cell_change" on "released_cell" for update using ((select hub_is('administrator'))) with check ((select hub_is('administrator')));`);
    this.addSql(`create policy "released_cell_remove" on "released_cell" for delete using ((select hub_is('administrator')));`);

    this.addSql(`alter table "released_fact" enable row level security;`);
    this.addSql(`alter table "released_fact" force row level security;`);
    this.addSql(`create policy "released_fact_see" on "released_fact" for select using ((select hub_is('administrator')));`);
    this.addSql(`create policy "released_fact_make" on "released_fact" for insert with check ((select hub_is('administrator')));`);
    this.addSql(`create policy "released_fact_change" on "released_fact" for update using ((select hub_is('administrator'))) with check ((select hub_is('administrator')));`);
    this.addSql(`create policy "released_fact_remove" on "released_fact" for delete using ((select hub_is('administrator')));`);
  }

  override down(): void | Promise<void> {
    this.addSql(`drop table if exists "release" cascade;`);
    this.addSql(`drop table if exists "released_cell" cascade;`);
    this.addSql(`drop table if exists "released_fact" cascade;`);

    this.addSql(`drop policy "enrolment_count" on "enrolment";`);

    this.addSql(`drop policy "usage_entry_count" on "usage_entry";`);

    this.addSql(`drop policy "usage_month_count" on "usage_month";`);

    this.addSql(`create policy "enrolment_count" on "enrolment" for select to "hub_figures" using (provenance = 'SYNTHETIC' or partner_id = any ((select hub_scope('partners'))::uuid[]) or service_id = any ((select hub_scope('services'))::uuid[]) or "enrolment".service_id in (select ps.id from shared_service ps where ps.enrolments_public) or exists (select from membership wm where wm.partner_id = "enrolment".partner_id and wm.federation_id = any((select hub_scope('federations'))::uuid[])
      and wm.valid_from <= coalesce("enrolment".ended_on, 'infinity') and (wm.valid_until is null or "enrolment".requested_on < wm.valid_until)) or (exists (select from recognition wr where wr.partner_id = "enrolment".partner_id and wr.authority_id = any((select hub_scope('authorities'))::uuid[])
        and wr.valid_from <= coalesce("enrolment".ended_on, 'infinity') and (wr.valid_until is null or "enrolment".requested_on < wr.valid_until))
      or exists (select from funding wf where wf.service_id = "enrolment".service_id and wf.authority_id = any((select hub_scope('authorities'))::uuid[])
        and wf.period_from <= coalesce("enrolment".ended_on, 'infinity') and "enrolment".requested_on < wf.period_until)) or (select hub_is('administrator')));`);

    this.addSql(`create policy "usage_entry_count" on "usage_entry" for select to "hub_figures" using (provenance = 'SYNTHETIC' or partner_id = any ((select hub_scope('partners'))::uuid[]) or service_id = any ((select hub_scope('services'))::uuid[]) or exists (select from membership wm where wm.partner_id = "usage_entry".partner_id and wm.federation_id = any((select hub_scope('federations'))::uuid[])
      and wm.valid_from <= "usage_entry".occurred_on and (wm.valid_until is null or "usage_entry".occurred_on < wm.valid_until)) or (exists (select from recognition wr where wr.partner_id = "usage_entry".partner_id and wr.authority_id = any((select hub_scope('authorities'))::uuid[])
        and wr.valid_from <= "usage_entry".occurred_on and (wr.valid_until is null or "usage_entry".occurred_on < wr.valid_until))
      or exists (select from funding wf where wf.service_id = "usage_entry".service_id and wf.authority_id = any((select hub_scope('authorities'))::uuid[])
        and wf.period_from <= "usage_entry".occurred_on and "usage_entry".occurred_on < wf.period_until)) or (select hub_is('administrator')));`);
  }

}
