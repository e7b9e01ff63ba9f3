import type { LanguageCode } from '../../../database/localised-text.ts';
import type { Sql } from '../../../read/index.ts';
import { daysOfCalendar } from './calendar.read.ts';
import { calendarOf, type PlacementDays } from './calendar.ts';

const KEY = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Calendars of placements, for whoever knows their key: a calendar program cannot send a token. */
export class PlacementCalendar {
  /** @param ask answers a question in SQL as the hub itself */
  constructor(private readonly ask: (question: Sql) => Promise<unknown>) {}

  /** The calendar of a key as text; undefined where there is none. */
  async of(key: string, language: LanguageCode): Promise<string | undefined> {
    if (!KEY.test(key)) return undefined;
    const found = (await this.ask(daysOfCalendar(key.toLowerCase(), language))) as PlacementDays | null;
    return found ? calendarOf(found, language) : undefined;
  }
}
