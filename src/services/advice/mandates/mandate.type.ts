import { Field, ObjectType } from 'type-graphql';
import { NodeType } from '../../../graphql/node.type.ts';
import { connectionOf } from '../../../graphql/pages.ts';
import { Provenance } from '../../../graphql/provenance.ts';
import { DateScalar, DateTimeScalar, DecimalScalar } from '../../../graphql/scalars.ts';
import { PartnerType } from '../../../partners/index.ts';
import { SharedServiceType } from '../../service.type.ts';
import { AdviserRole } from '../request.entity.ts';
import { AdviceRequestType } from '../requests/request.type.ts';

@ObjectType('AdviserMandate', {
  implements: NodeType,
  simpleResolvers: true,
  description:
    'Hours a month that an adviser has for the partners of a service together · mandat d’un conseiller · mandaat van een adviseur.',
})
export class AdviserMandateType extends NodeType {
  @Field(() => SharedServiceType, { description: 'The service.' })
  service!: SharedServiceType;

  @Field(() => String, { description: 'A pseudonym: the service keeps whom it stands for.' })
  reference!: string;

  @Field(() => AdviserRole, { description: 'As what the adviser works.' })
  role!: AdviserRole;

  @Field(() => DecimalScalar, { description: 'Hours a month, in quarters.' })
  hoursPerMonth!: string;

  @Field(() => DateScalar, { description: 'First day of the first month.' })
  validFrom!: string;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'First day of the first month in which it no longer holds; null without an end.',
  })
  validUntil?: string | null;

  @Field(() => Provenance, { description: 'Where the record comes from.' })
  provenance!: Provenance;
}

@ObjectType('AdviserBooking', {
  implements: NodeType,
  simpleResolvers: true,
  description: 'Hours of an adviser for a partner on a day · réservation · reservering.',
})
export class AdviserBookingType extends NodeType {
  @Field(() => PartnerType, { description: 'For whom.' })
  partner!: PartnerType;

  @Field(() => AdviserMandateType, { description: 'Whose hours.' })
  mandate!: AdviserMandateType;

  @Field(() => AdviceRequestType, { nullable: true, description: 'The request that it serves, if any.' })
  request?: AdviceRequestType | null;

  @Field(() => DateScalar, { description: 'The day.' })
  day!: string;

  @Field(() => DecimalScalar, { description: 'Hours, in quarters.' })
  hours!: string;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When the hours were given back; null where they were not.',
  })
  cancelledAt?: string | null;

  @Field(() => Provenance, { description: 'Where the record comes from.' })
  provenance!: Provenance;
}

export const AdviserMandateConnection = connectionOf(
  () => AdviserMandateType,
  'AdviserMandate',
  'the mandates',
);
export const AdviserBookingConnection = connectionOf(
  () => AdviserBookingType,
  'AdviserBooking',
  'the bookings',
);
