/**
 * Numbers that look random and are the same on every run. Each seeder has a generator of its own, so that a
 * change in one leaves the others' records as they were.
 */
export class Random {
  #state: number;

  constructor(name: string) {
    // FNV-1a: neighbouring names start far apart.
    let hash = 0x811c9dc5;
    for (let at = 0; at < name.length; at++) hash = Math.imul(hash ^ name.charCodeAt(at), 0x01000193);
    this.#state = hash >>> 0;
  }

  /** A number from 0 up to, not including, 1 (mulberry32). */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  /** A whole number from `from` to `to`, both included. */
  int(from: number, to: number): number {
    return from + Math.floor(this.next() * (to - from + 1));
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(choices: readonly T[]): T {
    if (choices.length === 0) throw new Error('There is nothing to pick from');
    return choices[this.int(0, choices.length - 1)] as T;
  }

  /** A key of `weights`, as often as its weight says. */
  weighted<K extends string>(weights: Partial<Record<K, number>>): K {
    const entries = Object.entries(weights) as [K, number][];
    let left = this.next() * entries.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [key, weight] of entries) {
      left -= weight;
      if (left < 0) return key;
    }
    return (entries.at(-1) as [K, number])[0];
  }

  /** `count` different elements; one with twice the weight is about twice as likely to be among them. */
  sample<T>(from: readonly T[], count: number, weight: (element: T) => number = () => 1): T[] {
    if (count > from.length) throw new Error(`${count} of ${from.length} cannot be sampled`);
    return from
      .map((element, at) => ({ element, at, key: -Math.log(1 - this.next()) / weight(element) }))
      .sort((a, b) => a.key - b.key || a.at - b.at)
      .slice(0, count)
      .map(({ element }) => element);
  }

  /** A positive number around 1 with a long tail, as amounts and sizes have it. */
  skewed(spread: number): number {
    const normal = Math.sqrt(-2 * Math.log(1 - this.next())) * Math.cos(2 * Math.PI * this.next());
    return Math.exp(spread * normal);
  }
}

/**
 * Whole numbers in proportion to the weights that add up to the total exactly (largest remainder). Weights
 * may be negative as long as their sum is not.
 */
export function apportion(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((left, right) => left + right, 0);
  if (!(sum > 0)) throw new Error('The weights must add up to more than nothing');
  const exact = weights.map((weight) => (total * weight) / sum);
  const shares = exact.map(Math.floor);
  let left = total - shares.reduce((a, b) => a + b, 0);
  const byRemainder = exact
    .map((value, at) => ({ at, remainder: value - Math.floor(value) }))
    .sort((a, b) => b.remainder - a.remainder || a.at - b.at);
  for (const { at } of byRemainder) {
    if (left <= 0) break;
    shares[at] = (shares[at] as number) + 1;
    left -= 1;
  }
  return shares;
}
