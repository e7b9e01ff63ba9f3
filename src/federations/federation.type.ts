import { Field, ObjectType } from 'type-graphql';
import { NodeType } from '../graphql/node.type.ts';
import { connectionOf } from '../graphql/pages.ts';
import { Provenance } from '../graphql/provenance.ts';
import { PartnerType } from '../partners/index.ts';

@ObjectType('Federation', {
  implements: NodeType,
  simpleResolvers: true,
  description: 'A federation of social-profit organisations · fédération · federatie.',
})
export class FederationType extends NodeType {
  @Field(() => String, { description: 'Readable name in addresses, unique.' })
  slug!: string;

  @Field(() => String, { nullable: true, description: 'Address of its website.' })
  website?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'For a demonstration record: the real organisation whose published figures it follows.',
  })
  modelledOn?: string | null;

  @Field(() => Provenance, { description: 'Where the record comes from.' })
  provenance!: Provenance;
}

@ObjectType('Membership', {
  implements: NodeType,
  simpleResolvers: true,
  description: 'Membership of a partner in a federation · affiliation · lidmaatschap.',
})
export class MembershipType extends NodeType {
  @Field(() => PartnerType, { description: 'The member.' })
  partner!: PartnerType;

  @Field(() => FederationType, { description: 'The federation.' })
  federation!: FederationType;

  @Field(() => Provenance, { description: 'Where the record comes from.' })
  provenance!: Provenance;
}

export const FederationConnection = connectionOf(() => FederationType, 'Federation', 'the federations');
