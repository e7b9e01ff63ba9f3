import { Migration } from '@mikro-orm/migrations';

export class Migration20261125223007_definitions extends Migration {
  override name = 'Migration20261125223007_definitions';

  override up(): void {
    this.addSql(`alter table "metric_definition" drop constraint "metric_definition_aggregation_check";`);
    this.addSql(`alter table "metric_definition" drop constraint "metric_definition_source_check";`);
    this.addSql(`alter table "metric_definition" drop constraint "metric_definition_unit_check";`);
    // Rows that are there already take these values until the start, which comes next, writes what each metric has.
    this.addSql(
      `alter table "metric_definition" add "origin" text not null default 'REPORTS', add "owner" text not null default 'SERVICE', add "covered_since" date null, add "in_series" text not null default 'SUM_OF_STEP', add "numerator_key" varchar(60) null, add "denominator_key" varchar(60) null;`,
    );
    this.addSql(
      `alter table "metric_definition" alter column "origin" drop default, alter column "owner" drop default, alter column "in_series" drop default;`,
    );
    this.addSql(
      `alter table "metric_definition" add constraint "metric_definition_numerator_key_foreign" foreign key ("numerator_key") references "metric_definition" ("key") on update no action on delete no action;`,
    );
    this.addSql(
      `alter table "metric_definition" add constraint "metric_definition_denominator_key_foreign" foreign key ("denominator_key") references "metric_definition" ("key") on update no action on delete no action;`,
    );
    this.addSql(
      `alter table "metric_definition" add constraint "metric_definition_origin_check" check ("origin" in ('OPERATIONS', 'REPORTS', 'IMPORTS'));`,
    );
    this.addSql(
      `alter table "metric_definition" add constraint "metric_definition_owner_check" check ("owner" in ('HUB', 'SERVICE'));`,
    );
    this.addSql(
      `alter table "metric_definition" add constraint "metric_definition_in_series_check" check ("in_series" in ('SUM_OF_STEP', 'LEVEL_AT_END_OF_STEP', 'COUNT_IN_STEP', 'RATIO_OF_STEP'));`,
    );
    this.addSql(
      `alter table "metric_definition" add constraint "metric_definition_aggregation_check" check ("aggregation" in ('SUM', 'DISTINCT_PARTNERS', 'LAST_VALUE', 'DISTINCT_ENROLMENTS', 'RATIO', 'AVERAGE'));`,
    );
    this.addSql(
      `alter table "metric_definition" add constraint "metric_definition_source_check" check ("source" in ('USAGE_ENTRIES', 'ALL_USAGE', 'ENROLMENTS', 'POPULATIONS', 'FUNDINGS', 'METRICS'));`,
    );
    this.addSql(
      `alter table "metric_definition" add constraint "metric_definition_unit_check" check ("unit" in ('KWH', 'KG_CO2', 'LITRE', 'EUR', 'ORGANISATION', 'PERSON', 'WORKER', 'HOUR', 'VISIT', 'CONSULTATION', 'TOOL_SHEET', 'ORDER', 'ENROLMENT', 'UNIT_OF_USE', 'BENEFICIARY', 'PERCENT', 'SHARE'));`,
    );

    this.addSql(`alter table "published_figure" drop constraint "published_figure_unit_check";`);
    this.addSql(
      `alter table "published_figure" add constraint "published_figure_unit_check" check ("unit" in ('KWH', 'KG_CO2', 'LITRE', 'EUR', 'ORGANISATION', 'PERSON', 'WORKER', 'HOUR', 'VISIT', 'CONSULTATION', 'TOOL_SHEET', 'ORDER', 'ENROLMENT', 'UNIT_OF_USE', 'BENEFICIARY', 'PERCENT', 'SHARE'));`,
    );
  }

  override down(): void {
    throw new Error('Migrations go forward only: restore a backup to go back.');
  }
}
