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
import { keyOf } from '../../../ids.ts';
import { PartnerType } from '../../../partners/index.ts';
import type { Rows } from '../../../read/index.ts';
import {
  DeepenRiskAnalysisInput,
  OpenRiskAnalysisInput,
  RecordRiskAnalysisStepInput,
  RiskAnalysisFilter,
} from './analysis.inputs.ts';
import * as read from './analysis.read.ts';
import type { RiskAnalysisService } from './analysis.service.ts';
import {
  RiskAnalysisConnection,
  RiskAnalysisStepType,
  RiskAnalysisType,
  TargetGroupType,
} from './analysis.type.ts';

@ObjectType({ description: 'What became of a risk analysis.', simpleResolvers: true })
export class RiskAnalysisPayload {
  @Field(() => RiskAnalysisType, {
    nullable: true,
    description: 'The analysis; null where there are user errors.',
  })
  analysis?: Rows | null;

  @Field(() => [UserErrorType], { description: 'What to mend; empty when all was saved.' })
  userErrors!: UserErrorType[];
}

const saved = (change: () => Promise<string>): Promise<RiskAnalysisPayload> =>
  withUserErrors(async () => ({ analysis: read.analysisById(await change()) }));

@Resolver(() => RiskAnalysisType)
export class RiskAnalysisResolver {
  constructor(private readonly service: RiskAnalysisService) {}

  @Query(() => RiskAnalysisConnection, {
    description:
      'Risk analyses that you may see, the latest first. Errors: INVALID_PAGE, INVALID_CURSOR, INVALID_ID; NOT_FOUND where the filter names what is not there.',
  })
  riskAnalyses(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => RiskAnalysisFilter, {
      nullable: true,
      description: 'Which analyses; all that you see without it.',
    })
    filter?: RiskAnalysisFilter | null,
  ): Rows {
    const { partner, service, ...rest } = filter ?? {};
    return read.analyses(
      {
        ...rest,
        partner: partner ? keyOf('partner', partner, 'filter.partner') : undefined,
        service: service ? keyOf('service', service, 'filter.service') : undefined,
      },
      pageOf(page, read.ANALYSIS_ORDER, ['riskAnalyses', filter]),
    );
  }

  @FieldResolver(() => [RiskAnalysisStepType], {
    description: 'The steps that it has taken, in their sequence.',
  })
  steps(): Rows {
    return read.stepsOfAnalysis();
  }

  @FieldResolver(() => [TargetGroupType], {
    description:
      'Its target groups, as they were formed; for the partner and the service alone, empty for others.',
  })
  targetGroups(): Rows {
    return read.groupsOfAnalysis();
  }

  @Authorized<Needed>(TokenScope.ADVICE, Role.PARTNER_EDITOR, Role.SERVICE_STAFF)
  @Mutation(() => RiskAnalysisPayload, {
    description:
      'Asks for a risk analysis of a service of prevention; no enrolment is needed. User errors: NOT_FOUND, WRONG_SERVICE_KIND, DATE_IN_FUTURE, DATES_OUT_OF_ORDER, INVALID_COUNT, PARTNER_CLOSED.',
  })
  openRiskAnalysis(
    @Arg('input', () => OpenRiskAnalysisInput, { description: 'At whom, and by whom.' })
    input: OpenRiskAnalysisInput,
    @Ctx() context: HubContext,
  ): Promise<RiskAnalysisPayload> {
    return saved(() => this.service.open(context.viewer, input));
  }

  @Authorized<Needed>(TokenScope.ADVICE, Role.SERVICE_STAFF)
  @Mutation(() => RiskAnalysisPayload, {
    description:
      'Records the next step of a risk analysis, with its day and evidence: no step is passed over. User errors: NOT_FOUND, STEP_OUT_OF_ORDER, GROUPS_NOT_MET, REPORT_NOT_APPROVED, PLAN_EMPTY, DATE_IN_FUTURE, DATES_OUT_OF_ORDER, TEXT_MISSING, TEXT_TOO_LONG.',
  })
  recordRiskAnalysisStep(
    @Arg('input', () => RecordRiskAnalysisStepInput, {
      description: 'Which step, when, and by what it is shown.',
    })
    input: RecordRiskAnalysisStepInput,
    @Ctx() context: HubContext,
  ): Promise<RiskAnalysisPayload> {
    return saved(() => this.service.step(context.viewer, input));
  }

  @Authorized<Needed>(TokenScope.ADVICE, Role.SERVICE_STAFF)
  @Mutation(() => RiskAnalysisPayload, {
    description:
      'Takes a risk analysis to a deeper level, with the reason. User errors: NOT_FOUND, LEVEL_NOT_HIGHER, TEXT_MISSING, TEXT_TOO_LONG.',
  })
  deepenRiskAnalysis(
    @Arg('input', () => DeepenRiskAnalysisInput, { description: 'To which level, and why.' })
    input: DeepenRiskAnalysisInput,
    @Ctx() context: HubContext,
  ): Promise<RiskAnalysisPayload> {
    return saved(() => this.service.deepen(context.viewer, input));
  }
}

@Resolver(() => PartnerType)
export class PartnerRiskAnalysesResolver {
  @FieldResolver(() => RiskAnalysisConnection, {
    description:
      'Risk analyses at it, as far as you see them, the latest first. Errors: INVALID_PAGE, INVALID_CURSOR.',
  })
  riskAnalyses(@Args(() => PageArgs) page: PageArgs): Rows {
    return read.analysesOfPartner(pageOf(page, read.ANALYSIS_ORDER, ['Partner.riskAnalyses']));
  }
}
