import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isInSaleUnits, lineAmount, scaled, totalsOf, unscaled } from './amounts.ts';

const decimal = (most: number, decimals: number) =>
  fc.bigInt({ min: 0n, max: BigInt(most) * 10n ** BigInt(decimals) }).map((n) => unscaled(n, decimals));
const line = fc.record({
  quantity: decimal(100_000, 3),
  unitPrice: decimal(10_000, 4),
  vatRate: fc.constantFrom('0.00', '6.00', '12.00', '21.00', '5.50'),
});

test('a line is rounded half up to the cent', () => {
  expect(lineAmount({ quantity: '3', unitPrice: '0.335' })).toBe('1.01');
  expect(lineAmount({ quantity: '1', unitPrice: '0.0050' })).toBe('0.01');
  expect(lineAmount({ quantity: '1', unitPrice: '0.0049' })).toBe('0.00');
  expect(lineAmount({ quantity: '12.5', unitPrice: '80.00' })).toBe('1000.00');
});

test('VAT is of the sum of the lines of a rate, not of each line', () => {
  const lines = Array.from({ length: 3 }, () => ({ quantity: '1', unitPrice: '0.12', vatRate: '21' }));
  // Three times 0.0252 would be 0.09.
  expect(totalsOf(lines)).toEqual({ exclVat: '0.36', vat: '0.08', inclVat: '0.44' });
});

test('rates are rounded each by itself', () => {
  const lines = [
    { quantity: '1', unitPrice: '10.00', vatRate: '21' },
    { quantity: '1', unitPrice: '0.75', vatRate: '6' },
  ];
  expect(totalsOf(lines)).toEqual({ exclVat: '10.75', vat: '2.15', inclVat: '12.90' });
});

test('totals add up, whatever the lines and their sequence', () => {
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 20 }), (lines) => {
      const totals = totalsOf(lines);
      const cents = (text: string): bigint => scaled(text, 2);
      expect(cents(totals.inclVat)).toBe(cents(totals.exclVat) + cents(totals.vat));
      expect(cents(totals.exclVat)).toBe(lines.reduce((sum, one) => sum + cents(lineAmount(one)), 0n));
      expect(totalsOf(lines.toReversed())).toEqual(totals);
    }),
  );
});

test('a line is never half a cent or more beside the exact product', () => {
  fc.assert(
    fc.property(line, ({ quantity, unitPrice }) => {
      const exact = scaled(quantity, 3) * scaled(unitPrice, 4);
      const difference = scaled(lineAmount({ quantity, unitPrice }), 2) * 100_000n - exact;
      expect(difference > -50_000n && difference <= 50_000n).toBe(true);
    }),
  );
});

test('a quantity is in sale units', () => {
  expect(isInSaleUnits('10', '5')).toBe(true);
  expect(isInSaleUnits('1.5', '0.5')).toBe(true);
  expect(isInSaleUnits('7', '5')).toBe(false);
  expect(isInSaleUnits('0', '5')).toBe(false);
  expect(isInSaleUnits('-5', '5')).toBe(false);
});

test('what is no decimal, or a finer one, is refused', () => {
  expect(() => scaled('1.2345', 3)).toThrow(RangeError);
  expect(() => scaled('1e3', 3)).toThrow(RangeError);
  expect(scaled('1.2300', 2)).toBe(123n);
  expect(unscaled(-5n, 2)).toBe('-0.05');
});
