import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { DateRange } from '../graphql/date-range.ts';
import { DecimalScalar } from '../graphql/scalars.ts';
import { MetricDefinitionType, MetricKey } from './metric.type.ts';
import { MetricDimension } from './metric-dimensions.ts';
import { PublishedFigureType } from './published-figure.type.ts';

/** Whether a cell holds a value. */
export enum CellStatus {
  OK = 'OK',
  SUPPRESSED = 'SUPPRESSED',
  SUPPRESSED_SECONDARY = 'SUPPRESSED_SECONDARY',
  NOT_AVAILABLE = 'NOT_AVAILABLE',
}

registerEnumType(CellStatus, {
  name: 'CellStatus',
  description: 'Whether a cell holds a value, and why not.',
  valuesConfig: {
    OK: { description: 'The value · valeur · waarde' },
    SUPPRESSED: {
      description:
        'Held back: too few organisations stand behind it, or one or two make most of it · masqué · afgeschermd',
    },
    SUPPRESSED_SECONDARY: {
      description:
        'Held back because another value that is held back could be worked out from it · masqué en complément · aanvullend afgeschermd',
    },
    NOT_AVAILABLE: { description: 'There is no value · non disponible · niet beschikbaar' },
  },
});

/** Why a cell is as it is, where that needs a word. */
export enum CellReason {
  PUBLISHED = 'PUBLISHED',
  NOT_RELEASED_YET = 'NOT_RELEASED_YET',
  OUT_OF_SCOPE = 'OUT_OF_SCOPE',
}

registerEnumType(CellReason, {
  name: 'CellReason',
  description: 'Why a cell is as it is, where that needs a word.',
  valuesConfig: {
    PUBLISHED: {
      description: 'Its owner has published this figure itself · publié · gepubliceerd',
    },
    NOT_RELEASED_YET: {
      description:
        'The cells of its period have not been released yet · pas encore diffusé · nog niet vrijgegeven',
    },
    OUT_OF_SCOPE: {
      description:
        'It is no cell of the lattice, and you do not see all the records behind it · hors de portée · buiten bereik',
    },
  },
});

/** What the values of an answer come from. */
export enum AnswerBasis {
  RECORDS = 'RECORDS',
  RELEASED = 'RELEASED',
}

registerEnumType(AnswerBasis, {
  name: 'AnswerBasis',
  description: 'What the values of an answer come from.',
  valuesConfig: {
    RECORDS: {
      description:
        'The records that you may see one by one, and no others · données visibles · zichtbare gegevens',
    },
    RELEASED: {
      description:
        'Cells over all records, released once for each period so that no single organisation can be worked out from them; where you see all the records of a cell, its value as of now · cellules diffusées · vrijgegeven cellen',
    },
  },
});

@ObjectType({ simpleResolvers: true, description: 'What a row is about, in one dimension.' })
export class DimensionValue {
  @Field(() => MetricDimension, { description: 'The dimension.' })
  dimension!: MetricDimension;

  @Field(() => String, {
    nullable: true,
    description: 'Stable value: an id or a code; null for what has none.',
  })
  value?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The value as a person reads it, in the language of the request; a category as it was reported.',
  })
  label?: string | null;
}

@ObjectType({ simpleResolvers: true, description: 'A value and its status.' })
export class MetricCell {
  @Field(() => DecimalScalar, {
    nullable: true,
    description: "The value in the metric's unit; null unless the status is OK.",
  })
  value?: string | null;

  @Field(() => CellStatus, { description: 'Whether there is a value, and why not.' })
  status!: CellStatus;

  @Field(() => CellReason, { nullable: true, description: 'Why it is so, where that needs a word.' })
  reason?: CellReason | null;
}

@ObjectType({ simpleResolvers: true, description: 'A value beside that of the earlier period.' })
export class MetricComparison {
  @Field(() => DateRange, { description: 'The earlier period, or the step of it.' })
  period!: DateRange;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: "The earlier value in the metric's unit; null where there is none, or it is held back.",
  })
  value?: string | null;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'The value less the earlier one; null where one of them is.',
  })
  change?: string | null;

  @Field(() => DecimalScalar, {
    nullable: true,
    description:
      'The change as a share of the earlier value: 0.25 is a quarter more. Null where that value is 0.',
  })
  changeShare?: string | null;
}

@ObjectType({
  simpleResolvers: true,
  description: 'A figure that was published for the same thing as a cell.',
})
export class PublishedBeside {
  @Field(() => PublishedFigureType, { description: 'The figure.' })
  figure!: PublishedFigureType;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'The value of the cell less the published one; null where the cell has none.',
  })
  difference?: string | null;
}

@ObjectType({ simpleResolvers: true, description: 'Partners that use so many services.' })
export class CrossServiceCount {
  @Field(() => Int, { description: 'Number of services used in the period, 1 or more.' })
  services!: number;

  @Field(() => Int, {
    description: 'Number of partners that use just so many, of those whose records you see.',
  })
  partners!: number;
}

@ObjectType({
  simpleResolvers: true,
  description: 'One value of one metric, for one step and one combination of dimensions.',
})
export class UsageMetricsRow {
  @Field(() => MetricKey, { description: 'The metric.' })
  metric!: string;

  @Field(() => [DimensionValue], { description: 'What it is about, in the sequence of `groupBy`.' })
  dimensions!: DimensionValue[];

  @Field(() => DateRange, {
    description:
      'The step of the series as far as it lies in the period asked for, or that period. A STOCK metric is read on its last day, or today where that day has not come.',
  })
  period!: DateRange;

  @Field(() => Boolean, {
    description: 'Whether it is all combinations together that `top` left out; its dimensions have no value.',
  })
  isOthers!: boolean;

  @Field(() => MetricCell, { description: 'The value.' })
  cell!: MetricCell;

  @Field(() => MetricComparison, {
    nullable: true,
    description: 'The value beside that of the earlier period; null without `compareTo`.',
  })
  comparison?: MetricComparison | null;

  @Field(() => PublishedBeside, {
    nullable: true,
    description:
      'The figure that was published for the same metric, period, service, authority and category, if any.',
  })
  publishedFigure?: PublishedBeside | null;
}

@ObjectType({
  simpleResolvers: true,
  description:
    'Answer to a question about usage. Only combinations with records have a row; without `groupBy` and `granularity` each metric has exactly one. Entries that were taken back count nowhere. A series of a STOCK metric begins with its first record and ends today.',
})
export class UsageMetrics {
  @Field(() => [MetricDefinitionType], { description: 'The metrics asked for, with unit and meaning.' })
  metrics!: MetricDefinitionType[];

  @Field(() => [UsageMetricsRow], {
    description:
      'Values by metric, step and dimensions, in that order unless `orderBy` says otherwise; at most 2,000.',
  })
  rows!: UsageMetricsRow[];

  @Field(() => [UsageMetricsRow], {
    description:
      'The same without dimensions: by metric and step, over all rows, those too that `having` and `top` leave out. A ratio is that of the sums, and a partner counts once.',
  })
  totals!: UsageMetricsRow[];

  @Field(() => AnswerBasis, { description: 'What the values come from.' })
  basis!: AnswerBasis;

  @Field(() => [CrossServiceCount], {
    description:
      'How many partners use one service in the period, how many two, and so on, as far as you see their records; the metrics asked for do not matter.',
  })
  crossService!: CrossServiceCount[];
}
