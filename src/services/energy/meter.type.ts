import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { NodeType } from '../../graphql/node.type.ts';
import { connectionOf } from '../../graphql/pages.ts';
import { Provenance } from '../../graphql/provenance.ts';
import { DateScalar } from '../../graphql/scalars.ts';
import { PartnerType } from '../../partners/index.ts';
import { SharedServiceType } from '../index.ts';
import { EnergyCarrier, MeterUnit, ReadingQuality } from './meter.entity.ts';

registerEnumType(EnergyCarrier, {
  name: 'EnergyCarrier',
  description: 'What energy comes as · vecteur énergétique · energiedrager.',
  valuesConfig: {
    ELECTRICITY: { description: 'Electricity from the grid · électricité · elektriciteit' },
    GAS: {
      description:
        'Natural gas, its kWh on gross calorific value · gaz naturel (PCS) · aardgas (bovenwaarde)',
    },
    HEATING_OIL: { description: 'Heating oil · mazout de chauffage · stookolie' },
    DISTRICT_HEAT: { description: 'Heat from a network · réseau de chaleur · warmtenet' },
    WOOD: { description: 'Wood, pellets · bois, pellets · hout, pellets' },
    SOLAR: {
      description: 'Electricity made on site; never added to what is bought · solaire · zonne-energie',
    },
  },
});
registerEnumType(MeterUnit, {
  name: 'MeterUnit',
  description: 'Unit that a meter counts in · unité · eenheid.',
  valuesConfig: {
    KWH: { description: 'Kilowatt-hour · kWh · kWh' },
    M3: { description: 'Cubic metre · m³ · m³' },
    LITRE: { description: 'Litre · litre · liter' },
    KG: { description: 'Kilogram · kg · kg' },
  },
});
registerEnumType(ReadingQuality, {
  name: 'ReadingQuality',
  description: 'How sure a reading is · qualité · kwaliteit.',
  valuesConfig: {
    MEASURED: { description: 'Read off, or sent by the meter · mesuré · gemeten' },
    ESTIMATED: { description: 'Estimated by who sent it · estimé · geschat' },
    CORRECTED: { description: 'It took the place of earlier ones, which are kept · corrigé · verbeterd' },
  },
});

@ObjectType('WeatherStation', {
  implements: NodeType,
  simpleResolvers: true,
  description: 'A place where the weather is measured · station météo · weerstation.',
})
export class WeatherStationType extends NodeType {
  @Field(() => String, { description: 'What it is known by, such as `UCCLE`; unique.' })
  code!: string;

  @Field(() => String, { description: 'Its name.' })
  name!: string;

  @Field(() => String, { description: 'Who publishes its degree days.' })
  source!: string;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'First day of the years whose mean is the normal year; null where there is none.',
  })
  normalFrom?: string | null;

  @Field(() => DateScalar, { nullable: true, description: 'First day after those years.' })
  normalUntil?: string | null;

  @Field(() => Provenance, { description: 'Where the record comes from.' })
  provenance!: Provenance;
}

@ObjectType('Meter', {
  implements: NodeType,
  simpleResolvers: true,
  description: 'A point at which energy is counted, whichever device counts it · compteur · meter.',
})
export class MeterType extends NodeType {
  @Field(() => PartnerType, { description: 'Who has the contract.' })
  partner!: PartnerType;

  @Field(() => SharedServiceType, { description: 'The energy service that follows it.' })
  service!: SharedServiceType;

  @Field(() => String, { description: 'What it is known by, unique among the partner’s in the service.' })
  reference!: string;

  @Field(() => EnergyCarrier, { description: 'What the energy comes as.' })
  carrier!: EnergyCarrier;

  @Field(() => MeterUnit, { description: 'Unit that it counts in.' })
  unit!: MeterUnit;

  @Field(() => Boolean, {
    description: 'Whether its readings are deliveries into a tank: spread by degree days.',
  })
  isTank!: boolean;

  @Field(() => Int, {
    nullable: true,
    description: 'Digits before the decimal point of its index, after which it begins again at zero.',
  })
  indexDigits?: number | null;

  @Field(() => WeatherStationType, {
    nullable: true,
    description: 'Whose degree days explain its consumption; null where none do.',
  })
  station?: WeatherStationType | null;

  @Field(() => Provenance, { description: 'Where the record comes from.' })
  provenance!: Provenance;
}

export const MeterConnection = connectionOf(() => MeterType, 'Meter', 'the meters');
