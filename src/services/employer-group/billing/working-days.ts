/** Days from one to another, which is the first one after them; without an end it is null. Days are written 2026-06-15. */
export interface Days {
  readonly from: string;
  readonly until: string | null;
}

const DAY = 86_400_000;

const dayAt = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/** The months of a year. */
export function monthsOf(year: number): Days[] {
  return Array.from({ length: 12 }, (_, month) => ({
    from: dayAt(Date.UTC(year, month, 1)),
    until: dayAt(Date.UTC(year, month + 1, 1)),
  }));
}

export function lastDayBefore(until: string): string {
  return dayAt(Date.parse(until) - DAY);
}

/** How many days a period has in common with another. */
export function daysOf(period: Days, other: Days): number {
  const [from, until] = bounds(period, other);
  return Math.max(0, Math.round((until - from) / DAY));
}

/** Minutes of a period on which a schedule holds, by its minutes from Monday to Sunday. */
export function scheduledMinutes(
  { minutesByWeekday, ...days }: Days & { minutesByWeekday: readonly number[] },
  period: Days,
): number {
  const [from, until] = bounds(period, days);
  let minutes = 0;
  for (let day = from; day < until; day += DAY) minutes += minutesByWeekday[weekdayOf(day)] ?? 0;
  return minutes;
}

/** 0 for Monday to 6 for Sunday. */
const weekdayOf = (day: number): number => (new Date(day).getUTCDay() + 6) % 7;

function bounds(period: Days, other: Days): [number, number] {
  const from = Math.max(Date.parse(period.from), start(other.from));
  const until = Math.min(end(period.until), end(other.until));
  return [from, until];
}

const start = (day: string): number => (day < '0001' ? Number.NEGATIVE_INFINITY : Date.parse(day));
const end = (day: string | null): number => (day === null ? Number.POSITIVE_INFINITY : Date.parse(day));
