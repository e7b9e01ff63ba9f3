import { Migration } from '@mikro-orm/migrations';

export class Migration20261122200320_pages_of_partners extends Migration {
  override name = 'Migration20261122200320_pages_of_partners';

  override up(): void | Promise<void> {
    this.addSql(`drop index "partner_sector_id_index";`);
    this.addSql(`drop index "partner_size_band_index";`);
    this.addSql(`drop index "partner_sort_name_de_index";`);
    this.addSql(`drop index "partner_sort_name_en_index";`);
    this.addSql(`drop index "partner_sort_name_fr_index";`);
    this.addSql(`drop index "partner_sort_name_nl_index";`);
    this.addSql(
      `create index "partner_sector_id_size_band_headcount_id_index" on "partner" ("sector_id", "size_band", "headcount", "id");`,
    );
    this.addSql(
      `create index "partner_size_band_headcount_id_index" on "partner" ("size_band", "headcount", "id");`,
    );
    this.addSql(`create index partner_by_name_fr_index on partner (sort_name_fr, id, size_band, sector_id);`);
    this.addSql(`create index partner_by_name_nl_index on partner (sort_name_nl, id, size_band, sector_id);`);
    this.addSql(`create index partner_by_name_en_index on partner (sort_name_en, id, size_band, sector_id);`);
    this.addSql(`create index partner_by_name_de_index on partner (sort_name_de, id, size_band, sector_id);`);
  }

  override down(): void | Promise<void> {
    this.addSql(`drop index "partner_sector_id_size_band_headcount_id_index";`);
    this.addSql(`drop index "partner_size_band_headcount_id_index";`);
    this.addSql(`drop index "partner_by_name_fr_index";`);
    this.addSql(`drop index "partner_by_name_nl_index";`);
    this.addSql(`drop index "partner_by_name_en_index";`);
    this.addSql(`drop index "partner_by_name_de_index";`);
    this.addSql(`create index "partner_sector_id_index" on "partner" ("sector_id");`);
    this.addSql(`create index "partner_size_band_index" on "partner" ("size_band");`);
    this.addSql(`create index partner_sort_name_de_index on partner (sort_name_de, id);`);
    this.addSql(`create index partner_sort_name_en_index on partner (sort_name_en, id);`);
    this.addSql(`create index partner_sort_name_fr_index on partner (sort_name_fr, id);`);
    this.addSql(`create index partner_sort_name_nl_index on partner (sort_name_nl, id);`);
  }
}
