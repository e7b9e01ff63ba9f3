/** How long the steps of a consumption are. */
export enum Granularity {
  HOUR = 'HOUR',
  DAY = 'DAY',
  MONTH = 'MONTH',
  YEAR = 'YEAR',
}

/** Most steps of one answer: a hundred days by hours, or six years by days. */
export const MOST_STEPS = 2400;

/** A question about consumption, checked. */
export interface ConsumptionQuestion {
  /** Days in Belgium, the second one after the period. */
  from: string;
  to: string;
  granularity: Granularity;
  normalised: boolean;
}
