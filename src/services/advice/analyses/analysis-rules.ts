import { UserError } from '../../../errors.ts';
import { AnalysisStep, SobaneLevel } from '../analysis.entity.ts';

const STEPS = Object.values(AnalysisStep);
const LEVELS = Object.values(SobaneLevel);

/** The step that follows one; undefined after the last. */
function stepAfter(step: AnalysisStep): AnalysisStep | undefined {
  return STEPS[STEPS.indexOf(step) + 1];
}

/** @throws UserError STEP_OUT_OF_ORDER where a step is not the next one */
export function mustFollow(step: AnalysisStep, before: AnalysisStep): void {
  const next = stepAfter(before);
  if (step === next) return;
  throw new UserError(
    'STEP_OUT_OF_ORDER',
    next
      ? `The analysis has come to ${before}: the next step is ${next}.`
      : 'The analysis has come to its end: every step was taken.',
    'step',
  );
}

/** @throws UserError DATES_OUT_OF_ORDER, DATE_IN_FUTURE */
export function mustBeDay(
  day: string,
  { since, today }: { since: string; today: string },
  field: string,
): void {
  if (day > today) throw new UserError('DATE_IN_FUTURE', 'Give a day that has come.', field);
  if (day < since)
    throw new UserError(
      'DATES_OUT_OF_ORDER',
      `What came before was on ${since}: give that day or a later one.`,
      field,
    );
}

/** @throws UserError LEVEL_NOT_HIGHER where a level is not deeper than the one before */
export function mustBeDeeper(level: SobaneLevel, before: SobaneLevel): void {
  if (LEVELS.indexOf(level) > LEVELS.indexOf(before)) return;
  throw new UserError('LEVEL_NOT_HIGHER', `The analysis is at ${before}: it goes deeper alone.`, 'level');
}
