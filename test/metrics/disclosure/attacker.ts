/** An equation or a functional with whole coefficients, by variable. */
type Row = Map<string, bigint>;

/**
 * Somebody who has every released figure, knows which records stand behind each, and calculates: exact elimination
 * in whole numbers, written without a look at how the hub decides.
 */
export class Attacker {
  /** In reduced echelon form, by the variable that only this row has. */
  private readonly rows = new Map<string, Row>();

  constructor(equations: Iterable<readonly string[]>) {
    const unique = new Map([...equations].map((equation) => [[...equation].sort().join('\n'), equation]));
    for (const equation of unique.values()) this.learn(sumOf(equation));
  }

  /** Whether the sum of these is determined; nothing is a sum that says nothing. */
  knows(sum: readonly string[]): boolean {
    return sum.length > 0 && this.rest(sumOf(sum)).size === 0;
  }

  /** Whether some combination of these sums is determined. */
  knowsSome(sums: readonly (readonly string[])[]): boolean {
    const other = new Attacker([]);
    return sums.some((sum) => !other.learn(this.rest(sumOf(sum))));
  }

  /** Whether some combination of at most three of these sums is determined. */
  knowsSomeOfThree(sums: readonly (readonly string[])[]): boolean {
    const rests = sums.map((sum) => this.rest(sumOf(sum)));
    const bits = new Map(
      [...new Set(rests.flatMap((rest) => [...rest.keys()]))].map((name, at) => [name, 1n << BigInt(at)]),
    );
    const masks = rests.map((rest) =>
      [...rest.keys()].reduce((mask, name) => mask | (bits.get(name) as bigint), 0n),
    );
    // What only one of them has cannot be taken off by the others.
    const mayDepend = (...of: number[]): boolean =>
      of.every((one) => {
        const others = of
          .filter((other) => other !== one)
          .reduce((mask, other) => mask | (masks[other] as bigint), 0n);
        return ((masks[one] as bigint) & ~others) === 0n;
      });
    const depend = (...of: number[]): boolean => {
      if (!mayDepend(...of)) return false;
      const other = new Attacker([]);
      return of.some((one) => !other.learn(rests[one] as Row));
    };
    for (let a = 0; a < rests.length; a++) {
      if (depend(a)) return true;
      for (let b = 0; b < a; b++) {
        if (depend(a, b)) return true;
        for (let c = 0; c < b; c++) if (depend(a, b, c)) return true;
      }
    }
    return false;
  }

  /** Takes an equation in; false when it says nothing new. */
  private learn(equation: Row): boolean {
    const rest = this.rest(equation);
    const [pivot] = rest.keys();
    if (pivot === undefined) return false;
    for (const row of this.rows.values()) if (row.has(pivot)) eliminate(row, rest, pivot);
    this.rows.set(pivot, rest);
    return true;
  }

  private rest(of: Row): Row {
    const rest = new Map(of);
    for (const name of of.keys()) {
      const row = this.rows.get(name);
      if (row && rest.has(name)) eliminate(rest, row, name);
    }
    return rest;
  }
}

function sumOf(names: readonly string[]): Row {
  return new Map(names.map((name) => [name, 1n]));
}

/** Makes the coefficient zero with a multiple of the other row, and what is left as small as whole numbers can be. */
function eliminate(row: Row, by: Row, name: string): void {
  const [factor, other] = [by.get(name) as bigint, row.get(name) as bigint];
  if (factor !== 1n) for (const [variable, value] of row) row.set(variable, value * factor);
  for (const [variable, value] of by) {
    const left = (row.get(variable) ?? 0n) - value * other;
    if (left === 0n) row.delete(variable);
    else row.set(variable, left);
  }
  let common = 0n;
  for (const value of row.values()) {
    common = divisor(common, value);
    if (common === 1n) return;
  }
  for (const [variable, value] of row) row.set(variable, value / common);
}

function divisor(left: bigint, right: bigint): bigint {
  let [a, b] = [left, right < 0n ? -right : right];
  while (b !== 0n) [a, b] = [b, a % b];
  return a;
}
