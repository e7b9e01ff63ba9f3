import { Field, ID, InputType } from 'type-graphql';
import { DateRangeInput } from '../../../graphql/date-range.ts';
import { IDEMPOTENCY_KEY } from '../../../graphql/idempotency-key.ts';

@InputType({ description: 'Meters whose savings are recorded.' })
export class RecordSavingsInput {
  @Field(() => String, { description: IDEMPOTENCY_KEY })
  idempotencyKey!: string;

  @Field(() => [ID], { description: '1 to 100 meters of your service.' })
  meters!: string[];

  @Field(() => DateRangeInput, {
    description: 'Whole months before the change: 12 at least for there to be a number.',
  })
  baseline!: DateRangeInput;

  @Field(() => DateRangeInput, { description: 'Whole months after it.' })
  reporting!: DateRangeInput;
}

@InputType({ description: 'Which results: every condition that is given must hold.' })
export class SavingsFilter {
  @Field(() => ID, { nullable: true, description: 'Of this partner’s meters.' })
  partner?: string | null;

  @Field(() => ID, { nullable: true, description: 'Recorded by this energy service.' })
  service?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Those that stand, or those that were superseded.' })
  isCurrent?: boolean | null;
}
