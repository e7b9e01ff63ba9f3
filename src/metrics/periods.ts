import { UserError } from '../errors.ts';

/* Calendar of half-open periods of days, as text `YYYY-MM-DD`: no instant, and so no time zone, is involved. */

/** A half-open period with two ends. */
interface Period {
  readonly from: string;
  readonly to: string;
}

/** Length of the steps of a series. */
export type Step = 'DAY' | 'MONTH' | 'QUARTER' | 'YEAR';

/** What a value is compared with. */
export type Comparison = 'PREVIOUS_PERIOD' | 'SAME_PERIOD_LAST_YEAR';

/** Months of a step; a day has none. */
export const MONTHS: Record<Step, number> = { DAY: 0, MONTH: 1, QUARTER: 3, YEAR: 12 };

const DAY_MS = 86_400_000;

export function isMonthStart(day: string): boolean {
  return day.endsWith('-01');
}

/** Whether a step begins on a day. */
export function isStepStart(day: string, step: Step): boolean {
  if (step === 'DAY') return true;
  return isMonthStart(day) && (Number(day.slice(5, 7)) - 1) % MONTHS[step] === 0;
}

function utc(day: string): Date {
  return new Date(`${day}T00:00:00Z`);
}

function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10);
}

/** A day some days later, or earlier. */
function addDays(day: string, days: number): string {
  return dayOf(new Date(utc(day).getTime() + days * DAY_MS));
}

/** The same day some months later, or earlier; the month's last day where it has no such day. */
export function addMonths(day: string, months: number): string {
  const date = utc(day);
  const wanted = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + months);
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(wanted, last));
  return dayOf(date);
}

/** The same day of the year before; the first of March for a 29th of February that it has not. */
function yearBefore(day: string): string {
  const before = addMonths(day, -12);
  return addMonths(before, 12) === day ? before : addDays(before, 1);
}

/** Days of a period. */
function daysOf({ from, to }: Period): number {
  return Math.round((utc(to).getTime() - utc(from).getTime()) / DAY_MS);
}

/** Months of a period that begins and ends with one; undefined of any other. */
export function wholeMonths({ from, to }: Period): number | undefined {
  if (!isMonthStart(from) || !isMonthStart(to)) return undefined;
  const number = (day: string): number => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7));
  return number(to) - number(from);
}

/** By how much an earlier period lies before the one that it is compared with. */
export interface Shift {
  readonly months: number;
  readonly days: number;
}

/** The period that one is compared with, and how far back it lies: its days or steps lie as far back. */
export interface EarlierPeriod extends Period {
  readonly shift: Shift;
}

/**
 * The period to compare with: as many whole months before, where the period has whole months; as many days before,
 * where it has not; or the same days of the year before.
 * @throws UserError PERIOD_MISSING without two ends, INVALID_PERIOD where the steps of the two would not meet
 */
export function earlierPeriod(
  period: { from?: string | null | undefined; to?: string | null | undefined },
  comparison: Comparison,
  step: Step | undefined,
): EarlierPeriod {
  const { from, to } = period;
  if (!from || !to) {
    throw new UserError(
      'PERIOD_MISSING',
      'To compare, give the period both its ends: `period: { from, to }`.',
      'period',
    );
  }
  if (comparison === 'SAME_PERIOD_LAST_YEAR') {
    return { from: yearBefore(from), to: yearBefore(to), shift: { months: 12, days: 0 } };
  }
  const months = wholeMonths({ from, to });
  if (
    step &&
    step !== 'DAY' &&
    (months === undefined || months % MONTHS[step] !== 0 || !isStepStart(from, step))
  ) {
    throw new UserError(
      'INVALID_PERIOD',
      `The steps of the period before meet those of this one only where it has whole ones: let it begin and end with a ${step.toLowerCase()}.`,
      'period',
    );
  }
  if (months !== undefined && step !== 'DAY') {
    return { from: addMonths(from, -months), to: from, shift: { months, days: 0 } };
  }
  const days = daysOf({ from, to });
  return { from: addDays(from, -days), to: from, shift: { months: 0, days } };
}
