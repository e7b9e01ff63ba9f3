import { Migration } from '@mikro-orm/migrations';

export class Migration20261122203043_rate_limit_use extends Migration {
  override name = 'Migration20261122203043_rate_limit_use';

  override up(): void | Promise<void> {
    this.addSql(
      `create table "rate_limit_use" ("principal" varchar(120) not null, "minute" timestamptz(0) not null, "hub" uuid not null, "spent" int not null, primary key ("principal", "minute", "hub"));`,
    );
  }

  override down(): void | Promise<void> {
    this.addSql(`drop table if exists "rate_limit_use" cascade;`);
  }
}
