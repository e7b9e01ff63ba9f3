/** Whole months from the first day of one to the first day of another. */
export interface Months {
  from: string;
  until: string;
}

/** The first day of the month after one. */
export function nextMonth(month: string): string {
  const [year, of] = month.split('-').map(Number) as [number, number];
  return of === 12 ? `${year + 1}-01-01` : `${year}-${String(of + 1).padStart(2, '0')}-01`;
}

/** First days of the months of a period, in their sequence. */
export function monthsIn({ from, until }: Months): string[] {
  const months: string[] = [];
  for (let month = from; month < until; month = nextMonth(month)) months.push(month);
  return months;
}

/** Days of a month. */
export function daysOf(month: string): number {
  return Math.round((Date.parse(nextMonth(month)) - Date.parse(month)) / 86_400_000);
}
