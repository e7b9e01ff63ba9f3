import type { FastifyError, FastifyInstance } from 'fastify';
import { DomainError, RateLimitedError } from '../errors.ts';
import type { DefectLog } from '../graphql/errors.ts';

const CODES: Record<number, string> = {
  404: 'NOT_FOUND',
  413: 'PAYLOAD_TOO_LARGE',
  415: 'UNSUPPORTED_MEDIA_TYPE',
};

const STATUS: Record<string, number> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  RATE_LIMITED: 429,
};

/**
 * Gives what HTTP refuses before GraphQL sees it the shape of a GraphQL error, so that a client reads one
 * shape only; a defect says nothing of itself.
 */
export function refuseInOneShape(http: FastifyInstance, log: DefectLog): void {
  http.setErrorHandler<FastifyError | DomainError>((error, _, reply) => {
    if (error instanceof DomainError) {
      const { message, code } = error;
      if (error instanceof RateLimitedError) reply.header('retry-after', error.retryAfter);
      return reply.code(STATUS[code] ?? 400).send({ errors: [{ message, extensions: { code } }] });
    }
    const status = error.statusCode ?? 500;
    if (status >= 500) log(error);
    const { message, code } =
      status >= 500
        ? {
            message: 'The hub failed to answer this. The failure has been recorded.',
            code: 'INTERNAL_SERVER_ERROR',
          }
        : { message: error.message, code: CODES[status] ?? 'BAD_REQUEST' };
    return reply.code(status).send({ errors: [{ message, extensions: { code } }] });
  });
  http.setNotFoundHandler((request, reply) =>
    reply.code(404).send({
      errors: [
        {
          message: `There is no ${request.method} ${request.url.split('?')[0]}. GraphQL is at /graphql, GraphiQL at /graphiql, open data at /ocds/releases.json.`,
          extensions: { code: 'NOT_FOUND' },
        },
      ],
    }),
  );
}
