import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { DateRange, DateRangeInput } from '../graphql/date-range.ts';
import { DateTimeScalar } from '../graphql/scalars.ts';
import { SharedServiceType } from '../services/index.ts';
import { MetricDefinitionType, MetricKey } from './metric.type.ts';

@InputType({
  description: 'Which answers of `usageMetrics` to be told about: every condition that is given must hold.',
})
export class UsageScopeInput {
  @Field(() => [MetricKey], { nullable: true, description: 'Of one of these metrics, at most 100.' })
  metrics?: string[] | null;

  @Field(() => [ID], { nullable: true, description: 'About one of these services, at most 100.' })
  services?: string[] | null;

  @Field(() => [ID], { nullable: true, description: 'About one of these partners, at most 100.' })
  partners?: string[] | null;

  @Field(() => ID, { nullable: true, description: 'About partners that are members of it today.' })
  federation?: string | null;

  @Field(() => DateRangeInput, { nullable: true, description: 'Over months that overlap this period.' })
  period?: DateRangeInput | null;
}

@ObjectType({
  simpleResolvers: true,
  description:
    'Answers of `usageMetrics` that are others now, as far as you see the records behind them: ask again what it names.',
})
export class UsageMetricsChange {
  @Field(() => DateTimeScalar, {
    description: 'When the hub looked: what is asked from then on holds the change.',
  })
  at!: string;

  @Field(() => [MetricDefinitionType], {
    description: 'Metrics whose values are others, those computed from others included.',
  })
  metrics!: MetricDefinitionType[];

  @Field(() => [SharedServiceType], { description: 'Services that it is about.' })
  services!: SharedServiceType[];

  @Field(() => DateRange, {
    description: 'From the first to the last month that it is about; without end where a level has changed.',
  })
  period!: DateRange;

  @Field(() => Boolean, {
    description:
      'Whether metrics, services and period tell all of it. False where anything may have changed, because there was too much of it or the hub could not follow for a while: ask everything again.',
  })
  isComplete!: boolean;
}
