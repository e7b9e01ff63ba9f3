/** The largest prime under 2^26: a product of two residues is below 2^52, which a double holds exactly. */
export const PRIME = 67_108_859;
const RECIPROCAL = 1 / PRIME;

/** The product of two residues. */
export function times(left: number, right: number): number {
  const product = left * right;
  // The quotient may be off by one, as the reciprocal is rounded.
  const rest = product - Math.floor(product * RECIPROCAL) * PRIME;
  if (rest < 0) return rest + PRIME;
  return rest >= PRIME ? rest - PRIME : rest;
}

/** The difference of two residues. */
export function minus(left: number, right: number): number {
  return left < right ? left - right + PRIME : left - right;
}

/** What times the residue makes one; the residue is not zero (extended Euclid). */
export function inverse(residue: number): number {
  let [rest, next] = [PRIME, residue];
  let [before, factor] = [0, 1];
  while (next !== 0) {
    const quotient = Math.floor(rest / next);
    [rest, next] = [next, rest - quotient * next];
    [before, factor] = [factor, before - quotient * factor];
  }
  return before < 0 ? before + PRIME : before;
}

/** Residues that look random and are the same for the same seed (mulberry32): a decision can be made again. */
export function residues(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * PRIME);
  };
}

/** Takes from a vector the multiple of another that makes the coordinate zero, where the other is one. */
export function clear(vector: Float64Array, by: Float64Array, at: number): void {
  const factor = vector[at] as number;
  if (factor === 0) return;
  for (let index = 0; index < vector.length; index++) {
    vector[index] = minus(vector[index] as number, times(factor, by[index] as number));
  }
}

/** Vectors in echelon form, and whether others lie in their span. */
export class Echelon {
  private readonly rows: { vector: Float64Array; pivot: number }[] = [];

  constructor(vectors: Iterable<Float64Array> = []) {
    for (const vector of vectors) this.add(vector);
  }

  get rank(): number {
    return this.rows.length;
  }

  /** Adds a vector; false when it is in the span already. */
  add(vector: Float64Array): boolean {
    const rest = this.reduced(vector);
    const pivot = rest.findIndex((value) => value !== 0);
    if (pivot < 0) return false;
    const scale = inverse(rest[pivot] as number);
    this.rows.push({ vector: rest.map((value) => times(value, scale)), pivot });
    return true;
  }

  has(vector: Float64Array): boolean {
    return this.reduced(vector).every((value) => value === 0);
  }

  private reduced(vector: Float64Array): Float64Array {
    const rest = vector.slice();
    for (const row of this.rows) clear(rest, row.vector, row.pivot);
    return rest;
  }
}
