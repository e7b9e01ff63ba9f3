import { Migration } from '@mikro-orm/migrations';

export class Migration20261126022224_first_enrolment extends Migration {
  override name = 'Migration20261126022224_first_enrolment';

  override up(): void | Promise<void> {
    this.addSql(`create index "enrolment_active_from_index" on "enrolment" ("active_from");`);
  }

  override down(): void | Promise<void> {
    this.addSql(`drop index "enrolment_active_from_index";`);
  }
}
