import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { DEFAULT_DISCLOSURE_RULE, isSensitive } from './disclosure-rule.ts';

const rule = DEFAULT_DISCLOSURE_RULE;

describe('a cell is sensitive', () => {
  test.each<[name: string, contributions: bigint[], expected: boolean]>([
    ['with nobody in it', [], true],
    ['with three partners', [10n, 10n, 10n], true],
    ['not with four that are alike', [10n, 10n, 10n, 10n], false],
    ['with a fourth that contributes nought', [10n, 10n, 10n, 0n], true],
    ['with noughts only', [0n, 0n, 0n, 0n, 0n], true],
    ['not when two make exactly 85 %', [50n, 35n, 10n, 5n], false],
    ['when two make a little more than 85 %', [500_000n, 350_001n, 100_000n, 49_999n], true],
    ['not when two make a little less', [500_000n, 349_999n, 100_000n, 50_001n], false],
    ['in whatever sequence they come', [5n, 50n, 10n, 36n], true],
    ['when a large credit dominates it', [-500n, 10n, 10n, 10n], true],
    ['not when a sum of nought has many behind it', [-10n, 10n, -10n, 10n], false],
    ['when it is beyond the precision of a double', [850_000_000_000_000_001n, 0n, 1n, 1n, 1n], true],
  ])('%s', (_, contributions, expected) => {
    expect(isSensitive(contributions, rule)).toBe(expected);
  });

  test('to the last unit, whatever the size', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 3n, max: 10n ** 20n }), (part) => {
        const exactly = [17n * part, 17n * part, 3n * part, 3n * part];
        expect(isSensitive(exactly, rule)).toBe(false);
        expect(isSensitive([17n * part + 1n, 17n * part, 3n * part, 3n * part - 1n], rule)).toBe(true);
      }),
    );
  });

  test('by the threshold and the share that are set', () => {
    const loose = { threshold: 3, dominance: { n: 1, share: 0.5 } };
    expect(isSensitive([2n, 1n, 1n], loose)).toBe(false);
    expect(isSensitive([3n, 1n, 1n], loose)).toBe(true);
    expect(isSensitive([1n, 1n], loose)).toBe(true);
  });
});
