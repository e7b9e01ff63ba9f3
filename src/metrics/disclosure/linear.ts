import { inverse, minus, PRIME, residues, times } from './modular.ts';

/** A row of the system, or a sum that is asked about: the variables in it, each once and with the coefficient 1. */
export type Sum = readonly number[];

/** A solution with few variables that are not zero, by variable. */
export type SparseSolution = Map<number, number>;

/** Solutions on which a plain question is tried; each is wrong with a probability of one to the prime. */
const TRIED = 8;

/**
 * What follows from released sums, over the homogeneous system that they make (Hundepool et al. call this the audit of
 * a suppression pattern; the elimination is that of Langsrud's GaussSuppression). A sum follows from the released
 * ones exactly if every solution of the system gives zero for it, and this is tried on random solutions modulo a
 * prime. The error is one-sided: something may, with negligible probability, be taken for derivable that is not,
 * never the reverse, unless a determinant of the released rows happens to be a multiple of the prime.
 *
 * Beside the random solutions it keeps a sparse basis of all of them. A new row takes one element out of it, along
 * which everything else is projected into the smaller space; random solutions stay random there.
 */
export class SolutionSpace {
  private readonly basis = new Set<SparseSolution>();
  /** Values of the random solutions, those of one variable beside one another. */
  private readonly random: Float64Array;

  /**
   * @param solutions how many random solutions: a question about the span of n sums needs n and {@link TRIED} more
   */
  constructor(
    variables: number,
    readonly solutions = 40,
    seed = 1,
  ) {
    const next = residues(seed);
    this.random = Float64Array.from({ length: variables * solutions }, next);
    for (let variable = 0; variable < variables; variable++) this.basis.add(new Map([[variable, 1]]));
  }

  /** Variables less the rank of the released rows. */
  get dimension(): number {
    return this.basis.size;
  }

  /** What the sum is in the first random solutions: a fingerprint of it, modulo the released rows. */
  values(of: Sum, count = this.solutions): Float64Array {
    const values = new Float64Array(count);
    for (const variable of of) {
      const start = variable * this.solutions;
      // The sum of some thousand residues is far from 2^53.
      for (let at = 0; at < count; at++)
        values[at] = (values[at] as number) + (this.random[start + at] as number);
    }
    return values.map((value) => value % PRIME);
  }

  /** Whether the released rows determine the sum. */
  follows(sum: Sum): boolean {
    return this.values(sum, Math.min(TRIED, this.solutions)).every((value) => value === 0);
  }

  /**
   * How many random solutions tell whether so many sums depend on one another, modulo the released rows.
   * @throws RangeError when there are fewer
   */
  enoughFor(sums: number): number {
    const wanted = sums + TRIED;
    if (wanted > this.solutions)
      throw new RangeError(`${wanted} random solutions are wanted, of ${this.solutions}`);
    return wanted;
  }

  /**
   * Solutions of the basis for which the sum is not zero, those of fewest variables first. Whatever follows newly when
   * the sum is released is not zero for them either.
   */
  hitBy(sum: Sum): { solution: SparseSolution; value: number }[] {
    const isIn = new Set(sum);
    const hit: { solution: SparseSolution; value: number }[] = [];
    for (const solution of this.basis) {
      const value = valueIn(isIn, solution);
      if (value !== 0) hit.push({ solution, value });
    }
    return hit.sort((left, right) => left.solution.size - right.solution.size);
  }

  /** Releases a sum; false when it followed already. */
  release(sum: Sum): boolean {
    if (this.follows(sum)) return false;
    const hit = this.hitBy(sum);
    // The smallest spreads least into the others.
    const [out] = hit;
    if (!out) return false;
    this.basis.delete(out.solution);
    const scale = inverse(out.value);
    for (const { solution, value } of hit) {
      if (solution !== out.solution) take(solution, times(value, scale), out.solution);
    }
    const factors = this.values(sum).map((value) => times(value, scale));
    for (const [variable, value] of out.solution) {
      const start = variable * this.solutions;
      for (let at = 0; at < this.solutions; at++) {
        const taken = times(factors[at] as number, value);
        this.random[start + at] = minus(this.random[start + at] as number, taken);
      }
    }
    return true;
  }
}

function valueIn(isIn: ReadonlySet<number>, solution: SparseSolution): number {
  let value = 0;
  for (const [variable, part] of solution) if (isIn.has(variable)) value += part;
  return value % PRIME;
}

function take(from: SparseSolution, factor: number, solution: SparseSolution): void {
  for (const [variable, part] of solution) {
    const rest = minus(from.get(variable) ?? 0, times(factor, part));
    if (rest === 0) from.delete(variable);
    else from.set(variable, rest);
  }
}
