import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Role, TokenScope } from '../../src/access/roles.ts';
import { type Viewer, viewerOf } from '../../src/access/viewer.ts';
import { fingerprint, keyOf, type MutationName, save } from '../partners/records.ts';
import { EnergyWorld, holder } from './world.ts';

let world: EnergyWorld;
let visit: { id: string };
let measure: { id: string };
let stranger: Viewer;
let otherStaff: Viewer;

beforeAll(async () => {
  world = await EnergyWorld.open();
  ({ visit } = await world.as(world.staff, 'requestVisit', { building: world.building.id }));
  ({ measure } = await world.as(world.staff, 'proposeMeasure', {
    building: world.building.id,
    kind: 'LIGHTING',
    title: 'LED',
    carrier: 'ELECTRICITY',
    investment: '100',
  }));
  stranger = holder(Role.PARTNER_EDITOR, await world.newMember());
  otherStaff = (await EnergyWorld.beside(world)).staff;
});
afterAll(() => world.close());

/** A change of each of the member's records, which its editor or the staff may make; the last ones the staff alone. */
const changes = (): [MutationName, object][] => [
  [
    'createBuilding',
    {
      partner: world.member.id,
      service: world.service.id,
      name: `B ${randomUUID()}`,
      activity: 'OFFICE',
      floorAreaM2: '10',
      municipality: '21004',
    },
  ],
  ['updateBuilding', { id: world.building.id, constructionYear: 1950 }],
  ['createMeter', { buildings: [world.building.id], reference: randomUUID(), carrier: 'GAS', unit: 'KWH' }],
  ['updateMeter', { id: world.meter.id, indexDigits: 5 }],
  ['connectMeter', { meter: world.meter.id, buildings: [world.building.id] }],
  ['requestVisit', { building: world.building.id }],
  ['cancelVisit', { visit: visit.id }],
  ['proposeMeasure', { building: world.building.id, kind: 'OTHER', title: 'Something', carrier: 'GAS' }],
  ['updateMeasure', { measure: measure.id, grantAsked: '50' }],
  ['decideMeasure', { measure: measure.id }],
  ['completeMeasure', { measure: measure.id }],
  ['dropMeasure', { measure: measure.id }],
  ['planVisit', { visit: visit.id, plannedFor: '2026-07-01' }],
  ['recordVisit', { visit: visit.id }],
  ['reportVisit', { visit: visit.id }],
];
const STAFF_ALONE: readonly MutationName[] = ['planVisit', 'recordVisit', 'reportVisit'];

/** What each change is answered, and that all of them together left everything as it was. */
async function answers(viewer: Viewer): Promise<Record<string, string>> {
  const before = await fingerprint(world.hub);
  const found: Record<string, string> = {};
  for (const [mutation, input] of changes()) {
    const { refused, userErrors } = await world.as(viewer, mutation, input);
    found[mutation] = refused ?? userErrors[0]?.code ?? 'saved';
  }
  expect(await fingerprint(world.hub)).toEqual(before);
  return found;
}
const each = (code: string): Record<string, string> =>
  Object.fromEntries(changes().map(([mutation]) => [mutation, code]));

describe('who keeps the records of a member', () => {
  test('nobody without a token, and no one with a role that keeps none', async () => {
    expect(await answers(viewerOf({ principal: 'anonymous', grants: [] }))).toEqual(each('UNAUTHENTICATED'));
    expect(await answers(holder(Role.PARTNER_READER, world.member))).toEqual(each('FORBIDDEN'));
  });

  test('another member’s editor does not find them', async () => {
    expect(await answers(stranger)).toEqual({
      ...each('NOT_FOUND'),
      createBuilding: 'FORBIDDEN',
      ...Object.fromEntries(STAFF_ALONE.map((mutation) => [mutation, 'FORBIDDEN'])),
    });
  });

  test('nor does the staff of another service', async () => {
    expect(await answers(otherStaff)).toEqual({ ...each('NOT_FOUND'), createBuilding: 'FORBIDDEN' });
  });

  test('the member’s editor, but not what the adviser does', async () => {
    const as = (mutation: MutationName, input: object) => world.as(world.editor, mutation, input);
    for (const mutation of STAFF_ALONE) {
      const input = changes().find(([name]) => name === mutation)?.[1] as object;
      expect({ mutation, ...(await as(mutation, input)) }).toEqual({ mutation, refused: 'FORBIDDEN' });
    }
    expect((await as('updateMeasure', { measure: measure.id, grantAsked: '50' })).userErrors).toEqual([]);
  });

  test('a token with the scope ENERGY alone, and what a sandbox writes is synthetic', async () => {
    const grants = [{ role: Role.PARTNER_EDITOR, of: keyOf(world.member) }];
    const principal = `client_${randomUUID()}`;
    const without = new Set(Object.values(TokenScope).filter((scope) => scope !== TokenScope.ENERGY));
    expect(await answers(viewerOf({ principal, grants, scopes: without }))).toEqual(each('FORBIDDEN'));
    const staff = [...grants, { role: Role.SERVICE_STAFF, of: keyOf(world.service) }];
    const sandbox = viewerOf({ principal, grants: staff, isSandbox: true });
    const answered = await answers(sandbox);
    expect(answered).toEqual(each('SANDBOX_ONLY_SYNTHETIC'));
  });
});

describe('who sees the advice', () => {
  const seen = async (viewer: Viewer): Promise<object> => {
    const { data, errors } = await world.ask(
      `query ($service: ID!) { energyVisits { totalCount } energyMeasures(orderBy: RETURN) { totalCount }
        node(id: $service) { ... on EnergyService { nextVisits { score } } } }`,
      { service: world.service.id },
      viewer,
    );
    expect(errors).toBeUndefined();
    return {
      visits: data.energyVisits.totalCount,
      measures: data.energyMeasures.totalCount,
      next: data.node.nextVisits.length,
    };
  };
  const ALL = { visits: 1, measures: 1, next: 1 };
  const NOTHING = { visits: 0, measures: 0, next: 0 };

  test('the partner and the staff, and nobody else', async () => {
    expect(await seen(holder(Role.PARTNER_READER, world.member))).toEqual(ALL);
    expect(await seen(world.staff)).toEqual(ALL);
    expect(await seen(stranger)).toEqual(NOTHING);
    expect(await seen(otherStaff)).toEqual(NOTHING);
    expect(await seen(viewerOf({ principal: 'anonymous', grants: [] }))).toEqual(NOTHING);
  });

  test('a federation by agreement about energy, as long as it holds', async () => {
    const federation = await save(world.hub, 'createFederation', { slug: 'seers', name: { fr: 'Seers' } });
    await world.hub.sql(
      `insert into membership (partner_id, id, federation_id, valid_from) values ($1, gen_random_uuid(), $2, '2020-01-01')`,
      [keyOf(world.member), keyOf(federation)],
    );
    const analyst = holder(Role.FEDERATION_ANALYST, federation);
    const share = (room: string) =>
      save(world.hub, 'grantDataSharing', {
        partner: world.member.id,
        federation: federation.id,
        purpose: 'Advice to the members',
        rooms: [room],
        validUntil: '2027-01-01',
      });
    await save(world.hub, 'revokeDataSharing', { id: (await share('USAGE')).id });
    expect(await seen(analyst)).toEqual(NOTHING);
    const { id } = await share('ENERGY');
    expect(await seen(analyst)).toEqual(ALL);
    // It reads, and keeps nothing.
    expect(await answers(analyst)).toEqual(each('FORBIDDEN'));
    await save(world.hub, 'revokeDataSharing', { id });
    expect(await seen(analyst)).toEqual(NOTHING);
  });
});
