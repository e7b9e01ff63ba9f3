import type { EntityManager } from '@mikro-orm/postgresql';
import { idempotently } from '../../../access/idempotency.ts';
import { allow, checkSandbox, mayRun, provenanceFor } from '../../../access/rights.ts';
import type { Viewer } from '../../../access/viewer.ts';
import { noteChange } from '../../../database/changes.ts';
import { newId } from '../../../database/keys.ts';
import type { UnitOfWork } from '../../../database/unit-of-work.ts';
import { NotFoundError, UserError } from '../../../errors.ts';
import { keyOf } from '../../../ids.ts';
import { exact, plainText } from '../../checks.ts';
import { ServiceKind, SharedService } from '../../service.entity.ts';
import { WeatherStation } from '../climate.entity.ts';
import { EnergyFactor, FactorKind } from '../factor.entity.ts';
import type { SaveDegreeDaysInput, SaveEnergyFactorInput, SaveWeatherStationInput } from './factor.inputs.ts';

const MOST_DAYS = 5000;
/** Of a normal year: each question about one adds up all of its days. */
const MOST_YEARS = 50;

/** Rules and transactions of what energy is computed with: factors and the weather. */
export class FactorService {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Makes a factor, or gives one its end, and answers its key. */
  async saveFactor(viewer: Viewer, input: SaveEnergyFactorInput): Promise<string> {
    const serviceKey = keyOf('service', input.service, 'service');
    const columns = columnsOf(input);
    const request = { viewer, mutation: 'saveEnergyFactor', key: input.idempotencyKey, input };
    const { id } = await idempotently(this.unitOfWork, request, async (em) => {
      const service = await em.findOne(SharedService, { id: serviceKey });
      if (!service) throw new NotFoundError('The service', 'service');
      if (service.kind !== ServiceKind.ENERGY)
        throw new UserError('NOT_ENERGY', 'Name a service of the kind ENERGY.', 'service');
      allow(mayRun(viewer, service.id), "the service's staff keeps its factors");
      checkSandbox(viewer, service.provenance, 'service');
      const { kind, carrier, unit, validFrom, validUntil } = columns;
      const alike = await em.find(EnergyFactor, { service, kind, carrier, unit });
      const same = alike.find((factor) => factor.validFrom === validFrom);
      if (same) {
        if (
          Number(same.value) !== Number(columns.value) ||
          same.basis !== columns.basis ||
          same.source !== columns.source
        ) {
          throw new UserError(
            'FACTOR_FIXED',
            'A factor from that day on is there, and changes in nothing but its end: give the new one from another day on.',
            'validFrom',
          );
        }
        same.validUntil = validUntil;
        await em.flush();
        return { id: same.id };
      }
      for (const factor of alike)
        if (!factor.validUntil && factor.validFrom < validFrom) factor.validUntil = validFrom;
      await em.flush();
      const factor = em.create(EnergyFactor, {
        id: newId(),
        service,
        ...columns,
        provenance: service.provenance,
      } as never);
      await em.flush();
      return { id: factor.id };
    });
    return id;
  }

  /** Makes a station, or changes the one of that code, and answers its key. */
  async saveStation(viewer: Viewer, input: SaveWeatherStationInput): Promise<string> {
    const { normalFrom = null, normalUntil = null } = input;
    if (!/^[A-Z0-9_]{1,40}$/.test(input.code))
      throw new UserError('INVALID_CODE', 'A code has A-Z, 0-9 and _, 40 at most.', 'code');
    const years = Number(normalUntil?.slice(0, 4)) - Number(normalFrom?.slice(0, 4));
    const isWhole = normalFrom ? years > 0 && years <= MOST_YEARS : !normalUntil;
    if (!isWhole || [normalFrom, normalUntil].some((day) => day && !day.endsWith('-01-01'))) {
      throw new UserError(
        'INVALID_PERIOD',
        `The years of the normal year go from one 1 January to another, ${MOST_YEARS} at most; or give neither.`,
        'normalFrom',
      );
    }
    const columns = {
      code: input.code,
      name: plainText(input.name, { field: 'name', longest: 120, required: true }) as string,
      source: plainText(input.source, { field: 'source', longest: 300, required: true }) as string,
      normalFrom,
      normalUntil,
    };
    const request = { viewer, mutation: 'saveWeatherStation', key: input.idempotencyKey, input };
    const { id } = await idempotently(this.unitOfWork, request, async (em) => {
      let station = await em.findOne(WeatherStation, { code: input.code });
      if (station) Object.assign(station, columns);
      else
        station = em.create(WeatherStation, {
          id: newId(),
          ...columns,
          provenance: provenanceFor(viewer, null),
        } as never);
      await em.flush();
      return { id: station.id };
    });
    return id;
  }

  /** Stores degree days in the place of those of the same days, and answers the station's key. */
  async saveDegreeDays(viewer: Viewer, input: SaveDegreeDaysInput): Promise<string> {
    const { days, base } = input;
    if (days.length < 1 || days.length > MOST_DAYS)
      throw new UserError('TOO_MANY_ENTRIES', `Give 1 to ${MOST_DAYS} days at a time.`, 'days');
    const known = new Set<string>();
    const twice = days.findIndex(({ day }) => known.has(day) || !known.add(day));
    if (twice >= 0) throw new UserError('DATE_TWICE', 'A day is given twice.', `days.${twice}.day`);
    if (!/^\d{2}(\.\d)?$/.test(base) || Number(base) < 10 || Number(base) > 30)
      throw new UserError('INVALID_AMOUNT', 'A base is 10 to 30 °C, with one decimal.', 'base');
    const rows = days.map(({ day, degreeDays }, index) => {
      const field = `days.${index}.degreeDays`;
      const value = exact(degreeDays, { field, decimals: 3 });
      if (Number(value) > 100)
        throw new UserError('INVALID_AMOUNT', 'A day has at most 100 degree days.', field);
      return { day, value };
    });
    const request = { viewer, mutation: 'saveDegreeDays', key: input.idempotencyKey, input };
    const { id } = await idempotently(this.unitOfWork, request, async (em) => {
      const station = await em.findOne(WeatherStation, { code: input.station });
      if (!station) throw new NotFoundError('The station', 'station');
      await storeDegreeDays(em, { id: station.id, base }, rows);
      return { id: station.id };
    });
    return id;
  }
}

/** Stores degree days of a station, each in the place of what there is. */
export async function storeDegreeDays(
  em: EntityManager,
  { id, base }: { id: string; base: string },
  rows: readonly { day: string; value: string }[],
): Promise<void> {
  await em.execute(
    `insert into degree_day (station_id, day, base, degree_days)
      select ?::uuid, u.day, ?::numeric, u.value from unnest(?::date[], ?::numeric[]) as u(day, value)
      on conflict (station_id, day, base) do update set degree_days = excluded.degree_days`,
    [id, base, `{${rows.map(({ day }) => day).join(',')}}`, `{${rows.map(({ value }) => value).join(',')}}`],
    'run',
  );
  const days = rows.map(({ day }) => day).sort();
  noteChange(em, {
    entity: 'DegreeDay',
    table: 'degree_day',
    record: id,
    action: 'CREATED',
    after: { base, count: rows.length, first_day: days[0], last_day: days.at(-1) },
  });
}

function factorValueOf(value: string): string {
  const found = exact(value, { field: 'value', decimals: 6, least: 1n });
  if (Number(found) >= 100_000_000)
    throw new UserError('INVALID_AMOUNT', 'A factor has at most 8 digits before the point.', 'value');
  return found;
}

function columnsOf(input: SaveEnergyFactorInput) {
  const { kind, carrier = null, unit = null, validFrom, validUntil = null } = input;
  const fits =
    (kind === FactorKind.CALORIFIC) === (unit !== null) &&
    (kind !== FactorKind.CALORIFIC || carrier !== null) &&
    (kind !== FactorKind.OIL_EQUIVALENCE || carrier === null);
  if (!fits) {
    throw new UserError(
      'FACTOR_INCOMPLETE',
      'A CALORIFIC factor has a carrier and a unit, an OIL_EQUIVALENCE neither, the others no unit.',
      unit === null ? 'unit' : 'carrier',
    );
  }
  if (validUntil && validUntil <= validFrom)
    throw new UserError('INVALID_PERIOD', 'Give the first day after its last one.', 'validUntil');
  return {
    kind,
    carrier,
    unit,
    value: factorValueOf(input.value),
    basis: plainText(input.basis, { field: 'basis', longest: 200, required: true }) as string,
    source: plainText(input.source, { field: 'source', longest: 300, required: true }) as string,
    validFrom,
    validUntil,
  };
}
