import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { save, send } from '../partners/records.ts';
import { monthsIn, saveWeather, sendMonths } from './climate.ts';
import { EnergyWorld } from './world.ts';

let world: EnergyWorld;
beforeAll(async () => {
  world = await EnergyWorld.open();
});
afterAll(() => world.close());

/** What the hub counted of a metric in a period, or up to its last day. */
async function counted(metric: string, period: object = {}): Promise<string | null> {
  const { data, errors } = await world.ask(
    `query ($service: ID!, $metric: [MetricKey!]!, $period: DateRangeInput) {
      node(id: $service) { ... on EnergyService { usageMetrics(metrics: $metric, period: $period) { rows { cell { value } } } } } }`,
    { service: world.service.id, metric: [metric], period },
  );
  expect(errors).toBeUndefined();
  return data.node.usageMetrics.rows[0]?.cell.value ?? null;
}

test('visits and measures count on their days, once', async () => {
  const on = (await world.newBuilding()).id;
  const { visit } = await world.as(world.staff, 'requestVisit', { building: on, requestedOn: '2026-03-01' });
  expect(await counted('ENERGY_VISITS')).toBe('0');
  await world.as(world.staff, 'recordVisit', { visit: visit.id, on: '2026-03-10' });
  await world.as(world.staff, 'reportVisit', { visit: visit.id, on: '2026-03-12' });
  expect(await counted('ENERGY_VISITS', { from: '2026-03-10', to: '2026-03-11' })).toBe('1');
  const { measure } = await world.as(world.staff, 'proposeMeasure', {
    building: on,
    kind: 'LIGHTING',
    title: 'LED',
    carrier: 'ELECTRICITY',
    estimatedKwhYear: '1200',
    proposedOn: '2026-03-12',
  });
  await world.as(world.staff, 'decideMeasure', { measure: measure.id, on: '2026-04-01' });
  expect(await counted('ENERGY_MEASURES_DONE')).toBe('0');
  await world.as(world.staff, 'completeMeasure', { measure: measure.id, on: '2026-05-02' });
  const may = { from: '2026-05-01', to: '2026-06-01' };
  expect(await counted('ENERGY_MEASURES_DONE', may)).toBe('1');
  expect(await counted('ENERGY_ESTIMATED_KWH_SAVED', may)).toBe('1200');
  // An estimate is no measured saving.
  expect(await counted('ENERGY_MEASURED_KWH_SAVED')).toBe('0');
  const entries = await world.hub.sql<{ id: string }>(`select id from usage_entry where source = 'hub'`);
  const { results } = await send(world.hub, 'reportUsage', {
    source: 'tool',
    entries: [{ externalReference: '1', reverses: `usage_entry_${entries[0]?.id}` }],
  });
  expect(results[0].error.code).toBe('COUNTED_BY_HUB');
});

test('buildings that are followed are a level, which also changes for days that are over', async () => {
  const other = await EnergyWorld.open();
  const level = async (day: string): Promise<string | null> => {
    const { data } = await other.ask(
      `query ($service: ID!, $to: Date!) { node(id: $service) { ... on EnergyService {
        usageMetrics(metrics: [ENERGY_BUILDINGS_FOLLOWED], period: { to: $to }) { rows { cell { value } } } } } }`,
      { service: other.service.id, to: day },
    );
    return data.node.usageMetrics.rows[0]?.cell.value ?? null;
  };
  // The world's own building is followed since 2015.
  const late = await other.newBuilding({ followed_from: '2024-05-01' });
  await other.newBuilding({ followed_from: '2022-01-01' });
  expect([await level('2021-01-01'), await level('2022-01-02'), await level('2024-05-02')]).toEqual([
    '1',
    '2',
    '3',
  ]);
  await other.as(other.staff, 'updateBuilding', { id: late.id, followedUntil: '2025-01-01' });
  expect([await level('2024-12-31'), await level('2025-01-02')]).toEqual(['3', '2']);
  await other.as(other.staff, 'updateBuilding', { id: late.id, followedUntil: '2024-07-01' });
  expect([await level('2024-06-30'), await level('2024-07-02'), await level('2025-06-01')]).toEqual([
    '3',
    '2',
    '2',
  ]);
  await other.as(other.staff, 'updateBuilding', { id: late.id, followedUntil: null });
  expect(await level('2025-06-01')).toBe('3');
  await other.close();
});

test('savings by the meters count on the last day of their period; a new result takes the place of the old one', async () => {
  await save(world.hub, 'saveEnergyFactor', {
    service: world.service.id,
    kind: 'EMISSION',
    value: '0.2',
    basis: 'A test',
    source: 'A test',
    validFrom: '2020-01-01',
  });
  await saveWeather(world, ['2023-01-01', '2025-01-01']);
  const months = monthsIn('2023-01-01', '2025-01-01');
  await sendMonths(world, [world.meter], months, (month) => (month < '2024' ? 1000 : 900));
  const record = async (): Promise<string> => {
    const answer = await world.as(world.staff, 'recordSavings', {
      meters: [world.meter.id],
      baseline: { from: '2023-01-01', to: '2024-01-01' },
      reporting: { from: '2024-01-01', to: '2025-01-01' },
    });
    expect(answer).toMatchObject({ userErrors: [] });
    return answer.results[0].figures.avoidedKwh;
  };
  const lastDay = { from: '2024-12-31', to: '2025-01-01' };
  const first = await record();
  expect(await counted('ENERGY_MEASURED_KWH_SAVED', lastDay)).toBe(first);
  expect(Number(await counted('ENERGY_MEASURED_CO2_AVOIDED_KG', lastDay))).toBeCloseTo(
    0.2 * Number(first),
    4,
  );
  expect(await counted('ENERGY_MEASURED_COST_SAVED_EUR')).toBe('0');
  await sendMonths(world, [world.meter], ['2024-03-01'], () => 1500, { quality: 'CORRECTED' });
  world.now = new Date(world.now.getTime() + 1000);
  const second = await record();
  expect(Number(second)).toBeCloseTo(Number(first) - 600, 3);
  expect(await counted('ENERGY_MEASURED_KWH_SAVED')).toBe(second);
});

test('a partner that leaves is followed no longer, and nobody comes to visit it', async () => {
  const member = await world.newMember();
  // Listed on the day before, and two of them: that they end is no use of the day on which the partner leaves.
  const on = await world.newBuilding({ followed_from: '2026-06-14' }, member);
  await world.newBuilding({}, member);
  await world.as(world.staff, 'requestVisit', { building: on.id, requestedOn: '2026-06-01' });
  const level = async (to: string): Promise<string> => {
    const { data } = await world.ask(
      `query ($partner: ID!, $to: Date!) { partner(reference: { id: $partner }) {
        usageMetrics(metrics: [ENERGY_BUILDINGS_FOLLOWED], period: { to: $to }) { rows { cell { value } } } } }`,
      { partner: member.id, to },
    );
    return data.partner.usageMetrics.rows[0].cell.value;
  };
  const early = await send(world.hub, 'closePartner', { partner: member.id, closedOn: '2026-06-14' });
  expect(early.userErrors).toMatchObject([{ code: 'DATES_OUT_OF_ORDER', field: 'closedOn' }]);
  await save(world.hub, 'closePartner', { partner: member.id });
  const { data } = await world.ask(
    'query ($id: ID!) { building(id: $id) { followedUntil visits { state cancelledOn } } }',
    { id: on.id },
  );
  expect(data.building).toEqual({
    followedUntil: '2026-06-15',
    visits: [{ state: 'CANCELLED', cancelledOn: '2026-06-15' }],
  });
  expect([await level('2026-06-15'), await level('2026-06-16')]).toEqual(['2', '0']);
  const refused = await world.as(world.staff, 'requestVisit', { building: on.id });
  expect(refused.userErrors[0].code).toBe('PARTNER_CLOSED');
});

test('a building that ended later, and then earlier, does not hold its partner back', async () => {
  const member = await world.newMember();
  const on = await world.newBuilding({}, member);
  await world.as(world.staff, 'updateBuilding', { id: on.id, followedUntil: '2026-06-10' });
  const close = (closedOn: string) => send(world.hub, 'closePartner', { partner: member.id, closedOn });
  expect((await close('2026-06-01')).userErrors).toMatchObject([{ code: 'DATES_OUT_OF_ORDER' }]);
  await world.as(world.staff, 'updateBuilding', { id: on.id, followedUntil: '2026-05-01' });
  expect((await close('2026-06-01')).userErrors).toEqual([]);
});
