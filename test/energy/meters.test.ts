import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Viewer } from '../../src/access/viewer.ts';
import { keyOf, type MutationName, newService, save } from '../partners/records.ts';
import { instantOf, saveWeather } from './climate.ts';
import { EnergyWorld } from './world.ts';

let world: EnergyWorld;
beforeAll(async () => {
  world = await EnergyWorld.open();
});
afterAll(() => world.close());

const code = async (
  mutation: MutationName,
  input: object,
  viewer: Viewer = world.editor,
): Promise<string | null> => {
  const payload = await world.as(viewer, mutation, input);
  return payload.refused ?? payload.userErrors[0]?.code ?? null;
};
const read = (meter: { id: string }, from: string, until: string, quantity: string) =>
  save(world.hub, 'importMeterReadings', {
    readings: [{ meter: meter.id, from: instantOf(from), until: instantOf(until), quantity }],
  });

describe('a meter that was listed wrongly', () => {
  test('is mended until something was counted, and never after that', async () => {
    const meter = await world.newMeter();
    const oil = { id: meter.id, carrier: 'HEATING_OIL' };
    expect(await code('updateMeter', oil)).toBe('UNIT_DOES_NOT_FIT');
    expect(await code('updateMeter', { ...oil, unit: 'LITRE', isTank: true })).toBeNull();
    expect(await code('updateMeter', { id: meter.id, carrier: 'GAS', unit: 'KWH' })).toBe(
      'UNIT_DOES_NOT_FIT',
    );
    await read(meter, '2026-01-01', '2026-02-01', '900');
    expect(await code('updateMeter', { id: meter.id, isTank: false })).toBe('METER_FIXED');
    // What is known of it beside that changes still.
    expect(await code('updateMeter', { id: meter.id, isTank: true, reference: randomUUID() })).toBeNull();
    // A reading that was taken out again was counted in that unit, too.
    await world.hub.sql('delete from meter_reading where meter_id = $1', [keyOf(meter)]);
    expect(await code('updateMeter', { id: meter.id, isTank: false })).toBe('METER_FIXED');
  });

  test('a change that sets nothing right is refused: no reference, no name', async () => {
    expect(await code('updateMeter', { id: world.meter.id, reference: '' })).toBe('INVALID_REFERENCE');
    expect(await code('updateBuilding', { id: world.building.id, name: ' ' })).toBe('TEXT_MISSING');
  });
});

test('a tank’s months follow the weather of the station that it is told of later', async () => {
  // All of the cold is in January.
  await saveWeather(world, ['2026-01-01', '2026-03-01'], {
    temperature: (day) => (day < '2026-02-01' ? 0 : 30),
  });
  const tank = await world.newMeter({ carrier: 'HEATING_OIL', unit: 'LITRE', isTank: true });
  expect(await code('updateMeter', { id: tank.id, station: null })).toBeNull();
  await read(tank, '2026-01-01', '2026-03-01', '1000');
  const months = () =>
    world.hub.sql('select quantity::float from meter_month where meter_id = $1 order by month', [
      keyOf(tank),
    ]);
  const byTime = await months();
  expect(byTime[1]?.quantity).toBeGreaterThan(400);
  expect(await code('updateMeter', { id: tank.id, station: 'UCCLE' })).toBeNull();
  expect(await months()).toEqual([{ quantity: 1000 }, { quantity: 0 }]);
  expect(await code('updateMeter', { id: tank.id, station: null })).toBeNull();
  expect(await months()).toEqual(byTime);
});

test('a shared meter: its partner says which of its own buildings it serves, and the staff says the rest', async () => {
  const neighbour = await world.newMember();
  const [own, theirs] = [await world.newBuilding(), await world.newBuilding({}, neighbour)];
  const meter = await world.newMeter();
  const served = async (viewer: Viewer): Promise<string[]> => {
    const { data } = await world.ask(
      'query ($id: ID!) { meter(id: $id) { buildings { id } } }',
      { id: meter.id },
      viewer,
    );
    return data.meter.buildings.map(({ id }: { id: string }) => id).sort();
  };
  const all = [world.building.id, theirs.id];
  expect(await code('connectMeter', { meter: meter.id, buildings: all }, world.staff)).toBeNull();
  expect(await code('connectMeter', { meter: meter.id, buildings: [own.id] })).toBeNull();
  expect(await served(world.staff)).toEqual([own.id, theirs.id].sort());
  expect(await served(world.editor)).toEqual([own.id]);
  expect(await code('connectMeter', { meter: meter.id, buildings: [own.id] }, world.staff)).toBeNull();
  expect(await served(world.staff)).toEqual([own.id]);
});

describe('what belongs together', () => {
  test('is of one energy service, and of one provenance', async () => {
    const purchasing = await newService(world.hub, 'PURCHASING');
    const building = {
      partner: world.member.id,
      name: 'Elsewhere',
      activity: 'OFFICE',
      floorAreaM2: '100',
      municipality: '21004',
    };
    const administrator = world.administrator;
    expect(await code('createBuilding', { ...building, service: purchasing.id }, administrator)).toBe(
      'NOT_ENERGY',
    );
    const second = await EnergyWorld.beside(world);
    const elsewhere = await second.newBuilding();
    const both = { meter: world.meter.id, buildings: [world.building.id, elsewhere.id] };
    expect(await code('connectMeter', both, administrator)).toBe('NOT_OF_THIS_SERVICE');
    const connect = (service: { id: string }, provenance = 'REPORTED') =>
      world.hub.sql(
        `insert into meter_building (partner_id, id, service_id, meter_id, building_partner_id, building_id, provenance)
         values ($1, gen_random_uuid(), $2, $3, $4, $5, $6)`,
        [
          keyOf(world.member),
          keyOf(service),
          keyOf(world.meter),
          keyOf(second.member),
          keyOf(elsewhere),
          provenance,
        ],
      );
    await expect(connect(world.service)).rejects.toMatchObject({ code: 'MH097' });
    await expect(connect(second.service)).rejects.toMatchObject({ code: 'MH097' });
    await world.hub.sql('update hub_state set accepts_synthetic = true');
    await expect(
      world.hub.sql(
        `insert into energy_visit (partner_id, id, service_id, building_id, requested_on, provenance)
         values ($1, gen_random_uuid(), $2, $3, '2026-01-01', 'SYNTHETIC')`,
        [keyOf(world.member), keyOf(world.service), keyOf(world.building)],
      ),
    ).rejects.toMatchObject({ code: 'MH097' });
    await world.hub.sql('update hub_state set accepts_synthetic = false');
  });

  test('a building is followed again by who is enrolled, and visited by who is followed', async () => {
    const member = await world.newMember();
    const { id } = await world.newBuilding({}, member);
    const follow = (followedUntil: string | null) =>
      code('updateBuilding', { id, followedUntil }, world.staff);
    expect(await follow('2014-12-31')).toBe('INVALID_PERIOD');
    expect(await follow('2026-06-16')).toBe('DATE_IN_FUTURE');
    expect(await follow('2026-06-01')).toBeNull();
    expect(await code('requestVisit', { building: id }, world.staff)).toBe('BUILDING_NOT_FOLLOWED');
    expect(await code('requestVisit', { building: id, requestedOn: '2026-05-30' }, world.staff)).toBeNull();
    await world.hub.sql(
      `update enrolment set status = 'ENDED', ended_on = '2026-06-10' where partner_id = $1`,
      [keyOf(member)],
    );
    expect(await follow(null)).toBe('ENROLMENT_REQUIRED');
    expect(await follow('2026-06-05')).toBeNull();
  });
});
