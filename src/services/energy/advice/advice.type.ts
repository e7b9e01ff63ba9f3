import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { NodeType } from '../../../graphql/node.type.ts';
import { connectionOf } from '../../../graphql/pages.ts';
import { Provenance } from '../../../graphql/provenance.ts';
import { DateScalar, DecimalScalar } from '../../../graphql/scalars.ts';
import { PartnerType } from '../../../partners/index.ts';
import { SharedServiceType } from '../../index.ts';
import { MeasureKind, MeasureState, VisitState } from '../advice.entity.ts';
import { BuildingType } from '../building.type.ts';
import { EnergyCarrier } from '../meter.entity.ts';

registerEnumType(VisitState, {
  name: 'EnergyVisitState',
  description: 'The last step that a visit took · état · toestand.',
  valuesConfig: {
    REQUESTED: { description: 'Asked for · demandée · gevraagd' },
    PLANNED: { description: 'There is a day for it · planifiée · gepland' },
    VISITED: { description: 'The adviser was there · effectuée · uitgevoerd' },
    REPORTED: { description: 'The report is there · rapportée · verslag gemaakt' },
    CANCELLED: { description: 'It does not take place · annulée · geannuleerd' },
  },
});
registerEnumType(MeasureState, {
  name: 'EnergyMeasureState',
  description: 'The last step that a measure took · état · toestand.',
  valuesConfig: {
    PROPOSED: { description: 'Proposed · proposée · voorgesteld' },
    DECIDED: { description: 'It will be done · décidée · beslist' },
    DONE: { description: 'Done · réalisée · uitgevoerd' },
    DROPPED: { description: 'It will not be done · abandonnée · opgegeven' },
  },
});
registerEnumType(MeasureKind, {
  name: 'EnergyMeasureKind',
  description: 'What is done to save energy · type de mesure · soort maatregel.',
  valuesConfig: {
    INSULATION: { description: 'Insulation of roof, walls, floor · isolation · isolatie' },
    GLAZING: { description: 'Windows · vitrages · beglazing' },
    HEATING_SYSTEM: { description: 'Boiler, heat pump · chauffage · verwarming' },
    HEATING_CONTROL: { description: 'Control of the heating · régulation · regeling' },
    HOT_WATER: { description: 'Hot water · eau chaude sanitaire · sanitair warm water' },
    VENTILATION: { description: 'Ventilation · ventilation · ventilatie' },
    LIGHTING: { description: 'Lighting · éclairage · verlichting' },
    APPLIANCES: { description: 'Appliances, IT · appareils · toestellen' },
    SOLAR_PANELS: { description: 'Solar panels · panneaux solaires · zonnepanelen' },
    BEHAVIOUR: { description: 'What people do · comportement · gedrag' },
    OTHER: { description: 'Something else · autre · andere' },
  },
});

@ObjectType('EnergyVisit', {
  implements: NodeType,
  simpleResolvers: true,
  description: 'A visit of a building by an adviser, from the request to the report · visite · bezoek.',
})
export class EnergyVisitType extends NodeType {
  @Field(() => PartnerType, { description: 'Whose building it is.' })
  partner!: PartnerType;

  @Field(() => SharedServiceType, { description: 'The energy service.' })
  service!: SharedServiceType;

  @Field(() => BuildingType, { description: 'The building.' })
  building!: BuildingType;

  @Field(() => VisitState, { description: 'The last step that it took.' })
  state!: VisitState;

  @Field(() => DateScalar, { description: 'Day of the request.' })
  requestedOn!: string;

  @Field(() => DateScalar, { nullable: true, description: 'Day for which it is, or was, planned.' })
  plannedFor?: string | null;

  @Field(() => DateScalar, { nullable: true, description: 'Day on which the adviser was there.' })
  visitedOn?: string | null;

  @Field(() => DateScalar, { nullable: true, description: 'Day of the report.' })
  reportedOn?: string | null;

  @Field(() => DateScalar, { nullable: true, description: 'Day on which it was cancelled.' })
  cancelledOn?: string | null;

  @Field(() => String, { nullable: true, description: 'Address of the report.' })
  reportUrl?: string | null;

  @Field(() => String, { nullable: true, description: 'What the report says in short, about the building.' })
  conclusions?: string | null;

  @Field(() => Provenance, { description: 'Where the record comes from.' })
  provenance!: Provenance;
}

@ObjectType('EnergyMeasure', {
  implements: NodeType,
  simpleResolvers: true,
  description: 'Something to be done, or done, to save energy · mesure · maatregel.',
})
export class EnergyMeasureType extends NodeType {
  @Field(() => PartnerType, { description: 'Whose building it is.' })
  partner!: PartnerType;

  @Field(() => SharedServiceType, { description: 'The energy service.' })
  service!: SharedServiceType;

  @Field(() => BuildingType, { description: 'The building.' })
  building!: BuildingType;

  @Field(() => EnergyVisitType, { nullable: true, description: 'The visit at which it was found, if any.' })
  visit?: EnergyVisitType | null;

  @Field(() => MeasureKind, { description: 'What is done.' })
  kind!: MeasureKind;

  @Field(() => String, { description: 'What is done, in words.' })
  title!: string;

  @Field(() => EnergyCarrier, { description: 'What it saves.' })
  carrier!: EnergyCarrier;

  @Field(() => MeasureState, { description: 'The last step that it took.' })
  state!: MeasureState;

  @Field(() => DateScalar, { description: 'Day of the proposal.' })
  proposedOn!: string;

  @Field(() => DateScalar, { nullable: true, description: 'Day of the decision.' })
  decidedOn?: string | null;

  @Field(() => DateScalar, { nullable: true, description: 'Day on which it was done.' })
  doneOn?: string | null;

  @Field(() => DateScalar, { nullable: true, description: 'Day on which it was dropped.' })
  droppedOn?: string | null;

  @Field(() => DecimalScalar, { nullable: true, description: 'What it costs, in euro.' })
  investment?: string | null;

  @Field(() => DecimalScalar, { nullable: true, description: 'Grant that was asked for, in euro.' })
  grantAsked?: string | null;

  @Field(() => DecimalScalar, { nullable: true, description: 'Grant that was obtained, in euro.' })
  grantObtained?: string | null;

  @Field(() => DecimalScalar, {
    nullable: true,
    description:
      'What it is expected to save in a year, in kWh: an adviser’s estimate, never added to what is measured.',
  })
  estimatedKwhYear?: string | null;

  @Field(() => Provenance, { description: 'Where the record comes from.' })
  provenance!: Provenance;
}

@ObjectType('NextVisit', {
  simpleResolvers: true,
  description:
    'A building to visit, and why: its score is the sum of the points · prochaine visite · volgend bezoek.',
})
export class NextVisit {
  @Field(() => BuildingType, { description: 'The building.' })
  building!: BuildingType;

  @Field(() => DecimalScalar, { description: 'The sum of its points: the highest is visited next.' })
  score!: string;

  @Field(() => DecimalScalar, { description: '30 where a visit is asked for or planned.' })
  requestPoints!: string;

  @Field(() => DecimalScalar, {
    description: '40 where it was never visited; else 8 for each year since the last visit, 40 at most.',
  })
  lastVisitPoints!: string;

  @Field(() => DecimalScalar, { description: '1 for each 250 m² of floor area, 20 at most.' })
  floorAreaPoints!: string;

  @Field(() => DecimalScalar, {
    description:
      'What it used per m² last year above the median of the service’s buildings of its activity that you see: 3 for each 10 %, 30 at most. Of its electricity or of its heat, whichever is more above; 0 where neither is known.',
  })
  intensityPoints!: string;
}

export const EnergyVisitConnection = connectionOf(() => EnergyVisitType, 'EnergyVisit', 'the visits');
export const EnergyMeasureConnection = connectionOf(() => EnergyMeasureType, 'EnergyMeasure', 'the measures');
