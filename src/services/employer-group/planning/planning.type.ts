import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { NodeType } from '../../../graphql/node.type.ts';
import { connectionOf } from '../../../graphql/pages.ts';
import { Provenance } from '../../../graphql/provenance.ts';
import { DateScalar, DecimalScalar } from '../../../graphql/scalars.ts';
import { PartnerType } from '../../../partners/index.ts';
import { TerritoryType } from '../../../reference/index.ts';
import { SharedServiceType } from '../../service.type.ts';
import { WorkerFunction } from '../employer-group.entity.ts';
import { SharedWorkerType } from '../employer-group.type.ts';
import { PlacementRequestState } from '../placement.entity.ts';

/** How near a worker already is to where it is wanted. */
export enum Nearness {
  MUNICIPALITY = 'MUNICIPALITY',
  ARRONDISSEMENT = 'ARRONDISSEMENT',
  REGION = 'REGION',
  ELSEWHERE = 'ELSEWHERE',
}

/** Why there is no number. */
export enum EstimateReason {
  NO_COST_SHEET = 'NO_COST_SHEET',
  NO_PLACEMENTS = 'NO_PLACEMENTS',
  NO_CAPACITY = 'NO_CAPACITY',
  TOO_FEW_WORKERS = 'TOO_FEW_WORKERS',
  PRICE_TOO_LOW = 'PRICE_TOO_LOW',
}

registerEnumType(Nearness, {
  name: 'Nearness',
  description: 'How near to where it is wanted a worker is placed already · proximité · nabijheid.',
  valuesConfig: {
    MUNICIPALITY: { description: 'In the same municipality · même commune · zelfde gemeente' },
    ARRONDISSEMENT: {
      description: 'In the same arrondissement · même arrondissement · zelfde arrondissement',
    },
    REGION: { description: 'In the same region · même région · zelfde gewest' },
    ELSEWHERE: { description: 'Elsewhere, or nowhere yet · ailleurs · elders' },
  },
});
registerEnumType(EstimateReason, {
  name: 'EstimateReason',
  description: 'Why there is no number · motif · reden.',
  valuesConfig: {
    NO_COST_SHEET: { description: 'No cost sheet of that year · pas de fiche de coût · geen kostenfiche' },
    NO_PLACEMENTS: {
      description: 'No hours are placed in that year · aucune heure placée · geen geplaatste uren',
    },
    NO_CAPACITY: {
      description: 'No worker of the function has the hours · pas de capacité · geen capaciteit',
    },
    TOO_FEW_WORKERS: {
      description: 'Fewer than 4 workers are behind it · trop peu de travailleurs · te weinig werknemers',
    },
    PRICE_TOO_LOW: {
      description: 'The price does not exceed what an hour costs · prix trop bas · prijs te laag',
    },
  },
});
registerEnumType(PlacementRequestState, {
  name: 'PlacementRequestState',
  description: 'State of what a member asks for · état · toestand.',
  valuesConfig: {
    OPEN: { description: 'Waits for a worker · ouverte · open' },
    PLACED: { description: 'A placement was agreed on · satisfaite · ingevuld' },
    WITHDRAWN: { description: 'Taken back · retirée · ingetrokken' },
  },
});

@ObjectType('PlacementRequest', {
  implements: NodeType,
  simpleResolvers: true,
  description: "A member's request for a function and hours · demande · aanvraag.",
})
export class PlacementRequestType extends NodeType {
  @Field(() => PartnerType, { description: 'The member.' })
  partner!: PartnerType;

  @Field(() => SharedServiceType, { description: "The employer group's service." })
  service!: SharedServiceType;

  @Field(() => WorkerFunction, { description: 'What is needed.' })
  jobFunction!: WorkerFunction;

  @Field(() => DecimalScalar, { description: 'Hours a week, in quarters.' })
  weeklyHours!: string;

  @Field(() => DateScalar, { description: 'First day.' })
  startsOn!: string;

  @Field(() => DateScalar, { nullable: true, description: 'First day after it; for good without it.' })
  endsOn?: string | null;

  @Field(() => TerritoryType, { description: 'The municipality in which the work is to be done.' })
  municipality!: TerritoryType;

  @Field(() => PlacementRequestState, { description: 'What became of it.' })
  state!: PlacementRequestState;

  @Field(() => DateScalar, { description: 'Day of the request.' })
  requestedOn!: string;

  @Field(() => Provenance, { description: 'Where the record comes from.' })
  provenance!: Provenance;
}

@ObjectType({
  simpleResolvers: true,
  description: 'Hours of the workers of a function in a week · capacité · capaciteit.',
})
export class WeekOfCapacity {
  @Field(() => DateScalar, { description: 'Monday of the week.' })
  week!: string;

  @Field(() => WorkerFunction, { description: 'The function.' })
  jobFunction!: WorkerFunction;

  @Field(() => Int, { description: 'Workers whose contract runs on a day of the week.' })
  workers!: number;

  @Field(() => DecimalScalar, { description: 'Hours of their contracts, by the days on which they run.' })
  contractHours!: string;

  @Field(() => DecimalScalar, { description: 'Hours placed or proposed.' })
  placedHours!: string;

  @Field(() => DecimalScalar, { description: 'Hours that are free.' })
  freeHours!: string;
}

@ObjectType({
  simpleResolvers: true,
  description: 'What members ask for and nobody is placed for yet · demande · vraag.',
})
export class OpenDemand {
  @Field(() => WorkerFunction, { description: 'The function.' })
  jobFunction!: WorkerFunction;

  @Field(() => Int, { description: 'Members that ask for it.' })
  members!: number;

  @Field(() => DecimalScalar, { description: 'Hours a week.' })
  weeklyHours!: string;
}

@ObjectType({
  simpleResolvers: true,
  description: 'A worker who could be placed for a request · proposition · voorstel.',
})
export class WorkerMatch {
  @Field(() => SharedWorkerType, { description: 'The worker.' })
  worker!: SharedWorkerType;

  @Field(() => DecimalScalar, {
    description: 'Hours that are free in every week of the request, up to a year ahead.',
  })
  freeHours!: string;

  @Field(() => Nearness, { description: 'How near it is placed already.' })
  nearness!: Nearness;
}

@ObjectType({
  simpleResolvers: true,
  description:
    'What a placement would cost, by what the group costs in the year in which it begins · devis · offerte.',
})
export class PlacementQuote {
  @Field(() => EstimateReason, {
    nullable: true,
    description: 'Why there is no number; null where there is one.',
  })
  reason?: EstimateReason | null;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'Euro an hour without VAT, fixed cost included.',
  })
  perHour?: string | null;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'Euro a month without VAT: a twelfth of a whole year.',
  })
  perMonth?: string | null;

  @Field(() => DecimalScalar, { nullable: true, description: 'Euro a whole year without VAT.' })
  perYear?: string | null;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'Euro a whole year with VAT at the standard rate, where the member is not exempt.',
  })
  perYearWithVat?: string | null;

  @Field(() => DecimalScalar, {
    nullable: true,
    description:
      'How far later invoices may be off, as a part: 0.1 is one tenth, whichever worker of the function with the hours is placed, as long as the group costs and places what it plans to. Provisions come on top.',
  })
  tolerance?: string | null;
}

@ObjectType({
  simpleResolvers: true,
  description: 'What a group has to place to cover its fixed cost · taille critique · kritische omvang.',
})
export class CriticalSize {
  @Field(() => EstimateReason, {
    nullable: true,
    description: 'Why there is no number; null where there is one.',
  })
  reason?: EstimateReason | null;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'What the group costs besides its workers in the year, in euro.',
  })
  fixedCost?: string | null;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'What an hour placed costs, fixed cost apart, in euro.',
  })
  costPerHour?: string | null;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'Price of an hour that it is reckoned with, in euro.',
  })
  pricePerHour?: string | null;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'Hours a year: the fixed cost over what the price leaves of each.',
  })
  hours?: string | null;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'Full-time equivalents, of 46 weeks a year: 52 less leave and public holidays.',
  })
  fullTimeEquivalents?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Members, at the mean hours of those with whom somebody is placed in the year.',
  })
  members?: number | null;
}

export const PlacementRequestConnection = connectionOf(
  () => PlacementRequestType,
  'PlacementRequest',
  'the requests',
);
