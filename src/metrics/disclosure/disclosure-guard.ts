import { fewThatSpan, type Weighted } from './combinations.ts';
import { SolutionSpace, type SparseSolution, type Sum } from './linear.ts';
import { Echelon, minus, times } from './modular.ts';
import { classesOf, refine } from './partition.ts';

/** The sum of the quantities that nothing can tell apart: all of one month. */
export interface Variable {
  partners: readonly string[];
  /** Months since the year 0. */
  month: number;
}

/** Variables that the released sums do not tell apart, of fewer partners than the threshold. */
interface Few {
  partners: readonly string[];
  variables: readonly number[];
  month: number;
}

/** Partners whose totals of a period can only be found together. */
interface Unit {
  partners: Set<string>;
  variables: number[];
}

/** Random solutions beyond the longest question. */
const MARGIN = 10;
/** Coordinates beyond the sums that are compared. */
const SURPLUS = 5;

/**
 * Knows what was released and what is held back, and whether one more sum would tell too much.
 *
 * With a new sum r, exactly those functionals follow newly whose fingerprint is a multiple of the fingerprint of r; so
 * each question is whether that lies in the span of a few others. And whatever follows has equal coefficients on
 * variables that stand in the same released sums: what is about few partners has none on such a class of many
 * partners, so that only the classes of fewer partners than the threshold are looked at.
 */
export class DisclosureGuard {
  private readonly space: SolutionSpace;
  private readonly held = new Map<string, Sum>();
  /** For each variable, which of the others stand in the same released sums. */
  private classes: Int32Array;
  private next: number;
  /** Coordinates that tell for sure enough whether fewer sums than the threshold depend on one another. */
  private readonly compared: number;
  private readonly variablesOf = new Map<string, number[]>();
  private readonly periods: readonly ReadonlySet<number>[];

  constructor(
    private readonly variables: readonly Variable[],
    private readonly threshold: number,
  ) {
    for (const [index, { partners }] of variables.entries()) {
      for (const partner of partners) {
        const others = this.variablesOf.get(partner);
        if (others) others.push(index);
        else this.variablesOf.set(partner, [index]);
      }
    }
    this.compared = threshold + SURPLUS;
    let longest = threshold;
    for (const { length } of this.variablesOf.values()) longest = Math.max(longest, length);
    this.space = new SolutionSpace(variables.length, longest + MARGIN);
    const months = [...new Set(variables.map(({ month }) => month))];
    this.periods = periodsOf(months);
    this.classes = Int32Array.from(variables, ({ month }) => months.indexOf(month));
    this.next = months.length;
  }

  /** Whether what was released determines the sum. */
  follows(sum: Sum): boolean {
    return this.space.follows(sum);
  }

  /** Releases a sum, whatever it tells. */
  release(sum: Sum): void {
    if (this.space.release(sum)) this.next = refine(this.classes, sum, this.next);
  }

  /** Has a sum protected from now on. */
  holdBack(sum: Sum): void {
    if (sum.length > 0) this.held.set(sum.join(), sum);
  }

  /** Whether a sum that does not follow yet would, when it is released, make something follow that must not. */
  wouldTell(sum: Sum): boolean {
    const target = this.space.values(sum);
    for (const held of this.held.values()) if (this.isMultiple(held, target)) return true;
    const classes = this.classes.slice();
    refine(classes, sum, this.next);
    const few: Few[] = [];
    /** For each variable, whether it is in a class of few partners. */
    const isOfFew = new Uint8Array(this.variables.length);
    for (const elements of classesOf(classes)) {
      const partners = this.partnersOf(elements);
      if (partners.size >= this.threshold) continue;
      few.push({
        partners: [...partners],
        variables: elements,
        month: (this.variables[elements[0] as number] as Variable).month,
      });
      for (const variable of elements) isOfFew[variable] = 1;
    }
    const hit = this.space.hitBy(sum).map(({ solution }) => solution);
    return (
      this.tellsOfOne(few, hit, target) ||
      this.periods.some((months) => {
        const isOpen = (variable: number): boolean =>
          isOfFew[variable] === 1 && months.has((this.variables[variable] as Variable).month);
        if (hit.some((solution) => !touches(solution, isOpen))) return false;
        return this.tellsOfFew(this.unitsOf(few, isOfFew, months), hit, target);
      })
    );
  }

  /** The partners of the variables, or as many of them as make the threshold. */
  private partnersOf(variables: readonly number[]): Set<string> {
    const found = new Set<string>();
    for (const variable of variables) {
      for (const partner of (this.variables[variable] as Variable).partners) {
        found.add(partner);
        if (found.size >= this.threshold) return found;
      }
    }
    return found;
  }

  private isMultiple(held: Sum, target: Float64Array): boolean {
    // Two coordinates tell nearly all of them apart.
    const [first = 0, second = 0] = this.space.values(held, 2);
    if (minus(times(first, target[1] as number), times(second, target[0] as number)) !== 0) return false;
    return isSpanned(target.subarray(0, this.compared), [this.space.values(held, this.compared)]);
  }

  /** Whether any combination of one partner's quantities would follow. */
  private tellsOfOne(few: readonly Few[], hit: readonly SparseSolution[], target: Float64Array): boolean {
    const sums = new Map<string, Sum[]>();
    for (const { partners, variables } of few) {
      const [partner] = partners;
      if (partners.length !== 1 || partner === undefined) continue;
      const others = sums.get(partner);
      if (others) others.push(variables);
      else sums.set(partner, [variables]);
    }
    const suspects = [...sums.values()];
    return leastTouched(
      suspects.map((own) => own.flat()),
      hit,
    ).some((index) => {
      const own = suspects[index] as Sum[];
      const count = this.space.enoughFor(own.length);
      const vectors = own.map((sum) => this.space.values(sum, count));
      return isSpanned(target.subarray(0, count), vectors);
    });
  }

  /** Whether any combination of the totals of few partners in a period would follow. */
  private tellsOfFew(units: readonly Unit[], hit: readonly SparseSolution[], target: Float64Array): boolean {
    const firsts = leastTouched(
      units.map(({ variables }) => variables),
      hit,
    );
    if (firsts.length === 0) return false;
    const weighted = units.map(({ partners, variables }) => ({
      size: partners.size,
      vector: this.space.values(variables, this.compared),
    }));
    const compared = target.subarray(0, this.compared);
    const isSo = (indices: readonly number[]): boolean =>
      isSpanned(
        compared,
        indices.map((index) => (weighted[index] as Weighted).vector),
      );
    return fewThatSpan(compared, weighted, firsts, this.threshold - 1, isSo) !== undefined;
  }

  /**
   * Partners whose totals of the period could follow. Those that share a class have the same coefficient, so they
   * make one unit; a partner with a quantity in a class of many is in none, and neither is who shares a class with it.
   */
  private unitsOf(few: readonly Few[], isOfFew: Uint8Array, months: ReadonlySet<number>): Unit[] {
    const unitOf = new Map<string, Unit>();
    for (const { partners, variables, month } of few) {
      if (!months.has(month)) continue;
      const unit: Unit = { partners: new Set(partners), variables: [...variables] };
      for (const joined of new Set(partners.map((partner) => unitOf.get(partner)))) {
        for (const partner of joined?.partners ?? []) unit.partners.add(partner);
        unit.variables.push(...(joined?.variables ?? []));
      }
      for (const partner of unit.partners) unitOf.set(partner, unit);
    }
    const isFree = (partner: string): boolean =>
      (this.variablesOf.get(partner) as number[]).some(
        (variable) => !isOfFew[variable] && months.has((this.variables[variable] as Variable).month),
      );
    return [...new Set(unitOf.values())].filter(
      ({ partners }) => partners.size < this.threshold && ![...partners].some(isFree),
    );
  }
}

function touches(solution: SparseSolution, isOne: (variable: number) => boolean): boolean {
  for (const variable of solution.keys()) if (isOne(variable)) return true;
  return false;
}

/**
 * The sets of variables that some solution touches, of the solution that touches fewest: a functional that is not zero
 * for any of the solutions needs one of them.
 */
function leastTouched(
  sets: readonly (readonly number[])[],
  hit: readonly SparseSolution[],
): readonly number[] {
  const setOf = new Map<number, number>();
  for (const [index, set] of sets.entries()) for (const variable of set) setOf.set(variable, index);
  let least: readonly number[] | undefined;
  for (const solution of hit) {
    const touched = new Set<number>();
    for (const variable of solution.keys()) {
      const index = setOf.get(variable);
      if (index !== undefined) touched.add(index);
    }
    if (!least || touched.size < least.length) least = [...touched];
    if (least.length === 0) break;
  }
  return least ?? [];
}

function isSpanned(target: Float64Array, by: readonly Float64Array[]): boolean {
  return new Echelon(by).has(target);
}

/** The months of each month, quarter and calendar year; those that have the same are one. */
function periodsOf(months: readonly number[]): ReadonlySet<number>[] {
  const periods = new Map<string, ReadonlySet<number>>();
  for (const length of [1, 3, 12]) {
    for (const month of months) {
      const start = month - (month % length);
      const within = months.filter((other) => other >= start && other < start + length);
      periods.set(within.join(), new Set(within));
    }
  }
  return [...periods.values()];
}
