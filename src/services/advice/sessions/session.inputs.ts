import { Field, ID, InputType, Int } from 'type-graphql';
import { IDEMPOTENCY_KEY } from '../../../graphql/idempotency-key.ts';
import { LocalisedTextInput } from '../../../graphql/localised-input.ts';
import { DateTimeScalar } from '../../../graphql/scalars.ts';
import { AttendeeRole, SessionKind } from '../session.entity.ts';

@InputType({ description: 'Which sessions: every condition that is given must hold.' })
export class AdviceSessionFilter {
  @Field(() => ID, { nullable: true, description: 'Of this service.' })
  service?: string | null;

  @Field(() => [SessionKind], { nullable: true, description: 'Of one of these kinds.' })
  kinds?: SessionKind[] | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'That begin at this instant or later.' })
  from?: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'That begin before this instant.' })
  to?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'To which a partner can register now: seats are free, and the time for it is not over.',
  })
  isOpen?: boolean | null;
}

@InputType({ description: 'A session to hold.' })
export class PlanSessionInput {
  @Field(() => String, { description: IDEMPOTENCY_KEY })
  idempotencyKey!: string;

  @Field(() => ID, { description: 'The service: of prevention or of diversity.' })
  service!: string;

  @Field(() => SessionKind, { description: 'What it is.' })
  kind!: SessionKind;

  @Field(() => LocalisedTextInput, {
    description: 'What it is about, 200 characters at most. No names of persons, and nothing about any.',
  })
  title!: LocalisedTextInput;

  @Field(() => DateTimeScalar, { description: 'When it begins.' })
  startsAt!: string;

  @Field(() => DateTimeScalar, { description: 'When it ends: within 31 days.' })
  endsAt!: string;

  @Field(() => String, {
    nullable: true,
    description: 'NIS code of the municipality in which it is; give this, `onlineUrl` or both.',
  })
  municipality?: string | null;

  @Field(() => String, { nullable: true, description: 'Where to come online: an https address.' })
  onlineUrl?: string | null;

  @Field(() => Int, { description: 'Seats: 1 to 10,000.' })
  capacity!: number;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Until when a partner can register; until it begins without it.',
  })
  registrationUntil?: string | null;
}

@InputType({ description: 'What changes about a session; what is left out stays.' })
export class ChangeSessionInput {
  @Field(() => String, { description: IDEMPOTENCY_KEY })
  idempotencyKey!: string;

  @Field(() => ID, { description: 'The session.' })
  session!: string;

  @Field(() => LocalisedTextInput, {
    nullable: true,
    description: 'What it is about, 200 characters at most. No names of persons, and nothing about any.',
  })
  title?: LocalisedTextInput | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it begins.' })
  startsAt?: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it ends: within 31 days.' })
  endsAt?: string | null;

  @Field(() => String, { nullable: true, description: 'NIS code of the municipality in which it is.' })
  municipality?: string | null;

  @Field(() => String, { nullable: true, description: 'Where to come online: an https address.' })
  onlineUrl?: string | null;

  @Field(() => Int, { nullable: true, description: 'Seats: no fewer than are taken.' })
  capacity?: number | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Until when a partner can register.' })
  registrationUntil?: string | null;
}

@InputType({ description: 'A session that is not held.' })
export class CancelSessionInput {
  @Field(() => String, { description: IDEMPOTENCY_KEY })
  idempotencyKey!: string;

  @Field(() => ID, { description: 'The session.' })
  session!: string;
}

@InputType({ description: 'Which registrations: every condition that is given must hold.' })
export class SessionRegistrationFilter {
  @Field(() => ID, { nullable: true, description: 'Of this partner.' })
  partner?: string | null;

  @Field(() => ID, { nullable: true, description: 'To sessions of this service.' })
  service?: string | null;

  @Field(() => ID, { nullable: true, description: 'To this session.' })
  session?: string | null;
}

@InputType({ description: 'Seats to take in a session.' })
export class RegisterForSessionInput {
  @Field(() => String, { description: IDEMPOTENCY_KEY })
  idempotencyKey!: string;

  @Field(() => ID, { description: 'Who comes; it needs no enrolment in the service.' })
  partner!: string;

  @Field(() => ID, { description: 'The session.' })
  session!: string;

  @Field(() => Int, { defaultValue: 1, description: 'Seats: 1 to 100, as far as they are free.' })
  seats!: number;
}

@InputType({ description: 'Seats to give back.' })
export class CancelRegistrationInput {
  @Field(() => String, { description: IDEMPOTENCY_KEY })
  idempotencyKey!: string;

  @Field(() => ID, { description: 'The registration.' })
  registration!: string;
}

@InputType({ description: 'How many came in a role.' })
export class AttendanceCountInput {
  @Field(() => AttendeeRole, { description: 'As what they came.' })
  role!: AttendeeRole;

  @Field(() => Int, { description: 'How many came: 0 to 1,000.' })
  attended!: number;

  @Field(() => Int, {
    defaultValue: 0,
    description: 'Of these, who came to a session of this service for the first time.',
  })
  ofWhomFirstTime!: number;
}

@InputType({ description: 'Who of a partner came to a session, as counts by role.' })
export class RecordAttendanceInput {
  @Field(() => String, { description: IDEMPOTENCY_KEY })
  idempotencyKey!: string;

  @Field(() => ID, { description: 'The session, which has begun.' })
  session!: string;

  @Field(() => ID, { description: 'The partner; it need not have registered.' })
  partner!: string;

  @Field(() => [AttendanceCountInput], {
    description: 'Each role once. They take the place of what was recorded for these roles before.',
  })
  counts!: AttendanceCountInput[];
}

@InputType({ description: 'How many gave a grade.' })
export class GradeCountInput {
  @Field(() => Int, { description: 'From 1, not at all satisfied, to 5, very satisfied.' })
  grade!: number;

  @Field(() => Int, { description: 'How many gave it.' })
  answers!: number;
}

@InputType({ description: 'What was thought of a session, as counts by grade.' })
export class RecordSatisfactionInput {
  @Field(() => String, { description: IDEMPOTENCY_KEY })
  idempotencyKey!: string;

  @Field(() => ID, { description: 'The session, whose attendance is recorded.' })
  session!: string;

  @Field(() => [GradeCountInput], {
    description: 'Each grade once. They take the place of what was recorded for these grades before.',
  })
  grades!: GradeCountInput[];
}

@InputType({ description: 'Of what to hear: every condition that is given must hold.' })
export class SessionScopeInput {
  @Field(() => ID, { nullable: true, description: 'Of this partner.' })
  partner?: string | null;

  @Field(() => ID, { nullable: true, description: 'Of sessions of this service.' })
  service?: string | null;
}
