import { Migration } from '@mikro-orm/migrations';

export class Migration20261122175218_large_tables extends Migration {
  override name = 'Migration20261122175218_large_tables';

  override up(): void | Promise<void> {
    this.addSql(
      `create index "enrolment_level_index" on "enrolment" ("service_id", "active_from", "ended_on", "partner_id", "id");`,
    );

    this.addSql(
      `create index "usage_entry_of_enrolment_index" on "usage_entry" ("partner_id", "enrolment_id", "occurred_on", "id");`,
    );
  }

  override down(): void | Promise<void> {
    this.addSql(`drop index "enrolment_level_index";`);

    this.addSql(`drop index "usage_entry_of_enrolment_index";`);
  }
}
