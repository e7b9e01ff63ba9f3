import { type EntityManager, IsolationLevel } from '@mikro-orm/postgresql';

/** A row of a rollup that is not what the entries say; `held` or `counted` is null where one side has no such row. */
export interface RollupDifference {
  rollup: 'usage_month' | 'usage_total' | 'usage_sum';
  /** What the row is about, by column. */
  key: Record<string, unknown>;
  held: Record<string, unknown> | null;
  counted: Record<string, unknown> | null;
}

/** Differences that are shown: the first ones say enough. */
const MOST = 100;

const MONTH_KEY = [
  'partner_id',
  'metric_key',
  'service_id',
  'month',
  'category',
  'enrolment_id',
  'sector_id',
  'size_band',
  'municipality_id',
  'region_code',
  'province_code',
  'authority_id',
  'is_synthetic',
];
const TOTAL_KEY = [
  'metric_key',
  'month',
  'service_id',
  'sector_id',
  'size_band',
  'region_code',
  'province_code',
  'authority_id',
  'is_synthetic',
];
const SUM_KEY = ['metric_key', 'month', 'service_id', 'sector_id', 'region_code', 'is_synthetic'];

/** Entries that count, with what their partner was on their day. */
const ENTRIES = `
  select u.*, date_trunc('month', u.occurred_on::timestamp)::date as month, u.provenance = 'SYNTHETIC' as is_synthetic,
    f.sector_id, f.size_band, f.municipality_id, t.region_code, t.province_code, r.authority_id, d.kind
  from usage_entry u
  join metric_definition d on d.key = u.metric_key
  join partner_profile f on f.partner_id = u.partner_id and u.occurred_on >= f.valid_from and u.occurred_on < f.valid_until
  join territory t on t.id = f.municipality_id
  left join enrolment e on e.partner_id = u.partner_id and e.id = u.enrolment_id
  left join recognition r on r.partner_id = e.partner_id and r.id = e.recognition_id
  where u.reverses_id is null
    and not exists (select from usage_entry v where v.partner_id = u.partner_id and v.reverses_id = u.id)`;

/** Of the entries of a group, what the last one says. */
const lastOf = (column: string): string =>
  `(array_agg(${column} order by occurred_on desc, recorded_at desc, id desc))[1]`;

/** The finer rollup, counted from the entries. */
const MONTHS = `
  select ${MONTH_KEY.join(', ')},
    case when max(kind) = 'FLOW' then sum(quantity) else ${lastOf('quantity')} end as quantity,
    count(*)::int as entries, (count(*) filter (where quantity <> 0))::int as uses,
    case when max(kind) = 'STOCK' then max(occurred_on) end as last_on,
    case when max(kind) = 'STOCK' then ${lastOf('recorded_at')} end as last_recorded_at,
    case when max(kind) = 'STOCK' then ${lastOf('id')} end as last_id
  from (${ENTRIES}) as x group by ${MONTH_KEY.join(', ')}`;

/** The coarser rollup, counted from the entries as well. */
const TOTALS = `
  select ${TOTAL_KEY.join(', ')}, sum(quantity) as quantity, sum(entries)::int as entries, sum(uses)::int as uses,
    (count(*) filter (where uses > 0))::int as contributors, max(abs(quantity)) as largest,
    coalesce((array_agg(abs(quantity) order by abs(quantity) desc))[2], 0) as second
  from (select ${TOTAL_KEY.join(', ')}, sum(quantity) as quantity, count(*) as entries,
      count(*) filter (where quantity <> 0) as uses
    from (${ENTRIES}) as x where kind = 'FLOW' group by ${TOTAL_KEY.join(', ')}, partner_id) as p
  group by ${TOTAL_KEY.join(', ')}`;

/** The sums, likewise. */
const SUMS = `
  select ${SUM_KEY.join(', ')}, sum(quantity) as quantity, count(*)::int as entries,
    (count(*) filter (where quantity <> 0))::int as uses
  from (${ENTRIES}) as x where kind = 'FLOW' group by ${SUM_KEY.join(', ')}`;

/** Rows of a rollup beside their recount, where the two are not alike. A row without entries stands for nothing. */
function differences(rollup: string, counted: string, key: readonly string[], values: readonly string[]) {
  const pair = (alias: string, columns: readonly string[]): string =>
    `json_build_object(${columns.map((column) => `'${column}', ${alias}.${column}`).join(', ')})`;
  const same = key.map((column) => `h.${column} is not distinct from c.${column}`).join(' and ');
  const order = key.map((column) => `coalesce(h.${column}, c.${column})`).join(', ');
  return `select '${rollup}' as rollup, case when h.entries is null then ${pair('c', key)} else ${pair('h', key)} end as key,
      case when h.entries is not null then ${pair('h', values)} end as held,
      case when c.entries is not null then ${pair('c', values)} end as counted
    from (select *, md5(row(${key.join(', ')})::text) as hash from ${rollup} where entries <> 0) as h
    full join (select *, md5(row(${key.join(', ')})::text) as hash from (${counted}) as x) as c
      on h.hash = c.hash and ${same}
    where h.entries is null or c.entries is null
      or (${values.map((column) => `h.${column}`).join(', ')}) is distinct from (${values.map((column) => `c.${column}`).join(', ')})
    order by ${order} limit ${MOST}`;
}

/** What comparing the rollups with their entries gave. */
export interface RollupCheck {
  /** The first ones of each rollup. */
  differences: RollupDifference[];
  /** Rows that were compared. */
  rows: number;
}

/**
 * What the rollups hold and the entries do not say, or the other way round; nothing where they agree. All is read as of
 * one moment, so that it may run beside writers.
 */
export function verifyRollups(em: EntityManager): Promise<RollupCheck> {
  return em.transactional(
    async (inside) => {
      const months = await inside.execute<RollupDifference[]>(
        differences('usage_month', MONTHS, MONTH_KEY, [
          'quantity',
          'entries',
          'uses',
          'last_on',
          'last_recorded_at',
          'last_id',
        ]),
      );
      const totals = await inside.execute<RollupDifference[]>(
        differences('usage_total', TOTALS, TOTAL_KEY, [
          'quantity',
          'entries',
          'uses',
          'contributors',
          'largest',
          'second',
        ]),
      );
      const sums = await inside.execute<RollupDifference[]>(
        differences('usage_sum', SUMS, SUM_KEY, ['quantity', 'entries', 'uses']),
      );
      const [count] = await inside.execute<{ rows: number }[]>(
        `select ((select count(*) from usage_month where entries <> 0) + (select count(*) from usage_total where entries <> 0)
          + (select count(*) from usage_sum where entries <> 0))::int as rows`,
      );
      return { differences: [...months, ...totals, ...sums], rows: count?.rows ?? 0 };
    },
    { isolationLevel: IsolationLevel.REPEATABLE_READ, readOnly: true },
  );
}

/** Counts the rollups from the entries anew. Reports wait meanwhile. */
export async function rebuildRollups(em: EntityManager): Promise<void> {
  await em.transactional((inside) => inside.execute('select rebuild_usage_rollups()'));
}
