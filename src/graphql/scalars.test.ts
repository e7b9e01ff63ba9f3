import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { GraphQLError, Kind } from 'graphql';
import { DateScalar, DateTimeScalar, DecimalScalar } from './scalars.ts';

describe('Decimal', () => {
  test.each([
    ['0', '0'],
    ['-0', '0'],
    ['-0.000', '0'],
    ['007', '7'],
    ['1.50', '1.5'],
    ['-1.000001', '-1.000001'],
    ['945054.80', '945054.8'],
    ['99999999999999.999999', '99999999999999.999999'],
  ])('%s is %s', (text, canonical) => {
    expect(DecimalScalar.parseValue(text)).toBe(canonical);
    expect(DecimalScalar.parseLiteral({ kind: Kind.STRING, value: text })).toBe(canonical);
  });

  test.each([
    '',
    ' 1',
    '1 ',
    '1,5',
    '.5',
    '5.',
    '1e3',
    '+1',
    '--1',
    'NaN',
    'Infinity',
    '0x1',
    '١',
    '1'.repeat(15),
    '1.1234567',
    1,
    1.5,
    null,
    true,
    {},
    ['1'],
  ])('refuses %j', (value) =>
    expect(() => DecimalScalar.parseValue(value)).toThrow(/exact number as a string/),
  );

  test('keeps every number of its size exactly, with one text for each', () => {
    fc.assert(
      fc.property(fc.bigInt(-(10n ** 20n) + 1n, 10n ** 20n - 1n), (millionths) => {
        const digits = String(millionths < 0n ? -millionths : millionths).padStart(7, '0');
        const text = `${millionths < 0n ? '-' : ''}${digits.slice(0, -6)}.${digits.slice(-6)}`;
        const parsed = DecimalScalar.parseValue(text);
        expect(DecimalScalar.parseValue(parsed)).toBe(parsed);
        const [whole, fraction = ''] = parsed.split('.');
        expect(BigInt(`${whole}${fraction.padEnd(6, '0')}`)).toBe(millionths);
      }),
    );
  });

  test('takes a string only, also in the document', () => {
    expect(() => DecimalScalar.parseLiteral({ kind: Kind.FLOAT, value: '1.5' })).toThrow(GraphQLError);
    expect(() => DecimalScalar.parseLiteral({ kind: Kind.INT, value: '1' })).toThrow(GraphQLError);
  });
});

describe('Date', () => {
  test.each(['0001-01-01', '2024-02-29', '9999-12-31'])('takes %s', (day) => {
    expect(DateScalar.parseValue(day)).toBe(day);
  });

  test.each([
    '0000-01-01',
    '2023-02-29',
    '2024-13-01',
    '2024-00-10',
    '2024-1-1',
    '24-01-01',
    '2024-01-01T00:00:00Z',
    '29/02/2024',
    '',
    20240101,
    null,
  ])('refuses %j', (value) => expect(() => DateScalar.parseValue(value)).toThrow(/YYYY-MM-DD/));
});

describe('DateTime', () => {
  test.each([
    ['2024-02-29T12:00:00Z', '2024-02-29T12:00:00.000Z'],
    ['2024-02-29T12:00:00.1239Z', '2024-02-29T12:00:00.123Z'],
    ['2024-03-01T00:30:00+01:00', '2024-02-29T23:30:00.000Z'],
  ])('%s is %s', (text, instant) => expect(DateTimeScalar.parseValue(text)).toBe(instant));

  test.each([
    '2024-02-30T00:00:00Z',
    '2024-02-29',
    '2024-02-29T12:00:00',
    '2024-02-29T25:00:00Z',
    '2024-02-29 12:00:00Z',
    0,
  ])('refuses %j', (value) =>
    expect(() => DateTimeScalar.parseValue(value)).toThrow(/an instant as a string/),
  );
});
