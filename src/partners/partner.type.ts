import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Language } from '../graphql/language.ts';
import { NodeType } from '../graphql/node.type.ts';
import { connectionOf } from '../graphql/pages.ts';
import { Provenance } from '../graphql/provenance.ts';
import { DateScalar, DateTimeScalar } from '../graphql/scalars.ts';
import { CompetentAuthorityType, SectorType, TerritoryType } from '../reference/index.ts';
import { LegalForm, SizeBand } from './partner.entity.ts';

registerEnumType(LegalForm, {
  name: 'LegalForm',
  description: 'Legal form of an organisation · forme juridique · rechtsvorm.',
  valuesConfig: {
    ASBL_VZW: { description: 'Non-profit association · ASBL · vzw' },
    AISBL_IVZW: { description: 'International non-profit association · AISBL · ivzw' },
    FOUNDATION: { description: 'Foundation · fondation · stichting' },
    COOPERATIVE: { description: 'Cooperative company · société coopérative · coöperatieve vennootschap' },
    COMPANY: { description: 'Other company · autre société · andere vennootschap' },
    PUBLIC_BODY: { description: 'Public body · organisme public · openbare instelling' },
    OTHER: { description: 'Another form · autre forme · andere vorm' },
  },
});

registerEnumType(SizeBand, {
  name: 'SizeBand',
  description: 'Size of an organisation by its number of workers · taille · grootteklasse.',
  valuesConfig: {
    UNDER_5: { description: '0 to 4 workers · 0 à 4 travailleurs · 0 tot 4 werknemers' },
    FROM_5_TO_9: { description: '5 to 9 workers · 5 à 9 travailleurs · 5 tot 9 werknemers' },
    FROM_10_TO_19: { description: '10 to 19 workers · 10 à 19 travailleurs · 10 tot 19 werknemers' },
    FROM_20_TO_49: { description: '20 to 49 workers · 20 à 49 travailleurs · 20 tot 49 werknemers' },
    FROM_50_TO_99: { description: '50 to 99 workers · 50 à 99 travailleurs · 50 tot 99 werknemers' },
    FROM_100_TO_199: { description: '100 to 199 workers · 100 à 199 travailleurs · 100 tot 199 werknemers' },
    FROM_200: { description: '200 workers and more · 200 travailleurs et plus · 200 werknemers en meer' },
  },
});

@ObjectType('Partner', {
  implements: NodeType,
  simpleResolvers: true,
  description: 'An organisation that uses pooled services, or could · partenaire · partner.',
})
export class PartnerType extends NodeType {
  @Field(() => String, { description: 'Readable name in addresses, unique.' })
  slug!: string;

  @Field(() => LegalForm, { description: 'Legal form.' })
  legalForm!: LegalForm;

  @Field(() => SectorType, { description: 'Main sector.' })
  sector!: SectorType;

  @Field(() => TerritoryType, { description: 'Municipality of the registered office.' })
  municipality!: TerritoryType;

  @Field(() => Int, {
    nullable: true,
    description:
      'Number of workers, in heads: for the partner itself and those whom it shares its directory entry with; null for others, who see the size band.',
  })
  headcount?: number | null;

  @Field(() => SizeBand, { description: 'Size band that follows from the headcount.' })
  sizeBand!: SizeBand;

  @Field(() => [Language], { description: 'Languages in which the partner works.' })
  languages!: Language[];

  @Field(() => String, { nullable: true, description: 'Address of its website.' })
  website?: string | null;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'First day on which it is no longer a partner; null while it is one.',
  })
  closedOn?: string | null;

  @Field(() => Provenance, { description: 'Where the record comes from.' })
  provenance!: Provenance;

  @Field(() => DateTimeScalar, { description: 'When the hub first recorded it.' })
  createdAt!: string;

  @Field(() => DateTimeScalar, { description: 'When the record last changed.' })
  updatedAt!: string;
}

@ObjectType('Site', {
  implements: NodeType,
  simpleResolvers: true,
  description: "A place where a partner is active · siège d'activité · vestiging.",
})
export class SiteType extends NodeType {
  @Field(() => PartnerType, { description: 'The partner whose site it is.' })
  partner!: PartnerType;

  @Field(() => String, { description: 'Belgian postal code, four digits.' })
  postalCode!: string;

  @Field(() => TerritoryType, { description: 'Municipality of the site.' })
  municipality!: TerritoryType;

  @Field(() => Boolean, { description: "Whether it is the partner's registered office." })
  isRegisteredOffice!: boolean;

  @Field(() => Provenance, { description: 'Where the record comes from.' })
  provenance!: Provenance;
}

@ObjectType('Recognition', {
  implements: NodeType,
  simpleResolvers: true,
  description:
    'Recognition of a partner or one of its sites by an authority, in a sector · agrément · erkenning.',
})
export class RecognitionType extends NodeType {
  @Field(() => PartnerType, { description: 'The partner that holds it.' })
  partner!: PartnerType;

  @Field(() => SiteType, {
    nullable: true,
    description: 'The site that it is for; null for the partner as a whole.',
  })
  site?: SiteType | null;

  @Field(() => CompetentAuthorityType, { description: 'The authority that gave it.' })
  authority!: CompetentAuthorityType;

  @Field(() => SectorType, { description: 'The sector that it is for.' })
  sector!: SectorType;

  @Field(() => Provenance, { description: 'Where the record comes from.' })
  provenance!: Provenance;
}

export const RecognitionConnection = connectionOf(() => RecognitionType, 'Recognition', 'the recognitions');

export const PartnerConnection = connectionOf(() => PartnerType, 'Partner', 'the partners');
