import { unwrapResolverError } from '@apollo/server/errors';
import { GraphQLError, type GraphQLFormattedError, isValueNode } from 'graphql';
import { Field, ObjectType } from 'type-graphql';
import { constraintError } from '../database/database-error.ts';
import { DomainError, RateLimitedError, UserError } from '../errors.ts';

@ObjectType('UserError', {
  description: 'Something in the input that the user can mend. Nothing was saved.',
  simpleResolvers: true,
})
export class UserErrorType {
  @Field(() => String, { description: 'Stable code to program against; the README lists them.' })
  code!: string;

  @Field(() => String, { description: 'What is wrong and what to change, in English.' })
  message!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Path of the input field, e.g. `headcount` or `sites.0.postalCode`.',
  })
  field?: string | null;
}

/** What a payload carries of an error. */
export function userError(error: UserError): UserErrorType {
  return { code: error.code, message: error.message, field: error.field ?? null };
}

/**
 * Runs a mutation. What the user can mend comes back in the payload, a database constraint included; what
 * is refused or broken is thrown on.
 */
export async function withUserErrors<T extends object>(
  run: () => Promise<T>,
): Promise<(T & { userErrors: UserErrorType[] }) | { userErrors: UserErrorType[] }> {
  try {
    return { ...(await run()), userErrors: [] };
  } catch (thrown) {
    const error = constraintError(thrown) ?? thrown;
    if (error instanceof UserError) return { userErrors: [userError(error)] };
    throw error;
  }
}

/** Longest text of an error, in an answer and in the log. */
const LONGEST_MESSAGE = 600;

/** Writes a defect where an operator finds it. */
export type DefectLog = (error: unknown) => void;

/**
 * The error as a client sees it: our own with code and field, GraphQL's as they are, and a defect as
 * nothing but INTERNAL_SERVER_ERROR.
 */
export function formatError(
  formatted: GraphQLFormattedError,
  error: unknown,
  log: DefectLog,
): GraphQLFormattedError {
  const original = originalOf(error);
  const domain = original instanceof DomainError ? original : constraintError(original);
  // An error quotes the value that it refuses, which may be as long as the request.
  const message = shortened(formatted.message);
  const { locations, path } = formatted;
  const place = { ...(locations ? { locations } : {}), ...(path ? { path } : {}) };
  if (domain) {
    return {
      message: shortened(domain.message),
      ...place,
      extensions: {
        code: domain.code,
        ...(domain.field ? { field: domain.field } : {}),
        ...(domain instanceof RateLimitedError ? { retryAfter: domain.retryAfter } : {}),
      },
    };
  }
  if (isArgumentError(original) || /^Too many errors processing variables/.test(message))
    return { message, ...place, extensions: { code: 'BAD_USER_INPUT' } };
  const code = (formatted.extensions?.code as string | undefined) ?? 'INTERNAL_SERVER_ERROR';
  if (code === 'INTERNAL_SERVER_ERROR') {
    log(
      original instanceof Error
        ? Object.assign(original, { message: shortened(original.message) })
        : original,
    );
    return {
      message: 'The hub failed to answer this. The failure has been recorded.',
      ...place,
      extensions: { code },
    };
  }
  return { message, ...place, extensions: { code } };
}

/** What a resolver threw, or what the whole operation was refused with, which has no path. */
function originalOf(error: unknown): unknown {
  const { originalError } = error as GraphQLError;
  return originalError instanceof DomainError ? originalError : unwrapResolverError(error);
}

function shortened(text: string): string {
  return text.length > LONGEST_MESSAGE ? `${text.slice(0, LONGEST_MESSAGE)}…` : text;
}

/** Whether GraphQL refused the value of an argument while it executed: such an error points at the value. */
function isArgumentError(error: unknown): boolean {
  return error instanceof GraphQLError && !error.originalError && (error.nodes ?? []).some(isValueNode);
}
