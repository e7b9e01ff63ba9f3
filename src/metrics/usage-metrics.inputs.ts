import { ArgsType, Field, ID, InputType, Int, registerEnumType } from 'type-graphql';
import { DateRangeInput } from '../graphql/date-range.ts';
import { DecimalScalar } from '../graphql/scalars.ts';
import { PartnerFilter } from '../partners/index.ts';
import { ServiceKind } from '../services/service.entity.ts';
import { MetricKey } from './metric.type.ts';
import { MetricDimension } from './metric-dimensions.ts';

/** Length of the steps of a series. */
export enum Granularity {
  DAY = 'DAY',
  MONTH = 'MONTH',
  QUARTER = 'QUARTER',
  YEAR = 'YEAR',
}

registerEnumType(Granularity, {
  name: 'Granularity',
  description: 'Length of the steps of a series, by the calendar of Europe/Brussels.',
  valuesConfig: {
    DAY: { description: 'Day · jour · dag' },
    MONTH: { description: 'Month · mois · maand' },
    QUARTER: { description: 'Quarter · trimestre · kwartaal' },
    YEAR: { description: 'Year · année · jaar' },
  },
});

/** What a value is compared with. */
export enum ComparedPeriod {
  PREVIOUS_PERIOD = 'PREVIOUS_PERIOD',
  SAME_PERIOD_LAST_YEAR = 'SAME_PERIOD_LAST_YEAR',
}

registerEnumType(ComparedPeriod, {
  name: 'ComparedPeriod',
  description: 'The earlier period that values are compared with.',
  valuesConfig: {
    PREVIOUS_PERIOD: {
      description:
        'As many whole months just before, or as many days where the period has no whole months · période précédente · vorige periode',
    },
    SAME_PERIOD_LAST_YEAR: {
      description:
        'The same days of the year before · même période, un an avant · zelfde periode, een jaar eerder',
    },
  },
});

/** In which sequence rows come. */
export enum UsageMetricsOrder {
  KEYS = 'KEYS',
  VALUE_DESC = 'VALUE_DESC',
  VALUE_ASC = 'VALUE_ASC',
  CHANGE_DESC = 'CHANGE_DESC',
  CHANGE_ASC = 'CHANGE_ASC',
}

registerEnumType(UsageMetricsOrder, {
  name: 'UsageMetricsOrder',
  description: 'In which sequence the rows of each metric come.',
  valuesConfig: {
    KEYS: { description: 'By step, then by the values of the dimensions · par étape · per stap' },
    VALUE_DESC: { description: 'The largest value first · valeur décroissante · aflopende waarde' },
    VALUE_ASC: { description: 'The smallest value first · valeur croissante · oplopende waarde' },
    CHANGE_DESC: {
      description: 'What has risen most first; needs `compareTo` · hausse d’abord · grootste stijging eerst',
    },
    CHANGE_ASC: {
      description: 'What has fallen most first; needs `compareTo` · baisse d’abord · grootste daling eerst',
    },
  },
});

@InputType({
  description:
    'Only rows whose value of a metric lies in a range: of the rows of one step and the same dimensions, all metrics are kept or none.',
})
export class UsageMetricsHaving {
  @Field(() => MetricKey, { description: 'The metric, one of those asked for.' })
  metric!: string;

  @Field(() => DecimalScalar, { nullable: true, description: 'Its least value.' })
  atLeast?: string | null;

  @Field(() => DecimalScalar, { nullable: true, description: 'Its largest value.' })
  atMost?: string | null;
}

@InputType({ description: 'Which usage: every condition that is given must hold.' })
export class UsageMetricsFilter {
  @Field(() => [ID], { nullable: true, description: 'Of one of these services.' })
  services?: string[] | null;

  @Field(() => [ServiceKind], { nullable: true, description: 'Of a service of one of these kinds.' })
  serviceKinds?: ServiceKind[] | null;

  @Field(() => PartnerFilter, { nullable: true, description: 'Of these partners, as they are today.' })
  partners?: PartnerFilter | null;

  @Field(() => [String], { nullable: true, description: 'In one of these categories.' })
  categories?: string[] | null;
}

/** A question about usage, as clients ask it. */
@ArgsType()
export class UsageMetricsArgs {
  @Field(() => [MetricKey], { description: 'The metrics, 1 to 6.' })
  metrics!: string[];

  @Field(() => DateRangeInput, {
    nullable: true,
    description: 'The period; without it all that is recorded, and a STOCK metric as of today.',
  })
  period?: DateRangeInput | null;

  @Field(() => [MetricDimension], {
    nullable: true,
    description: 'Dimensions to break down by, at most 3, in this sequence.',
  })
  groupBy?: MetricDimension[] | null;

  @Field(() => Granularity, {
    nullable: true,
    description: 'Length of the steps; one value for the whole period without it.',
  })
  granularity?: Granularity | null;

  @Field(() => UsageMetricsFilter, { nullable: true, description: 'Which usage; all of it without it.' })
  filter?: UsageMetricsFilter | null;

  @Field(() => UsageMetricsHaving, { nullable: true, description: 'Only rows whose value lies in a range.' })
  having?: UsageMetricsHaving | null;

  @Field(() => UsageMetricsOrder, {
    defaultValue: UsageMetricsOrder.KEYS,
    description: 'In which sequence the rows of each metric come.',
  })
  orderBy!: UsageMetricsOrder;

  @Field(() => Int, {
    nullable: true,
    description:
      'Only this many combinations of the dimensions, 1 to 100: those with the largest value of the first metric over the whole period. All others make one more row.',
  })
  top?: number | null;

  @Field(() => Boolean, {
    defaultValue: false,
    description:
      'Whether each combination has a row in every step up to today, also where nothing was recorded: 0 for an amount, and no value for a level or a ratio. In a RELEASED answer no gap is filled: none and too few are told alike.',
  })
  fillGaps!: boolean;

  @Field(() => ComparedPeriod, {
    nullable: true,
    description: 'Earlier period to compare with; needs a period with both ends.',
  })
  compareTo?: ComparedPeriod | null;
}
