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
import type { HubContext } from '../../../graphql/context.ts';
import { UserErrorType, withUserErrors } from '../../../graphql/errors.ts';
import { localisedFields } from '../../../graphql/localised.ts';
import { PageArgs, pageOf } from '../../../graphql/pages.ts';
import { keyOf } from '../../../ids.ts';
import type { Expression, Rows } from '../../../read/index.ts';
import { DiversityServiceType } from '../../diversity/diversity.type.ts';
import { PreventionServiceType } from '../../prevention/prevention.type.ts';
import type { AttendanceService } from './attendance.service.ts';
import {
  AdviceSessionFilter,
  CancelSessionInput,
  ChangeSessionInput,
  PlanSessionInput,
  RecordAttendanceInput,
  RecordSatisfactionInput,
} from './session.inputs.ts';
import * as read from './session.read.ts';
import type { SessionService } from './session.service.ts';
import {
  AdviceSessionConnection,
  AdviceSessionType,
  AttendanceCountType,
  SatisfactionType,
} from './session.type.ts';

@ObjectType({ description: 'What became of a session.', simpleResolvers: true })
export class AdviceSessionPayload {
  @Field(() => AdviceSessionType, {
    nullable: true,
    description: 'The session; null where there are user errors.',
  })
  session?: Rows | null;

  @Field(() => [UserErrorType], { description: 'What to mend; empty when all was saved.' })
  userErrors!: UserErrorType[];
}

const ERRORS =
  'Errors: INVALID_PAGE, INVALID_CURSOR, INVALID_ID; NOT_FOUND where the filter names what is not there.';

const saved = (change: () => Promise<string>): Promise<AdviceSessionPayload> =>
  withUserErrors(async () => ({ session: read.sessionById(await change()) }));

/** A filter with its references turned into keys. */
function conditionOf(filter: AdviceSessionFilter | null | undefined): read.SessionCondition {
  const { service, ...rest } = filter ?? {};
  return { ...rest, service: service ? keyOf('service', service, 'filter.service') : undefined };
}

export const SessionTexts = localisedFields(() => AdviceSessionType, {
  title: { description: 'What it is about.' },
});

@Resolver(() => AdviceSessionType)
export class SessionResolver {
  constructor(
    private readonly service: SessionService,
    private readonly counts: AttendanceService,
  ) {}

  @Query(() => AdviceSessionConnection, {
    description: `Sessions of the advisory services, the latest first. ${ERRORS}`,
  })
  adviceSessions(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => AdviceSessionFilter, {
      nullable: true,
      description: 'Which sessions; all of them without it.',
    })
    filter?: AdviceSessionFilter | null,
  ): Rows {
    return read.sessions(conditionOf(filter), pageOf(page, read.SESSION_ORDER, ['adviceSessions', filter]));
  }

  @FieldResolver(() => Int, { description: 'Seats that nobody has taken.' })
  freeSeats(): Expression {
    return read.freeSeats();
  }

  @FieldResolver(() => [AttendanceCountType], {
    description: 'Who came, by role: all to the service, its own to a partner; empty before it was recorded.',
  })
  attendance(): Rows {
    return read.attendanceOfSession();
  }

  @FieldResolver(() => SatisfactionType, {
    nullable: true,
    description:
      'What was thought of it: for the service’s staff, and from 4 answers on, as fewer tell who gave them; null for others.',
  })
  satisfaction(): Rows {
    return read.satisfactionOfSession();
  }

  @Authorized<Needed>(TokenScope.ADVICE, Role.SERVICE_STAFF)
  @Mutation(() => AdviceSessionPayload, {
    description:
      'Plans a session. User errors: NOT_FOUND, WRONG_SERVICE_KIND, INVALID_PERIOD, INVALID_DEADLINE, INVALID_COUNT, INVALID_URL, PLACE_MISSING, UNKNOWN_CODE, TEXT_MISSING, TEXT_TOO_LONG.',
  })
  planSession(
    @Arg('input', () => PlanSessionInput, { description: 'What, when and where.' }) input: PlanSessionInput,
    @Ctx() context: HubContext,
  ): Promise<AdviceSessionPayload> {
    return saved(() => this.service.plan(context.viewer, input));
  }

  @Authorized<Needed>(TokenScope.ADVICE, Role.SERVICE_STAFF)
  @Mutation(() => AdviceSessionPayload, {
    description:
      'Changes a session; once attendance is recorded it stays on its day. User errors: NOT_FOUND, SESSION_CANCELLED, SESSION_HELD, CAPACITY_BELOW_SEATS, INVALID_PERIOD, INVALID_DEADLINE, INVALID_COUNT, INVALID_URL, PLACE_MISSING, UNKNOWN_CODE, TEXT_MISSING, TEXT_TOO_LONG.',
  })
  changeSession(
    @Arg('input', () => ChangeSessionInput, { description: 'Which, and what changes.' })
    input: ChangeSessionInput,
    @Ctx() context: HubContext,
  ): Promise<AdviceSessionPayload> {
    return saved(() => this.service.change(context.viewer, input));
  }

  @Authorized<Needed>(TokenScope.ADVICE, Role.SERVICE_STAFF)
  @Mutation(() => AdviceSessionPayload, {
    description:
      'Cancels a session of which no attendance is recorded; its registrations stay, so that you know whom to tell. User errors: NOT_FOUND, SESSION_CANCELLED, SESSION_HELD.',
  })
  cancelSession(
    @Arg('input', () => CancelSessionInput, { description: 'Which session.' }) input: CancelSessionInput,
    @Ctx() context: HubContext,
  ): Promise<AdviceSessionPayload> {
    return saved(() => this.service.cancel(context.viewer, input));
  }

  @Authorized<Needed>(TokenScope.ADVICE, Role.SERVICE_STAFF)
  @Mutation(() => AdviceSessionPayload, {
    description:
      'Records who of a partner came, as counts by role; recorded again, the new counts hold. User errors: NOT_FOUND, SESSION_CANCELLED, SESSION_NOT_BEGUN, INVALID_COUNT, ROLE_TWICE, INVALID_LINES, MORE_ANSWERS_THAN_PEOPLE, PARTNER_CLOSED.',
  })
  recordAttendance(
    @Arg('input', () => RecordAttendanceInput, { description: 'Of which session and partner, and how many.' })
    input: RecordAttendanceInput,
    @Ctx() context: HubContext,
  ): Promise<AdviceSessionPayload> {
    return saved(() => this.counts.attended(context.viewer, input));
  }

  @Authorized<Needed>(TokenScope.ADVICE, Role.SERVICE_STAFF)
  @Mutation(() => AdviceSessionPayload, {
    description:
      'Records how many gave a session each grade; recorded again, the new counts hold. User errors: NOT_FOUND, SESSION_CANCELLED, SESSION_NOT_BEGUN, INVALID_GRADE, GRADE_TWICE, INVALID_COUNT, INVALID_LINES, MORE_ANSWERS_THAN_PEOPLE.',
  })
  recordSatisfaction(
    @Arg('input', () => RecordSatisfactionInput, { description: 'Of which session, and how many.' })
    input: RecordSatisfactionInput,
    @Ctx() context: HubContext,
  ): Promise<AdviceSessionPayload> {
    return saved(() => this.counts.graded(context.viewer, input));
  }
}

/** The sessions of a type of service. */
function sessionsOf(type: typeof DiversityServiceType, name: string) {
  @Resolver(() => type)
  class ServiceSessionsResolver {
    @FieldResolver(() => AdviceSessionConnection, {
      description: `Its sessions, the latest first. ${ERRORS}`,
    })
    sessions(
      @Args(() => PageArgs) page: PageArgs,
      @Arg('filter', () => AdviceSessionFilter, {
        nullable: true,
        description: 'Which sessions; all of them without it.',
      })
      filter?: AdviceSessionFilter | null,
    ): Rows {
      const order = pageOf(page, read.SESSION_ORDER, [`${name}.sessions`, filter]);
      return read.sessionsOfService(conditionOf(filter), order);
    }

    @FieldResolver(() => String, {
      description:
        'Path of the iCalendar of its sessions on this hub, for a calendar program: public, without the addresses of online sessions.',
    })
    calendarUrl(): Expression {
      return read.calendarPath();
    }
  }
  return ServiceSessionsResolver;
}

export const DiversitySessionsResolver = sessionsOf(DiversityServiceType, 'DiversityService');
export const PreventionSessionsResolver = sessionsOf(PreventionServiceType, 'PreventionService');
