import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { fewThatSpan } from './combinations.ts';
import { SolutionSpace } from './linear.ts';
import { Echelon, inverse, minus, PRIME, residues, times } from './modular.ts';
import { classesOf, refine } from './partition.ts';

const residue = fc.integer({ min: 0, max: PRIME - 1 });

describe('arithmetic modulo the prime', () => {
  test('is exact', () => {
    fc.assert(
      fc.property(residue, residue, (left, right) => {
        expect(times(left, right)).toBe(Number((BigInt(left) * BigInt(right)) % BigInt(PRIME)));
        expect((minus(left, right) + right) % PRIME).toBe(left);
        if (left !== 0) expect(times(left, inverse(left))).toBe(1);
      }),
    );
    expect(times(PRIME - 1, PRIME - 1)).toBe(1);
  });

  test('the prime is one', () => {
    const divisors = Array.from({ length: Math.ceil(Math.sqrt(PRIME)) - 1 }, (_, at) => at + 2);
    expect(divisors.filter((divisor) => PRIME % divisor === 0)).toEqual([]);
  });

  test('a seed gives the same residues again, and another seed others', () => {
    const some = (seed: number): number[] => Array.from({ length: 5 }, residues(seed));
    expect(some(1)).toEqual(some(1));
    expect(some(1)).not.toEqual(some(2));
  });
});

describe('a system of released sums', () => {
  test('determines what is left of a total', () => {
    const space = new SolutionSpace(5);
    expect(space.release([0, 1, 2, 3, 4])).toBe(true);
    expect(space.follows([2, 3, 4])).toBe(false);
    expect(space.release([0, 1])).toBe(true);
    expect(space.follows([2, 3, 4])).toBe(true);
    expect(space.release([4, 2, 3])).toBe(false);
    expect(space.follows([2, 3])).toBe(false);
    expect(space.dimension).toBe(3);
  });

  test('determines combinations of sums neither of which it determines', () => {
    const space = new SolutionSpace(4);
    space.release([0, 1, 2]);
    space.release([0, 1, 3]);
    expect([2, 3].map((variable) => space.follows([variable]))).toEqual([false, false]);
    const rank = (...sums: number[][]): number => new Echelon(sums.map((sum) => space.values(sum))).rank;
    expect([rank([2], [3]), rank([0], [1], [2]), rank([0], [1]), rank([0], [2])]).toEqual([1, 2, 2, 2]);
  });

  test('finds what only a calculation over three sums tells', () => {
    const space = new SolutionSpace(3);
    for (const sum of [
      [0, 1],
      [1, 2],
      [0, 2],
    ])
      space.release(sum);
    expect([0, 1, 2].map((variable) => space.follows([variable]))).toEqual([true, true, true]);
  });

  test('says when it has too few solutions for a question', () => {
    expect(() => new SolutionSpace(20, 10).enoughFor(5)).toThrow(RangeError);
    expect(new SolutionSpace(20, 20).enoughFor(5)).toBeLessThanOrEqual(20);
  });

  test('determines nothing but sums of what was released, in any sequence', () => {
    const sums = fc.array(fc.uniqueArray(fc.nat(9), { minLength: 1 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(sums, fc.uniqueArray(fc.nat(9), { minLength: 1 }), (released, asked) => {
        const row = (sum: number[]): Float64Array =>
          Float64Array.from({ length: 10 }, (_, at) => (sum.includes(at) ? 1 : 0));
        const echelon = new Echelon(released.map(row));
        for (const order of [released, [...released].reverse()]) {
          const space = new SolutionSpace(10);
          for (const sum of order) space.release(sum);
          expect(space.dimension).toBe(10 - echelon.rank);
          expect(space.follows(asked)).toBe(echelon.has(row(asked)));
        }
      }),
    );
  });
});

describe('few that span a direction', () => {
  const vector = (...values: number[]): Float64Array => Float64Array.from(values);
  const random = (count: number, next: () => number): Float64Array =>
    Float64Array.from({ length: count }, next);

  test('are found among many, as many as may be', () => {
    const next = residues(7);
    const units = Array.from({ length: 60 }, () => ({ size: 1, vector: random(8, next) }));
    const mix = (...of: number[]): Float64Array =>
      of.reduce((sum, index) => {
        const factor = next();
        return sum.map(
          (value, at) =>
            (value + times(factor, (units[index] as { vector: Float64Array }).vector[at] as number)) % PRIME,
        );
      }, new Float64Array(8));
    const find = (target: Float64Array, firsts: number[], most: number): number[] | undefined =>
      fewThatSpan(target, units, firsts, most, (indices) =>
        new Echelon(indices.map((index) => (units[index] as { vector: Float64Array }).vector)).has(target),
      )?.toSorted((left, right) => left - right);
    const all = units.map((_, index) => index);
    expect(find(mix(17), all, 1)).toEqual([17]);
    expect(find(mix(3, 41), all, 2)).toEqual([3, 41]);
    expect(find(mix(3, 41, 59), [59, 20], 3)).toEqual([3, 41, 59]);
    expect(find(mix(3, 41, 59), [20], 3)).toBeUndefined();
    expect(find(mix(3, 41, 59), all, 2)).toBeUndefined();
    expect(find(mix(0, 1, 2, 3), all, 3)).toBeUndefined();
    expect(find(mix(0, 1, 2, 3), [0], 4)).toEqual([0, 1, 2, 3]);
  });

  test('count with their size', () => {
    const units = [
      { size: 2, vector: vector(1, 0, 0, 0) },
      { size: 2, vector: vector(0, 1, 0, 0) },
      { size: 1, vector: vector(0, 0, 1, 0) },
    ];
    const isSo = (): boolean => true;
    expect(fewThatSpan(vector(1, 1, 0, 0), units, [0, 1], 3, isSo)).toBeUndefined();
    expect(fewThatSpan(vector(1, 1, 0, 0), units, [0, 1], 4, isSo)).toEqual([0, 1]);
    expect(fewThatSpan(vector(1, 0, 5, 0), units, [2], 3, isSo)).toEqual([2, 0]);
  });
});

test('classes split into what is in a set and what is not', () => {
  const classes = new Int32Array(5);
  let next = refine(classes, [1, 2, 3], 1);
  next = refine(classes, [3, 4], next);
  expect(classesOf(classes)).toEqual([[0], [1, 2], [3], [4]]);
});
