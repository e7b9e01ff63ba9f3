import { Field, ObjectType } from 'type-graphql';
import { DataRoom } from '../graphql/data-room.ts';
import { NodeType } from '../graphql/node.type.ts';
import { connectionOf } from '../graphql/pages.ts';
import { DateScalar, DateTimeScalar } from '../graphql/scalars.ts';
import { PartnerType } from '../partners/index.ts';
import { FederationType } from './federation.type.ts';

@ObjectType('DataSharingAgreement', {
  implements: NodeType,
  simpleResolvers: true,
  description:
    'What a partner lets a federation see of its records one by one, for a purpose and until a day. It holds while the partner is a member, and no longer once it is revoked · accord de partage · afspraak over gegevensdeling.',
})
export class DataSharingAgreementType extends NodeType {
  @Field(() => PartnerType, { description: 'The partner that shares.' })
  partner!: PartnerType;

  @Field(() => FederationType, { description: 'The federation that is shown the records.' })
  federation!: FederationType;

  @Field(() => String, { description: 'What the federation needs them for.' })
  purpose!: string;

  @Field(() => [DataRoom], { description: 'The parts that are shared.' })
  rooms!: DataRoom[];

  @Field(() => DateScalar, { description: 'First day on which it no longer holds.' })
  validUntil!: string;

  @Field(() => DateTimeScalar, { description: 'When it was granted.' })
  grantedAt!: string;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When the partner revoked it; null where it has not.',
  })
  revokedAt?: string | null;
}

export const DataSharingAgreementConnection = connectionOf(
  () => DataSharingAgreementType,
  'DataSharingAgreement',
  'the data-sharing agreements',
);
