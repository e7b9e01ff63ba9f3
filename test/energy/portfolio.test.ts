import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Role } from '../../src/access/roles.ts';
import { save } from '../partners/records.ts';
import { monthsIn, sendMonths } from './climate.ts';
import { EnergyWorld, holder } from './world.ts';

let world: EnergyWorld;
const YEAR = monthsIn('2024-01-01', '2025-01-01');
beforeAll(async () => {
  world = await EnergyWorld.open();
});
afterAll(() => world.close());

/** Buildings of one activity, each with a meter that counts so many kWh/m² in 2024. */
async function street(
  activity: string,
  perM2: readonly number[],
  partners: readonly { id: string }[],
): Promise<{ id: string }[]> {
  const buildings: { id: string }[] = [];
  for (const [at, kwhM2] of perM2.entries()) {
    const partner = partners[at % partners.length] as { id: string };
    const building = await world.newBuilding({ activity, floor_area_m2: '800' }, partner);
    const meter = await world.newMeter({}, [{ building, partner }]);
    await sendMonths(world, [meter], YEAR, () => (kwhM2 * 800) / 12);
    buildings.push(building);
  }
  return buildings;
}

const benchmark = async (building: { id: string }, viewer = world.staff) => {
  const { data } = await world.ask(
    `query ($id: ID!) { building(id: $id) { benchmark(year: 2024) { kwhM2 peers lowerQuartile median upperQuartile quarter status } } }`,
    { id: building.id },
    viewer,
  );
  return data.building.benchmark;
};

test('a building stands among its peers, of whom too few are held back', async () => {
  const partners = [];
  for (let n = 0; n < 6; n += 1) partners.push(await world.newMember());
  const buildings = await street('SCHOOL', [50, 60, 70, 80, 90, 100, 110, 120, 130, 140, 150, 160], partners);
  // The second one’s partner has two of the twelve: ten are left.
  expect(await benchmark(buildings[1] as { id: string })).toEqual({
    kwhM2: '60',
    peers: 10,
    lowerQuartile: '83',
    median: '105',
    upperQuartile: '138',
    quarter: 1,
    status: 'OK',
  });
  const few = await street('SPORT', [50, 60, 70], partners);
  const held = {
    peers: null,
    lowerQuartile: null,
    median: null,
    upperQuartile: null,
    quarter: null,
    status: 'WITHHELD',
  };
  expect(await benchmark(few[0] as { id: string })).toEqual({ kwhM2: '50', ...held });
  // Many buildings of few partners would tell on them, too.
  const few2 = await street(
    'CULTURE',
    Array.from({ length: 12 }, (_, at) => 50 + at),
    partners.slice(0, 3),
  );
  expect(await benchmark(few2[0] as { id: string })).toMatchObject({ status: 'WITHHELD', median: null });
  const { data } = await world.ask(
    '{ energyIntensity(year: 2024) { activity floorAreaBand buildings median status } }',
    {},
    holder(Role.PARTNER_EDITOR, partners[0] as { id: string }),
  );
  expect(data.energyIntensity).toEqual([
    {
      activity: 'CULTURE',
      floorAreaBand: 'FROM_500_TO_999',
      buildings: null,
      median: null,
      status: 'WITHHELD',
    },
    { activity: 'SCHOOL', floorAreaBand: 'FROM_500_TO_999', buildings: 12, median: '105', status: 'OK' },
    {
      activity: 'SPORT',
      floorAreaBand: 'FROM_500_TO_999',
      buildings: null,
      median: null,
      status: 'WITHHELD',
    },
  ]);
  // Of a year with gaps nothing is told.
  const { data: none } = await world.ask('{ energyIntensity(year: 2023) { activity } }');
  expect(none.energyIntensity).toEqual([]);
}, 60_000);

test('buildings are compared by the meters that they have', async () => {
  const partners = [];
  for (let n = 0; n < 5; n += 1) partners.push(await world.newMember());
  // Each has a gas meter, and every second one electricity, too.
  const perM2 = [100, 110, 120, 130, 140, 150, 160, 170, 180, 190];
  const buildings = await street('WORKSHOP', perM2, partners);
  const both = buildings.filter((_, at) => at % 2 === 0);
  for (const building of both) {
    const partner = partners[buildings.indexOf(building) % 5] as { id: string };
    const meter = await world.newMeter({ carrier: 'ELECTRICITY' }, [{ building, partner }]);
    await sendMonths(world, [meter], YEAR, () => (40 * 800) / 12);
  }
  const { data } = await world.ask(
    `{ ${['ALL', 'HEAT', 'ELECTRICITY'].map((group) => `${group}: energyIntensity(year: 2024, carrierGroup: ${group}) { activity buildings median status }`).join(' ')} }`,
  );
  const workshops = (group: string) =>
    data[group].find(({ activity }: { activity: string }) => activity === 'WORKSHOP');
  expect(workshops('HEAT')).toMatchObject({ buildings: 10, median: '145', status: 'OK' });
  expect(workshops('ALL')).toMatchObject({ buildings: 10, median: '165', status: 'OK' });
  expect(workshops('ELECTRICITY')).toMatchObject({ buildings: null, median: null, status: 'WITHHELD' });
  const { data: own } = await world.ask(
    `query ($id: ID!) { building(id: $id) { all: benchmark(year: 2024) { kwhM2 } heat: benchmark(year: 2024, carrierGroup: HEAT) { kwhM2 } } }`,
    { id: (both[0] as { id: string }).id },
    world.staff,
  );
  expect(own.building).toEqual({ all: { kwhM2: '140' }, heat: { kwhM2: '100' } });
}, 60_000);

test('savings of a federation count a shared meter once, and never add estimates to what is measured', async () => {
  const federation = await save(world.hub, 'createFederation', { slug: 'pool', name: { fr: 'Pool' } });
  const members = [];
  for (let n = 0; n < 2; n += 1) {
    const member = await world.newMember();
    await world.hub.sql(
      `insert into membership (partner_id, id, federation_id, valid_from) values ($1, gen_random_uuid(), $2, '2020-01-01')`,
      [member.id.slice(8), federation.id.slice(11)],
    );
    members.push(member);
  }
  const [first, second] = members as [{ id: string }, { id: string }];
  const own = world.member;
  world.member = first;
  const [a, b] = [await world.newBuilding({}, first), await world.newBuilding({}, second)];
  const shared = await world.newMeter({ carrier: 'ELECTRICITY' }, [
    { building: a, partner: first },
    { building: b, partner: second },
  ]);
  world.member = own;
  const months = monthsIn('2023-01-01', '2025-01-01');
  await sendMonths(world, [shared], months, (month) => (month < '2024' ? 31 : 28) * 10);
  await world.as(world.staff, 'recordSavings', {
    meters: [shared.id],
    baseline: { from: '2023-01-01', to: '2024-01-01' },
    reporting: { from: '2024-01-01', to: '2025-01-01' },
  });
  const { measure } = await world.as(world.staff, 'proposeMeasure', {
    building: a.id,
    kind: 'LIGHTING',
    title: 'LED',
    carrier: 'ELECTRICITY',
    estimatedKwhYear: '5000',
    proposedOn: '2023-11-01',
  });
  await world.as(world.staff, 'decideMeasure', { measure: measure.id, on: '2023-12-01' });
  await world.as(world.staff, 'completeMeasure', { measure: measure.id, on: '2024-01-10' });
  const ask = async (viewer = world.staff) => {
    const { data } = await world.ask(
      `query ($id: ID!, $partner: ID!) {
        federation(reference: { id: $id }) { energySavings(period: { from: "2024-01-01", to: "2025-01-01" }) {
          measured { kwh meters metersWithoutNumber co2Kg } estimated { kwhYear measures } } }
        partner(reference: { id: $partner }) { energySavings { measured { kwh meters } estimated { measures } } } }`,
      { id: federation.id, partner: second.id },
      viewer,
    );
    return data;
  };
  const { federation: pool, partner } = await ask();
  expect(pool.energySavings).toMatchObject({
    measured: { meters: 1, metersWithoutNumber: 0, co2Kg: null },
    estimated: { kwhYear: '5000', measures: 1 },
  });
  // 310 kWh a month a day for a day: what the baseline's days would have used, less what was counted.
  expect(Number(pool.energySavings.measured.kwh)).toBeGreaterThan(300);
  // The neighbour's own sum has no meter: the contract is the first one's.
  expect(partner.energySavings).toEqual({ measured: { kwh: '0', meters: 0 }, estimated: { measures: 0 } });
  const stranger = holder(Role.FEDERATION_ANALYST, federation);
  expect((await ask(stranger)).federation.energySavings.measured).toMatchObject({ kwh: '0', meters: 0 });
  await save(world.hub, 'grantDataSharing', {
    partner: first.id,
    federation: federation.id,
    purpose: 'Energy of the pool',
    rooms: ['ENERGY'],
    validUntil: '2027-01-01',
  });
  expect((await ask(stranger)).federation.energySavings.measured.meters).toBe(1);
});

test('institutions are counted by what their buildings are', async () => {
  const { data } = await world.ask(
    `query ($id: ID!) { node(id: $id) { ... on EnergyService {
      byActivity: institutions(by: ACTIVITY, on: "2025-06-01") { activity floorAreaBand institutions buildings }
      bySize: institutions(by: FLOOR_AREA_BAND) { floorAreaBand institutions } } } }`,
    { id: world.service.id },
    world.staff,
  );
  expect(data.node.byActivity).toContainEqual({
    activity: 'SCHOOL',
    floorAreaBand: null,
    institutions: 6,
    buildings: 12,
  });
  expect(data.node.bySize.map(({ floorAreaBand }: { floorAreaBand: string }) => floorAreaBand)).toEqual([
    'FROM_1000_TO_2499',
    'FROM_500_TO_999',
  ]);
});
