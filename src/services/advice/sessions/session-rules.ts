import { UserError } from '../../../errors.ts';

/** When a session is, and until when partners register. */
export interface SessionTimes {
  startsAt: Date;
  endsAt: Date;
  registrationUntil: Date;
}

const LONGEST_DAYS = 31;
const DAY = 86_400_000;
/** Years ahead that a session can be planned. */
const FURTHEST_YEARS = 5;

/** @throws UserError INVALID_PERIOD, INVALID_DEADLINE */
export function checkTimes({ startsAt, endsAt, registrationUntil }: SessionTimes, now: Date): void {
  const length = endsAt.getTime() - startsAt.getTime();
  if (length <= 0 || length > LONGEST_DAYS * DAY) {
    throw new UserError(
      'INVALID_PERIOD',
      `A session ends after it begins, and within ${LONGEST_DAYS} days.`,
      'endsAt',
    );
  }
  const [first, last] = [2000, now.getUTCFullYear() + FURTHEST_YEARS];
  if (startsAt.getUTCFullYear() < first || startsAt.getUTCFullYear() > last) {
    throw new UserError('INVALID_PERIOD', `A session begins from ${first} to ${last}.`, 'startsAt');
  }
  if (registrationUntil > startsAt) {
    throw new UserError(
      'INVALID_DEADLINE',
      'Registration ends when the session begins, or before.',
      'registrationUntil',
    );
  }
}

/** Whole numbers within bounds. @throws UserError INVALID_COUNT */
export function checkCount(count: number, [least, most]: readonly [number, number], field: string): void {
  if (count >= least && count <= most) return;
  throw new UserError('INVALID_COUNT', `Give a whole number from ${least} to ${most}.`, field);
}

/** @throws UserError INVALID_COUNT, ROLE_TWICE */
export function checkAttendance(
  counts: readonly { role: string; attended: number; ofWhomFirstTime: number }[],
): void {
  const roles = new Set<string>();
  for (const [at, { role, attended, ofWhomFirstTime }] of counts.entries()) {
    if (roles.has(role))
      throw new UserError('ROLE_TWICE', `${role} stands there twice.`, `counts.${at}.role`);
    roles.add(role);
    checkCount(attended, [0, 1000], `counts.${at}.attended`);
    checkCount(ofWhomFirstTime, [0, attended], `counts.${at}.ofWhomFirstTime`);
  }
}

/** @throws UserError INVALID_GRADE, GRADE_TWICE, INVALID_COUNT */
export function checkGrades(grades: readonly { grade: number; answers: number }[]): void {
  const seen = new Set<number>();
  for (const [at, { grade, answers }] of grades.entries()) {
    if (grade < 1 || grade > 5)
      throw new UserError('INVALID_GRADE', 'Grades go from 1 to 5.', `grades.${at}.grade`);
    if (seen.has(grade))
      throw new UserError('GRADE_TWICE', `Grade ${grade} stands there twice.`, `grades.${at}.grade`);
    seen.add(grade);
    checkCount(answers, [0, 10_000], `grades.${at}.answers`);
  }
}
