import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { ReleasedCell } from '../../../src/metrics/disclosure/index.ts';
import { Attacker } from './attacker.ts';
import { findings, findingsOfCounts, releaseAll, VIEWER, type World, world } from './worlds.ts';

const isReleased = ({ release }: ReleasedCell): boolean => release === 'OK';
const isNotSensitive = ({ release }: ReleasedCell): boolean => release !== 'SUPPRESSED';

describe('whoever has all that is released', () => {
  test('finds out nothing that is held back, about no partner, and about no three', () => {
    fc.assert(
      fc.property(world, (of) => {
        expect(findings(of, releaseAll(of, 'SUM'), isReleased)).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  test('finds out as little from the numbers of partners', () => {
    fc.assert(
      fc.property(world, (of) => {
        expect(findingsOfCounts(of, releaseAll(of, 'DISTINCT_PARTNERS'))).toEqual([]);
      }),
      { numRuns: 20 },
    );
  });

  test('finds out nothing with what it sees of some, either', () => {
    fc.assert(
      fc.property(world, (of) => {
        expect(findings(of, releaseAll(of, 'SUM'), isReleased, VIEWER)).toEqual([]);
        expect(findingsOfCounts(of, releaseAll(of, 'DISTINCT_PARTNERS'), VIEWER)).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });

  test('would find out much if only what is sensitive by itself were held back', () => {
    const worlds = fc.sample(world, { seed: 11, numRuns: 30 });
    const told = worlds.filter((of) => findings(of, releaseAll(of, 'SUM'), isNotSensitive).length > 0);
    expect(told.length).toBeGreaterThan(18);
  });
});

describe('the attacker', () => {
  const attacker = new Attacker([
    ['a', 'b', 'c', 'd'],
    ['a', 'b'],
    ['b', 'c', 'e'],
    ['a', 'c', 'e'],
  ]);

  test('solves what can be solved', () => {
    expect(attacker.knows(['c', 'd'])).toBe(true);
    expect(attacker.knows(['a'])).toBe(true);
    expect(attacker.knows(['c'])).toBe(false);
    expect(attacker.knows(['c', 'e'])).toBe(true);
    expect(attacker.knows([])).toBe(false);
  });

  test('finds combinations', () => {
    expect(attacker.knowsSome([['c'], ['d']])).toBe(true);
    expect(attacker.knowsSome([['d'], ['e']])).toBe(true);
    expect(attacker.knowsSome([['d'], ['f']])).toBe(false);
    expect(attacker.knowsSomeOfThree([['d'], ['f'], ['g'], ['e', 'h'], ['h']])).toBe(true);
    expect(attacker.knowsSomeOfThree([['d'], ['f'], ['g'], ['e', 'h']])).toBe(false);
  });
});

describe('what is not held back without need', () => {
  const share = (worlds: readonly World[], isCounted: (cell: ReleasedCell) => boolean): number => {
    const cells = worlds.flatMap((of) => releaseAll(of, 'SUM').filter(isCounted));
    return cells.filter(isReleased).length / cells.length;
  };

  test('are the totals of most worlds', () => {
    const worlds = fc.sample(world, { seed: 5, numRuns: 40 });
    expect(
      share(worlds, ({ table, release }) => table.length === 0 && release !== 'SUPPRESSED'),
    ).toBeGreaterThan(0.9);
  });

  test('is most of what is not sensitive', () => {
    const worlds = fc.sample(world, { seed: 5, numRuns: 40 });
    expect(share(worlds, isNotSensitive)).toBeGreaterThan(0.5);
  });
});
