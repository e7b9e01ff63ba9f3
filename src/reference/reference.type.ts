import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { NodeType } from '../graphql/node.type.ts';
import { TerritoryLevel } from './reference.entity.ts';

registerEnumType(TerritoryLevel, {
  name: 'TerritoryLevel',
  description: 'Level of a territory, from wide to narrow.',
  valuesConfig: {
    REGION: { description: 'Region · région · gewest' },
    PROVINCE: { description: 'Province · province · provincie' },
    ARRONDISSEMENT: { description: 'Arrondissement · arrondissement · arrondissement' },
    MUNICIPALITY: { description: 'Municipality · commune · gemeente' },
  },
});

@ObjectType('Sector', {
  implements: NodeType,
  simpleResolvers: true,
  description: 'A branch of the social-profit sector · secteur · sector.',
})
export class SectorType extends NodeType {
  @Field(() => String, { description: 'Stable code, used in filters.' })
  code!: string;

  @Field(() => String, { description: 'Closest code of NACE-BEL 2025, digits only (Statbel).' })
  naceCode!: string;
}

@ObjectType('Territory', {
  implements: NodeType,
  simpleResolvers: true,
  description: 'A region, province, arrondissement or municipality · territoire · grondgebied.',
})
export class TerritoryType extends NodeType {
  @Field(() => String, { description: 'NIS code (Statbel), five digits, used in filters.' })
  nisCode!: string;

  @Field(() => TerritoryLevel, { description: 'Level of the territory.' })
  level!: TerritoryLevel;

  @Field(() => [String], { description: 'Postal codes of a municipality; empty for wider territories.' })
  postalCodes!: string[];
}

@ObjectType('CompetentAuthority', {
  implements: NodeType,
  simpleResolvers: true,
  description:
    'A public authority that recognises or funds organisations, or its administration · autorité compétente · bevoegde entiteit.',
})
export class CompetentAuthorityType extends NodeType {
  @Field(() => String, { description: 'Stable code, used in filters, e.g. COCOF.' })
  code!: string;

  @Field(() => CompetentAuthorityType, {
    nullable: true,
    description: 'The authority whose administration this is; null for an authority itself.',
  })
  partOf?: CompetentAuthorityType | null;
}

@ObjectType({ simpleResolvers: true, description: 'How many of something belong to an authority.' })
export class AuthorityCount {
  @Field(() => CompetentAuthorityType, {
    nullable: true,
    description: 'The authority; null for those that rest on no recognition.',
  })
  authority?: CompetentAuthorityType | null;

  @Field(() => Int, { description: 'How many.' })
  count!: number;
}
