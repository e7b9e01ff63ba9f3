import { Field, ID, InputType, ObjectType, registerEnumType } from 'type-graphql';
import { DateRange } from '../graphql/date-range.ts';
import { DecimalScalar } from '../graphql/scalars.ts';
import { PartnerFilter } from '../partners/index.ts';
import { ServiceKind } from '../services/service.entity.ts';
import { MetricDefinitionType, MetricKey } from './metric.type.ts';
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

/** Whether a cell holds a value. */
export enum CellStatus {
  OK = 'OK',
  SUPPRESSED = 'SUPPRESSED',
  NOT_AVAILABLE = 'NOT_AVAILABLE',
}

registerEnumType(CellStatus, {
  name: 'CellStatus',
  description: 'Whether a cell holds a value, and why not.',
  valuesConfig: {
    OK: { description: 'The value · valeur · waarde' },
    SUPPRESSED: {
      description: 'Held back: too few organisations stand behind it · masqué · afgeschermd',
    },
    NOT_AVAILABLE: { description: 'There is no value · non disponible · niet beschikbaar' },
  },
});

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

  @Field(() => MetricCell, { description: 'The value.' })
  cell!: MetricCell;
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
    description: 'Values by metric, step and dimensions, in that order; at most 2,000.',
  })
  rows!: UsageMetricsRow[];
}
