import { expect, test } from '@jest/globals';
import { firstRank, type Price } from './cascade.ts';

const price = (rank: number, product: string, unitPrice: string, more: Partial<Price> = {}): Price => ({
  id: `${rank}${product}`,
  product,
  supplier: `supplier ${rank}`,
  rank,
  unitPrice,
  vatRate: '21.00',
  minimumQuantity: '0',
  ...more,
});
const wanted = [
  { product: 'gloves', quantity: '10' },
  { product: 'masks', quantity: '2' },
];
const prices = [
  price(2, 'masks', '4'),
  price(1, 'gloves', '1'),
  price(2, 'gloves', '2'),
  price(1, 'masks', '3'),
];

test('the first rank comes first, at its prices', () => {
  const { choice } = firstRank(wanted, prices, { after: 0 });
  expect(choice).toMatchObject({ rank: 1, supplier: 'supplier 1' });
  expect(choice?.totals).toEqual({ exclVat: '16.00', vat: '3.36', inclVat: '19.36' });
});

test('the next one follows, and then there is none', () => {
  expect(firstRank(wanted, prices, { after: 1 }).choice).toMatchObject({
    rank: 2,
    totals: { exclVat: '28.00' },
  });
  expect(firstRank(wanted, prices, { after: 2 })).toEqual({ passedOver: [] });
});

test('a supplier that was asked at another rank is not asked again', () => {
  const swapped = prices.map((one) => ({ ...one, supplier: `supplier ${3 - one.rank}` }));
  const asked = new Set(['supplier 1']);
  expect(firstRank(wanted, swapped, { after: 1, asked })).toEqual({ passedOver: [] });
  expect(firstRank(wanted, prices, { after: 1, asked })).toMatchObject({
    choice: { supplier: 'supplier 2' },
  });
});

test('a rank without a price for every line, or for so little, is passed over', () => {
  const some = [price(1, 'gloves', '1'), ...prices.filter(({ rank }) => rank === 2)];
  expect(firstRank(wanted, some, { after: 0 })).toMatchObject({
    choice: { rank: 2 },
    passedOver: [{ rank: 1, supplier: 'supplier 1', reason: 'NO_PRICE' }],
  });
  const few = prices.map((one) => (one.rank === 1 ? { ...one, minimumQuantity: '5' } : one));
  expect(firstRank(wanted, few, { after: 0 })).toMatchObject({ choice: { rank: 2 } });
});

test('a rank whose total does not fit is passed over', () => {
  expect(firstRank(wanted, prices, { after: 0, room: '16.00' })).toMatchObject({ choice: { rank: 1 } });
  expect(firstRank(wanted, prices, { after: 0, room: '15.99' })).toMatchObject({
    passedOver: [{ reason: 'CEILING' }, { reason: 'CEILING' }],
  });
});
