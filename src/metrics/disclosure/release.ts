import { DisclosureGuard, type Variable } from './disclosure-guard.ts';
import { type DisclosureRule, isSensitive } from './disclosure-rule.ts';
import { classesOf, refine } from './partition.ts';

/** A quantity that an attacker does not know: one partner's for one service in one month. */
export interface Fact {
  partner: string;
  /** Months since the year 0, so that the months of a calendar year are those of one multiple of twelve. */
  month: number;
  /** In whole millionths of the unit. */
  quantity: bigint;
  /** Whether the viewers see it one by one, so that it hides nothing. */
  isKnown?: boolean | undefined;
  /** Some of the viewers, each of whom sees it one by one and takes it off: the staff of its service, say. */
  seenBy?: readonly string[] | undefined;
}

/** The sum of some facts; indices, each once. */
export interface Cell {
  facts: readonly number[];
}

/** What becomes of a cell: released, held back for its own sake, or because others would follow from it. */
export type Release = 'OK' | 'SUPPRESSED' | 'SUPPRESSED_SECONDARY';

export interface Releases {
  facts: readonly Fact[];
  /** Cells that were released before. */
  given: readonly Cell[];
  /** Cells to decide on, the most useful first: what comes later is held back for what came before. */
  candidates: readonly Cell[];
  /** Cells that were held back before. */
  protect: readonly Cell[];
  rule: DisclosureRule;
}

/** What a viewer does not see, and what would tell it too much. */
interface View {
  guard: DisclosureGuard;
  sumOf(cell: Cell): number[];
}

/**
 * Decides which cells may be released (primary and complementary cell suppression; Hundepool et al., Statistical
 * Disclosure Control, 2012, chapter 4), so that everything released taken together determines
 * - no cell that is held back, whether for its own sake or for another's,
 * - no combination of one partner's quantities,
 * - no combination of the totals of fewer partners than the threshold, in any month, quarter or year,
 * neither by itself nor less the facts that one of the viewers sees; that viewer may find a cell that is only held back
 * for another's sake.
 *
 * Protection is against exact calculation: neither how near an estimate may come, nor what somebody who contributes
 * could take off, is looked at. A nought counts as known: it hides nobody. What the released cells give away already,
 * because a fact became known since, is lost and stops nothing else.
 */
export function decideReleases(of: Releases): readonly Release[] {
  const { facts, rule } = of;
  const everybody = viewOf(of, (fact) => Boolean(fact.isKnown));
  const viewers = new Set(facts.flatMap(({ seenBy = [] }) => seenBy));
  const views = [...viewers].map((viewer) =>
    viewOf(of, ({ isKnown, seenBy }) => Boolean(isKnown || seenBy?.includes(viewer))),
  );
  views.unshift(everybody);
  const holdBack = (cell: Cell, from = views): void => {
    for (const { guard, sumOf } of from) guard.holdBack(sumOf(cell));
  };
  const release = (cell: Cell): void => {
    for (const { guard, sumOf } of views) guard.release(sumOf(cell));
  };
  const wouldTell = (cell: Cell): boolean =>
    views.some(({ guard, sumOf }) => {
      const sum = sumOf(cell);
      return !guard.follows(sum) && guard.wouldTell(sum);
    });
  for (const cell of of.given) release(cell);
  for (const cell of of.protect) holdBack(cell);
  const areSensitive = of.candidates.map((cell) => isCellSensitive(cell, facts, rule));
  for (const [at, cell] of of.candidates.entries()) if (areSensitive[at]) holdBack(cell);
  return of.candidates.map((cell, at) => {
    if (areSensitive[at]) return 'SUPPRESSED';
    if (everybody.guard.follows(everybody.sumOf(cell))) return 'OK';
    if (wouldTell(cell)) {
      // Whom it would tell something is kept from that; others may find it with what they see.
      holdBack(cell, [everybody]);
      return 'SUPPRESSED_SECONDARY';
    }
    release(cell);
    return 'OK';
  });
}

function viewOf(of: Releases, isSeen: (fact: Fact) => boolean): View {
  const isUnknown = of.facts.map((fact) => fact.quantity !== 0n && !isSeen(fact));
  const { variables, variableOf } = variablesOf(of, isUnknown);
  return {
    guard: new DisclosureGuard(variables, of.rule.threshold),
    sumOf: (cell) => {
      const sum = new Set<number>();
      for (const fact of cell.facts) if (isUnknown[fact]) sum.add(variableOf[fact] as number);
      return [...sum];
    },
  };
}

function isCellSensitive(cell: Cell, facts: readonly Fact[], rule: DisclosureRule): boolean {
  const contributions = new Map<string, bigint>();
  let isKnown = cell.facts.length > 0;
  for (const index of cell.facts) {
    const fact = facts[index] as Fact;
    if (fact.isKnown) continue;
    isKnown = false;
    contributions.set(fact.partner, (contributions.get(fact.partner) ?? 0n) + fact.quantity);
  }
  return !isKnown && isSensitive(contributions.values(), rule);
}

/** Facts that stand in the same cells are one variable: no calculation can tell them apart. */
function variablesOf(
  of: Releases,
  isUnknown: readonly boolean[],
): { variables: Variable[]; variableOf: Int32Array } {
  const { facts } = of;
  const ofMonth = new Map<number, number>();
  const classes = Int32Array.from(facts, ({ month }) => {
    if (!ofMonth.has(month)) ofMonth.set(month, ofMonth.size);
    return ofMonth.get(month) as number;
  });
  let next = ofMonth.size;
  for (const cells of [of.given, of.protect, of.candidates]) {
    for (const { facts: set } of cells) next = refine(classes, set, next);
  }
  const variables: Variable[] = [];
  const variableOf = new Int32Array(facts.length).fill(-1);
  for (const elements of classesOf(classes)) {
    const unknown = elements.filter((fact) => isUnknown[fact]);
    const [first] = unknown;
    if (first === undefined) continue;
    for (const fact of unknown) variableOf[fact] = variables.length;
    const partners = new Set(unknown.map((fact) => (facts[fact] as Fact).partner));
    variables.push({ partners: [...partners], month: (facts[first] as Fact).month });
  }
  return { variables, variableOf };
}
