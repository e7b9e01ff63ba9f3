import { Field, ID, InputType } from 'type-graphql';
import { DateRangeInput } from '../../../graphql/date-range.ts';
import { IDEMPOTENCY_KEY } from '../../../graphql/idempotency-key.ts';
import { DateScalar, DecimalScalar } from '../../../graphql/scalars.ts';
import { AnalysisRubric, PsychosocialComponent } from '../analysis.entity.ts';
import { MeasurePriority, PreventionMeasureState, ResponsibleRole } from '../measure.entity.ts';

const TITLE = 'What is done; up to 200 characters. Name no person.';

@InputType({ description: 'Which measures of action plans: every condition that is given must hold.' })
export class PreventionMeasureFilter {
  @Field(() => ID, { nullable: true, description: 'At this partner.' })
  partner?: string | null;

  @Field(() => ID, { nullable: true, description: 'Of analyses by this service.' })
  service?: string | null;

  @Field(() => [PreventionMeasureState], { nullable: true, description: 'In one of these states.' })
  states?: PreventionMeasureState[] | null;

  @Field(() => DateRangeInput, {
    nullable: true,
    description: 'Whose deadline lies in this period: a calendar year, for a yearly action plan.',
  })
  due?: DateRangeInput | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether the deadline has passed and they are neither done nor dropped.',
  })
  isOverdue?: boolean | null;
}

@InputType({ description: 'A measure to plan.' })
export class PlanPreventionMeasureInput {
  @Field(() => String, { description: IDEMPOTENCY_KEY })
  idempotencyKey!: string;

  @Field(() => ID, { description: 'The risk analysis, whose conclusions were presented to the management.' })
  analysis!: string;

  @Field(() => String, { description: TITLE })
  title!: string;

  @Field(() => AnalysisRubric, { nullable: true, description: 'The rubric that it answers, if any.' })
  rubric?: AnalysisRubric | null;

  @Field(() => PsychosocialComponent, {
    nullable: true,
    description: 'The component of psychosocial risks that it answers, if any.',
  })
  component?: PsychosocialComponent | null;

  @Field(() => ResponsibleRole, { description: 'Who sees to it: a role.' })
  responsible!: ResponsibleRole;

  @Field(() => DateScalar, { description: 'The last day on which it is in time: today or later.' })
  deadline!: string;

  @Field(() => MeasurePriority, {
    defaultValue: MeasurePriority.NORMAL,
    description: 'How soon it is needed.',
  })
  priority!: MeasurePriority;

  @Field(() => DecimalScalar, { nullable: true, description: 'What it may cost, in euro.' })
  budget?: string | null;
}

@InputType({ description: 'What changes of a measure that is open; what is left out stays.' })
export class ChangePreventionMeasureInput {
  @Field(() => String, { description: IDEMPOTENCY_KEY })
  idempotencyKey!: string;

  @Field(() => ID, { description: 'The measure.' })
  measure!: string;

  @Field(() => String, { nullable: true, description: TITLE })
  title?: string | null;

  @Field(() => ResponsibleRole, { nullable: true, description: 'Who sees to it.' })
  responsible?: ResponsibleRole | null;

  @Field(() => DateScalar, { nullable: true, description: 'Another deadline: today or later.' })
  deadline?: string | null;

  @Field(() => MeasurePriority, { nullable: true, description: 'How soon it is needed.' })
  priority?: MeasurePriority | null;

  @Field(() => DecimalScalar, { nullable: true, description: 'What it may cost, in euro.' })
  budget?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'True when somebody has begun with it.' })
  isStarted?: boolean | null;
}

@InputType({ description: 'A measure that is done.' })
export class CompletePreventionMeasureInput {
  @Field(() => String, { description: IDEMPOTENCY_KEY })
  idempotencyKey!: string;

  @Field(() => ID, { description: 'The measure.' })
  measure!: string;

  @Field(() => DateScalar, { description: 'Day on which it was done: not in the future.' })
  doneOn!: string;
}

@InputType({ description: 'A measure that is given up.' })
export class DropPreventionMeasureInput {
  @Field(() => String, { description: IDEMPOTENCY_KEY })
  idempotencyKey!: string;

  @Field(() => ID, { description: 'The measure.' })
  measure!: string;

  @Field(() => String, {
    description: 'Why; up to 500 characters. Name no person, and tell nothing about any.',
  })
  reason!: string;
}
