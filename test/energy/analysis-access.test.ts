import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Role, TokenScope } from '../../src/access/roles.ts';
import { type Viewer, viewerOf } from '../../src/access/viewer.ts';
import { fingerprint, keyOf, newService, save } from '../partners/records.ts';
import { monthsIn, sendMonths } from './climate.ts';
import { EnergyWorld, holder } from './world.ts';

let world: EnergyWorld;
let neighbour: { id: string };
const PERIODS = {
  baseline: { from: '2023-01-01', to: '2024-01-01' },
  reporting: { from: '2024-01-01', to: '2025-01-01' },
};
const FACTOR = { kind: 'PRICE', value: '0.1', validFrom: '2020-01-01', basis: 'A test', source: 'A test' };

beforeAll(async () => {
  world = await EnergyWorld.open();
  neighbour = await world.newMember();
  // The member's meter serves a building of the neighbour's, too.
  const theirs = await world.newBuilding({}, neighbour);
  world.meter = await world.newMeter({ carrier: 'ELECTRICITY' }, [
    { building: world.building },
    { building: theirs, partner: neighbour },
  ]);
  await sendMonths(world, [world.meter], monthsIn('2023-01-01', '2025-01-01'), () => 1000);
  await world.as(world.staff, 'recordSavings', { meters: [world.meter.id], ...PERIODS });
});
afterAll(() => world.close());

/** Whether somebody is told what the meter says was saved, and what was recorded. */
async function sees(viewer: Viewer): Promise<{ figures: boolean; recorded: number }> {
  const { data } = await world.ask(
    `query ($id: ID!, $baseline: DateRangeInput!, $reporting: DateRangeInput!) {
      meter(id: $id) { savings(baseline: $baseline, reporting: $reporting) { measuredKwh } }
      savingsResults { totalCount } }`,
    { id: world.meter.id, ...PERIODS },
    viewer,
  );
  return {
    figures: Boolean(data.meter?.savings?.measuredKwh),
    recorded: data.savingsResults.totalCount,
  };
}

test('savings are seen with the meter, and what was recorded by whose meter it is', async () => {
  expect(await sees(world.staff)).toEqual({ figures: true, recorded: 1 });
  expect(await sees(world.editor)).toEqual({ figures: true, recorded: 1 });
  expect(await sees(holder(Role.PARTNER_READER, neighbour))).toEqual({ figures: true, recorded: 0 });
  expect(await sees(holder(Role.PARTNER_READER, await world.newMember()))).toEqual({
    figures: false,
    recorded: 0,
  });
  expect(await sees(viewerOf({ principal: 'nobody', grants: [] }))).toEqual({ figures: false, recorded: 0 });
});

test('a federation sees them by agreement, and as long as it holds', async () => {
  const federation = await save(world.hub, 'createFederation', { slug: 'seers', name: { fr: 'Seers' } });
  await world.hub.sql(
    `insert into membership (partner_id, id, federation_id, valid_from) values ($1, gen_random_uuid(), $2, '2020-01-01')`,
    [keyOf(world.member), keyOf(federation)],
  );
  const analyst = holder(Role.FEDERATION_ANALYST, federation);
  expect(await sees(analyst)).toEqual({ figures: false, recorded: 0 });
  const agreement = await save(world.hub, 'grantDataSharing', {
    partner: world.member.id,
    federation: federation.id,
    purpose: 'Savings of the members',
    rooms: ['ENERGY'],
    validUntil: '2027-01-01',
  });
  expect(await sees(analyst)).toEqual({ figures: true, recorded: 1 });
  await save(world.hub, 'revokeDataSharing', { id: agreement.id });
  expect(await sees(analyst)).toEqual({ figures: false, recorded: 0 });
});

test('a token does what its scopes say, and sees what is public without READ', async () => {
  const token = (...scopes: TokenScope[]): Viewer =>
    viewerOf({
      principal: `client_${randomUUID()}`,
      grants: [{ role: Role.SERVICE_STAFF, of: keyOf(world.service) }],
      scopes: new Set(scopes),
    });
  expect(await sees(token(TokenScope.READ))).toEqual({ figures: true, recorded: 1 });
  expect(await sees(token(TokenScope.ENERGY))).toEqual({ figures: false, recorded: 0 });
  const before = await fingerprint(world.hub);
  const reader = token(TokenScope.READ, TokenScope.USAGE);
  expect(await world.as(reader, 'recordSavings', { meters: [world.meter.id], ...PERIODS })).toEqual({
    refused: 'FORBIDDEN',
  });
  expect(await world.as(reader, 'saveEnergyFactor', { service: world.service.id, ...FACTOR })).toEqual({
    refused: 'FORBIDDEN',
  });
  expect(await fingerprint(world.hub)).toEqual(before);
});

test('another service’s staff records nothing here, and the weather is the administrators’', async () => {
  const other = holder(Role.SERVICE_STAFF, await newService(world.hub, 'ENERGY'));
  const before = await fingerprint(world.hub);
  const { userErrors } = await world.as(other, 'recordSavings', { meters: [world.meter.id], ...PERIODS });
  expect(userErrors).toMatchObject([{ code: 'NOT_FOUND', field: 'meters' }]);
  expect(await world.as(other, 'saveEnergyFactor', { service: world.service.id, ...FACTOR })).toEqual({
    refused: 'FORBIDDEN',
  });
  const days = { station: 'UCCLE', base: '18', days: [{ day: '2024-01-01', degreeDays: '3' }] };
  expect(await world.as(world.staff, 'saveDegreeDays', days)).toEqual({ refused: 'FORBIDDEN' });
  const station = { code: 'UCCLE', name: 'Elsewhere', source: 'A test' };
  expect(await world.as(world.staff, 'saveWeatherStation', station)).toEqual({ refused: 'FORBIDDEN' });
  expect(await fingerprint(world.hub)).toEqual(before);
});
