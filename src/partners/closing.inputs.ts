import { Field, ID, InputType } from 'type-graphql';
import { DateScalar } from '../graphql/scalars.ts';

@InputType({ description: 'A partner that leaves.' })
export class ClosePartnerInput {
  @Field(() => String, {
    description:
      'Key of this request, 8 to 120 printable characters; a repeat with the same key gives the same answer.',
  })
  idempotencyKey!: string;

  @Field(() => ID, { description: 'The partner.' })
  partner!: string;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'First day on which it is no longer a partner; today without it.',
  })
  closedOn?: string | null;
}
