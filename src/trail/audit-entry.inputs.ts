import { Field, ID, InputType } from 'type-graphql';
import { DateRangeInput } from '../graphql/date-range.ts';

@InputType({ description: 'Which entries of the trail: every condition that is given must hold.' })
export class AuditFilter {
  @Field(() => String, { nullable: true, description: 'By this principal, e.g. `administrator`.' })
  principal?: string | null;

  @Field(() => ID, { nullable: true, description: 'On records of this partner, itself included.' })
  partner?: string | null;

  @Field(() => String, { nullable: true, description: 'By this mutation, e.g. `updatePartner`.' })
  mutation?: string | null;

  @Field(() => String, { nullable: true, description: 'On records of this kind, e.g. `Enrolment`.' })
  entity?: string | null;

  @Field(() => DateRangeInput, {
    nullable: true,
    description: 'On a day of this period, in Europe/Brussels.',
  })
  period?: DateRangeInput | null;
}
