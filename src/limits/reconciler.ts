import type { Clock } from '../clock.ts';
import type { Bucket, OthersSpent } from './bucket.ts';
import type { RateLimitService } from './rate-limit.service.ts';

/** How often processes tell one another what was spent. */
const EVERY_MS = 1000;

/** A principal is asked after for so long after it last asked for something. */
const ACTIVE_MS = 60_000;

/** Longest that an exchange holds up the end of the hub. */
const STOP_WITHIN_MS = 2000;

/**
 * Exchanges with the other processes on the database, once a second while anybody asks for something: a hub at rest
 * asks nothing. Where the database does not answer, limits hold in this process alone until it does.
 */
export class Reconciler {
  private readonly active = new Map<string, Bucket>();
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  private isStopped = false;
  private hasFailed = false;

  constructor(
    private readonly service: RateLimitService,
    private readonly clock: Clock,
    private readonly warn: (message: string) => void,
  ) {}

  /** Takes part in the next exchange. */
  readonly use = (bucket: Bucket): void => {
    this.active.set(bucket.principal, bucket);
    if (!this.timer && !this.isStopped) this.timer = setInterval(this.tick, EVERY_MS).unref();
  };

  /** Ends: no exchange begins any more, and the one under way is waited for a moment. */
  async stop(): Promise<void> {
    this.isStopped = true;
    clearInterval(this.timer);
    let late: NodeJS.Timeout | undefined;
    const patience = new Promise<void>((resolve) => {
      late = setTimeout(resolve, STOP_WITHIN_MS);
    });
    await Promise.race([this.running, patience]);
    clearTimeout(late);
  }

  private readonly tick = (): void => {
    // The one before waits for the database.
    if (this.running) return;
    this.running = this.exchange().finally(() => {
      this.running = undefined;
    });
  };

  private async exchange(): Promise<void> {
    this.forgetIdle();
    if (this.active.size === 0) {
      clearInterval(this.timer);
      this.timer = undefined;
      return;
    }
    const buckets = [...this.active.values()];
    const spent = buckets.flatMap(({ principal, unsent }) =>
      unsent > 0 ? { principal, spent: unsent } : [],
    );
    try {
      const others = await this.service.exchange([...this.active.keys()], spent);
      this.settle(new Map(buckets.map((bucket) => [bucket.principal, bucket])), spent, others);
      this.hasFailed = false;
    } catch (error) {
      if (!this.hasFailed) this.warn(`Limits are not shared with other processes: ${String(error)}`);
      this.hasFailed = true;
    }
  }

  private settle(
    buckets: ReadonlyMap<string, Bucket>,
    sent: readonly { principal: string; spent: number }[],
    others: readonly OthersSpent[],
  ): void {
    for (const { principal, spent } of sent) {
      const bucket = buckets.get(principal);
      if (bucket) bucket.unsent -= spent;
    }
    const now = this.clock().getTime();
    for (const one of others) buckets.get(one.principal)?.takeOthers(one, now);
  }

  private forgetIdle(): void {
    const now = this.clock().getTime();
    for (const [principal, bucket] of this.active) {
      if (now - bucket.usedAt <= ACTIVE_MS) continue;
      // What could not be told for so long is over.
      bucket.unsent = 0;
      this.active.delete(principal);
    }
  }
}
