import type { FastifyInstance } from 'fastify';
import { languageCode, preferredLanguage } from '../graphql/language.ts';
import { viewerOf } from './request-context.ts';
import type { ServerParts } from './server.ts';

/** Calendars that are read by a key: calendar programs send no token. */
export interface Calendars {
  /** The iCalendar of a key; undefined where there is none. */
  of(key: string, language: ReturnType<typeof languageCode>): Promise<string | undefined>;
}

/** What one costs of the principal's points. */
const POINTS = 5;

/** `/calendar/placements/<key>.ics`: for whoever knows the key, which `Placement.calendarUrl` tells to those who see it. */
export function routeCalendars(
  http: FastifyInstance,
  {
    authenticator,
    limits,
    placementCalendars,
  }: Pick<ServerParts, 'authenticator' | 'limits' | 'placementCalendars'>,
): void {
  http.get<{ Params: { file: string } }>('/calendar/placements/:file', async (request, reply) => {
    const viewer = await viewerOf({ authenticator, limits }, request);
    limits?.rate?.begin(viewer, request.ip)?.charge(POINTS);
    const key = /^([0-9a-f-]{36})\.ics$/i.exec(request.params.file)?.[1];
    const language = languageCode(preferredLanguage(request.headers['accept-language']));
    const calendar = key && (await placementCalendars.of(key, language));
    if (!calendar) return reply.callNotFound();
    return reply
      .header('content-type', 'text/calendar; charset=utf-8')
      .header('cache-control', 'private, max-age=300')
      .header('vary', 'accept-language')
      .send(calendar);
  });
}
