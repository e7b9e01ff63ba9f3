import { Ctx, Extensions, Query, Resolver } from 'type-graphql';
import type { HubContext } from '../graphql/context.ts';
import { TELLS_COST } from '../read/index.ts';
import { RateLimitType } from './rate-limit.type.ts';

@Resolver()
export class RateLimitResolver {
  @Query(() => RateLimitType, {
    nullable: true,
    description: 'Your points a minute and what this operation takes of them; null where you have no limit.',
  })
  @Extensions({ [TELLS_COST]: true })
  rateLimit(@Ctx() context: HubContext): RateLimitType | undefined {
    return context.meter?.state();
  }
}
