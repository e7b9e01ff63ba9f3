import { Field, ID, InputType } from 'type-graphql';
import { IDEMPOTENCY_KEY } from '../graphql/idempotency-key.ts';
import { Language } from '../graphql/language.ts';
import { LocalisedTextInput } from '../graphql/localised-input.ts';
import { Provenance } from '../graphql/provenance.ts';
import { DateScalar } from '../graphql/scalars.ts';
import { ServiceKind } from './service.entity.ts';

const SLUG = 'Readable name in addresses: a-z, digits and single hyphens, 80 at most.';
const PROVENANCE = 'REPORTED without it. A hub in operation refuses SYNTHETIC.';

@InputType({ description: 'One way to name a service: give exactly one field.' })
export class SharedServiceReference {
  @Field(() => ID, { nullable: true, description: 'Global id.' })
  id?: string | null;

  @Field(() => String, { nullable: true, description: 'Slug.' })
  slug?: string | null;
}

@InputType({ description: 'One way to name a population: give exactly one field.' })
export class PopulationReference {
  @Field(() => ID, { nullable: true, description: 'Global id.' })
  id?: string | null;

  @Field(() => String, { nullable: true, description: 'Slug.' })
  slug?: string | null;
}

@InputType({ description: 'A provider to create.' })
export class CreateProviderInput {
  @Field(() => String, { description: IDEMPOTENCY_KEY })
  idempotencyKey!: string;

  @Field(() => String, { description: SLUG })
  slug!: string;

  @Field(() => LocalisedTextInput, { description: 'Name, in one language at least.' })
  name!: LocalisedTextInput;

  @Field(() => Provenance, { nullable: true, description: PROVENANCE })
  provenance?: Provenance | null;
}

@InputType({
  description: 'A shared service to create. Kind OTHER needs no code: its use is counted in its own unit.',
})
export class CreateSharedServiceInput {
  @Field(() => String, { description: IDEMPOTENCY_KEY })
  idempotencyKey!: string;

  @Field(() => ServiceKind, { description: 'Kind of service.' })
  kind!: ServiceKind;

  @Field(() => String, { description: SLUG })
  slug!: string;

  @Field(() => LocalisedTextInput, { description: 'Name, in one language at least.' })
  name!: LocalisedTextInput;

  @Field(() => LocalisedTextInput, { nullable: true, description: 'What the service does. Name no person.' })
  description?: LocalisedTextInput | null;

  @Field(() => LocalisedTextInput, { nullable: true, description: 'Who may use it. Name no person.' })
  eligibility?: LocalisedTextInput | null;

  @Field(() => LocalisedTextInput, {
    nullable: true,
    description: 'What it costs its users. Name no person.',
  })
  price?: LocalisedTextInput | null;

  @Field(() => LocalisedTextInput, { nullable: true, description: 'How to join. Name no person.' })
  howToJoin?: LocalisedTextInput | null;

  @Field(() => [Language], { description: 'Languages in which it is given; one at least.' })
  languages!: Language[];

  @Field(() => [ID], { description: 'Providers that carry it, 1 to 20; the first leads.' })
  carriers!: string[];

  @Field(() => ID, { nullable: true, description: 'The federation that sets it up.' })
  federation?: string | null;

  @Field(() => DateScalar, { nullable: true, description: 'Its first day.' })
  startedOn?: string | null;

  @Field(() => Boolean, {
    defaultValue: false,
    description: 'Whether anyone may see which partners are enrolled.',
  })
  enrolmentsPublic!: boolean;

  @Field(() => String, { nullable: true, description: 'For kind OTHER: what one unit of its use is.' })
  usageUnit?: string | null;

  @Field(() => Provenance, { nullable: true, description: PROVENANCE })
  provenance?: Provenance | null;
}
