import type { EntityManager } from '@mikro-orm/postgresql';
import type { DataRoom } from '../database/row-security.ts';
import {
  type DecidedCell,
  datesOf,
  firstDay,
  type LatticeDimension,
  type LatticeTable,
  monthOf,
  periodBetween,
  type ReleasedCell,
} from './disclosure/index.ts';

/** The columns that hold the values of the lattice's dimensions. */
export const COLUMN = {
  SERVICE: 'serviceId',
  SECTOR: 'sectorId',
  SIZE_BAND: 'sizeBand',
  REGION: 'regionCode',
  PROVINCE: 'provinceCode',
  AUTHORITY: 'authorityId',
} as const satisfies Record<LatticeDimension, string>;

type Dimensions = Record<(typeof COLUMN)[LatticeDimension], string | null>;

/** A fact as the database gives it. */
export interface FactRow extends Dimensions {
  partnerId: string;
  month: string;
  audiences: string[];
  millionths: string;
  isPublic?: boolean;
  since?: string;
}

interface CellRow extends Dimensions {
  granularity: ReleasedCell['granularity'];
  firstDay: string;
  tableName: string;
  status: ReleasedCell['release'];
}

/** The audiences with whom each member shares a room of its records: they see them one by one. */
export async function sharing(em: EntityManager, room: DataRoom): Promise<Map<string, string[]>> {
  const rows = await em.execute<{ partner: string; audiences: string[] }[]>(
    `select a.partner_id as partner, array_agg(distinct a.federation_id)::text[] as audiences from data_sharing_agreement a
      join membership m on m.partner_id = a.partner_id and m.federation_id = a.federation_id
      cross join (select (now() at time zone 'Europe/Brussels')::date as today) as t
      where ? = any(a.rooms) and a.revoked_at is null and a.valid_until > t.today
        and m.valid_from <= t.today and (m.valid_until is null or t.today < m.valid_until)
      group by a.partner_id`,
    [room],
  );
  return new Map(rows.map(({ partner, audiences }) => [partner, audiences]));
}

/** What was counted before, and what is new or other since, which is kept with the month that counts it first. */
export async function keepFacts(
  em: EntityManager,
  metric: string,
  month: number,
  current: readonly FactRow[],
): Promise<FactRow[]> {
  const kept = await em.execute<FactRow[]>(
    `select partner_id as "partnerId", service_id as "serviceId", month::text, since::text, sector_id as "sectorId",
        size_band as "sizeBand", region_code as "regionCode", province_code as "provinceCode", authority_id as "authorityId",
        audiences::text[], (quantity * 1000000)::numeric(30, 0)::text as millionths
      from released_fact where metric_key = ? and month >= ? and month < ? order by id`,
    [metric, firstDay(month - (month % 12)), firstDay(month + 1)],
  );
  const signOf = ({ millionths: _, since: __, isPublic: ___, ...row }: FactRow): string =>
    JSON.stringify(Object.entries(row).sort(([left], [right]) => (left < right ? -1 : 1)));
  const missing = new Map<string, { row: FactRow; millionths: bigint }>();
  const add = (row: FactRow, millionths: bigint): void => {
    const sign = signOf(row);
    missing.set(sign, { row, millionths: (missing.get(sign)?.millionths ?? 0n) + millionths });
  };
  for (const row of current) add(row, BigInt(row.millionths));
  for (const row of kept) add(row, -BigInt(row.millionths));
  const since = firstDay(month);
  const added = [...missing.values()]
    .filter(({ millionths }) => millionths !== 0n)
    .map(({ row, millionths }): FactRow => ({ ...row, since, millionths: String(millionths) }));
  if (added.length > 0) {
    await em.execute(
      `insert into released_fact (metric_key, month, since, partner_id, service_id, sector_id, size_band, region_code,
          province_code, authority_id, audiences, quantity)
        select ?, x.month, x.since, x."partnerId", x."serviceId", x."sectorId", x."sizeBand", x."regionCode", x."provinceCode",
          x."authorityId", x.audiences, x.millionths / 1000000
        from jsonb_to_recordset(?::jsonb) as x (month date, since date, "partnerId" uuid, "serviceId" uuid, "sectorId" uuid,
          "sizeBand" text, "regionCode" text, "provinceCode" text, "authorityId" uuid, audiences uuid[], millionths numeric)`,
      [metric, JSON.stringify(added)],
    );
  }
  return [...kept, ...added];
}

export async function decidedCells(
  em: EntityManager,
  metric: string,
  audience: string | undefined,
  year: number,
): Promise<DecidedCell[]> {
  const rows = await em.execute<CellRow[]>(
    `select granularity, first_day::text as "firstDay", table_name as "tableName", service_id as "serviceId",
        sector_id as "sectorId", size_band as "sizeBand", region_code as "regionCode", province_code as "provinceCode",
        authority_id as "authorityId", status
      from released_cell where metric_key = ? and audience_id is not distinct from ?::uuid and first_day >= ? and first_day < ?`,
    [metric, audience ?? null, firstDay(year), firstDay(year + 12)],
  );
  return rows.map((row) => {
    const table = tableOf(row.tableName);
    return {
      granularity: row.granularity,
      lastMonth: monthOf(row.firstDay) + { MONTH: 0, QUARTER: 2, YEAR: 11 }[row.granularity],
      table,
      values: table.map((dimension) => row[COLUMN[dimension]]),
      release: row.status,
    };
  });
}

export async function keepCells(
  em: EntityManager,
  metric: string,
  audience: string | undefined,
  additivity: string,
  cells: readonly ReleasedCell[],
): Promise<void> {
  if (cells.length === 0) return;
  const rows = cells.map((cell) => ({
    granularity: cell.granularity,
    firstDay: datesOf(cell).from,
    tableName: cell.table.join(','),
    status: cell.release,
    // A count of partners is a number; all else is in millionths.
    value:
      cell.release === 'OK'
        ? String(additivity === 'DISTINCT_PARTNERS' ? cell.value * 1_000_000n : cell.value)
        : null,
    ...Object.fromEntries(cell.table.map((dimension, at) => [COLUMN[dimension], cell.values[at]])),
  }));
  await em.execute(
    `insert into released_cell (audience_id, metric_key, granularity, first_day, table_name, service_id, sector_id, size_band,
        region_code, province_code, authority_id, status, value)
      select ?::uuid, ?, x.granularity, x."firstDay", x."tableName", x."serviceId", x."sectorId", x."sizeBand", x."regionCode",
        x."provinceCode", x."authorityId", x.status, x.value / 1000000
      from jsonb_to_recordset(?::jsonb) as x (granularity text, "firstDay" date, "tableName" text, "serviceId" uuid,
        "sectorId" uuid, "sizeBand" text, "regionCode" text, "provinceCode" text, "authorityId" uuid, status text, value numeric)`,
    [audience ?? null, metric, JSON.stringify(rows)],
  );
}

/**
 * The cells of a year that the owners of figures have published themselves, up to a month: whoever subtracts can take
 * them off too. A level is that of the last day of its period.
 */
export async function publishedCells(
  em: EntityManager,
  metric: string,
  year: number,
  month: number,
): Promise<DecidedCell[]> {
  const rows = await em.execute<
    { from: string | null; to: string; kind: string; serviceId: string | null; authorityId: string | null }[]
  >(
    `select f.period_from::text as "from", f.period_until::text as "to", f.kind, f.service_id as "serviceId",
        f.authority_id as "authorityId"
      from published_figure f where f.metric_key = ? and f.category is null and f.population_id is null
        and (f.kind = 'STOCK' or f.period_from >= ?) and f.period_until > ? and f.period_until <= ?`,
    [metric, firstDay(year), firstDay(year), firstDay(month + 1)],
  );
  return rows.flatMap(({ from, to, kind, serviceId, authorityId }) => {
    const period =
      kind === 'STOCK' ? periodBetween(firstDay(monthOf(to) - 1), to) : from && periodBetween(from, to);
    if (!period) return [];
    const of: [LatticeDimension, string | null][] = [
      ['SERVICE', serviceId],
      ['AUTHORITY', authorityId],
    ];
    const parted = of.filter(([, value]) => value !== null);
    return [
      {
        ...period,
        table: parted.map(([dimension]) => dimension),
        values: parted.map(([, value]) => value),
        release: 'OK' as const,
      },
    ];
  });
}

function tableOf(name: string): LatticeTable {
  return (name === '' ? [] : name.split(',')) as unknown as LatticeTable;
}
