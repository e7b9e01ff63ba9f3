import type { LanguageCode } from '../../../database/localised-text.ts';
import type { Sql } from '../../../read/index.ts';
import { sessionsOfCalendar } from './session.read.ts';
import { calendarOf, type SessionsOfService } from './session-calendar.ts';

/** Calendars of the sessions of services, for everybody: what is planned is public. */
export class SessionCalendars {
  /** @param ask answers a question in SQL as the hub itself */
  constructor(private readonly ask: (question: Sql) => Promise<unknown>) {}

  /** The calendar of a service by its slug as text; undefined where there is none. */
  async of(slug: string, language: LanguageCode): Promise<string | undefined> {
    if (!/^[a-z0-9-]{1,80}$/.test(slug)) return undefined;
    const found = (await this.ask(sessionsOfCalendar(slug, language))) as SessionsOfService | null;
    return found ? calendarOf(found, language) : undefined;
  }
}
