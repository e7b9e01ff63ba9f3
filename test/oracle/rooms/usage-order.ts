import { millionthsOf } from '../facts.ts';
import type { DimensionValue } from './dimensions.ts';
import type { UsageMetricsArgs } from './usage-question.ts';

/** One value of one metric before it is shown; values are in millionths. */
export interface CountedRow {
  metric: string;
  bucket: string | null;
  dimensions: DimensionValue[];
  isOthers: boolean;
  value: bigint | null;
  previous: bigint | null;
}

/** What tells one combination from another. */
export const keyOf = (dimensions: readonly DimensionValue[]): string =>
  JSON.stringify(dimensions.map(({ value }) => value));

/** Rows of the steps and combinations in which a metric lies in a range: all metrics of them, or none. */
export function thatHave(rows: CountedRow[], having: UsageMetricsArgs['having']): CountedRow[] {
  if (!having) return rows;
  const placeOf = (row: CountedRow): string =>
    JSON.stringify([row.bucket, row.isOthers, keyOf(row.dimensions)]);
  const judged = rows.filter(({ metric }) => metric === having.metric);
  const values = new Map(judged.map((row) => [placeOf(row), row.value]));
  return rows.filter((row) => {
    const value = values.get(placeOf(row)) ?? null;
    if (value === null) return false;
    const { atLeast, atMost } = having;
    return (!atLeast || value >= millionthsOf(atLeast)) && (!atMost || value <= millionthsOf(atMost));
  });
}

/** Rows by metric, and within each in the order that is asked for. */
export function inOrder(rows: CountedRow[], { orderBy, metrics }: UsageMetricsArgs): CountedRow[] {
  const keys = [...new Set(metrics)];
  const ranked = ({ value, previous }: CountedRow): bigint | null => {
    if (orderBy === 'KEYS') return null;
    if (!orderBy.startsWith('CHANGE')) return value;
    return value === null || previous === null ? null : value - previous;
  };
  const rank = (a: CountedRow, b: CountedRow): number =>
    orderBy.endsWith('DESC') ? byAmount(ranked(b), ranked(a)) : byAmount(ranked(a), ranked(b), 1);
  const byStep = (a: CountedRow, b: CountedRow): number =>
    a.bucket === b.bucket ? 0 : (a.bucket as string) < (b.bucket as string) ? -1 : 1;
  return rows.sort(
    (a, b) =>
      keys.indexOf(a.metric) - keys.indexOf(b.metric) ||
      (orderBy === 'KEYS' ? byStep(a, b) : 0) ||
      Number(a.isOthers) - Number(b.isOthers) ||
      rank(a, b) ||
      byStep(a, b) ||
      compare(a.dimensions, b.dimensions),
  );
}

/** By amount; what has none comes last, on whichever side the larger stands. */
export function byAmount(a: bigint | null, b: bigint | null, none: 1 | -1 = -1): number {
  if (a === b) return 0;
  if (a === null) return none;
  if (b === null) return -none;
  return a < b ? -1 : 1;
}

/** By the values in their sequence; what has none comes last. */
export function compare(
  a: readonly DimensionValue[],
  b: readonly DimensionValue[],
  of: (value: DimensionValue | undefined) => string | null = (one) => one?.value ?? null,
): number {
  for (const [at, one] of a.entries()) {
    const [left, right] = [of(one), of(b[at])];
    if (left === right) continue;
    if (left === null) return 1;
    if (right === null) return -1;
    return left < right ? -1 : 1;
  }
  return 0;
}
