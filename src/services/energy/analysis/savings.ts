import { BaselineModel, SavingsReason } from '../savings.entity.ts';
import { type Conditions, type Fit, halfInterval, modelOf, type Point } from './regression.ts';

/** A point with what its readings are like. */
export interface Reading extends Point {
  /** How much of it has readings, from 0 to 1. */
  coverage: number;
  /** The part of the kWh that was estimated. */
  estimatedKwh: number;
  /** Whether its kWh are known: its unit has a factor then. */
  isConverted: boolean;
}

/** When a baseline is good enough. */
export interface Sufficiency {
  /** A model suffices with this R², or with that CV(RMSE). */
  leastRSquared: number;
  mostCvRmse: number;
}

/** ASHRAE Guideline 14 and IPMVP name 0.75 and, for months, figures around these. */
export const USUAL: Sufficiency = { leastRSquared: 0.75, mostCvRmse: 0.25 };

/** What a meter is analysed by, in a period of whole months. */
export interface Period {
  /** How many months it has. */
  length: number;
  /** Months that have readings: what is measured, and what says whether readings are missing. */
  months: readonly Reading[];
  /**
   * Deliveries within the period, for a tank: what a model of it is fitted to. Its months were spread by degree days, and
   * would show the weather whatever was used.
   */
  deliveries?: readonly Reading[] | undefined;
  /** Whether the meter counts what is made on site, and nothing that is used. */
  isProduction?: boolean;
}

/** What was saved, in kWh, or why there is no number. */
export interface Savings {
  reason: SavingsReason | null;
  fit: Fit | null;
  measuredKwh: number | null;
  estimatedKwh: number | null;
  adjustedBaselineKwh: number | null;
  avoidedKwh: number | null;
  uncertaintyKwh: number | null;
}

/** What would be saved in a normal year, or why there is no number. */
export interface NormalisedSavings {
  reason: SavingsReason | null;
  kwh: number | null;
  uncertaintyKwh: number | null;
}

export const LEAST_MONTHS = 12;
/** Deliveries into a tank that a line is drawn through. */
export const LEAST_DELIVERIES = 6;
/** Months of a year of 365 days, of whose weather nothing is known. */
const ANY_YEAR: readonly Conditions[] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31].map((days, at) => ({
  calendarMonth: at + 1,
  days,
  degreeDays: null,
}));
/** What rounding to the millisecond and to six decimals may leave of a whole. */
const WHOLE = 0.999;

/** A model of a period that suffices, or why there is none. */
export function sufficientFit(
  { length, months, deliveries, isProduction }: Period,
  { leastRSquared, mostCvRmse }: Sufficiency,
): { fit: Fit } | { reason: SavingsReason; fit: Fit | null } {
  if (isProduction) return { reason: SavingsReason.PRODUCTION, fit: null };
  if (length < LEAST_MONTHS) return { reason: SavingsReason.TOO_FEW_MONTHS, fit: null };
  const points = deliveries ?? months;
  if (months.length < length || months.some(hasGaps) || (deliveries && points.length < LEAST_DELIVERIES))
    return { reason: SavingsReason.GAPS_IN_BASELINE, fit: null };
  if (!points.every(({ isConverted }) => isConverted))
    return { reason: SavingsReason.NO_CONVERSION_FACTOR, fit: null };
  // Weather with a gap is to be mended: to leave it out would take a mild winter for a saving.
  const known = points.filter(({ degreeDays }) => degreeDays).length;
  if (known > 0 && known < points.length) return { reason: SavingsReason.NO_DEGREE_DAYS, fit: null };
  const found = modelOf(points);
  if (!found || (deliveries && found.model !== BaselineModel.DEGREE_DAYS))
    return { reason: known > 0 ? SavingsReason.POOR_FIT : SavingsReason.NO_DEGREE_DAYS, fit: null };
  const isGood = (found.rSquared ?? 0) >= leastRSquared || found.cvRmse <= mostCvRmse;
  return isGood ? { fit: found } : { reason: SavingsReason.POOR_FIT, fit: found };
}

const hasGaps = ({ coverage }: Reading): boolean => coverage < WHOLE;
const sum = (values: readonly number[]): number => values.reduce((left, right) => left + right, 0);

/**
 * Avoided energy (IPMVP, option C): what the baseline says of the reporting period's weather, less what was measured,
 * with half of its 95 % interval: the scatter of the period's days and what is not known of the model.
 */
export function savingsOf(baseline: Period, reporting: Period, terms: Sufficiency): Savings {
  const model = sufficientFit(baseline, terms);
  const nothing = (reason: SavingsReason): Savings => ({
    reason,
    fit: model.fit,
    measuredKwh: null,
    estimatedKwh: null,
    adjustedBaselineKwh: null,
    avoidedKwh: null,
    uncertaintyKwh: null,
  });
  if ('reason' in model) return nothing(model.reason);
  const { months, length } = reporting;
  if (months.length < length || months.some(hasGaps)) return nothing(SavingsReason.GAPS_IN_REPORTING);
  if (!months.every(({ isConverted }) => isConverted)) return nothing(SavingsReason.NO_CONVERSION_FACTOR);
  if (model.fit.model === BaselineModel.DEGREE_DAYS && months.some(({ degreeDays }) => !degreeDays))
    return nothing(SavingsReason.NO_DEGREE_DAYS);
  const { kwh, modelVariance, scatterVariance } = model.fit.predict(months);
  const measured = sum(months.map((one) => one.kwh));
  return {
    reason: null,
    fit: model.fit,
    measuredKwh: measured,
    estimatedKwh: sum(months.map(({ estimatedKwh }) => estimatedKwh)),
    adjustedBaselineKwh: kwh,
    avoidedKwh: kwh - measured,
    uncertaintyKwh: halfInterval(modelVariance + scatterVariance, model.fit.degreesOfFreedom),
  };
}

/**
 * What the change would save in a normal year: baseline and reporting period are both modelled, and the models compared
 * under the weather of that year. Its interval tells what is not known of the two models.
 */
export function normalisedSavings(
  baseline: Period,
  reporting: Period,
  normalYear: readonly Conditions[] | null,
  terms: Sufficiency,
): NormalisedSavings {
  const before = sufficientFit(baseline, terms);
  if ('reason' in before) return { reason: before.reason, kwh: null, uncertaintyKwh: null };
  const after = sufficientFit(reporting, terms);
  if ('reason' in after) {
    const reason =
      after.reason === SavingsReason.GAPS_IN_BASELINE ? SavingsReason.GAPS_IN_REPORTING : after.reason;
    return { reason, kwh: null, uncertaintyKwh: null };
  }
  // A model of the same months asks for no weather: any year is a normal one to it.
  const needsWeather = [before.fit, after.fit].some(({ model }) => model === BaselineModel.DEGREE_DAYS);
  const year = normalYear ?? (needsWeather ? null : ANY_YEAR);
  if (!year) return { reason: SavingsReason.NO_NORMAL_YEAR, kwh: null, uncertaintyKwh: null };
  const [then, now] = [before.fit.predict(year), after.fit.predict(year)];
  return {
    reason: null,
    kwh: then.kwh - now.kwh,
    uncertaintyKwh: halfInterval(
      then.modelVariance + now.modelVariance,
      Math.min(before.fit.degreesOfFreedom, after.fit.degreesOfFreedom),
    ),
  };
}
