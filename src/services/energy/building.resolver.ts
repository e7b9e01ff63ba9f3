import { Arg, Args, FieldResolver, ID, Query, Resolver } from 'type-graphql';
import { NotFoundError } from '../../errors.ts';
import { PageArgs, pageOf } from '../../graphql/pages.ts';
import { keyOf } from '../../ids.ts';
import { PartnerType } from '../../partners/index.ts';
import type { Expression, Rows } from '../../read/index.ts';
import { BuildingFilter } from './building.inputs.ts';
import * as read from './building.read.ts';
import { BuildingConnection, BuildingType } from './building.type.ts';
import { MeterType } from './meter.type.ts';

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
}

@Resolver(() => MeterType)
export class MeterResolver {
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
