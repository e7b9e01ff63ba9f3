import { Arg, Args, Authorized, Ctx, Field, Mutation, ObjectType, Query, Resolver } from 'type-graphql';
import type { Needed } from '../../../access/rights.ts';
import { Role, TokenScope } from '../../../access/roles.ts';
import type { HubContext } from '../../../graphql/context.ts';
import { UserErrorType, withUserErrors } from '../../../graphql/errors.ts';
import { PageArgs, pageOf } from '../../../graphql/pages.ts';
import { keyOf } from '../../../ids.ts';
import type { Rows } from '../../../read/index.ts';
import type { DisputeService } from './dispute.service.ts';
import { EndLabourDisputeInput, LabourDisputeFilter, RecordLabourDisputeInput } from './placement.inputs.ts';
import * as read from './placement.read.ts';
import { LabourDisputeConnection, LabourDisputeType } from './placement.type.ts';

@ObjectType({ description: 'What became of a labour dispute.', simpleResolvers: true })
export class LabourDisputePayload {
  @Field(() => LabourDisputeType, {
    nullable: true,
    description: 'The dispute; null where there are user errors.',
  })
  dispute?: Rows | null;

  @Field(() => [UserErrorType], { description: 'What to mend; empty when all was saved.' })
  userErrors!: UserErrorType[];
}

const ERRORS =
  'Errors: INVALID_PAGE, INVALID_CURSOR, INVALID_ID; NOT_FOUND where the filter names what is not there.';

@Resolver(() => LabourDisputeType)
export class DisputeResolver {
  constructor(private readonly service: DisputeService) {}

  @Query(() => LabourDisputeConnection, {
    description: `Labour disputes that you may see, the latest first. ${ERRORS}`,
  })
  labourDisputes(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => LabourDisputeFilter, {
      nullable: true,
      description: 'Which disputes; all that you see without it.',
    })
    filter?: LabourDisputeFilter | null,
  ): Rows {
    const { partner, service, on } = filter ?? {};
    return read.disputes(
      {
        on,
        partner: partner ? keyOf('partner', partner, 'filter.partner') : undefined,
        service: service ? keyOf('service', service, 'filter.service') : undefined,
      },
      pageOf(page, read.DISPUTE_ORDER, ['labourDisputes', filter]),
    );
  }

  @Authorized<Needed>(TokenScope.EMPLOYER_GROUP, Role.PARTNER_EDITOR, Role.SERVICE_STAFF)
  @Mutation(() => LabourDisputePayload, {
    description:
      'Records a strike or lock-out at a member: nobody is placed there meanwhile. User errors: NOT_FOUND, MEMBERS_ONLY, DISPUTE_OVERLAPS, HOURS_WORKED, DATE_IN_FUTURE, INVALID_PERIOD, PARTNER_CLOSED.',
  })
  recordLabourDispute(
    @Arg('input', () => RecordLabourDisputeInput, { description: 'Where, and when.' })
    input: RecordLabourDisputeInput,
    @Ctx() context: HubContext,
  ): Promise<LabourDisputePayload> {
    return withUserErrors(async () => ({
      dispute: read.disputeById(await this.service.record(context.viewer, input)),
    }));
  }

  @Authorized<Needed>(TokenScope.EMPLOYER_GROUP, Role.PARTNER_EDITOR, Role.SERVICE_STAFF)
  @Mutation(() => LabourDisputePayload, {
    description:
      'Says when a dispute is over. User errors: NOT_FOUND, INVALID_PERIOD, DISPUTE_OVERLAPS, HOURS_WORKED.',
  })
  endLabourDispute(
    @Arg('input', () => EndLabourDisputeInput, { description: 'Which, and when.' })
    input: EndLabourDisputeInput,
    @Ctx() context: HubContext,
  ): Promise<LabourDisputePayload> {
    return withUserErrors(async () => ({
      dispute: read.disputeById(await this.service.end(context.viewer, input)),
    }));
  }
}
