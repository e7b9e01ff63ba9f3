import { Field, ID, InputType } from 'type-graphql';
import { IDEMPOTENCY_KEY } from '../../../graphql/idempotency-key.ts';
import {
  AdviceChannel,
  AdviceRequestState,
  AdviceTopic,
  AdviceUrgency,
  AdviserRole,
} from '../request.entity.ts';

@InputType({ description: 'Which requests: every condition that is given must hold.' })
export class AdviceRequestFilter {
  @Field(() => ID, { nullable: true, description: 'Of this partner.' })
  partner?: string | null;

  @Field(() => ID, { nullable: true, description: 'To this service.' })
  service?: string | null;

  @Field(() => [AdviceRequestState], { nullable: true, description: 'In one of these states.' })
  states?: AdviceRequestState[] | null;

  @Field(() => [AdviceTopic], { nullable: true, description: 'About one of these.' })
  topics?: AdviceTopic[] | null;
}

@InputType({ description: 'A question to an advisory service.' })
export class RequestAdviceInput {
  @Field(() => String, { description: IDEMPOTENCY_KEY })
  idempotencyKey!: string;

  @Field(() => ID, { description: 'Who asks.' })
  partner!: string;

  @Field(() => ID, { description: 'The service: of prevention or of diversity.' })
  service!: string;

  @Field(() => AdviceTopic, { description: 'What it is about.' })
  topic!: AdviceTopic;

  @Field(() => AdviceChannel, { defaultValue: AdviceChannel.HUB, description: 'Through what it came.' })
  channel!: AdviceChannel;

  @Field(() => AdviceUrgency, {
    defaultValue: AdviceUrgency.NORMAL,
    description: 'How soon an answer is needed.',
  })
  urgency!: AdviceUrgency;

  @Field(() => String, {
    nullable: true,
    description:
      'What is asked, 2,000 characters at most. No names of persons, and nothing about any: write of the organisation.',
  })
  question?: string | null;
}

@InputType({ description: 'A request that somebody takes.' })
export class TakeAdviceRequestInput {
  @Field(() => String, { description: IDEMPOTENCY_KEY })
  idempotencyKey!: string;

  @Field(() => ID, { description: 'The request.' })
  request!: string;

  @Field(() => AdviserRole, { description: 'As what it is handled; given again, it is handed over.' })
  handledBy!: AdviserRole;
}

@InputType({ description: 'A request that is answered.' })
export class AnswerAdviceRequestInput {
  @Field(() => String, { description: IDEMPOTENCY_KEY })
  idempotencyKey!: string;

  @Field(() => ID, { description: 'The request.' })
  request!: string;
}

@InputType({ description: 'A request that is taken back.' })
export class WithdrawAdviceRequestInput extends AnswerAdviceRequestInput {}
