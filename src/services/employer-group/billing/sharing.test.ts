import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { BillingMode, SharingKey } from '../billing.entity.ts';
import { WorkerFunction } from '../employer-group.entity.ts';
import { type Ledger, shareByStaff, shareMonth, type Terms } from './sharing.ts';

const WEEK = [228, 228, 228, 228, 228, 0, 0];
const always = { from: '2020-01-01', until: null };

function terms(partner: string, mode: BillingMode, more: Partial<Terms> = {}): Terms {
  return { partner, mode, key: null, weight: null, headcount: null, ...always, ...more };
}

const ledger = (more: Partial<Ledger> = {}): Ledger => ({
  year: 2026,
  workers: [
    {
      worker: 'w',
      person: 'W-1',
      jobFunction: WorkerFunction.DPO,
      cents: 6_000_000n,
      employed: always,
      contractMinutes: 2280,
    },
  ],
  groupCents: 1_200_000n,
  placements: [
    { worker: 'w', partner: 'a', minutesByWeekday: WEEK, ...always },
    { worker: 'w', partner: 'b', minutesByWeekday: WEEK, ...always },
  ],
  worked: [],
  terms: [terms('a', BillingMode.FLAT_RATE), terms('b', BillingMode.FLAT_RATE)],
  ...more,
});

const centsOf = (shares: ReturnType<typeof shareMonth>): Record<string, bigint> =>
  Object.fromEntries(shares.staff.map(({ partner, cents }) => [partner, cents]));

describe('The cost of a month', () => {
  test('goes by the hours placed where a flat rate rules', () => {
    // January has 31 of 365 days.
    const cost = (6_000_000n * 31n + 182n) / 365n;
    const shares = shareMonth(ledger(), 1);
    expect(shares.staffCents).toBe(cost);
    expect(centsOf(shares)).toEqual({ a: cost / 2n + (cost % 2n), b: cost / 2n });
  });

  test('goes by the hours worked by time and materials, and by those placed where none were', () => {
    const timed = [terms('a', BillingMode.TIME_AND_MATERIALS), terms('b', BillingMode.TIME_AND_MATERIALS)];
    const worked = [
      { worker: 'w', partner: 'a', day: '2026-01-11', hours: 3000n },
      { worker: 'w', partner: 'b', day: '2026-01-18', hours: 1000n },
      // Of a week whose hours count in February.
      { worker: 'w', partner: 'b', day: '2026-02-01', hours: 9000n },
    ];
    const january = shareMonth(ledger({ terms: timed, worked }), 1);
    const [a, b] = Object.values(centsOf(january)) as [bigint, bigint];
    expect(a - b * 3n < 4n && b * 3n - a < 4n).toBe(true);
    expect(january.staff.map(({ hours }) => hours)).toEqual([3000n, 1000n]);
    const march = centsOf(shareMonth(ledger({ terms: timed, worked }), 3));
    expect((march.a as bigint) - (march.b as bigint) <= 1n).toBe(true);
  });

  test.each([
    [SharingKey.HEADCOUNT, null, 3n],
    [SharingKey.WEIGHT, 500n, 5n],
    [SharingKey.EQUAL, null, 1n],
    [SharingKey.PLACED_HOURS, null, 1n],
  ])('goes pro rata by %s', (key, weight, ratio) => {
    const rules = [
      terms('a', BillingMode.PRO_RATA, { key, weight, headcount: 30 }),
      terms('b', BillingMode.PRO_RATA, { key, weight: weight && 100n, headcount: 10 }),
    ];
    const { a, b } = centsOf(shareMonth(ledger({ terms: rules }), 6)) as { a: bigint; b: bigint };
    expect(a - b * ratio <= ratio && b * ratio - a <= ratio).toBe(true);
  });

  test('of a worker whom nobody has is the group’s, and so is what it costs besides', () => {
    const shares = shareMonth(ledger({ placements: [] }), 12);
    expect(shares.staff).toEqual([]);
    expect(shares.fixedCents).toBe(shareMonth(ledger(), 12).staffCents + shareMonth(ledger(), 12).fixedCents);
  });

  test('tells of members of whom no rule says how they pay', () => {
    expect(shareMonth(ledger({ terms: [terms('a', BillingMode.FLAT_RATE)] }), 1).withoutTerms).toEqual(['b']);
  });

  test('takes the rule that holds at its end', () => {
    const rules = [
      terms('a', BillingMode.FLAT_RATE, { until: '2026-03-10' }),
      terms('a', BillingMode.TIME_AND_MATERIALS, { from: '2026-03-10' }),
      terms('b', BillingMode.FLAT_RATE),
    ];
    const hours = [{ worker: 'w', partner: 'a', day: '2026-03-08', hours: 700n }];
    const [a] = shareMonth(ledger({ terms: rules, worked: hours }), 3).staff;
    expect(a?.hours).toBe(700n);
  });
});

describe('Whatever the group', () => {
  const partners = ['a', 'b', 'c', 'd'];
  const day = fc
    .integer({ min: 0, max: 420 })
    .map((n) => new Date(Date.UTC(2025, 10, 1) + n * 86_400_000).toISOString().slice(0, 10));
  const days = fc
    .tuple(day, fc.option(day))
    .map(([from, until]) => ({ from, until: until && until > from ? until : null }));
  const group: fc.Arbitrary<Ledger> = fc.record({
    year: fc.constant(2026),
    workers: fc.uniqueArray(
      fc.record({
        worker: fc.constantFrom('u', 'v', 'w'),
        person: fc.constantFrom('U', 'V'),
        jobFunction: fc.constantFrom(WorkerFunction.DPO, WorkerFunction.LAWYER),
        cents: fc.bigInt(0n, 10_000_000n),
        employed: days,
        contractMinutes: fc.constant(2280),
      }),
      { selector: ({ worker }) => worker },
    ),
    groupCents: fc.bigInt(0n, 5_000_000n),
    placements: fc.array(
      fc.record({
        worker: fc.constantFrom('u', 'v', 'w'),
        partner: fc.constantFrom(...partners),
        minutesByWeekday: fc.array(fc.integer({ min: 0, max: 480 }), { minLength: 7, maxLength: 7 }),
        from: day,
        until: fc.option(day),
      }),
      { maxLength: 8 },
    ),
    worked: fc.array(
      fc.record({
        worker: fc.constantFrom('u', 'v', 'w'),
        partner: fc.constantFrom(...partners),
        day,
        hours: fc.bigInt(0n, 4000n),
      }),
      { maxLength: 12 },
    ),
    terms: fc
      .array(
        fc.tuple(
          fc.constantFrom(...Object.values(BillingMode)),
          fc.constantFrom(...Object.values(SharingKey)),
          fc.bigInt(1n, 900n),
        ),
        { minLength: 4, maxLength: 4 },
      )
      .map((all) =>
        all.map(([mode, key, weight], at) =>
          terms(partners[at] as string, mode, { key, weight, headcount: [5, 0, 80, 1][at] }),
        ),
      ),
  });
  const months = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];

  test('the months of a year come to its cost, and members to what they bear together', () => {
    fc.assert(
      fc.property(group, (one) => {
        const all = months.map((month) => shareMonth(one, month));
        const cost = one.groupCents + one.workers.reduce((sum, { cents }) => sum + cents, 0n);
        expect(all.reduce((sum, { staffCents, fixedCents }) => sum + staffCents + fixedCents, 0n)).toBe(cost);
        for (const { staff, staffCents } of all) {
          expect(staff.reduce((sum, { cents }) => sum + cents, 0n)).toBe(staffCents);
          for (const { cents } of staff) expect(cents >= 0n).toBe(true);
        }
      }),
    );
  });

  test('the sequence of placements, hours, rules and workers does not matter', () => {
    fc.assert(
      fc.property(group, (one) => {
        const turned: Ledger = {
          ...one,
          workers: one.workers.toReversed(),
          placements: one.placements.toReversed(),
          worked: one.worked.toReversed(),
          terms: one.terms.toReversed(),
        };
        for (const month of [1, 7]) expect(shareMonth(turned, month)).toEqual(shareMonth(one, month));
      }),
    );
  });

  test('what is shared by the staff cost is shared to the cent', () => {
    fc.assert(
      fc.property(group, fc.bigInt(-(10n ** 7n), 10n ** 7n), (one, cents) => {
        const { staff } = shareMonth(one, 5);
        fc.pre(staff.some((share) => share.cents > 0n));
        const parts = [...shareByStaff(cents, staff).values()];
        expect(parts.reduce((sum, part) => sum + part, 0n)).toBe(cents);
      }),
    );
  });
});
