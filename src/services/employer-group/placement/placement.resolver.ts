import {
  Arg,
  Args,
  Authorized,
  Ctx,
  Field,
  FieldResolver,
  Mutation,
  ObjectType,
  Query,
  Resolver,
} from 'type-graphql';
import type { Needed } from '../../../access/rights.ts';
import { Role, TokenScope } from '../../../access/roles.ts';
import type { HubContext } from '../../../graphql/context.ts';
import { UserErrorType, withUserErrors } from '../../../graphql/errors.ts';
import { PageArgs, pageOf } from '../../../graphql/pages.ts';
import { DecimalScalar } from '../../../graphql/scalars.ts';
import { keyOf } from '../../../ids.ts';
import { PartnerType } from '../../../partners/index.ts';
import type { Expression, Rows } from '../../../read/index.ts';
import { SharedWorkerType } from '../employer-group.type.ts';
import {
  AgreeToPlacementInput,
  CancelPlacementInput,
  DeclinePlacementInput,
  EndPlacementInput,
  PlacementFilter,
  ProposePlacementInput,
} from './placement.inputs.ts';
import * as read from './placement.read.ts';
import type { PlacementService } from './placement.service.ts';
import { DayHoursType, PlacementConnection, PlacementType } from './placement.type.ts';

@ObjectType({ description: 'What became of a placement.', simpleResolvers: true })
export class PlacementPayload {
  @Field(() => PlacementType, {
    nullable: true,
    description: 'The placement; null where there are user errors.',
  })
  placement?: Rows | null;

  @Field(() => [UserErrorType], { description: 'What to mend; empty when all was saved.' })
  userErrors!: UserErrorType[];
}

const ERRORS =
  'Errors: INVALID_PAGE, INVALID_CURSOR, INVALID_ID; NOT_FOUND where the filter names what is not there.';
const PAGE_ERRORS = 'Errors: INVALID_PAGE, INVALID_CURSOR.';

const saved = (change: () => Promise<string>): Promise<PlacementPayload> =>
  withUserErrors(async () => ({ placement: read.placementById(await change()) }));

@Resolver(() => PlacementType)
export class PlacementResolver {
  constructor(private readonly service: PlacementService) {}

  @Query(() => PlacementConnection, {
    description: `Placements that you may see, the latest first. ${ERRORS}`,
  })
  placements(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => PlacementFilter, {
      nullable: true,
      description: 'Which placements; all that you see without it.',
    })
    filter?: PlacementFilter | null,
  ): Rows {
    const { partner, service, worker, ...rest } = filter ?? {};
    return read.placements(
      {
        ...rest,
        partner: partner ? keyOf('partner', partner, 'filter.partner') : undefined,
        service: service ? keyOf('service', service, 'filter.service') : undefined,
        worker: worker ? keyOf('shared_worker', worker, 'filter.worker') : undefined,
      },
      pageOf(page, read.PLACEMENT_ORDER, ['placements', filter]),
    );
  }

  @FieldResolver(() => [DayHoursType], {
    description: 'Hours by day of the week; days without any are left out.',
  })
  schedule(): Rows {
    return read.scheduleOfPlacement();
  }

  @FieldResolver(() => DecimalScalar, {
    nullable: true,
    description: 'Its hours over those of the contract, 0 to 1; null for who does not see the worker.',
  })
  shareOfContract(): Expression {
    return read.shareOfContract();
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      'Path of its iCalendar on this hub, for a calendar program: whoever has it reads the days, so give it to nobody else. For the member and the group’s staff; null for others.',
  })
  calendarUrl(): Expression {
    return read.calendarPath();
  }

  @Authorized<Needed>(TokenScope.EMPLOYER_GROUP, Role.SERVICE_STAFF)
  @Mutation(() => PlacementPayload, {
    description:
      'Proposes a worker to a member, and keeps the hours until it answers. User errors: NOT_FOUND, MEMBERS_ONLY, OUTSIDE_CONTRACT, CONTRACT_HOURS_EXCEEDED, WORKER_DEDICATED, LABOUR_DISPUTE, GROUP_NOT_AUTHORISED, YEAR_SETTLED, REQUEST_ANSWERED, INVALID_HOURS, INVALID_PERIOD, SCHEDULE_DOES_NOT_ADD_UP, WEEKDAY_TWICE, UNKNOWN_CODE, WRONG_STATE, PARTNER_CLOSED.',
  })
  proposePlacement(
    @Arg('input', () => ProposePlacementInput, { description: 'Who, with whom, and when.' })
    input: ProposePlacementInput,
    @Ctx() context: HubContext,
  ): Promise<PlacementPayload> {
    return saved(() => this.service.propose(context.viewer, input));
  }

  @Authorized<Needed>(TokenScope.EMPLOYER_GROUP, Role.PARTNER_EDITOR)
  @Mutation(() => PlacementPayload, {
    description:
      'The member agrees to a placement; the request that it answers is met. User errors: NOT_FOUND, WRONG_STATE, LABOUR_DISPUTE, MEMBERS_ONLY, YEAR_SETTLED.',
  })
  agreeToPlacement(
    @Arg('input', () => AgreeToPlacementInput, { description: 'Which placement.' })
    input: AgreeToPlacementInput,
    @Ctx() context: HubContext,
  ): Promise<PlacementPayload> {
    return saved(() => this.service.agree(context.viewer, input));
  }

  @Authorized<Needed>(TokenScope.EMPLOYER_GROUP, Role.PARTNER_EDITOR)
  @Mutation(() => PlacementPayload, {
    description: 'The member declines a placement. User errors: NOT_FOUND, WRONG_STATE.',
  })
  declinePlacement(
    @Arg('input', () => DeclinePlacementInput, { description: 'Which placement.' })
    input: DeclinePlacementInput,
    @Ctx() context: HubContext,
  ): Promise<PlacementPayload> {
    return saved(() => this.service.decline(context.viewer, input));
  }

  @Authorized<Needed>(TokenScope.EMPLOYER_GROUP, Role.SERVICE_STAFF)
  @Mutation(() => PlacementPayload, {
    description:
      'The group takes a placement back of which no hours were worked. User errors: NOT_FOUND, WRONG_STATE, HOURS_WORKED, YEAR_SETTLED.',
  })
  cancelPlacement(
    @Arg('input', () => CancelPlacementInput, { description: 'Which placement.' })
    input: CancelPlacementInput,
    @Ctx() context: HubContext,
  ): Promise<PlacementPayload> {
    return saved(() => this.service.cancel(context.viewer, input));
  }

  @Authorized<Needed>(TokenScope.EMPLOYER_GROUP, Role.SERVICE_STAFF)
  @Mutation(() => PlacementPayload, {
    description:
      'Lets a placement end earlier; never later than the member agreed to. User errors: NOT_FOUND, WRONG_STATE, INVALID_PERIOD, PLACEMENT_LENGTHENED, PLACED_AFTER_END, YEAR_SETTLED.',
  })
  endPlacement(
    @Arg('input', () => EndPlacementInput, { description: 'Which, and when.' }) input: EndPlacementInput,
    @Ctx() context: HubContext,
  ): Promise<PlacementPayload> {
    return saved(() => this.service.end(context.viewer, input));
  }
}

@Resolver(() => PartnerType)
export class PartnerPlacementsResolver {
  @FieldResolver(() => PlacementConnection, {
    description: `Workers placed with it, as far as you see them, the latest first. ${PAGE_ERRORS}`,
  })
  placements(@Args(() => PageArgs) page: PageArgs): Rows {
    return read.placementsOfPartner(pageOf(page, read.PLACEMENT_ORDER, ['Partner.placements']));
  }
}

@Resolver(() => SharedWorkerType)
export class WorkerPlacementsResolver {
  @FieldResolver(() => PlacementConnection, {
    description: `Where the worker is placed, as far as you see it, the latest first. ${PAGE_ERRORS}`,
  })
  placements(@Args(() => PageArgs) page: PageArgs): Rows {
    return read.placementsOfWorker(pageOf(page, read.PLACEMENT_ORDER, ['SharedWorker.placements']));
  }
}
