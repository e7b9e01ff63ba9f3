import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { NodeType } from '../../../graphql/node.type.ts';
import { connectionOf } from '../../../graphql/pages.ts';
import { Provenance } from '../../../graphql/provenance.ts';
import { DateScalar, DateTimeScalar, DecimalScalar } from '../../../graphql/scalars.ts';
import { PartnerType } from '../../../partners/index.ts';
import { TerritoryType } from '../../../reference/index.ts';
import { SharedServiceType } from '../../service.type.ts';
import { SharedWorkerType } from '../employer-group.type.ts';
import { PlacementState, TimesheetState, Weekday } from '../placement.entity.ts';

registerEnumType(Weekday, {
  name: 'Weekday',
  description: 'A day of the week · jour · dag.',
  valuesConfig: {
    MONDAY: { description: 'Monday · lundi · maandag' },
    TUESDAY: { description: 'Tuesday · mardi · dinsdag' },
    WEDNESDAY: { description: 'Wednesday · mercredi · woensdag' },
    THURSDAY: { description: 'Thursday · jeudi · donderdag' },
    FRIDAY: { description: 'Friday · vendredi · vrijdag' },
    SATURDAY: { description: 'Saturday · samedi · zaterdag' },
    SUNDAY: { description: 'Sunday · dimanche · zondag' },
  },
});
registerEnumType(PlacementState, {
  name: 'PlacementState',
  description: 'State of a placement · état · toestand.',
  valuesConfig: {
    PROPOSED: { description: 'The group proposes it; its hours are kept · proposée · voorgesteld' },
    AGREED: { description: 'The member agreed · convenue · overeengekomen' },
    DECLINED: { description: 'The member did not · refusée · geweigerd' },
    CANCELLED: { description: 'The group took it back · annulée · geannuleerd' },
  },
});
registerEnumType(TimesheetState, {
  name: 'TimesheetState',
  description: 'State of a timesheet · état · toestand.',
  valuesConfig: {
    DRAFT: { description: 'Being written · brouillon · ontwerp' },
    SUBMITTED: { description: 'Sent to the member · soumise · ingediend' },
    APPROVED: { description: 'Approved by the member, who has the control · approuvée · goedgekeurd' },
    INVOICED: { description: 'Invoiced: it no longer changes · facturée · gefactureerd' },
  },
});

@ObjectType('DayHours', { simpleResolvers: true, description: 'Hours of a day of the week.' })
export class DayHoursType {
  @Field(() => Weekday, { description: 'The day.' })
  weekday!: Weekday;

  @Field(() => DecimalScalar, { description: 'Hours, in quarters.' })
  hours!: string;
}

@ObjectType('Placement', {
  implements: NodeType,
  simpleResolvers: true,
  description:
    'A worker placed with a member, who has authority and control; structural, and no temporary work · mise à disposition · terbeschikkingstelling.',
})
export class PlacementType extends NodeType {
  @Field(() => PartnerType, { description: 'The member.' })
  partner!: PartnerType;

  @Field(() => SharedServiceType, { description: "The employer group's service." })
  service!: SharedServiceType;

  @Field(() => SharedWorkerType, {
    nullable: true,
    description:
      'Who is placed, for the member and the group’s staff; null for who sees the placement by an agreement alone.',
  })
  worker?: SharedWorkerType | null;

  @Field(() => DecimalScalar, { description: 'Hours a week, in quarters.' })
  weeklyHours!: string;

  @Field(() => DateScalar, { description: 'First day.' })
  startsOn!: string;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'First day after it; as long as the contract without it.',
  })
  endsOn?: string | null;

  @Field(() => TerritoryType, { description: 'The municipality in which the work is done.' })
  municipality!: TerritoryType;

  @Field(() => PlacementState, { description: 'How far it has come.' })
  state!: PlacementState;

  @Field(() => DateScalar, { description: 'Day on which the group proposed it.' })
  proposedOn!: string;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'Day on which it was agreed to, declined or cancelled.',
  })
  decidedOn?: string | null;

  @Field(() => Provenance, { description: 'Where the record comes from.' })
  provenance!: Provenance;
}

@ObjectType('LabourDispute', {
  implements: NodeType,
  simpleResolvers: true,
  description:
    'A strike or lock-out at a member: nobody is placed there meanwhile (law of 12 August 2000) · conflit collectif · collectief geschil.',
})
export class LabourDisputeType extends NodeType {
  @Field(() => PartnerType, { description: 'The member.' })
  partner!: PartnerType;

  @Field(() => SharedServiceType, { description: "The employer group's service." })
  service!: SharedServiceType;

  @Field(() => DateScalar, { description: 'First day.' })
  startedOn!: string;

  @Field(() => DateScalar, { nullable: true, description: 'First day on which it is over.' })
  endedOn?: string | null;

  @Field(() => Provenance, { description: 'Where the record comes from.' })
  provenance!: Provenance;
}

@ObjectType('Timesheet', {
  implements: NodeType,
  simpleResolvers: true,
  description: 'Hours worked at a member in a week · relevé de prestations · prestatiestaat.',
})
export class TimesheetType extends NodeType {
  @Field(() => PartnerType, { description: 'The member.' })
  partner!: PartnerType;

  @Field(() => SharedServiceType, { description: "The employer group's service." })
  service!: SharedServiceType;

  @Field(() => PlacementType, { description: 'The placement.' })
  placement!: PlacementType;

  @Field(() => DateScalar, { description: 'Monday of the week.' })
  week!: string;

  @Field(() => DecimalScalar, { description: 'Hours worked, in quarters.' })
  hours!: string;

  @Field(() => TimesheetState, { description: 'How far it has come.' })
  state!: TimesheetState;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it was sent to the member.' })
  submittedAt?: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When the member approved it.' })
  approvedAt?: string | null;

  @Field(() => Provenance, { description: 'Where the record comes from.' })
  provenance!: Provenance;
}

export const PlacementConnection = connectionOf(() => PlacementType, 'Placement', 'the placements');
export const TimesheetConnection = connectionOf(() => TimesheetType, 'Timesheet', 'the timesheets');
export const LabourDisputeConnection = connectionOf(() => LabourDisputeType, 'LabourDispute', 'the disputes');
