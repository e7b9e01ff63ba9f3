import { Migration } from '@mikro-orm/migrations';

export class Migration20261122203314_trail_and_leaving extends Migration {
  override name = 'Migration20261122203314_trail_and_leaving';

  override up(): void | Promise<void> {
    this.addSql(
      `create table "audit_entry" ("id" uuid not null, "occurred_at" timestamptz(3) not null default now(), "principal" varchar(120) null, "mutation" varchar(80) not null, "entity" varchar(80) not null, "record" uuid null, "partner_id" uuid null, "action" text not null, "before" jsonb null, "after" jsonb null, primary key ("id"));`,
    );
    this.addSql(`create index "audit_entry_occurred_at_id_index" on "audit_entry" ("occurred_at", "id");`);
    this.addSql(`create index "audit_entry_partner_id_id_index" on "audit_entry" ("partner_id", "id");`);
    this.addSql(
      `create index "audit_entry_principal_occurred_at_id_index" on "audit_entry" ("principal", "occurred_at", "id");`,
    );

    this.addSql(`create index "idempotency_record_created_at_index" on "idempotency_record" ("created_at");`);

    this.addSql(`alter table "partner" drop constraint "partner_enterprise_number";`);
    this.addSql(`alter table "partner" add "closed_on" date null;`);
    this.addSql(`alter table "partner" alter column "enterprise_number" drop not null;`);
    this.addSql(`create index "partner_closed_on_index" on "partner" ("closed_on");`);
    this.addSql(
      `alter table "partner" add constraint "partner_numbered" check (enterprise_number is not null or closed_on is not null);`,
    );
    this.addSql(
      `alter table "partner" add constraint "partner_enterprise_number" check (enterprise_number is null or case when enterprise_number ~ '^[01][0-9]{9}\$' then right(enterprise_number, 2)::int = 97 - (left(enterprise_number, 8)::int % 97) else false end);`,
    );

    this.addSql(
      `alter table "audit_entry" add constraint "audit_entry_partner_id_foreign" foreign key ("partner_id") references "partner" ("id") on update no action on delete no action;`,
    );
    this.addSql(
      `alter table "audit_entry" add constraint "audit_entry_action_check" check ("action" in ('CREATED', 'UPDATED', 'DELETED'));`,
    );
  }

  override down(): void | Promise<void> {
    this.addSql(`drop table if exists "audit_entry" cascade;`);

    this.addSql(`drop index "idempotency_record_created_at_index";`);

    this.addSql(`drop index "partner_closed_on_index";`);
    this.addSql(`alter table "partner" drop constraint "partner_numbered";`);
    this.addSql(`alter table "partner" drop constraint "partner_enterprise_number";`);
    this.addSql(`alter table "partner" drop column "closed_on";`);
    this.addSql(`alter table "partner" alter column "enterprise_number" set not null;`);
    this.addSql(
      `alter table "partner" add constraint "partner_enterprise_number" check (case when enterprise_number ~ '^[01][0-9]{9}\$' then right(enterprise_number, 2)::int = 97 - (left(enterprise_number, 8)::int % 97) else false end);`,
    );
  }
}
