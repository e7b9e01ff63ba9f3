import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { NodeType } from '../graphql/node.type.ts';
import { connectionOf } from '../graphql/pages.ts';
import { Provenance } from '../graphql/provenance.ts';
import { DateScalar, DateTimeScalar } from '../graphql/scalars.ts';
import { PartnerType, RecognitionType } from '../partners/index.ts';
import { EnrolmentStatus } from './enrolment.entity.ts';
import { SharedServiceType } from './service.type.ts';

registerEnumType(EnrolmentStatus, {
  name: 'EnrolmentStatus',
  description: 'State of an enrolment.',
  valuesConfig: {
    REQUESTED: { description: 'Asked for, not yet active · demandée · aangevraagd' },
    ACTIVE: { description: 'In force · active · actief' },
    ENDED: { description: 'No longer in force · terminée · beëindigd' },
  },
});

@ObjectType('Enrolment', {
  implements: NodeType,
  simpleResolvers: true,
  description: 'Enrolment of a partner in a shared service · adhésion · toetreding.',
})
export class EnrolmentType extends NodeType {
  @Field(() => PartnerType, { description: 'The partner.' })
  partner!: PartnerType;

  @Field(() => SharedServiceType, { description: 'The service.' })
  service!: SharedServiceType;

  @Field(() => RecognitionType, { nullable: true, description: 'The recognition that it rests on, if any.' })
  recognition?: RecognitionType | null;

  @Field(() => EnrolmentStatus, { description: 'Its state.' })
  status!: EnrolmentStatus;

  @Field(() => DateScalar, { description: 'Day on which it was asked for.' })
  requestedOn!: string;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'First day in force; null while it is only requested.',
  })
  activeFrom?: string | null;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'First day on which it is no longer in force; null while it goes on.',
  })
  endedOn?: string | null;

  @Field(() => Provenance, { description: 'Where the record comes from.' })
  provenance!: Provenance;
}

@ObjectType('EnrolmentEvent', {
  implements: NodeType,
  simpleResolvers: true,
  description: 'A step in the history of an enrolment.',
})
export class EnrolmentEventType extends NodeType {
  @Field(() => EnrolmentStatus, { description: 'State that the enrolment took.' })
  status!: EnrolmentStatus;

  @Field(() => DateScalar, { description: 'Day from which it counts.' })
  occurredOn!: string;

  @Field(() => DateTimeScalar, { description: 'When the hub recorded it.' })
  recordedAt!: string;
}

export const EnrolmentConnection = connectionOf(() => EnrolmentType, 'Enrolment', 'the enrolments');
