import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { mergeUsageChanges, readUsageChange, type UsageChange } from './usage-change.ts';

const month = fc.integer({ min: 1, max: 8 });
const day = (n: number): string => `2025-0${n}-01`;
const key = fc.constantFrom('a', 'b', 'c');
const change: fc.Arbitrary<UsageChange> = fc.record({
  since: month.map((n) => `2025-0${n}-01T00:00:00.000000Z`),
  usage: fc.array(
    fc
      .record({ metric: key, service: key, first: month, length: fc.integer({ min: 0, max: 1 }) })
      .map(({ metric, service, first, length }) => ({
        metric,
        service,
        from: day(first),
        until: day(first + length),
      })),
    { maxLength: 8 },
  ),
  enrolments: fc.array(fc.record({ service: key, partner: key, from: month.map(day) }), { maxLength: 8 }),
});

test('a notice is what the triggers wrote, and nothing else', () => {
  const since = '2026-11-25T22:31:00.000000Z';
  expect(readUsageChange(`{"since":"${since}"}`)).toEqual({ since, usage: [], enrolments: [] });
  for (const payload of ['', '{}', '{"since":5}', 'null']) {
    expect(() => readUsageChange(payload)).toThrow();
  }
});

test('two changes as one hold every month of both, from the earlier instant on, each group once', () => {
  fc.assert(
    fc.property(change, change, (one, other) => {
      const merged = mergeUsageChanges(one, other) as UsageChange;
      for (const part of [one, other]) {
        expect(merged.since <= part.since).toBe(true);
        for (const { metric, service, from, until } of part.usage) {
          const found = merged.usage.filter((of) => of.metric === metric && of.service === service);
          expect(found).toHaveLength(1);
          expect(found.every((of) => of.from <= from && of.until >= until)).toBe(true);
        }
        for (const { service, partner, from } of part.enrolments) {
          const found = merged.enrolments.filter((of) => of.service === service && of.partner === partner);
          expect(found).toHaveLength(1);
          expect(found.every((of) => of.from <= from)).toBe(true);
        }
      }
    }),
  );
});

test('too many groups are not named', () => {
  const groups = (service: string): UsageChange => ({
    since: '2025-01-01T00:00:00.000000Z',
    usage: [],
    enrolments: Array.from({ length: 250 }, (_, n) => ({ service, partner: `p${n}`, from: day(1) })),
  });
  expect(mergeUsageChanges(groups('a'), groups('b'))?.enrolments).toHaveLength(500);
  expect(mergeUsageChanges(groups('a'), groups('a'))?.enrolments).toHaveLength(250);
  const more = mergeUsageChanges(groups('a'), groups('b')) as UsageChange;
  expect(mergeUsageChanges(more, groups('c'))).toBeUndefined();
});
