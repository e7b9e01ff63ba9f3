import { Migration } from '@mikro-orm/migrations';

const AS_HUB = `perform set_config('hub.scope', '{"administrator":true}', true);`;
const AS_BEFORE = `perform set_config('hub.scope', coalesce(viewer_scope, ''), true);`;
const DEFINER = 'language plpgsql security definer set search_path from current';

/** Tables that a release is written from: how a row leads to its agreement, and columns that no release tells. */
const PUBLISHED: readonly [table: string, agreement: string, key: string, untold: readonly string[]][] = [
  [
    'framework_agreement',
    'select r.id from changed r',
    'id',
    ['answer_hours', 'confirmation_hours', 'consent_hours', 'delivery_days', 'created_at'],
  ],
  ['agreement_authority', 'select r.agreement_id from changed r', 'agreement_id', []],
  ['lot', 'select r.agreement_id from changed r', 'id', ['created_at']],
  [
    'product',
    'select l.agreement_id from changed r join lot l on l.id = r.lot_id',
    'id',
    [
      'sale_unit',
      ...['fr', 'nl', 'en', 'de'].map((language) => `description_${language}`),
      'certification',
      'certified_from',
      'certified_until',
      'picture_url',
      'reference_price',
      'reference_price_source',
      'withdrawn_on',
      'search_text',
      'created_at',
    ],
  ],
  ['lot_award', 'select l.agreement_id from changed r join lot l on l.id = r.lot_id', 'lot_id', []],
  [
    'supplier',
    `select l.agreement_id from changed r join lot_award w on w.supplier_id = r.id join lot l on l.id = w.lot_id`,
    'id',
    ['website', 'created_at'],
  ],
];

/** When something that is published of an agreement changed, and that who has a price has an award. */
export class Migration20261126023800_ocds_rules extends Migration {
  override name = 'Migration20261126023800_ocds_rules';

  override up(): void {
    for (const [table, agreement, key, untold] of PUBLISHED) {
      const told = untold.length > 0 ? ` - array[${untold.map((one) => `'${one}'`).join(', ')}]` : '';
      const changed = `changed as (select n.* from new_rows n where not exists (select from old_rows o where o.${key} = n.${key} and to_jsonb(o)${told} = to_jsonb(n)${told}))`;
      for (const event of ['insert', 'update', 'delete'] as const) {
        const rows = {
          insert: 'changed as (select n.* from new_rows n)',
          update: changed,
          delete: 'changed as (select o.* from old_rows o)',
        }[event];
        const tables = {
          insert: 'new table as new_rows',
          update: 'old table as old_rows new table as new_rows',
          delete: 'old table as old_rows',
        }[event];
        this.addSql(`create function publish_${table}_${event}() returns trigger ${DEFINER} as $$
          declare
            viewer_scope text := current_setting('hub.scope', true);
          begin
            ${AS_HUB}
            with ${rows}
            insert into ocds_process (agreement_id) select a.id from framework_agreement a where a.id in (${agreement})
              order by a.id
              on conflict (agreement_id) do update set changed_at = now();
            ${AS_BEFORE}
            return null;
          end $$;`);
        this.addSql(`create trigger ${table}_published_${event} after ${event} on ${table}
          referencing ${tables} for each statement execute function publish_${table}_${event}();`);
      }
    }

    this.addSql(`create function award_ranked_lot() returns trigger ${DEFINER} as $$
      declare
        viewer_scope text := current_setting('hub.scope', true);
      begin
        ${AS_HUB}
        if exists (select from new_rows r join lot l on l.id = r.lot_id join framework_agreement a on a.id = l.agreement_id
          where a.currency <> 'EUR') then
          ${AS_BEFORE}
          raise exception 'prices are in euro, and this agreement is not' using errcode = 'MH083';
        end if;
        insert into lot_award (lot_id, supplier_id, award_id)
          select distinct r.lot_id, r.supplier_id, 'lot-' || l.local_id
            from new_rows r join lot l on l.id = r.lot_id
          on conflict do nothing;
        ${AS_BEFORE}
        return null;
      end $$;`);
    this.addSql(`create trigger cascade_rank_awarded after insert on cascade_rank
      referencing new table as new_rows for each statement execute function award_ranked_lot();`);

    this.addSql(`create function keep_currency() returns trigger ${DEFINER} as $$
      declare
        viewer_scope text := current_setting('hub.scope', true);
        has_prices boolean;
      begin
        ${AS_HUB}
        select exists (select from cascade_rank r join lot l on l.id = r.lot_id where l.agreement_id = new.id) into has_prices;
        ${AS_BEFORE}
        if has_prices then
          raise exception 'prices are in euro, and this agreement would not be' using errcode = 'MH083';
        end if;
        return new;
      end $$;`);
    this.addSql(`create trigger framework_agreement_currency_kept before update of currency on framework_agreement
      for each row when (old.currency <> new.currency) execute function keep_currency();`);
  }

  override down(): void {
    throw new Error('Migrations go forward only: restore a backup to go back.');
  }
}
