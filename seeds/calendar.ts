import type { Random } from './random.ts';

const DAY = 86_400_000;

/** The demonstration stands still on this day: no record is later, whatever the clock says. */
export const LAST_DAY = '2026-06-30';

/** The day some days later (or earlier). Days are written as text, `2022-06-13`. */
export function plusDays(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY).toISOString().slice(0, 10);
}

/** Days from one day to another. */
export function daysBetween(from: string, until: string): number {
  return Math.round((Date.parse(until) - Date.parse(from)) / DAY);
}

/** A day from `from` up to, not including, `until`. */
export function dayIn(random: Random, from: string, until: string): string {
  const days = daysBetween(from, until);
  if (days < 1) throw new Error(`There is no day from ${from} to ${until}`);
  return plusDays(from, random.int(0, days - 1));
}

/** A weekday from `from` up to, not including, `until`: services do not visit or order on Sundays. */
export function weekdayIn(random: Random, from: string, until: string): string {
  for (let attempt = 0; attempt < 50; attempt++) {
    const day = dayIn(random, from, until);
    const weekday = new Date(Date.parse(day)).getUTCDay();
    if (weekday !== 0 && weekday !== 6) return day;
  }
  throw new Error(`There is no weekday from ${from} to ${until}`);
}

/** The later and the earlier of two days. */
export const later = (a: string, b: string): string => (a > b ? a : b);
export const earlier = (a: string, b: string): string => (a < b ? a : b);

/** A moment of a day, for the columns that say when a record was made. */
export function at(day: string, minute = 0): Date {
  return new Date(Date.parse(day) + 8 * 3_600_000 + minute * 60_000);
}
