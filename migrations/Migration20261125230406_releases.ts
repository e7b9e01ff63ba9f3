import { Migration } from '@mikro-orm/migrations';

export class Migration20261125230406_releases extends Migration {
  override name = 'Migration20261125230406_releases';

  override up(): void | Promise<void> {
    this.addSql(
      `create table "release" ("metric_key" varchar(60) not null, "month" date not null, "released_at" timestamptz(3) not null default now(), primary key ("metric_key", "month"));`,
    );

    this.addSql(
      `create table "released_cell" ("id" bigserial primary key, "audience_id" uuid null, "metric_key" varchar(60) not null, "granularity" text not null, "first_day" date not null, "table_name" text not null, "service_id" uuid null, "sector_id" uuid null, "size_band" text null, "region_code" varchar(5) null, "province_code" varchar(5) null, "authority_id" uuid null, "status" text not null, "value" numeric(30,6) null);`,
    );
    this.addSql(
      `create unique index released_cell_key on released_cell (metric_key, table_name, granularity, audience_id, first_day, service_id, sector_id, size_band, region_code, province_code, authority_id) nulls not distinct;`,
    );

    this.addSql(
      `create table "released_fact" ("id" bigserial primary key, "metric_key" varchar(60) not null, "month" date not null, "since" date not null, "partner_id" uuid not null, "service_id" uuid null, "sector_id" uuid null, "size_band" text null, "region_code" varchar(5) null, "province_code" varchar(5) null, "authority_id" uuid null, "audiences" uuid[] not null, "quantity" numeric(30,6) not null);`,
    );
    this.addSql(
      `create index "released_fact_metric_key_month_index" on "released_fact" ("metric_key", "month");`,
    );

    this.addSql(`drop policy "enrolment_count" on "enrolment";`);

    this.addSql(`drop policy "usage_entry_count" on "usage_entry";`);

    this.addSql(
      `create policy "enrolment_count" on "enrolment" for select to "hub_figures" using ((select coalesce(current_setting('hub.viewer', true), '') <> '') or (select hub_is('administrator')));`,
    );

    this.addSql(
      `create policy "usage_entry_count" on "usage_entry" for select to "hub_figures" using ((select coalesce(current_setting('hub.viewer', true), '') <> '') or (select hub_is('administrator')));`,
    );

    this.addSql(
      `create policy "usage_month_count" on "usage_month" for select to "hub_figures" using ((select coalesce(current_setting('hub.viewer', true), '') <> '') or (select hub_is('administrator')));`,
    );

    this.addSql(`alter table "release" enable row level security;`);
    this.addSql(`alter table "release" force row level security;`);
    this.addSql(`create policy "release_see" on "release" for select using (true);`);
    this.addSql(
      `create policy "release_make" on "release" for insert with check ((select hub_is('administrator')));`,
    );
    this.addSql(
      `create policy "release_change" on "release" for update using ((select hub_is('administrator'))) with check ((select hub_is('administrator')));`,
    );
    this.addSql(
      `create policy "release_remove" on "release" for delete using ((select hub_is('administrator')));`,
    );

    this.addSql(
      `alter table "released_cell" add constraint "released_cell_value" check ((status = 'OK') = (value is not null));`,
    );
    this.addSql(
      `alter table "released_cell" add constraint "released_cell_status" check (status in ('OK', 'SUPPRESSED', 'SUPPRESSED_SECONDARY'));`,
    );
    this.addSql(`alter table "released_cell" enable row level security;`);
    this.addSql(`alter table "released_cell" force row level security;`);
    this.addSql(
      `create policy "released_cell_see" on "released_cell" for select using ("released_cell".audience_id is null or audience_id = any ((select hub_scope('federations'))::uuid[]) or audience_id = any ((select hub_scope('authorities'))::uuid[]) or (select hub_is('administrator')));`,
    );
    this.addSql(
      `create policy "released_cell_make" on "released_cell" for insert with check ((select hub_is('administrator')));`,
    );
    this.addSql(
      `create policy "released_cell_change" on "released_cell" for update using ((select hub_is('administrator'))) with check ((select hub_is('administrator')));`,
    );
    this.addSql(
      `create policy "released_cell_remove" on "released_cell" for delete using ((select hub_is('administrator')));`,
    );

    this.addSql(`alter table "released_fact" enable row level security;`);
    this.addSql(`alter table "released_fact" force row level security;`);
    this.addSql(
      `create policy "released_fact_see" on "released_fact" for select using ((select hub_is('administrator')));`,
    );
    this.addSql(
      `create policy "released_fact_make" on "released_fact" for insert with check ((select hub_is('administrator')));`,
    );
    this.addSql(
      `create policy "released_fact_change" on "released_fact" for update using ((select hub_is('administrator'))) with check ((select hub_is('administrator')));`,
    );
    this.addSql(
      `create policy "released_fact_remove" on "released_fact" for delete using ((select hub_is('administrator')));`,
    );

    // That a record is there, and nothing of what it says: who sees all the records of a cell is found by counting.
    this.addSql('drop view counted_entry;');
    this.addSql(`create view counted_month as select m.id, m.partner_id, m.service_id, m.metric_key, m.month, m.category,
      m.enrolment_id, m.sector_id, m.size_band, m.municipality_id, m.region_code, m.province_code, m.authority_id,
      0::numeric as quantity, m.entries, m.uses, m.last_on, m.last_recorded_at, m.last_id from usage_month m;`);
    this.addSql(`create view counted_fact as select u.partner_id, u.id, u.service_id, u.metric_key, u.occurred_on,
        (u.quantity <> 0)::int::numeric as quantity, u.category, u.enrolment_id, u.recorded_at, f.sector_id, f.size_band,
        f.municipality_id, f.region_code, f.province_code, (select m.authority_id from usage_month m
          where m.partner_id = u.partner_id and m.metric_key = u.metric_key and m.service_id = u.service_id
          and m.month = date_trunc('month', u.occurred_on::timestamp)::date
          and m.enrolment_id is not distinct from u.enrolment_id limit 1) as authority_id
      from usage_entry u
      join partner_profile f on f.partner_id = u.partner_id and f.valid_from <= u.occurred_on and u.occurred_on < f.valid_until
      where u.reverses_id is null and not exists (select from usage_entry r
        where r.partner_id = u.partner_id and r.reverses_id = u.id and r.reverses_id is not null);`);
    this.addSql('grant select on usage_month, partner_profile to hub_figures;');
    this.addSql('grant create on schema public to hub_figures;');
    this.addSql('alter view counted_month owner to hub_figures;');
    this.addSql('alter view counted_fact owner to hub_figures;');
    this.addSql('revoke create on schema public from hub_figures;');
    this.addSql('grant select on counted_month, counted_fact to hub_app;');
    this.addSql('revoke insert, update, delete on counted_month, counted_fact from hub_app;');
    this.addSql('grant usage on sequence released_cell_id_seq, released_fact_id_seq to hub_app;');
    // What was released stands, whatever is found out later.
    this.addSql(`create trigger released_cell_append_only before update or delete or truncate on released_cell
      for each statement execute function refuse_change();`);
  }

  override down(): void {
    throw new Error('Migrations go forward only: restore a backup to go back.');
  }
}
