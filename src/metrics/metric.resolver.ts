import { Arg, Args, FieldResolver, ID, Query, Resolver } from 'type-graphql';
import { DateRange } from '../graphql/date-range.ts';
import { localisedFields } from '../graphql/localised.ts';
import { PageArgs, pageOf } from '../graphql/pages.ts';
import { keyOf } from '../ids.ts';
import type { Fields, Rows } from '../read/index.ts';
import { SharedServiceType } from '../services/index.ts';
import { MetricDefinitionType } from './metric.type.ts';
import * as figures from './published-figure.read.ts';
import { ComputedFigure, PublishedFigureConnection, PublishedFigureType } from './published-figure.type.ts';
import { metricDefinitions } from './usage-entry.read.ts';
import type { Metrics } from './usage-metrics.resolver.ts';

export const MetricDefinitionTexts = localisedFields(() => MetricDefinitionType, {
  label: { description: 'Name of the metric.' },
  description: { description: 'What it measures, and what it does not.', optional: true },
});

export const PublishedFigureTexts = localisedFields(() => PublishedFigureType, {
  label: { description: 'What the figure counts.' },
});

@Resolver()
export class MetricDefinitionResolver {
  @Query(() => [MetricDefinitionType], { description: 'Every metric, by key.' })
  metricDefinitions(): Rows {
    return metricDefinitions();
  }
}

@Resolver(() => PublishedFigureType)
export class PublishedFigureResolver {
  constructor(private readonly metrics: Metrics) {}

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
  computed(): Rows {
    return figures.computedFigure([...this.metrics.definitions.values()]);
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
