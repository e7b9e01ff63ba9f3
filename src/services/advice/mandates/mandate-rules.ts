import { UserError } from '../../../errors.ts';

/** Hours of minutes as the database keeps them. @throws UserError INVALID_HOURS above the most */
export function hoursIn(minutes: number, most: number, field: string): string {
  if (minutes <= most * 60) return (minutes / 60).toFixed(2);
  throw new UserError('INVALID_HOURS', `Give at most ${most} hours.`, field);
}

/** First days of months, one after the other. @throws UserError INVALID_PERIOD */
export function monthsInOrder(validFrom: string, validUntil: string | null): void {
  for (const [day, field] of [
    [validFrom, 'validFrom'],
    [validUntil, 'validUntil'],
  ] as const) {
    if (day && !day.endsWith('-01'))
      throw new UserError(
        'INVALID_PERIOD',
        'A mandate is of whole months: give the first day of one.',
        field,
      );
  }
  if (validUntil && validUntil <= validFrom)
    throw new UserError('INVALID_PERIOD', `Give a month after ${validFrom}.`, 'validUntil');
}
