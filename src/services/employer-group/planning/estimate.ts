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

/** Parts of a full-time week at which the tolerance of a quote is reckoned: between them it tells nothing new of one worker. */
const PARTS_OF_WEEK = [0.005, 0.1, 0.2, 0.4, 0.6, 0.8, 1, 1.4];
const FULL_TIME = 38 * 60;

/**
 * What a whole year of a placement would cost its member, by what all workers of the function cost together for all hours that
 * they are placed: whoever asks again for other hours learns nothing of one of them. The tolerance reaches each worker who has
 * the hours, and is told in coarse steps.
 * @param fewest workers of the function that have to be behind it
 */
export function quote(ledger: Ledger, wish: Wish, vatRate: string, fewest: number): Estimate<Quoted> {
  const ofFunction = ledger.workers.filter(({ jobFunction }) => jobFunction === wish.jobFunction);
  if (ofFunction.length === 0) return { reason: 'NO_COST_SHEET' };
  if (peopleIn(ofFunction) < fewest) return { reason: 'TOO_FEW_WORKERS' };
  const withRoom = ofFunction.filter((worker) => hasRoom(ledger, worker, wish));
  if (withRoom.length === 0) return { reason: 'NO_CAPACITY' };
  const period = yearOf(ledger);
  const minutes = scheduledMinutes({ ...wish, ...period }, period);
  const costs = costsFor(ledger, ofFunction);
  const perYear = costs.ofAll(minutes);
  const asked = weekOf(wish) / FULL_TIME;
  const around = fewest > 1 ? partsAround(asked) : [asked];
  const off = Math.max(
    ...around.flatMap((part) => {
      const reckoned = Math.max(1, Math.round((minutes * part) / asked));
      const expected = Number(costs.ofAll(reckoned) || 1n);
      return withRoom.map((worker) => Math.abs(Number(costs.of(worker, reckoned)) / expected - 1));
    }),
  );
  const steps = fewest > 1 ? 4 : 20;
  return {
    perYear,
    perHour: partOf(perYear, 60n, BigInt(minutes)),
    perYearWithVat: perYear + vatOf(perYear, vatRate),
    tolerance: Math.max(LEAST_TOLERANCE, Math.ceil(off * steps) / steps),
  };
}

/** The parts next to a wish, from a quarter of an hour to 50 hours: what a worker costs beside the others only falls as it grows. */
const partsAround = (asked: number): number[] => [
  PARTS_OF_WEEK.findLast((one) => one <= asked) ?? asked,
  PARTS_OF_WEEK.find((one) => one >= asked) ?? asked,
];

/** People behind contracts: one may have several, one after the other. */
const peopleIn = (workers: readonly WorkerCost[]): number =>
  new Set(workers.map(({ person }) => person)).size;

/** What minutes of a year cost, with a worker of a function and with all of them together; fixed cost in proportion. */
function costsFor(ledger: Ledger, ofFunction: readonly WorkerCost[]) {
  const { placed, idleCents } = placedAndIdle(ledger);
  const period = yearOf(ledger);
  const before = (workers: readonly WorkerCost[]): number => {
    const keys = new Set(workers.map(({ worker }) => worker));
    return minutesOf(
      ledger.placements.filter(({ worker }) => keys.has(worker)),
      period,
    );
  };
  // Who was idle and is counted with the staff is a fixed cost no longer.
  const cost = (workers: readonly WorkerCost[], minutes: number): bigint => {
    const staff = partOf(costOf(workers), BigInt(minutes), BigInt(before(workers) + minutes));
    const wasIdle = costOf(workers.filter((worker) => before([worker]) === 0));
    const staffTotal = costOf(placed) + wasIdle;
    return (
      staff + (staffTotal > 0n ? partOf(ledger.groupCents + idleCents - wasIdle, staff, staffTotal) : 0n)
    );
  };
  return {
    of: (worker: WorkerCost, minutes: number) => cost([worker], minutes),
    ofAll: (minutes: number) => cost(ofFunction, minutes),
  };
}

const weekOf = ({ minutesByWeekday }: Pick<Placed, 'minutesByWeekday'>): number =>
  minutesByWeekday.reduce((sum, minutes) => sum + minutes, 0);

/** Whether a contract has the hours of a placement besides those that it is placed for already, on each day of the year. */
function hasRoom(
  { placements, ...ledger }: Ledger,
  { worker, contractMinutes }: WorkerCost,
  wish: Wish,
): boolean {
  const { from, until } = yearOf(ledger as Ledger);
  const own = placements.filter(
    (one) => one.worker === worker && one.from < (until as string) && (!one.until || one.until > from),
  );
  // What is placed grows on first days alone.
  return [from, ...own.map((one) => one.from).filter((day) => day > from)].every((day) => {
    const taken = own.filter((one) => one.from <= day && (!one.until || one.until > day));
    return taken.reduce((sum, one) => sum + weekOf(one), weekOf(wish)) <= contractMinutes;
  });
}

/** An amount times a part of a whole, rounded to the cent. */
const partOf = (cents: bigint, of: bigint, whole: bigint): bigint => (cents * of * 2n + whole) / (whole * 2n);

/** Hours a year that cover what a group costs besides its workers, at a price an hour; at what an hour costs in all without one. */
export function criticalSize(
  ledger: Ledger,
  { price, fullTimeHours, fewest }: { price: string | null; fullTimeHours: string; fewest: number },
): Estimate<Covered> {
  const period = yearOf(ledger);
  const { placed, idleCents } = placedAndIdle(ledger);
  if (ledger.workers.length === 0) return { reason: 'NO_COST_SHEET' };
  if (placed.length === 0) return { reason: 'NO_PLACEMENTS' };
  if (peopleIn(placed) < fewest) return { reason: 'TOO_FEW_WORKERS' };
  const costed = new Set(placed.map(({ worker }) => worker));
  const placements = ledger.placements.filter(({ worker }) => costed.has(worker));
  const minutes = BigInt(minutesOf(placements, period));
  const fixedCents = ledger.groupCents + idleCents;
  const costPerHour = partOf(costOf(placed), 60n, minutes);
  const pricePerHour = price === null ? partOf(costOf(placed) + fixedCents, 60n, minutes) : centsOf(price);
  if (pricePerHour <= costPerHour && fixedCents > 0n) return { reason: 'PRICE_TOO_LOW' };
  const hours = fixedCents > 0n ? Number(fixedCents) / Number(pricePerHour - costPerHour) : 0;
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
