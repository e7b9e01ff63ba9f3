import { Arg, Authorized, Ctx, Field, FieldResolver, Mutation, ObjectType, Resolver } from 'type-graphql';
import type { Needed } from '../../../access/rights.ts';
import { Role, TokenScope } from '../../../access/roles.ts';
import type { HubContext } from '../../../graphql/context.ts';
import { UserErrorType, withUserErrors } from '../../../graphql/errors.ts';
import type { Rows } from '../../../read/index.ts';
import { AddTargetGroupInput, ApproveGroupReportInput, SaveGroupFindingsInput } from './analysis.inputs.ts';
import * as read from './analysis.read.ts';
import { GroupFindingType, TargetGroupType } from './analysis.type.ts';
import type { TargetGroupService } from './target-group.service.ts';

@ObjectType({ description: 'What became of a target group.', simpleResolvers: true })
export class TargetGroupPayload {
  @Field(() => TargetGroupType, {
    nullable: true,
    description: 'The group; null where there are user errors.',
  })
  group?: Rows | null;

  @Field(() => [UserErrorType], { description: 'What to mend; empty when all was saved.' })
  userErrors!: UserErrorType[];
}

const saved = (change: () => Promise<string>): Promise<TargetGroupPayload> =>
  withUserErrors(async () => ({ group: read.groupById(await change()) }));

@Resolver(() => TargetGroupType)
export class TargetGroupResolver {
  constructor(private readonly service: TargetGroupService) {}

  @FieldResolver(() => [GroupFindingType], { description: 'What it said of the rubrics of its work.' })
  findings(): Rows {
    return read.findingsOfGroup();
  }

  @Authorized<Needed>(TokenScope.ADVICE, Role.SERVICE_STAFF)
  @Mutation(() => TargetGroupPayload, {
    description:
      'Forms a target group of a risk analysis, after the meeting with the management. User errors: NOT_FOUND, STEP_OUT_OF_ORDER, GROUP_TOO_SMALL, INVALID_COUNT, NAME_TAKEN, TEXT_MISSING, TEXT_TOO_LONG.',
  })
  addTargetGroup(
    @Arg('input', () => AddTargetGroupInput, { description: 'What its people do, and how many they are.' })
    input: AddTargetGroupInput,
    @Ctx() context: HubContext,
  ): Promise<TargetGroupPayload> {
    return saved(() => this.service.add(context.viewer, input));
  }

  @Authorized<Needed>(TokenScope.ADVICE, Role.SERVICE_STAFF)
  @Mutation(() => TargetGroupPayload, {
    description:
      'Records the meeting of a group and what it said, in the place of what was there. User errors: NOT_FOUND, STEP_OUT_OF_ORDER, RUBRIC_TWICE, FINDING_EMPTY, INVALID_LINES, DATE_IN_FUTURE, DATES_OUT_OF_ORDER, TEXT_TOO_LONG.',
  })
  saveGroupFindings(
    @Arg('input', () => SaveGroupFindingsInput, { description: 'Which group, when, and what it said.' })
    input: SaveGroupFindingsInput,
    @Ctx() context: HubContext,
  ): Promise<TargetGroupPayload> {
    return saved(() => this.service.saveFindings(context.viewer, input));
  }

  @Authorized<Needed>(TokenScope.ADVICE, Role.PARTNER_EDITOR, Role.SERVICE_STAFF)
  @Mutation(() => TargetGroupPayload, {
    description:
      'A group approves the report of its meeting, once all groups have met. User errors: NOT_FOUND, STEP_OUT_OF_ORDER, WRONG_STATE, DATE_IN_FUTURE, DATES_OUT_OF_ORDER.',
  })
  approveGroupReport(
    @Arg('input', () => ApproveGroupReportInput, { description: 'Which group, and when.' })
    input: ApproveGroupReportInput,
    @Ctx() context: HubContext,
  ): Promise<TargetGroupPayload> {
    return saved(() => this.service.approve(context.viewer, input));
  }
}
