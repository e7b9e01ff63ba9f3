import { Field, InterfaceType, ObjectType, registerEnumType } from 'type-graphql';
import { FederationType } from '../federations/index.ts';
import { Language } from '../graphql/language.ts';
import { NodeType } from '../graphql/node.type.ts';
import { Provenance } from '../graphql/provenance.ts';
import { DateScalar } from '../graphql/scalars.ts';
import { CompetentAuthorityType } from '../reference/index.ts';
import { PopulationType } from './population.type.ts';
import { ServiceKind } from './service.entity.ts';

registerEnumType(ServiceKind, {
  name: 'ServiceKind',
  description: 'Kind of a shared service · type de service mutualisé · soort gemeenschappelijke dienst.',
  valuesConfig: {
    ENERGY: { description: 'Energy advice · énergie · energie' },
    DIVERSITY: { description: 'Diversity and inclusion advice · diversité · diversiteit' },
    PREVENTION: { description: 'Prevention and well-being at work · prévention · preventie' },
    EMPLOYER_GROUP: { description: "Shared staff · groupement d'employeurs · werkgeversgroepering" },
    PURCHASING: { description: "Purchasing centre · centrale d'achat · aankoopcentrale" },
    OTHER: { description: 'Any other service that a federation sets up · autre · andere' },
  },
});

@ObjectType('Provider', {
  implements: NodeType,
  simpleResolvers: true,
  description: 'An organisation that runs or carries a shared service · opérateur · aanbieder.',
})
export class ProviderType extends NodeType {
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

@InterfaceType('SharedService', {
  implements: NodeType,
  description: 'A service that organisations pool · service mutualisé · gemeenschappelijke dienst.',
})
export abstract class SharedServiceType extends NodeType {
  @Field(() => String, { simple: true, description: 'Readable name in addresses, unique.' })
  slug!: string;

  @Field(() => ServiceKind, { simple: true, description: 'Kind of service; it goes with the object type.' })
  kind!: ServiceKind;

  @Field(() => [Language], { simple: true, description: 'Languages in which the service is given.' })
  languages!: Language[];

  @Field(() => String, { simple: true, nullable: true, description: 'Address of its website.' })
  website?: string | null;

  @Field(() => DateScalar, {
    simple: true,
    nullable: true,
    description: 'First day of the service, where it is known.',
  })
  startedOn?: string | null;

  @Field(() => FederationType, {
    simple: true,
    nullable: true,
    description: 'The federation that set it up; null for a service open beyond one federation.',
  })
  federation?: FederationType | null;

  @Field(() => PopulationType, {
    simple: true,
    nullable: true,
    description: 'Whom it is for, where that is defined.',
  })
  population?: PopulationType | null;

  @Field(() => Boolean, { simple: true, description: 'Whether anyone may see which partners are enrolled.' })
  enrolmentsPublic!: boolean;

  @Field(() => Provenance, { simple: true, description: 'Where the record comes from.' })
  provenance!: Provenance;
}

@ObjectType({
  simpleResolvers: true,
  description: 'A provider that carries a service, alone or with others.',
})
export class ServiceCarrier {
  @Field(() => ProviderType, { description: 'The provider.' })
  provider!: ProviderType;

  @Field(() => Boolean, { description: 'Whether it leads; one carrier of a service does.' })
  isLead!: boolean;
}

@ObjectType('Funding', {
  implements: NodeType,
  simpleResolvers: true,
  description: 'Money given to a service for a period · subvention · subsidie.',
})
export class FundingType extends NodeType {
  @Field(() => SharedServiceType, { description: 'The service.' })
  service!: SharedServiceType;

  @Field(() => CompetentAuthorityType, {
    nullable: true,
    description: 'The funder, where it is a competent authority.',
  })
  authority?: CompetentAuthorityType | null;

  @Field(() => String, { description: 'Name of the funder.' })
  funder!: string;

  @Field(() => Provenance, { description: 'Where the record comes from.' })
  provenance!: Provenance;
}
