import type { EntityManager } from '@mikro-orm/postgresql';
import { idempotently } from '../../../access/idempotency.ts';
import { allow, checkSandbox, mayRun } from '../../../access/rights.ts';
import type { Viewer } from '../../../access/viewer.ts';
import { newId } from '../../../database/keys.ts';
import type { UnitOfWork } from '../../../database/unit-of-work.ts';
import { NotFoundError, UserError } from '../../../errors.ts';
import { keyOf } from '../../../ids.ts';
import { Meter } from '../meter.entity.ts';
import { SavingsResult } from '../savings.entity.ts';
import { meterDataOf } from './analysis-data.service.ts';
import type { Factor } from './equivalences.ts';
import { type Figures, figuresOf } from './figures.ts';
import type { Months } from './months.ts';
import type { RecordSavingsInput } from './savings.inputs.ts';
import type { Sufficiency } from './savings.ts';

const MOST_METERS = 100;

/** The two periods of an analysis. */
export interface Periods {
  baseline: Months;
  reporting: Months;
}

/** What a meter says was saved between two periods. */
export interface SavingsQuestion extends Periods {
  viewer: Viewer;
  meter: string;
}

/** What a meter says was saved, with the factors that it was worked out with. */
export interface SavingsAnswer {
  figures: Figures;
  factors: readonly Factor[];
}

/** Longest analysis, in months of both periods. */
const MOST_MONTHS = 120;

/**
 * The periods of an analysis.
 * @throws UserError INVALID_PERIOD where they are no whole months, too many, or not one after the other
 */
export function periodsOf(input: {
  baseline: { from?: string | null; to?: string | null };
  reporting: { from?: string | null; to?: string | null };
}): Periods {
  const months = (name: 'baseline' | 'reporting'): Months => {
    const { from, to } = input[name];
    if (from && to && from < to && from.endsWith('-01') && to.endsWith('-01')) return { from, until: to };
    throw new UserError(
      'INVALID_PERIOD',
      'Give a period of whole months: from the first day of one to the first day of a later one.',
      name,
    );
  };
  const [baseline, reporting] = [months('baseline'), months('reporting')];
  if (baseline.until > reporting.from) {
    throw new UserError(
      'INVALID_PERIOD',
      'The reporting period begins when the baseline is over.',
      'reporting.from',
    );
  }
  const ofYear = (day: string): number => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7));
  if (ofYear(reporting.until) - ofYear(baseline.from) > MOST_MONTHS) {
    throw new UserError('INVALID_PERIOD', `Look at ${MOST_MONTHS} months at most.`, 'baseline.from');
  }
  return { baseline, reporting };
}

/** Savings by the meters: as a question, and recorded by the staff, who answer for them. */
export class SavingsService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly terms: Sufficiency,
  ) {}

  /** Answers questions of one request together; undefined for a meter that is not seen. */
  readonly answer = async (questions: readonly SavingsQuestion[]): Promise<(SavingsAnswer | undefined)[]> => {
    const answers = new Map<SavingsQuestion, SavingsAnswer>();
    for (const alike of Map.groupBy(questions, ({ baseline, reporting }) =>
      JSON.stringify([baseline, reporting]),
    ).values()) {
      const [{ viewer, ...periods }] = alike as [SavingsQuestion];
      const reader = { principal: viewer.principal, scope: viewer.reads.scope };
      const data = await this.unitOfWork.run(reader, (em) =>
        meterDataOf(
          em,
          alike.map(({ meter }) => meter),
          periods,
        ),
      );
      for (const question of alike) {
        const of = data.get(question.meter);
        if (!of) continue;
        const figures = figuresOf(of, this.terms);
        const factors = of.factors.filter(({ id }) => figures.factors.includes(id));
        answers.set(question, { figures, factors });
      }
    }
    return questions.map((question) => answers.get(question));
  };

  /** Meters of buildings, as far as their viewers see them. */
  readonly metersOf = async (
    questions: readonly { viewer: Viewer; building: string }[],
  ): Promise<{ meter: string; isShared: boolean }[][]> => {
    const viewer = questions[0]?.viewer as Viewer;
    const rows = await this.unitOfWork.run({ principal: viewer.principal, scope: viewer.reads.scope }, (em) =>
      em.execute<{ building: string; meter: string; isShared: boolean }[]>(
        `select x.building_id as building, m.id as meter, a.buildings > 1 as "isShared"
          from meter_building x join meter m on m.partner_id = x.partner_id and m.id = x.meter_id
          join counted_meter a on a.partner_id = m.partner_id and a.meter_id = m.id
          where x.building_id = any(?::uuid[]) order by m.reference, m.id`,
        [`{${questions.map(({ building }) => building).join(',')}}`],
      ),
    );
    const byBuilding = Map.groupBy(rows, ({ building }) => building);
    return questions.map(({ building }) => byBuilding.get(building) ?? []);
  };

  /** Works out what meters saved and records it, in the place of what was recorded for the same time; answers the keys. */
  async record(viewer: Viewer, input: RecordSavingsInput): Promise<string[]> {
    const periods = periodsOf(input);
    if (input.meters.length < 1 || input.meters.length > MOST_METERS) {
      throw new UserError('TOO_MANY_ENTRIES', `Name 1 to ${MOST_METERS} meters at a time.`, 'meters');
    }
    const keys = [...new Set(input.meters.map((id, index) => keyOf('meter', id, `meters.${index}`)))];
    const request = { viewer, mutation: 'recordSavings', key: input.idempotencyKey, input };
    const { ids } = await idempotently(this.unitOfWork, request, async (em) => {
      const meters = await em.find(Meter, { id: { $in: keys } });
      if (meters.length < keys.length) throw new NotFoundError('A meter', 'meters');
      for (const { service, provenance } of meters) {
        allow(mayRun(viewer, service.id), "the service's staff records what was saved");
        checkSandbox(viewer, provenance, 'meters');
      }
      const at = await lock(em, meters);
      const data = await meterDataOf(em, keys, periods);
      await supersede(em, meters, periods.reporting, at);
      const made = meters.map((meter) => {
        const found = data.get(meter.id);
        if (!found) throw new NotFoundError('A meter', 'meters');
        return em.create(SavingsResult, {
          id: newId(),
          ...columnsOf(meter, periods),
          ...figuresOf(found, this.terms),
          recordedAt: at,
        } as never);
      });
      await em.flush();
      return { ids: made.map(({ id }) => id) };
    });
    return ids;
  }
}

function columnsOf(meter: Meter, { baseline, reporting }: Periods): object {
  const { partner, service, provenance } = meter;
  return {
    partner,
    service,
    meter,
    baselineFrom: baseline.from,
    baselineUntil: baseline.until,
    reportingFrom: reporting.from,
    reportingUntil: reporting.until,
    provenance,
  };
}

/** Ends what was recorded of meters for any of these months; before the new ones, as one alone counts of a time. */
async function supersede(
  em: EntityManager,
  meters: readonly Meter[],
  reporting: Months,
  at: Date,
): Promise<void> {
  const earlier = await em.find(SavingsResult, {
    partner: { $in: [...new Set(meters.map(({ partner }) => partner.id))] },
    supersededAt: null,
    reportingFrom: { $lt: reporting.until },
    reportingUntil: { $gt: reporting.from },
  });
  const keys = new Set(meters.map(({ id }) => id));
  for (const result of earlier) if (keys.has(result.meter.id)) result.supersededAt = at;
  await em.flush();
}

/**
 * Readings and results of a meter wait for each other. Answers when that is, by the clock that readings are stored by:
 * what was stored before is older, and what waits is newer.
 */
async function lock(em: EntityManager, meters: readonly Meter[]): Promise<Date> {
  await em.execute('select from meter m where m.id = any(?::uuid[]) order by m.partner_id, m.id for update', [
    `{${meters.map(({ id }) => id).join(',')}}`,
  ]);
  // In the next statement, when the locks are held. Instants are stored to the millisecond, and rounded.
  const [now] = await em.execute<{ ms: string }[]>(
    'select ceil(extract(epoch from clock_timestamp()) * 1000)::text as ms',
  );
  return new Date(Number(now?.ms));
}
