import { LRUCache } from 'lru-cache';
import type { Meter, RateLimitState } from '../access/meter.ts';
import type { Viewer } from '../access/viewer.ts';
import type { Clock } from '../clock.ts';
import { RateLimitedError, UserError } from '../errors.ts';
import { addressKey } from './address.ts';
import { Bucket } from './bucket.ts';
import { type Rates, rateOf } from './rates.ts';

/** Most principals, and most addresses, whose points are remembered; the one that asked longest ago is forgotten. */
const MOST_BUCKETS = 20_000;

/** Points of any request, answered or refused; what it asks for comes on top. */
const REQUEST_POINTS = 1;

/** Gives each principal its points a minute; who has no name is known by the address. */
export class RateLimiter {
  private readonly principals = new LRUCache<string, Bucket>({ max: MOST_BUCKETS });
  // Apart, so that a crowd of addresses displaces nobody who has a name.
  private readonly addresses = new LRUCache<string, Bucket>({ max: MOST_BUCKETS });

  constructor(
    private readonly rates: Rates,
    private readonly clock: Clock,
    /** Told of each principal that asks; not of addresses, which stay in this process. */
    private readonly onUse?: (bucket: Bucket) => void,
  ) {}

  /**
   * Begins an operation, and takes the point that any request costs; undefined for a viewer without a limit.
   * @throws RateLimitedError when not even that is left
   */
  begin(viewer: Viewer, address: string | undefined): Meter | undefined {
    const limit = rateOf(viewer, this.rates);
    if (limit === Number.POSITIVE_INFINITY) return undefined;
    const now = this.clock().getTime();
    const isNamed = viewer.principal !== 'anonymous';
    const buckets = isNamed ? this.principals : this.addresses;
    const key = isNamed ? viewer.principal : addressKey(address);
    let bucket = buckets.get(key);
    if (!bucket) {
      bucket = new Bucket(key, limit, now);
      buckets.set(key, bucket);
    }
    if (isNamed) this.onUse?.(bucket);
    const wait = bucket.take(REQUEST_POINTS, now, limit);
    if (wait > 0) throw new RateLimitedError(Math.ceil(wait / 1000), limit);
    return new OperationMeter(bucket, limit, this.clock);
  }
}

class OperationMeter implements Meter {
  private cost = REQUEST_POINTS;

  constructor(
    private readonly bucket: Bucket,
    private readonly limit: number,
    private readonly clock: Clock,
  ) {}

  charge(total: number): void {
    const { bucket, limit, cost } = this;
    if (total <= cost) return;
    if (total > limit) {
      throw new UserError(
        'QUERY_TOO_LARGE',
        `This operation costs ${total} points, and you have ${limit} a minute: ask for smaller pages or less in each, or in several requests.`,
      );
    }
    if (bucket.take(total - cost, this.clock().getTime()) > 0) {
      throw new RateLimitedError(Math.ceil(bucket.wait(total) / 1000), limit);
    }
    this.cost = total;
  }

  owe(total: number): void {
    if (total <= this.cost) return;
    this.bucket.force(total - this.cost);
    this.cost = total;
  }

  state(): RateLimitState {
    const now = this.clock().getTime();
    const { points, limit } = this.bucket.state(now);
    return {
      limit,
      cost: this.cost,
      remaining: Math.max(0, Math.floor(points)),
      resetAt: new Date(now + this.bucket.wait(limit)).toISOString(),
    };
  }
}
