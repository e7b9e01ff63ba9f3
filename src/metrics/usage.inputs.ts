import { Field, ID, InputType } from 'type-graphql';
import { DateRangeInput } from '../graphql/date-range.ts';
import { IDEMPOTENCY_KEY } from '../graphql/idempotency-key.ts';
import { DateScalar, DecimalScalar } from '../graphql/scalars.ts';
import { MetricKey } from './metric.type.ts';

@InputType({ description: 'Which usage entries: every condition that is given must hold.' })
export class UsageFilter {
  @Field(() => ID, { nullable: true, description: 'Of this service.' })
  service?: string | null;

  @Field(() => ID, { nullable: true, description: 'Of this partner.' })
  partner?: string | null;

  @Field(() => [MetricKey], { nullable: true, description: 'Of one of these metrics.' })
  metrics?: string[] | null;

  @Field(() => DateRangeInput, { nullable: true, description: 'On a day of this period.' })
  period?: DateRangeInput | null;

  @Field(() => String, { nullable: true, description: 'Reported by this system.' })
  source?: string | null;
}

@InputType({
  description:
    'One entry to report: either a quantity (service, partner, metric, occurredOn, quantity), or the reversal of an earlier entry (reverses alone).',
})
export class UsageEntryInput {
  @Field(() => String, {
    description:
      'Your own reference of the entry, 1 to 120 printable characters, unique per source, partner and service: the same one again is answered DUPLICATE.',
  })
  externalReference!: string;

  @Field(() => ID, { nullable: true, description: 'The service.' })
  service?: string | null;

  @Field(() => ID, { nullable: true, description: 'The partner.' })
  partner?: string | null;

  @Field(() => MetricKey, { nullable: true, description: 'What the quantity measures.' })
  metric?: string | null;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'Day of the use, not in the future; for a STOCK metric, the day of the level.',
  })
  occurredOn?: string | null;

  @Field(() => DecimalScalar, { nullable: true, description: "Quantity in the metric's unit." })
  quantity?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Breakdown inside the metric, e.g. ACCOUNTANT; up to 40 of A-Z, 0-9 and _.',
  })
  category?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'The entry to take back as a whole. Report the right one as a new entry.',
  })
  reverses?: string | null;
}

@InputType({ description: 'Usage to report.' })
export class ReportUsageInput {
  @Field(() => String, {
    description: IDEMPOTENCY_KEY,
  })
  idempotencyKey!: string;

  @Field(() => String, {
    description: 'The system that reports, 1 to 60 of a-z, 0-9, dot and hyphen, e.g. `ecat`.',
  })
  source!: string;

  @Field(() => [UsageEntryInput], {
    description: 'The entries, 1 to 1,000. Each is accepted or refused by itself.',
  })
  entries!: UsageEntryInput[];
}
