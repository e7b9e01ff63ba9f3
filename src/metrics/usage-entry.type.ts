import { Field, ObjectType } from 'type-graphql';
import { NodeType } from '../graphql/node.type.ts';
import { connectionOf } from '../graphql/pages.ts';
import { Provenance } from '../graphql/provenance.ts';
import { DateScalar, DateTimeScalar, DecimalScalar } from '../graphql/scalars.ts';
import { PartnerType } from '../partners/index.ts';
import { EnrolmentType, SharedServiceType } from '../services/index.ts';
import { MetricDefinitionType } from './metric.type.ts';

@ObjectType('UsageEntry', {
  implements: NodeType,
  simpleResolvers: true,
  description:
    "One reported quantity of use; never changed, only reversed · relevé d'usage · gebruiksmeting.",
})
export class UsageEntryType extends NodeType {
  @Field(() => PartnerType, { description: 'The partner whose use it is.' })
  partner!: PartnerType;

  @Field(() => SharedServiceType, { description: 'The service that was used.' })
  service!: SharedServiceType;

  @Field(() => MetricDefinitionType, { description: 'What the quantity measures.' })
  metric!: MetricDefinitionType;

  @Field(() => DateScalar, { description: 'Day of the use; for a STOCK metric, the day of the level.' })
  occurredOn!: string;

  @Field(() => DecimalScalar, { description: "Quantity in the metric's unit." })
  quantity!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Breakdown inside the metric, e.g. the function of a worker.',
  })
  category?: string | null;

  @Field(() => EnrolmentType, {
    nullable: true,
    description: 'The enrolment under which it happened, if any.',
  })
  enrolment?: EnrolmentType | null;

  @Field(() => String, { description: 'The system that reported it.' })
  source!: string;

  @Field(() => String, {
    description: "That system's own reference, unique per source, for a partner and a service.",
  })
  externalReference!: string;

  @Field(() => UsageEntryType, { nullable: true, description: 'The entry that this one takes back.' })
  reverses?: UsageEntryType | null;

  @Field(() => Provenance, { description: 'Where the record comes from.' })
  provenance!: Provenance;

  @Field(() => DateTimeScalar, { description: 'When the hub recorded it.' })
  recordedAt!: string;
}

export const UsageEntryConnection = connectionOf(() => UsageEntryType, 'UsageEntry', 'the usage entries');
