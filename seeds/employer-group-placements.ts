import { stableId } from '../src/database/keys.ts';
import { Provenance } from '../src/database/properties.ts';
import { territoryId } from '../src/reference/install-reference.ts';
import {
  BillingMode,
  BillingRhythm,
  BillingRule,
  SharingKey,
  VatTreatment,
} from '../src/services/employer-group/billing.entity.ts';
import { WorkerFunction } from '../src/services/employer-group/employer-group.entity.ts';
import {
  LabourDispute,
  Placement,
  PlacementRequest,
  PlacementRequestState,
  PlacementState,
  Timesheet,
  TimesheetState,
} from '../src/services/employer-group/placement.entity.ts';
import { at, daysBetween, later, plusDays } from './calendar.ts';
import type { DemoEnrolment, Demonstration, DemoPartner, DemoService } from './demonstration.ts';
import type { DemoWorker } from './employer-group-staff.ts';
import { Random } from './random.ts';

/** The year of which there are timesheets and invoices: weeks whose Sunday is in 2025. */
export const TIMED_YEAR = { year: 2025, firstWeek: '2024-12-30', lastWeek: '2025-12-22' };

/** A placement of the demonstration. */
export interface DemoPlacement {
  id: string;
  partner: DemoPartner;
  worker: DemoWorker;
  weeklyHours: number;
  minutesByWeekday: readonly number[];
  startsOn: string;
  rule: DemoRule;
}

/** How a member pays. */
export interface DemoRule {
  mode: BillingMode;
  flatAmount: string | null;
  sharingKey: SharingKey | null;
  vatTreatment: VatTreatment;
}

/** Places every worker: one member has a dedicated one, and three share the week of another. */
export function seedPlacements(
  demonstration: Demonstration,
  service: DemoService,
  workers: readonly DemoWorker[],
  enrolments: readonly DemoEnrolment[],
): DemoPlacement[] {
  const random = new Random('employer group placements');
  const members = random.sample(
    enrolments.filter(({ activeFrom, endedOn }) => activeFrom < TIMED_YEAR.firstWeek && !endedOn),
    workers.length * 3,
  );
  const placements = workers.flatMap((worker, number) => {
    const shared = members.slice(number * 3, number * 3 + (worker.isDedicated ? 1 : 3));
    return hoursOf(worker, shared.length).map((weeklyHours, at) =>
      place(demonstration, service, random, worker, shared[at] as DemoEnrolment, weeklyHours, number),
    );
  });
  disputed(demonstration, service, placements);
  requests(demonstration, service, random, members.slice(-8));
  return placements;
}

/** Quarters of hours that a contract has for so many members; a shared worker keeps some for itself. */
function hoursOf({ contractHours, isDedicated }: DemoWorker, members: number): number[] {
  if (isDedicated) return [Math.floor(contractHours * 4) / 4];
  const parts = [0.42, 0.3, 0.2].slice(0, members);
  return parts.map((part) => Math.floor(contractHours * part * 4) / 4);
}

function place(
  demonstration: Demonstration,
  service: DemoService,
  random: Random,
  worker: DemoWorker,
  { partner }: DemoEnrolment,
  weeklyHours: number,
  number: number,
): DemoPlacement {
  const startsOn = later(TIMED_YEAR.firstWeek, nextMonday(worker.employedFrom));
  const id = stableId(`placement:${service.slug}:${partner.slug}:${worker.id}`);
  const minutesByWeekday = spread(weeklyHours);
  demonstration.add(Placement, {
    partner: partner.id,
    id,
    service: service.id,
    worker: worker.id,
    request: null,
    weeklyHours: weeklyHours.toFixed(2),
    minutesByWeekday,
    startsOn,
    endsOn: null,
    municipality: territoryId(partner.nisCode),
    state: PlacementState.AGREED,
    proposedOn: plusDays(startsOn, -21),
    decidedOn: plusDays(startsOn, -14),
    // A key that everybody could work out opens what is synthetic alone.
    calendarKey: stableId(`calendar:${id}`),
    provenance: Provenance.SYNTHETIC,
    createdAt: at(plusDays(startsOn, -21)),
  });
  const rule = ruleOf(random, number, weeklyHours);
  demonstration.add(BillingRule, {
    partner: partner.id,
    id: stableId(`billing rule:${service.slug}:${partner.slug}`),
    service: service.id,
    mode: rule.mode,
    rhythm: BillingRhythm.MONTHLY,
    flatAmount: rule.flatAmount,
    sharingKey: rule.sharingKey,
    weight: null,
    vatTreatment: rule.vatTreatment,
    validFrom: `${TIMED_YEAR.year}-01-01`,
    validUntil: null,
    provenance: Provenance.SYNTHETIC,
    createdAt: at(plusDays(startsOn, -14)),
  });
  return { id, partner, worker, weeklyHours, minutesByWeekday, startsOn, rule };
}

/** Members who share a worker pay in the same way. */
function ruleOf(random: Random, number: number, weeklyHours: number): DemoRule {
  const mode = [BillingMode.TIME_AND_MATERIALS, BillingMode.FLAT_RATE, BillingMode.PRO_RATA][
    number % 3
  ] as BillingMode;
  return {
    mode,
    // About what the hours cost, rounded as a flat rate is.
    flatAmount:
      mode === BillingMode.FLAT_RATE ? (Math.round((weeklyHours * 185) / 10) * 10).toFixed(2) : null,
    sharingKey: mode === BillingMode.PRO_RATA ? SharingKey.PLACED_HOURS : null,
    vatTreatment: random.chance(0.85) ? VatTreatment.EXEMPT_INDEPENDENT_GROUP : VatTreatment.STANDARD_RATE,
  };
}

/** Hours over the days from Monday to Friday, in minutes, a quarter of an hour at a time. */
function spread(hours: number): number[] {
  const quarters = hours * 4;
  const days = [0, 1, 2, 3, 4].map((day) => Math.floor(quarters / 5) + (day < quarters % 5 ? 1 : 0));
  return [...days.map((count) => count * 15), 0, 0];
}

function nextMonday(day: string): string {
  const weekday = (new Date(Date.parse(day)).getUTCDay() + 6) % 7;
  return weekday === 0 ? day : plusDays(day, 7 - weekday);
}

/** A strike of a week at one member. */
const STRIKE = { from: '2025-03-31', until: '2025-04-07' };

function disputed(
  demonstration: Demonstration,
  service: DemoService,
  placements: readonly DemoPlacement[],
): void {
  const { partner } = placements[0] as DemoPlacement;
  demonstration.add(LabourDispute, {
    partner: partner.id,
    id: stableId(`labour dispute:${service.slug}:${partner.slug}`),
    service: service.id,
    startedOn: STRIKE.from,
    endedOn: STRIKE.until,
    provenance: Provenance.SYNTHETIC,
    createdAt: at(STRIKE.from),
  });
}

/** A timesheet for each week of a placement; none in weeks of leave, or of the strike. `invoiceOf` says which invoice closed it. */
export function seedTimesheets(
  demonstration: Demonstration,
  service: DemoService,
  placements: readonly DemoPlacement[],
  hoursOfWeek: (placement: DemoPlacement, week: string) => number,
  invoiceOf: (placement: DemoPlacement, week: string) => string | null,
): void {
  for (const placement of placements) {
    for (const week of weeksOf(placement)) {
      const hours = hoursOfWeek(placement, week);
      if (hours === 0) continue;
      const invoiceId = invoiceOf(placement, week);
      demonstration.add(Timesheet, {
        partner: placement.partner.id,
        id: stableId(`timesheet:${placement.id}:${week}`),
        service: service.id,
        worker: placement.worker.id,
        placement: [placement.partner.id, placement.id],
        week,
        hours: hours.toFixed(2),
        state: invoiceId ? TimesheetState.INVOICED : TimesheetState.APPROVED,
        submittedAt: at(plusDays(week, 7)),
        approvedAt: at(plusDays(week, 8)),
        invoiceId,
        provenance: Provenance.SYNTHETIC,
        createdAt: at(plusDays(week, 6)),
      });
    }
  }
}

/** Mondays of a placement's weeks in the year. */
export function weeksOf({ startsOn }: DemoPlacement): string[] {
  const first = later(startsOn, TIMED_YEAR.firstWeek);
  const weeks = Math.floor(daysBetween(first, TIMED_YEAR.lastWeek) / 7) + 1;
  return Array.from({ length: Math.max(0, weeks) }, (_, number) => plusDays(first, 7 * number));
}

/** The last day of a week that a schedule has: there its hours count. */
export function dayOfHours({ minutesByWeekday }: DemoPlacement, week: string): string {
  return plusDays(
    week,
    minutesByWeekday.findLastIndex((minutes) => minutes > 0),
  );
}

/** Hours that were worked: most weeks as agreed, some a little more or less, and none in leave or in the strike. */
export function hoursWorked(
  placements: readonly DemoPlacement[],
): (placement: DemoPlacement, week: string) => number {
  const random = new Random('employer group timesheets');
  const known = new Map<string, number>();
  for (const placement of placements) {
    const leave = random.int(26, 30);
    for (const week of weeksOf(placement)) {
      const number = Math.round(daysBetween(TIMED_YEAR.firstWeek, week) / 7);
      const isOff = [0, leave, leave + 1, leave + 2, 51].includes(number);
      const isStruck = placement === placements[0] && week === STRIKE.from;
      const change = random.weighted({ '0': 70, '1': 12, '-1': 12, '-4': 6 });
      const hours = placement.weeklyHours + Number(change) / 4;
      known.set(`${placement.id} ${week}`, isOff || isStruck ? 0 : Math.max(0.25, hours));
    }
  }
  return (placement, week) => known.get(`${placement.id} ${week}`) ?? 0;
}

/** What members ask for and nobody is placed for yet. */
function requests(
  demonstration: Demonstration,
  service: DemoService,
  random: Random,
  members: readonly DemoEnrolment[],
): void {
  for (const [number, { partner }] of members.entries()) {
    const requestedOn = plusDays('2026-05-04', number * 6);
    demonstration.add(PlacementRequest, {
      partner: partner.id,
      id: stableId(`placement request:${service.slug}:${partner.slug}`),
      service: service.id,
      jobFunction: random.pick([
        WorkerFunction.ACCOUNTANT,
        WorkerFunction.PREVENTION_ADVISER,
        WorkerFunction.DPO,
        WorkerFunction.ENERGY_ADVISER,
      ]),
      weeklyHours: random.pick([2, 4, 7.5, 8]).toFixed(2),
      startsOn: '2026-09-07',
      endsOn: number % 3 === 0 ? '2027-07-01' : null,
      municipality: territoryId(partner.nisCode),
      state: PlacementRequestState.OPEN,
      requestedOn,
      provenance: Provenance.SYNTHETIC,
      createdAt: at(requestedOn),
    });
  }
}
