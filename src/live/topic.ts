import type { Sql } from '../read/index.ts';

/** Something that changes, as the database says it and as subscribers want to know it. It keeps nothing itself. */
export interface Topic<Change extends object, Scope, Event> {
  /** Channel of the database's notices. */
  readonly channel: string;
  /**
   * What a notice says.
   * @throws for what is no notice of this channel
   */
  read(payload: string): Change;
  /** Two changes as one; undefined where they are too much to be named one by one. */
  merge(one: Change, other: Change): Change | undefined;
  /** Whether a change can be one of a scope: asked before the database is. */
  concerns(change: Change, scope: Scope): boolean;
  /** A condition that fails where a scope names what is not there. */
  check?(scope: Scope): Sql | undefined;
  /**
   * What of a change a viewer sees in a scope, as JSON; NULL where that is nothing. It may depend on what the viewer's
   * roles reach, and on nothing else of the viewer: whoever reaches the same is asked for once.
   */
  question(change: Change, scope: Scope): Sql;
  /** What is told of that. */
  event(answer: unknown): Event;
  /** What is told where anything may have changed. */
  anything(): Event;
}

/** A change that is not known: everything is to be asked again. */
export const ANYTHING = Symbol('anything');

/** What has changed since the last time. */
export type Batch<Change> = Change | typeof ANYTHING;

/** Two batches as one. */
export function together<Change extends object>(
  topic: Pick<Topic<Change, never, never>, 'merge'>,
  one: Batch<Change>,
  other: Batch<Change>,
): Batch<Change> {
  if (one === ANYTHING || other === ANYTHING) return ANYTHING;
  return topic.merge(one, other) ?? ANYTHING;
}
