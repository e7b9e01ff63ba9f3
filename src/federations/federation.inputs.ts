import { Field, ID, InputType } from 'type-graphql';
import { IDEMPOTENCY_KEY } from '../graphql/idempotency-key.ts';
import { LocalisedTextInput } from '../graphql/localised-input.ts';
import { Provenance } from '../graphql/provenance.ts';

@InputType({ description: 'One way to name a federation: give exactly one field.' })
export class FederationReference {
  @Field(() => ID, { nullable: true, description: 'Global id.' })
  id?: string | null;

  @Field(() => String, { nullable: true, description: 'Slug.' })
  slug?: string | null;
}

@InputType({ description: 'A federation to create.' })
export class CreateFederationInput {
  @Field(() => String, {
    description: IDEMPOTENCY_KEY,
  })
  idempotencyKey!: string;

  @Field(() => String, {
    description: 'Readable name in addresses: a-z, digits and single hyphens, 80 at most.',
  })
  slug!: string;

  @Field(() => LocalisedTextInput, { description: 'Name, in one language at least.' })
  name!: LocalisedTextInput;

  @Field(() => LocalisedTextInput, {
    nullable: true,
    description: 'What the federation does. Name no person.',
  })
  description?: LocalisedTextInput | null;

  @Field(() => Provenance, {
    nullable: true,
    description: 'REPORTED without it. A hub in operation refuses SYNTHETIC.',
  })
  provenance?: Provenance | null;
}
