import type { EntityManager } from '@mikro-orm/postgresql';
import { idempotently } from '../../../access/idempotency.ts';
import { checkSandbox, mayEdit, mayRun } from '../../../access/rights.ts';
import type { Viewer } from '../../../access/viewer.ts';
import type { Clock } from '../../../clock.ts';
import type { UnitOfWork } from '../../../database/unit-of-work.ts';
import { NotFoundError, UserError } from '../../../errors.ts';
import { globalId, keyOf } from '../../../ids.ts';
import { mustBeOpen } from '../../../partners/index.ts';
import type { Partner } from '../../../partners/partner.entity.ts';
import { Meter, ReadingQuality } from '../meter.entity.ts';
import { type FindingKind, ReadingChecks } from './checks.ts';
import type { ImportMeterReadingsInput, MeterReadingInput } from './reading.inputs.ts';
import { intervalError, quantityError } from './reading-rules.ts';
import { type NewReading, type Stored, storeReadings } from './store-readings.service.ts';

const MOST_READINGS = 5000;
/** Findings that are told one by one. */
const MOST_FINDINGS = 100;

/** What became of one reading. */
export interface ReadingOutcome {
  status: 'ACCEPTED' | 'DUPLICATE' | 'REPLACED' | 'REJECTED';
  error?: { code: string; message: string; field?: string };
}

/** Something odd in the readings of a meter. */
export interface ReadingWarning {
  kind: FindingKind;
  meter: string;
  from: string;
  until: string;
}

/** What became of a request. */
export interface ImportOutcome {
  results: ReadingOutcome[];
  warnings: ReadingWarning[];
}

/** Readings of meters: each is accepted or refused by itself, and nothing is counted twice. */
export class ReadingService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * Stores the readings of a request and says what became of each, in their sequence.
   * @throws UserError for what concerns the request as a whole
   */
  async import(viewer: Viewer, input: ImportMeterReadingsInput): Promise<ImportOutcome> {
    const { readings, idempotencyKey } = input;
    if (readings.length < 1 || readings.length > MOST_READINGS) {
      throw new UserError(
        'TOO_MANY_ENTRIES',
        `Send 1 to ${MOST_READINGS} readings at a time; this request has ${readings.length}.`,
        'readings',
      );
    }
    const request = { viewer, mutation: 'importMeterReadings', key: idempotencyKey, input };
    return idempotently(this.unitOfWork, request, async (em) => {
      const meters = await metersOf(em, readings);
      const judged = readings.map((reading, index) => this.judge(viewer, reading, meters, index));
      const sound = judged.filter((one): one is NewReading => 'startsAt' in one);
      const stored = sound.length > 0 ? await storeReadings(em, sound) : [];
      let next = 0;
      const results = judged.map((one, index): ReadingOutcome => {
        if (!('startsAt' in one)) return one;
        const outcome = stored[next] as Stored;
        next += 1;
        return outcome === 'OVERLAPS' ? overlap(index) : { status: outcome };
      });
      return { results, warnings: warningsOf(sound, stored) };
    });
  }

  private judge(
    viewer: Viewer,
    input: MeterReadingInput,
    meters: ReadonlyMap<string, Meter>,
    index: number,
  ): NewReading | ReadingOutcome {
    try {
      const meter = meters.get(keyOf('meter', input.meter, 'meter'));
      if (!meter) throw new NotFoundError('The meter', 'meter');
      if (!mayEdit(viewer, meter.partner.id) && !mayRun(viewer, meter.service.id)) {
        throw new UserError(
          'FORBIDDEN',
          "Your roles do not allow this: the meter's partner or the service's staff sends its readings.",
          'meter',
        );
      }
      checkSandbox(viewer, meter.provenance, 'meter');
      mustBeOpen(meter.partner as unknown as Partner, 'meter');
      const startsAt = Date.parse(input.from);
      const endsAt = Date.parse(input.until);
      const error = intervalError(startsAt, endsAt, this.clock()) ?? quantityError(input.quantity);
      if (error) throw error;
      return {
        partner: meter.partner.id,
        meter: meter.id,
        startsAt,
        endsAt,
        quantity: input.quantity,
        quality: input.quality ?? ReadingQuality.MEASURED,
      };
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      const field = `readings.${index}${error.field ? `.${error.field}` : ''}`;
      return { status: 'REJECTED', error: { code: error.code, message: error.message, field } };
    }
  }
}

function overlap(index: number): ReadingOutcome {
  return {
    status: 'REJECTED',
    error: {
      code: 'READING_OVERLAPS',
      message:
        'The meter has a reading in this interval already: send it as CORRECTED, over the whole of the readings that it takes the place of.',
      field: `readings.${index}`,
    },
  };
}

async function metersOf(
  em: EntityManager,
  readings: readonly MeterReadingInput[],
): Promise<ReadonlyMap<string, Meter>> {
  const keys = new Set<string>();
  for (const { meter } of readings) {
    try {
      keys.add(keyOf('meter', meter));
    } catch {
      // Said of the reading itself.
    }
  }
  const found = await em.find(Meter, { id: { $in: [...keys] } }, { populate: ['partner'] });
  return new Map(found.map((meter) => [meter.id, meter]));
}

/** What is odd about the readings that were stored, looked at in their sequence in time. */
function warningsOf(readings: readonly NewReading[], stored: readonly Stored[]): ReadingWarning[] {
  const checks = new ReadingChecks();
  const seen = readings.filter((_, at) => stored[at] !== 'OVERLAPS');
  return [...seen]
    .sort((a, b) => a.startsAt - b.startsAt)
    .flatMap((reading) => checks.see(reading))
    .slice(0, MOST_FINDINGS)
    .map(({ kind, meter, from, until }) => ({
      kind,
      meter: globalId('meter', meter),
      from: new Date(from).toISOString(),
      until: new Date(until).toISOString(),
    }));
}
