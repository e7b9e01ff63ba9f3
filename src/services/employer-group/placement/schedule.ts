import { UserError } from '../../../errors.ts';
import { minutesOf } from '../../checks.ts';
import { Weekday } from '../placement.entity.ts';

export const WEEKDAYS = Object.values(Weekday);

/** Hours of a day, exact. */
export interface DayHours {
  weekday: Weekday;
  hours: string;
}

const QUARTER = 15;
/** The Labour Act of 16 March 1971, article 27, knows no longer day. */
const LONGEST_DAY = 11 * 60;
const LONGEST_WEEK = 50 * 60;

/** Minutes from Monday to Sunday: a week's minutes over its first five days, the quarters that are left on the first ones. */
export function spreadOverWeek(minutes: number): number[] {
  const quarters = minutes / QUARTER;
  return WEEKDAYS.map((_, day) =>
    day < 5 ? (Math.floor(quarters / 5) + (day < quarters % 5 ? 1 : 0)) * QUARTER : 0,
  );
}

/**
 * Minutes from Monday to Sunday of a placement.
 * @throws UserError INVALID_HOURS, SCHEDULE_DOES_NOT_ADD_UP, WEEKDAY_TWICE
 */
export function scheduleOf(minutes: number, days: readonly DayHours[] | null | undefined): number[] {
  if (minutes > LONGEST_WEEK)
    throw new UserError('INVALID_HOURS', 'A placement has 50 hours a week at most.', 'weeklyHours');
  if (!days) return spreadOverWeek(minutes);
  if (new Set(days.map(({ weekday }) => weekday)).size < days.length)
    throw new UserError('WEEKDAY_TWICE', 'Give each day of the week once.', 'schedule');
  const found = WEEKDAYS.map((weekday) => {
    const at = days.findIndex((day) => day.weekday === weekday);
    const own = at < 0 ? 0 : minutesOf((days[at] as DayHours).hours, `schedule.${at}.hours`);
    if (own > LONGEST_DAY)
      throw new UserError('INVALID_HOURS', 'A day has 11 hours at most.', `schedule.${at}.hours`);
    return own;
  });
  if (found.reduce((sum, own) => sum + own, 0) === minutes) return found;
  throw new UserError(
    'SCHEDULE_DOES_NOT_ADD_UP',
    'The hours of the days do not come to the hours of the week.',
    'schedule',
  );
}

/** A part of a contract in hours, in whole quarters, rounded down: so that parts never come to more than the whole. */
export function hoursOfShare(contractHours: string, share: string): string {
  const quarters = Math.floor(Number((Number(contractHours) * Number(share) * 4).toFixed(6)));
  return (quarters / 4).toString();
}
