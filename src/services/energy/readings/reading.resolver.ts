import { Arg, Args, Authorized, Ctx, FieldResolver, Mutation, Resolver } from 'type-graphql';
import type { Needed } from '../../../access/rights.ts';
import { Role, TokenScope } from '../../../access/roles.ts';
import { UserError } from '../../../errors.ts';
import type { HubContext } from '../../../graphql/context.ts';
import { checkPeriod, DateRangeInput } from '../../../graphql/date-range.ts';
import { withUserErrors } from '../../../graphql/errors.ts';
import { PageArgs, pageOf } from '../../../graphql/pages.ts';
import type { Rows } from '../../../read/index.ts';
import { BuildingType } from '../building.type.ts';
import { MeterType } from '../meter.type.ts';
import { consumptionOfBuilding, consumptionOfMeter } from './consumption.read.ts';
import { type ConsumptionQuestion, Granularity, MOST_STEPS } from './consumption.ts';
import { ImportMeterReadingsInput } from './reading.inputs.ts';
import * as read from './reading.read.ts';
import type { ReadingService } from './reading.service.ts';
import {
  CarrierConsumptionType,
  ConsumptionType,
  ImportMeterReadingsPayload,
  MeterReadingConnection,
  ReplacedReadingConnection,
} from './reading.type.ts';

const DAY = 86_400_000;
/** Least days of a step. */
const DAYS: Readonly<Record<Granularity, number>> = { HOUR: 1 / 24, DAY: 1, MONTH: 28, YEAR: 365 };

/**
 * A question about consumption and the most steps that it has.
 * @throws UserError INVALID_PERIOD, PERIOD_MISSING, TOO_MANY_CELLS
 */
function questionOf(
  period: DateRangeInput,
  granularity: Granularity,
  normalised: boolean,
): { question: ConsumptionQuestion; steps: number } {
  checkPeriod(period, 'period');
  const { from, to } = period;
  if (!from || !to) {
    throw new UserError(
      'PERIOD_MISSING',
      'Give the period with both of its ends.',
      `period.${from ? 'to' : 'from'}`,
    );
  }
  const isCut = granularity === Granularity.MONTH || granularity === Granularity.YEAR;
  const edge = granularity === Granularity.YEAR ? /-01-01$/ : /-01$/;
  if (isCut && !(edge.test(from) && edge.test(to))) {
    throw new UserError(
      'INVALID_PERIOD',
      `By ${granularity} the period begins and ends on the first day of one.`,
      'period',
    );
  }
  const steps = Math.ceil((Date.parse(to) - Date.parse(from)) / DAY / DAYS[granularity]) + 1;
  if (steps > MOST_STEPS) {
    throw new UserError(
      'TOO_MANY_CELLS',
      `This asks for more than ${MOST_STEPS} steps: ask for a coarser granularity or a shorter period.`,
      'granularity',
    );
  }
  return { question: { from, to, granularity, normalised }, steps };
}

const PERIOD = {
  description: 'The period, with both of its ends; whole months or years for steps of these.',
};
const STEPS = { description: 'How long the steps are.' };
const ERRORS = 'Errors: INVALID_PERIOD, PERIOD_MISSING, TOO_MANY_CELLS (more than 2,400 steps).';

@Resolver(() => MeterType)
export class MeterReadingResolver {
  constructor(private readonly service: ReadingService) {}

  @FieldResolver(() => MeterReadingConnection, {
    description:
      'Its readings as they were sent, the earliest first. Errors: INVALID_PERIOD, INVALID_PAGE, INVALID_CURSOR.',
  })
  readings(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('period', () => DateRangeInput, {
      nullable: true,
      description: 'Those that begin in this period; all of them without it.',
    })
    period?: DateRangeInput | null,
  ): Rows {
    checkPeriod(period, 'period');
    return read.readingsOfMeter(period ?? {}, pageOf(page, read.READING_ORDER, ['Meter.readings', period]));
  }

  @FieldResolver(() => ReplacedReadingConnection, {
    description:
      'What corrections took the place of, the latest first. Errors: INVALID_PAGE, INVALID_CURSOR.',
  })
  replacedReadings(@Args(() => PageArgs) page: PageArgs): Rows {
    return read.replacedReadingsOfMeter(pageOf(page, read.REPLACED_ORDER, ['Meter.replacedReadings']));
  }

  @FieldResolver(() => [ConsumptionType], {
    description: `What it counted, step by step: by hour, day, month and year the same in sum, also when the clock changes. ${ERRORS}`,
  })
  consumption(
    @Arg('period', () => DateRangeInput, PERIOD) period: DateRangeInput,
    @Arg('granularity', () => Granularity, STEPS) granularity: Granularity,
    @Arg('normalised', () => Boolean, {
      defaultValue: false,
      description: 'Whether `normalisedKwh` is worked out.',
    })
    normalised: boolean,
  ): Rows {
    const { question, steps } = questionOf(period, granularity, normalised);
    return consumptionOfMeter(question, steps);
  }

  @Authorized<Needed>(TokenScope.ENERGY, Role.PARTNER_EDITOR, Role.SERVICE_STAFF)
  @Mutation(() => ImportMeterReadingsPayload, {
    description:
      'Stores readings: each is accepted or refused by itself, and a repeat is never counted twice. Codes of the request: TOO_MANY_ENTRIES (more than 5,000, or none), INVALID_IDEMPOTENCY_KEY, IDEMPOTENCY_KEY_REUSED. Codes of a reading: NOT_FOUND, INVALID_ID, FORBIDDEN, SANDBOX_ONLY_SYNTHETIC, PARTNER_CLOSED, INVALID_INTERVAL, INVALID_AMOUNT, QUANTITY_NEGATIVE, READING_OVERLAPS.',
  })
  importMeterReadings(
    @Arg('input', () => ImportMeterReadingsInput, { description: 'The readings.' })
    input: ImportMeterReadingsInput,
    @Ctx() context: HubContext,
  ): Promise<ImportMeterReadingsPayload> {
    return withUserErrors(async () => {
      const { results, warnings } = await this.service.import(context.viewer, input);
      const rejectedCount = results.filter(({ status }) => status === 'REJECTED').length;
      const acceptedCount = results.filter(
        ({ status }) => status === 'ACCEPTED' || status === 'REPLACED',
      ).length;
      return { results, warnings, acceptedCount, rejectedCount };
    }).then((payload) => ({
      results: [],
      warnings: [],
      acceptedCount: 0,
      rejectedCount: 0,
      ...payload,
    })) as Promise<ImportMeterReadingsPayload>;
  }
}

@Resolver(() => BuildingType)
export class BuildingConsumptionResolver {
  @FieldResolver(() => [CarrierConsumptionType], {
    description: `What it used, by carrier and step, as far as you see its meters. ${ERRORS}`,
  })
  consumption(
    @Arg('period', () => DateRangeInput, PERIOD) period: DateRangeInput,
    @Arg('granularity', () => Granularity, STEPS) granularity: Granularity,
  ): Rows {
    const { question, steps } = questionOf(period, granularity, false);
    return consumptionOfBuilding(question, steps);
  }
}
