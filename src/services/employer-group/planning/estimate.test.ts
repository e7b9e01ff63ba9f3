import { describe, expect, test } from '@jest/globals';
import type { Ledger } from '../billing/sharing.ts';
import { WorkerFunction } from '../employer-group.entity.ts';
import { criticalSize, monthOf, quote } from './estimate.ts';

const DAYS = [228, 228, 228, 228, 228, 0, 0];
const always = { from: '2020-01-01', until: null };
const ledger: Ledger = {
  year: 2026,
  workers: ['u', 'v'].map((worker) => ({
    worker,
    person: worker,
    jobFunction: WorkerFunction.DPO,
    cents: 6_000_000n,
    employed: always,
    contractMinutes: 2280,
  })),
  groupCents: 1_200_000n,
  placements: [{ worker: 'u', partner: 'a', minutesByWeekday: DAYS, ...always }],
  worked: [],
  terms: [],
};
const wish = {
  jobFunction: WorkerFunction.DPO,
  minutesByWeekday: DAYS,
  days: { from: '2026-01-01', until: null },
};

describe('A quote', () => {
  test('reckons with each worker who has the hours, and its tolerance reaches them', () => {
    // One has half of its week free, and shares its cost and its fixed cost with another member; the other is idle: they are reckoned together.
    const found = quote(ledger, wish, '21.00', 1);
    if (!('perYear' in found)) throw new Error('There is a number');
    const shared = 3_000_000 + (7_200_000 * 3) / 6;
    const alone = 6_000_000 + (1_200_000 * 6) / 12;
    expect(Number(found.perYear)).toBe((shared + alone) / 2);
    expect(found.perYearWithVat).toBe((found.perYear * 121n) / 100n);
    expect(found.perHour).toBe(BigInt(Math.round((shared + alone) / 2 / (261 * 19)) * 5));
    expect(found.tolerance).toBe(0.1);
  });

  test('of workers who differ is as uncertain as they are apart', () => {
    const [first, second] = ledger.workers as [(typeof ledger.workers)[0], (typeof ledger.workers)[0]];
    const unequal = { ...ledger, workers: [first, { ...second, cents: 3_000_000n }] };
    const found = quote(unequal, wish, '21.00', 1);
    // 51,000 with one and 34,000 with the other; together they cost 90,000 for three half weeks, and the group 12,000 besides.
    expect('tolerance' in found && [found.perYear, found.tolerance]).toEqual([5_100_000n, 0.35]);
  });

  test('has a reason instead of a number where the data do not suffice', () => {
    const asks = (more: object, fewest = 1) => quote(ledger, { ...wish, ...more }, '21.00', fewest);
    expect(asks({ jobFunction: WorkerFunction.LAWYER })).toEqual({ reason: 'NO_COST_SHEET' });
    expect(asks({}, 3)).toEqual({ reason: 'TOO_FEW_WORKERS' });
    expect(asks({ minutesByWeekday: [600, 600, 600, 600, 0, 0, 0] })).toEqual({ reason: 'NO_CAPACITY' });
  });

  test('comes to twelve months', () => {
    expect(monthOf(1_200_000n)).toBe(100_000n);
  });
});

describe('The critical size', () => {
  const terms = { fullTimeHours: '38.00', fewest: 1 };

  test('is what the group places already at what an hour costs in all', () => {
    const found = criticalSize(ledger, { ...terms, price: null });
    // The second worker is idle, and a part of the fixed cost.
    expect(found).toMatchObject({ fixedCents: 7_200_000n });
    expect('hours' in found && Math.abs(found.hours - 261 * 3.8) < 2).toBe(true);
  });

  test('halves where an hour leaves twice as much', () => {
    const found = criticalSize(ledger, { ...terms, price: '210.50' });
    if (!('hours' in found)) throw new Error('There is a number');
    expect(found.costPerHour).toBe(BigInt(Math.round((6_000_000 / (261 * 3.8 * 5)) * 5)));
    expect(found.hours).toBeCloseTo(7_200_000 / (21_050 - Number(found.costPerHour)), 6);
    expect(found.fullTimeEquivalents).toBeCloseTo(found.hours / (38 * 46), 6);
  });

  test('has a reason instead where a price does not exceed the cost, or nobody is placed', () => {
    expect(criticalSize(ledger, { ...terms, price: '10' })).toEqual({ reason: 'PRICE_TOO_LOW' });
    expect(criticalSize({ ...ledger, placements: [] }, { ...terms, price: null })).toEqual({
      reason: 'NO_PLACEMENTS',
    });
    expect(criticalSize(ledger, { ...terms, price: null, fewest: 4 })).toEqual({ reason: 'TOO_FEW_WORKERS' });
    expect(criticalSize({ ...ledger, workers: [] }, { ...terms, price: null })).toEqual({
      reason: 'NO_COST_SHEET',
    });
  });
});
