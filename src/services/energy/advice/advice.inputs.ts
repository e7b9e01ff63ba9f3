import { Field, ID, InputType, registerEnumType } from 'type-graphql';
import { IDEMPOTENCY_KEY } from '../../../graphql/idempotency-key.ts';
import { DateScalar, DecimalScalar } from '../../../graphql/scalars.ts';
import { MeasureKind, MeasureState, VisitState } from '../advice.entity.ts';
import { EnergyCarrier } from '../meter.entity.ts';

/** In which sequence measures come. */
export enum MeasureOrder {
  PROPOSED_ON = 'PROPOSED_ON',
  RETURN = 'RETURN',
}

registerEnumType(MeasureOrder, {
  name: 'EnergyMeasureOrder',
  description: 'In which sequence measures come · ordre · volgorde.',
  valuesConfig: {
    PROPOSED_ON: { description: 'The latest proposed first · date de proposition · datum van voorstel' },
    RETURN: {
      description:
        'What they are expected to save a year in euro, for each euro of net investment: the best first, and before them what saves and costs nothing; last those whose estimate, investment or price of a kWh is not known · rendement · rendement',
    },
  },
});

@InputType({ description: 'A visit to ask for.' })
export class RequestVisitInput {
  @Field(() => String, { description: IDEMPOTENCY_KEY })
  idempotencyKey!: string;

  @Field(() => ID, { description: 'The building.' })
  building!: string;

  @Field(() => DateScalar, { nullable: true, description: 'Day of the request; today without it.' })
  requestedOn?: string | null;
}

@InputType({ description: 'A step of a visit.' })
export class VisitStepInput {
  @Field(() => String, { description: IDEMPOTENCY_KEY })
  idempotencyKey!: string;

  @Field(() => ID, { description: 'The visit.' })
  visit!: string;

  @Field(() => DateScalar, { nullable: true, description: 'Day of the step; today without it.' })
  on?: string | null;
}

@InputType({ description: 'The day for which a visit is planned.' })
export class PlanVisitInput {
  @Field(() => String, { description: IDEMPOTENCY_KEY })
  idempotencyKey!: string;

  @Field(() => ID, { description: 'The visit.' })
  visit!: string;

  @Field(() => DateScalar, { description: 'The day, not before the request.' })
  plannedFor!: string;
}

@InputType({ description: 'The report of a visit.' })
export class ReportVisitInput {
  @Field(() => String, { description: IDEMPOTENCY_KEY })
  idempotencyKey!: string;

  @Field(() => ID, { description: 'The visit.' })
  visit!: string;

  @Field(() => DateScalar, { nullable: true, description: 'Day of the report; today without it.' })
  on?: string | null;

  @Field(() => String, { nullable: true, description: 'Address of the report, https alone.' })
  reportUrl?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'What it says in short, 2,000 characters at most: about the building; name no person.',
  })
  conclusions?: string | null;
}

@InputType({ description: 'A measure to propose.' })
export class ProposeMeasureInput {
  @Field(() => String, { description: IDEMPOTENCY_KEY })
  idempotencyKey!: string;

  @Field(() => ID, { description: 'The building.' })
  building!: string;

  @Field(() => ID, { nullable: true, description: 'The visit of that building at which it was found.' })
  visit?: string | null;

  @Field(() => MeasureKind, { description: 'What is done.' })
  kind!: MeasureKind;

  @Field(() => String, { description: 'What is done, in words: 200 characters at most; name no person.' })
  title!: string;

  @Field(() => EnergyCarrier, { description: 'What it saves.' })
  carrier!: EnergyCarrier;

  @Field(() => DateScalar, { nullable: true, description: 'Day of the proposal; today without it.' })
  proposedOn?: string | null;

  @Field(() => DecimalScalar, { nullable: true, description: 'What it costs, in euro.' })
  investment?: string | null;

  @Field(() => DecimalScalar, { nullable: true, description: 'Grant that is asked for, in euro.' })
  grantAsked?: string | null;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'What it is expected to save in a year, in kWh: the adviser’s estimate.',
  })
  estimatedKwhYear?: string | null;
}

@InputType({ description: 'Changes of a measure; what is left out stays as it is.' })
export class UpdateMeasureInput {
  @Field(() => String, { description: IDEMPOTENCY_KEY })
  idempotencyKey!: string;

  @Field(() => ID, { description: 'The measure.' })
  measure!: string;

  @Field(() => String, { nullable: true, description: 'What is done, in words; name no person.' })
  title?: string | null;

  @Field(() => DecimalScalar, { nullable: true, description: 'What it costs, in euro.' })
  investment?: string | null;

  @Field(() => DecimalScalar, { nullable: true, description: 'Grant that is asked for, in euro.' })
  grantAsked?: string | null;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'Grant that was obtained, in euro: of a measure that is done, the only thing that changes.',
  })
  grantObtained?: string | null;

  @Field(() => DecimalScalar, { nullable: true, description: 'Expected saving of a year, in kWh.' })
  estimatedKwhYear?: string | null;
}

@InputType({ description: 'A step of a measure.' })
export class MeasureStepInput {
  @Field(() => String, { description: IDEMPOTENCY_KEY })
  idempotencyKey!: string;

  @Field(() => ID, { description: 'The measure.' })
  measure!: string;

  @Field(() => DateScalar, { nullable: true, description: 'Day of the step; today without it.' })
  on?: string | null;
}

@InputType({ description: 'Which visits: every condition that is given must hold.' })
export class VisitFilter {
  @Field(() => ID, { nullable: true, description: 'Of this partner.' })
  partner?: string | null;

  @Field(() => ID, { nullable: true, description: 'Of this energy service.' })
  service?: string | null;

  @Field(() => ID, { nullable: true, description: 'Of this building.' })
  building?: string | null;

  @Field(() => [VisitState], { nullable: true, description: 'In one of these states.' })
  states?: VisitState[] | null;
}

@InputType({ description: 'Which measures: every condition that is given must hold.' })
export class MeasureFilter {
  @Field(() => ID, { nullable: true, description: 'Of this partner.' })
  partner?: string | null;

  @Field(() => ID, { nullable: true, description: 'Of this energy service.' })
  service?: string | null;

  @Field(() => ID, { nullable: true, description: 'Of this building.' })
  building?: string | null;

  @Field(() => [MeasureState], { nullable: true, description: 'In one of these states.' })
  states?: MeasureState[] | null;

  @Field(() => [MeasureKind], { nullable: true, description: 'Of one of these kinds.' })
  kinds?: MeasureKind[] | null;
}

@InputType({ description: 'A visit that took place.' })
export class RecordVisitInput extends VisitStepInput {}

@InputType({ description: 'A visit that does not take place.' })
export class CancelVisitInput extends VisitStepInput {}

@InputType({ description: 'A measure that will be done.' })
export class DecideMeasureInput extends MeasureStepInput {}

@InputType({ description: 'A measure that is done.' })
export class CompleteMeasureInput extends MeasureStepInput {}

@InputType({ description: 'A measure that will not be done.' })
export class DropMeasureInput extends MeasureStepInput {}
