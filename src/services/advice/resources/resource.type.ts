import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Language } from '../../../graphql/language.ts';
import { NodeType } from '../../../graphql/node.type.ts';
import { connectionOf } from '../../../graphql/pages.ts';
import { Provenance } from '../../../graphql/provenance.ts';
import { DateScalar } from '../../../graphql/scalars.ts';
import { PartnerType } from '../../../partners/index.ts';
import { SharedServiceType } from '../../service.type.ts';
import { ResourceKind } from '../resource.entity.ts';

registerEnumType(ResourceKind, {
  name: 'ResourceKind',
  description: 'Kind of a resource · type de ressource · soort bron.',
  valuesConfig: {
    TOOL_SHEET: { description: 'Short sheet of a toolbox · fiche · fiche' },
    GUIDE: { description: 'Practical guide · guide pratique · praktische gids' },
    CHARTER: { description: 'Model charter · charte · charter' },
    CHECKLIST: { description: 'Checklist to diagnose oneself · autodiagnostic · zelfdiagnose' },
    VIDEO: { description: 'Video capsule · capsule vidéo · video' },
    ARTICLE: { description: 'Article · article · artikel' },
    SUCCESS_STORY: { description: 'Story of what worked · bonne pratique · goede praktijk' },
  },
});

@ObjectType('AdviceResource', {
  implements: NodeType,
  simpleResolvers: true,
  description:
    'Something to read or use of an advisory service: a tool sheet, a guide, a charter · ressource · bron.',
})
export class AdviceResourceType extends NodeType {
  @Field(() => SharedServiceType, { description: 'The service.' })
  service!: SharedServiceType;

  @Field(() => String, { description: 'By what it is known in the service.' })
  code!: string;

  @Field(() => ResourceKind, { description: 'What it is.' })
  kind!: ResourceKind;

  @Field(() => [Language], { description: 'Languages that it is in.' })
  languages!: Language[];

  @Field(() => Int, { description: 'Which edition it is, from 1.' })
  edition!: number;

  @Field(() => String, {
    nullable: true,
    description: 'Where it is; null for who was not granted access, where it is restricted.',
  })
  url?: string | null;

  @Field(() => Boolean, {
    description: 'Whether it is for those alone that were granted access to the toolbox.',
  })
  isRestricted!: boolean;

  @Field(() => DateScalar, { description: 'First day on which it is published.' })
  publishedOn!: string;

  @Field(() => DateScalar, { nullable: true, description: 'First day on which it no longer is.' })
  withdrawnOn?: string | null;

  @Field(() => Provenance, { description: 'Where the record comes from.' })
  provenance!: Provenance;
}

@ObjectType('ToolboxAccess', {
  implements: NodeType,
  simpleResolvers: true,
  description:
    'That a partner may use the restricted resources of a service: granted, which is not used · accès · toegang.',
})
export class ToolboxAccessType extends NodeType {
  @Field(() => PartnerType, { description: 'The partner.' })
  partner!: PartnerType;

  @Field(() => SharedServiceType, { description: 'The service.' })
  service!: SharedServiceType;

  @Field(() => DateScalar, { description: 'First day of the access.' })
  grantedOn!: string;

  @Field(() => DateScalar, { nullable: true, description: 'First day on which it no longer holds.' })
  withdrawnOn?: string | null;

  @Field(() => Provenance, { description: 'Where the record comes from.' })
  provenance!: Provenance;
}

@ObjectType('ResourceDownload', {
  implements: NodeType,
  simpleResolvers: true,
  description: 'That a partner took a resource: what is used · téléchargement · download.',
})
export class ResourceDownloadType extends NodeType {
  @Field(() => PartnerType, { description: 'The partner.' })
  partner!: PartnerType;

  @Field(() => AdviceResourceType, { description: 'What it took.' })
  resource!: AdviceResourceType;

  @Field(() => DateScalar, { description: 'The day.' })
  downloadedOn!: string;

  @Field(() => Int, { description: 'How many, printed or online.' })
  copies!: number;

  @Field(() => Provenance, { description: 'Where the record comes from.' })
  provenance!: Provenance;
}

export const AdviceResourceConnection = connectionOf(
  () => AdviceResourceType,
  'AdviceResource',
  'the resources',
);
export const ToolboxAccessConnection = connectionOf(() => ToolboxAccessType, 'ToolboxAccess', 'the accesses');
export const ResourceDownloadConnection = connectionOf(
  () => ResourceDownloadType,
  'ResourceDownload',
  'the downloads',
);
