import { stableId } from '../src/database/keys.ts';
import { LocalisedText } from '../src/database/localised-text.ts';
import { Provenance } from '../src/database/properties.ts';
import { territoryId } from '../src/reference/install-reference.ts';
import {
  AdviceSession,
  AttendeeRole,
  SatisfactionScore,
  SessionAttendance,
  SessionKind,
  SessionRegistration,
} from '../src/services/advice/session.entity.ts';
import { at, LAST_DAY, plusDays } from './calendar.ts';
import type { Demonstration, DemoPartner, DemoService } from './demonstration.ts';
import { apportion, Random } from './random.ts';

/** A session of the demonstration, and who comes. */
export interface DemoSession {
  kind: SessionKind;
  day: string;
  /** People by partner, and how many of them come for the first time. */
  people: Map<DemoPartner, { attended: number; firstTime: number }>;
}

const TITLES: Readonly<Record<SessionKind, Readonly<{ fr: string; nl: string; en?: string }>>> = {
  WORKING_GROUP: {
    fr: 'Groupe de travail sectoriel',
    nl: 'Sectorale werkgroep',
    en: 'Working group of a sector',
  },
  WORKSHOP: { fr: 'Accueillir et intégrer', nl: 'Onthalen en inwerken', en: 'Welcoming and integrating' },
  TRAINING: { fr: 'Gérer la diversité', nl: 'Diversiteit in goede banen', en: 'Managing diversity' },
  CONFERENCE: { fr: 'Pratiques qui marchent', nl: 'Praktijken die werken', en: 'Practices that work' },
  INTERVISION: { fr: 'Un cas, plusieurs regards', nl: 'Eén geval, meer blikken' },
  CO_SOLVING: { fr: 'Résoudre ensemble', nl: 'Samen oplossen' },
  FIELD_VISIT: { fr: 'Chez une organisation voisine', nl: 'Op bezoek bij een buur' },
  INFORMATION_MEETING: {
    fr: 'Le bien-être au travail, par où commencer?',
    nl: 'Welzijn op het werk: waar begint u?',
    en: 'Well-being at work: where to begin',
  },
};
const ROLES = Object.values(AttendeeRole);

/** Adds people to a session. */
export function come(
  session: DemoSession,
  partner: DemoPartner,
  { attended, firstTime }: { attended: number; firstTime: number },
): void {
  const known = session.people.get(partner) ?? { attended: 0, firstTime: 0 };
  session.people.set(partner, {
    attended: known.attended + attended,
    firstTime: known.firstTime + firstTime,
  });
}

/** The day's session of a kind among those that there are, or a new one. */
export function sessionOn(sessions: DemoSession[], kind: SessionKind, day: string): DemoSession {
  const found = sessions.find((one) => one.kind === kind && one.day === day);
  if (found) return found;
  const made: DemoSession = { kind, day, people: new Map() };
  sessions.push(made);
  return made;
}

/** Writes the sessions of a service: held with who registered and came, and what was thought of them; or still to come. */
export function addSessions(
  demonstration: Demonstration,
  service: DemoService,
  sessions: readonly DemoSession[],
): void {
  const random = new Random(`sessions of ${service.slug}`);
  for (const session of sessions) addSession(demonstration, service, session, random);
}

function addSession(
  demonstration: Demonstration,
  service: DemoService,
  { kind, day, people }: DemoSession,
  random: Random,
): void {
  const id = stableId(`session:${service.slug}:${kind}:${day}`);
  const registered = [...people].map(([partner, { attended }]) => ({
    partner,
    // Some seats stay empty.
    seats: Math.min(100, attended + (random.chance(0.25) ? 1 : 0)),
  }));
  const seats = registered.reduce((sum, one) => sum + one.seats, 0);
  const title = TITLES[kind];
  demonstration.add(AdviceSession, {
    id,
    service: service.id,
    kind,
    title: LocalisedText.of(title),
    startsAt: at(day, 60),
    endsAt: at(day, 240),
    municipality: territoryId(random.pick(['21004', '21009', '21013'])),
    onlineUrl: random.chance(0.3)
      ? `https://online.example/${kind.toLowerCase().replace('_', '-')}-${day}`
      : null,
    capacity: Math.max(12, Math.ceil((seats + random.int(0, 8)) / 4) * 4),
    seatsTaken: 0,
    registrationUntil: at(plusDays(day, -2)),
    cancelledAt: null,
    provenance: Provenance.SYNTHETIC,
    createdAt: at(plusDays(day, -60)),
    version: 1,
  });
  const row = { service: service.id, session: id, provenance: Provenance.SYNTHETIC, version: 1 };
  for (const { partner, seats } of registered) {
    const registeredAt = at(plusDays(day, -random.int(3, 40)), random.int(0, 400));
    demonstration.seen(partner, registeredAt.toISOString().slice(0, 10));
    demonstration.add(SessionRegistration, {
      ...row,
      partner: partner.id,
      id: stableId(`registration:${id}:${partner.slug}`),
      seats,
      registeredAt,
      cancelledAt: null,
      createdAt: registeredAt,
    });
  }
  if (day > LAST_DAY) return;
  let came = 0;
  for (const [partner, { attended, firstTime }] of people) {
    came += attended;
    const split = random.chance(0.4) && attended > 1 ? 2 : 1;
    const roles = random.sample(ROLES, split, (role) => (role === AttendeeRole.STAFF ? 1 : 3));
    const parts = apportion(attended, roles.length === 2 ? [2, 1] : [1]);
    let first = firstTime;
    roles.forEach((role, number) => {
      const part = parts[number] as number;
      const newOnes = Math.min(first, part);
      first -= newOnes;
      demonstration.add(SessionAttendance, {
        ...row,
        partner: partner.id,
        id: stableId(`attendance:${id}:${partner.slug}:${role}`),
        role,
        attended: part,
        firstTime: newOnes,
        createdAt: at(day, 300),
      });
    });
  }
  // Seven in ten answer; most are content.
  const answers = Math.floor(came * 0.7);
  if (answers === 0) return;
  const byGrade = apportion(answers, [1, 2, 10, 45, 42]);
  byGrade.forEach((count, number) => {
    if (count === 0) return;
    demonstration.add(SatisfactionScore, {
      ...row,
      id: stableId(`satisfaction:${id}:${number + 1}`),
      grade: number + 1,
      answers: count,
      createdAt: at(day, 320),
    });
  });
}
