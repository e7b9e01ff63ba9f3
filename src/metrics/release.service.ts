import type { EntityManager } from '@mikro-orm/postgresql';
import { SYSTEM } from '../access/viewer.ts';
import { brusselsDay, type Clock } from '../clock.ts';
import { DataRoom } from '../database/row-security.ts';
import type { UnitOfWork } from '../database/unit-of-work.ts';
import { executable } from '../read/index.ts';
import {
  type Additivity,
  type DecidedCell,
  type DisclosureRule,
  firstDay,
  type LatticeFact,
  monthOf,
  type ReleasedCell,
  releaseMonth,
} from './disclosure/index.ts';
import { type MetricDefinitionInit, MetricSource } from './metric-definition.ts';
import { additivityOf, releasableFacts } from './release-facts.read.ts';
import {
  COLUMN,
  decidedCells,
  type FactRow,
  keepCells,
  keepFacts,
  publishedCells,
  sharing,
} from './release-store.service.ts';

/** When cells are released, and by which rule. */
export interface ReleaseTerms {
  rule: DisclosureRule;
  /** Days after the end of a month for which reports of it are waited for. */
  afterDays: number;
}

/** A metric whose cells are released. */
interface ReleasedMetric {
  definition: MetricDefinitionInit;
  additivity: Additivity;
}

/** Another hub on the same database is at it. */
class Busy extends Error {}

/**
 * Releases the cells of the lattice, month after month: once a month is over and was waited for, its cells, and those of
 * the quarter and the year that end with it, are decided on and never change. Each metric's month is a transaction.
 */
export class ReleaseService {
  private readonly released: readonly ReleasedMetric[];

  constructor(
    private readonly unitOfWork: UnitOfWork,
    definitions: readonly MetricDefinitionInit[],
    private readonly terms: ReleaseTerms,
    private readonly clock: Clock,
  ) {
    this.released = definitions.flatMap((definition) => {
      const additivity = additivityOf(definition);
      return additivity ? [{ definition, additivity }] : [];
    });
  }

  /** Releases all that is due and says what it did, a line for each metric; answers how many months it released. */
  async run(say: (line: string) => void): Promise<number> {
    const last = this.lastMonth();
    let all = 0;
    try {
      for (const metric of this.released) {
        const { definition } = metric;
        let months = 0;
        let latest: number | undefined;
        try {
          for (let next = await this.nextMonth(definition); next !== undefined && next <= last; next += 1) {
            const month = next;
            const isNew = await this.unitOfWork.run(SYSTEM, async (em) => {
              await takeTurn(em);
              // Another hub may have been at it since this one looked.
              if (await isReleased(em, definition, month)) return false;
              await this.release(em, metric, month);
              return true;
            });
            if (!isNew) continue;
            months += 1;
            latest = month;
          }
        } finally {
          // What was released before another hub took its turn counts as well.
          all += months;
          if (latest !== undefined)
            say(
              `${definition.key}: cells of ${months} months released, up to ${firstDay(latest).slice(0, 7)}`,
            );
        }
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

  private async release(
    em: EntityManager,
    { definition, additivity }: ReleasedMetric,
    month: number,
  ): Promise<void> {
    const year = month - (month % 12);
    const from = firstDay(additivity === 'STOCK' ? month : year);
    const [text, values] = executable(releasableFacts(definition, from, firstDay(month + 1)));
    const current = await em.execute<FactRow[]>(text, values);
    const rows = additivity === 'SUM' ? await keepFacts(em, definition.key, month, current) : current;
    const isUse =
      definition.source === MetricSource.USAGE_ENTRIES || definition.source === MetricSource.ALL_USAGE;
    const shared = await sharing(em, isUse ? DataRoom.USAGE : DataRoom.ENROLMENTS);
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
    const earlier = [
      ...(await publishedCells(em, definition.key, year, month)),
      ...(await decidedCells(em, definition.key, undefined, year)),
    ];
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

async function isReleased(em: EntityManager, { key }: MetricDefinitionInit, month: number): Promise<boolean> {
  const rows = await em.execute('select from release r where r.metric_key = ? and r.month = ?', [
    key,
    firstDay(month),
  ]);
  return rows.length > 0;
}

function factOf(
  row: FactRow,
  audience: string | undefined,
  shared: ReadonlyMap<string, readonly string[]>,
): LatticeFact {
  const sharedWith = shared.get(row.partnerId) ?? [];
  return {
    partner: row.partnerId,
    month: monthOf(row.month),
    since: row.since ? monthOf(row.since) : undefined,
    quantity: BigInt(row.millionths),
    isKnown: row.isPublic || (audience !== undefined && sharedWith.includes(audience)),
    // Of the public's cells each service's staff takes off what it sees, and each federation what is shared with it.
    seenBy: audience === undefined ? [...sharedWith, ...(row.serviceId ? [row.serviceId] : [])] : [],
    isMember: audience !== undefined && row.audiences.includes(audience),
    values: Object.fromEntries(
      Object.entries(COLUMN).map(([dimension, column]) => [dimension, row[column]]),
    ) as LatticeFact['values'],
  };
}
