import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Bucket } from './bucket.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

describe('a bucket', () => {
  test('gives what it holds, then says how long to wait', () => {
    const bucket = new Bucket('p', 60, 0);
    expect(bucket.take(45, 0)).toBe(0);
    expect(bucket.take(20, 0)).toBeCloseTo(5 * SECOND);
    expect(bucket.take(15, 0)).toBe(0);
    expect(bucket.state(0).points).toBe(0);
  });

  test('fills evenly, and never over its limit', () => {
    const bucket = new Bucket('p', 60, 0);
    bucket.take(60, 0);
    expect(bucket.take(10, 9 * SECOND)).toBeGreaterThan(0);
    expect(bucket.take(10, 10 * SECOND)).toBe(0);
    expect(bucket.state(10 * MINUTE).points).toBe(60);
  });

  test('is there again after the time that it said, whatever the fractions', () => {
    const asked = fc.record({
      limit: fc.integer({ min: 1, max: 1_000_000 }),
      start: fc.integer({ min: 1_600_000_000_000, max: 1_900_000_000_000 }),
      part: fc.double({ min: 0.001, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(asked, ({ limit, start, part }) => {
        const bucket = new Bucket('p', limit, start);
        bucket.take(limit, start);
        const points = Math.max(1, Math.floor(limit * part));
        const wait = bucket.take(points, start);
        expect(bucket.take(points, start + Math.ceil(wait))).toBe(0);
      }),
    );
  });

  test('takes no notice of a clock that is set back', () => {
    const bucket = new Bucket('p', 60, MINUTE);
    bucket.take(60, MINUTE);
    expect(bucket.take(1, 0)).toBeGreaterThan(0);
    expect(bucket.take(1, SECOND)).toBe(0);
  });

  test('follows a limit that changes', () => {
    const bucket = new Bucket('p', 600, 0);
    expect(bucket.take(1, 0, 60)).toBe(0);
    expect(bucket.state(0)).toEqual({ points: 59, limit: 60 });
  });

  test('owes what is taken by force', () => {
    const bucket = new Bucket('p', 60, 0);
    bucket.force(90);
    expect(bucket.take(1, 30 * SECOND)).toBeCloseTo(SECOND);
    expect(bucket.take(1, 31 * SECOND)).toBe(0);
  });
});

describe('what other processes spent', () => {
  const others = { principal: 'p', minute: 10, fraction: 0.5, current: 0, previous: 0 };

  test('comes out of what is there then, also where nobody has looked for long', () => {
    const bucket = new Bucket('p', 100, 0);
    bucket.takeOthers({ ...others, current: 60 }, MINUTE);
    expect(bucket.state(MINUTE).points).toBe(40);
  });

  test('is taken once, from one minute to the next', () => {
    const bucket = new Bucket('p', 100, 0);
    bucket.takeOthers({ ...others, current: 20 }, 0);
    bucket.takeOthers({ ...others, current: 25 }, 0);
    expect(bucket.state(0).points).toBe(75);
    bucket.takeOthers({ ...others, minute: 11, fraction: 0, current: 3, previous: 27 }, 0);
    expect(bucket.state(0).points).toBe(70);
  });

  test('counts in full at first, as far as it cannot have come back', () => {
    const bucket = new Bucket('p', 100, 0);
    bucket.takeOthers({ ...others, current: 10, previous: 80 }, 0);
    expect(bucket.state(0).points).toBe(60);
  });
});

/**
 * Processes that share a principal and tell one another every second; each spends whenever its own bucket lets it.
 * The database between them is a table of who spent what in which minute.
 */
test('together, processes spend no more than the limit and what came back, but for what is not told yet', () => {
  const LIMIT = 600;
  const step = fc.record({
    // Some pause for long, so that their buckets are not looked at while others spend.
    ms: fc.oneof(
      { weight: 20, arbitrary: fc.integer({ min: 0, max: 400 }) },
      fc.integer({ min: 0, max: 30_000 }),
    ),
    process: fc.oneof({ weight: 9, arbitrary: fc.nat(1) }, fc.constant(2)),
    points: fc.integer({ min: 1, max: 200 }),
  });
  const story = fc.record({
    start: fc.integer({ min: 0, max: MINUTE }),
    steps: fc.array(step, { minLength: 50, maxLength: 400, size: 'max' }),
  });
  fc.assert(
    fc.property(story, ({ start, steps }) => {
      const buckets = [0, 1, 2].map((index) => new Bucket(String(index), LIMIT, start));
      const table: { of: Bucket; minute: number; spent: number }[] = [];
      const spent: { at: number; points: number }[] = [];
      let now = start;
      let told = start;
      const tell = (at: number): void => {
        const minute = Math.floor(at / MINUTE);
        for (const bucket of buckets) {
          if (bucket.unsent > 0) table.push({ of: bucket, minute, spent: bucket.unsent });
          bucket.unsent = 0;
          const by = (of: number): number =>
            table
              .filter((row) => row.of !== bucket && row.minute === of)
              .reduce((sum, row) => sum + row.spent, 0);
          const fraction = (at % MINUTE) / MINUTE;
          const others = { minute, fraction, current: by(minute), previous: by(minute - 1) };
          bucket.takeOthers({ principal: 'p', ...others }, at);
        }
      };
      for (const { ms, process, points } of steps) {
        now += ms;
        while (told + SECOND <= now) {
          told += SECOND;
          tell(told);
        }
        if (buckets[process]?.take(points, now) === 0) spent.push({ at: now, points });
      }
      for (const [last, { at: end }] of spent.entries()) {
        let sum = 0;
        let untold = 0;
        let most = Number.NEGATIVE_INFINITY;
        for (let first = last; first >= 0; first -= 1) {
          const { at, points } = spent[first] as (typeof spent)[number];
          sum += points;
          // A process that was told first hears of the others' last second a second later.
          if (at >= end - 2 * SECOND) untold += points;
          most = Math.max(most, sum - (LIMIT * (end - at)) / MINUTE);
        }
        // From whichever moment on: a minute's points, what has come back since, and what was not known.
        expect(most).toBeLessThanOrEqual(LIMIT + untold + 1e-3);
      }
    }),
    { numRuns: 60 },
  );
});
