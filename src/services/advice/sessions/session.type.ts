import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { NodeType } from '../../../graphql/node.type.ts';
import { connectionOf } from '../../../graphql/pages.ts';
import { Provenance } from '../../../graphql/provenance.ts';
import { DateTimeScalar, DecimalScalar } from '../../../graphql/scalars.ts';
import { PartnerType } from '../../../partners/index.ts';
import { TerritoryType } from '../../../reference/index.ts';
import { SharedServiceType } from '../../service.type.ts';
import { AttendeeRole, SessionKind } from '../session.entity.ts';

registerEnumType(SessionKind, {
  name: 'SessionKind',
  description: 'Kind of a session · type de rencontre · soort bijeenkomst.',
  valuesConfig: {
    WORKING_GROUP: { description: 'Meeting of peers in a working group · groupe de travail · werkgroep' },
    WORKSHOP: { description: 'Workshop on a theme · atelier · workshop' },
    TRAINING: { description: 'Training · formation · opleiding' },
    CONFERENCE: { description: 'Conference or colloquium · conférence · conferentie' },
    INTERVISION: { description: 'Peers look at a case of one of them · intervision · intervisie' },
    CO_SOLVING: { description: 'A question is solved together · co-résolution · co-solving' },
    FIELD_VISIT: { description: 'Visit to an organisation · visite de terrain · werkbezoek' },
    INFORMATION_MEETING: { description: 'Information for staff · séance d’information · infosessie' },
  },
});
registerEnumType(AttendeeRole, {
  name: 'AttendeeRole',
  description:
    'As what somebody comes to a session: a role in an organisation, and nothing about a person · rôle · rol.',
  valuesConfig: {
    MANAGEMENT: { description: 'Management or board · direction · directie' },
    HUMAN_RESOURCES: { description: 'Human resources · ressources humaines · personeelsdienst' },
    TEAM_LEAD: { description: 'Leads a team · responsable d’équipe · teamverantwoordelijke' },
    PREVENTION_ADVISER: {
      description: 'Adviser on prevention · conseiller en prévention · preventieadviseur',
    },
    WORKER_REPRESENTATIVE: {
      description: 'Represents workers · représentant des travailleurs · werknemersvertegenwoordiger',
    },
    STAFF: { description: 'Other staff, volunteers included · personnel · personeel' },
  },
});

@ObjectType('AttendanceCount', {
  simpleResolvers: true,
  description: 'How many came in a role; counts, and never who.',
})
export class AttendanceCountType {
  @Field(() => AttendeeRole, { description: 'As what they came.' })
  role!: AttendeeRole;

  @Field(() => Int, { description: 'How many came.' })
  attended!: number;

  @Field(() => Int, {
    description:
      'Of these, who came to a session of this service for the first time: added up over sessions they are heads, not presences.',
  })
  ofWhomFirstTime!: number;
}

@ObjectType('GradeCount', { simpleResolvers: true, description: 'How many gave a grade.' })
export class GradeCountType {
  @Field(() => Int, { description: 'From 1, not at all satisfied, to 5, very satisfied.' })
  grade!: number;

  @Field(() => Int, { description: 'How many gave it.' })
  answers!: number;
}

@ObjectType('Satisfaction', {
  simpleResolvers: true,
  description: 'What was thought of a session: counts by grade.',
})
export class SatisfactionType {
  @Field(() => Int, { description: 'How many answered: 4 at least.' })
  answers!: number;

  @Field(() => DecimalScalar, { description: 'Mean grade from 1 to 5, two decimals.' })
  mean!: string;

  @Field(() => [GradeCountType], { description: 'Answers by grade, the lowest first.' })
  grades!: GradeCountType[];
}

@ObjectType('AdviceSession', {
  implements: NodeType,
  simpleResolvers: true,
  description:
    'A meeting of an advisory service to which partners come: working group, workshop, training, visit · rencontre · bijeenkomst.',
})
export class AdviceSessionType extends NodeType {
  @Field(() => SharedServiceType, { description: 'The service that holds it.' })
  service!: SharedServiceType;

  @Field(() => SessionKind, { description: 'What it is.' })
  kind!: SessionKind;

  @Field(() => DateTimeScalar, { description: 'When it begins.' })
  startsAt!: string;

  @Field(() => DateTimeScalar, { description: 'When it ends.' })
  endsAt!: string;

  @Field(() => TerritoryType, {
    nullable: true,
    description: 'The municipality in which it is; null where it is online alone.',
  })
  municipality?: TerritoryType | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Where to come online: https. Told to the service and to partners that are registered; null for others.',
  })
  onlineUrl?: string | null;

  @Field(() => Int, { description: 'Seats that there are.' })
  capacity!: number;

  @Field(() => DateTimeScalar, { description: 'Until when a partner can register.' })
  registrationUntil!: string;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When it was cancelled; null where it was not.',
  })
  cancelledAt?: string | null;

  @Field(() => Provenance, { description: 'Where the record comes from.' })
  provenance!: Provenance;
}

@ObjectType('SessionRegistration', {
  implements: NodeType,
  simpleResolvers: true,
  description:
    'Seats that a partner takes in a session; for whom, it knows itself · inscription · inschrijving.',
})
export class SessionRegistrationType extends NodeType {
  @Field(() => PartnerType, { description: 'Who comes.' })
  partner!: PartnerType;

  @Field(() => AdviceSessionType, { description: 'To what.' })
  session!: AdviceSessionType;

  @Field(() => Int, { description: 'Seats: 1 to 100.' })
  seats!: number;

  @Field(() => DateTimeScalar, { description: 'When it registered.' })
  registeredAt!: string;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When it gave the seats back; null where it did not.',
  })
  cancelledAt?: string | null;

  @Field(() => Provenance, { description: 'Where the record comes from.' })
  provenance!: Provenance;
}

export const AdviceSessionConnection = connectionOf(() => AdviceSessionType, 'AdviceSession', 'the sessions');
export const SessionRegistrationConnection = connectionOf(
  () => SessionRegistrationType,
  'SessionRegistration',
  'the registrations',
);
