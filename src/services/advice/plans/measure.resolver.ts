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
import { checkPeriod } from '../../../graphql/date-range.ts';
import { UserErrorType, withUserErrors } from '../../../graphql/errors.ts';
import { PageArgs, pageOf } from '../../../graphql/pages.ts';
import { keyOf } from '../../../ids.ts';
import { PartnerType } from '../../../partners/index.ts';
import type { Expression, Rows } from '../../../read/index.ts';
import { RiskAnalysisType } from '../analyses/analysis.type.ts';
import {
  ChangePreventionMeasureInput,
  CompletePreventionMeasureInput,
  DropPreventionMeasureInput,
  PlanPreventionMeasureInput,
  PreventionMeasureFilter,
} from './measure.inputs.ts';
import * as read from './measure.read.ts';
import type { PreventionMeasureService } from './measure.service.ts';
import { PreventionMeasureConnection, PreventionMeasureType, PreventionPlanYear } from './measure.type.ts';

@ObjectType({ description: 'What became of a measure.', simpleResolvers: true })
export class PreventionMeasurePayload {
  @Field(() => PreventionMeasureType, {
    nullable: true,
    description: 'The measure; null where there are user errors.',
  })
  measure?: Rows | null;

  @Field(() => [UserErrorType], { description: 'What to mend; empty when all was saved.' })
  userErrors!: UserErrorType[];
}

const saved = (change: () => Promise<string>): Promise<PreventionMeasurePayload> =>
  withUserErrors(async () => ({ measure: read.measureById(await change()) }));
const needed = [TokenScope.ADVICE, Role.PARTNER_EDITOR, Role.SERVICE_STAFF] as const;

@Resolver(() => PreventionMeasureType)
export class PreventionMeasureResolver {
  constructor(private readonly service: PreventionMeasureService) {}

  @Query(() => PreventionMeasureConnection, {
    description:
      'Measures of action plans that you may see, the next deadline first. Errors: INVALID_PAGE, INVALID_CURSOR, INVALID_ID, INVALID_PERIOD; NOT_FOUND where the filter names what is not there.',
  })
  preventionMeasures(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => PreventionMeasureFilter, {
      nullable: true,
      description: 'Which measures; all that you see without it.',
    })
    filter?: PreventionMeasureFilter | null,
  ): Rows {
    const { partner, service, due, ...rest } = filter ?? {};
    checkPeriod(due, 'filter.due');
    return read.measures(
      {
        ...rest,
        from: due?.from,
        to: due?.to,
        partner: partner ? keyOf('partner', partner, 'filter.partner') : undefined,
        service: service ? keyOf('service', service, 'filter.service') : undefined,
      },
      pageOf(page, read.MEASURE_ORDER, ['preventionMeasures', filter]),
    );
  }

  @FieldResolver(() => Boolean, {
    description: 'Whether its deadline has passed and it is neither done nor dropped.',
  })
  isOverdue(): Expression {
    return read.isOverdue();
  }

  @Authorized<Needed>(...needed)
  @Mutation(() => PreventionMeasurePayload, {
    description:
      'Plans a measure, once the conclusions of the analysis were presented. User errors: NOT_FOUND, STEP_OUT_OF_ORDER, INVALID_DEADLINE, INVALID_AMOUNT, TEXT_MISSING, TEXT_TOO_LONG.',
  })
  planPreventionMeasure(
    @Arg('input', () => PlanPreventionMeasureInput, { description: 'What is done, by whom, and until when.' })
    input: PlanPreventionMeasureInput,
    @Ctx() context: HubContext,
  ): Promise<PreventionMeasurePayload> {
    return saved(() => this.service.plan(context.viewer, input));
  }

  @Authorized<Needed>(...needed)
  @Mutation(() => PreventionMeasurePayload, {
    description:
      'Changes a measure that is open. User errors: NOT_FOUND, WRONG_STATE, INVALID_DEADLINE, INVALID_AMOUNT, TEXT_MISSING, TEXT_TOO_LONG.',
  })
  changePreventionMeasure(
    @Arg('input', () => ChangePreventionMeasureInput, { description: 'Which measure, and what changes.' })
    input: ChangePreventionMeasureInput,
    @Ctx() context: HubContext,
  ): Promise<PreventionMeasurePayload> {
    return saved(() => this.service.change(context.viewer, input));
  }

  @Authorized<Needed>(...needed)
  @Mutation(() => PreventionMeasurePayload, {
    description:
      'Says that a measure is done. User errors: NOT_FOUND, WRONG_STATE, DATE_IN_FUTURE, DATES_OUT_OF_ORDER.',
  })
  completePreventionMeasure(
    @Arg('input', () => CompletePreventionMeasureInput, { description: 'Which measure, and when.' })
    input: CompletePreventionMeasureInput,
    @Ctx() context: HubContext,
  ): Promise<PreventionMeasurePayload> {
    return saved(() => this.service.complete(context.viewer, input));
  }

  @Authorized<Needed>(...needed)
  @Mutation(() => PreventionMeasurePayload, {
    description: 'Gives a measure up. User errors: NOT_FOUND, WRONG_STATE, TEXT_MISSING, TEXT_TOO_LONG.',
  })
  dropPreventionMeasure(
    @Arg('input', () => DropPreventionMeasureInput, { description: 'Which measure, and why.' })
    input: DropPreventionMeasureInput,
    @Ctx() context: HubContext,
  ): Promise<PreventionMeasurePayload> {
    return saved(() => this.service.drop(context.viewer, input));
  }
}

@Resolver(() => RiskAnalysisType)
export class AnalysisMeasuresResolver {
  @FieldResolver(() => [PreventionMeasureType], {
    description: 'Its action plan: measures, the next deadline first.',
  })
  measures(): Rows {
    return read.measuresOfAnalysis();
  }
}

@Resolver(() => PartnerType)
export class PartnerPlanResolver {
  @FieldResolver(() => [PreventionPlanYear], {
    description:
      'Its plan of prevention by year, as far as you see it: five years of it are the global plan (Code on well-being at work, book I, title 2), one is the yearly plan. Years in which nothing is due are left out. Errors: INVALID_YEAR, INVALID_COUNT.',
  })
  preventionPlan(
    @Arg('from', () => Int, { description: 'First calendar year, 2000 to 2100.' }) from: number,
    @Arg('years', () => Int, { defaultValue: 5, description: 'How many years: 1 to 10.' }) years: number,
  ): Rows {
    if (from < 2000 || from > 2100)
      throw new UserError('INVALID_YEAR', 'Give a calendar year from 2000 to 2100.', 'from');
    if (years < 1 || years > 10) throw new UserError('INVALID_COUNT', 'Ask for 1 to 10 years.', 'years');
    return read.planOfPartner(from, years);
  }
}
