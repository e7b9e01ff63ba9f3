import { Field, ID, InputType } from 'type-graphql';
import { IDEMPOTENCY_KEY } from '../../../graphql/idempotency-key.ts';
import { DateScalar, DecimalScalar } from '../../../graphql/scalars.ts';
import { PlacementState, Weekday } from '../placement.entity.ts';

@InputType({ description: 'Which placements: every condition that is given must hold.' })
export class PlacementFilter {
  @Field(() => ID, { nullable: true, description: 'With this member.' })
  partner?: string | null;

  @Field(() => ID, { nullable: true, description: "Of this employer group's service." })
  service?: string | null;

  @Field(() => ID, { nullable: true, description: 'Of this worker.' })
  worker?: string | null;

  @Field(() => [PlacementState], { nullable: true, description: 'In one of these states.' })
  states?: PlacementState[] | null;

  @Field(() => DateScalar, { nullable: true, description: 'That hold on this day.' })
  on?: string | null;
}

@InputType({ description: 'Which labour disputes: every condition that is given must hold.' })
export class LabourDisputeFilter {
  @Field(() => ID, { nullable: true, description: 'At this member.' })
  partner?: string | null;

  @Field(() => ID, { nullable: true, description: "Of this employer group's service." })
  service?: string | null;

  @Field(() => DateScalar, { nullable: true, description: 'Under way on this day.' })
  on?: string | null;
}

@InputType({ description: 'Hours of a day of the week.' })
export class DayHoursInput {
  @Field(() => Weekday, { description: 'The day.' })
  weekday!: Weekday;

  @Field(() => DecimalScalar, { description: 'Hours in whole quarters, 11 at most.' })
  hours!: string;
}

@InputType({ description: 'A worker to place with a member.' })
export class ProposePlacementInput {
  @Field(() => String, { description: IDEMPOTENCY_KEY })
  idempotencyKey!: string;

  @Field(() => ID, { description: 'The member: enrolled for all of that time.' })
  partner!: string;

  @Field(() => ID, { description: 'The worker.' })
  worker!: string;

  @Field(() => ID, { nullable: true, description: 'The open request of the member that it answers.' })
  request?: string | null;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'Hours a week in whole quarters; give this or `shareOfContract`.',
  })
  weeklyHours?: string | null;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'Part of the contract’s hours, above 0 and up to 1; rounded down to a quarter of an hour.',
  })
  shareOfContract?: string | null;

  @Field(() => [DayHoursInput], {
    nullable: true,
    description: 'Hours by day, which come to those of the week; spread from Monday to Friday without it.',
  })
  schedule?: DayHoursInput[] | null;

  @Field(() => DateScalar, { description: 'First day.' })
  startsOn!: string;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'First day after it; as long as the contract without it.',
  })
  endsOn?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'NIS code of the municipality in which the work is done; the member’s own without it.',
  })
  municipality?: string | null;
}

@InputType({ description: 'A placement that the member agrees to.' })
export class AgreeToPlacementInput {
  @Field(() => String, { description: IDEMPOTENCY_KEY })
  idempotencyKey!: string;

  @Field(() => ID, { description: 'The placement.' })
  placement!: string;
}

@InputType({ description: 'A placement that the member does not agree to.' })
export class DeclinePlacementInput extends AgreeToPlacementInput {}

@InputType({ description: 'A placement that the group takes back.' })
export class CancelPlacementInput extends AgreeToPlacementInput {}

@InputType({ description: 'The end of a placement.' })
export class EndPlacementInput extends AgreeToPlacementInput {
  @Field(() => DateScalar, { description: 'First day after it.' })
  endsOn!: string;
}

@InputType({ description: 'A strike or lock-out at a member.' })
export class RecordLabourDisputeInput {
  @Field(() => String, { description: IDEMPOTENCY_KEY })
  idempotencyKey!: string;

  @Field(() => ID, { description: 'The member.' })
  partner!: string;

  @Field(() => ID, { description: "The employer group's service." })
  service!: string;

  @Field(() => DateScalar, { description: 'First day.' })
  startedOn!: string;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'First day on which it is over, where that is known.',
  })
  endedOn?: string | null;
}

@InputType({ description: 'The end of a strike or lock-out.' })
export class EndLabourDisputeInput {
  @Field(() => String, { description: IDEMPOTENCY_KEY })
  idempotencyKey!: string;

  @Field(() => ID, { description: 'The dispute.' })
  id!: string;

  @Field(() => DateScalar, { description: 'First day on which it is over.' })
  endedOn!: string;
}
