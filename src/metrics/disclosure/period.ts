/** Whole months, and what is made of them. */
export const LATTICE_GRANULARITIES = ['MONTH', 'QUARTER', 'YEAR'] as const;
export type LatticeGranularity = (typeof LATTICE_GRANULARITIES)[number];

/** A whole month, quarter or calendar year, by its last month: a cell of it is released when that is over. */
export interface LatticePeriod {
  granularity: LatticeGranularity;
  /** Months since the year 0. */
  lastMonth: number;
}

const LENGTHS: Record<LatticeGranularity, number> = { MONTH: 1, QUARTER: 3, YEAR: 12 };

/** Months since the year 0 of a day `YYYY-MM-DD`. */
export function monthOf(day: string): number {
  const [year = '', month = ''] = day.split('-');
  return Number(year) * 12 + Number(month) - 1;
}

/** The first day of a month, as `YYYY-MM-DD`. */
export function firstDay(month: number): string {
  return `${String(Math.floor(month / 12)).padStart(4, '0')}-${String((month % 12) + 1).padStart(2, '0')}-01`;
}

/** First month of a period. */
export function firstMonth({ granularity, lastMonth }: LatticePeriod): number {
  return lastMonth - LENGTHS[granularity] + 1;
}

/** First day of a period, and the first day after it. */
export function datesOf(period: LatticePeriod): { from: string; to: string } {
  return { from: firstDay(firstMonth(period)), to: firstDay(period.lastMonth + 1) };
}

/** The periods that are over with a month, the longest first. */
export function periodsEndingWith(month: number): LatticePeriod[] {
  return LATTICE_GRANULARITIES.filter((granularity) => (month + 1) % LENGTHS[granularity] === 0)
    .map((granularity) => ({ granularity, lastMonth: month }))
    .reverse();
}

/** The month, quarter or year that goes from one day to another, which is the first after it. */
export function periodBetween(from: string, to: string): LatticePeriod | undefined {
  if (!from.endsWith('-01') || !to.endsWith('-01')) return undefined;
  const lastMonth = monthOf(to) - 1;
  return periodsEndingWith(lastMonth).find((period) => firstMonth(period) === monthOf(from));
}

/** Whether a day is the first of such a period. */
export function isStart(day: string, granularity: LatticeGranularity): boolean {
  return day.endsWith('-01') && monthOf(day) % LENGTHS[granularity] === 0;
}
