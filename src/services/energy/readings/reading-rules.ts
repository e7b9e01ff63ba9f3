import { UserError } from '../../../errors.ts';

/** Longest interval of a reading, in days: a tank that is filled once a year. */
export const LONGEST_DAYS = 400;
const DAY = 86_400_000;
/** Before that nothing here was metered, and a year is a typing error. */
const EARLIEST = Date.UTC(1900, 0, 1);
/** Whole digits and decimals of a quantity: sums of many are kept with 14 before the point. */
const QUANTITY = /^-?\d{1,10}(\.\d{1,6})?$/;

/** What is wrong with an interval in milliseconds since 1970; undefined where nothing is. */
export function intervalError(startsAt: number, endsAt: number, now: Date): UserError | undefined {
  if (endsAt <= startsAt)
    return new UserError('INVALID_INTERVAL', 'A reading ends after it begins: give `until` later.', 'until');
  if (startsAt < EARLIEST)
    return new UserError('INVALID_INTERVAL', 'A reading begins in 1900 or later.', 'from');
  if (endsAt - startsAt > LONGEST_DAYS * DAY) {
    return new UserError(
      'INVALID_INTERVAL',
      `A reading covers at most ${LONGEST_DAYS} days: give shorter ones.`,
      'until',
    );
  }
  if (endsAt > now.getTime())
    return new UserError('INVALID_INTERVAL', 'A reading does not reach into the future.', 'until');
  return undefined;
}

/** What is wrong with a quantity; undefined where nothing is. */
export function quantityError(quantity: string): UserError | undefined {
  if (!QUANTITY.test(quantity)) {
    return new UserError(
      'INVALID_AMOUNT',
      'A quantity has at most 10 digits before the decimal point and 6 after it.',
      'quantity',
    );
  }
  if (quantity.startsWith('-') && Number(quantity) !== 0) {
    return new UserError(
      'QUANTITY_NEGATIVE',
      'A meter never counts less than nothing: give what is sent back to the grid a meter of its own.',
      'quantity',
    );
  }
  return undefined;
}
