import { Arg, Args, Authorized, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Needed } from '../../../access/rights.ts';
import { Role, TokenScope } from '../../../access/roles.ts';
import { Computed, loader } from '../../../graphql/computed.ts';
import type { HubContext } from '../../../graphql/context.ts';
import { DateRange, DateRangeInput } from '../../../graphql/date-range.ts';
import { withUserErrors } from '../../../graphql/errors.ts';
import { PageArgs, pageOf } from '../../../graphql/pages.ts';
import { keyOf } from '../../../ids.ts';
import { type Expression, type Fields, period, type Rows } from '../../../read/index.ts';
import { meterById } from '../building.read.ts';
import { BuildingType } from '../building.type.ts';
import { MeterType } from '../meter.type.ts';
import type { SavingsResult } from '../savings.entity.ts';
import { RecordSavingsInput, SavingsFilter } from './savings.inputs.ts';
import * as read from './savings.read.ts';
import { periodsOf, type SavingsAnswer, type SavingsService } from './savings.service.ts';
import {
  MeterSavings,
  RecordSavingsPayload,
  SavingsFigures,
  SavingsResultConnection,
  SavingsResultType,
} from './savings.type.ts';

const BASELINE = {
  description: 'Whole months before the change; 12 at least for there to be a number.',
};
const REPORTING = { description: 'Whole months after it.' };
const ERRORS = 'Errors: INVALID_PERIOD.';

@Resolver(() => MeterType)
export class SavingsResolver {
  constructor(private readonly service: SavingsService) {}

  @FieldResolver(() => SavingsFigures, {
    nullable: true,
    description: `What it says was saved between two periods, worked out anew. ${ERRORS}`,
  })
  @Computed('id')
  savings(
    @Root() { id }: { id: string },
    @Arg('baseline', () => DateRangeInput, BASELINE) baseline: DateRangeInput,
    @Arg('reporting', () => DateRangeInput, REPORTING) reporting: DateRangeInput,
    @Ctx() context: HubContext,
  ): Promise<SavingsFigures | null> {
    return figures(this.service, id, { baseline, reporting }, context);
  }

  @FieldResolver(() => SavingsResultConnection, {
    description: 'What was recorded as saved, the latest first. Errors: INVALID_PAGE, INVALID_CURSOR.',
  })
  savingsResults(@Args(() => PageArgs) page: PageArgs): Rows {
    return read.resultsOfMeter(pageOf(page, read.RESULT_ORDER, ['Meter.savingsResults']));
  }

  @Authorized<Needed>(TokenScope.ENERGY, Role.SERVICE_STAFF)
  @Mutation(() => RecordSavingsPayload, {
    description:
      'Works out what meters saved and records it, also that there is no number, in the place of what was recorded for the same time. User errors: INVALID_PERIOD, TOO_MANY_ENTRIES, NOT_FOUND, INVALID_ID, SAVINGS_RECORDED_MEANWHILE…',
  })
  recordSavings(
    @Arg('input', () => RecordSavingsInput, { description: 'Which meters, and when.' })
    input: RecordSavingsInput,
    @Ctx() context: HubContext,
  ): Promise<RecordSavingsPayload> {
    return withUserErrors(async () => ({
      results: read.resultsById(await this.service.record(context.viewer, input)),
    })).then((payload) => ({ results: [], ...payload })) as Promise<RecordSavingsPayload>;
  }
}

/** The figures of a meter, looked up with those of the request's other meters. */
async function figures(
  service: SavingsService,
  meter: string,
  input: { baseline: DateRangeInput; reporting: DateRangeInput },
  context: HubContext,
): Promise<SavingsFigures | null> {
  const question = { viewer: context.viewer, meter, ...periodsOf(input) };
  const found = await loader(context, service.answer).load(question);
  return found ? told(found) : null;
}

/** Factors come with the figures: a statement for those of each meter would be many. */
function told({ figures: found, factors }: SavingsAnswer): SavingsFigures {
  return { ...found, factors } as unknown as SavingsFigures;
}

@Resolver(() => BuildingType)
export class BuildingSavingsResolver {
  constructor(private readonly service: SavingsService) {}

  @FieldResolver(() => [MeterSavings], {
    description: `What each of its meters says was saved between two periods, as far as you see them. ${ERRORS}`,
  })
  @Computed('id')
  async savings(
    @Root() { id }: { id: string },
    @Arg('baseline', () => DateRangeInput, BASELINE) baseline: DateRangeInput,
    @Arg('reporting', () => DateRangeInput, REPORTING) reporting: DateRangeInput,
    @Ctx() context: HubContext,
  ): Promise<MeterSavings[]> {
    const periods = periodsOf({ baseline, reporting });
    const meters = await loader(context, this.service.metersOf).load({
      viewer: context.viewer,
      building: id,
    });
    const answers = await Promise.all(
      meters.map(({ meter }) =>
        loader(context, this.service.answer).load({ viewer: context.viewer, meter, ...periods }),
      ),
    );
    return meters.flatMap(({ meter, isShared }, at) => {
      const found = answers[at];
      return found ? [{ meter: meterById(meter), isShared, figures: told(found) }] : [];
    });
  }
}

@Resolver(() => SavingsResultType)
export class SavingsResultResolver {
  @FieldResolver(() => DateRange, { description: 'Months before the change.' })
  baseline(): Fields {
    return period<SavingsResult>(
      (row) => row.baselineFrom,
      (row) => row.baselineUntil,
    );
  }

  @FieldResolver(() => DateRange, { description: 'Months after it.' })
  reporting(): Fields {
    return period<SavingsResult>(
      (row) => row.reportingFrom,
      (row) => row.reportingUntil,
    );
  }

  @FieldResolver(() => SavingsFigures, { description: 'The numbers, as they were when it was recorded.' })
  figures(): Fields {
    return read.figuresOfResult();
  }

  @FieldResolver(() => Boolean, {
    description: 'Whether readings of its periods were stored or replaced since: record it anew.',
  })
  isOutdated(): Expression {
    return read.resultIsOutdated();
  }

  @Query(() => SavingsResultConnection, {
    description:
      'Recorded savings that you may see, the latest first. Errors: INVALID_PAGE, INVALID_CURSOR, INVALID_ID; NOT_FOUND where the filter names what is not there.',
  })
  savingsResults(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => SavingsFilter, {
      nullable: true,
      description: 'Which results; all of them without it.',
    })
    filter?: SavingsFilter | null,
  ): Rows {
    const { partner, service, isCurrent } = filter ?? {};
    return read.savingsResults(
      {
        isCurrent,
        ...(partner ? { partner: keyOf('partner', partner, 'filter.partner') } : {}),
        ...(service ? { service: keyOf('service', service, 'filter.service') } : {}),
      },
      pageOf(page, read.RESULT_ORDER, ['savingsResults', filter]),
    );
  }
}
