import type { EntityManager } from '@mikro-orm/postgresql';
import { idempotently } from '../../access/idempotency.ts';
import { allow, checkSandbox, mayEdit, mayRun } from '../../access/rights.ts';
import type { Viewer } from '../../access/viewer.ts';
import { newId } from '../../database/keys.ts';
import type { UnitOfWork } from '../../database/unit-of-work.ts';
import { NotFoundError, UserError } from '../../errors.ts';
import { keyOf } from '../../ids.ts';
import { mustBeOpen } from '../../partners/index.ts';
import type { Partner } from '../../partners/partner.entity.ts';
import { Building } from './building.entity.ts';
import { WeatherStation } from './climate.entity.ts';
import { lockRecord } from './followed.service.ts';
import { EnergyCarrier, Meter, MeterBuilding, MeterUnit } from './meter.entity.ts';
import type { ConnectMeterInput, CreateMeterInput, UpdateMeterInput } from './meter.inputs.ts';

const MOST_BUILDINGS = 50;

/** Units that a carrier is counted in. */
const UNITS: Readonly<Record<EnergyCarrier, readonly MeterUnit[]>> = {
  ELECTRICITY: [MeterUnit.KWH],
  GAS: [MeterUnit.KWH, MeterUnit.M3],
  HEATING_OIL: [MeterUnit.LITRE],
  DISTRICT_HEAT: [MeterUnit.KWH],
  WOOD: [MeterUnit.KG],
  SOLAR: [MeterUnit.KWH],
};
const IN_TANKS: readonly EnergyCarrier[] = [EnergyCarrier.HEATING_OIL, EnergyCarrier.WOOD];

/** Rules and transactions of meters. */
export class MeterService {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Begins to follow a meter and answers its key. */
  async create(viewer: Viewer, input: CreateMeterInput): Promise<string> {
    const { carrier, unit, isTank } = input;
    const buildingKeys = keysOf(input.buildings);
    const reference = referenceOf(input.reference);
    mustFit({ carrier, unit, isTank });
    const request = { viewer, mutation: 'createMeter', key: input.idempotencyKey, input };
    const { id } = await idempotently(this.unitOfWork, request, async (em) => {
      const buildings = await served(em, viewer, buildingKeys);
      const [first] = buildings as [Building];
      const station = await stationOf(em, input.station);
      const meter = em.create(Meter, {
        id: newId(),
        partner: first.partner,
        service: first.service,
        reference,
        carrier,
        unit,
        isTank,
        indexDigits: digitsOf(input.indexDigits),
        station,
        provenance: first.provenance,
      } as never);
      await em.flush();
      for (const building of buildings) connect(em, meter, building);
      await em.flush();
      return { id: meter.id };
    });
    return id;
  }

  /** Changes what a meter is known by and answers its key. */
  async update(viewer: Viewer, input: UpdateMeterInput): Promise<string> {
    const key = keyOf('meter', input.id, 'id');
    const reference = typeof input.reference === 'string' ? referenceOf(input.reference) : undefined;
    const request = { viewer, mutation: 'updateMeter', key: input.idempotencyKey, input };
    await idempotently(this.unitOfWork, request, async (em) => {
      const meter = await kept(em, viewer, key, 'id');
      if (reference) meter.reference = reference;
      // The database refuses what no longer changes: only it sees a reading that arrives together.
      meter.carrier = input.carrier ?? meter.carrier;
      meter.unit = input.unit ?? meter.unit;
      meter.isTank = input.isTank ?? meter.isTank;
      mustFit(meter);
      if (input.indexDigits !== undefined) meter.indexDigits = digitsOf(input.indexDigits);
      if (input.station !== undefined) meter.station = (await stationOf(em, input.station)) as never;
      await em.flush();
      return { id: key };
    });
    return key;
  }

  /** Says which buildings a meter serves and answers its key. */
  async connect(viewer: Viewer, input: ConnectMeterInput): Promise<string> {
    const key = keyOf('meter', input.meter, 'meter');
    const buildingKeys = keysOf(input.buildings);
    const request = { viewer, mutation: 'connectMeter', key: input.idempotencyKey, input };
    await idempotently(this.unitOfWork, request, async (em) => {
      const meter = await kept(em, viewer, key, 'meter');
      const buildings = await served(em, viewer, buildingKeys, meter);
      const known = await em.find(MeterBuilding, {
        partner: meter.partner.id,
        meter: [meter.partner.id, key] as never,
      });
      const isStaff = mayRun(viewer, meter.service.id);
      for (const connection of known) {
        if (buildingKeys.includes(connection.building.id)) continue;
        // Who does not see a building of another partner does not leave it out on purpose.
        if (isStaff || connection.buildingPartner.id === meter.partner.id) em.remove(connection);
      }
      const connected = new Set(known.map(({ building }) => building.id));
      for (const building of buildings) if (!connected.has(building.id)) connect(em, meter, building);
      await em.flush();
      return { id: key };
    });
    return key;
  }
}

/** @throws UserError UNIT_DOES_NOT_FIT where a carrier is not counted so */
function mustFit({ carrier, unit, isTank }: Pick<Meter, 'carrier' | 'unit' | 'isTank'>): void {
  if (!UNITS[carrier].includes(unit)) {
    throw new UserError(
      'UNIT_DOES_NOT_FIT',
      `${carrier} is counted in ${UNITS[carrier].join(' or ')}.`,
      'unit',
    );
  }
  if (!isTank || IN_TANKS.includes(carrier)) return;
  throw new UserError(
    'UNIT_DOES_NOT_FIT',
    'Heating oil and wood are what is delivered into a tank.',
    'isTank',
  );
}

function connect(em: EntityManager, meter: Meter, building: Building): void {
  em.create(MeterBuilding, {
    id: newId(),
    partner: meter.partner,
    service: meter.service,
    meter,
    buildingPartner: building.partner,
    building,
    provenance: meter.provenance,
  } as never);
}

/** A meter that a viewer keeps: its partner's editors, or the staff. */
async function kept(em: EntityManager, viewer: Viewer, id: string, field: string): Promise<Meter> {
  await lockRecord(em, 'meter', id);
  const meter = await em.findOne(Meter, { id }, { populate: ['partner'] });
  if (!meter) throw new NotFoundError('The meter', field);
  allow(
    mayEdit(viewer, meter.partner.id) || mayRun(viewer, meter.service.id),
    "the partner does, or the service's staff",
  );
  checkSandbox(viewer, meter.provenance, field);
  mustBeOpen(meter.partner as unknown as Partner, field);
  return meter;
}

/** Buildings that a meter is to serve, in their sequence: of one service, and of one partner unless the staff names them. */
async function served(
  em: EntityManager,
  viewer: Viewer,
  keys: readonly string[],
  meter?: Meter,
): Promise<Building[]> {
  const found = await em.find(Building, { id: { $in: [...keys] } }, { populate: ['partner'] });
  const byKey = new Map(found.map((building) => [building.id, building]));
  const buildings = keys.map((key, index) => {
    const building = byKey.get(key);
    if (!building) throw new NotFoundError('The building', `buildings.${index}`);
    return building;
  });
  const { partner, service } = meter ?? (buildings[0] as Building);
  const isStaff = mayRun(viewer, service.id);
  for (const [index, building] of buildings.entries()) {
    const field = `buildings.${index}`;
    if (building.service.id !== service.id)
      throw new UserError(
        'NOT_OF_THIS_SERVICE',
        'A meter serves buildings that one energy service follows.',
        field,
      );
    allow(isStaff || mayEdit(viewer, building.partner.id), "the partner does, or the service's staff");
    allow(
      isStaff || building.partner.id === partner.id,
      "the service's staff connects a building of another partner",
    );
    checkSandbox(viewer, building.provenance, field);
    mustBeOpen(building.partner as unknown as Partner, field);
  }
  return buildings;
}

function keysOf(buildings: readonly string[]): string[] {
  if (buildings.length < 1 || buildings.length > MOST_BUILDINGS)
    throw new UserError('TOO_MANY_ENTRIES', `Name 1 to ${MOST_BUILDINGS} buildings.`, 'buildings');
  return [...new Set(buildings.map((id, index) => keyOf('building', id, `buildings.${index}`)))];
}

function referenceOf(reference: string): string {
  if (/^[!-~]{1,60}$/.test(reference)) return reference;
  throw new UserError(
    'INVALID_REFERENCE',
    'A reference has 1 to 60 printable characters without spaces.',
    'reference',
  );
}

function digitsOf(digits: number | null | undefined): number | null {
  if (digits === null || digits === undefined) return null;
  if (digits >= 3 && digits <= 12) return digits;
  throw new UserError('INVALID_AMOUNT', 'An index has 3 to 12 digits.', 'indexDigits');
}

async function stationOf(em: EntityManager, code: string | null | undefined): Promise<WeatherStation | null> {
  if (!code) return null;
  const station = await em.findOne(WeatherStation, { code });
  if (station) return station;
  throw new UserError(
    'UNKNOWN_CODE',
    `The hub knows no weather station ${JSON.stringify(code.slice(0, 40))}: see \`weatherStations\`.`,
    'station',
  );
}
