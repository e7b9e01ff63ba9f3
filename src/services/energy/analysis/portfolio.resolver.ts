import {
  Arg,
  Ctx,
  Field,
  FieldResolver,
  Int,
  ObjectType,
  Query,
  Resolver,
  registerEnumType,
} from 'type-graphql';
import { UserError } from '../../../errors.ts';
import { FederationType } from '../../../federations/index.ts';
import type { HubContext } from '../../../graphql/context.ts';
import { checkPeriod, DateRangeInput } from '../../../graphql/date-range.ts';
import { DateScalar, DecimalScalar } from '../../../graphql/scalars.ts';
import { PartnerType } from '../../../partners/index.ts';
import type { Rows } from '../../../read/index.ts';
import { BuildingActivity, FloorAreaBand } from '../building.entity.ts';
import { BuildingType } from '../building.type.ts';
import { EnergyServiceType } from '../energy.type.ts';
import * as read from './portfolio.read.ts';

/** Whether figures about peers are told. */
export enum PeerStatus {
  OK = 'OK',
  WITHHELD = 'WITHHELD',
}

/** Which meters of a building are looked at. */
export enum CarrierGroup {
  ALL = 'ALL',
  ELECTRICITY = 'ELECTRICITY',
  HEAT = 'HEAT',
}

/** What institutions are counted by. */
export enum InstitutionsBy {
  ACTIVITY = 'ACTIVITY',
  FLOOR_AREA_BAND = 'FLOOR_AREA_BAND',
}

registerEnumType(PeerStatus, {
  name: 'PeerStatus',
  description: 'Whether figures about peers are told · statut · status.',
  valuesConfig: {
    OK: { description: 'They are told · connu · bekend' },
    WITHHELD: {
      description:
        'Held back: fewer than 10 buildings, of fewer than 5 partners, or more than half of them one partner’s; your own do not make up for it · retenu · achtergehouden',
    },
  },
});
registerEnumType(CarrierGroup, {
  name: 'CarrierGroup',
  description: 'Which meters of a building are looked at · vecteurs · energiedragers.',
  valuesConfig: {
    ALL: { description: 'All that it has, SOLAR apart · tous · alle' },
    ELECTRICITY: { description: 'Electricity from the grid · électricité · elektriciteit' },
    HEAT: {
      description: 'Gas, heating oil, wood and heat from a network · chaleur · warmte',
    },
  },
});
registerEnumType(InstitutionsBy, {
  name: 'InstitutionsBy',
  description: 'What institutions are counted by · par · per.',
  valuesConfig: {
    ACTIVITY: { description: 'What the building is used for · activité · activiteit' },
    FLOOR_AREA_BAND: { description: 'The size of the building · taille · grootte' },
  },
});

@ObjectType({
  simpleResolvers: true,
  description: 'Savings by the meters · économies mesurées · gemeten besparing.',
})
export class MeasuredSavings {
  @Field(() => DecimalScalar, { description: 'Avoided energy in kWh; negative where more was used.' })
  kwh!: string;

  @Field(() => DecimalScalar, {
    description:
      'Half of its 95 % interval, where the meters err independently: the root of the sum of squares.',
  })
  uncertaintyKwh!: string;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'kg CO₂; null where one of the results has none, for want of a factor.',
  })
  co2Kg?: string | null;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'That CO₂ as litres of heating oil; null where one of the results has none.',
  })
  oilLitres?: string | null;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'Euro; null where one of the results has none, for want of a factor.',
  })
  costEur?: string | null;

  @Field(() => Int, { description: 'Meters that it rests on, each counted once.' })
  meters!: number;

  @Field(() => Int, { description: 'Meters that have nothing but a reason instead of a number.' })
  metersWithoutNumber!: number;
}

@ObjectType({
  simpleResolvers: true,
  description: 'What advisers expect · économies estimées · geschatte besparing.',
})
export class EstimatedSavings {
  @Field(() => DecimalScalar, { description: 'kWh a year, by the estimates of measures done.' })
  kwhYear!: string;

  @Field(() => Int, { description: 'Measures done.' })
  measures!: number;
}

@ObjectType({
  simpleResolvers: true,
  description:
    'What was saved: by the meters, and apart what advisers expect. Never add them · économies · besparing.',
})
export class EnergySavings {
  @Field(() => MeasuredSavings, {
    description: 'By recorded results whose reporting period lies in the period.',
  })
  measured!: MeasuredSavings;

  @Field(() => EstimatedSavings, { description: 'By measures that were done in the period.' })
  estimated!: EstimatedSavings;
}

@ObjectType({
  simpleResolvers: true,
  description: 'What buildings of a kind use per m² · intensité · intensiteit.',
})
export class EnergyIntensity {
  @Field(() => BuildingActivity, { description: 'What they are used for.' })
  activity!: BuildingActivity;

  @Field(() => FloorAreaBand, { description: 'Their size.' })
  floorAreaBand!: FloorAreaBand;

  @Field(() => Int, {
    nullable: true,
    description: 'How many have readings of the whole year; null where that is held back.',
  })
  buildings?: number | null;

  @Field(() => DecimalScalar, { nullable: true, description: 'kWh/m² that a quarter of them do not exceed.' })
  lowerQuartile?: string | null;

  @Field(() => DecimalScalar, { nullable: true, description: 'kWh/m² that half of them do not exceed.' })
  median?: string | null;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'kWh/m² that three quarters of them do not exceed.',
  })
  upperQuartile?: string | null;

  @Field(() => PeerStatus, { description: 'Whether the figures are told.' })
  status!: PeerStatus;
}

@ObjectType({
  simpleResolvers: true,
  description: 'A building against its peers · comparaison · vergelijking.',
})
export class EnergyBenchmark {
  @Field(() => DecimalScalar, {
    nullable: true,
    description:
      'What it used in kWh/m², by floor area where meters are shared; null without readings of the whole year.',
  })
  kwhM2?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Buildings of its activity and size of other partners; null where held back.',
  })
  peers?: number | null;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'kWh/m² that a quarter of its peers do not exceed.',
  })
  lowerQuartile?: string | null;

  @Field(() => DecimalScalar, { nullable: true, description: 'kWh/m² that half of its peers do not exceed.' })
  median?: string | null;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'kWh/m² that three quarters of its peers do not exceed.',
  })
  upperQuartile?: string | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'The quarter of its peers that it stands in: 1 uses least, 4 most; null where that is not known.',
  })
  quarter?: number | null;

  @Field(() => PeerStatus, { description: 'Whether the figures about its peers are told.' })
  status!: PeerStatus;
}

@ObjectType({
  simpleResolvers: true,
  description: 'Institutions that a service follows · institutions · instellingen.',
})
export class InstitutionsRow {
  @Field(() => BuildingActivity, {
    nullable: true,
    description: 'What the buildings are used for, where it counts by that.',
  })
  activity?: BuildingActivity | null;

  @Field(() => FloorAreaBand, { nullable: true, description: 'Their size, where it counts by that.' })
  floorAreaBand?: FloorAreaBand | null;

  @Field(() => Int, {
    description: 'Partners that have such a building; one with several kinds counts in each.',
  })
  institutions!: number;

  @Field(() => Int, { description: 'Buildings.' })
  buildings!: number;
}

const YEAR = { description: 'A calendar year that is over, or going on: then nothing is whole yet.' };
const GROUP = {
  defaultValue: CarrierGroup.ALL,
  description:
    'Which meters. One group compares like with like: of ALL, a building whose heat has no meter here seems thrifty.',
};
const PERIOD = { nullable: true, description: 'The period; all time without it.' } as const;
const SAVINGS =
  'as far as you see them: by the meters, each once, and apart by estimates. Errors: INVALID_PERIOD.';

/** @throws UserError INVALID_YEAR */
function yearOf(year: number): number {
  if (year < 2000 || year > 2100)
    throw new UserError('INVALID_YEAR', 'Give a year from 2000 to 2100.', 'year');
  return year;
}

function daysOf(period: DateRangeInput | null | undefined): read.Days {
  checkPeriod(period, 'period');
  return period ?? {};
}

@Resolver()
export class IntensityResolver {
  @Query(() => [EnergyIntensity], {
    description:
      'What buildings use in kWh/m² in a year, by activity and size: those of the hub that have readings of every meter of the group for the whole year. Errors: INVALID_YEAR.',
  })
  energyIntensity(
    @Arg('year', () => Int, YEAR) year: number,
    @Arg('carrierGroup', () => CarrierGroup, GROUP) carrierGroup: CarrierGroup,
    @Ctx() { viewer }: HubContext,
  ): Rows {
    return read.intensities(yearOf(year), carrierGroup, viewer.reads.reach.partners);
  }
}

@Resolver(() => BuildingType)
export class BenchmarkResolver {
  @FieldResolver(() => EnergyBenchmark, {
    description:
      'What it used per m² in a year, against buildings of its activity and size. Errors: INVALID_YEAR.',
  })
  benchmark(
    @Arg('year', () => Int, YEAR) year: number,
    @Arg('carrierGroup', () => CarrierGroup, GROUP) carrierGroup: CarrierGroup,
  ): Rows {
    return read.benchmarkOf(yearOf(year), carrierGroup);
  }
}

@Resolver(() => PartnerType)
export class PartnerSavingsResolver {
  @FieldResolver(() => EnergySavings, { description: `What its meters and measures saved, ${SAVINGS}` })
  energySavings(@Arg('period', () => DateRangeInput, PERIOD) period?: DateRangeInput | null): Rows {
    return read.savingsOfPartner(daysOf(period));
  }
}

@Resolver(() => FederationType)
export class FederationSavingsResolver {
  @FieldResolver(() => EnergySavings, {
    description: `What the meters and measures of its members of today saved, ${SAVINGS}`,
  })
  energySavings(@Arg('period', () => DateRangeInput, PERIOD) period?: DateRangeInput | null): Rows {
    return read.savingsOfFederation(daysOf(period));
  }
}

@Resolver(() => EnergyServiceType)
export class ServiceSavingsResolver {
  @FieldResolver(() => EnergySavings, {
    description: `What the meters and measures that it follows saved, ${SAVINGS}`,
  })
  energySavings(@Arg('period', () => DateRangeInput, PERIOD) period?: DateRangeInput | null): Rows {
    return read.savingsOfService(daysOf(period));
  }

  @FieldResolver(() => [InstitutionsRow], {
    description:
      'Institutions whose buildings it follows, as far as you see them, by what the buildings are.',
  })
  institutions(
    @Arg('by', () => InstitutionsBy, { description: 'What they are counted by.' }) by: InstitutionsBy,
    @Arg('on', () => DateScalar, { nullable: true, description: 'The day; today without it.' }) on?:
      | string
      | null,
  ): Rows {
    return read.institutionsOf(by, on ?? null);
  }
}
