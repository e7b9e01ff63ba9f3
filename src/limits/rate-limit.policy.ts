import { type RowPolicy, sql } from '../read/index.ts';
import type { RateLimitUse } from './rate-limit-use.entity.ts';

/** What principals spend is the hub's own affair: nobody reads it. */
export const rateLimitUsePolicy: RowPolicy<RateLimitUse> = (_, viewer) =>
  viewer.isAdministrator ? undefined : sql`false`;
