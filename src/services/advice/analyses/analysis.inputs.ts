import { Field, ID, InputType, Int } from 'type-graphql';
import { IDEMPOTENCY_KEY } from '../../../graphql/idempotency-key.ts';
import { DateScalar } from '../../../graphql/scalars.ts';
import {
  AnalysisRubric,
  AnalysisStep,
  LEAST_GROUP,
  PsychosocialComponent,
  SobaneLevel,
} from '../analysis.entity.ts';

@InputType({ description: 'Which risk analyses: every condition that is given must hold.' })
export class RiskAnalysisFilter {
  @Field(() => ID, { nullable: true, description: 'At this partner.' })
  partner?: string | null;

  @Field(() => ID, { nullable: true, description: 'By this service.' })
  service?: string | null;

  @Field(() => [AnalysisStep], { nullable: true, description: 'That have come to one of these steps.' })
  steps?: AnalysisStep[] | null;

  @Field(() => [SobaneLevel], { nullable: true, description: 'At one of these levels.' })
  levels?: SobaneLevel[] | null;
}

@InputType({ description: 'A risk analysis that is asked for.' })
export class OpenRiskAnalysisInput {
  @Field(() => String, { description: IDEMPOTENCY_KEY })
  idempotencyKey!: string;

  @Field(() => ID, { description: 'At which partner.' })
  partner!: string;

  @Field(() => ID, { description: 'By which service of prevention.' })
  service!: string;

  @Field(() => DateScalar, { nullable: true, description: 'Day of the request; today without it.' })
  requestedOn?: string | null;

  @Field(() => Int, {
    defaultValue: LEAST_GROUP,
    description: `People whom each target group has at least: ${LEAST_GROUP} to 100.`,
  })
  leastGroup!: number;
}

@InputType({ description: 'A step of a risk analysis.' })
export class RecordRiskAnalysisStepInput {
  @Field(() => String, { description: IDEMPOTENCY_KEY })
  idempotencyKey!: string;

  @Field(() => ID, { description: 'The analysis.' })
  analysis!: string;

  @Field(() => AnalysisStep, { description: 'The step that follows the last one.' })
  step!: AnalysisStep;

  @Field(() => DateScalar, {
    description: 'Day on which it was taken: not before the last step, and not in the future.',
  })
  doneOn!: string;

  @Field(() => String, {
    description:
      'By what it can be shown, such as where the minutes are; up to 500 characters. Name no person.',
  })
  evidence!: string;
}

@InputType({ description: 'A deeper level of a risk analysis.' })
export class DeepenRiskAnalysisInput {
  @Field(() => String, { description: IDEMPOTENCY_KEY })
  idempotencyKey!: string;

  @Field(() => ID, { description: 'The analysis.' })
  analysis!: string;

  @Field(() => SobaneLevel, { description: 'A deeper level than the one that it is at.' })
  level!: SobaneLevel;

  @Field(() => String, {
    description:
      'Why the level before does not suffice; up to 500 characters. Name no person, and tell nothing about any.',
  })
  reason!: string;
}

@InputType({ description: 'A group of people whose work is alike.' })
export class AddTargetGroupInput {
  @Field(() => String, { description: IDEMPOTENCY_KEY })
  idempotencyKey!: string;

  @Field(() => ID, {
    description: 'The analysis, between the meeting with the management and those of the groups.',
  })
  analysis!: string;

  @Field(() => String, {
    description: 'What its people do, such as "night team"; up to 120 characters. Name no person.',
  })
  name!: string;

  @Field(() => Int, { description: 'How many people: as many as the analysis asks of a group at least.' })
  size!: number;
}

@InputType({ description: 'What a group says of a rubric of its work: one of the three at least.' })
export class FindingInput {
  @Field(() => AnalysisRubric, { description: 'The rubric; each once.' })
  rubric!: AnalysisRubric;

  @Field(() => PsychosocialComponent, {
    nullable: true,
    description: 'The component of psychosocial risks that it is about, where it is about one.',
  })
  component?: PsychosocialComponent | null;

  @Field(() => String, {
    nullable: true,
    description: 'What goes well; up to 2000 characters. Name no person, and tell nothing about any.',
  })
  goesWell?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'What does not; up to 2000 characters. Name no person, and tell nothing about any.',
  })
  goesNotWell?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Ideas to make it better; up to 2000 characters. Name no person, and tell nothing about any.',
  })
  ideas?: string | null;
}

@InputType({ description: 'What came out of the meeting of a group.' })
export class SaveGroupFindingsInput {
  @Field(() => String, { description: IDEMPOTENCY_KEY })
  idempotencyKey!: string;

  @Field(() => ID, { description: 'The group.' })
  group!: string;

  @Field(() => DateScalar, { description: 'Day of its meeting.' })
  metOn!: string;

  @Field(() => [FindingInput], { description: '1 to 18: they take the place of those before.' })
  findings!: FindingInput[];
}

@InputType({ description: 'The approval of a report by the group that it is about.' })
export class ApproveGroupReportInput {
  @Field(() => String, { description: IDEMPOTENCY_KEY })
  idempotencyKey!: string;

  @Field(() => ID, { description: 'The group.' })
  group!: string;

  @Field(() => DateScalar, { description: 'Day on which it approved: not before its meeting.' })
  approvedOn!: string;
}
