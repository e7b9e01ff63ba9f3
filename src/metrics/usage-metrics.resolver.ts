import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, FieldResolver, ID, Info, Query, Resolver } from 'type-graphql';
import { UserError } from '../errors.ts';
import { FederationType } from '../federations/index.ts';
import type { HubContext } from '../graphql/context.ts';
import { checkPeriod } from '../graphql/date-range.ts';
import { languageCode } from '../graphql/language.ts';
import { PageArgs, pageOf } from '../graphql/pages.ts';
import { keyOf } from '../ids.ts';
import { PartnerConnection, PartnerType, partnerConditionOf } from '../partners/index.ts';
import { type Fields, type Rows, toldBy } from '../read/index.ts';
import { CompetentAuthorityType } from '../reference/index.ts';
import { SharedServiceType } from '../services/index.ts';
import type { MetricDefinitionInit } from './metric-definition.ts';
import { earlierPeriod } from './periods.ts';
import { USAGE_ORDER } from './usage-entry.read.ts';
import { UsageEntryConnection } from './usage-entry.type.ts';
import { UsageMetricsArgs, UsageMetricsOrder } from './usage-metrics.inputs.ts';
import * as read from './usage-metrics.read.ts';
import { UsageMetrics, UsageMetricsRow } from './usage-metrics.type.ts';
import type { UsageQuestion } from './usage-question.ts';
import { entriesOfRow, type RowsTold } from './usage-records.read.ts';

const MOST_METRICS = 6;
const MOST_DIMENSIONS = 3;
const MOST_TOP = 100;

const ERRORS =
  'Errors: INVALID_PERIOD, PERIOD_MISSING, INVALID_ID, NOT_FOUND, UNKNOWN_CODE, TEXT_TOO_LONG, TOO_MANY_METRICS, TOO_MANY_DIMENSIONS, TOO_MANY_CELLS, INVALID_TOP, INVALID_HAVING, INVALID_ORDER.';

/** What resolvers that compute with metrics are told. */
export interface Metrics {
  readonly definitions: ReadonlyMap<string, MetricDefinitionInit>;
  /** Whether cells are released: a hub with real records. */
  readonly hasReleases: boolean;
}

/**
 * The question that arguments ask, its ids decoded before any SQL.
 * @throws UserError for what cannot be asked so, naming the argument
 */
export function questionOf(
  args: UsageMetricsArgs,
  { definitions, hasReleases }: Metrics,
  context: HubContext,
): UsageQuestion {
  const { period, filter, having, top, compareTo, orderBy } = args;
  checkPeriod(period);
  const keys = [...new Set(args.metrics)];
  const groupBy = [...new Set(args.groupBy ?? [])];
  if (keys.length < 1 || keys.length > MOST_METRICS) {
    throw new UserError('TOO_MANY_METRICS', `Ask for 1 to ${MOST_METRICS} metrics at a time.`, 'metrics');
  }
  if (groupBy.length > MOST_DIMENSIONS) {
    throw new UserError(
      'TOO_MANY_DIMENSIONS',
      `Ask for at most ${MOST_DIMENSIONS} dimensions at a time.`,
      'groupBy',
    );
  }
  if (typeof top === 'number' && (top < 1 || top > MOST_TOP || groupBy.length === 0)) {
    throw new UserError(
      'INVALID_TOP',
      groupBy.length === 0
        ? '`top` takes the largest of what `groupBy` parts: give a dimension.'
        : `\`top\` is ${top}: ask for 1 to ${MOST_TOP}.`,
      'top',
    );
  }
  if (having && !keys.includes(having.metric)) {
    throw new UserError(
      'INVALID_HAVING',
      `Ask for ${having.metric} too: \`having\` looks at its value.`,
      'having.metric',
    );
  }
  if ((orderBy === UsageMetricsOrder.CHANGE_ASC || orderBy === UsageMetricsOrder.CHANGE_DESC) && !compareTo) {
    throw new UserError(
      'INVALID_ORDER',
      `${orderBy} needs \`compareTo\`: there is no change without it.`,
      'orderBy',
    );
  }
  const step = args.granularity ?? undefined;
  return {
    metrics: keys.map((key) => definitions.get(key) as MetricDefinitionInit),
    definitions,
    from: period?.from ?? null,
    to: period?.to ?? null,
    groupBy,
    step,
    services: filter?.services?.map((id, index) => keyOf('service', id, `filter.services.${index}`)),
    serviceKinds: filter?.serviceKinds,
    categories: filter?.categories,
    partners: filter?.partners ? partnerConditionOf(filter.partners, 'filter.partners') : undefined,
    compareTo: compareTo ?? undefined,
    earlier: compareTo ? earlierPeriod(period ?? {}, compareTo, step) : undefined,
    having: having
      ? { metric: having.metric, atLeast: having.atLeast ?? null, atMost: having.atMost ?? null }
      : undefined,
    top: top ?? undefined,
    order: orderBy,
    fillGaps: args.fillGaps,
    hasReleases,
    language: languageCode(context.language),
    viewer: context.viewer,
  };
}

@Resolver()
export class UsageMetricsResolver {
  constructor(private readonly metrics: Metrics) {}

  @Query(() => UsageMetrics, {
    description: `Usage, added up: up to ${MOST_METRICS} metrics over a period, by up to ${MOST_DIMENSIONS} dimensions, as one value or a series. ${ERRORS}`,
  })
  usageMetrics(@Args(() => UsageMetricsArgs) args: UsageMetricsArgs, @Ctx() context: HubContext): Fields {
    return read.usageMetrics(questionOf(args, this.metrics, context));
  }
}

@Resolver(() => PartnerType)
export class PartnerUsageMetricsResolver {
  constructor(private readonly metrics: Metrics) {}

  @FieldResolver(() => UsageMetrics, { description: `Its use of services, added up. ${ERRORS}` })
  usageMetrics(@Args(() => UsageMetricsArgs) args: UsageMetricsArgs, @Ctx() context: HubContext): Fields {
    return read.usageMetrics(questionOf(args, this.metrics, context), read.ofPartner);
  }
}

@Resolver(() => SharedServiceType)
export class ServiceUsageMetricsResolver {
  constructor(private readonly metrics: Metrics) {}

  @FieldResolver(() => UsageMetrics, { description: `Its use by partners, added up. ${ERRORS}` })
  usageMetrics(@Args(() => UsageMetricsArgs) args: UsageMetricsArgs, @Ctx() context: HubContext): Fields {
    return read.usageMetrics(questionOf(args, this.metrics, context), read.ofService);
  }
}

@Resolver(() => FederationType)
export class FederationUsageMetricsResolver {
  constructor(private readonly metrics: Metrics) {}

  @FieldResolver(() => UsageMetrics, {
    description: `The use of services by partners on the days on which they were its members, added up. ${ERRORS}`,
  })
  usageMetrics(@Args(() => UsageMetricsArgs) args: UsageMetricsArgs, @Ctx() context: HubContext): Fields {
    return read.usageMetrics(questionOf(args, this.metrics, context), read.ofFederation);
  }
}

@Resolver(() => CompetentAuthorityType)
export class AuthorityUsageMetricsResolver {
  constructor(private readonly metrics: Metrics) {}

  @FieldResolver(() => UsageMetrics, {
    description: `The use of services by partners that it recognised, and of services that it funded, on the first day of the month of the use, added up. ${ERRORS}`,
  })
  usageMetrics(@Args(() => UsageMetricsArgs) args: UsageMetricsArgs, @Ctx() context: HubContext): Fields {
    return read.usageMetrics(questionOf(args, this.metrics, context), read.ofAuthority);
  }
}

@Resolver(() => UsageMetrics)
export class UsesNoneResolver {
  @FieldResolver(() => PartnerConnection, {
    nullable: true,
    description:
      'Listed members of a population that used no service at all in the period, as far as the filter looks at it; null for those who do not see all use. Errors: INVALID_PAGE, INVALID_CURSOR, INVALID_ID, NOT_FOUND.',
  })
  usesNone(
    @Arg('population', () => ID, { description: 'The population.' }) population: string,
    @Args(() => PageArgs) page: PageArgs,
    @Info() info: GraphQLResolveInfo,
  ): Rows {
    const told = toldBy<read.AnswerTold>(info);
    const key = keyOf('population', population, 'population');
    return read.usesNone(
      told,
      key,
      pageOf(page, read.PARTNERS_BY_NAME(told.question), ['usesNone', key, read.signOf(told.question)]),
    );
  }
}

@Resolver(() => UsageMetricsRow)
export class EntriesOfRowResolver {
  @FieldResolver(() => UsageEntryConnection, {
    description:
      'The entries behind it that you may see one by one, the latest first; of a level, every entry up to its day, also those that a later one replaced; none where it is computed from other records. Errors: INVALID_PAGE, INVALID_CURSOR.',
  })
  entries(@Args(() => PageArgs) page: PageArgs, @Info() info: GraphQLResolveInfo): Rows {
    const told = toldBy<RowsTold>(info);
    return entriesOfRow(
      told,
      pageOf(page, USAGE_ORDER, ['UsageMetricsRow.entries', read.signOf(told.question)]),
    );
  }
}
