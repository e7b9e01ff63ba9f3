import type { FastifyInstance } from 'fastify';
import { languageCode, preferredLanguage } from '../graphql/language.ts';
import { viewerOf } from './request-context.ts';
import type { ServerParts } from './server.ts';

/** Calendars that are read by a name, without a token: calendar programs send none. */
export interface Calendars {
  /** The iCalendar of a name; undefined where there is none. */
  of(name: string, language: ReturnType<typeof languageCode>): Promise<string | undefined>;
}

/** What one costs of the principal's points. */
const POINTS = 5;

/**
 * `/calendar/<kind>/<name>.ics`: placements by a key, which `Placement.calendarUrl` tells to those who see it, and the
 * sessions of a service by its slug, for everybody.
 */
export function routeCalendars(
  http: FastifyInstance,
  { authenticator, limits, calendars }: Pick<ServerParts, 'authenticator' | 'limits' | 'calendars'>,
): void {
  http.get<{ Params: { kind: string; file: string } }>('/calendar/:kind/:file', async (request, reply) => {
    const viewer = await viewerOf({ authenticator, limits }, request);
    limits?.rate?.begin(viewer, request.ip)?.charge(POINTS);
    const { kind, file } = request.params;
    const name = /^([0-9a-z-]{1,80})\.ics$/i.exec(file)?.[1];
    const language = languageCode(preferredLanguage(request.headers['accept-language']));
    const source = Object.hasOwn(calendars, kind) ? calendars[kind] : undefined;
    const calendar = name && (await source?.of(name, language));
    if (!calendar) return reply.callNotFound();
    return reply
      .header('content-type', 'text/calendar; charset=utf-8')
      .header('cache-control', 'private, max-age=300')
      .header('vary', 'accept-language')
      .send(calendar);
  });
}
