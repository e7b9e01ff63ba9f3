import { Field, InputType, ObjectType } from 'type-graphql';
import { UserError } from '../errors.ts';
import { DateScalar } from './scalars.ts';

@ObjectType({
  description: 'A half-open period `[from, to)`: `from` is its first day, `to` the first day after it.',
  simpleResolvers: true,
})
export class DateRange {
  @Field(() => DateScalar, { nullable: true, description: 'First day; null when it has always been.' })
  from?: string | null;

  @Field(() => DateScalar, { nullable: true, description: 'First day after it; null while it goes on.' })
  to?: string | null;
}

@InputType({
  description: 'A half-open period `[from, to)`: `from` is its first day, `to` the first day after it.',
})
export class DateRangeInput {
  @Field(() => DateScalar, { nullable: true, description: 'First day; from the beginning without it.' })
  from?: string | null;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'First day after the period; without end if it is left out.',
  })
  to?: string | null;
}

/**
 * @throws UserError INVALID_PERIOD when the period ends before it begins, or is empty.
 */
export function checkPeriod(period: DateRangeInput | null | undefined, field = 'period'): void {
  if (period?.from && period.to && period.to <= period.from) {
    throw new UserError(
      'INVALID_PERIOD',
      `The period ends on ${period.to}, before or on its first day ${period.from}: \`to\` is the first day after it.`,
      field,
    );
  }
}
