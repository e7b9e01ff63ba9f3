import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import { type LanguageCode, oneLine } from '../../../database/localised-text.ts';
import type { SessionKind } from '../session.entity.ts';

/** What the calendar of a service is made of; instants are RFC 3339 in UTC. */
export interface SessionsOfService {
  name: string;
  sessions: readonly {
    id: string;
    kind: SessionKind;
    title: string;
    startsAt: string;
    endsAt: string;
    changedAt: string;
    version: number;
    /** The municipality; null where it is online alone. */
    place: string | null;
    isCancelled: boolean;
  }[];
}

const ONLINE: Readonly<Record<LanguageCode, string>> = {
  fr: 'En ligne',
  nl: 'Online',
  de: 'Online',
  en: 'Online',
};
const KINDS: Readonly<Record<SessionKind, Readonly<Record<LanguageCode, string>>>> = {
  WORKING_GROUP: { fr: 'Groupe de travail', nl: 'Werkgroep', de: 'Arbeitsgruppe', en: 'Working group' },
  WORKSHOP: { fr: 'Atelier', nl: 'Workshop', de: 'Workshop', en: 'Workshop' },
  TRAINING: { fr: 'Formation', nl: 'Opleiding', de: 'Schulung', en: 'Training' },
  CONFERENCE: { fr: 'Conférence', nl: 'Conferentie', de: 'Konferenz', en: 'Conference' },
  INTERVISION: { fr: 'Intervision', nl: 'Intervisie', de: 'Intervision', en: 'Intervision' },
  CO_SOLVING: { fr: 'Co-résolution', nl: 'Co-solving', de: 'Co-Solving', en: 'Co-solving' },
  FIELD_VISIT: { fr: 'Visite de terrain', nl: 'Werkbezoek', de: 'Arbeitsbesuch', en: 'Field visit' },
  INFORMATION_MEETING: {
    fr: "Séance d'information",
    nl: 'Infosessie',
    de: 'Informationsveranstaltung',
    en: 'Information meeting',
  },
};

/** The sessions of a service as an iCalendar (RFC 5545); one that is cancelled stays, and says so. */
export function calendarOf({ name, sessions }: SessionsOfService, language: LanguageCode): string {
  const calendar = ical({
    name: oneLine(name),
    prodId: { company: 'mutualhub', product: 'sessions', language: language.toUpperCase() },
    method: ICalCalendarMethod.PUBLISH,
    ttl: 3600,
  });
  for (const session of sessions) {
    calendar.createEvent({
      id: `${session.id}@session.mutualhub`,
      start: new Date(session.startsAt),
      end: new Date(session.endsAt),
      stamp: new Date(session.changedAt),
      sequence: session.version,
      summary: `${KINDS[session.kind][language]} · ${session.title}`,
      location: session.place ?? ONLINE[language],
      status: session.isCancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    });
  }
  return calendar.toString();
}
