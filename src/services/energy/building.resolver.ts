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
import type { Needed } from '../../access/rights.ts';
import { Role, TokenScope } from '../../access/roles.ts';
import { NotFoundError } from '../../errors.ts';
import type { HubContext } from '../../graphql/context.ts';
import { UserErrorType, withUserErrors } from '../../graphql/errors.ts';
import { PageArgs, pageOf } from '../../graphql/pages.ts';
import { keyOf } from '../../ids.ts';
import { PartnerType } from '../../partners/index.ts';
import type { Expression, Rows } from '../../read/index.ts';
import { BuildingFilter, CreateBuildingInput, UpdateBuildingInput } from './building.inputs.ts';
import * as read from './building.read.ts';
import type { BuildingService } from './building.service.ts';
import { BuildingConnection, BuildingType } from './building.type.ts';
import { ConnectMeterInput, CreateMeterInput, UpdateMeterInput } from './meter.inputs.ts';
import type { MeterService } from './meter.service.ts';
import { MeterType } from './meter.type.ts';

@ObjectType({ description: 'What became of a mutation of a building.', simpleResolvers: true })
export class BuildingPayload {
  @Field(() => BuildingType, {
    nullable: true,
    description: 'The building; null where there are user errors.',
  })
  building?: Rows | null;

  @Field(() => [UserErrorType], { description: 'What to mend; empty when all was saved.' })
  userErrors!: UserErrorType[];
}

@ObjectType({ description: 'What became of a mutation of a meter.', simpleResolvers: true })
export class MeterPayload {
  @Field(() => MeterType, { nullable: true, description: 'The meter; null where there are user errors.' })
  meter?: Rows | null;

  @Field(() => [UserErrorType], { description: 'What to mend; empty when all was saved.' })
  userErrors!: UserErrorType[];
}

const FILTER = { nullable: true, description: 'Which buildings; all of them without it.' } as const;
const ERRORS =
  'Errors: INVALID_PAGE, INVALID_CURSOR, INVALID_ID; NOT_FOUND where the filter names what is not there.';

/** The condition that a filter stands for, its ids decoded before any SQL. */
function conditionOf(filter: BuildingFilter | null | undefined): read.BuildingCondition {
  if (!filter) return {};
  const { partner, service, activities, floorAreaBands } = filter;
  return {
    activities,
    floorAreaBands,
    ...(partner ? { partner: keyOf('partner', partner, 'filter.partner') } : {}),
    ...(service ? { service: keyOf('service', service, 'filter.service') } : {}),
  };
}

@Resolver(() => BuildingType)
export class BuildingResolver {
  constructor(private readonly service: BuildingService) {}

  @Query(() => BuildingConnection, { description: `Buildings that you may see, by name. ${ERRORS}` })
  buildings(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => BuildingFilter, FILTER) filter?: BuildingFilter | null,
  ): Rows {
    return read.buildings(conditionOf(filter), pageOf(page, read.BUILDING_ORDER, ['buildings', filter]));
  }

  @Query(() => BuildingType, { nullable: true, description: 'One building. Errors: NOT_FOUND, INVALID_ID.' })
  building(@Arg('id', () => ID, { description: 'Its id.' }) id: string): Rows {
    return read.buildingById(keyOf('building', id, 'id'), () => new NotFoundError('The building', 'id'));
  }

  @FieldResolver(() => [MeterType], {
    description:
      'Meters that count what it uses, as far as you see them; some may serve other buildings too.',
  })
  meters(): Rows {
    return read.metersOfBuilding();
  }

  @Authorized<Needed>(TokenScope.ENERGY, Role.PARTNER_EDITOR, Role.SERVICE_STAFF)
  @Mutation(() => BuildingPayload, {
    description:
      'Begins to follow a building. User errors: NOT_FOUND, NOT_ENERGY, ENROLMENT_REQUIRED, PARTNER_CLOSED, NAME_TAKEN, TEXT_MISSING, TEXT_TOO_LONG, INVALID_AMOUNT, INVALID_YEAR, UNKNOWN_CODE, DATE_IN_FUTURE…',
  })
  createBuilding(
    @Arg('input', () => CreateBuildingInput, { description: 'The building.' }) input: CreateBuildingInput,
    @Ctx() context: HubContext,
  ): Promise<BuildingPayload> {
    return savedBuilding(() => this.service.create(context.viewer, input));
  }

  @Authorized<Needed>(TokenScope.ENERGY, Role.PARTNER_EDITOR, Role.SERVICE_STAFF)
  @Mutation(() => BuildingPayload, {
    description:
      'Changes what is known of a building, ends its following, or takes it up again. User errors: NOT_FOUND, PARTNER_CLOSED, ENROLMENT_REQUIRED, TEXT_MISSING, NAME_TAKEN, TEXT_TOO_LONG, INVALID_AMOUNT, INVALID_YEAR, INVALID_PERIOD, DATE_IN_FUTURE…',
  })
  updateBuilding(
    @Arg('input', () => UpdateBuildingInput, { description: 'The changes.' }) input: UpdateBuildingInput,
    @Ctx() context: HubContext,
  ): Promise<BuildingPayload> {
    return savedBuilding(() => this.service.update(context.viewer, input));
  }
}

@Resolver(() => MeterType)
export class MeterResolver {
  constructor(private readonly service: MeterService) {}

  @Query(() => MeterType, { nullable: true, description: 'One meter. Errors: NOT_FOUND, INVALID_ID.' })
  meter(@Arg('id', () => ID, { description: 'Its id.' }) id: string): Rows {
    return read.meterById(keyOf('meter', id, 'id'), () => new NotFoundError('The meter', 'id'));
  }

  @FieldResolver(() => [BuildingType], { description: 'Buildings that it serves, as far as you see them.' })
  buildings(): Rows {
    return read.buildingsOfMeter();
  }

  @FieldResolver(() => Boolean, {
    description: 'Whether it serves more than one building.',
  })
  isShared(): Expression {
    return read.meterIsShared();
  }

  @Authorized<Needed>(TokenScope.ENERGY, Role.PARTNER_EDITOR, Role.SERVICE_STAFF)
  @Mutation(() => MeterPayload, {
    description:
      'Begins to follow a meter. User errors: NOT_FOUND, PARTNER_CLOSED, REFERENCE_TAKEN, INVALID_REFERENCE, UNIT_DOES_NOT_FIT, NOT_OF_THIS_SERVICE, TOO_MANY_ENTRIES, INVALID_AMOUNT, UNKNOWN_CODE…',
  })
  createMeter(
    @Arg('input', () => CreateMeterInput, { description: 'The meter.' }) input: CreateMeterInput,
    @Ctx() context: HubContext,
  ): Promise<MeterPayload> {
    return savedMeter(() => this.service.create(context.viewer, input));
  }

  @Authorized<Needed>(TokenScope.ENERGY, Role.PARTNER_EDITOR, Role.SERVICE_STAFF)
  @Mutation(() => MeterPayload, {
    description:
      'Changes what is known of a meter; its carrier and unit only as long as it has no readings. User errors: NOT_FOUND, PARTNER_CLOSED, METER_FIXED, REFERENCE_TAKEN, INVALID_REFERENCE, UNIT_DOES_NOT_FIT, INVALID_AMOUNT, UNKNOWN_CODE…',
  })
  updateMeter(
    @Arg('input', () => UpdateMeterInput, { description: 'The changes.' }) input: UpdateMeterInput,
    @Ctx() context: HubContext,
  ): Promise<MeterPayload> {
    return savedMeter(() => this.service.update(context.viewer, input));
  }

  @Authorized<Needed>(TokenScope.ENERGY, Role.PARTNER_EDITOR, Role.SERVICE_STAFF)
  @Mutation(() => MeterPayload, {
    description:
      'Says which buildings a meter serves. User errors: NOT_FOUND, PARTNER_CLOSED, NOT_OF_THIS_SERVICE, TOO_MANY_ENTRIES…',
  })
  connectMeter(
    @Arg('input', () => ConnectMeterInput, { description: 'The meter and its buildings.' })
    input: ConnectMeterInput,
    @Ctx() context: HubContext,
  ): Promise<MeterPayload> {
    return savedMeter(() => this.service.connect(context.viewer, input));
  }
}

@Resolver(() => PartnerType)
export class PartnerBuildingsResolver {
  @FieldResolver(() => BuildingConnection, {
    description: `Its buildings that energy services follow, as far as you see them, by name. ${ERRORS}`,
  })
  buildings(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => BuildingFilter, FILTER) filter?: BuildingFilter | null,
  ): Rows {
    return read.buildingsOfPartner(
      conditionOf(filter),
      pageOf(page, read.BUILDING_ORDER, ['Partner.buildings', filter]),
    );
  }
}

function savedBuilding(change: () => Promise<string>): Promise<BuildingPayload> {
  return withUserErrors(async () => ({ building: read.buildingById(await change()) }));
}

function savedMeter(change: () => Promise<string>): Promise<MeterPayload> {
  return withUserErrors(async () => ({ meter: read.meterById(await change()) }));
}
