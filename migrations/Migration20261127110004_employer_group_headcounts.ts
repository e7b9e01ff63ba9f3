import { Migration } from '@mikro-orm/migrations';

export class Migration20261127110004_employer_group_headcounts extends Migration {
  override name = 'Migration20261127110004_employer_group_headcounts';

  override up(): void | Promise<void> {
    this.addSql(`alter table "billing_rule" drop constraint "billing_rule_amounts";`);
    this.addSql(`alter table "billing_rule" add "headcount" int null;`);
    this.addSql(
      `alter table "billing_rule" add constraint "billing_rule_amounts" check (flat_amount >= 0 and weight > 0 and headcount >= 0);`,
    );
  }

  override down(): void | Promise<void> {
    this.addSql(`alter table "billing_rule" drop constraint "billing_rule_amounts";`);
    this.addSql(`alter table "billing_rule" drop column "headcount";`);
    this.addSql(
      `alter table "billing_rule" add constraint "billing_rule_amounts" check (flat_amount >= 0 and weight > 0);`,
    );
  }
}
