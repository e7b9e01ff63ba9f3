import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Role } from '../../src/access/roles.ts';
import type { MutationName } from '../partners/records.ts';
import { save } from '../partners/records.ts';
import { EnergyWorld, holder } from './world.ts';

let world: EnergyWorld;
beforeAll(async () => {
  world = await EnergyWorld.open();
});
afterAll(() => world.close());

const code = async (mutation: MutationName, input: object, viewer = world.staff): Promise<string | null> => {
  const payload = await world.as(viewer, mutation, input);
  return payload.refused ?? payload.userErrors[0]?.code ?? null;
};

const building = (input: object = {}) => ({
  partner: world.member.id,
  service: world.service.id,
  name: 'Maison',
  activity: 'HOUSING',
  floorAreaM2: '640.5',
  municipality: '21004',
  ...input,
});

describe('buildings and meters', () => {
  test('a member lists a building and its meters, and changes what is known of them', async () => {
    const { building: made } = await world.as(
      world.editor,
      'createBuilding',
      building({ constructionYear: 1932 }),
    );
    expect(made).toMatchObject({
      name: 'Maison',
      floorAreaM2: '640.5',
      floorAreaBand: 'FROM_500_TO_999',
      constructionYear: 1932,
      municipality: { nisCode: '21004' },
      followedFrom: '2026-06-15',
      followedUntil: null,
      provenance: 'REPORTED',
    });
    expect(await code('createBuilding', building(), world.editor)).toBe('NAME_TAKEN');
    const changed = await world.as(world.editor, 'updateBuilding', {
      id: made.id,
      floorAreaM2: '2600',
      constructionYear: null,
    });
    expect(changed.building).toMatchObject({
      name: 'Maison',
      floorAreaBand: 'FROM_2500_TO_4999',
      constructionYear: null,
    });
    const meter = {
      buildings: [made.id],
      reference: 'EAN-1',
      carrier: 'GAS',
      unit: 'M3',
      indexDigits: 5,
      station: 'UCCLE',
    };
    const { meter: counted } = await world.as(world.editor, 'createMeter', meter);
    expect(counted).toMatchObject({
      reference: 'EAN-1',
      station: { code: 'UCCLE' },
      isShared: false,
      isTank: false,
    });
    expect(await code('createMeter', meter, world.editor)).toBe('REFERENCE_TAKEN');
    const renamed = await world.as(world.editor, 'updateMeter', {
      id: counted.id,
      reference: 'EAN-2',
      indexDigits: null,
    });
    expect(renamed.meter).toMatchObject({
      reference: 'EAN-2',
      indexDigits: null,
      station: { code: 'UCCLE' },
    });
  });

  test.each([
    ['createBuilding', { floorAreaM2: '0.5' }, 'INVALID_AMOUNT'],
    ['createBuilding', { name: '  ' }, 'TEXT_MISSING'],
    ['createBuilding', { constructionYear: 2050 }, 'INVALID_YEAR'],
    ['createBuilding', { municipality: '99999' }, 'UNKNOWN_CODE'],
    ['createBuilding', { followedFrom: '2027-01-01' }, 'DATE_IN_FUTURE'],
  ] as const)('%s with %j is refused: %s', async (mutation, input, expected) => {
    expect(await code(mutation, building({ name: 'Another', ...input }))).toBe(expected);
  });

  test('what does not fit is refused, for a meter too', async () => {
    const meter = { buildings: [world.building.id], reference: 'M1', carrier: 'GAS', unit: 'KWH' };
    expect(await code('createMeter', { ...meter, unit: 'LITRE' })).toBe('UNIT_DOES_NOT_FIT');
    expect(await code('createMeter', { ...meter, isTank: true })).toBe('UNIT_DOES_NOT_FIT');
    expect(await code('createMeter', { ...meter, reference: 'a b' })).toBe('INVALID_REFERENCE');
    expect(await code('createMeter', { ...meter, station: 'NOWHERE' })).toBe('UNKNOWN_CODE');
    expect(await code('createMeter', { ...meter, buildings: [] })).toBe('TOO_MANY_ENTRIES');
    // A unit does not change once something was counted in it.
    await save(world.hub, 'importMeterReadings', {
      readings: [
        { meter: world.meter.id, from: '2026-01-01T00:00:00Z', until: '2026-02-01T00:00:00Z', quantity: '1' },
      ],
    });
    await expect(
      world.hub.sql(`update meter set unit = 'M3' where id = $1`, [world.meter.id.slice(6)]),
    ).rejects.toMatchObject({ code: 'MH095' });
  });

  test('a partner that is not enrolled is not followed; another one’s building is for the staff to connect', async () => {
    const stranger = await world.newMember();
    await world.hub.sql(
      `update enrolment set status = 'ENDED', ended_on = '2026-01-01' where partner_id = $1`,
      [stranger.id.slice(8)],
    );
    expect(await code('createBuilding', building({ partner: stranger.id }))).toBe('ENROLMENT_REQUIRED');
    const neighbour = await world.newMember();
    const theirs = await world.newBuilding({}, neighbour);
    const connected = { meter: world.meter.id, buildings: [world.building.id, theirs.id] };
    expect(await code('connectMeter', connected, world.editor)).toBe('NOT_FOUND');
    expect((await world.as(world.staff, 'connectMeter', connected)).meter).toMatchObject({ isShared: true });
    expect(
      await code('createBuilding', building({ name: 'x' }), holder(Role.PARTNER_EDITOR, neighbour)),
    ).toBe('FORBIDDEN');
  });
});

describe('a visit', () => {
  test('is asked for, planned, made and reported, in that order', async () => {
    const on = await world.newBuilding();
    const { visit } = await world.as(world.editor, 'requestVisit', {
      building: on.id,
      requestedOn: '2026-05-01',
    });
    expect(visit).toMatchObject({ state: 'REQUESTED', requestedOn: '2026-05-01' });
    expect(await code('requestVisit', { building: on.id })).toBe('VISIT_OPEN');
    expect(await code('reportVisit', { visit: visit.id })).toBe('WRONG_STATE');
    expect(await code('planVisit', { visit: visit.id, plannedFor: '2026-04-01' })).toBe('DATES_OUT_OF_ORDER');
    expect(await code('planVisit', { visit: visit.id, plannedFor: '2026-05-20' }, world.editor)).toBe(
      'FORBIDDEN',
    );
    expect(await code('planVisit', { visit: visit.id, plannedFor: '2026-05-20' })).toBeNull();
    expect(await code('planVisit', { visit: visit.id, plannedFor: '2026-05-21' })).toBeNull();
    expect(await code('recordVisit', { visit: visit.id, on: '2026-07-01' })).toBe('DATE_IN_FUTURE');
    expect(await code('recordVisit', { visit: visit.id, on: '2026-05-21' })).toBeNull();
    expect(await code('cancelVisit', { visit: visit.id })).toBe('WRONG_STATE');
    expect(await code('reportVisit', { visit: visit.id, reportUrl: 'http://x.example' })).toBe('INVALID_URL');
    const { visit: reported } = await world.as(world.staff, 'reportVisit', {
      visit: visit.id,
      reportUrl: 'https://reports.example/1',
      conclusions: 'La toiture perd le plus.',
    });
    expect(reported).toMatchObject({
      state: 'REPORTED',
      plannedFor: '2026-05-21',
      visitedOn: '2026-05-21',
      reportedOn: '2026-06-15',
    });
    expect(await code('recordVisit', { visit: visit.id })).toBe('WRONG_STATE');
    await expect(
      world.hub.sql(
        `update energy_visit set state = 'VISITED', reported_on = null, report_url = null, conclusions = null`,
      ),
    ).rejects.toMatchObject({ code: 'MH093' });
  });

  test('two that ask at once get one visit, and of two steps one is taken', async () => {
    const on = await world.newBuilding();
    const both = await Promise.all([
      code('requestVisit', { building: on.id }),
      code('requestVisit', { building: on.id }),
    ]);
    expect(both.sort()).toEqual(['VISIT_OPEN', null].sort());
    const { data } = await world.ask('query ($id: ID!) { building(id: $id) { visits { id state } } }', {
      id: on.id,
    });
    const [{ id: visit }] = data.building.visits;
    const steps = await Promise.all([code('recordVisit', { visit }), code('cancelVisit', { visit })]);
    expect(steps.sort()).toEqual(['WRONG_STATE', null].sort());
  });
});

describe('a measure', () => {
  test('is proposed, decided and done, and ranked by what it brings', async () => {
    await save(world.hub, 'saveEnergyFactor', {
      service: world.service.id,
      kind: 'PRICE',
      value: '0.1',
      basis: 'A test',
      source: 'A test',
      validFrom: '2020-01-01',
    });
    const on = (await world.newBuilding()).id;
    const propose = async (title: string, input: object) =>
      (
        await world.as(world.staff, 'proposeMeasure', {
          building: on,
          kind: 'INSULATION',
          carrier: 'GAS',
          title,
          ...input,
        })
      ).measure;
    const roof = await propose('Roof', {
      investment: '10000',
      grantAsked: '2500',
      estimatedKwhYear: '20000',
      proposedOn: '2026-01-10',
    });
    const free = await propose('Clock', { investment: '0', estimatedKwhYear: '100' });
    const control = await propose('Control', { investment: '1000', estimatedKwhYear: '5000' });
    const unknown = await propose('Unknown', {});
    expect(roof).toMatchObject({
      state: 'PROPOSED',
      netInvestment: '10000',
      yearlySavingEur: '2000',
      paybackYears: '5',
    });
    expect(await code('completeMeasure', { measure: roof.id })).toBe('WRONG_STATE');
    expect(await code('decideMeasure', { measure: roof.id, on: '2026-01-01' })).toBe('DATES_OUT_OF_ORDER');
    expect(await code('decideMeasure', { measure: roof.id, on: '2026-02-01' }, world.editor)).toBeNull();
    expect(await code('updateMeasure', { measure: roof.id, grantAsked: '20000' })).toBe(
      'GRANT_ABOVE_INVESTMENT',
    );
    const { measure: done } = await world.as(world.editor, 'completeMeasure', {
      measure: roof.id,
      on: '2026-05-01',
    });
    expect(done).toMatchObject({ state: 'DONE', doneOn: '2026-05-01' });
    expect(await code('updateMeasure', { measure: roof.id, estimatedKwhYear: '1' })).toBe('WRONG_STATE');
    const { measure: granted } = await world.as(world.staff, 'updateMeasure', {
      measure: roof.id,
      grantObtained: '2000',
    });
    expect(granted).toMatchObject({ netInvestment: '8000', paybackYears: '4' });
    expect(await code('dropMeasure', { measure: roof.id })).toBe('WRONG_STATE');
    expect(await code('dropMeasure', { measure: unknown.id })).toBeNull();
    const { data } = await world.ask(
      `query ($service: ID!) { energyMeasures(filter: { service: $service }, orderBy: RETURN) { nodes { id title priceFactor { value source } } } }`,
      { service: world.service.id },
      world.staff,
    );
    // 0 € first, then 0.5 and 0.25 € a year for each euro; nothing is known of the last.
    expect(data.energyMeasures.nodes).toEqual(
      [free, control, roof, unknown].map(({ id, title }) => ({
        id,
        title,
        priceFactor: { value: '0.1', source: 'A test' },
      })),
    );
    await expect(
      world.hub.sql(`update energy_measure set estimated_kwh_year = 1 where state = 'DONE'`),
    ).rejects.toMatchObject({
      code: 'MH094',
    });
  });
});

describe('which building comes next', () => {
  test('each part of the score is told, and the highest score comes first', async () => {
    const other = await EnergyWorld.open();
    const [large, asked, visited] = [
      await other.newBuilding({ floor_area_m2: '9000', name: 'Large' }),
      await other.newBuilding({ floor_area_m2: '500', name: 'Asked' }),
      await other.newBuilding({ floor_area_m2: '500', name: 'Visited' }),
    ];
    await other.as(other.staff, 'requestVisit', { building: asked.id });
    const { visit } = await other.as(other.staff, 'requestVisit', {
      building: visited.id,
      requestedOn: '2024-06-15',
    });
    await other.as(other.staff, 'recordVisit', { visit: visit.id, on: '2024-06-15' });
    const { data } = await other.ask(
      `query ($id: ID!) { node(id: $id) { ... on EnergyService { nextVisits(first: 3) {
        building { name } score requestPoints lastVisitPoints floorAreaPoints intensityPoints } } } }`,
      { id: other.service.id },
      other.staff,
    );
    expect(data.node.nextVisits).toEqual([
      {
        building: { name: 'Asked' },
        score: '72',
        requestPoints: '30',
        lastVisitPoints: '40',
        floorAreaPoints: '2',
        intensityPoints: '0',
      },
      {
        building: { name: 'Large' },
        score: '60',
        requestPoints: '0',
        lastVisitPoints: '40',
        floorAreaPoints: '20',
        intensityPoints: '0',
      },
      expect.objectContaining({ score: '44' }),
    ]);
    expect(large.id).toBeTruthy();
    const { data: hidden } = await other.ask(
      `query ($id: ID!) { node(id: $id) { ... on EnergyService { nextVisits { score } } } }`,
      { id: other.service.id },
      holder(Role.PARTNER_EDITOR, await other.newMember()),
    );
    expect(hidden.node.nextVisits).toEqual([]);
    await other.close();
  });
});
