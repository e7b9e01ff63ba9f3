import type { EventEmitter } from 'node:events';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import { ANONYMOUS, type Viewer } from '../access/viewer.ts';
import { RateLimitedError, UnauthenticatedError } from '../errors.ts';
import type { HubContext } from '../graphql/context.ts';
import { preferredLanguage } from '../graphql/language.ts';
import { documentTooLong, LONGEST_DOCUMENT } from './limits.ts';
import { tooManyRequests } from './rate-limited.ts';
import type { ServerParts } from './server.ts';

/** Header with which an administrator asks how the hub runs an operation. */
const DEBUG = 'hub-debug';

/**
 * What resolvers know of an HTTP request: who asks, in which language, and whether the answer is still awaited.
 * @throws GraphQLError UNAUTHENTICATED (401) for a wrong token, QUERY_TOO_LARGE (400) for a document that is too long,
 * RATE_LIMITED (429) when the principal has no point left
 */
export async function contextOf(
  parts: Pick<ServerParts, 'authenticator' | 'limits'>,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<HubContext> {
  refuseLongDocument(request);
  try {
    const viewer = await viewerOf(parts, request);
    return {
      viewer,
      meter: parts.limits?.rate?.begin(viewer, request.ip),
      language: preferredLanguage(request.headers['accept-language']),
      onGone: (listener) => whenGone(reply.raw, reply.raw.destroyed, listener),
      ...(viewer.isAdministrator && request.headers[DEBUG] ? debugging(request, reply) : {}),
    };
  } catch (error) {
    if (error instanceof RateLimitedError) throw tooManyRequests(error);
    if (!(error instanceof UnauthenticatedError)) throw error;
    throw new GraphQLError(error.message, { extensions: { code: error.code, http: { status: 401 } } });
  }
}

/** Who sends a request; whoever tries tokens spends points too. */
export async function viewerOf(
  { authenticator, limits }: Pick<ServerParts, 'authenticator' | 'limits'>,
  { headers, ip }: FastifyRequest,
): Promise<Viewer> {
  try {
    return await authenticator.viewer(headers.authorization);
  } catch (error) {
    limits?.rate?.begin(ANONYMOUS, ip);
    throw error;
  }
}

/** Calls back when a connection ends, at once where it has ended while the request waited; gives what takes it back. */
export function whenGone(connection: EventEmitter, isGone: boolean, listener: () => void): () => void {
  if (isGone) listener();
  else connection.once('close', listener);
  return () => connection.off('close', listener);
}

/** Before it is parsed: what is parsed is kept. */
function refuseLongDocument({ body, query }: FastifyRequest): void {
  const { query: document } = (body ?? query ?? {}) as { query?: unknown };
  if (typeof document === 'string' && document.length > LONGEST_DOCUMENT) {
    throw new GraphQLError(documentTooLong(document.length), {
      extensions: { code: 'QUERY_TOO_LARGE', http: { status: 400 } },
    });
  }
}

/** `hub-debug: execution` tells in a header of the answer how it ran; `fields` makes it run field by field. */
function debugging(request: FastifyRequest, reply: FastifyReply): Partial<HubContext> {
  return {
    fieldByField: request.headers[DEBUG] === 'fields',
    onExecution: (way) =>
      // A header has one line of plain characters.
      reply.header(
        'hub-execution',
        way.whole ? 'whole' : `field by field: ${way.why.replaceAll(/[^ -~]+/g, ' ').slice(0, 200)}`,
      ),
  };
}
