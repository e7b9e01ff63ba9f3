import Holidays from 'date-holidays';
import { brusselsDay } from '../../clock.ts';

/** When work is done: minutes of the day in Belgium, on its working days. */
export interface WorkingHours {
  /** First minute of work, e.g. 540 for 09:00. */
  readonly from: number;
  /** First minute after work. */
  readonly until: number;
}

/** 09:00 to 17:00. */
export const OFFICE_HOURS: WorkingHours = { from: 9 * 60, until: 17 * 60 };

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

const belgium = new Holidays('BE', { types: ['public'] });
const holidays = new Map<string, ReadonlySet<string>>();

/** The ten public holidays of a year in Belgium, `YYYY-MM-DD`. */
export function publicHolidays(year: string): ReadonlySet<string> {
  const known = holidays.get(year);
  if (known) return known;
  const days = new Set(belgium.getHolidays(year).map(({ date }) => date.slice(0, 10)));
  holidays.set(year, days);
  return days;
}

/** Whether people work on a day (`YYYY-MM-DD`) in Belgium: Monday to Friday, and no public holiday. */
export function isWorkingDay(day: string): boolean {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return weekday !== 0 && weekday !== 6 && !publicHolidays(day.slice(0, 4)).has(day);
}

/** The next day of the calendar. */
function dayAfter(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + DAY_MS).toISOString().slice(0, 10);
}

/** The working day that is so many after a day: the first one counts when it is over. */
export function addWorkingDays(day: string, days: number): string {
  let at = day;
  for (let left = days; left > 0; ) {
    at = dayAfter(at);
    if (isWorkingDay(at)) left -= 1;
  }
  return at;
}

/** The last working day before a day. */
export function workingDayBefore(day: string): string {
  let at = day;
  do at = new Date(Date.parse(`${at}T00:00:00Z`) - DAY_MS).toISOString().slice(0, 10);
  while (!isWorkingDay(at));
  return at;
}

const WALL_CLOCK = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/Brussels',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});

/** Milliseconds since midnight by the clock on the wall in Belgium. */
function wallTime(instant: Date): number {
  const [hours = 0, minutes = 0, seconds = 0] = WALL_CLOCK.format(instant).split(':').map(Number);
  return ((hours * 60 + minutes) * 60 + seconds) * 1000 + (((instant.getTime() % 1000) + 1000) % 1000);
}

/** The instant of a minute of a day in Belgium, outside the hour that summer time takes or gives. */
function instantAt(day: string, minute: number): Date {
  const asUtc = Date.parse(`${day}T00:00:00Z`) + minute * MINUTE_MS;
  // Belgium is one hour or two before UTC.
  const guess = new Date(asUtc - 60 * MINUTE_MS);
  const isWinter = brusselsDay(guess) === day && wallTime(guess) === minute * MINUTE_MS;
  return isWinter ? guess : new Date(asUtc - 120 * MINUTE_MS);
}

/** The instant at which so many working hours are over that begin at an instant, or at the next time of work. */
export function addWorkingHours(from: Date, hours: number, work: WorkingHours = OFFICE_HOURS): Date {
  let left = hours * 60 * MINUTE_MS;
  let day = brusselsDay(from);
  let begin = isWorkingDay(day) ? Math.max(from.getTime(), instantAt(day, work.from).getTime()) : undefined;
  for (;;) {
    if (begin !== undefined) {
      const rest = instantAt(day, work.until).getTime() - begin;
      if (rest >= left) return new Date(begin + left);
      if (rest > 0) left -= rest;
    }
    day = dayAfter(day);
    begin = isWorkingDay(day) ? instantAt(day, work.from).getTime() : undefined;
  }
}
