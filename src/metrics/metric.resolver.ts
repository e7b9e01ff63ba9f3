import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver } from 'type-graphql';
import { UserError } from '../errors.ts';
import type { HubContext } from '../graphql/context.ts';
import { checkPeriod, DateRange, DateRangeInput } from '../graphql/date-range.ts';
import { languageCode } from '../graphql/language.ts';
import { localisedFields } from '../graphql/localised.ts';
import { PageArgs, pageOf } from '../graphql/pages.ts';
import { keyOf } from '../ids.ts';
import { partnerConditionOf } from '../partners/index.ts';
import type { Fields, Rows } from '../read/index.ts';
import { SharedServiceType } from '../services/index.ts';
import { MetricDefinitionType, MetricKey } from './metric.type.ts';
import type { MetricDefinitionInit } from './metric-definition.ts';
import { MetricDimension } from './metric-dimensions.ts';
import * as figures from './published-figure.read.ts';
import { ComputedFigure, PublishedFigureConnection, PublishedFigureType } from './published-figure.type.ts';
import { metricDefinitions } from './usage-entry.read.ts';
import { usageMetrics } from './usage-metrics.read.ts';
import { Granularity, UsageMetrics, UsageMetricsFilter } from './usage-metrics.type.ts';

const MOST_METRICS = 6;
const MOST_DIMENSIONS = 3;

export const MetricDefinitionTexts = localisedFields(() => MetricDefinitionType, {
  label: { description: 'Name of the metric.' },
  description: { description: 'What it measures, and what it does not.', optional: true },
});

export const PublishedFigureTexts = localisedFields(() => PublishedFigureType, {
  label: { description: 'What the figure counts.' },
});

/** The registered metrics, for resolvers that compute with them. */
export type MetricDefinitions = ReadonlyMap<string, MetricDefinitionInit>;

@Resolver()
export class UsageMetricsResolver {
  constructor(private readonly definitions: MetricDefinitions) {}

  @Query(() => [MetricDefinitionType], { description: 'Every metric, by key.' })
  metricDefinitions(): Rows {
    return metricDefinitions();
  }

  @Query(() => UsageMetrics, {
    description: `Usage, added up: up to ${MOST_METRICS} metrics over a period, by up to ${MOST_DIMENSIONS} dimensions, as one value or a series. Errors: INVALID_PERIOD, INVALID_ID, NOT_FOUND, UNKNOWN_CODE, TEXT_TOO_LONG, TOO_MANY_METRICS, TOO_MANY_DIMENSIONS, TOO_MANY_CELLS.`,
  })
  usageMetrics(
    @Ctx() context: HubContext,
    @Arg('metrics', () => [MetricKey], { description: 'The metrics.' }) metrics: string[],
    @Arg('period', () => DateRangeInput, {
      nullable: true,
      description: 'The period; without it all that is recorded, and a STOCK metric as of today.',
    })
    period?: DateRangeInput | null,
    @Arg('groupBy', () => [MetricDimension], {
      nullable: true,
      description: 'Dimensions to break down by, in this sequence.',
    })
    groupBy?: MetricDimension[] | null,
    @Arg('granularity', () => Granularity, {
      nullable: true,
      description: 'Length of the steps; one value for the whole period without it.',
    })
    granularity?: Granularity | null,
    @Arg('filter', () => UsageMetricsFilter, {
      nullable: true,
      description: 'Which usage; all of it without it.',
    })
    filter?: UsageMetricsFilter | null,
  ): Fields {
    checkPeriod(period);
    const keys = [...new Set(metrics)];
    const dimensions = [...new Set(groupBy ?? [])];
    if (keys.length < 1 || keys.length > MOST_METRICS) {
      throw new UserError('TOO_MANY_METRICS', `Ask for 1 to ${MOST_METRICS} metrics at a time.`, 'metrics');
    }
    if (dimensions.length > MOST_DIMENSIONS) {
      throw new UserError(
        'TOO_MANY_DIMENSIONS',
        `Ask for at most ${MOST_DIMENSIONS} dimensions at a time.`,
        'groupBy',
      );
    }
    const services = filter?.services?.map((id, index) => keyOf('service', id, `filter.services.${index}`));
    return usageMetrics({
      metrics: keys.map((key) => this.definitions.get(key) as MetricDefinitionInit),
      from: period?.from,
      to: period?.to,
      groupBy: dimensions,
      granularity: granularity ?? undefined,
      services,
      serviceKinds: filter?.serviceKinds,
      categories: filter?.categories,
      partners: partnerConditionOf(filter?.partners, 'filter.partners'),
      language: languageCode(context.language),
      viewer: context.viewer,
    });
  }
}

@Resolver(() => PublishedFigureType)
export class PublishedFigureResolver {
  constructor(private readonly definitions: MetricDefinitions) {}

  @Query(() => PublishedFigureConnection, {
    description:
      "Figures as their owners published them, beside the hub's own. Errors: INVALID_PAGE, INVALID_CURSOR, INVALID_ID.",
  })
  publishedFigures(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('service', () => ID, { nullable: true, description: 'Only about this service.' }) service?:
      | string
      | null,
  ): Rows {
    const key = service ? keyOf('service', service, 'service') : undefined;
    return figures.publishedFigures(key, pageOf(page, figures.FIGURE_ORDER, ['publishedFigures', key]));
  }

  @FieldResolver(() => DateRange, {
    description: 'Its period; both ends null where the document names none.',
  })
  period(): Fields {
    return figures.figurePeriod();
  }

  @FieldResolver(() => ComputedFigure, {
    description: "The hub's own value for the same thing, and whether the two agree.",
  })
  computed(@Ctx() context: HubContext): Rows {
    return figures.computedFigure([...this.definitions.values()], context.viewer);
  }
}

@Resolver(() => SharedServiceType)
export class ServiceFigureResolver {
  @FieldResolver(() => PublishedFigureConnection, {
    description: 'Figures published about it. Errors: INVALID_PAGE, INVALID_CURSOR.',
  })
  publishedFigures(@Args(() => PageArgs) page: PageArgs): Rows {
    return figures.figuresOfService(pageOf(page, figures.FIGURE_ORDER, ['SharedService.publishedFigures']));
  }
}
