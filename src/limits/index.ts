import { RateLimitResolver } from './rate-limit.resolver.ts';

export { createLimits, type LimitOptions, type Limits } from './limits.ts';
export { RateLimitService } from './rate-limit.service.ts';

/** What each principal may spend: points a minute and open sockets. */
export const limitsRoom = { bindings: [], resolvers: [RateLimitResolver] };
