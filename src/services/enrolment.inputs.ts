import { Field, ID, InputType } from 'type-graphql';
import { IDEMPOTENCY_KEY } from '../graphql/idempotency-key.ts';
import { DateScalar } from '../graphql/scalars.ts';
import { EnrolmentStatus } from './enrolment.entity.ts';
import { ServiceKind } from './service.entity.ts';

@InputType({ description: 'Which enrolments: every condition that is given must hold.' })
export class EnrolmentFilter {
  @Field(() => [EnrolmentStatus], { nullable: true, description: 'In one of these states.' })
  status?: EnrolmentStatus[] | null;

  @Field(() => [ServiceKind], { nullable: true, description: 'In a service of one of these kinds.' })
  serviceKinds?: ServiceKind[] | null;

  @Field(() => ID, { nullable: true, description: 'In this service.' })
  service?: string | null;

  @Field(() => ID, { nullable: true, description: 'Of this partner.' })
  partner?: string | null;

  @Field(() => [String], {
    nullable: true,
    description: 'Resting on a recognition by one of these authorities (codes), or by their administrations.',
  })
  authorities?: string[] | null;

  @Field(() => DateScalar, { nullable: true, description: 'In force on this day.' })
  activeOn?: string | null;
}

@InputType({ description: 'An enrolment to request.' })
export class EnrolPartnerInput {
  @Field(() => String, { description: IDEMPOTENCY_KEY })
  idempotencyKey!: string;

  @Field(() => ID, { description: 'The partner.' })
  partner!: string;

  @Field(() => ID, { description: 'The service.' })
  service!: string;

  @Field(() => ID, {
    nullable: true,
    description: 'A recognition of the partner that the enrolment rests on.',
  })
  recognition?: string | null;

  @Field(() => DateScalar, { nullable: true, description: 'Day of the request; today without it.' })
  requestedOn?: string | null;
}

@InputType({ description: 'An enrolment to put in force.' })
export class ActivateEnrolmentInput {
  @Field(() => String, { description: IDEMPOTENCY_KEY })
  idempotencyKey!: string;

  @Field(() => ID, { description: 'The enrolment.' })
  id!: string;

  @Field(() => DateScalar, { nullable: true, description: 'First day in force; today without it.' })
  activeFrom?: string | null;
}

@InputType({ description: 'An enrolment to end.' })
export class EndEnrolmentInput {
  @Field(() => String, { description: IDEMPOTENCY_KEY })
  idempotencyKey!: string;

  @Field(() => ID, { description: 'The enrolment.' })
  id!: string;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'First day on which it is no longer in force; today without it.',
  })
  endedOn?: string | null;
}
