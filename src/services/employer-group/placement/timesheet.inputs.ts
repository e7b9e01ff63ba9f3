import { Field, ID, InputType } from 'type-graphql';
import { DateRangeInput } from '../../../graphql/date-range.ts';
import { IDEMPOTENCY_KEY } from '../../../graphql/idempotency-key.ts';
import { DateScalar, DecimalScalar } from '../../../graphql/scalars.ts';
import { TimesheetState } from '../placement.entity.ts';

@InputType({ description: 'Which timesheets: every condition that is given must hold.' })
export class TimesheetFilter {
  @Field(() => ID, { nullable: true, description: 'At this member.' })
  partner?: string | null;

  @Field(() => ID, { nullable: true, description: "Of this employer group's service." })
  service?: string | null;

  @Field(() => ID, { nullable: true, description: 'Of this worker.' })
  worker?: string | null;

  @Field(() => [TimesheetState], { nullable: true, description: 'In one of these states.' })
  states?: TimesheetState[] | null;

  @Field(() => DateRangeInput, { nullable: true, description: 'Of weeks whose Monday lies in this period.' })
  weeks?: DateRangeInput | null;
}

@InputType({ description: 'Hours worked in a week under a placement.' })
export class TimesheetRowInput {
  @Field(() => ID, { description: 'The placement, which the member agreed to.' })
  placement!: string;

  @Field(() => DateScalar, { description: 'Monday of a week that has begun.' })
  week!: string;

  @Field(() => DecimalScalar, { description: 'Hours in whole quarters; 0 where none were worked.' })
  hours!: string;
}

@InputType({ description: 'Timesheets to write.' })
export class SaveTimesheetsInput {
  @Field(() => String, { description: IDEMPOTENCY_KEY })
  idempotencyKey!: string;

  @Field(() => [TimesheetRowInput], {
    description:
      '1 to 500 of them. Each is accepted or refused by itself; one of the same placement and week is written over while it is a draft.',
  })
  timesheets!: TimesheetRowInput[];
}

@InputType({ description: 'Timesheets to send to their members.' })
export class SubmitTimesheetsInput {
  @Field(() => String, { description: IDEMPOTENCY_KEY })
  idempotencyKey!: string;

  @Field(() => [ID], { description: '1 to 500 drafts: all of them are sent, or none.' })
  timesheets!: string[];
}

@InputType({ description: 'Timesheets that the member approves.' })
export class ApproveTimesheetsInput {
  @Field(() => String, { description: IDEMPOTENCY_KEY })
  idempotencyKey!: string;

  @Field(() => [ID], { description: '1 to 500 that were submitted: all of them are approved, or none.' })
  timesheets!: string[];
}

@InputType({ description: 'Timesheets that the member gives back, to be mended.' })
export class ReturnTimesheetsInput {
  @Field(() => String, { description: IDEMPOTENCY_KEY })
  idempotencyKey!: string;

  @Field(() => [ID], {
    description:
      '1 to 500 that were submitted or approved, and are not invoiced: all of them are given back, or none.',
  })
  timesheets!: string[];
}
