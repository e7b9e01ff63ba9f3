import { Field, ID, InputType } from 'type-graphql';
import { IDEMPOTENCY_KEY } from '../../../graphql/idempotency-key.ts';
import { DateScalar, DecimalScalar } from '../../../graphql/scalars.ts';
import { AdviserRole } from '../request.entity.ts';

@InputType({ description: 'Which mandates: every condition that is given must hold.' })
export class AdviserMandateFilter {
  @Field(() => ID, { nullable: true, description: 'Of this service.' })
  service?: string | null;

  @Field(() => [AdviserRole], { nullable: true, description: 'Of one of these roles.' })
  roles?: AdviserRole[] | null;

  @Field(() => DateScalar, { nullable: true, description: 'That hold on this day.' })
  on?: string | null;
}

@InputType({ description: 'Hours a month that an adviser has for the partners of a service.' })
export class CreateAdviserMandateInput {
  @Field(() => String, { description: IDEMPOTENCY_KEY })
  idempotencyKey!: string;

  @Field(() => ID, { description: 'The service: of prevention or of diversity.' })
  service!: string;

  @Field(() => String, {
    description:
      'A pseudonym of up to three capital letters and 1 to 8 digits, such as A-12; no name. The service keeps whom it stands for.',
  })
  reference!: string;

  @Field(() => AdviserRole, { description: 'As what the adviser works.' })
  role!: AdviserRole;

  @Field(() => DecimalScalar, { description: 'Hours a month in whole quarters, up to 220.' })
  hoursPerMonth!: string;

  @Field(() => DateScalar, { description: 'First day of the first month.' })
  validFrom!: string;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'First day of the first month in which it no longer holds; without an end without it.',
  })
  validUntil?: string | null;
}

@InputType({ description: 'The end of a mandate.' })
export class EndAdviserMandateInput {
  @Field(() => String, { description: IDEMPOTENCY_KEY })
  idempotencyKey!: string;

  @Field(() => ID, { description: 'The mandate.' })
  mandate!: string;

  @Field(() => DateScalar, { description: 'First day of the first month in which it no longer holds.' })
  validUntil!: string;
}

@InputType({ description: 'Which bookings: every condition that is given must hold.' })
export class AdviserBookingFilter {
  @Field(() => ID, { nullable: true, description: 'For this partner.' })
  partner?: string | null;

  @Field(() => ID, { nullable: true, description: 'Of this service.' })
  service?: string | null;

  @Field(() => ID, { nullable: true, description: 'Of this mandate.' })
  mandate?: string | null;
}

@InputType({ description: 'Hours of an adviser to book for a partner.' })
export class BookAdviserInput {
  @Field(() => String, { description: IDEMPOTENCY_KEY })
  idempotencyKey!: string;

  @Field(() => ID, { description: 'The mandate.' })
  mandate!: string;

  @Field(() => ID, { description: 'For whom.' })
  partner!: string;

  @Field(() => ID, { nullable: true, description: 'The request of the partner that it serves, if any.' })
  request?: string | null;

  @Field(() => DateScalar, { description: 'The day.' })
  day!: string;

  @Field(() => DecimalScalar, { description: 'Hours in whole quarters, 11 at most.' })
  hours!: string;
}

@InputType({ description: 'Hours to give back.' })
export class CancelAdviserBookingInput {
  @Field(() => String, { description: IDEMPOTENCY_KEY })
  idempotencyKey!: string;

  @Field(() => ID, { description: 'The booking.' })
  booking!: string;
}
