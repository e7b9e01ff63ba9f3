import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { UserError } from '../errors.ts';
import { parseEnterpriseNumber } from './enterprise-number.ts';

const refusal = (text: string): UserError => {
  try {
    parseEnterpriseNumber(text, 'reference.enterpriseNumber');
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error(`${text} was taken`);
};

/** Numbers of any organisation, with the check digits that belong to them. */
const numbers = fc.integer({ min: 0, max: 19_999_999 }).map((eight) => {
  const check = 97 - (eight % 97);
  return `${String(eight).padStart(8, '0')}${String(check).padStart(2, '0')}`;
});

describe('an enterprise number', () => {
  test.each([
    '0671516647',
    '0671.516.647',
    '0671_516_647',
    '0671 516 647',
    'BE 0671516647',
    'be0671.516.647',
    ' 671516647 ',
  ])('is read as people write it: %s', (text) => {
    expect(parseEnterpriseNumber(text)).toBe('0671516647');
  });

  test.each(['', 'BE', '12345678', '06715166470', '0671516647x', '０６７１５１６６４７'])(
    'has ten digits: %j',
    (text) => {
      expect(refusal(text)).toMatchObject({
        code: 'INVALID_ENTERPRISE_NUMBER',
        field: 'reference.enterpriseNumber',
      });
      expect(refusal(text).message).toContain('ten digits');
    },
  );

  test('of an establishment unit is told apart', () => {
    expect(refusal('2.147.483.604').message).toContain('establishment unit');
  });

  test('may have 97 as its check digits and never 00', () => {
    expect(parseEnterpriseNumber('0000009797')).toBe('0000009797');
    expect(refusal('0000009700').message).toContain('check digits');
  });

  test('is found wrong for each mistyped digit and each pair of neighbours exchanged', () => {
    fc.assert(
      fc.property(numbers, fc.nat(9), fc.integer({ min: 1, max: 9 }), (number, place, shift) => {
        expect(parseEnterpriseNumber(number)).toBe(number);
        const digits = [...number].map(Number);
        const mistyped = digits.with(place, ((digits[place] as number) + shift) % 10).join('');
        expect(refusal(mistyped).code).toBe('INVALID_ENTERPRISE_NUMBER');
        const [a, b] = [digits[place] as number, digits[(place + 1) % 10] as number];
        if (place < 9 && a !== b) {
          expect(
            refusal(
              digits
                .with(place, b)
                .with(place + 1, a)
                .join(''),
            ).code,
          ).toBe('INVALID_ENTERPRISE_NUMBER');
        }
      }),
      { numRuns: 500 },
    );
  });

  test('that is wrong is quoted only in part', () => {
    expect(refusal('9'.repeat(10_000)).message.length).toBeLessThan(200);
  });
});
