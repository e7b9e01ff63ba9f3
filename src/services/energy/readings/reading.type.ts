import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { UserErrorType } from '../../../graphql/errors.ts';
import { NodeType } from '../../../graphql/node.type.ts';
import { connectionOf } from '../../../graphql/pages.ts';
import { DateTimeScalar, DecimalScalar } from '../../../graphql/scalars.ts';
import { EnergyCarrier, ReadingQuality } from '../meter.entity.ts';
import { MeterType } from '../meter.type.ts';
import { Granularity } from './consumption.ts';

registerEnumType(Granularity, {
  name: 'EnergyGranularity',
  description: 'How long the steps of a consumption are · pas · stap.',
  valuesConfig: {
    HOUR: { description: 'An hour · heure · uur' },
    DAY: { description: 'A day in Belgium: 23 or 25 hours when the clock changes · jour · dag' },
    MONTH: { description: 'A calendar month · mois · maand' },
    YEAR: { description: 'A calendar year · année · jaar' },
  },
});

/** What became of one reading. */
export enum ReadingStatus {
  ACCEPTED = 'ACCEPTED',
  DUPLICATE = 'DUPLICATE',
  REPLACED = 'REPLACED',
  REJECTED = 'REJECTED',
}

registerEnumType(ReadingStatus, {
  name: 'ReadingStatus',
  description: 'What became of a reading that was sent.',
  valuesConfig: {
    ACCEPTED: { description: 'Stored · enregistré · geregistreerd' },
    DUPLICATE: { description: 'It was there already; nothing was added · déjà connu · al bekend' },
    REPLACED: { description: 'Stored in the place of others, which are kept · remplacé · vervangen' },
    REJECTED: { description: 'Not stored; the error says why · refusé · geweigerd' },
  },
});

/** What is odd about readings. */
export enum ReadingWarningKind {
  GAP = 'GAP',
  CONSTANT_RUN = 'CONSTANT_RUN',
  OUTLIER = 'OUTLIER',
}

registerEnumType(ReadingWarningKind, {
  name: 'ReadingWarningKind',
  description: 'What is odd about readings, which are stored as they are · anomalie · afwijking.',
  valuesConfig: {
    GAP: { description: 'There is nothing between two readings · trou · gat' },
    CONSTANT_RUN: {
      description:
        'Equal readings in a row, zeros apart: 24 hourly, 7 daily, 4 longer ones · valeurs constantes · constante waarden',
    },
    OUTLIER: {
      description: 'More than 10 times the median of the meter’s last 200 · valeur aberrante · uitschieter',
    },
  },
});

@ObjectType('MeterReading', {
  simpleResolvers: true,
  description: 'What a meter counted in an interval · relevé · meterstand.',
})
export class MeterReadingType {
  @Field(() => DateTimeScalar, { description: 'First instant.' })
  startsAt!: string;

  @Field(() => DateTimeScalar, { description: 'First instant after it.' })
  endsAt!: string;

  @Field(() => DecimalScalar, { description: 'What was used, in the meter’s unit.' })
  quantity!: string;

  @Field(() => ReadingQuality, { description: 'How sure it is.' })
  quality!: ReadingQuality;

  @Field(() => DateTimeScalar, { description: 'When it was stored.' })
  recordedAt!: string;
}

@ObjectType('ReplacedReading', {
  implements: NodeType,
  simpleResolvers: true,
  description: 'A reading as it was before a correction · relevé remplacé · vervangen meterstand.',
})
export class ReplacedReadingType extends NodeType {
  @Field(() => MeterType, { description: 'The meter.' })
  meter!: MeterType;

  @Field(() => DateTimeScalar, { description: 'First instant.' })
  startsAt!: string;

  @Field(() => DateTimeScalar, { description: 'First instant after it.' })
  endsAt!: string;

  @Field(() => DecimalScalar, { description: 'What it said, in the meter’s unit.' })
  quantity!: string;

  @Field(() => ReadingQuality, { description: 'How sure it was.' })
  quality!: ReadingQuality;

  @Field(() => DateTimeScalar, { description: 'When it was stored.' })
  recordedAt!: string;

  @Field(() => DateTimeScalar, { description: 'When a correction took its place.' })
  replacedAt!: string;
}

@ObjectType('Consumption', {
  simpleResolvers: true,
  description: 'What a meter counted in a step of time · consommation · verbruik.',
})
export class ConsumptionType {
  @Field(() => DateTimeScalar, { description: 'First instant.' })
  from!: string;

  @Field(() => DateTimeScalar, { description: 'First instant after it.' })
  until!: string;

  @Field(() => DecimalScalar, {
    description:
      'In the meter’s unit. A reading over several steps is split by time, a tank’s by degree days where they are known; parts add up to the whole.',
  })
  quantity!: string;

  @Field(() => DecimalScalar, {
    nullable: true,
    description:
      'In kWh, by the CALORIFIC factor of the first day of each month; null where there is none for the unit.',
  })
  kwh?: string | null;

  @Field(() => DecimalScalar, { description: 'How much of the step has readings, from 0 to 1.' })
  coverage!: string;

  @Field(() => DecimalScalar, { description: 'The part of the quantity that ESTIMATED readings say.' })
  estimated!: string;

  @Field(() => DecimalScalar, {
    nullable: true,
    description:
      'Degree days of the meter’s station, at its highest base; null for an HOUR, and where days are missing.',
  })
  degreeDays?: string | null;

  @Field(() => DecimalScalar, {
    nullable: true,
    description:
      'What it would have been in kWh in a normal year, in proportion to the degree days: for heating, by MONTH and YEAR, where it was asked for and the station has a normal year. `savings` does it by regression.',
  })
  normalisedKwh?: string | null;
}

@ObjectType('CarrierConsumption', {
  simpleResolvers: true,
  description: 'What a building used of one carrier in a step of time · consommation · verbruik.',
})
export class CarrierConsumptionType {
  @Field(() => EnergyCarrier, { description: 'The carrier; SOLAR is made on site.' })
  carrier!: EnergyCarrier;

  @Field(() => DateTimeScalar, { description: 'First instant.' })
  from!: string;

  @Field(() => DateTimeScalar, { description: 'First instant after it.' })
  until!: string;

  @Field(() => DecimalScalar, {
    nullable: true,
    description:
      'In kWh; of a meter that serves other buildings too, the share of this one’s floor area. Null where a unit has no factor.',
  })
  kwh?: string | null;

  @Field(() => DecimalScalar, { description: 'The least coverage of its meters, from 0 to 1.' })
  coverage!: string;
}

@ObjectType({ simpleResolvers: true, description: 'What became of one reading.' })
export class ReadingResult {
  @Field(() => ReadingStatus, { description: 'What became of it.' })
  status!: ReadingStatus;

  @Field(() => UserErrorType, { nullable: true, description: 'Why it was refused.' })
  error?: UserErrorType | null;
}

@ObjectType({
  simpleResolvers: true,
  description: 'Something odd about readings, which are stored as they are.',
})
export class ReadingWarning {
  @Field(() => ReadingWarningKind, { description: 'What it is.' })
  kind!: ReadingWarningKind;

  @Field(() => String, { description: 'Id of the meter.' })
  meter!: string;

  @Field(() => DateTimeScalar, { description: 'Where it begins.' })
  from!: string;

  @Field(() => DateTimeScalar, { description: 'Where it ends.' })
  until!: string;
}

@ObjectType({ simpleResolvers: true, description: 'What became of readings.' })
export class ImportMeterReadingsPayload {
  @Field(() => [ReadingResult], {
    description: 'One for each reading, in their sequence; empty where the request as a whole was refused.',
  })
  results!: ReadingResult[];

  @Field(() => Int, { description: 'Readings stored, those in the place of others among them.' })
  acceptedCount!: number;

  @Field(() => Int, { description: 'Readings refused.' })
  rejectedCount!: number;

  @Field(() => [ReadingWarning], {
    description:
      'What is odd about the readings of this request, 100 at most: look at them, and correct what is wrong.',
  })
  warnings!: ReadingWarning[];

  @Field(() => [UserErrorType], { description: 'What to mend in the request as a whole.' })
  userErrors!: UserErrorType[];
}

export const MeterReadingConnection = connectionOf(() => MeterReadingType, 'MeterReading', 'the readings');
export const ReplacedReadingConnection = connectionOf(
  () => ReplacedReadingType,
  'ReplacedReading',
  'the replaced readings',
);
