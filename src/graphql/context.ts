import type { Topic } from '../live/index.ts';
import type { ReadContext } from '../read/index.ts';
import type { Language } from './language.ts';

/** What every resolver may know of a request. */
export interface HubContext extends ReadContext {
  /** Language of texts where a field asks for none: from Accept-Language. */
  language: Language;
  /** The events of a topic for who sends this, as long as it stays connected: over a socket alone. */
  changes?:
    | (<Change extends object, Scope, Event>(
        topic: Topic<Change, Scope, Event>,
        scope: Scope,
      ) => Promise<AsyncIterableIterator<Event>>)
    | undefined;
}

/**
 * The events of a topic for who sends an operation.
 * @throws Error where there is no socket to send them over; the executor refuses subscriptions there
 */
export function changesOf<Change extends object, Scope, Event>(
  { changes }: HubContext,
  topic: Topic<Change, Scope, Event>,
  scope: Scope,
): Promise<AsyncIterableIterator<Event>> {
  if (!changes) throw new Error('There is no socket to send events over');
  return changes(topic, scope);
}
