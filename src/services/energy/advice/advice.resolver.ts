import {
  Arg,
  Args,
  Authorized,
  Ctx,
  Field,
  FieldResolver,
  Int,
  Mutation,
  ObjectType,
  Query,
  Resolver,
} from 'type-graphql';
import type { Needed } from '../../../access/rights.ts';
import { Role, TokenScope } from '../../../access/roles.ts';
import { UserError } from '../../../errors.ts';
import type { HubContext } from '../../../graphql/context.ts';
import { UserErrorType, withUserErrors } from '../../../graphql/errors.ts';
import { PageArgs, pageOf } from '../../../graphql/pages.ts';
import { DecimalScalar } from '../../../graphql/scalars.ts';
import { keyOf } from '../../../ids.ts';
import type { Expression, Rows } from '../../../read/index.ts';
import { FactorUsed } from '../analysis/savings.type.ts';
import { BuildingType } from '../building.type.ts';
import { EnergyServiceType } from '../energy.type.ts';
import {
  CancelVisitInput,
  CompleteMeasureInput,
  DecideMeasureInput,
  DropMeasureInput,
  MeasureFilter,
  MeasureOrder,
  PlanVisitInput,
  ProposeMeasureInput,
  RecordVisitInput,
  ReportVisitInput,
  RequestVisitInput,
  UpdateMeasureInput,
  VisitFilter,
} from './advice.inputs.ts';
import * as read from './advice.read.ts';
import {
  EnergyMeasureConnection,
  EnergyMeasureType,
  EnergyVisitConnection,
  EnergyVisitType,
  NextVisit,
} from './advice.type.ts';
import type { MeasureService } from './measure.service.ts';
import type { VisitService } from './visit.service.ts';

@ObjectType({ description: 'What became of a mutation of a visit.', simpleResolvers: true })
export class EnergyVisitPayload {
  @Field(() => EnergyVisitType, {
    nullable: true,
    description: 'The visit; null where there are user errors.',
  })
  visit?: Rows | null;

  @Field(() => [UserErrorType], { description: 'What to mend; empty when all was saved.' })
  userErrors!: UserErrorType[];
}

@ObjectType({ description: 'What became of a mutation of a measure.', simpleResolvers: true })
export class EnergyMeasurePayload {
  @Field(() => EnergyMeasureType, {
    nullable: true,
    description: 'The measure; null where there are user errors.',
  })
  measure?: Rows | null;

  @Field(() => [UserErrorType], { description: 'What to mend; empty when all was saved.' })
  userErrors!: UserErrorType[];
}

const ERRORS =
  'Errors: INVALID_PAGE, INVALID_CURSOR, INVALID_ID; NOT_FOUND where the filter names what is not there.';
const STEP_ERRORS =
  'User errors: NOT_FOUND, WRONG_STATE, DATE_IN_FUTURE, DATES_OUT_OF_ORDER, PARTNER_CLOSED…';
const MOST_NEXT = 100;

/** The condition that a filter stands for, its ids decoded before any SQL. */
function conditionOf(filter: VisitFilter | MeasureFilter | null | undefined): read.AdviceCondition {
  if (!filter) return {};
  const { partner, service, building, ...rest } = filter;
  return {
    ...rest,
    ...(partner ? { partner: keyOf('partner', partner, 'filter.partner') } : {}),
    ...(service ? { service: keyOf('service', service, 'filter.service') } : {}),
    ...(building ? { building: keyOf('building', building, 'filter.building') } : {}),
  };
}

const visitSaved = (change: () => Promise<string>): Promise<EnergyVisitPayload> =>
  withUserErrors(async () => ({ visit: read.visitById(await change()) }));
const measureSaved = (change: () => Promise<string>): Promise<EnergyMeasurePayload> =>
  withUserErrors(async () => ({ measure: read.measureById(await change()) }));

@Resolver(() => EnergyVisitType)
export class VisitResolver {
  constructor(private readonly service: VisitService) {}

  @Query(() => EnergyVisitConnection, { description: `Visits that you may see, the latest first. ${ERRORS}` })
  energyVisits(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => VisitFilter, {
      nullable: true,
      description: 'Which visits; all of them without it.',
    })
    filter?: VisitFilter | null,
  ): Rows {
    return read.visits(conditionOf(filter), pageOf(page, read.VISIT_ORDER, ['energyVisits', filter]));
  }

  @Authorized<Needed>(TokenScope.ENERGY, Role.PARTNER_EDITOR, Role.SERVICE_STAFF)
  @Mutation(() => EnergyVisitPayload, {
    description:
      'Asks for a visit of a building. User errors: NOT_FOUND, VISIT_OPEN, BUILDING_NOT_FOLLOWED, ENROLMENT_REQUIRED, DATE_IN_FUTURE, PARTNER_CLOSED…',
  })
  requestVisit(
    @Arg('input', () => RequestVisitInput, { description: 'Which building.' }) input: RequestVisitInput,
    @Ctx() context: HubContext,
  ): Promise<EnergyVisitPayload> {
    return visitSaved(() => this.service.request(context.viewer, input));
  }

  @Authorized<Needed>(TokenScope.ENERGY, Role.SERVICE_STAFF)
  @Mutation(() => EnergyVisitPayload, {
    description: `Gives a visit its day, or another one. ${STEP_ERRORS}`,
  })
  planVisit(
    @Arg('input', () => PlanVisitInput, { description: 'Which, and when.' }) input: PlanVisitInput,
    @Ctx() context: HubContext,
  ): Promise<EnergyVisitPayload> {
    return visitSaved(() => this.service.plan(context.viewer, input));
  }

  @Authorized<Needed>(TokenScope.ENERGY, Role.SERVICE_STAFF)
  @Mutation(() => EnergyVisitPayload, { description: `Records that the adviser was there. ${STEP_ERRORS}` })
  recordVisit(
    @Arg('input', () => RecordVisitInput, { description: 'Which, and when.' }) input: RecordVisitInput,
    @Ctx() context: HubContext,
  ): Promise<EnergyVisitPayload> {
    return visitSaved(() => this.service.record(context.viewer, input));
  }

  @Authorized<Needed>(TokenScope.ENERGY, Role.SERVICE_STAFF)
  @Mutation(() => EnergyVisitPayload, {
    description: `Records the report of a visit. ${STEP_ERRORS} INVALID_URL, TEXT_TOO_LONG.`,
  })
  reportVisit(
    @Arg('input', () => ReportVisitInput, { description: 'The report.' }) input: ReportVisitInput,
    @Ctx() context: HubContext,
  ): Promise<EnergyVisitPayload> {
    return visitSaved(() => this.service.report(context.viewer, input));
  }

  @Authorized<Needed>(TokenScope.ENERGY, Role.PARTNER_EDITOR, Role.SERVICE_STAFF)
  @Mutation(() => EnergyVisitPayload, {
    description: `Cancels a visit that has not taken place. ${STEP_ERRORS}`,
  })
  cancelVisit(
    @Arg('input', () => CancelVisitInput, { description: 'Which, and when.' }) input: CancelVisitInput,
    @Ctx() context: HubContext,
  ): Promise<EnergyVisitPayload> {
    return visitSaved(() => this.service.cancel(context.viewer, input));
  }
}

@Resolver(() => EnergyMeasureType)
export class MeasureResolver {
  constructor(private readonly service: MeasureService) {}

  @Query(() => EnergyMeasureConnection, { description: `Measures that you may see. ${ERRORS}` })
  energyMeasures(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('orderBy', () => MeasureOrder, {
      defaultValue: MeasureOrder.PROPOSED_ON,
      description: 'In which sequence.',
    })
    orderBy: MeasureOrder,
    @Arg('filter', () => MeasureFilter, {
      nullable: true,
      description: 'Which measures; all of them without it.',
    })
    filter?: MeasureFilter | null,
  ): Rows {
    const order = read.measureOrder(orderBy);
    return read.measures(
      conditionOf(filter),
      orderBy,
      pageOf(page, order, ['energyMeasures', filter, orderBy]),
    );
  }

  @FieldResolver(() => DecimalScalar, {
    nullable: true,
    description: 'What it costs less the grant that was obtained, in euro.',
  })
  netInvestment(): Expression {
    return read.netInvestment();
  }

  @FieldResolver(() => DecimalScalar, {
    nullable: true,
    description: 'What it is expected to save in a year, in euro: the estimate at `priceFactor`.',
  })
  yearlySavingEur(): Expression {
    return read.yearlySaving();
  }

  @FieldResolver(() => DecimalScalar, {
    nullable: true,
    description: 'Years in which it is expected to bring in what it costs: simple payback, without interest.',
  })
  paybackYears(): Expression {
    return read.paybackYears();
  }

  @FieldResolver(() => FactorUsed, {
    nullable: true,
    description: 'The service’s price of a kWh today, which it is valued at.',
  })
  priceFactor(): Rows {
    return read.priceFactor();
  }

  @Authorized<Needed>(TokenScope.ENERGY, Role.PARTNER_EDITOR, Role.SERVICE_STAFF)
  @Mutation(() => EnergyMeasurePayload, {
    description:
      'Proposes a measure. User errors: NOT_FOUND, INVALID_AMOUNT, GRANT_ABOVE_INVESTMENT, TEXT_MISSING, TEXT_TOO_LONG, DATE_IN_FUTURE, DATES_OUT_OF_ORDER, PARTNER_CLOSED…',
  })
  proposeMeasure(
    @Arg('input', () => ProposeMeasureInput, { description: 'The measure.' }) input: ProposeMeasureInput,
    @Ctx() context: HubContext,
  ): Promise<EnergyMeasurePayload> {
    return measureSaved(() => this.service.propose(context.viewer, input));
  }

  @Authorized<Needed>(TokenScope.ENERGY, Role.PARTNER_EDITOR, Role.SERVICE_STAFF)
  @Mutation(() => EnergyMeasurePayload, {
    description:
      'Changes what is known of a measure. User errors: NOT_FOUND, WRONG_STATE, INVALID_AMOUNT, GRANT_ABOVE_INVESTMENT, TEXT_MISSING, TEXT_TOO_LONG, PARTNER_CLOSED…',
  })
  updateMeasure(
    @Arg('input', () => UpdateMeasureInput, { description: 'The changes.' }) input: UpdateMeasureInput,
    @Ctx() context: HubContext,
  ): Promise<EnergyMeasurePayload> {
    return measureSaved(() => this.service.update(context.viewer, input));
  }

  @Authorized<Needed>(TokenScope.ENERGY, Role.PARTNER_EDITOR, Role.SERVICE_STAFF)
  @Mutation(() => EnergyMeasurePayload, {
    description: `Records that a measure will be done. ${STEP_ERRORS}`,
  })
  decideMeasure(
    @Arg('input', () => DecideMeasureInput, { description: 'Which, and when.' }) input: DecideMeasureInput,
    @Ctx() context: HubContext,
  ): Promise<EnergyMeasurePayload> {
    return measureSaved(() => this.service.decide(context.viewer, input));
  }

  @Authorized<Needed>(TokenScope.ENERGY, Role.PARTNER_EDITOR, Role.SERVICE_STAFF)
  @Mutation(() => EnergyMeasurePayload, { description: `Records that a measure is done. ${STEP_ERRORS}` })
  completeMeasure(
    @Arg('input', () => CompleteMeasureInput, { description: 'Which, and when.' })
    input: CompleteMeasureInput,
    @Ctx() context: HubContext,
  ): Promise<EnergyMeasurePayload> {
    return measureSaved(() => this.service.complete(context.viewer, input));
  }

  @Authorized<Needed>(TokenScope.ENERGY, Role.PARTNER_EDITOR, Role.SERVICE_STAFF)
  @Mutation(() => EnergyMeasurePayload, {
    description: `Records that a measure will not be done. ${STEP_ERRORS}`,
  })
  dropMeasure(
    @Arg('input', () => DropMeasureInput, { description: 'Which, and when.' }) input: DropMeasureInput,
    @Ctx() context: HubContext,
  ): Promise<EnergyMeasurePayload> {
    return measureSaved(() => this.service.drop(context.viewer, input));
  }
}

@Resolver(() => BuildingType)
export class BuildingAdviceResolver {
  @FieldResolver(() => [EnergyVisitType], { description: 'Its visits, the latest first.' })
  visits(): Rows {
    return read.visitsOfBuilding();
  }

  @FieldResolver(() => [EnergyMeasureType], { description: 'Measures for it, the latest proposed first.' })
  measures(): Rows {
    return read.measuresOfBuilding();
  }
}

@Resolver(() => EnergyServiceType)
export class NextVisitResolver {
  @FieldResolver(() => [NextVisit], {
    description:
      'Buildings to visit next, of those that it follows today and that you see, the highest score first: requests, time since the last visit, floor area, and consumption above the usual. Errors: INVALID_PAGE.',
  })
  nextVisits(
    @Arg('first', () => Int, { defaultValue: 10, description: `How many: 1 to ${MOST_NEXT}.` }) first: number,
  ): Rows {
    if (first < 1 || first > MOST_NEXT)
      throw new UserError('INVALID_PAGE', `\`first\` is ${first}: ask for 1 to ${MOST_NEXT}.`, 'first');
    return read.nextVisits(first);
  }
}
