import { Field, ID, InputType } from 'type-graphql';
import { IDEMPOTENCY_KEY } from '../../../graphql/idempotency-key.ts';
import { DateTimeScalar, DecimalScalar } from '../../../graphql/scalars.ts';
import { ReadingQuality } from '../meter.entity.ts';

@InputType({ description: 'What a meter counted in an interval.' })
export class MeterReadingInput {
  @Field(() => ID, { description: 'The meter.' })
  meter!: string;

  @Field(() => DateTimeScalar, { description: 'First instant of the interval, in 1900 or later.' })
  from!: string;

  @Field(() => DateTimeScalar, {
    description:
      'First instant after it: at most 400 days later, and not in the future. Of a tank, from one filling to the next.',
  })
  until!: string;

  @Field(() => DecimalScalar, {
    description:
      'What was used, in the meter’s unit, with at most 10 digits before the point; of a tank, what it was filled up with at the end.',
  })
  quantity!: string;

  @Field(() => ReadingQuality, {
    nullable: true,
    description:
      'MEASURED without it. CORRECTED takes the place of the readings that lie within its interval, which are kept as replaced.',
  })
  quality?: ReadingQuality | null;
}

@InputType({ description: 'Readings of meters.' })
export class ImportMeterReadingsInput {
  @Field(() => String, { description: IDEMPOTENCY_KEY })
  idempotencyKey!: string;

  @Field(() => [MeterReadingInput], {
    description:
      '1 to 5,000 readings. Each is accepted or refused by itself; of two that overlap the first one stands.',
  })
  readings!: MeterReadingInput[];
}
