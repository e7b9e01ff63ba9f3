import { Field, ID, InputType } from 'type-graphql';
import { IDEMPOTENCY_KEY } from '../../../graphql/idempotency-key.ts';
import { DateScalar, DecimalScalar } from '../../../graphql/scalars.ts';
import { FactorKind } from '../factor.entity.ts';
import { EnergyCarrier, MeterUnit } from '../meter.entity.ts';

@InputType({ description: 'A factor to make, or one to end.' })
export class SaveEnergyFactorInput {
  @Field(() => String, { description: IDEMPOTENCY_KEY })
  idempotencyKey!: string;

  @Field(() => ID, { description: 'The energy service that computes with it.' })
  service!: string;

  @Field(() => FactorKind, { description: 'What it turns into what.' })
  kind!: FactorKind;

  @Field(() => EnergyCarrier, {
    nullable: true,
    description:
      'Of this carrier alone, which comes before one for all of them. A CALORIFIC one has a carrier, an OIL_EQUIVALENCE none.',
  })
  carrier?: EnergyCarrier | null;

  @Field(() => MeterUnit, { nullable: true, description: 'The meter’s unit, of a CALORIFIC one alone.' })
  unit?: MeterUnit | null;

  @Field(() => DecimalScalar, { description: 'Its value, above 0, 6 decimals at most.' })
  value!: string;

  @Field(() => String, {
    description: 'What it is measured on, such as gross calorific value; 200 characters at most.',
  })
  basis!: string;

  @Field(() => String, { description: 'Where it comes from: who, which document; 300 characters at most.' })
  source!: string;

  @Field(() => DateScalar, {
    description:
      'First day on which it holds; an earlier one of its kind that has no end, ends then. The same as that of a factor that there is: to give that one an end.',
  })
  validFrom!: string;

  @Field(() => DateScalar, { nullable: true, description: 'First day on which it no longer holds.' })
  validUntil?: string | null;
}

@InputType({ description: 'A weather station, new or changed.' })
export class SaveWeatherStationInput {
  @Field(() => String, { description: IDEMPOTENCY_KEY })
  idempotencyKey!: string;

  @Field(() => String, { description: 'What it is known by: A-Z, 0-9 and _, 40 at most.' })
  code!: string;

  @Field(() => String, { description: 'Its name, 120 characters at most.' })
  name!: string;

  @Field(() => String, { description: 'Who publishes its degree days, 300 characters at most.' })
  source!: string;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'First day of the whole calendar years whose mean is the normal year.',
  })
  normalFrom?: string | null;

  @Field(() => DateScalar, { nullable: true, description: 'First day after those years.' })
  normalUntil?: string | null;
}

@InputType({ description: 'Degree days of a day.' })
export class DegreeDayInput {
  @Field(() => DateScalar, { description: 'The day.' })
  day!: string;

  @Field(() => DecimalScalar, { description: 'From 0 to 100, 3 decimals at most.' })
  degreeDays!: string;
}

@InputType({ description: 'Degree days of a station.' })
export class SaveDegreeDaysInput {
  @Field(() => String, { description: IDEMPOTENCY_KEY })
  idempotencyKey!: string;

  @Field(() => String, { description: 'Code of the station.' })
  station!: string;

  @Field(() => DecimalScalar, {
    description:
      'Their base in °C, 10 to 30, such as `16.5`. Give the highest that there is: those of lower ones follow from it.',
  })
  base!: string;

  @Field(() => [DegreeDayInput], { description: '1 to 5,000 days.' })
  days!: DegreeDayInput[];
}
