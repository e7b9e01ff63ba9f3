import { HeaderMap } from '@apollo/server';
import { type ExecutionResult, GraphQLError } from 'graphql';
import { RateLimitedError } from '../errors.ts';

/** The refusal as Apollo answers it: 429, and when to come back in whole seconds. */
export function tooManyRequests(error: RateLimitedError): GraphQLError {
  return new GraphQLError(error.message, {
    originalError: error,
    extensions: {
      code: error.code,
      http: { status: 429, headers: new HeaderMap([['retry-after', String(error.retryAfter)]]) },
    },
  });
}

/** A result whose operation was refused for its cost says so to HTTP too. */
export function withStatus<Result extends Pick<ExecutionResult, 'errors'>>(result: Result): Result {
  const refused = result.errors?.[0]?.originalError;
  return refused instanceof RateLimitedError ? { ...result, errors: [tooManyRequests(refused)] } : result;
}
