import { Field, ID, InputType, Int } from 'type-graphql';
import { IDEMPOTENCY_KEY } from '../../../graphql/idempotency-key.ts';
import { Language } from '../../../graphql/language.ts';
import { LocalisedTextInput } from '../../../graphql/localised-input.ts';
import { DateScalar } from '../../../graphql/scalars.ts';
import { ResourceKind } from '../resource.entity.ts';

@InputType({ description: 'Which resources: every condition that is given must hold.' })
export class AdviceResourceFilter {
  @Field(() => ID, { nullable: true, description: 'Of this service.' })
  service?: string | null;

  @Field(() => [ResourceKind], { nullable: true, description: 'Of one of these kinds.' })
  kinds?: ResourceKind[] | null;

  @Field(() => Language, { nullable: true, description: 'That there is in this language.' })
  language?: Language | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Words of the title or code, or how they begin, in any of the four languages, without regard to accents; all must be there.',
  })
  search?: string | null;

  @Field(() => DateScalar, { nullable: true, description: 'That are published on this day.' })
  on?: string | null;
}

@InputType({ description: 'Something to read or use; what is left out of a known one stays.' })
export class SaveResourceInput {
  @Field(() => String, { description: IDEMPOTENCY_KEY })
  idempotencyKey!: string;

  @Field(() => ID, { description: 'The service: of prevention or of diversity.' })
  service!: string;

  @Field(() => String, {
    description:
      'By what it is known in the service: capital letters, digits and hyphens, such as BOBET-012; 40 characters at most. A known one is changed.',
  })
  code!: string;

  @Field(() => ResourceKind, { nullable: true, description: 'What it is; needed for a new one.' })
  kind?: ResourceKind | null;

  @Field(() => LocalisedTextInput, {
    nullable: true,
    description: 'Title, 200 characters at most; needed for a new one. Name no person.',
  })
  title?: LocalisedTextInput | null;

  @Field(() => [Language], { nullable: true, description: 'Languages that it is in; needed for a new one.' })
  languages?: Language[] | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Which edition it is, from 1; it goes up alone. 1 without it.',
  })
  edition?: number | null;

  @Field(() => String, { nullable: true, description: 'Where it is: an https address.' })
  url?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether it is for those alone that were granted access to the toolbox; for all without it.',
  })
  isRestricted?: boolean | null;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'First day on which it is published; needed for a new one.',
  })
  publishedOn?: string | null;

  @Field(() => DateScalar, { nullable: true, description: 'First day on which it no longer is.' })
  withdrawnOn?: string | null;
}

@InputType({ description: 'Access of a partner to the restricted resources of a service.' })
export class GrantToolboxAccessInput {
  @Field(() => String, { description: IDEMPOTENCY_KEY })
  idempotencyKey!: string;

  @Field(() => ID, { description: 'The partner.' })
  partner!: string;

  @Field(() => ID, { description: 'The service: of prevention or of diversity.' })
  service!: string;

  @Field(() => DateScalar, { nullable: true, description: 'First day of the access; today without it.' })
  grantedOn?: string | null;
}

@InputType({ description: 'The end of an access.' })
export class WithdrawToolboxAccessInput {
  @Field(() => String, { description: IDEMPOTENCY_KEY })
  idempotencyKey!: string;

  @Field(() => ID, { description: 'The access.' })
  access!: string;

  @Field(() => DateScalar, { description: 'First day on which it no longer holds.' })
  withdrawnOn!: string;
}

@InputType({ description: 'That a partner took a resource.' })
export class RecordDownloadInput {
  @Field(() => String, { description: IDEMPOTENCY_KEY })
  idempotencyKey!: string;

  @Field(() => ID, { description: 'The partner.' })
  partner!: string;

  @Field(() => ID, { description: 'The resource.' })
  resource!: string;

  @Field(() => DateScalar, { nullable: true, description: 'The day; today without it.' })
  downloadedOn?: string | null;

  @Field(() => Int, { defaultValue: 1, description: 'How many, printed or online: 1 to 1,000.' })
  copies!: number;
}

@InputType({ description: 'Which accesses: every condition that is given must hold.' })
export class ToolboxAccessFilter {
  @Field(() => ID, { nullable: true, description: 'Of this partner.' })
  partner?: string | null;

  @Field(() => ID, { nullable: true, description: 'To the toolbox of this service.' })
  service?: string | null;

  @Field(() => DateScalar, { nullable: true, description: 'That hold on this day.' })
  on?: string | null;
}
