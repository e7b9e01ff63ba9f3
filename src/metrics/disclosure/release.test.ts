import { describe, expect, test } from '@jest/globals';
import { DEFAULT_DISCLOSURE_RULE } from './disclosure-rule.ts';
import { type Cell, decideReleases, type Fact, type Release, type Releases } from './release.ts';

const JANUARY = 2025 * 12;

/** Facts of partners named by letters, in a month, of equal quantities. */
function facts(partners: string, month = JANUARY, quantity = 10n): Fact[] {
  return [...partners].map((partner) => ({ partner, month, quantity }));
}

/** The cell of the facts at these places. */
function cell(from: number, to: number, ...more: number[]): Cell {
  return { facts: [...Array.from({ length: to - from }, (_, at) => from + at), ...more] };
}

function decide(of: Partial<Releases> & Pick<Releases, 'facts' | 'candidates'>): readonly Release[] {
  return decideReleases({ given: [], protect: [], rule: DEFAULT_DISCLOSURE_RULE, ...of });
}

describe('a release', () => {
  test('gives a table whose cells are all large', () => {
    expect(
      decide({
        facts: facts('abcdefghijkl'),
        candidates: [cell(0, 12), cell(0, 4), cell(4, 8), cell(8, 12)],
      }),
    ).toEqual(['OK', 'OK', 'OK', 'OK']);
  });

  test('holds back a small cell, and the one that would give it away', () => {
    expect(
      decide({ facts: facts('abcdefghijk'), candidates: [cell(0, 11), cell(0, 4), cell(4, 8), cell(8, 11)] }),
    ).toEqual(['OK', 'OK', 'SUPPRESSED_SECONDARY', 'SUPPRESSED']);
  });

  test('lets nobody take off what it sees alone', () => {
    // The staff of the first service would be left with the one organisation of the second.
    const two = [
      ...facts('abcdefgh').map((fact) => ({ ...fact, seenBy: ['first'] })),
      ...facts('i').map((fact) => ({ ...fact, seenBy: ['second'] })),
    ];
    const candidates = [cell(0, 9), cell(0, 8)];
    expect(decide({ facts: two, candidates })).toEqual(['SUPPRESSED_SECONDARY', 'OK']);
    const unseen = two.map((fact) => ({ ...fact, seenBy: [] }));
    expect(decide({ facts: unseen, candidates })).toEqual(['OK', 'SUPPRESSED_SECONDARY']);
  });

  test('sees through a second table', () => {
    // Rows and columns of a square whose one cell is small: its row and column are told, its neighbours not both.
    const square = facts('abcdefghijklmno');
    const [first, second, third, small] = [cell(0, 4), cell(4, 8), cell(8, 12), cell(12, 15)];
    const join = (...cells: Cell[]): Cell => ({ facts: cells.flatMap((one) => one.facts) });
    expect(
      decide({
        facts: square,
        candidates: [
          join(first, second),
          join(third, small),
          join(first, third),
          join(second, small),
          first,
          second,
          third,
          small,
        ],
      }),
    ).toEqual([
      'OK',
      'OK',
      'OK',
      'OK',
      'SUPPRESSED_SECONDARY',
      'SUPPRESSED_SECONDARY',
      'SUPPRESSED_SECONDARY',
      'SUPPRESSED',
    ]);
  });

  test('tells of no partner by the difference of two cells', () => {
    expect(decide({ facts: facts('abcdef'), candidates: [cell(0, 6), cell(0, 5)] })).toEqual([
      'OK',
      'SUPPRESSED_SECONDARY',
    ]);
  });

  test('tells of no three partners together, and of four', () => {
    expect(decide({ facts: facts('abcdefgh'), candidates: [cell(0, 8), cell(0, 5), cell(0, 4)] })).toEqual([
      'OK',
      'SUPPRESSED_SECONDARY',
      'OK',
    ]);
  });

  test('tells of no two or three partners, whichever cell leaves them over', () => {
    const candidates = [cell(0, 9), cell(0, 7), cell(0, 6, 7), cell(0, 6)];
    expect(decide({ facts: facts('abcdefghi'), candidates })).toEqual([
      'OK',
      'SUPPRESSED_SECONDARY',
      'SUPPRESSED_SECONDARY',
      'SUPPRESSED_SECONDARY',
    ]);
  });

  test('keeps the difference of two months from one partner', () => {
    // The same five partners use it in both months, and a sixth only in the second.
    const both = [...facts('abcde'), ...facts('abcdef', JANUARY + 1)];
    const quarter = cell(0, 11);
    expect(decide({ facts: both, candidates: [quarter, cell(0, 5), cell(5, 11)] })).toEqual([
      'OK',
      'OK',
      'OK',
    ]);
    // The quarter is over the first month and those of the second that were there before.
    expect(decide({ facts: both, candidates: [quarter, cell(0, 10), cell(5, 11)] })).toEqual([
      'OK',
      'SUPPRESSED_SECONDARY',
      'OK',
    ]);
  });

  test('remembers what was released and held back before', () => {
    const before = facts('abcdefgh');
    expect(
      decide({ facts: before, given: [cell(0, 8)], protect: [cell(4, 8)], candidates: [cell(0, 4)] }),
    ).toEqual(['SUPPRESSED_SECONDARY']);
    expect(decide({ facts: before, given: [cell(0, 8), cell(0, 4)], candidates: [cell(4, 8)] })).toEqual([
      'OK',
    ]);
  });

  test('never gives a cell that is sensitive, though it follows already', () => {
    const dominated = facts('abcdefgh').map((fact, at) => (at === 7 ? { ...fact, quantity: 1000n } : fact));
    const given = [cell(0, 8), cell(0, 4)];
    expect(decide({ facts: dominated, given, candidates: [cell(4, 8)] })).toEqual(['SUPPRESSED']);
  });

  test('goes on where something is lost already', () => {
    // A released total and all of it but one partner's: that partner is lost, the others are not.
    const given = [cell(0, 9), cell(0, 8)];
    const all = facts('abcdefghi');
    expect(decide({ facts: all, given, candidates: [cell(0, 4), cell(4, 8)] })).toEqual(['OK', 'OK']);
    expect(decide({ facts: all, given, candidates: [cell(0, 7), cell(0, 5)] })).toEqual([
      'SUPPRESSED_SECONDARY',
      'SUPPRESSED_SECONDARY',
    ]);
  });
});

describe('what the viewers know', () => {
  const known = (of: Fact[], ...places: number[]): Fact[] =>
    of.map((fact, at) => (places.includes(at) ? { ...fact, isKnown: true } : fact));

  test('hides nobody', () => {
    expect(decide({ facts: known(facts('abcd'), 3), candidates: [cell(0, 4)] })).toEqual(['SUPPRESSED']);
    expect(decide({ facts: known(facts('abcde'), 4), candidates: [cell(0, 5)] })).toEqual(['OK']);
  });

  test('is given, and costs nothing', () => {
    const all = known(facts('abcdefg'), 0, 1, 2);
    expect(decide({ facts: all, candidates: [cell(0, 3), cell(3, 7), cell(0, 7)] })).toEqual([
      'OK',
      'OK',
      'OK',
    ]);
  });

  test('is no longer the smallest part that can be told', () => {
    // The difference is two partners, one of them known.
    const all = facts('abcdefghi');
    const candidates = [cell(0, 9), cell(0, 5)];
    expect(decide({ facts: all, candidates })).toEqual(['OK', 'OK']);
    expect(decide({ facts: known(all, 8), candidates })).toEqual(['OK', 'SUPPRESSED_SECONDARY']);
  });
});

test('a nought is as good as known', () => {
  const all = facts('abcdefghi').map((fact, at) => (at === 8 ? { ...fact, quantity: 0n } : fact));
  expect(decide({ facts: all, candidates: [cell(0, 9), cell(0, 5), cell(8, 9)] })).toEqual([
    'OK',
    'SUPPRESSED_SECONDARY',
    'SUPPRESSED',
  ]);
});

test('a higher threshold protects larger groups', () => {
  const rule = { ...DEFAULT_DISCLOSURE_RULE, threshold: 5 };
  const candidates = [cell(0, 9), cell(0, 5)];
  expect(decide({ facts: facts('abcdefghi'), candidates, rule })).toEqual(['OK', 'SUPPRESSED_SECONDARY']);
  expect(decide({ facts: facts('abcdefghij'), candidates: [cell(0, 10), cell(0, 5)], rule })).toEqual([
    'OK',
    'OK',
  ]);
});
