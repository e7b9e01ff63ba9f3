import type { Period } from './release-shape.ts';

/** Days: the first one, and the first one no longer. */
export interface Days {
  from: string;
  until: string;
}

/** Largest amount whose cents a JSON number tells apart. */
const LARGEST_AMOUNT = 9e12;

/** An amount with two decimals; what is below a cent falls away, so that a limit never grows. */
export function amountOf(amount: number): string | undefined {
  if (!(amount >= 0 && amount <= LARGEST_AMOUNT)) return undefined;
  const [whole = '0', decimals = ''] = plain(amount).split('.');
  return `${whole}.${decimals.slice(0, 2).padEnd(2, '0')}`;
}

/** Plain digits: small and large numbers are written with an exponent otherwise. */
function plain(amount: number): string {
  const text = String(amount);
  return text.includes('e') ? amount.toFixed(20) : text;
}

/**
 * The days of a period, as its publisher wrote them, in whatever offset. A day that the period ends in is its last one;
 * at midnight it ends with the day before. Undefined where one of the ends is not said.
 */
export function daysOf(period: Period): Days | undefined {
  const end = period?.endDate ?? period?.maxExtentDate;
  if (!period?.startDate || !end) return undefined;
  const isMidnight = /^T00:00(:00(\.0+)?)?(Z|[+-])/i.test(end.slice(10));
  return {
    from: period.startDate.slice(0, 10),
    until: isMidnight ? end.slice(0, 10) : nextDay(end.slice(0, 10)),
  };
}

/** From the first of all to the last; undefined where there is none. */
export function joined(periods: readonly (Days | undefined)[]): Days | undefined {
  const known = periods.filter((one) => one !== undefined);
  if (known.length === 0) return undefined;
  return {
    from: known.map(({ from }) => from).sort()[0] as string,
    until: known
      .map(({ until }) => until)
      .sort()
      .at(-1) as string,
  };
}

export function nextDay(day: string, days = 1): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}
