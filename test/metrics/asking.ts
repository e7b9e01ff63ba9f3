import { expect } from '@jest/globals';
import type { TestHub } from '../support/hub.ts';

/** What a row says, without what was not asked. */
interface Row {
  metric: string;
  isOthers: boolean;
  dimensions: { value: string | null }[];
  period: { from: string | null; to: string | null };
  cell: { value: string | null; status: string };
  comparison: {
    period: { from: string; to: string };
    value: string | null;
    change: string | null;
    changeShare: string | null;
  } | null;
}

const ROW = `metric isOthers dimensions { value } period { from to } cell { value status }
  comparison { period { from to } value change changeShare }`;

/** An answer in lines. */
interface Lines {
  rows: string[];
  totals: string[];
}

/** Asks the administrator's question, which must take one statement: `from..to dimensions value`, and `after` the earlier value. */
export async function ask(hub: TestHub, argument: string): Promise<Lines> {
  const { data, errors, statements } = await hub.write(
    `{ usageMetrics(${argument}) { rows { ${ROW} } totals { ${ROW} } } }`,
  );
  expect(errors).toBeUndefined();
  expect(statements).toHaveLength(1);
  return linesOf(data.usageMetrics);
}

/** The rows of an answer that was asked for with {@link ANSWER}. */
export function linesOf({ rows, totals }: { rows: Row[]; totals: Row[] }): Lines {
  return { rows: rows.map(lineOf), totals: totals.map(lineOf) };
}

/** What {@link linesOf} reads. */
export const ANSWER = `rows { ${ROW} } totals { ${ROW} }`;

function lineOf({ isOthers, dimensions, period, cell, comparison }: Row): string {
  expect(cell.status).toBe(cell.value === null ? 'NOT_AVAILABLE' : 'OK');
  const about = isOthers ? ['others'] : dimensions.map(({ value }) => value ?? '-');
  const after = comparison ? [`after ${comparison.value ?? 'nothing'}`] : [];
  return [`${period.from ?? ''}..${period.to ?? ''}`, ...about, cell.value ?? 'nothing', ...after].join(' ');
}

/** Code and field of the error that a question is refused with, before any SQL. */
export async function refusal(hub: TestHub, argument: string): Promise<string> {
  const { errors, statements } = await hub.write(`{ usageMetrics(${argument}) { rows { metric } } }`);
  expect(statements).toEqual([]);
  return `${errors?.[0]?.extensions?.code} ${errors?.[0]?.extensions?.field}`;
}
