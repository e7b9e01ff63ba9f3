import {
  Arg,
  Args,
  Authorized,
  Ctx,
  Field,
  FieldResolver,
  ID,
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
import { DateScalar, DecimalScalar } from '../../../graphql/scalars.ts';
import { keyOf } from '../../../ids.ts';
import { PartnerType } from '../../../partners/index.ts';
import { type Rows, today } from '../../../read/index.ts';
import { minutesOf } from '../../checks.ts';
import { shortAmountOf } from '../billing/allocate.ts';
import { WorkerFunction } from '../employer-group.entity.ts';
import { EmployerGroupServiceType, WorkerHeadroom } from '../employer-group.type.ts';
import { scheduleOf } from '../placement/schedule.ts';
import { criticalSize, monthOf, quote } from './estimate.ts';
import {
  PlacementRequestFilter,
  RequestPlacementInput,
  WithdrawPlacementRequestInput,
} from './planning.inputs.ts';
import * as read from './planning.read.ts';
import type { PlanningService } from './planning.service.ts';
import {
  CriticalSize,
  EstimateReason,
  OpenDemand,
  PlacementQuote,
  PlacementRequestConnection,
  PlacementRequestType,
  WeekOfCapacity,
  WorkerMatch,
} from './planning.type.ts';

const MOST_WEEKS = 53;
const MOST_MATCHES = 50;
const ERRORS =
  'Errors: INVALID_PAGE, INVALID_CURSOR, INVALID_ID; NOT_FOUND where the filter names what is not there.';

@ObjectType({ description: 'What became of a request.', simpleResolvers: true })
export class PlacementRequestPayload {
  @Field(() => PlacementRequestType, {
    nullable: true,
    description: 'The request; null where there are user errors.',
  })
  request?: Rows | null;

  @Field(() => [UserErrorType], { description: 'What to mend; empty when all was saved.' })
  userErrors!: UserErrorType[];
}

@Resolver(() => PlacementRequestType)
export class PlanningResolver {
  constructor(private readonly service: PlanningService) {}

  @Query(() => PlacementRequestConnection, {
    description: `Requests that you may see, the latest first. ${ERRORS}`,
  })
  placementRequests(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => PlacementRequestFilter, {
      nullable: true,
      description: 'Which requests; all that you see without it.',
    })
    filter?: PlacementRequestFilter | null,
  ): Rows {
    const { partner, service, ...rest } = filter ?? {};
    return read.placementRequests(
      {
        ...rest,
        partner: partner ? keyOf('partner', partner, 'filter.partner') : undefined,
        service: service ? keyOf('service', service, 'filter.service') : undefined,
      },
      pageOf(page, read.REQUEST_ORDER, ['placementRequests', filter]),
    );
  }

  @FieldResolver(() => [WorkerMatch], {
    description:
      'Workers of the function with enough free hours in every week: those placed near first, then those who keep the fewest hours. For the group’s staff; empty for others. Errors: INVALID_PAGE.',
  })
  matches(
    @Arg('first', () => Int, { defaultValue: 10, description: `How many: 1 to ${MOST_MATCHES}.` })
    first: number,
  ): Rows {
    return read.matchesOfRequest(within(first, MOST_MATCHES, 'first'));
  }

  @Authorized<Needed>(TokenScope.EMPLOYER_GROUP, Role.PARTNER_EDITOR, Role.SERVICE_STAFF)
  @Mutation(() => PlacementRequestPayload, {
    description:
      'Asks the group for a function and hours. User errors: NOT_FOUND, NOT_EMPLOYER_GROUP, MEMBERS_ONLY, INVALID_HOURS, INVALID_PERIOD, UNKNOWN_CODE, PARTNER_CLOSED.',
  })
  requestPlacement(
    @Arg('input', () => RequestPlacementInput, { description: 'What is needed.' })
    input: RequestPlacementInput,
    @Ctx() context: HubContext,
  ): Promise<PlacementRequestPayload> {
    return withUserErrors(async () => ({
      request: read.requestById(await this.service.request(context.viewer, input)),
    }));
  }

  @Authorized<Needed>(TokenScope.EMPLOYER_GROUP, Role.PARTNER_EDITOR, Role.SERVICE_STAFF)
  @Mutation(() => PlacementRequestPayload, {
    description: 'Takes an open request back. User errors: NOT_FOUND, WRONG_STATE.',
  })
  withdrawPlacementRequest(
    @Arg('input', () => WithdrawPlacementRequestInput, { description: 'Which request.' })
    input: WithdrawPlacementRequestInput,
    @Ctx() context: HubContext,
  ): Promise<PlacementRequestPayload> {
    return withUserErrors(async () => ({
      request: read.requestById(await this.service.withdraw(context.viewer, input)),
    }));
  }

  @Query(() => PlacementQuote, {
    description:
      'What a whole year of a placement would cost a member, by what the group costs and places in the year in which it begins. To members, and to partners that could become one, where at least 4 workers are behind it. Errors: INVALID_ID, INVALID_HOURS, NOT_FOUND, NOT_EMPLOYER_GROUP, FORBIDDEN.',
  })
  async placementQuote(
    @Ctx() context: HubContext,
    @Arg('service', () => ID, { description: "The employer group's service." }) service: string,
    @Arg('jobFunction', () => WorkerFunction, { description: 'What is needed.' }) jobFunction: WorkerFunction,
    @Arg('weeklyHours', () => DecimalScalar, { description: 'Hours a week in whole quarters, 50 at most.' })
    weeklyHours: string,
    @Arg('startsOn', () => DateScalar, {
      description: 'First day: what the group plans for its year is reckoned with.',
    })
    startsOn: string,
  ): Promise<PlacementQuote> {
    const minutesByWeekday = scheduleOf(minutesOf(weeklyHours, 'weeklyHours'), null);
    const { ledger, vatRate, fewest } = await this.service.basis(
      context.viewer,
      service,
      Number(startsOn.slice(0, 4)),
    );
    const found = quote(ledger, { jobFunction, minutesByWeekday }, vatRate, fewest);
    if ('reason' in found) return { reason: found.reason as EstimateReason };
    return {
      perHour: shortAmountOf(found.perHour),
      perMonth: shortAmountOf(monthOf(found.perYear)),
      perYear: shortAmountOf(found.perYear),
      perYearWithVat: shortAmountOf(found.perYearWithVat),
      tolerance: `${Number(found.tolerance.toFixed(2))}`,
    };
  }

  @Query(() => CriticalSize, {
    description:
      'What a group has to place in a year to cover what it costs besides its workers. To members, and to partners that could become one, where at least 4 workers are behind it. Errors: INVALID_ID, INVALID_YEAR, INVALID_AMOUNT, NOT_FOUND, NOT_EMPLOYER_GROUP, FORBIDDEN.',
  })
  async criticalSize(
    @Ctx() context: HubContext,
    @Arg('service', () => ID, { description: "The employer group's service." }) service: string,
    @Arg('year', () => Int, { description: 'Calendar year, 2000 to 2100.' }) year: number,
    @Arg('pricePerHour', () => DecimalScalar, {
      nullable: true,
      description: 'Price of an hour in euro; what one costs in all without it.',
    })
    pricePerHour?: string | null,
  ): Promise<CriticalSize> {
    if (year < 2000 || year > 2100)
      throw new UserError('INVALID_YEAR', 'Give a calendar year from 2000 to 2100.', 'year');
    if (pricePerHour && !/^\d{1,6}(\.\d{1,2})?$/.test(pricePerHour))
      throw new UserError('INVALID_AMOUNT', 'Give a price with 2 decimals at most.', 'pricePerHour');
    const { ledger, fullTimeHours, fewest } = await this.service.basis(context.viewer, service, year);
    const found = criticalSize(ledger, { price: pricePerHour ?? null, fullTimeHours, fewest });
    if ('reason' in found) return { reason: found.reason as EstimateReason };
    return {
      fixedCost: shortAmountOf(found.fixedCents),
      costPerHour: shortAmountOf(found.costPerHour),
      pricePerHour: shortAmountOf(found.pricePerHour),
      hours: found.hours.toFixed(0),
      fullTimeEquivalents: `${Number(found.fullTimeEquivalents.toFixed(2))}`,
      members: found.members,
    };
  }
}

@Resolver(() => PartnerType)
export class PartnerRequestsResolver {
  @FieldResolver(() => PlacementRequestConnection, {
    description:
      'What it asked its employer group for, the latest first. Errors: INVALID_PAGE, INVALID_CURSOR.',
  })
  placementRequests(@Args(() => PageArgs) page: PageArgs): Rows {
    return read.requestsOfPartner(pageOf(page, read.REQUEST_ORDER, ['Partner.placementRequests']));
  }
}

@Resolver(() => EmployerGroupServiceType)
export class GroupPlanningResolver {
  @FieldResolver(() => [WeekOfCapacity], {
    description:
      'Hours of contracts, placed and free, by week and function. For the staff; to members, of functions of at least 4 workers. Errors: INVALID_PAGE.',
  })
  capacity(
    @Arg('from', () => DateScalar, { description: 'A day of the first week.' }) from: string,
    @Arg('weeks', () => Int, { defaultValue: 13, description: `How many weeks: 1 to ${MOST_WEEKS}.` })
    weeks: number,
  ): Rows {
    return read.capacityOfService(from, within(weeks, MOST_WEEKS, 'weeks'));
  }

  @FieldResolver(() => [OpenDemand], {
    description:
      'What members ask for and nobody is placed for yet, by function. For the staff; to members, of functions that at least 4 members ask for.',
  })
  openDemand(): Rows {
    return read.demandOfService();
  }

  @FieldResolver(() => WorkerHeadroom, {
    nullable: true,
    description: 'How many more workers the law allows; for its members and staff, null for others.',
  })
  headroom(
    @Arg('on', () => DateScalar, { nullable: true, description: 'On this day; today without it.' }) on?:
      | string
      | null,
  ): Rows {
    return read.headroomOfService(on ?? today);
  }
}

function within(given: number, most: number, field: string): number {
  if (given >= 1 && given <= most) return given;
  throw new UserError('INVALID_PAGE', `\`${field}\` is ${given}: ask for 1 to ${most}.`, field);
}
