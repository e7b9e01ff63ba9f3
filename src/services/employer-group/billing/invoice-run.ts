import { UserError } from '../../../errors.ts';
import { InvoiceRunKind } from '../billing.entity.ts';
import { type Days, monthsOf } from './working-days.ts';

/** What a run is of: a month, or a year. */
export interface RunOf extends Days {
  readonly kind: InvoiceRunKind;
  readonly year: number;
  /** 1 to 12, of a month. */
  readonly month: number | null;
  readonly until: string;
}

/** Years of which the hub keeps accounts. */
const isBooked = (year: number): boolean => year >= 2000 && year <= 2100;

/** @throws UserError INVALID_PERIOD */
export function runOf({ month, year }: { month?: string | null; year?: number | null }): RunOf {
  const own = Number(month?.slice(0, 4));
  if (month && !year && month.endsWith('-01') && isBooked(own)) {
    const at = Number(month.slice(5, 7));
    const period = monthsOf(own)[at - 1] as Days & { until: string };
    return { kind: InvoiceRunKind.MONTH, year: own, month: at, ...period };
  }
  if (year && !month && isBooked(year)) {
    return {
      kind: InvoiceRunKind.SETTLEMENT,
      year,
      month: null,
      from: `${year}-01-01`,
      until: `${year + 1}-01-01`,
    };
  }
  throw new UserError(
    'INVALID_PERIOD',
    'Give the first day of a month, or a calendar year, from 2000 to 2100: one of the two.',
    month ? 'month' : 'year',
  );
}
