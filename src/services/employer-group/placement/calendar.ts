import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import { type LanguageCode, oneLine } from '../../../database/localised-text.ts';
import type { WorkerFunction } from '../employer-group.entity.ts';
import { PlacementState } from '../placement.entity.ts';
import { FUNCTION_LABELS } from './function-labels.ts';

/** What a calendar of a placement is made of. */
export interface PlacementDays {
  id: string;
  jobFunction: WorkerFunction;
  member: string;
  /** Minutes from Monday to Sunday. */
  minutes: readonly number[];
  /** First day, and the first one after it where there is one; days are written 2026-06-15. */
  startsOn: string;
  endsOn: string | null;
  state: PlacementState;
  /** How often it was changed. */
  version: number;
  /** When it was proposed, as an instant. */
  proposedAt: string;
  disputes: readonly { from: string; until: string | null }[];
}

const DAY = 86_400_000;
const CODES = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
const TITLES: Readonly<Record<LanguageCode, string>> = {
  fr: 'Mise à disposition',
  nl: 'Terbeschikkingstelling',
  de: 'Überlassung',
  en: 'Placement',
};
const STATUSES: Readonly<Record<PlacementState, ICalEventStatus>> = {
  [PlacementState.PROPOSED]: ICalEventStatus.TENTATIVE,
  [PlacementState.AGREED]: ICalEventStatus.CONFIRMED,
  [PlacementState.DECLINED]: ICalEventStatus.CANCELLED,
  [PlacementState.CANCELLED]: ICalEventStatus.CANCELLED,
};
/** Days of a dispute that are left out, at most: one that has no end, or a wrong one, would fill the calendar. */
const MOST_DISPUTE_DAYS = 366;

/**
 * A placement as an iCalendar (RFC 5545): an event for each number of hours that days of its week have, on those days, each
 * week; days of labour disputes are left out. A proposal is tentative; what is declined or cancelled stays, and says so.
 */
export function calendarOf(placement: PlacementDays, language: LanguageCode): string {
  const member = oneLine(placement.member);
  const label = FUNCTION_LABELS[placement.jobFunction][language];
  const calendar = ical({
    name: `${TITLES[language]} · ${label} · ${member}`,
    prodId: { company: 'mutualhub', product: 'placements', language: language.toUpperCase() },
    method: ICalCalendarMethod.PUBLISH,
    timezone: null,
    ttl: 6 * 3600,
  });
  for (const [minutes, weekdays] of byHours(placement)) {
    const first = firstDay(placement.startsOn, weekdays);
    if (placement.endsOn && first >= placement.endsOn) continue;
    const start = new Date(first);
    calendar.createEvent({
      id: `${placement.id}-${minutes}@placement.mutualhub`,
      start,
      end: new Date(start.getTime() + DAY),
      allDay: true,
      stamp: new Date(placement.proposedAt),
      sequence: placement.version,
      status: STATUSES[placement.state],
      summary: `${hoursIn(minutes, language)} h · ${label} · ${member}`,
      repeating: [ruleOf(placement, weekdays), ...excluded(placement, weekdays)].join('\r\n'),
    });
  }
  return calendar.toString();
}

/** Days of the week by the minutes that they have. */
function byHours({ minutes }: PlacementDays): [number, number[]][] {
  const days = Map.groupBy([0, 1, 2, 3, 4, 5, 6], (day) => minutes[day] ?? 0);
  return [...days].filter(([own]) => own > 0).sort(([, a], [, b]) => (a[0] as number) - (b[0] as number));
}

/** The first day that falls on one of the weekdays. */
function firstDay(startsOn: string, weekdays: readonly number[]): string {
  let day = Date.parse(startsOn);
  while (!weekdays.includes(weekdayOf(day))) day += DAY;
  return dayAt(day);
}

function ruleOf({ endsOn }: PlacementDays, weekdays: readonly number[]): string {
  const until = endsOn ? `;UNTIL=${basic(dayAt(Date.parse(endsOn) - DAY))}` : '';
  return `RRULE:FREQ=WEEKLY${until};BYDAY=${weekdays.map((day) => CODES[day]).join(',')}`;
}

function excluded({ disputes, startsOn, endsOn }: PlacementDays, weekdays: readonly number[]): string[] {
  const days = disputes.flatMap(({ from, until }) => {
    const first = Math.max(Date.parse(from), Date.parse(startsOn));
    const most = first + MOST_DISPUTE_DAYS * DAY;
    const last = Math.min(most, until ? Date.parse(until) : most, endsOn ? Date.parse(endsOn) : most);
    const count = Math.max(0, Math.round((last - first) / DAY));
    return Array.from({ length: count }, (_, at) => first + at * DAY).filter((day) =>
      weekdays.includes(weekdayOf(day)),
    );
  });
  return days.length > 0 ? [`EXDATE;VALUE=DATE:${days.map((day) => basic(dayAt(day))).join(',')}`] : [];
}

function hoursIn(minutes: number, language: LanguageCode): string {
  const hours = (minutes / 60).toString();
  return language === 'en' ? hours : hours.replace('.', ',');
}

/** 0 for Monday to 6 for Sunday. */
const weekdayOf = (day: number): number => (new Date(day).getUTCDay() + 6) % 7;
const dayAt = (day: number): string => new Date(day).toISOString().slice(0, 10);
const basic = (day: string): string => day.replaceAll('-', '');
