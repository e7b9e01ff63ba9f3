import { BillingMode, SharingKey } from '../billing.entity.ts';
import type { WorkerFunction } from '../employer-group.entity.ts';
import { allocate } from './allocate.ts';
import { type Days, daysOf, lastDayBefore, monthsOf, scheduledMinutes } from './working-days.ts';

/*
 * How the real cost of a group is shared among its members, month by month:
 *
 * 1. What a worker costs in a year is spread over the days of that year on which the contract runs; so is what the group
 *    costs besides, over all of its days.
 * 2. A worker's cost of a month is shared among the members with whom it was placed, by the hours placed.
 * 3. Members of that worker who pay in one way (mode and key) then share what they bear together by it: by hours worked
 *    (time and materials; by hours placed where none were worked), by their key (pro rata), by hours placed (flat rate).
 * 4. What nobody was placed for, and what the group costs besides, is shared in proportion to that.
 *
 * A week belongs to the month of the last day of it that the schedule of its placement has. Every step shares to the cent.
 */

/** What a worker costs in a year, in cents, and for how long it is employed. */
export interface WorkerCost {
  readonly worker: string;
  /** The pseudonym: one person may have one contract after another. */
  readonly person: string;
  readonly jobFunction: WorkerFunction;
  readonly cents: bigint;
  readonly employed: Days;
  /** Minutes a week of the contract. */
  readonly contractMinutes: number;
}

/** A placement that a member agreed to. */
export interface Placed extends Days {
  readonly worker: string;
  readonly partner: string;
  /** Minutes from Monday to Sunday. */
  readonly minutesByWeekday: readonly number[];
}

/** Hours of a week that a member approved. */
export interface Worked {
  readonly worker: string;
  readonly partner: string;
  /** The last day of the week that the schedule has: what it counts on. */
  readonly day: string;
  /** Hundredths of hours. */
  readonly hours: bigint;
}

/** How a member pays, for a time. */
export interface Terms {
  readonly partner: string;
  readonly mode: BillingMode;
  readonly key: SharingKey | null;
  /** Hundredths. */
  readonly weight: bigint | null;
  /** Of the key HEADCOUNT. */
  readonly headcount: number | null;
  readonly from: string;
  readonly until: string | null;
}

/** All that the cost of a year is shared by. */
export interface Ledger {
  readonly year: number;
  readonly workers: readonly WorkerCost[];
  /** What the group costs besides, in cents. */
  readonly groupCents: bigint;
  readonly placements: readonly Placed[];
  readonly worked: readonly Worked[];
  readonly terms: readonly Terms[];
}

/** What a member bears of the workers of a function. */
export interface StaffShare {
  readonly partner: string;
  readonly jobFunction: WorkerFunction;
  readonly cents: bigint;
  /** Hundredths of hours: worked by time and materials, else placed. */
  readonly hours: bigint;
}

/** Cost of a month: what members bear of workers, and what is left to share. */
export interface MonthShares {
  readonly staff: readonly StaffShare[];
  readonly staffCents: bigint;
  /** Of workers whom nobody had, and of the group itself. */
  readonly fixedCents: bigint;
  /** Members with whom somebody was placed, and of whom no rule says how they pay. */
  readonly withoutTerms: readonly string[];
  /** Workers who were placed, and of whom no cost sheet says what they cost. */
  readonly withoutCost: readonly string[];
}

/** The way in which a member pays in a month: the rule that holds on its last day, or the last one that held in it. */
export function termsIn(month: Days, terms: readonly Terms[], partner: string): Terms | undefined {
  const last = lastDayBefore(month.until as string);
  return terms
    .filter((one) => one.partner === partner && one.from <= last && (!one.until || one.until > month.from))
    .sort((a, b) => (a.from < b.from ? 1 : -1))[0];
}

/** Shares the cost of a month (1 to 12) of a year. */
export function shareMonth(ledger: Ledger, month: number): MonthShares {
  const period = monthsOf(ledger.year)[month - 1] as Days;
  const shares = new Map<string, StaffShare>();
  const withoutTerms = new Set<string>();
  let staffCents = 0n;
  let fixedCents = monthPart(ledger, month, ledger.groupCents, { from: '0000-01-01', until: null });
  for (const { worker, jobFunction, cents, employed } of ledger.workers) {
    const cost = monthPart(ledger, month, cents, employed);
    const placed = minutesPlaced(ledger, worker, period);
    if (placed.size === 0) {
      fixedCents += cost;
      continue;
    }
    staffCents += cost;
    const terms = new Map<string, Terms>();
    for (const partner of placed.keys()) {
      const found = termsIn(period, ledger.terms, partner);
      if (found) terms.set(partner, found);
      else withoutTerms.add(partner);
    }
    const worked = hoursWorked(ledger, worker, period);
    const byPlacement = allocate(
      cost,
      [...placed].map(([key, weight]) => ({ key, weight })),
    );
    for (const [partner, part] of byKeys(byPlacement, {
      placed,
      worked,
      terms,
    })) {
      const isTimed = terms.get(partner)?.mode === BillingMode.TIME_AND_MATERIALS;
      const hours = isTimed
        ? (worked.get(partner) ?? 0n)
        : ((placed.get(partner) as bigint) * 100n + 30n) / 60n;
      const before = shares.get(`${partner} ${jobFunction}`);
      shares.set(`${partner} ${jobFunction}`, {
        partner,
        jobFunction,
        cents: part + (before?.cents ?? 0n),
        hours: hours + (before?.hours ?? 0n),
      });
    }
  }
  const staff = [...shares.values()].sort((a, b) =>
    `${a.partner} ${a.jobFunction}` < `${b.partner} ${b.jobFunction}` ? -1 : 1,
  );
  const costed = new Set(ledger.workers.map(({ worker }) => worker));
  const withoutCost = ledger.placements
    .filter((placement) => !costed.has(placement.worker) && scheduledMinutes(placement, period) > 0)
    .map(({ worker }) => worker);
  return {
    staff,
    staffCents,
    fixedCents,
    withoutTerms: [...withoutTerms].sort(),
    withoutCost: [...new Set(withoutCost)].sort(),
  };
}

/** The part of a year's amount that falls to a month, by the days on which it is owed. */
function monthPart({ year }: Ledger, month: number, cents: bigint, employed: Days): bigint {
  const months = monthsOf(year);
  const days = months.map((one) => BigInt(daysOf(one, employed)));
  // A cost of a year in which the contract does not run is the whole year's.
  const weights = days.some((count) => count > 0n) ? days : months.map((one) => BigInt(daysOf(one, one)));
  const parts = allocate(
    cents,
    weights.map((weight, at) => ({ key: String(at + 1).padStart(2, '0'), weight })),
  );
  return parts.get(String(month).padStart(2, '0')) ?? 0n;
}

/** Minutes of a period for which a worker was placed, by member; members without any are left out. */
function minutesPlaced({ placements }: Ledger, worker: string, period: Days): Map<string, bigint> {
  const minutes = new Map<string, bigint>();
  for (const placement of placements) {
    if (placement.worker !== worker) continue;
    const found = BigInt(scheduledMinutes(placement, period));
    if (found > 0n) minutes.set(placement.partner, (minutes.get(placement.partner) ?? 0n) + found);
  }
  return minutes;
}

function hoursWorked({ worked }: Ledger, worker: string, period: Days): Map<string, bigint> {
  const hours = new Map<string, bigint>();
  for (const one of worked) {
    if (one.worker !== worker || one.day < period.from || one.day >= (period.until as string)) continue;
    hours.set(one.partner, (hours.get(one.partner) ?? 0n) + one.hours);
  }
  return hours;
}

/** Lets those who pay in one way share by it what they bear together. */
function byKeys(
  parts: ReadonlyMap<string, bigint>,
  by: {
    placed: ReadonlyMap<string, bigint>;
    worked: ReadonlyMap<string, bigint>;
    terms: ReadonlyMap<string, Terms>;
  },
): Map<string, bigint> {
  const groups = new Map<string, string[]>();
  for (const partner of [...parts.keys()].sort()) {
    const terms = by.terms.get(partner);
    const name = terms ? `${terms.mode} ${terms.key ?? ''}` : 'none';
    groups.set(name, [...(groups.get(name) ?? []), partner]);
  }
  const shared = new Map<string, bigint>();
  for (const partners of groups.values()) {
    const total = partners.reduce((sum, partner) => sum + (parts.get(partner) as bigint), 0n);
    const weights = partners.map((key) => ({ key, weight: weightOf(key, by) }));
    const usual = partners.map((key) => ({ key, weight: by.placed.get(key) as bigint }));
    const own = weights.some(({ weight }) => weight > 0n) ? weights : usual;
    for (const [partner, part] of allocate(total, own)) shared.set(partner, part);
  }
  return shared;
}

function weightOf(
  partner: string,
  {
    placed,
    worked,
    terms,
  }: {
    placed: ReadonlyMap<string, bigint>;
    worked: ReadonlyMap<string, bigint>;
    terms: ReadonlyMap<string, Terms>;
  },
): bigint {
  const own = terms.get(partner);
  const byHours = placed.get(partner) as bigint;
  if (own?.mode === BillingMode.TIME_AND_MATERIALS) return worked.get(partner) ?? 0n;
  if (own?.mode !== BillingMode.PRO_RATA) return byHours;
  if (own.key === SharingKey.EQUAL) return 1n;
  if (own.key === SharingKey.WEIGHT) return own.weight ?? 0n;
  if (own.key === SharingKey.HEADCOUNT) return BigInt(own.headcount ?? 0);
  return byHours;
}

/** What each member bears of an amount, in proportion to what it bears of the staff. @throws RangeError where nobody bears any */
export function shareByStaff(cents: bigint, staff: readonly StaffShare[]): Map<string, bigint> {
  const byPartner = new Map<string, bigint>();
  for (const { partner, cents: part } of staff) byPartner.set(partner, (byPartner.get(partner) ?? 0n) + part);
  return allocate(
    cents,
    [...byPartner].map(([key, weight]) => ({ key, weight })),
  );
}
