import type { Viewer } from '../access/viewer.ts';
import type { Notices } from '../database/notices.ts';
import { UnauthenticatedError } from '../errors.ts';
import type { Sql } from '../read/index.ts';
import { Feed } from './feed.ts';
import type { Mailbox } from './mailbox.ts';
import { ANYTHING, type Batch, type Topic } from './topic.ts';
import { Turns } from './turns.ts';

/** Questions that are with the database at a time: subscribers never take the connections of who asks. */
const MOST_ASKING = 2;

/** What live changes are made of. */
export interface LiveParts {
  notices: Notices;
  /** What a question answers a viewer, in JSON. */
  ask: (question: Sql, viewer: Viewer) => Promise<unknown>;
  onTrouble: (error: unknown) => void;
}

/** A topic with its feed in this process, and what was asked of the batches that are being told. */
interface Running<Change extends object> {
  feed: Feed<Change>;
  answers: WeakMap<object, Map<string, Promise<unknown>>>;
}

/**
 * Tells subscribers what has changed: notices of the database are gathered, and each viewer is asked for whether it
 * sees any of it, because a notice by itself would tell that something was written. Viewers that see the same, and want
 * to know the same, are asked for once.
 */
export class Live {
  private readonly topics = new Map<object, Running<never>>();
  private readonly turns = new Turns(MOST_ASKING);
  private isClosed = false;

  constructor(private readonly parts: LiveParts) {}

  /** Subscriptions that are open. */
  get size(): number {
    return [...this.topics.values()].reduce((sum, { feed }) => sum + feed.size, 0);
  }

  /**
   * The events of a topic in a scope, until one of the two sides ends them. Nothing that is committed after this
   * resolves is missed.
   * @param viewer who subscribes, looked up again for every change
   * @throws what the topic's check throws
   */
  async changes<Change extends object, Scope, Event>(
    topic: Topic<Change, Scope, Event>,
    scope: Scope,
    viewer: () => Promise<Viewer>,
  ): Promise<AsyncIterableIterator<Event>> {
    const check = topic.check?.(scope);
    if (check) await this.parts.ask(check, await viewer());
    const running = this.running(topic);
    if (!this.isClosed) await this.parts.notices.listen(topic.channel, running.feed);
    const mailbox = running.feed.open();
    // The hub may have begun to stop meanwhile.
    if (this.isClosed) mailbox.close();
    return events(mailbox, (batch) => this.told(topic, running, batch, scope, viewer));
  }

  /** Ends all subscriptions, and listens no longer. */
  async close(): Promise<void> {
    this.isClosed = true;
    for (const { feed } of this.topics.values()) feed.close();
    await this.parts.notices.close();
  }

  private running<Change extends object>(topic: Topic<Change, never, unknown>): Running<Change> {
    const known = this.topics.get(topic) as Running<Change> | undefined;
    if (known) return known;
    const made: Running<Change> = {
      feed: new Feed(topic, this.parts.onTrouble),
      answers: new WeakMap(),
    };
    this.topics.set(topic, made as unknown as Running<never>);
    return made;
  }

  /** What a viewer is told of a batch: nothing where it sees nothing of it, `ENDED` where it is nobody any more. */
  private async told<Change extends object, Scope, Event>(
    topic: Topic<Change, Scope, Event>,
    { answers }: Running<Change>,
    batch: Batch<Change>,
    scope: Scope,
    viewer: () => Promise<Viewer>,
  ): Promise<{ event?: Event } | typeof ENDED> {
    if (batch !== ANYTHING && !topic.concerns(batch, scope)) return {};
    try {
      const who = await viewer();
      if (batch === ANYTHING) return { event: topic.anything() };
      const asked = answers.get(batch) ?? new Map<string, Promise<unknown>>();
      answers.set(batch, asked);
      const key = JSON.stringify([who.reads.scope, scope]);
      const answer =
        asked.get(key) ?? this.turns.take(() => this.parts.ask(topic.question(batch, scope), who));
      asked.set(key, answer);
      const seen = await answer;
      return seen === null ? {} : { event: topic.event(seen) };
    } catch (error) {
      if (error instanceof UnauthenticatedError) return ENDED;
      // What cannot be found out now would never be told.
      this.parts.onTrouble(error);
      return { event: topic.anything() };
    }
  }
}

const ENDED = Symbol('ended');

/** What is told of the batches in a mailbox. No generator: that would not end while it waits. */
function events<B, Event>(
  mailbox: Mailbox<B>,
  told: (batch: B) => Promise<{ event?: Event } | typeof ENDED>,
): AsyncIterableIterator<Event> {
  const end = (): IteratorReturnResult<undefined> => {
    mailbox.close();
    return { done: true, value: undefined };
  };
  return {
    async next() {
      for (;;) {
        const batch = await mailbox.take();
        if (batch === undefined) return end();
        const outcome = await told(batch);
        if (outcome === ENDED) return end();
        if (outcome.event !== undefined) return { done: false, value: outcome.event };
      }
    },
    async return() {
      return end();
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
