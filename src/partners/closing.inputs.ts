import { Field, ID, InputType } from 'type-graphql';
import { IDEMPOTENCY_KEY } from '../graphql/idempotency-key.ts';
import { DateScalar } from '../graphql/scalars.ts';

@InputType({ description: 'A partner that leaves.' })
export class ClosePartnerInput {
  @Field(() => String, {
    description: IDEMPOTENCY_KEY,
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
