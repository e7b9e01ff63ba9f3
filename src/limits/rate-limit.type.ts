import { Field, Int, ObjectType } from 'type-graphql';
import { DateTimeScalar } from '../graphql/scalars.ts';

@ObjectType('RateLimit', {
  simpleResolvers: true,
  description:
    'Your points: how many you have a minute, and what is left of them. Reading costs 1 point, 1 for each table that it reads and 1 for each 100 rows that it may come to; a mutation costs 10, and 1 for each 10 items of its lists. Points come back evenly.',
})
export class RateLimitType {
  @Field(() => Int, { description: 'Points a minute: those of your most generous role.' })
  limit!: number;

  @Field(() => Int, { description: 'Points that this operation costs, all its fields together.' })
  cost!: number;

  @Field(() => Int, { description: 'Points that are left, this operation paid.' })
  remaining!: number;

  @Field(() => DateTimeScalar, { description: 'When all points are back, if you spend no more.' })
  resetAt!: string;
}
