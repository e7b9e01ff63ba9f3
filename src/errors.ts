/**
 * What went wrong, for a client: a stable code to program against and a message that says what to change.
 * Resolvers and services throw these; everything else that is thrown is a defect and reaches no client.
 */
export class DomainError extends Error {
  constructor(
    /** Stable, upper-case; part of the client contract and listed in the README. */
    readonly code: string,
    message: string,
    /** Dotted path of the input that has to change, where there is one. */
    readonly field?: string,
  ) {
    super(message);
    this.name = new.target.name;
  }
}

/** Input that the user can mend. In a mutation it becomes one of the payload's `userErrors`. */
export class UserError extends DomainError {}

/** A record that does not exist, or that the viewer may not see: the two answer alike. */
export class NotFoundError extends UserError {
  constructor(what: string, field?: string) {
    super(
      'NOT_FOUND',
      `${what} was not found. Check the reference; it may also be out of your scope.`,
      field,
    );
  }
}

/** The request carries no valid credentials where it needs some. */
export class UnauthenticatedError extends DomainError {
  constructor(message: string) {
    super('UNAUTHENTICATED', message);
  }
}

/** The viewer is known and may not do this. */
export class ForbiddenError extends DomainError {
  constructor(message: string) {
    super('FORBIDDEN', message);
  }
}

/** A statement took longer than the hub allows; the database ended it. */
export class QueryTimeoutError extends DomainError {
  constructor() {
    super(
      'QUERY_TIMEOUT',
      'This took longer than the hub allows a statement: ask for smaller pages, fewer levels or a shorter period.',
    );
  }
}

/** The principal has spent its points for now. */
export class RateLimitedError extends DomainError {
  constructor(
    /** Whole seconds until it has enough again. */
    readonly retryAfter: number,
    limit: number,
  ) {
    super(
      'RATE_LIMITED',
      `You have spent your points, which are ${limit} a minute: come back in ${retryAfter} ${retryAfter === 1 ? 'second' : 'seconds'}, or ask for less. \`rateLimit\` tells what an operation costs and what is left.`,
    );
  }
}

/** A start that cannot go on: shown as one line, without a stack. */
export class StartupError extends Error {}
