import { UserError } from '../../../errors.ts';
import { MeasureState, VisitState } from '../advice.entity.ts';

/** From which states a visit takes a step; the database has the same. */
export const VISIT_STEPS: Readonly<Record<VisitState, readonly VisitState[]>> = {
  REQUESTED: [],
  PLANNED: [VisitState.REQUESTED, VisitState.PLANNED],
  VISITED: [VisitState.REQUESTED, VisitState.PLANNED],
  REPORTED: [VisitState.VISITED],
  CANCELLED: [VisitState.REQUESTED, VisitState.PLANNED],
};

/** From which states a measure takes a step; the database has the same. */
export const MEASURE_STEPS: Readonly<Record<MeasureState, readonly MeasureState[]>> = {
  PROPOSED: [],
  DECIDED: [MeasureState.PROPOSED],
  DONE: [MeasureState.DECIDED],
  DROPPED: [MeasureState.PROPOSED, MeasureState.DECIDED],
};

/** @throws UserError WRONG_STATE where a record does not take a step from its state */
export function mustBeIn<State extends string>(state: State, from: readonly State[], field: string): void {
  if (from.includes(state)) return;
  throw new UserError('WRONG_STATE', `It is ${state}: this step is taken from ${from.join(' or ')}.`, field);
}

/**
 * The day of a step: today without one.
 * @throws UserError DATE_IN_FUTURE, DATES_OUT_OF_ORDER where it comes before an earlier step
 */
export function dayOf(
  given: string | null | undefined,
  { today, after, field }: { today: string; after: readonly (string | null | undefined)[]; field: string },
): string {
  const day = given ?? today;
  if (day > today) throw new UserError('DATE_IN_FUTURE', 'Give a day that has come.', field);
  return inOrder(day, after, field);
}

/** @throws UserError DATES_OUT_OF_ORDER where a day comes before an earlier step */
export function inOrder(day: string, after: readonly (string | null | undefined)[], field: string): string {
  const latest = after
    .filter((one) => typeof one === 'string')
    .sort()
    .at(-1);
  if (latest && day < latest) {
    throw new UserError(
      'DATES_OUT_OF_ORDER',
      `The step before was on ${latest}: give that day or a later one.`,
      field,
    );
  }
  return day;
}
