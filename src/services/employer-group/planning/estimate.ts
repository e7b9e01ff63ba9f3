import { allocate, centsOf, vatOf } from '../billing/allocate.ts';
import type { Ledger, Placed, WorkerCost } from '../billing/sharing.ts';
import { type Days, scheduledMinutes } from '../billing/working-days.ts';
import type { WorkerFunction } from '../employer-group.entity.ts';

/*
 * What hours will cost, by what a group costs in a year and what it places in it. Invoices share a worker's cost by the hours
 * placed, and what the group costs besides in proportion.
 */

/** A number, or why there is none. */
export type Estimate<T> =
  | { reason: 'NO_COST_SHEET' | 'NO_PLACEMENTS' | 'NO_CAPACITY' | 'TOO_FEW_WORKERS' | 'PRICE_TOO_LOW' }
  | T;

/** A placement that is thought of. */
export interface Wish {
  jobFunction: WorkerFunction;
  /** Minutes from Monday to Sunday. */
  minutesByWeekday: readonly number[];
}

/** What a year of it costs, in cents. */
export interface Quoted {
  perHour: bigint;
  perYear: bigint;
  perYearWithVat: bigint;
  /** How far an invoice may be off, as a part: 0.1 at least. */
  tolerance: number;
}

/** What a group places to cover its fixed cost. */
export interface Covered {
  fixedCents: bigint;
  costPerHour: bigint;
  pricePerHour: bigint;
  hours: number;
  fullTimeEquivalents: number;
  members: number;
}

/** Weeks of a year that are worked: 52 less four of leave and ten public holidays. */
export const WORKED_WEEKS = 46;

/** How far later invoices may be off at least: costs and placements of a year do not come out as they were planned. */
const LEAST_TOLERANCE = 0.1;

const yearOf = ({ year }: Ledger): Days => ({ from: `${year}-01-01`, until: `${year + 1}-01-01` });

const minutesOf = (placements: readonly Placed[], period: Days): number =>
  placements.reduce((sum, placement) => sum + scheduledMinutes(placement, period), 0);

const costOf = (workers: readonly WorkerCost[]): bigint =>
  workers.reduce((sum, { cents }) => sum + cents, 0n);

/** Workers with their cost who were placed in the year, and what nobody was placed for. */
function placedAndIdle(ledger: Ledger): { placed: WorkerCost[]; idleCents: bigint } {
  const period = yearOf(ledger);
  const isPlaced = ({ worker }: WorkerCost): boolean =>
    minutesOf(
      ledger.placements.filter((one) => one.worker === worker),
      period,
    ) > 0;
  return {
    placed: ledger.workers.filter(isPlaced),
    idleCents: costOf(ledger.workers.filter((one) => !isPlaced(one))),
  };
}

/**
 * What a whole year of a placement would cost its member. It is reckoned for each worker of the function who has the hours: by
 * the hours placed with it, and fixed cost in proportion. The quote is the mean, and its tolerance reaches each of them.
 * @param fewest workers of the function that have to be behind it
 */
export function quote(ledger: Ledger, wish: Wish, vatRate: string, fewest: number): Estimate<Quoted> {
  const ofFunction = ledger.workers.filter(({ jobFunction }) => jobFunction === wish.jobFunction);
  if (ofFunction.length === 0) return { reason: 'NO_COST_SHEET' };
  if (ofFunction.length < fewest) return { reason: 'TOO_FEW_WORKERS' };
  const period = yearOf(ledger);
  const minutes = scheduledMinutes({ ...wish, ...period }, period);
  const { placed, idleCents } = placedAndIdle(ledger);
  const each = ofFunction
    .filter((worker) => hasRoom(ledger, worker, wish))
    .map((worker) => {
      const before = minutesOf(
        ledger.placements.filter((one) => one.worker === worker.worker),
        period,
      );
      const staff = part(worker.cents, BigInt(minutes), BigInt(before + minutes));
      // Who was idle no longer is.
      const wasIdle = before === 0 ? worker.cents : 0n;
      const staffTotal = costOf(placed) + wasIdle;
      return (
        staff + (staffTotal > 0n ? part(ledger.groupCents + idleCents - wasIdle, staff, staffTotal) : 0n)
      );
    });
  if (each.length === 0) return { reason: 'NO_CAPACITY' };
  const perYear = part(
    each.reduce((sum, one) => sum + one, 0n),
    1n,
    BigInt(each.length),
  );
  const off = Math.max(...each.map((one) => Math.abs(Number(one) / Number(perYear || 1n) - 1)));
  return {
    perYear,
    perHour: part(perYear, 60n, BigInt(minutes)),
    perYearWithVat: perYear + vatOf(perYear, vatRate),
    tolerance: Math.max(LEAST_TOLERANCE, Math.ceil(off * 20) / 20),
  };
}

/** Whether a contract has the hours of a placement besides those that it is placed for already. */
function hasRoom(
  { placements, ...ledger }: Ledger,
  { worker, contractMinutes }: WorkerCost,
  wish: Wish,
): boolean {
  const { from, until } = yearOf(ledger as Ledger);
  const week = ({ minutesByWeekday }: Pick<Placed, 'minutesByWeekday'>): number =>
    minutesByWeekday.reduce((sum, minutes) => sum + minutes, 0);
  const taken = placements
    .filter(
      (one) => one.worker === worker && one.from < (until as string) && (!one.until || one.until > from),
    )
    .reduce((sum, one) => sum + week(one), 0);
  return taken + week(wish) <= contractMinutes;
}

/** An amount times a part of a whole, rounded to the cent. */
const part = (cents: bigint, of: bigint, whole: bigint): bigint => (cents * of * 2n + whole) / (whole * 2n);

/** Hours a year that cover what a group costs besides its workers, at a price an hour; at what an hour costs in all without one. */
export function criticalSize(
  ledger: Ledger,
  { price, fullTimeHours, fewest }: { price: string | null; fullTimeHours: string; fewest: number },
): Estimate<Covered> {
  const period = yearOf(ledger);
  const { placed, idleCents } = placedAndIdle(ledger);
  if (ledger.workers.length === 0) return { reason: 'NO_COST_SHEET' };
  if (placed.length === 0) return { reason: 'NO_PLACEMENTS' };
  if (placed.length < fewest) return { reason: 'TOO_FEW_WORKERS' };
  const costed = new Set(placed.map(({ worker }) => worker));
  const placements = ledger.placements.filter(({ worker }) => costed.has(worker));
  const minutes = BigInt(minutesOf(placements, period));
  const fixedCents = ledger.groupCents + idleCents;
  const costPerHour = part(costOf(placed), 60n, minutes);
  const pricePerHour = price === null ? part(costOf(placed) + fixedCents, 60n, minutes) : centsOf(price);
  if (pricePerHour <= costPerHour) return { reason: 'PRICE_TOO_LOW' };
  const hours = Number(fixedCents) / Number(pricePerHour - costPerHour);
  const members = new Set(placements.map(({ partner }) => partner)).size;
  const mean = Number(minutes) / 60 / members;
  return {
    fixedCents,
    costPerHour,
    pricePerHour,
    hours,
    fullTimeEquivalents: hours / (Number(fullTimeHours) * WORKED_WEEKS),
    members: Math.ceil(hours / mean - 1e-9),
  };
}

/** A twelfth of a year, to the cent. */
export function monthOf(perYear: bigint): bigint {
  return allocate(
    perYear,
    Array.from({ length: 12 }, (_, month) => ({ key: String(month).padStart(2, '0'), weight: 1n })),
  ).get('00') as bigint;
}
