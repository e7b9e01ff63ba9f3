import { Migration } from '@mikro-orm/migrations';

export class Migration20261127015258_employer_group_counts extends Migration {
  override name = 'Migration20261127015258_employer_group_counts';

  override up(): void | Promise<void> {
    this.addSql(
      `create policy "shared_worker_count" on "shared_worker" for select to "hub_figures" using ((select coalesce(current_setting('hub.viewer', true), '') <> '') or (select hub_is('administrator')));`,
    );

    this.addSql(
      `create policy "placement_request_count" on "placement_request" for select to "hub_figures" using ((select coalesce(current_setting('hub.viewer', true), '') <> '') or (select hub_is('administrator')));`,
    );

    this.addSql(
      `create policy "placement_count" on "placement" for select to "hub_figures" using ((select coalesce(current_setting('hub.viewer', true), '') <> '') or (select hub_is('administrator')));`,
    );
  }

  override down(): void | Promise<void> {
    this.addSql(`drop policy "placement_count" on "placement";`);

    this.addSql(`drop policy "placement_request_count" on "placement_request";`);

    this.addSql(`drop policy "shared_worker_count" on "shared_worker";`);
  }
}
