import { clear, inverse, times } from './modular.ts';

/** Something that counts for so many partners, and its fingerprint. */
export interface Weighted {
  size: number;
  vector: Float64Array;
}

interface Left extends Weighted {
  index: number;
}

/**
 * Finds some of the given that together count for at most `most` partners and whose combination is a multiple of the
 * target. One of `firsts` must be among them. The target and all but two of them are projected away, and of what is
 * left the directions are hashed, so that pairs take linear time and triples that of the firsts times the others.
 * Vectors are looked at in `most + 1` coordinates, which may be equal by chance: `isSo` says whether what was found is
 * so.
 */
export function fewThatSpan(
  target: Float64Array,
  of: readonly Weighted[],
  firsts: readonly number[],
  most: number,
  isSo: (indices: readonly number[]) => boolean,
): readonly number[] | undefined {
  const coordinates = most + 1;
  const all = of
    .map(({ size, vector }, index) => ({ index, size, vector: vector.slice(0, coordinates) }))
    // What is determined already adds nothing to a combination.
    .filter(({ vector }) => vector.some((value) => value !== 0));
  const left = new Map(without(target.slice(0, coordinates), all).map((one) => [one.index, one]));
  for (const index of firsts) {
    const first = left.get(index);
    if (!first) continue;
    left.delete(index);
    const found = startingWith(first, [...left.values()], most, [], isSo);
    if (found) return found;
  }
  return undefined;
}

function startingWith(
  first: Left,
  others: readonly Left[],
  most: number,
  chosen: readonly number[],
  isSo: (indices: readonly number[]) => boolean,
): readonly number[] | undefined {
  const indices = [...chosen, first.index];
  if (first.size > most) return undefined;
  if (first.vector.every((value) => value === 0) && isSo(indices)) return indices;
  return search(without(first.vector, others), most - first.size, indices, isSo);
}

function search(
  left: readonly Left[],
  most: number,
  chosen: readonly number[],
  isSo: (indices: readonly number[]) => boolean,
): readonly number[] | undefined {
  if (most < 1) return undefined;
  for (const { index, size, vector } of left) {
    const indices = [...chosen, index];
    if (size <= most && vector.every((value) => value === 0) && isSo(indices)) return indices;
  }
  if (most === 2) return parallel(left, chosen, isSo);
  if (most < 2) return undefined;
  for (const [at, one] of left.entries()) {
    const found = startingWith(one, left.slice(at + 1), most, chosen, isSo);
    if (found) return found;
  }
  return undefined;
}

function parallel(
  left: readonly Left[],
  chosen: readonly number[],
  isSo: (indices: readonly number[]) => boolean,
): readonly number[] | undefined {
  const byDirection = new Map<string, number[]>();
  for (const { index, size, vector } of left) {
    const first = vector.find((value) => value !== 0);
    if (size > 1 || first === undefined) continue;
    const scale = inverse(first);
    const direction = vector.map((value) => times(value, scale)).join();
    const same = byDirection.get(direction);
    if (!same) {
      byDirection.set(direction, [index]);
      continue;
    }
    for (const other of same) if (isSo([...chosen, other, index])) return [...chosen, other, index];
    same.push(index);
  }
  return undefined;
}

/** The vectors with their part along one of them projected away, and the coordinate that it took. */
function without(along: Float64Array, of: readonly Left[]): Left[] {
  const pivot = along.findIndex((value) => value !== 0);
  if (pivot < 0) return [...of];
  const scale = inverse(along[pivot] as number);
  const unit = along.map((value) => times(value, scale));
  return of.map(({ index, size, vector }) => {
    const rest = vector.slice();
    clear(rest, unit, pivot);
    return { index, size, vector: rest.filter((_, at) => at !== pivot) };
  });
}
