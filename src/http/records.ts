import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import type { Viewer } from '../access/viewer.ts';
import { viewerOf } from './request-context.ts';
import type { ServerParts } from './server.ts';

/** Gives all that the hub holds on a partner, as the text of one JSON document, piece by piece. */
export interface Records {
  /** @throws DomainError where there is no such partner, or none whose records the viewer may take along */
  of(viewer: Viewer, partner: string): Promise<AsyncIterable<string>>;
}

/** What one costs of the principal's points: it may read every table. */
const POINTS = 500;

/** `/partners/<id>/records.json`: what a partner takes along. It is written while it is read: it may be long. */
export function routeRecords(
  http: FastifyInstance,
  { authenticator, records, limits }: Pick<ServerParts, 'authenticator' | 'records' | 'limits'>,
): void {
  http.get<{ Params: { id: string } }>('/partners/:id/records.json', async (request, reply) => {
    const viewer = await viewerOf({ authenticator, limits }, request);
    limits?.rate?.begin(viewer, request.ip)?.charge(POINTS);
    const { id } = request.params;
    const pieces = await records.of(viewer, id);
    return reply
      .type('application/json; charset=utf-8')
      .header('cache-control', 'no-store')
      .header('x-content-type-options', 'nosniff')
      .header('content-disposition', `attachment; filename="${id}.json"`)
      .send(Readable.from(pieces));
  });
}
