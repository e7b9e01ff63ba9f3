import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { NodeType } from '../../graphql/node.type.ts';
import { connectionOf } from '../../graphql/pages.ts';
import { Provenance } from '../../graphql/provenance.ts';
import { DateScalar, DecimalScalar } from '../../graphql/scalars.ts';
import { PartnerType } from '../../partners/index.ts';
import { SharedServiceType } from '../service.type.ts';
import { GroupLegalForm, LegalParameterKind, WorkerFunction } from './employer-group.entity.ts';

registerEnumType(LegalParameterKind, {
  name: 'LegalParameterKind',
  description: 'A number that the law sets for employer groups · paramètre légal · wettelijke parameter.',
  valuesConfig: {
    MAX_WORKERS: {
      description: 'Workers that a group may employ · travailleurs au plus · hoogste aantal werknemers',
    },
    MIN_CONTRACT_HOURS: {
      description:
        'Hours a week of a contract, at least · heures par semaine au moins · minimumuren per week',
    },
    MAX_HOURS_WORKED: {
      description: 'Hours worked in a week, at most · heures prestées au plus · hoogste aantal gewerkte uren',
    },
    STANDARD_VAT_RATE: {
      description: 'Standard rate of VAT, in per cent · taux normal de la TVA · normaal btw-tarief',
    },
  },
});
registerEnumType(GroupLegalForm, {
  name: 'GroupLegalForm',
  description: 'Form in which an employer group is set up · forme juridique · rechtsvorm.',
  valuesConfig: {
    NON_PROFIT_ASSOCIATION: { description: 'Non-profit association · ASBL · vzw' },
    ECONOMIC_INTEREST_GROUPING: {
      description:
        "Economic interest grouping · groupement d'intérêt économique · economisch samenwerkingsverband",
    },
  },
});
registerEnumType(WorkerFunction, {
  name: 'WorkerFunction',
  description: 'What a shared worker does · fonction · functie.',
  valuesConfig: {
    ACCOUNTANT: { description: 'Accountant · comptable · boekhouder' },
    PREVENTION_ADVISER: { description: 'Prevention adviser · conseiller en prévention · preventieadviseur' },
    ENERGY_ADVISER: { description: 'Energy adviser · conseiller en énergie · energieadviseur' },
    DPO: {
      description:
        'Data protection officer · délégué à la protection des données · functionaris voor gegevensbescherming',
    },
    LAWYER: { description: 'Lawyer · juriste · jurist' },
    ASSISTANT_ACCOUNTANT: { description: 'Assistant accountant · aide-comptable · hulpboekhouder' },
    GRAPHIC_DESIGNER: { description: 'Graphic designer · infographiste · grafisch vormgever' },
    SECRETARY: { description: 'Secretary · secrétaire · secretariaatsmedewerker' },
    BUILDING_MANAGER: { description: 'Building manager · gestionnaire de bâtiment · gebouwbeheerder' },
    ACTIVITY_LEADER: { description: 'Activity leader · animateur · animator' },
    CLEANER: { description: 'Cleaner · technicien de surface · schoonmaker' },
    MANUAL_WORKER: { description: 'Manual worker · ouvrier · arbeider' },
    OTHER: { description: 'Something else · autre · andere' },
  },
});

@ObjectType('EmployerGroupService', {
  implements: SharedServiceType,
  simpleResolvers: true,
  description:
    "A group that employs workers and places them with its members (law of 12 August 2000) · groupement d'employeurs · werkgeversgroepering.",
})
export class EmployerGroupServiceType extends SharedServiceType {}

@ObjectType('LegalParameter', {
  simpleResolvers: true,
  description: 'A number of the law, and the time for which it holds.',
})
export class LegalParameterType {
  @Field(() => LegalParameterKind, { description: 'What it limits.' })
  kind!: LegalParameterKind;

  @Field(() => DecimalScalar, { description: 'The number, in the unit that its kind names.' })
  value!: string;

  @Field(() => DateScalar, { description: 'First day on which it holds.' })
  validFrom!: string;

  @Field(() => DateScalar, { nullable: true, description: 'First day on which it no longer holds.' })
  validUntil?: string | null;

  @Field(() => String, { description: 'The law that says so.' })
  source!: string;
}

@ObjectType('EmployerGroup', {
  implements: NodeType,
  simpleResolvers: true,
  description: "The employer of shared workers · groupement d'employeurs · werkgeversgroepering.",
})
export class EmployerGroupType extends NodeType {
  @Field(() => SharedServiceType, {
    description: 'The service that it runs; its members are enrolled there.',
  })
  service!: SharedServiceType;

  @Field(() => PartnerType, { description: 'The group itself, as an organisation.' })
  partner!: PartnerType;

  @Field(() => GroupLegalForm, { description: 'Form in which it is set up.' })
  legalForm!: GroupLegalForm;

  @Field(() => String, { description: 'Number of its joint committee, such as 329.02.' })
  jointCommittee!: string;

  @Field(() => DateScalar, { description: "First day of the minister's authorisation." })
  authorisedFrom!: string;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'First day on which the authorisation no longer holds.',
  })
  authorisedUntil?: string | null;

  @Field(() => DecimalScalar, { description: 'Hours of a full-time week.' })
  fullTimeHours!: string;

  @Field(() => Provenance, { description: 'Where the record comes from.' })
  provenance!: Provenance;
}

@ObjectType('SharedWorker', {
  implements: NodeType,
  simpleResolvers: true,
  description:
    'A contract of a worker whom members share, under a pseudonym: no fact about the person is kept · travailleur partagé · gedeelde werknemer.',
})
export class SharedWorkerType extends NodeType {
  @Field(() => SharedServiceType, { description: "The employer group's service." })
  service!: SharedServiceType;

  @Field(() => String, { description: 'Pseudonym: the group knows whose it is, the hub does not.' })
  reference!: string;

  @Field(() => WorkerFunction, { description: 'What the worker does.' })
  jobFunction!: WorkerFunction;

  @Field(() => Boolean, { description: 'Whether one member at a time has the worker alone.' })
  isDedicated!: boolean;

  @Field(() => DecimalScalar, { description: 'Hours a week of the contract.' })
  contractHours!: string;

  @Field(() => DateScalar, { description: 'First day of the contract.' })
  employedFrom!: string;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'First day after the contract, where it has an end.',
  })
  employedUntil?: string | null;

  @Field(() => Provenance, { description: 'Where the record comes from.' })
  provenance!: Provenance;
}

export const SharedWorkerConnection = connectionOf(() => SharedWorkerType, 'SharedWorker', 'the workers');

/** How many workers the law still lets a group engage. */
@ObjectType('WorkerHeadroom', {
  simpleResolvers: true,
  description: 'How many workers a group has on a day, and how many more the law allows.',
})
export class WorkerHeadroom {
  @Field(() => Int, { description: 'Workers whom it employs on that day.' })
  workers!: number;

  @Field(() => Int, { description: 'Workers whom it may employ at most on that day.' })
  limit!: number;

  @Field(() => Int, { description: 'How many more it may engage.' })
  headroom!: number;
}
