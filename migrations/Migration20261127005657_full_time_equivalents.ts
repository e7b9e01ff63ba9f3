import { Migration } from '@mikro-orm/migrations';

export class Migration20261127005657_full_time_equivalents extends Migration {
  override name = 'Migration20261127005657_full_time_equivalents';

  override up(): void | Promise<void> {
    this.addSql(`alter table "metric_definition" drop constraint "metric_definition_unit_check";`);
    this.addSql(
      `alter table "metric_definition" add constraint "metric_definition_unit_check" check ("unit" in ('KWH', 'KG_CO2', 'LITRE', 'EUR', 'ORGANISATION', 'PERSON', 'WORKER', 'HOUR', 'FULL_TIME_EQUIVALENT', 'VISIT', 'CONSULTATION', 'TOOL_SHEET', 'ORDER', 'BUILDING', 'MEASURE', 'ENROLMENT', 'UNIT_OF_USE', 'BENEFICIARY', 'PERCENT', 'SHARE'));`,
    );

    this.addSql(`alter table "published_figure" drop constraint "published_figure_unit_check";`);
    this.addSql(
      `alter table "published_figure" add constraint "published_figure_unit_check" check ("unit" in ('KWH', 'KG_CO2', 'LITRE', 'EUR', 'ORGANISATION', 'PERSON', 'WORKER', 'HOUR', 'FULL_TIME_EQUIVALENT', 'VISIT', 'CONSULTATION', 'TOOL_SHEET', 'ORDER', 'BUILDING', 'MEASURE', 'ENROLMENT', 'UNIT_OF_USE', 'BENEFICIARY', 'PERCENT', 'SHARE'));`,
    );
  }

  override down(): void | Promise<void> {
    this.addSql(`alter table "metric_definition" drop constraint "metric_definition_unit_check";`);
    this.addSql(
      `alter table "metric_definition" add constraint "metric_definition_unit_check" check ("unit" in ('KWH', 'KG_CO2', 'LITRE', 'EUR', 'ORGANISATION', 'PERSON', 'WORKER', 'HOUR', 'VISIT', 'CONSULTATION', 'TOOL_SHEET', 'ORDER', 'BUILDING', 'MEASURE', 'ENROLMENT', 'UNIT_OF_USE', 'BENEFICIARY', 'PERCENT', 'SHARE'));`,
    );

    this.addSql(`alter table "published_figure" drop constraint "published_figure_unit_check";`);
    this.addSql(
      `alter table "published_figure" add constraint "published_figure_unit_check" check ("unit" in ('KWH', 'KG_CO2', 'LITRE', 'EUR', 'ORGANISATION', 'PERSON', 'WORKER', 'HOUR', 'VISIT', 'CONSULTATION', 'TOOL_SHEET', 'ORDER', 'BUILDING', 'MEASURE', 'ENROLMENT', 'UNIT_OF_USE', 'BENEFICIARY', 'PERCENT', 'SHARE'));`,
    );
  }
}
