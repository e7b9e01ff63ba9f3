import { Migration } from '@mikro-orm/migrations';

export class Migration20261126183004_metric_units extends Migration {
  override name = 'Migration20261126183004_metric_units';

  override up(): void | Promise<void> {
    this.addSql(`alter table "metric_definition" drop constraint "metric_definition_unit_check";`);
    this.addSql(
      `alter table "metric_definition" add constraint "metric_definition_unit_check" check ("unit" in ('KWH', 'KG_CO2', 'LITRE', 'EUR', 'ORGANISATION', 'PERSON', 'WORKER', 'HOUR', 'VISIT', 'CONSULTATION', 'TOOL_SHEET', 'ORDER', 'BUILDING', 'MEASURE', 'ENROLMENT', 'UNIT_OF_USE', 'BENEFICIARY', 'PERCENT', 'SHARE'));`,
    );

    this.addSql(`alter table "published_figure" drop constraint "published_figure_unit_check";`);
    this.addSql(
      `alter table "published_figure" add constraint "published_figure_unit_check" check ("unit" in ('KWH', 'KG_CO2', 'LITRE', 'EUR', 'ORGANISATION', 'PERSON', 'WORKER', 'HOUR', 'VISIT', 'CONSULTATION', 'TOOL_SHEET', 'ORDER', 'BUILDING', 'MEASURE', 'ENROLMENT', 'UNIT_OF_USE', 'BENEFICIARY', 'PERCENT', 'SHARE'));`,
    );
  }

  override down(): void | Promise<void> {
    this.addSql(`alter table "metric_definition" drop constraint "metric_definition_unit_check";`);
    this.addSql(
      `alter table "metric_definition" add constraint "metric_definition_unit_check" check ("unit" in ('KWH', 'KG_CO2', 'LITRE', 'EUR', 'ORGANISATION', 'PERSON', 'WORKER', 'HOUR', 'VISIT', 'CONSULTATION', 'TOOL_SHEET', 'ORDER', 'ENROLMENT', 'UNIT_OF_USE', 'BENEFICIARY', 'PERCENT', 'SHARE'));`,
    );

    this.addSql(`alter table "published_figure" drop constraint "published_figure_unit_check";`);
    this.addSql(
      `alter table "published_figure" add constraint "published_figure_unit_check" check ("unit" in ('KWH', 'KG_CO2', 'LITRE', 'EUR', 'ORGANISATION', 'PERSON', 'WORKER', 'HOUR', 'VISIT', 'CONSULTATION', 'TOOL_SHEET', 'ORDER', 'ENROLMENT', 'UNIT_OF_USE', 'BENEFICIARY', 'PERCENT', 'SHARE'));`,
    );
  }
}
