import { Migration } from '@mikro-orm/migrations';

export class Migration20261126023742_ocds extends Migration {
  override name = 'Migration20261126023742_ocds';

  override up(): void | Promise<void> {
    this.addSql(
      `create table "ocds_release" ("ocid" varchar(200) not null, "release_id" varchar(200) not null, "service_id" uuid not null, "made_at" timestamptz(3) not null, "content" jsonb not null, "imported_at" timestamptz(3) not null default now(), primary key ("ocid", "release_id"));`,
    );
    this.addSql(`create index "ocds_release_service_id_index" on "ocds_release" ("service_id");`);

    this.addSql(
      `create table "ocds_process" ("agreement_id" uuid not null, "related_processes" jsonb not null default '[]', "changed_at" timestamptz(3) not null default now(), primary key ("agreement_id"));`,
    );

    this.addSql(
      `create table "lot_award" ("lot_id" uuid not null, "supplier_id" uuid not null, "award_id" varchar(200) not null, primary key ("lot_id", "supplier_id"));`,
    );
    this.addSql(`create index "lot_award_supplier_id_index" on "lot_award" ("supplier_id");`);

    this.addSql(
      `alter table "ocds_release" add constraint "ocds_release_service_id_foreign" foreign key ("service_id") references "shared_service" ("id");`,
    );
    this.addSql(`alter table "ocds_release" enable row level security;`);
    this.addSql(`alter table "ocds_release" force row level security;`);
    this.addSql(
      `create policy "ocds_release_see" on "ocds_release" for select using (service_id = any ((select hub_scope('services'))::uuid[]) or (select hub_is('administrator')));`,
    );
    this.addSql(
      `create policy "ocds_release_make" on "ocds_release" for insert with check ((select hub_is('administrator')));`,
    );
    this.addSql(
      `create policy "ocds_release_change" on "ocds_release" for update using ((select hub_is('administrator'))) with check ((select hub_is('administrator')));`,
    );
    this.addSql(
      `create policy "ocds_release_remove" on "ocds_release" for delete using ((select hub_is('administrator')));`,
    );

    this.addSql(
      `alter table "ocds_process" add constraint "ocds_process_agreement_id_foreign" foreign key ("agreement_id") references "framework_agreement" ("id") on update cascade on delete cascade;`,
    );
    this.addSql(`alter table "ocds_process" enable row level security;`);
    this.addSql(`alter table "ocds_process" force row level security;`);
    this.addSql(`create policy "ocds_process_see" on "ocds_process" for select using (true);`);
    this.addSql(
      `create policy "ocds_process_make" on "ocds_process" for insert with check ((select hub_is('administrator')));`,
    );
    this.addSql(
      `create policy "ocds_process_change" on "ocds_process" for update using ((select hub_is('administrator'))) with check ((select hub_is('administrator')));`,
    );
    this.addSql(
      `create policy "ocds_process_remove" on "ocds_process" for delete using ((select hub_is('administrator')));`,
    );

    this.addSql(
      `alter table "lot_award" add constraint "lot_award_lot_id_foreign" foreign key ("lot_id") references "lot" ("id") on update cascade on delete cascade;`,
    );
    this.addSql(
      `alter table "lot_award" add constraint "lot_award_supplier_id_foreign" foreign key ("supplier_id") references "supplier" ("id") on update cascade on delete cascade;`,
    );
    this.addSql(`alter table "lot_award" enable row level security;`);
    this.addSql(`alter table "lot_award" force row level security;`);
    this.addSql(`create policy "lot_award_see" on "lot_award" for select using (true);`);
    this.addSql(
      `create policy "lot_award_make" on "lot_award" for insert with check ((select hub_is('administrator')));`,
    );
    this.addSql(
      `create policy "lot_award_change" on "lot_award" for update using ((select hub_is('administrator'))) with check ((select hub_is('administrator')));`,
    );
    this.addSql(
      `create policy "lot_award_remove" on "lot_award" for delete using ((select hub_is('administrator')));`,
    );
  }

  override down(): void | Promise<void> {
    this.addSql(`drop table if exists "ocds_release" cascade;`);
    this.addSql(`drop table if exists "ocds_process" cascade;`);
    this.addSql(`drop table if exists "lot_award" cascade;`);
  }
}
