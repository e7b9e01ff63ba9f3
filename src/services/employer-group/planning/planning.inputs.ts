import { Field, ID, InputType } from 'type-graphql';
import { IDEMPOTENCY_KEY } from '../../../graphql/idempotency-key.ts';
import { DateScalar, DecimalScalar } from '../../../graphql/scalars.ts';
import { WorkerFunction } from '../employer-group.entity.ts';
import { PlacementRequestState } from '../placement.entity.ts';

@InputType({ description: 'Which requests: every condition that is given must hold.' })
export class PlacementRequestFilter {
  @Field(() => ID, { nullable: true, description: 'Of this member.' })
  partner?: string | null;

  @Field(() => ID, { nullable: true, description: "At this employer group's service." })
  service?: string | null;

  @Field(() => [PlacementRequestState], { nullable: true, description: 'In one of these states.' })
  states?: PlacementRequestState[] | null;

  @Field(() => [WorkerFunction], { nullable: true, description: 'For one of these functions.' })
  functions?: WorkerFunction[] | null;
}

@InputType({ description: 'What a member needs.' })
export class RequestPlacementInput {
  @Field(() => String, { description: IDEMPOTENCY_KEY })
  idempotencyKey!: string;

  @Field(() => ID, { description: 'The member: enrolled today.' })
  partner!: string;

  @Field(() => ID, { description: "The employer group's service." })
  service!: string;

  @Field(() => WorkerFunction, { description: 'The function.' })
  jobFunction!: WorkerFunction;

  @Field(() => DecimalScalar, { description: 'Hours a week in whole quarters, 50 at most.' })
  weeklyHours!: string;

  @Field(() => DateScalar, { description: 'First day.' })
  startsOn!: string;

  @Field(() => DateScalar, { nullable: true, description: 'First day after it; for good without it.' })
  endsOn?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'NIS code of the municipality in which the work is to be done; the member’s own without it.',
  })
  municipality?: string | null;
}

@InputType({ description: 'A request to take back.' })
export class WithdrawPlacementRequestInput {
  @Field(() => String, { description: IDEMPOTENCY_KEY })
  idempotencyKey!: string;

  @Field(() => ID, { description: 'The request, which is open.' })
  id!: string;
}
