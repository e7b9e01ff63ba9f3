import { defineEntity, p } from '@mikro-orm/core';
import { rowSecurity } from '../database/row-security.ts';
import { rateLimitUseRule } from './rate-limit.policy.ts';

export const RateLimitUseSchema = defineEntity({
  name: 'RateLimitUse',
  tableName: 'rate_limit_use',
  ...rowSecurity('rate_limit_use', rateLimitUseRule),
  properties: {
    /** Name of a principal; never an address. */
    principal: p.string().length(120).primary(),
    /** The minute's beginning, by the database's clock. */
    minute: p.datetime(0).primary(),
    /** The process that answered, under a key that it makes at its start. */
    hub: p.uuid().primary(),
    spent: p.integer(),
  },
});
/** Points that a principal spent in a minute at one process: how processes on one server share a limit. */
export class RateLimitUse extends RateLimitUseSchema.class {}
RateLimitUseSchema.setClass(RateLimitUse);
