import type { DisclosureRule } from './disclosure-rule.ts';
import { type CellKey, groups, LATTICE_TABLES, type LatticeDimension } from './lattice.ts';
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
  /** Whether it belongs to the audience that a release is for. */
  isMember?: boolean | undefined;
}

/** A cell with what became of it. */
export interface ReleasedCell extends CellKey {
  release: Release;
  /** Its sum in millionths, or the number of partners; to be kept from everybody unless it is OK. */
  value: bigint;
}

/** A cell of the lattice, and what became of it. */
export type DecidedCell = CellKey & { release: Release };

export interface MonthToRelease {
  additivity: Additivity;
  /** The month that is over, in months since the year 0. */
  month: number;
  /** All facts of one metric, of the month's calendar year. */
  facts: readonly LatticeFact[];
  /** Every cell of the same metric over all facts that was decided on before in that year, whatever became of it. */
  earlier: readonly DecidedCell[];
  /**
   * For a release of cells over an audience's facts alone: those decided on before. What is released over all facts, in
   * the same month too, stands: an audience may subtract the one from the other.
   */
  audience?: { earlier: readonly DecidedCell[] } | undefined;
  rule: DisclosureRule;
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
  const { facts } = of;
  const candidates = periods.flatMap((period) => sumCells(facts, period, Boolean(of.audience)));
  return decided(of, facts, candidates, [
    ...cellsOf(facts, of.earlier, false),
    ...cellsOf(facts, of.audience?.earlier ?? [], true),
  ]);
}

function releaseStock(of: MonthToRelease, periods: readonly LatticePeriod[]): ReleasedCell[] {
  const { month } = of;
  const facts = of.facts.filter((fact) => fact.month === month);
  const period = { granularity: 'MONTH', lastMonth: month } as const;
  const ofMonth = of.earlier.filter((cell) => cell.granularity === 'MONTH' && cell.lastMonth === month);
  const cells = decided(
    of,
    facts,
    sumCells(facts, period, Boolean(of.audience)),
    cellsOf(facts, ofMonth, false),
  );
  // The level of a year is that of its last month: the same cell under another name.
  return periods.flatMap((one) => cells.map((cell) => ({ ...cell, ...one })));
}

/**
 * Counts of a period are independent of those of others: a partner counts once in each. That it has some of what a cell
 * is about is one unknown in all cells that hold the same of its rows, and another where they hold others: one of its
 * services, what rests on one authority, its time as a member.
 */
function releaseDistinct(of: MonthToRelease, period: LatticePeriod): ReleasedCell[] {
  const rows = [...countedRows(of.facts, period)].filter(([index]) => of.facts[index]?.quantity !== 0n);
  const facts: Fact[] = [];
  const indexOf = new Map<string, number>();
  const factOf = (partner: string, own: readonly number[]): number => {
    const key = own.join();
    const known = indexOf.get(key);
    if (known !== undefined) return known;
    const ownFacts = own.map((row) => of.facts[row] as LatticeFact);
    indexOf.set(key, facts.length);
    facts.push({
      partner,
      month: period.lastMonth,
      quantity: 1n,
      // Who sees one record of the partner knows that it counts.
      isKnown: ownFacts.some(({ isKnown }) => isKnown),
      seenBy: [...new Set(ownFacts.flatMap(({ seenBy = [] }) => seenBy))],
    });
    return facts.length - 1;
  };
  const cells = (ofMembers: boolean): Candidate[] => {
    const counted = rows.filter(([row]) => !ofMembers || of.facts[row]?.isMember);
    return LATTICE_TABLES.flatMap((table) =>
      groups(table, counted)
        .map(({ values, rows: inCell }) => {
          const byPartner = new Map<string, number[]>();
          for (const row of inCell) {
            const { partner } = of.facts[row] as LatticeFact;
            const own = byPartner.get(partner);
            if (own) own.push(row);
            else byPartner.set(partner, [row]);
          }
          const within = [...byPartner].map(([partner, own]) => factOf(partner, own));
          return { ...period, table, values, facts: within, value: BigInt(within.length) };
        })
        .sort(largestFirst),
    );
  };
  const candidates = cells(Boolean(of.audience));
  // Those of other periods say nothing of this one.
  const inPeriod = of.earlier.filter(
    ({ granularity, lastMonth }) => granularity === period.granularity && lastMonth === period.lastMonth,
  );
  return decided(of, facts, candidates, inPeriod.length > 0 ? matched(cells(false), inPeriod) : []);
}

function sumCells(facts: readonly LatticeFact[], period: LatticePeriod, ofMembers: boolean): Candidate[] {
  const rows = [...countedRows(facts, period)].filter(([index]) => !ofMembers || facts[index]?.isMember);
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

/** Cells that were decided on before, with their facts. */
interface Before {
  facts: readonly number[];
  release: Release;
}

/** The facts of cells that were decided on before. */
function cellsOf(facts: readonly LatticeFact[], keys: readonly DecidedCell[], ofMembers: boolean): Before[] {
  const periods = new Map<string, LatticePeriod>();
  for (const { granularity, lastMonth } of keys) {
    periods.set(`${granularity} ${lastMonth}`, { granularity, lastMonth });
  }
  return matched(
    [...periods.values()].flatMap((period) => sumCells(facts, period, ofMembers)),
    keys,
  );
}

function matched(cells: readonly Candidate[], keys: readonly DecidedCell[]): Before[] {
  const byKey = new Map(cells.map((cell) => [keyOf(cell), cell]));
  return keys.map((key) => ({ facts: byKey.get(keyOf(key))?.facts ?? [], release: key.release }));
}

function keyOf({ granularity, lastMonth, table, values }: CellKey): string {
  return JSON.stringify([granularity, lastMonth, table, values]);
}

function decided(
  { rule }: MonthToRelease,
  facts: readonly Fact[],
  candidates: readonly Candidate[],
  before: readonly Before[],
): ReleasedCell[] {
  const releases = decideReleases({
    facts,
    given: before.filter(({ release }) => release === 'OK'),
    protect: before.filter(({ release }) => release !== 'OK'),
    candidates,
    rule,
  });
  return candidates.map(({ facts: _, ...cell }, at) => ({ ...cell, release: releases[at] as Release }));
}
