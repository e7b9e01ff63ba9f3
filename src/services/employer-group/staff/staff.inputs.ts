import { Field, ID, InputType } from 'type-graphql';
import { IDEMPOTENCY_KEY } from '../../../graphql/idempotency-key.ts';
import { DateScalar, DecimalScalar } from '../../../graphql/scalars.ts';
import { GroupLegalForm, LegalParameterKind, WorkerFunction } from '../employer-group.entity.ts';

@InputType({ description: 'An employer group to set up.' })
export class CreateEmployerGroupInput {
  @Field(() => String, { description: IDEMPOTENCY_KEY })
  idempotencyKey!: string;

  @Field(() => ID, {
    description: 'The service that it runs, of the kind EMPLOYER_GROUP: its members are enrolled there.',
  })
  service!: string;

  @Field(() => ID, { description: 'The group itself, as an organisation of the hub.' })
  partner!: string;

  @Field(() => GroupLegalForm, { description: 'Form in which it is set up.' })
  legalForm!: GroupLegalForm;

  @Field(() => String, { description: 'Number of its joint committee: three digits, or such as 329.02.' })
  jointCommittee!: string;

  @Field(() => DateScalar, { description: "First day of the minister's authorisation." })
  authorisedFrom!: string;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'First day on which the authorisation no longer holds.',
  })
  authorisedUntil?: string | null;

  @Field(() => DecimalScalar, {
    defaultValue: '38',
    description: 'Hours of a full-time week: 30 to 40, 2 decimals at most.',
  })
  fullTimeHours!: string;
}

@InputType({ description: 'Changes of an employer group; what is left out stays as it is.' })
export class UpdateEmployerGroupInput {
  @Field(() => String, { description: IDEMPOTENCY_KEY })
  idempotencyKey!: string;

  @Field(() => ID, { description: 'The group.' })
  id!: string;

  @Field(() => String, { nullable: true, description: 'Number of its joint committee.' })
  jointCommittee?: string | null;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'First day on which the authorisation no longer holds; null where it has no end.',
  })
  authorisedUntil?: string | null;

  @Field(() => DecimalScalar, { nullable: true, description: 'Hours of a full-time week: 30 to 40.' })
  fullTimeHours?: string | null;
}

@InputType({ description: 'A contract of a worker.' })
export class EngageWorkerInput {
  @Field(() => String, { description: IDEMPOTENCY_KEY })
  idempotencyKey!: string;

  @Field(() => ID, { description: "The employer group's service." })
  service!: string;

  @Field(() => String, {
    description:
      'A pseudonym that the group alone can read: up to three capital letters, and 1 to 8 digits, such as W-0042. No name, no national number.',
  })
  reference!: string;

  @Field(() => WorkerFunction, { description: 'What the worker does.' })
  jobFunction!: WorkerFunction;

  @Field(() => Boolean, {
    defaultValue: false,
    description: 'Whether one member at a time has the worker alone.',
  })
  isDedicated!: boolean;

  @Field(() => DecimalScalar, {
    description: 'Hours a week, at least as many as the law asks: see `legalParameters`. 2 decimals at most.',
  })
  contractHours!: string;

  @Field(() => DateScalar, { description: 'First day of the contract.' })
  employedFrom!: string;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'First day after the contract, where it has an end.',
  })
  employedUntil?: string | null;
}

@InputType({ description: 'The end of a contract.' })
export class EndContractInput {
  @Field(() => String, { description: IDEMPOTENCY_KEY })
  idempotencyKey!: string;

  @Field(() => ID, { description: 'The worker.' })
  worker!: string;

  @Field(() => DateScalar, { description: 'First day after the contract.' })
  employedUntil!: string;
}

@InputType({ description: 'A number of the law.' })
export class SaveLegalParameterInput {
  @Field(() => String, { description: IDEMPOTENCY_KEY })
  idempotencyKey!: string;

  @Field(() => LegalParameterKind, { description: 'What it limits.' })
  kind!: LegalParameterKind;

  @Field(() => DecimalScalar, { description: 'The number, 2 decimals at most.' })
  value!: string;

  @Field(() => DateScalar, {
    description: 'First day on which it holds; the one before it ends then.',
  })
  validFrom!: string;

  @Field(() => String, { description: 'The law that says so, with its article; 300 characters at most.' })
  source!: string;
}
