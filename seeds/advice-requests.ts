import { stableId } from '../src/database/keys.ts';
import { Provenance } from '../src/database/properties.ts';
import { AdviserBooking, AdviserMandate } from '../src/services/advice/mandate.entity.ts';
import {
  AdviceChannel,
  AdviceRequest,
  AdviceRequestState,
  type AdviceTopic,
  AdviceUrgency,
  type AdviserRole,
} from '../src/services/advice/request.entity.ts';
import { at, LAST_DAY, later, plusDays, weekdayIn } from './calendar.ts';
import type { DemoEnrolment, Demonstration, DemoService } from './demonstration.ts';
import { Random } from './random.ts';

/** What an advisory service is asked, and the advisers that it has. */
export interface Advice {
  topics: readonly AdviceTopic[];
  roles: readonly [AdviserRole, ...AdviserRole[]];
}

/** The year since which there are requests and mandates. */
const SINCE = '2025-01-06';
const HOURS_A_MONTH = 76;

/** Requests of a year and a half with their answers, the advisers' mandates, and the hours that were booked for them. */
export function seedAdvice(
  demonstration: Demonstration,
  service: DemoService,
  enrolments: readonly DemoEnrolment[],
  { topics, roles }: Advice,
): void {
  const random = new Random(`advice of ${service.slug}`);
  const mandates = roles.map((role, number) => addMandate(demonstration, service, role, number));
  const booked = new Map<string, number>();
  const asking = enrolments.filter(({ activeFrom, endedOn }) => activeFrom < '2026-03-01' && !endedOn);
  for (const { partner, activeFrom } of random.sample(asking, Math.min(45, asking.length))) {
    const on = weekdayIn(random, later(SINCE, activeFrom), LAST_DAY);
    const key = [partner.id, stableId(`advice:${service.slug}:${partner.slug}:${on}`)] as const;
    const number = random.int(0, roles.length - 1);
    const taken = plusDays(on, random.int(0, 3));
    const closed = plusDays(taken, random.int(0, 12));
    const state =
      closed <= LAST_DAY
        ? random.chance(0.92)
          ? AdviceRequestState.ANSWERED
          : AdviceRequestState.WITHDRAWN
        : taken <= LAST_DAY
          ? AdviceRequestState.IN_PROGRESS
          : AdviceRequestState.RECEIVED;
    const isTaken = state !== AdviceRequestState.RECEIVED;
    const isClosed = isTaken && state !== AdviceRequestState.IN_PROGRESS;
    demonstration.seen(partner, on);
    demonstration.add(AdviceRequest, {
      partner: partner.id,
      id: key[1],
      service: service.id,
      topic: random.pick(topics),
      channel: random.pick(Object.values(AdviceChannel)),
      urgency: random.pick([
        AdviceUrgency.NORMAL,
        AdviceUrgency.NORMAL,
        AdviceUrgency.LOW,
        AdviceUrgency.HIGH,
      ]),
      question: null,
      state,
      handledBy: isTaken ? roles[number] : null,
      requestedAt: at(on, 15),
      takenAt: isTaken ? at(taken, 60) : null,
      closedAt: isClosed ? at(closed, 240) : null,
      provenance: Provenance.SYNTHETIC,
      createdAt: at(on, 15),
      version: 1,
    });
    if (state !== AdviceRequestState.ANSWERED || random.chance(0.3)) continue;
    const mandate = mandates[number] as string;
    const month = `${mandate}:${taken.slice(0, 7)}`;
    const hours = random.int(2, 16) / 4 + 1;
    if ((booked.get(month) ?? 0) + hours > HOURS_A_MONTH) continue;
    booked.set(month, (booked.get(month) ?? 0) + hours);
    demonstration.add(AdviserBooking, {
      partner: partner.id,
      id: stableId(`booking:${key[1]}`),
      service: service.id,
      mandate,
      request: [key[0], key[1]],
      day: taken,
      hours: hours.toFixed(2),
      cancelledAt: null,
      provenance: Provenance.SYNTHETIC,
      createdAt: at(taken, 65),
      version: 1,
    });
  }
}

function addMandate(
  demonstration: Demonstration,
  service: DemoService,
  role: AdviserRole,
  number: number,
): string {
  const id = stableId(`mandate:${service.slug}:${number}`);
  demonstration.add(AdviserMandate, {
    id,
    service: service.id,
    reference: `A-${String(number + 1).padStart(2, '0')}`,
    role,
    hoursPerMonth: HOURS_A_MONTH.toFixed(2),
    validFrom: '2025-01-01',
    validUntil: null,
    provenance: Provenance.SYNTHETIC,
    createdAt: at('2025-01-01'),
    version: 1,
  });
  return id;
}
