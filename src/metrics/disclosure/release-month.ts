import { DEFAULT_DISCLOSURE_RULE, type DisclosureRule } from './disclosure-rule.ts';
import { type CellKey, groups, LATTICE_TABLES, type LatticeDimension, type LatticeTable } from './lattice.ts';
import { firstMonth, type LatticePeriod, periodsEndingWith } from './period.ts';
import { decideReleases, type Fact, type Release } from './release.ts';

/** How a metric adds up over months and services. */
export type Additivity =
  /** A quarter is the sum of its months. */
  | 'SUM'
  /** Each partner counts once in a cell, however long its period is. */
  | 'DISTINCT_PARTNERS'
  /** A level: a quarter and a year are their last month. */
  | 'STOCK';

/**
 * What one partner contributes in a service and a month: of a STOCK, the level at its end. A partner whose
 * dimensions changed has several, and one that has none is not there.
 */
export interface LatticeFact extends Fact {
  values: Readonly<Record<LatticeDimension, string | null>>;
  /**
   * The month with whose cells it was counted first, by default its own: released cells never change, so what is
   * reported or taken back late counts only in quarters and years that are released afterwards.
   */
  since?: number | undefined;
}

/** A cell with what became of it. */
export interface ReleasedCell extends CellKey {
  release: Release;
  /** Its sum in millionths, or the number of partners; to be kept from everybody unless it is OK. */
  value: bigint;
}

export interface MonthToRelease {
  additivity: Additivity;
  /** The month that is over, in months since the year 0. */
  month: number;
  /** All facts of one metric, of the month's calendar year. */
  facts: readonly LatticeFact[];
  /** Every cell of the same metric that was decided on before in that year, whatever became of it. */
  earlier: readonly (CellKey & { release: Release })[];
  rule?: DisclosureRule;
}

/** A cell of the lattice, with the facts that stand in it. */
interface Candidate extends CellKey {
  facts: readonly number[];
  value: bigint;
}

/**
 * The cells that are released once a month is over: its own, and those of the quarter and the year that end with
 * it, in the order of their priority: long periods first, then tables of few dimensions, then cells of many facts, so
 * that what has to be held back for others is small. Years and metrics are independent of one another.
 */
export function releaseMonth(of: MonthToRelease): ReleasedCell[] {
  const periods = periodsEndingWith(of.month);
  if (of.additivity === 'STOCK') return releaseStock(of, periods);
  if (of.additivity === 'DISTINCT_PARTNERS') return periods.flatMap((period) => releaseDistinct(of, period));
  const { facts, rule = DEFAULT_DISCLOSURE_RULE } = of;
  const candidates = periods.flatMap((period) => sumCells(facts, period));
  const before = cellsOf(facts, of.earlier);
  const releases = decideReleases({
    facts,
    given: before.filter(({ release }) => release === 'OK'),
    protect: before.filter(({ release }) => release !== 'OK'),
    candidates,
    rule,
  });
  return decided(candidates, releases);
}

function releaseStock(of: MonthToRelease, periods: readonly LatticePeriod[]): ReleasedCell[] {
  const { month, rule = DEFAULT_DISCLOSURE_RULE } = of;
  const facts = of.facts.filter((fact) => fact.month === month);
  const candidates = sumCells(facts, { granularity: 'MONTH', lastMonth: month });
  const releases = decideReleases({ facts, given: [], protect: [], candidates, rule });
  // The level of a year is that of its last month: the same cell under another name.
  return periods.flatMap((period) => decided(candidates, releases).map((cell) => ({ ...cell, ...period })));
}

/**
 * Counts of a period are independent of those of others: a partner counts once in each. It is one unknown in the tables
 * without SERVICE, and one for each of its services in the others; with one service only, the two are the same.
 */
function releaseDistinct(of: MonthToRelease, period: LatticePeriod): ReleasedCell[] {
  const { rule = DEFAULT_DISCLOSURE_RULE } = of;
  const rows = [...countedRows(of.facts, period)].filter(([index]) => of.facts[index]?.quantity !== 0n);
  const services = new Map<string, Set<string | null>>();
  for (const [index, { SERVICE }] of rows) {
    const { partner } = of.facts[index] as LatticeFact;
    services.set(partner, (services.get(partner) ?? new Set()).add(SERVICE));
  }
  const facts: Fact[] = [];
  const indexOf = new Map<string, number>();
  const factOf = (row: number, table: LatticeTable): number => {
    const { partner, values, isKnown } = of.facts[row] as LatticeFact;
    const isOne = services.get(partner)?.size === 1 || !table.includes('SERVICE');
    const key = JSON.stringify(isOne ? [partner] : [partner, values.SERVICE]);
    const index = indexOf.get(key) ?? facts.length;
    indexOf.set(key, index);
    const before = facts[index];
    // Who sees one record of the partner knows that it counts.
    facts[index] = {
      partner,
      month: period.lastMonth,
      quantity: 1n,
      isKnown: Boolean(before?.isKnown || isKnown),
    };
    return index;
  };
  const candidates = LATTICE_TABLES.flatMap((table) => {
    const cells = groups(table, rows).map((group) => {
      const counted = [...new Set(group.rows.map((row) => factOf(row, table)))];
      return { ...period, table, values: group.values, facts: counted, value: BigInt(counted.length) };
    });
    return cells.sort(largestFirst);
  });
  return decided(candidates, decideReleases({ facts, given: [], protect: [], candidates, rule }));
}

function sumCells(facts: readonly LatticeFact[], period: LatticePeriod): Candidate[] {
  const rows = [...countedRows(facts, period)];
  return LATTICE_TABLES.flatMap((table) =>
    groups(table, rows)
      .map(({ values, rows: within }) => {
        const value = within.reduce((total, row) => total + (facts[row] as LatticeFact).quantity, 0n);
        return { ...period, table, values, facts: within, value };
      })
      .sort(largestFirst),
  );
}

/** The facts of a period that its cells were released with. */
function* countedRows(
  facts: readonly LatticeFact[],
  period: LatticePeriod,
): Generator<[number, LatticeFact['values']]> {
  const first = firstMonth(period);
  for (const [index, { month, since = month, values }] of facts.entries()) {
    if (month >= first && month <= period.lastMonth && since <= period.lastMonth) yield [index, values];
  }
}

function largestFirst(left: Candidate, right: Candidate): number {
  return right.facts.length - left.facts.length || keyOf(left).localeCompare(keyOf(right), 'en');
}

/** The facts of cells that were decided on before. */
function cellsOf(
  facts: readonly LatticeFact[],
  keys: MonthToRelease['earlier'],
): { facts: readonly number[]; release: Release }[] {
  const periods = new Map<string, LatticePeriod>();
  for (const { granularity, lastMonth } of keys) {
    periods.set(`${granularity} ${lastMonth}`, { granularity, lastMonth });
  }
  const cells = new Map(
    [...periods.values()].flatMap((period) => sumCells(facts, period)).map((cell) => [keyOf(cell), cell]),
  );
  return keys.map((key) => ({ facts: cells.get(keyOf(key))?.facts ?? [], release: key.release }));
}

function keyOf({ granularity, lastMonth, table, values }: CellKey): string {
  return JSON.stringify([granularity, lastMonth, table, values]);
}

function decided(candidates: readonly Candidate[], releases: readonly Release[]): ReleasedCell[] {
  return candidates.map(({ facts: _, ...cell }, at) => ({ ...cell, release: releases[at] as Release }));
}
