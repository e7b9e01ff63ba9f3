import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { allocate, amountOf, centsOf, shortAmountOf, vatOf } from './allocate.ts';

const weights = fc.uniqueArray(
  fc.record({ key: fc.string({ minLength: 1, maxLength: 6 }), weight: fc.bigInt(0n, 10n ** 9n) }),
  { selector: ({ key }) => key, minLength: 1, maxLength: 40 },
);
const some = weights.filter((all) => all.some(({ weight }) => weight > 0n));
const amount = fc.bigInt(-(10n ** 11n), 10n ** 11n);

describe('An amount is shared to the cent', () => {
  test('the parts come to the amount, whatever the weights', () => {
    fc.assert(
      fc.property(amount, some, (cents, all) => {
        const parts = [...allocate(cents, all).values()];
        expect(parts.reduce((sum, part) => sum + part, 0n)).toBe(cents);
      }),
    );
  });

  test('each part is within a cent of its exact one, and nobody without a weight pays', () => {
    fc.assert(
      fc.property(amount, some, (cents, all) => {
        const total = all.reduce((sum, { weight }) => sum + weight, 0n);
        const parts = allocate(cents, all);
        for (const { key, weight } of all) {
          const off = (parts.get(key) as bigint) * total - cents * weight;
          expect(off < total && off > -total).toBe(true);
          if (weight === 0n) expect(parts.get(key)).toBe(0n);
        }
      }),
    );
  });

  test('no part has another sign than the amount', () => {
    fc.assert(
      fc.property(amount, some, (cents, all) => {
        for (const part of allocate(cents, all).values()) expect(part * cents >= 0n).toBe(true);
      }),
    );
  });

  test('the sequence of the weights does not matter', () => {
    const shuffled = some.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length })),
    );
    fc.assert(
      fc.property(amount, shuffled, (cents, [all, other]) => {
        const sorted = (of: Map<string, bigint>) => [...of].sort(([a], [b]) => (a < b ? -1 : 1));
        expect(sorted(allocate(cents, other))).toEqual(sorted(allocate(cents, all)));
      }),
    );
  });

  test('a cent that is left goes to the largest remainder, and of equal ones to the lower key', () => {
    const parts = allocate(100n, [
      { key: 'c', weight: 1n },
      { key: 'a', weight: 1n },
      { key: 'b', weight: 1n },
    ]);
    expect([parts.get('a'), parts.get('b'), parts.get('c')]).toEqual([34n, 33n, 33n]);
  });

  test('is refused where nobody has a weight', () => {
    expect(() => allocate(1n, [{ key: 'a', weight: 0n }])).toThrow(RangeError);
    expect(() =>
      allocate(1n, [
        { key: 'a', weight: -1n },
        { key: 'b', weight: 2n },
      ]),
    ).toThrow(RangeError);
  });
});

test('amounts are read and written exactly', () => {
  fc.assert(fc.property(amount, (cents) => expect(centsOf(amountOf(cents))).toBe(cents)));
  expect(['12.5', '0', '-0.07', '3'].map(centsOf)).toEqual([1250n, 0n, -7n, 300n]);
  expect([5n, -1205n].map(amountOf)).toEqual(['0.05', '-12.05']);
  expect([5n, -1250n, 0n, 100_000n].map(shortAmountOf)).toEqual(['0.05', '-12.5', '0', '1000']);
});

test('VAT is rounded to the cent, halves away from zero', () => {
  expect([vatOf(1250n, '21.00'), vatOf(50n, '21'), vatOf(-50n, '21.00'), vatOf(100n, '0.00')]).toEqual([
    263n,
    11n,
    -11n,
    0n,
  ]);
});
