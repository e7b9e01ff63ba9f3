import type { MetricDimension } from '../metric-dimensions.ts';
import {
  isStart,
  LATTICE_GRANULARITIES,
  type LatticeGranularity,
  type LatticePeriod,
  periodBetween,
} from './period.ts';

/** The coarse dimensions, in the sequence in which a table names them. */
const LATTICE_DIMENSIONS = [
  'SERVICE',
  'SECTOR',
  'SIZE_BAND',
  'REGION',
  'PROVINCE',
  'AUTHORITY',
] as const satisfies readonly `${MetricDimension}`[];
export type LatticeDimension = (typeof LATTICE_DIMENSIONS)[number];
export type LatticeTable = readonly LatticeDimension[];

const WITHOUT_SERVICE: readonly LatticeTable[] = [
  [],
  ['SECTOR'],
  ['SIZE_BAND'],
  ['REGION'],
  ['PROVINCE'],
  ['AUTHORITY'],
  ['SECTOR', 'REGION'],
];

/** The tables that are published, those of fewer dimensions first. They are linked: what one tells counts in all. */
export const LATTICE_TABLES: readonly LatticeTable[] = [
  ...WITHOUT_SERVICE,
  ...WITHOUT_SERVICE.map((table): LatticeTable => ['SERVICE', ...table]),
].sort((left, right) => left.length - right.length);

/** Values of a table's dimensions, in its sequence. */
type LatticeValues = readonly (string | null)[];

/** Which cell of the lattice. */
export interface CellKey extends LatticePeriod {
  table: LatticeTable;
  values: LatticeValues;
}

/** What somebody asks for. */
interface LatticeQuestion {
  groupBy: readonly string[];
  /** Length of the steps of a series; without one, the period as a whole is asked for. */
  granularity?: string | null | undefined;
  from?: string | null | undefined;
  /** The first day after the period. */
  to?: string | null | undefined;
}

/**
 * The table and the length of the periods that answer a question, or nothing where the question is not on the lattice:
 * other dimensions, a series of other steps, or a period that is no whole month, quarter or calendar year, or that
 * cuts one of the series.
 */
export function onLattice(
  question: LatticeQuestion,
): { table: LatticeTable; granularity: LatticeGranularity } | undefined {
  const { groupBy, from, to } = question;
  const table = LATTICE_TABLES.find(
    (one) => one.length === groupBy.length && one.every((dimension) => groupBy.includes(dimension)),
  );
  if (!table) return undefined;
  if (!question.granularity) {
    const period = from && to ? periodBetween(from, to) : undefined;
    return period && { table, granularity: period.granularity };
  }
  const granularity = LATTICE_GRANULARITIES.find((one) => one === question.granularity);
  if (!granularity) return undefined;
  const isWhole = [from, to].every((day) => !day || isStart(day, granularity));
  return isWhole ? { table, granularity } : undefined;
}

/** A set of rows that have the same values in a table. */
export interface Group {
  table: LatticeTable;
  values: LatticeValues;
  /** Indices. */
  rows: number[];
}

/** The rows of each cell of a table; rows that are nothing stand in none. */
export function groups(
  table: LatticeTable,
  rows: Iterable<readonly [index: number, values: Readonly<Record<LatticeDimension, string | null>>]>,
): Group[] {
  const byKey = new Map<string, Group>();
  for (const [index, of] of rows) {
    const values = table.map((dimension) => of[dimension]);
    const key = JSON.stringify(values);
    const group = byKey.get(key);
    if (group) group.rows.push(index);
    else byKey.set(key, { table, values, rows: [index] });
  }
  return [...byKey.values()];
}
