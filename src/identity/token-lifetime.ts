import { UserError } from '../errors.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Days that a token lives where nothing else is asked for, and at most. */
export const DEFAULT_DAYS = 90;
export const MOST_DAYS = 400;

/** Hours for which a replaced token goes on, where nothing else is asked for, and at most. */
export const DEFAULT_OVERLAP_HOURS = 24;
export const MOST_OVERLAP_HOURS = 72;

/**
 * When a token that is issued now ends.
 * @throws UserError EXPIRY_OUT_OF_RANGE
 */
export function expiryOf(given: string | null | undefined, now: Date): Date {
  if (!given) return new Date(now.getTime() + DEFAULT_DAYS * DAY_MS);
  const expiry = new Date(given);
  if (expiry <= now || expiry.getTime() > now.getTime() + MOST_DAYS * DAY_MS) {
    throw new UserError(
      'EXPIRY_OUT_OF_RANGE',
      `A token ends in the future, at most ${MOST_DAYS} days ahead; without \`expiresAt\` in ${DEFAULT_DAYS} days.`,
      'expiresAt',
    );
  }
  return expiry;
}

/**
 * When a token that is replaced now is no longer taken.
 * @throws UserError INVALID_OVERLAP
 */
export function overlapEnd(hours: number | null | undefined, now: Date): Date {
  const overlap = hours ?? DEFAULT_OVERLAP_HOURS;
  if (overlap < 0 || overlap > MOST_OVERLAP_HOURS) {
    throw new UserError(
      'INVALID_OVERLAP',
      `The replaced token goes on for 0 to ${MOST_OVERLAP_HOURS} hours; ${overlap} is not among them.`,
      'overlapHours',
    );
  }
  return new Date(now.getTime() + overlap * HOUR_MS);
}

/** When a role that is granted now ends, if ever. */
export function roleEnd(given: string | null | undefined, now: Date, field: string): Date | null {
  if (!given) return null;
  const end = new Date(given);
  if (end <= now) {
    throw new UserError(
      'INVALID_PERIOD',
      'A role ends after it begins: give a time to come, or none.',
      field,
    );
  }
  return end;
}

/** The earlier of an end that is known and another. */
export function earlier(end: Date | null | undefined, other: Date): Date {
  return end && end < other ? end : other;
}
