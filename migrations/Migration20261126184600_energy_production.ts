import { Migration } from '@mikro-orm/migrations';

export class Migration20261126184600_energy_production extends Migration {
  override name = 'Migration20261126184600_energy_production';

  override up(): void | Promise<void> {
    this.addSql(`alter table "savings_result" drop constraint "savings_result_normalised_reason_check";`);
    this.addSql(`alter table "savings_result" drop constraint "savings_result_reason_check";`);
    this.addSql(
      `alter table "savings_result" add constraint "savings_result_normalised_reason_check" check ("normalised_reason" in ('TOO_FEW_MONTHS', 'GAPS_IN_BASELINE', 'GAPS_IN_REPORTING', 'NO_DEGREE_DAYS', 'POOR_FIT', 'NO_CONVERSION_FACTOR', 'PRODUCTION', 'NO_NORMAL_YEAR'));`,
    );
    this.addSql(
      `alter table "savings_result" add constraint "savings_result_reason_check" check ("reason" in ('TOO_FEW_MONTHS', 'GAPS_IN_BASELINE', 'GAPS_IN_REPORTING', 'NO_DEGREE_DAYS', 'POOR_FIT', 'NO_CONVERSION_FACTOR', 'PRODUCTION', 'NO_NORMAL_YEAR'));`,
    );
  }

  override down(): void | Promise<void> {
    this.addSql(`alter table "savings_result" drop constraint "savings_result_reason_check";`);
    this.addSql(`alter table "savings_result" drop constraint "savings_result_normalised_reason_check";`);
    this.addSql(
      `alter table "savings_result" add constraint "savings_result_reason_check" check ("reason" in ('TOO_FEW_MONTHS', 'GAPS_IN_BASELINE', 'GAPS_IN_REPORTING', 'NO_DEGREE_DAYS', 'POOR_FIT', 'NO_CONVERSION_FACTOR', 'NO_NORMAL_YEAR'));`,
    );
    this.addSql(
      `alter table "savings_result" add constraint "savings_result_normalised_reason_check" check ("normalised_reason" in ('TOO_FEW_MONTHS', 'GAPS_IN_BASELINE', 'GAPS_IN_REPORTING', 'NO_DEGREE_DAYS', 'POOR_FIT', 'NO_CONVERSION_FACTOR', 'NO_NORMAL_YEAR'));`,
    );
  }
}
