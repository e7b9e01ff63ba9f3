import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { save } from '../partners/records.ts';
import { monthsIn, sendMonths } from './climate.ts';
import { EnergyWorld } from './world.ts';

let world: EnergyWorld;
beforeAll(async () => {
  world = await EnergyWorld.open();
});
afterAll(() => world.close());

const priced = (value: string, more: object = {}) =>
  save(world.hub, 'saveEnergyFactor', {
    service: world.service.id,
    kind: 'PRICE',
    value,
    basis: 'A test',
    source: `At ${value}`,
    validFrom: '2020-01-01',
    ...more,
  });

/** What a proposal says, in cents and in hundredths of a kWh. */
interface Proposal {
  carrier: 'GAS' | 'ELECTRICITY';
  investment: number | null;
  granted: number;
  estimate: number | null;
}

const PROPOSAL: fc.Arbitrary<Proposal> = fc
  .record({
    carrier: fc.constantFrom('GAS', 'ELECTRICITY'),
    investment: fc.oneof(fc.constantFrom(null, 0, 1), fc.integer({ min: 0, max: 5_000_000 })),
    share: fc.constantFrom(0, 0, 0.25, 1),
    estimate: fc.oneof(fc.constantFrom(null, 0, 1), fc.integer({ min: 0, max: 9_000_000 })),
  })
  .map(({ share, investment, ...rest }) => ({
    ...rest,
    investment,
    granted: Math.floor((investment ?? 0) * share),
  }));

const PRICE_PER_THOUSAND = { GAS: 100n, ELECTRICITY: 255n };
const decimal = (hundredths: number): string => (hundredths / 100).toFixed(2);
const rounded = (of: bigint, by: bigint): bigint => (2n * of + by) / (2n * by);

/** Millionths of a euro a year for each euro: worked out in whole numbers, as nothing else here is. */
function returnOf({ carrier, investment, granted, estimate }: Proposal): bigint {
  if (estimate === null || investment === null) return -1n;
  const yearly = rounded(BigInt(estimate) * PRICE_PER_THOUSAND[carrier], 1000n);
  const net = BigInt(investment - granted);
  if (yearly === 0n) return 0n;
  return net === 0n ? 99_999_999_000_000n : rounded(yearly * 1_000_000n, net);
}

describe('measures by what they bring', () => {
  const proposed = new Map<string, Proposal>();

  beforeAll(async () => {
    await priced('0.9', { validUntil: '2026-01-01' });
    await priced('0.1', { validFrom: '2026-01-01' });
    await priced('0.255', { carrier: 'ELECTRICITY' });
    for (const proposal of fc.sample(PROPOSAL, { numRuns: 60, seed: 7 })) {
      const { carrier, investment, granted, estimate } = proposal;
      const { measure } = await world.as(world.staff, 'proposeMeasure', {
        building: world.building.id,
        kind: carrier === 'GAS' ? 'INSULATION' : 'LIGHTING',
        title: 'One of many',
        carrier,
        investment: investment === null ? null : decimal(investment),
        estimatedKwhYear: estimate === null ? null : decimal(estimate),
      });
      if (granted > 0) {
        const { userErrors } = await world.as(world.staff, 'updateMeasure', {
          measure: measure.id,
          grantObtained: decimal(granted),
        });
        expect(userErrors).toEqual([]);
      }
      proposed.set(measure.id, proposal);
    }
  }, 60_000);

  const page = async (args: object, filter: object = {}) => {
    const { data, errors } = await world.ask(
      `query ($filter: MeasureFilter!, $first: Int, $after: String, $last: Int, $before: String) {
        energyMeasures(filter: $filter, orderBy: RETURN, first: $first, after: $after, last: $last, before: $before) {
          totalCount nodes { id priceFactor { value source } } pageInfo { endCursor startCursor hasNextPage hasPreviousPage } } }`,
      { filter: { service: world.service.id, ...filter }, ...args },
      world.staff,
    );
    expect(errors).toBeUndefined();
    return data.energyMeasures as {
      totalCount: number;
      nodes: { id: string; priceFactor: { value: string; source: string } }[];
      pageInfo: { endCursor: string; startCursor: string; hasNextPage: boolean; hasPreviousPage: boolean };
    };
  };
  const expected = () =>
    [...proposed]
      .map(([id, proposal]) => ({ id, brings: returnOf(proposal) }))
      .sort((a, b) => (a.brings === b.brings ? (a.id < b.id ? 1 : -1) : a.brings < b.brings ? 1 : -1))
      .map(({ id }) => id);

  test('come in that order, page by page in both directions', async () => {
    // All kinds of proposals are among them.
    const kinds = new Set([...proposed.values()].map(returnOf).map((one) => (one < 1n ? one : 1n)));
    expect(kinds).toEqual(new Set([-1n, 0n, 1n]));
    const forward: string[] = [];
    for (let after: string | undefined, more = true; more; ) {
      const { nodes, pageInfo } = await page({ first: 7, ...(after ? { after } : {}) });
      forward.push(...nodes.map(({ id }) => id));
      after = pageInfo.endCursor;
      more = pageInfo.hasNextPage;
    }
    expect(forward).toEqual(expected());
    const backward: string[] = [];
    for (let before: string | undefined, more = true; more; ) {
      const { nodes, pageInfo } = await page({ last: 7, ...(before ? { before } : {}) });
      backward.unshift(...nodes.map(({ id }) => id));
      before = pageInfo.startCursor;
      more = pageInfo.hasPreviousPage;
    }
    expect(backward).toEqual(expected());
  });

  test('are valued at the price of their own carrier, or else at one of all of them, that holds today', async () => {
    const { nodes } = await page({ first: 100 });
    for (const { id, priceFactor } of nodes) {
      const value = proposed.get(id)?.carrier === 'GAS' ? '0.1' : '0.255';
      expect(priceFactor).toEqual({ value, source: `At ${value}` });
    }
  });

  test('are asked for by kind, by state and by building', async () => {
    const gas = [...proposed.values()].filter(({ carrier }) => carrier === 'GAS').length;
    const count = async (filter: object) => (await page({ first: 1 }, filter)).totalCount;
    expect(await count({ kinds: ['INSULATION'] })).toBe(gas);
    expect(await count({ states: ['DONE', 'DROPPED'] })).toBe(0);
    expect(await count({ building: world.building.id })).toBe(60);
    expect(await count({ building: (await world.newBuilding()).id })).toBe(0);
    const { errors } = await world.ask(
      `query ($building: ID!) { energyVisits(filter: { building: $building }) { totalCount } }`,
      { building: 'building_01890a5d-ac96-774b-bcce-b302099a8057' },
    );
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'NOT_FOUND', field: 'filter.building' });
  });
});

test('a building that uses more than is usual for its activity comes before the others', async () => {
  const other = await EnergyWorld.beside(world);
  // kWh/m² of last year: 10, 20 and 24 of electricity among three of an activity, and the workshop is the only one. The
  // heat of two of them is counted, too: 100 and 90.
  for (const [name, activity, electricity, heat] of [
    ['Low', 'CULTURE', 10_000, 100_000],
    ['Usual', 'CULTURE', 20_000, 90_000],
    ['High', 'CULTURE', 24_000, 0],
    ['Alone', 'WORKSHOP', 90_000, 0],
  ] as const) {
    const building = await other.newBuilding({ name, activity });
    for (const [carrier, kwh] of [
      ['ELECTRICITY', electricity],
      ['GAS', heat],
    ] as const) {
      if (kwh === 0) continue;
      const meter = await other.newMeter({ carrier }, [{ building }]);
      await sendMonths(other, [meter], monthsIn('2025-01-01', '2026-01-01'), () => kwh / 12);
    }
  }
  const { data, errors } = await other.ask(
    `query ($id: ID!) { node(id: $id) { ... on EnergyService { nextVisits(first: 4) {
      building { name } score requestPoints lastVisitPoints floorAreaPoints intensityPoints } } } }`,
    { id: other.service.id },
    other.staff,
  );
  expect(errors).toBeUndefined();
  const points = { requestPoints: '0', lastVisitPoints: '40', floorAreaPoints: '4' };
  expect(data.node.nextVisits).toEqual([
    { building: { name: 'High' }, score: '50', ...points, intensityPoints: '6' },
    // 100 is 5.3 % above 95, whatever little electricity it uses.
    { building: { name: 'Low' }, score: '45.6', ...points, intensityPoints: '1.6' },
    { building: { name: 'Alone' }, score: '44', ...points, intensityPoints: '0' },
    expect.objectContaining({ score: '44', intensityPoints: '0' }),
  ]);
  const refused = await other.ask(
    'query ($id: ID!) { node(id: $id) { ... on EnergyService { nextVisits(first: 0) { score } } } }',
    { id: other.service.id },
  );
  expect(refused.errors?.[0]?.extensions?.code).toBe('INVALID_PAGE');
});
