import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { MutationName } from '../partners/records.ts';
import { count, keyOf } from '../partners/records.ts';
import { EnergyWorld } from './world.ts';

let world: EnergyWorld;
beforeAll(async () => {
  world = await EnergyWorld.open();
});
afterAll(() => world.close());

const ROUNDS = 8;

/** What becomes of a mutation: its code, or `saved`. */
async function outcome(mutation: MutationName, input: object): Promise<string> {
  const { refused, userErrors } = await world.as(world.administrator, mutation, input);
  return refused ?? userErrors[0]?.code ?? 'saved';
}

/** The outcomes of mutations that arrive together, in order of the alphabet. */
const together = async (...sent: [MutationName, object][]): Promise<string[]> =>
  (await Promise.all(sent.map(([mutation, input]) => outcome(mutation, input)))).sort();

/** How many buildings of a partner the service follows, as the hub counted it. */
async function followed(partner: { id: string }): Promise<string> {
  const { data, errors } = await world.ask(
    `query ($partner: ID!) { partner(reference: { id: $partner }) {
      usageMetrics(metrics: [ENERGY_BUILDINGS_FOLLOWED]) { rows { cell { value } } } } }`,
    { partner: partner.id },
  );
  expect(errors).toBeUndefined();
  return data.partner.usageMetrics.rows[0].cell.value;
}

test('two changes of a building, or of a meter, are both saved', async () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    const year = 1900 + round;
    expect(
      await together(
        ['updateBuilding', { id: world.building.id, constructionYear: year }],
        ['updateBuilding', { id: world.building.id, floorAreaM2: String(year) }],
        ['updateMeter', { id: world.meter.id, indexDigits: 3 + round }],
        ['updateMeter', { id: world.meter.id, reference: `R-${round}` }],
      ),
    ).toEqual(['saved', 'saved', 'saved', 'saved']);
    const { data } = await world.ask(
      'query ($building: ID!, $meter: ID!) { building(id: $building) { constructionYear floorAreaM2 } meter(id: $meter) { indexDigits reference } }',
      { building: world.building.id, meter: world.meter.id },
    );
    expect(data.building).toEqual({ constructionYear: year, floorAreaM2: String(year) });
    expect(data.meter).toEqual({ indexDigits: 3 + round, reference: `R-${round}` });
  }
}, 60_000);

test('buildings that begin and end to be followed together are all counted', async () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    const partner = await world.newMember();
    const made = (n: number): [MutationName, object] => [
      'createBuilding',
      {
        partner: partner.id,
        service: world.service.id,
        name: `Building ${n}`,
        activity: 'OFFICE',
        floorAreaM2: '100',
        municipality: '21004',
        followedFrom: '2026-01-01',
      },
    ];
    await together(...Array.from({ length: 8 }, (_, n) => made(n)));
    expect(await followed(partner)).toBe('8');
    const { data } = await world.ask(
      'query ($id: ID!) { partner(reference: { id: $id }) { buildings { nodes { id } } } }',
      { id: partner.id },
    );
    const ended = data.partner.buildings.nodes.slice(0, 5) as { id: string }[];
    await together(
      ...ended.map(({ id }): [MutationName, object] => [
        'updateBuilding',
        { id, followedUntil: '2026-02-01' },
      ]),
    );
    expect(await followed(partner)).toBe('3');
  }
}, 120_000);

test('of two steps of a measure that cannot both be taken one is', async () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    const { measure } = await world.as(world.staff, 'proposeMeasure', {
      building: world.building.id,
      kind: 'LIGHTING',
      title: 'LED',
      carrier: 'ELECTRICITY',
    });
    expect(
      await together(['decideMeasure', { measure: measure.id }], ['decideMeasure', { measure: measure.id }]),
    ).toEqual(['WRONG_STATE', 'saved']);
    expect(
      await together(['completeMeasure', { measure: measure.id }], ['dropMeasure', { measure: measure.id }]),
    ).toEqual(['WRONG_STATE', 'saved']);
  }
}, 60_000);

test('a visit is counted once, whoever records it together', async () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    const building = await world.newBuilding();
    const asked = await together(
      ['requestVisit', { building: building.id }],
      ['requestVisit', { building: building.id }],
    );
    expect(asked).toEqual(['VISIT_OPEN', 'saved']);
    const { data } = await world.ask('query ($id: ID!) { building(id: $id) { visits { id } } }', {
      id: building.id,
    });
    const visit = data.building.visits[0].id;
    expect(await together(['recordVisit', { visit }], ['recordVisit', { visit }])).toEqual([
      'WRONG_STATE',
      'saved',
    ]);
    expect(
      await count(
        world.hub,
        'usage_entry',
        `metric_key = 'ENERGY_VISITS' and external_reference like 'visit-' || $1 || '%'`,
        [keyOf({ id: visit })],
      ),
    ).toBe(1);
  }
}, 60_000);

test('a partner that leaves while it is advised leaves, or is told why not', async () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    const partner = await world.newMember();
    const building = await world.newBuilding({}, partner);
    const { visit } = await world.as(world.staff, 'requestVisit', {
      building: building.id,
      requestedOn: '2026-06-01',
    });
    const [closed, visited, changed] = await Promise.all([
      outcome('closePartner', { partner: partner.id }),
      outcome('recordVisit', { visit: visit.id, on: '2026-06-10' }),
      outcome('updateBuilding', { id: building.id, floorAreaM2: '50' }),
    ]);
    expect(closed).toBe('saved');
    expect(['saved', 'WRONG_STATE', 'PARTNER_CLOSED']).toContain(visited);
    expect(['saved', 'PARTNER_CLOSED']).toContain(changed);
    const { data } = await world.ask(
      'query ($id: ID!) { building(id: $id) { followedUntil visits { state } } }',
      { id: building.id },
    );
    expect(data.building.followedUntil).not.toBeNull();
    expect(data.building.visits).toEqual([{ state: visited === 'saved' ? 'VISITED' : 'CANCELLED' }]);
  }
}, 60_000);
