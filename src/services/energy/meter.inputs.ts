import { Field, ID, InputType, Int } from 'type-graphql';
import { IDEMPOTENCY_KEY } from '../../graphql/idempotency-key.ts';
import { EnergyCarrier, MeterUnit } from './meter.entity.ts';

@InputType({ description: 'A meter to follow.' })
export class CreateMeterInput {
  @Field(() => String, { description: IDEMPOTENCY_KEY })
  idempotencyKey!: string;

  @Field(() => [ID], {
    description:
      '1 to 50 buildings that it serves. The first one’s partner has the contract; one of another partner is for the staff to name.',
  })
  buildings!: string[];

  @Field(() => String, {
    description:
      'What it is known by, unique among the partner’s in the service: 1 to 60 printable characters without spaces. The point of supply, whichever device counts there.',
  })
  reference!: string;

  @Field(() => EnergyCarrier, { description: 'What the energy comes as.' })
  carrier!: EnergyCarrier;

  @Field(() => MeterUnit, {
    description: 'Unit that it counts in: KWH; of gas M3 too, of heating oil LITRE, of wood KG.',
  })
  unit!: MeterUnit;

  @Field(() => Boolean, {
    defaultValue: false,
    description: 'Whether its readings are deliveries of oil or wood into a tank.',
  })
  isTank!: boolean;

  @Field(() => Int, {
    nullable: true,
    description:
      'Digits before the decimal point of its index, 3 to 12, after which it begins again at zero.',
  })
  indexDigits?: number | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Code of the weather station whose degree days explain its consumption; see `weatherStations`.',
  })
  station?: string | null;
}

@InputType({ description: 'Changes of a meter; what is left out stays as it is.' })
export class UpdateMeterInput {
  @Field(() => String, { description: IDEMPOTENCY_KEY })
  idempotencyKey!: string;

  @Field(() => ID, { description: 'The meter.' })
  id!: string;

  @Field(() => String, { nullable: true, description: 'What it is known by.' })
  reference?: string | null;

  @Field(() => EnergyCarrier, {
    nullable: true,
    description: 'What the energy comes as; fixed once it has readings.',
  })
  carrier?: EnergyCarrier | null;

  @Field(() => MeterUnit, {
    nullable: true,
    description: 'Unit that it counts in; fixed once it has readings.',
  })
  unit?: MeterUnit | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether its readings are deliveries into a tank; fixed once it has readings.',
  })
  isTank?: boolean | null;

  @Field(() => Int, { nullable: true, description: 'Digits of its index; null where that is not known.' })
  indexDigits?: number | null;

  @Field(() => String, { nullable: true, description: 'Code of its weather station; null for none.' })
  station?: string | null;
}

@InputType({ description: 'Which buildings a meter serves.' })
export class ConnectMeterInput {
  @Field(() => String, { description: IDEMPOTENCY_KEY })
  idempotencyKey!: string;

  @Field(() => ID, { description: 'The meter.' })
  meter!: string;

  @Field(() => [ID], {
    description:
      'All buildings that it serves, 1 to 50; those that are left out are no longer. One of another partner is for the staff to name and to leave out: when the partner says it, it stays.',
  })
  buildings!: string[];
}
