import { expect, test } from '@jest/globals';
import { FactorKind } from '../factor.entity.ts';
import { equivalencesOf, type Factor, factorOn } from './equivalences.ts';

const factor = (id: string, kind: FactorKind, value: string, more: Partial<Factor> = {}): Factor => ({
  id,
  kind,
  value,
  carrier: null,
  unit: null,
  basis: 'A test',
  source: 'A test',
  validFrom: '2020-01-01',
  validUntil: null,
  ...more,
});
const OLD = factor('old', FactorKind.PRICE, '0.1', { validUntil: '2024-02-01' });
const NEW = factor('new', FactorKind.PRICE, '0.3', { validFrom: '2024-02-01' });
const EMISSION = factor('co2', FactorKind.EMISSION, '0.2');
const OF_GAS = factor('gas', FactorKind.EMISSION, '0.25', { carrier: 'GAS' });
const OIL = factor('oil', FactorKind.OIL_EQUIVALENCE, '2.5');
const AMOUNTS = [
  { month: '2024-01-01', kwh: 100 },
  { month: '2024-02-01', kwh: -20 },
];

test('a factor holds from its first day until, not on, its end', () => {
  const on = (day: string) => factorOn([OLD, NEW], { kind: FactorKind.PRICE, carrier: 'GAS', day })?.id;
  expect(['2019-12-31', '2020-01-01', '2024-01-31', '2024-02-01'].map(on)).toEqual([
    undefined,
    'old',
    'old',
    'new',
  ]);
});

test('each month goes by its own factors, what is lost is taken off, and all that were used are named', () => {
  const found = equivalencesOf(AMOUNTS, 'GAS', [OLD, NEW, EMISSION, OF_GAS, OIL]);
  expect(found.costEur).toBeCloseTo(100 * 0.1 - 20 * 0.3, 9);
  expect(found.co2Kg).toBeCloseTo(80 * 0.25, 9);
  expect(found.oilLitres).toBeCloseTo((80 * 0.25) / 2.5, 9);
  expect([...found.factors].sort()).toEqual(['gas', 'new', 'oil', 'old']);
  expect(equivalencesOf(AMOUNTS, 'WOOD', [EMISSION, OF_GAS]).co2Kg).toBeCloseTo(80 * 0.2, 9);
});

test('where one month has no factor there is no sum', () => {
  const found = equivalencesOf(AMOUNTS, 'GAS', [OLD, EMISSION]);
  expect(found).toMatchObject({ costEur: null, oilLitres: null, factors: ['co2'] });
});
