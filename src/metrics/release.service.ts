import type { EntityManager } from '@mikro-orm/postgresql';
import { SYSTEM } from '../access/viewer.ts';
import { brusselsDay, type Clock } from '../clock.ts';
import type { UnitOfWork } from '../database/unit-of-work.ts';
import { executable } from '../read/index.ts';
import {
  type DecidedCell,
  type DisclosureRule,
  datesOf,
  firstDay,
  type LatticeDimension,
  type LatticeFact,
  type LatticeTable,
  monthOf,
  type ReleasedCell,
  releaseMonth,
} from './disclosure/index.ts';
import { type MetricDefinitionInit } from './metric-definition.ts';
import { additivityOf, releasableFacts } from './release-facts.read.ts';

/** When cells are released, and by which rule. */
export interface ReleaseTerms {
  rule: DisclosureRule;
  /** Days after the end of a month for which reports of it are waited for. */
  afterDays: number;
}

/** Another hub on the same database is at it. */
class Busy extends Error {}

/** The columns that hold the values of the lattice's dimensions. */
const COLUMN = {
  SERVICE: 'serviceId',
  SECTOR: 'sectorId',
  SIZE_BAND: 'sizeBand',
  REGION: 'regionCode',
  PROVINCE: 'provinceCode',
  AUTHORITY: 'authorityId',
} as const satisfies Record<LatticeDimension, string>;

type Dimensions = Record<(typeof COLUMN)[LatticeDimension], string | null>;

/** A fact as the database gives it. */
interface FactRow extends Dimensions {
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

/**
 * Releases the cells of the lattice, month after month: once a month is over and was waited for, its cells, and those of
 * the quarter and the year that end with it, are decided on and never change. Each metric's month is a transaction.
 */
export class ReleaseService {
  private readonly definitions: readonly MetricDefinitionInit[];

  constructor(
    private readonly unitOfWork: UnitOfWork,
    definitions: readonly MetricDefinitionInit[],
    private readonly terms: ReleaseTerms,
    private readonly clock: Clock,
  ) {
    this.definitions = definitions.filter(additivityOf);
  }

  /** Releases all that is due and says what it did, a line for each metric; answers how many months it released. */
  async run(say: (line: string) => void): Promise<number> {
    const last = this.lastMonth();
    let all = 0;
    try {
      for (const definition of this.definitions) {
        let months = 0;
        for (let next = await this.nextMonth(definition); next !== undefined && next <= last; next += 1) {
          const month = next;
          await this.unitOfWork.run(SYSTEM, async (em) => {
            await takeTurn(em);
            await this.release(em, definition, month);
          });
          months += 1;
        }
        if (months > 0)
          say(`${definition.key}: cells of ${months} months released, up to ${firstDay(last).slice(0, 7)}`);
        all += months;
      }
    } catch (error) {
      if (!(error instanceof Busy)) throw error;
      say('Another hub on this database is doing this: nothing is left to do here.');
    }
    return all;
  }

  /** The last month that is over, and was waited for. */
  private lastMonth(): number {
    const day = new Date(`${brusselsDay(this.clock())}T00:00:00Z`);
    day.setUTCDate(day.getUTCDate() - this.terms.afterDays);
    return monthOf(day.toISOString().slice(0, 10)) - 1;
  }

  /** The first month of a metric that is not released; undefined while nothing is recorded. */
  private nextMonth({ key, source }: MetricDefinitionInit): Promise<number | undefined> {
    return this.unitOfWork.run(SYSTEM, async (em) => {
      const [row] = await em.execute<{ released: string | null; first: string | null }[]>(
        `select (select max(r.month)::text from release r where r.metric_key = ?) as released, (case
            when ? = 'USAGE_ENTRIES' then (select min(m.month) from usage_month m where m.metric_key = ?)
            when ? = 'ALL_USAGE' then (select min(m.month) from usage_month m join metric_definition d on d.key = m.metric_key where d.kind = 'FLOW')
            else (select min(e.active_from) from enrolment e) end)::text as first`,
        [key, source, key, source],
      );
      if (row?.released) return monthOf(row.released) + 1;
      return row?.first ? monthOf(row.first) : undefined;
    });
  }

  private async release(em: EntityManager, definition: MetricDefinitionInit, month: number): Promise<void> {
    const additivity = additivityOf(definition);
    if (!additivity) return;
    const year = month - (month % 12);
    const from = firstDay(additivity === 'STOCK' ? month : year);
    const [text, values] = executable(releasableFacts(definition, from, firstDay(month + 1)));
    const current = await em.execute<FactRow[]>(text, values);
    const rows = additivity === 'SUM' ? await keepFacts(em, definition.key, month, current) : current;
    const shared = await sharing(em);
    const decide = (
      audience: string | undefined,
      earlier: DecidedCell[],
      own: DecidedCell[],
    ): ReleasedCell[] =>
      releaseMonth({
        additivity,
        month,
        facts: rows.map((row) => factOf(row, audience, shared)),
        earlier,
        audience: audience === undefined ? undefined : { earlier: own },
        rule: this.terms.rule,
      });
    const earlier = await decidedCells(em, definition.key, undefined, year);
    const cells = decide(undefined, earlier, []);
    await keepCells(em, definition.key, undefined, additivity, cells);
    for (const audience of [...new Set(rows.flatMap(({ audiences }) => audiences))].sort()) {
      const own = await decidedCells(em, definition.key, audience, year);
      await keepCells(
        em,
        definition.key,
        audience,
        additivity,
        decide(audience, [...earlier, ...cells], own),
      );
    }
    await em.execute('insert into release (metric_key, month) values (?, ?)', [
      definition.key,
      firstDay(month),
    ]);
  }
}

async function takeTurn(em: EntityManager): Promise<void> {
  const [turn] = await em.execute<{ taken: boolean }[]>(
    `select pg_try_advisory_xact_lock(hashtextextended('mutualhub release', 0)) as taken`,
  );
  if (!turn?.taken) throw new Busy();
}

/** Partners that share their usage with an audience, as `audience partner`. */
async function sharing(em: EntityManager): Promise<Set<string>> {
  const rows = await em.execute<{ pair: string }[]>(
    `select distinct a.federation_id || ' ' || a.partner_id as pair from data_sharing_agreement a
      where 'USAGE' = any(a.rooms) and a.revoked_at is null and a.valid_until > (now() at time zone 'Europe/Brussels')::date`,
  );
  return new Set(rows.map(({ pair }) => pair));
}

function factOf(row: FactRow, audience: string | undefined, shared: ReadonlySet<string>): LatticeFact {
  const isKnown = row.isPublic || (audience !== undefined && shared.has(`${audience} ${row.partnerId}`));
  return {
    partner: row.partnerId,
    month: monthOf(row.month),
    since: row.since ? monthOf(row.since) : undefined,
    quantity: BigInt(row.millionths),
    isKnown,
    isMember: audience !== undefined && row.audiences.includes(audience),
    values: Object.fromEntries(
      Object.entries(COLUMN).map(([dimension, column]) => [dimension, row[column]]),
    ) as LatticeFact['values'],
  };
}

/** What was counted before, and what is new or other since, which is kept with the month that counts it first. */
async function keepFacts(
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

async function decidedCells(
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

async function keepCells(
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
    tableName: nameOf(cell.table),
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

/** The name that a table of the lattice is kept under. */
export function nameOf(table: LatticeTable): string {
  return table.join(',');
}

function tableOf(name: string): LatticeTable {
  return (name === '' ? [] : name.split(',')) as unknown as LatticeTable;
}
