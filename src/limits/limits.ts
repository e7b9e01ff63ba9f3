import type { Clock } from '../clock.ts';
import { RateLimiter } from './limiter.ts';
import type { RateLimitService } from './rate-limit.service.ts';
import type { Rates } from './rates.ts';
import { Reconciler } from './reconciler.ts';
import { SocketLimiter } from './sockets.ts';

/** What principals are limited to. */
export interface LimitOptions {
  /** Points a minute by role; no limit without. */
  rates: Rates | undefined;
  /** Most open sockets of one principal. */
  sockets: number;
}

/** What limits each principal of a hub. */
export interface Limits {
  rate: RateLimiter | undefined;
  sockets: SocketLimiter;
  /** Ends what runs beside the requests. */
  stop(): Promise<void>;
}

/** The limits of a hub; with a `service`, processes on one database share those of principals. */
export function createLimits(
  { rates, sockets }: LimitOptions,
  parts: { clock: Clock; service: RateLimitService | undefined; warn: (message: string) => void },
): Limits {
  const { clock, service, warn } = parts;
  const reconciler = rates && service ? new Reconciler(service, clock, warn) : undefined;
  return {
    rate: rates && new RateLimiter(rates, clock, reconciler?.use),
    sockets: new SocketLimiter(sockets),
    stop: async () => reconciler?.stop(),
  };
}
