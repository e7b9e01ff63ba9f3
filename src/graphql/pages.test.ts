import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type PageArgs, pageOf } from './pages.ts';

const KEYS = [
  { type: 'text' as const },
  { type: 'date' as const },
  { type: 'timestamptz' as const },
  { type: 'int' as const },
  { type: 'numeric' as const },
  { type: 'uuid' as const },
];
const GOOD = [
  'élan "\\\n',
  '2024-02-29',
  '2024-02-29 23:59:59.999999+00',
  '-12',
  '945054.80',
  '01890a5d-ac96-774b-bcce-b302099a8057',
];
const QUESTION = ['partners', { search: 'x' }, 'FR'];

const cursorFor = (keys: unknown, question: unknown = QUESTION): string =>
  `${pageOf({}, KEYS, question).question}.${Buffer.from(JSON.stringify(keys)).toString('base64url')}`;
const page = (args: PageArgs, question: unknown = QUESTION) => pageOf(args, KEYS, question);
const codeOf = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    return (error as { code: string }).code;
  }
  return 'none';
};

describe('a page', () => {
  test('is 20 from the start without arguments', () => {
    expect(page({})).toMatchObject({ size: 20, backward: false, boundary: undefined });
  });

  test('reads from the end with last', () => {
    const before = cursorFor(GOOD);
    expect(page({ last: 3, before })).toMatchObject({ size: 3, backward: true, boundary: GOOD });
  });

  test('has 1 to 100 elements, and nothing else', () => {
    fc.assert(
      fc.property(fc.integer(), fc.boolean(), (size, backward) => {
        const code = codeOf(() => page(backward ? { last: size } : { first: size }));
        expect(code).toBe(size >= 1 && size <= 100 ? 'none' : 'INVALID_PAGE');
      }),
    );
  });
});

describe('a cursor', () => {
  test('gives back the keys that it was made of', () => {
    expect(page({ after: cursorFor(GOOD) }).boundary).toEqual(GOOD);
  });

  test('of another question is refused', () => {
    for (const other of [
      [...QUESTION, 1],
      ['partners', { search: 'y' }, 'FR'],
      ['partners', { search: 'x' }, 'NL'],
    ]) {
      expect(codeOf(() => page({ after: cursorFor(GOOD, other) }))).toBe('INVALID_CURSOR');
    }
  });

  test.each([
    [0, 'NUL\0'],
    [0, 'x'.repeat(8001)],
    [1, '2023-02-29'],
    [1, '0000-01-01'],
    [1, '2024-2-9'],
    [2, '2024-02-30 00:00:00.000000+00'],
    [2, '2024-02-28 24:00:00.000000+00'],
    [2, '2024-02-28 00:00:60.000000+00'],
    [2, '0000-02-28 00:00:00.000000+00'],
    [2, '2024-02-28 00:00:00+00'],
    [3, '12345678901'],
    [3, '1.5'],
    [3, ''],
    [4, '1e5'],
    [4, 'NaN'],
    [5, 'x'],
    [5, GOOD[5]?.toUpperCase()],
  ])('whose key %d is %j is refused', (at, key) => {
    expect(codeOf(() => page({ after: cursorFor(GOOD.with(at, key as string)) }))).toBe('INVALID_CURSOR');
  });

  test('with another number of keys, or keys that are no text, is refused', () => {
    for (const keys of [[], GOOD.slice(1), [...GOOD, 'x'], GOOD.map(() => 1), { ...GOOD }, null, 'text']) {
      expect(codeOf(() => page({ after: cursorFor(keys) }))).toBe('INVALID_CURSOR');
    }
  });

  test('of any text is a page or INVALID_CURSOR', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (after) => {
        expect(codeOf(() => page({ after }))).toBe('INVALID_CURSOR');
      }),
    );
  });
});
