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
  registerEnumType,
} from 'type-graphql';
import type { Needed } from '../../../access/rights.ts';
import { Role, TokenScope } from '../../../access/roles.ts';
import type { HubContext } from '../../../graphql/context.ts';
import { checkPeriod } from '../../../graphql/date-range.ts';
import { UserErrorType, withUserErrors } from '../../../graphql/errors.ts';
import { PageArgs, pageOf } from '../../../graphql/pages.ts';
import { globalId, keyOf } from '../../../ids.ts';
import type { Rows } from '../../../read/index.ts';
import { PlacementType, TimesheetConnection, TimesheetType } from './placement.type.ts';
import {
  ApproveTimesheetsInput,
  ReturnTimesheetsInput,
  SaveTimesheetsInput,
  SubmitTimesheetsInput,
  TimesheetFilter,
} from './timesheet.inputs.ts';
import * as read from './timesheet.read.ts';
import type { TimesheetService } from './timesheet.service.ts';

/** What became of one row. */
export enum TimesheetRowStatus {
  ACCEPTED = 'ACCEPTED',
  DUPLICATE = 'DUPLICATE',
  REJECTED = 'REJECTED',
}

registerEnumType(TimesheetRowStatus, {
  name: 'TimesheetRowStatus',
  description: 'What became of a timesheet that was sent.',
  valuesConfig: {
    ACCEPTED: { description: 'Stored · enregistrée · geregistreerd' },
    DUPLICATE: { description: 'It was there already, with the same hours · déjà connue · al bekend' },
    REJECTED: { description: 'Not stored; the error says why · refusée · geweigerd' },
  },
});

@ObjectType({ description: 'What became of one timesheet.', simpleResolvers: true })
export class TimesheetRowResult {
  @Field(() => TimesheetRowStatus, { description: 'Whether it was stored.' })
  status!: TimesheetRowStatus;

  @Field(() => ID, { nullable: true, description: 'The timesheet, where it is there.' })
  timesheet?: string | null;

  @Field(() => UserErrorType, { nullable: true, description: 'Why it was refused.' })
  error?: UserErrorType | null;
}

@ObjectType({ description: 'What became of timesheets that were sent.', simpleResolvers: true })
export class SaveTimesheetsPayload {
  @Field(() => [TimesheetRowResult], { description: 'One for each, in their sequence.' })
  results!: TimesheetRowResult[];

  @Field(() => Int, { description: 'How many were stored.' })
  acceptedCount!: number;

  @Field(() => Int, { description: 'How many were refused.' })
  rejectedCount!: number;

  @Field(() => [UserErrorType], { description: 'What to mend of the request as a whole.' })
  userErrors!: UserErrorType[];
}

@ObjectType({ description: 'What became of timesheets.', simpleResolvers: true })
export class TimesheetsPayload {
  @Field(() => [TimesheetType], {
    nullable: true,
    description: 'The timesheets; null where there are user errors.',
  })
  timesheets?: Rows | null;

  @Field(() => [UserErrorType], { description: 'What to mend; empty when all was saved.' })
  userErrors!: UserErrorType[];
}

const STEP_ERRORS = 'User errors: NOT_FOUND, WRONG_STATE, TIMESHEET_INVOICED, YEAR_SETTLED, INVALID_LINES.';

const stepped = (change: () => Promise<string[]>): Promise<TimesheetsPayload> =>
  withUserErrors(async () => ({ timesheets: read.timesheetsById(await change()) }));

@Resolver(() => TimesheetType)
export class TimesheetResolver {
  constructor(private readonly service: TimesheetService) {}

  @Query(() => TimesheetConnection, {
    description:
      'Timesheets that you may see, the latest week first. Errors: INVALID_PAGE, INVALID_CURSOR, INVALID_ID, INVALID_PERIOD; NOT_FOUND where the filter names what is not there.',
  })
  timesheets(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => TimesheetFilter, {
      nullable: true,
      description: 'Which timesheets; all that you see without it.',
    })
    filter?: TimesheetFilter | null,
  ): Rows {
    const { partner, service, worker, states, weeks } = filter ?? {};
    checkPeriod(weeks, 'filter.weeks');
    return read.timesheets(
      {
        states,
        from: weeks?.from,
        to: weeks?.to,
        partner: partner ? keyOf('partner', partner, 'filter.partner') : undefined,
        service: service ? keyOf('service', service, 'filter.service') : undefined,
        worker: worker ? keyOf('shared_worker', worker, 'filter.worker') : undefined,
      },
      pageOf(page, read.TIMESHEET_ORDER, ['timesheets', filter]),
    );
  }

  @Authorized<Needed>(TokenScope.EMPLOYER_GROUP, Role.SERVICE_STAFF)
  @Mutation(() => SaveTimesheetsPayload, {
    description:
      'Writes hours worked, week by week; each row is accepted or refused by itself. Errors of a row: NOT_FOUND, NOT_PLACED, INVALID_WEEK, INVALID_HOURS, DATE_IN_FUTURE, WEEK_TOO_LONG, LABOUR_DISPUTE, WRONG_STATE, TIMESHEET_INVOICED, ROW_REPEATED, YEAR_SETTLED. User errors: INVALID_LINES.',
  })
  saveTimesheets(
    @Arg('input', () => SaveTimesheetsInput, { description: 'The hours.' }) input: SaveTimesheetsInput,
    @Ctx() context: HubContext,
  ): Promise<SaveTimesheetsPayload> {
    return withUserErrors(async () => {
      const saved = await this.service.save(context.viewer, input);
      const of = (wanted: TimesheetRowStatus): number =>
        saved.filter(({ status }) => status === wanted).length;
      return {
        results: saved.map(({ status, timesheet, error }) => ({
          status,
          timesheet: timesheet ? globalId('timesheet', timesheet) : null,
          error: error ?? null,
        })),
        acceptedCount: of(TimesheetRowStatus.ACCEPTED),
        rejectedCount: of(TimesheetRowStatus.REJECTED),
      };
    }).then((payload) => ({
      results: [],
      acceptedCount: 0,
      rejectedCount: 0,
      ...payload,
    })) as Promise<SaveTimesheetsPayload>;
  }

  @Authorized<Needed>(TokenScope.EMPLOYER_GROUP, Role.SERVICE_STAFF)
  @Mutation(() => TimesheetsPayload, { description: `Sends drafts to their members. ${STEP_ERRORS}` })
  submitTimesheets(
    @Arg('input', () => SubmitTimesheetsInput, { description: 'Which ones.' }) input: SubmitTimesheetsInput,
    @Ctx() context: HubContext,
  ): Promise<TimesheetsPayload> {
    return stepped(() => this.service.submit(context.viewer, input));
  }

  @Authorized<Needed>(TokenScope.EMPLOYER_GROUP, Role.PARTNER_EDITOR)
  @Mutation(() => TimesheetsPayload, {
    description: `The member, who has the control, approves hours. ${STEP_ERRORS}`,
  })
  approveTimesheets(
    @Arg('input', () => ApproveTimesheetsInput, { description: 'Which ones.' }) input: ApproveTimesheetsInput,
    @Ctx() context: HubContext,
  ): Promise<TimesheetsPayload> {
    return stepped(() => this.service.approve(context.viewer, input));
  }

  @Authorized<Needed>(TokenScope.EMPLOYER_GROUP, Role.PARTNER_EDITOR)
  @Mutation(() => TimesheetsPayload, {
    description: `The member gives timesheets back, to be mended: they are drafts again. ${STEP_ERRORS}`,
  })
  returnTimesheets(
    @Arg('input', () => ReturnTimesheetsInput, { description: 'Which ones.' }) input: ReturnTimesheetsInput,
    @Ctx() context: HubContext,
  ): Promise<TimesheetsPayload> {
    return stepped(() => this.service.giveBack(context.viewer, input));
  }
}

@Resolver(() => PlacementType)
export class PlacementTimesheetsResolver {
  @FieldResolver(() => TimesheetConnection, {
    description: 'Hours worked under it, the latest week first. Errors: INVALID_PAGE, INVALID_CURSOR.',
  })
  timesheets(@Args(() => PageArgs) page: PageArgs): Rows {
    return read.timesheetsOfPlacement(pageOf(page, read.TIMESHEET_ORDER, ['Placement.timesheets']));
  }
}
