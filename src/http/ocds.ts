import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { UserError } from '../errors.ts';
import { viewerOf } from './request-context.ts';
import type { ServerParts } from './server.ts';

/** Gives the hub's framework agreements as documents of the Open Contracting Data Standard. */
export interface Publication {
  /** A release package: the agreements after one, and a link to the next page where there is one. */
  releases(base: string, after: string | undefined): Promise<object>;
  /** A record package of one agreement. */
  record(base: string, ocid: string): Promise<object>;
}

/** What they cost of the principal's points. */
const POINTS_OF_RELEASES = 50;
const POINTS_OF_RECORD = 5;

/** Seconds for which a copy is as good as the original. */
const FRESH = 60;

/**
 * `/ocds/releases.json?after=<ocid>` and `/ocds/records/<ocid>.json`: public, and the same for everybody. An unchanged
 * document is answered with 304 to who sends its ETag.
 */
export function routeOcds(
  http: FastifyInstance,
  { authenticator, limits, publication }: Pick<ServerParts, 'authenticator' | 'limits' | 'publication'>,
): void {
  const charge = async (request: FastifyRequest, points: number): Promise<void> => {
    const viewer = await viewerOf({ authenticator, limits }, request);
    limits?.rate?.begin(viewer, request.ip)?.charge(points);
  };
  http.get<{ Querystring: { after?: string | string[] } }>('/ocds/releases.json', async (request, reply) => {
    await charge(request, POINTS_OF_RELEASES);
    const { after } = request.query;
    if (Array.isArray(after)) throw new UserError('INVALID_PAGE', 'Give `after` once.', 'after');
    return answer(request, reply, await publication.releases(baseOf(request), after));
  });
  http.get<{ Params: { file: string } }>('/ocds/records/:file', async (request, reply) => {
    const ocid = /^(.+)\.json$/.exec(request.params.file)?.[1];
    if (ocid === undefined) return reply.callNotFound();
    await charge(request, POINTS_OF_RECORD);
    return answer(request, reply, await publication.record(baseOf(request), ocid));
  });
}

/** The address at which the client reached the hub; behind a proxy, as `HUB_TRUST_PROXY` lets it say. */
function baseOf({ protocol, host }: FastifyRequest): string {
  const url = URL.parse(`${protocol}://${host}`);
  if (!url || url.href !== `${url.origin}/`) {
    throw new UserError('BAD_REQUEST', 'The header Host of this request is no address.');
  }
  return url.origin;
}

function answer(request: FastifyRequest, reply: FastifyReply, document: object): FastifyReply {
  const text = JSON.stringify(document);
  const etag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 27)}"`;
  reply
    .header('etag', etag)
    .header('cache-control', `public, max-age=${FRESH}`)
    .header('x-content-type-options', 'nosniff');
  return isKnown(request.headers['if-none-match'], etag)
    ? reply.code(304).send()
    : reply.type('application/json; charset=utf-8').send(text);
}

/** Whether the client has the document already; a weak comparison, as is usual for GET. */
function isKnown(header: string | undefined, etag: string): boolean {
  const known = header?.split(',').map((one) => one.trim().replace(/^W\//, ''));
  return known?.some((one) => one === etag || one === '*') ?? false;
}
