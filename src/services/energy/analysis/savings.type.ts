import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { UserErrorType } from '../../../graphql/errors.ts';
import { NodeType } from '../../../graphql/node.type.ts';
import { connectionOf } from '../../../graphql/pages.ts';
import { Provenance } from '../../../graphql/provenance.ts';
import { DateScalar, DateTimeScalar, DecimalScalar } from '../../../graphql/scalars.ts';
import type { Rows } from '../../../read/index.ts';
import { SharedServiceType } from '../../index.ts';
import { FactorKind } from '../factor.entity.ts';
import { EnergyCarrier, MeterUnit } from '../meter.entity.ts';
import { MeterType } from '../meter.type.ts';
import { BaselineModel, SavingsReason } from '../savings.entity.ts';

registerEnumType(FactorKind, {
  name: 'FactorKind',
  description: 'What a factor turns into what · facteur · factor.',
  valuesConfig: {
    EMISSION: { description: 'kg CO₂ for each kWh · émissions · uitstoot' },
    PRICE: { description: 'Euro for each kWh · prix · prijs' },
    CALORIFIC: { description: 'kWh for each unit of a meter · pouvoir calorifique · verbrandingswaarde' },
    OIL_EQUIVALENCE: {
      description: 'kg CO₂ that a litre of heating oil stands for · équivalent mazout · stookolie-equivalent',
    },
  },
});
registerEnumType(BaselineModel, {
  name: 'BaselineModel',
  description: 'What a baseline is made with · modèle · model.',
  valuesConfig: {
    DEGREE_DAYS: {
      description:
        'Consumption a day = base load + slope × degree days a day, at the base that fits best · degrés-jours · graaddagen',
    },
    SAME_MONTH: {
      description:
        'The mean of the same months, where the weather explains nothing · même mois · zelfde maand',
    },
  },
});
registerEnumType(SavingsReason, {
  name: 'SavingsReason',
  description: 'Why there is no number · raison · reden.',
  valuesConfig: {
    TOO_FEW_MONTHS: {
      description: 'The period has fewer than 12 months · trop peu de mois · te weinig maanden',
    },
    GAPS_IN_BASELINE: {
      description:
        'Readings of the baseline are missing, or fewer than 6 deliveries of a tank · trous dans la référence · gaten in de referentie',
    },
    GAPS_IN_REPORTING: {
      description:
        'Readings of the reporting period are missing · trous dans le suivi · gaten in de opvolging',
    },
    NO_DEGREE_DAYS: {
      description:
        'Degree days of some days are missing, or a tank has none · pas de degrés-jours · geen graaddagen',
    },
    POOR_FIT: {
      description:
        'No model follows the baseline well enough: R² and CV(RMSE) both beyond their limits · modèle insuffisant · model ontoereikend',
    },
    NO_CONVERSION_FACTOR: {
      description:
        'No CALORIFIC factor for the meter’s unit · pas de facteur de conversion · geen omrekenfactor',
    },
    PRODUCTION: {
      description: 'The meter counts what is made on site · production · productie',
    },
    NO_NORMAL_YEAR: {
      description: 'The station has no normal year · pas d’année normale · geen normaal jaar',
    },
  },
});

@ObjectType('FactorUsed', {
  simpleResolvers: true,
  description: 'A factor that a result was computed with, by name · facteur utilisé · gebruikte factor.',
})
export class FactorUsed {
  @Field(() => FactorKind, { description: 'What it turns into what.' })
  kind!: FactorKind;

  @Field(() => EnergyCarrier, { nullable: true, description: 'Of this carrier alone; null for all of them.' })
  carrier?: EnergyCarrier | null;

  @Field(() => DecimalScalar, { description: 'Its value.' })
  value!: string;

  @Field(() => String, { description: 'What it is measured on.' })
  basis!: string;

  @Field(() => String, { description: 'Where it comes from.' })
  source!: string;

  @Field(() => DateScalar, { description: 'First day on which it holds.' })
  validFrom!: string;
}

@ObjectType('EnergyFactor', {
  implements: NodeType,
  simpleResolvers: true,
  description: 'A number that turns energy into something else · facteur · factor.',
})
export class EnergyFactorType extends NodeType {
  @Field(() => SharedServiceType, { description: 'The energy service that computes with it.' })
  service!: SharedServiceType;

  @Field(() => FactorKind, { description: 'What it turns into what.' })
  kind!: FactorKind;

  @Field(() => EnergyCarrier, { nullable: true, description: 'Of this carrier alone; null for all of them.' })
  carrier?: EnergyCarrier | null;

  @Field(() => MeterUnit, { nullable: true, description: 'The meter’s unit, of a CALORIFIC one.' })
  unit?: MeterUnit | null;

  @Field(() => DecimalScalar, { description: 'Its value.' })
  value!: string;

  @Field(() => String, { description: 'What it is measured on, such as gross calorific value.' })
  basis!: string;

  @Field(() => String, { description: 'Where it comes from.' })
  source!: string;

  @Field(() => DateScalar, { description: 'First day on which it holds.' })
  validFrom!: string;

  @Field(() => DateScalar, { nullable: true, description: 'First day on which it no longer holds.' })
  validUntil?: string | null;

  @Field(() => Provenance, { description: 'Where the record comes from.' })
  provenance!: Provenance;
}

@ObjectType('SavingsFigures', {
  simpleResolvers: true,
  description:
    'What was saved by IPMVP’s option C, in kWh: the baseline adjusted to the weather, less what was measured · économies · besparing.',
})
export class SavingsFigures {
  @Field(() => SavingsReason, {
    nullable: true,
    description: 'Why there is no number; null where there is one.',
  })
  reason?: SavingsReason | null;

  @Field(() => BaselineModel, { nullable: true, description: 'What the baseline is made with.' })
  model?: BaselineModel | null;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'Outdoor temperature in °C from which no heating is needed, as it fits the baseline best.',
  })
  changePoint?: string | null;

  @Field(() => DecimalScalar, { nullable: true, description: 'kWh a day without heating.' })
  baseLoad?: string | null;

  @Field(() => DecimalScalar, { nullable: true, description: 'kWh for each degree day.' })
  slope?: string | null;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'R² of the baseline; null for a SAME_MONTH model of one year, which follows each month.',
  })
  rSquared?: string | null;

  @Field(() => DecimalScalar, {
    nullable: true,
    description:
      'CV(RMSE) of the baseline; of a SAME_MONTH model of one year, about that year’s mean, which is never smaller.',
  })
  cvRmse?: string | null;

  @Field(() => Int, { nullable: true, description: 'Months, or deliveries, that the baseline rests on.' })
  points?: number | null;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'What would have been used in the weather of the reporting period.',
  })
  adjustedBaselineKwh?: string | null;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'What the meter counted in the reporting period.',
  })
  measuredKwh?: string | null;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'The part of that that ESTIMATED readings say.',
  })
  estimatedKwh?: string | null;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'Adjusted baseline less measured: negative where more was used.',
  })
  avoidedKwh?: string | null;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'Half of the 95 % interval around it: `avoidedKwh` ± this.',
  })
  uncertaintyKwh?: string | null;

  @Field(() => SavingsReason, { nullable: true, description: 'Why there is no number for a normal year.' })
  normalisedReason?: SavingsReason | null;

  @Field(() => DecimalScalar, {
    nullable: true,
    description:
      'What would be saved in a normal year: both periods are modelled, and compared under its weather.',
  })
  normalisedKwh?: string | null;

  @Field(() => DecimalScalar, { nullable: true, description: 'Half of the 95 % interval of the two models.' })
  normalisedUncertaintyKwh?: string | null;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'The avoided energy in kg CO₂; null where no factor holds.',
  })
  co2Kg?: string | null;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'That CO₂ as litres of heating oil, whatever the carrier; null where no factor holds.',
  })
  oilLitres?: string | null;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'Its price in euro; null where no factor holds.',
  })
  costEur?: string | null;

  @Field(() => [FactorUsed], { description: 'The factors by which CO₂, litres and euro were worked out.' })
  factors!: FactorUsed[];
}

@ObjectType('MeterSavings', {
  simpleResolvers: true,
  description: 'What a meter of a building says was saved · économies · besparing.',
})
export class MeterSavings {
  @Field(() => MeterType, { description: 'The meter.' })
  meter!: Rows;

  @Field(() => Boolean, { description: 'Whether it serves other buildings too: then count it once.' })
  isShared!: boolean;

  @Field(() => SavingsFigures, { description: 'The numbers, of the whole meter.' })
  figures!: SavingsFigures;
}

@ObjectType('SavingsResult', {
  implements: NodeType,
  simpleResolvers: true,
  description:
    'What the staff have recorded as saved; a later one takes its place, and it is kept · résultat · resultaat.',
})
export class SavingsResultType extends NodeType {
  @Field(() => MeterType, { description: 'The meter.' })
  meter!: MeterType;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When a later result took its place; null while it stands.',
  })
  supersededAt?: string | null;

  @Field(() => DateTimeScalar, { description: 'When it was recorded.' })
  recordedAt!: string;

  @Field(() => Provenance, { description: 'Where the record comes from.' })
  provenance!: Provenance;
}

@ObjectType({ simpleResolvers: true, description: 'What became of recorded savings.' })
export class RecordSavingsPayload {
  @Field(() => [SavingsResultType], { description: 'The results; empty where there are user errors.' })
  results!: Rows | [];

  @Field(() => [UserErrorType], { description: 'What to mend; empty when all was saved.' })
  userErrors!: UserErrorType[];
}

export const SavingsResultConnection = connectionOf(() => SavingsResultType, 'SavingsResult', 'the results');
export const EnergyFactorConnection = connectionOf(() => EnergyFactorType, 'EnergyFactor', 'the factors');
