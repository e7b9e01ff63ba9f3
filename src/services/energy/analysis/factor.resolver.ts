import {
  Arg,
  Args,
  Authorized,
  Ctx,
  Field,
  FieldResolver,
  ID,
  Mutation,
  ObjectType,
  Query,
  Resolver,
} from 'type-graphql';
import type { Needed } from '../../../access/rights.ts';
import { Role, TokenScope } from '../../../access/roles.ts';
import type { HubContext } from '../../../graphql/context.ts';
import { checkPeriod, DateRangeInput } from '../../../graphql/date-range.ts';
import { UserErrorType, withUserErrors } from '../../../graphql/errors.ts';
import { PageArgs, pageOf } from '../../../graphql/pages.ts';
import { DateScalar, DecimalScalar } from '../../../graphql/scalars.ts';
import { keyOf } from '../../../ids.ts';
import type { Rows } from '../../../read/index.ts';
import { FactorKind } from '../factor.entity.ts';
import { WeatherStationType } from '../meter.type.ts';
import { SaveDegreeDaysInput, SaveEnergyFactorInput, SaveWeatherStationInput } from './factor.inputs.ts';
import type { FactorService } from './factor.service.ts';
import { energyFactors, FACTOR_ORDER } from './savings.read.ts';
import { EnergyFactorConnection, EnergyFactorType } from './savings.type.ts';
import * as weather from './weather.read.ts';

@ObjectType({ description: 'What became of a factor.', simpleResolvers: true })
export class EnergyFactorPayload {
  @Field(() => EnergyFactorType, {
    nullable: true,
    description: 'The factor; null where there are user errors.',
  })
  factor?: Rows | null;

  @Field(() => [UserErrorType], { description: 'What to mend; empty when all was saved.' })
  userErrors!: UserErrorType[];
}

@ObjectType({ description: 'What became of a mutation of a weather station.', simpleResolvers: true })
export class WeatherStationPayload {
  @Field(() => WeatherStationType, {
    nullable: true,
    description: 'The station; null where there are user errors.',
  })
  station?: Rows | null;

  @Field(() => [UserErrorType], { description: 'What to mend; empty when all was saved.' })
  userErrors!: UserErrorType[];
}

@ObjectType('MonthOfDegreeDays', {
  simpleResolvers: true,
  description: 'Degree days of a month · degrés-jours · graaddagen.',
})
export class MonthOfDegreeDays {
  @Field(() => DateScalar, { description: 'First day of the month.' })
  month!: string;

  @Field(() => DecimalScalar, { description: 'Base in °C.' })
  base!: string;

  @Field(() => DecimalScalar, { description: 'Their sum, over the days that are known.' })
  degreeDays!: string;

  @Field(() => DecimalScalar, { description: 'How many of its days are known, from 0 to 1.' })
  coverage!: string;
}

@Resolver(() => EnergyFactorType)
export class FactorResolver {
  constructor(private readonly service: FactorService) {}

  @Query(() => EnergyFactorConnection, {
    description:
      'Factors, by kind and first day. Errors: INVALID_PAGE, INVALID_CURSOR, INVALID_ID; NOT_FOUND where the service is not there.',
  })
  energyFactors(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('service', () => ID, { nullable: true, description: 'Of this energy service.' }) service?:
      | string
      | null,
    @Arg('kind', () => FactorKind, { nullable: true, description: 'Of this kind.' }) kind?: FactorKind | null,
    @Arg('on', () => DateScalar, { nullable: true, description: 'Those that hold on this day.' })
    on?: string | null,
  ): Rows {
    return energyFactors(
      {
        kind: kind ?? null,
        on: on ?? null,
        ...(service ? { service: keyOf('service', service, 'service') } : {}),
      },
      pageOf(page, FACTOR_ORDER, ['energyFactors', service, kind, on]),
    );
  }

  @Authorized<Needed>(TokenScope.ENERGY, Role.SERVICE_STAFF)
  @Mutation(() => EnergyFactorPayload, {
    description:
      'Makes a factor that holds from a day on, where an earlier one ends then; or ends one. A factor that was made changes in nothing but its end. User errors: NOT_FOUND, NOT_ENERGY, FACTOR_OVERLAPS, FACTOR_FIXED, FACTOR_INCOMPLETE, INVALID_AMOUNT, INVALID_PERIOD, TEXT_MISSING, TEXT_TOO_LONG…',
  })
  saveEnergyFactor(
    @Arg('input', () => SaveEnergyFactorInput, { description: 'The factor.' }) input: SaveEnergyFactorInput,
    @Ctx() context: HubContext,
  ): Promise<EnergyFactorPayload> {
    return withUserErrors(async () => ({
      factor: weather.factorById(await this.service.saveFactor(context.viewer, input)),
    }));
  }

  @Authorized<Needed>(TokenScope.ENERGY, Role.HUB_ADMIN)
  @Mutation(() => WeatherStationPayload, {
    description:
      'Makes a weather station, or changes the one of that code. User errors: INVALID_CODE, INVALID_PERIOD, TEXT_MISSING, TEXT_TOO_LONG…',
  })
  saveWeatherStation(
    @Arg('input', () => SaveWeatherStationInput, { description: 'The station.' })
    input: SaveWeatherStationInput,
    @Ctx() context: HubContext,
  ): Promise<WeatherStationPayload> {
    return withUserErrors(async () => ({
      station: weather.stationById(await this.service.saveStation(context.viewer, input)),
    }));
  }

  @Authorized<Needed>(TokenScope.ENERGY, Role.HUB_ADMIN)
  @Mutation(() => WeatherStationPayload, {
    description:
      'Stores heating degree days of a station, in the place of those that it has for the same days. User errors: NOT_FOUND, TOO_MANY_ENTRIES, INVALID_AMOUNT, DATE_TWICE…',
  })
  saveDegreeDays(
    @Arg('input', () => SaveDegreeDaysInput, { description: 'The days.' }) input: SaveDegreeDaysInput,
    @Ctx() context: HubContext,
  ): Promise<WeatherStationPayload> {
    return withUserErrors(async () => ({
      station: weather.stationById(await this.service.saveDegreeDays(context.viewer, input)),
    }));
  }
}

@Resolver(() => WeatherStationType)
export class WeatherResolver {
  @Query(() => [WeatherStationType], { description: 'Weather stations, by code.' })
  weatherStations(): Rows {
    return weather.stations();
  }

  @FieldResolver(() => [MonthOfDegreeDays], {
    description: 'Its degree days by month, in a period. Errors: INVALID_PERIOD.',
  })
  degreeDays(
    @Arg('period', () => DateRangeInput, { nullable: true, description: 'All that there are without it.' })
    period?: DateRangeInput | null,
    @Arg('base', () => DecimalScalar, {
      nullable: true,
      description:
        'At this base in °C; the station’s highest without it. Of a base above that one nothing is known.',
    })
    base?: string | null,
  ): Rows {
    checkPeriod(period, 'period');
    return weather.degreeDaysOfStation(period ?? {}, base ?? null);
  }
}
