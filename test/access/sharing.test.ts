import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Role } from '../../src/access/roles.ts';
import type { Viewer } from '../../src/access/viewer.ts';
import { save, unknownId } from '../partners/records.ts';
import { makeWorld, viewerOfRole, type World } from './world.ts';

let world: World;
let partner: Viewer;
let analyst: Viewer;
beforeAll(async () => {
  world = await makeWorld();
  partner = world.viewer(Role.PARTNER_EDITOR);
  analyst = world.viewer(Role.FEDERATION_ANALYST);
}, 120_000);
afterAll(() => world.close());

const GRANT = `mutation ($input: GrantDataSharingInput!) { grantDataSharing(input: $input) { agreement { id } userErrors { code field } } }`;
const REVOKE = `mutation ($input: RevokeDataSharingInput!) { revokeDataSharing(input: $input) { agreement { id revokedAt } userErrors { code field } } }`;
const SEEN = `query ($id: ID!) { partner(reference: { id: $id }) { headcount enrolments { totalCount } usage { totalCount } } }`;

let keys = 0;
async function grant(viewer: Viewer, change: object = {}) {
  keys += 1;
  const input = {
    idempotencyKey: `sharing-${keys}`,
    partner: world.own.partner,
    federation: world.own.federation,
    purpose: 'Report to the authority',
    rooms: ['DIRECTORY', 'ENROLMENTS', 'USAGE'],
    validUntil: '2027-06-15',
    ...change,
  };
  const { data, errors } = await world.hub.query(GRANT, { input }, { viewer });
  return { ...data?.grantDataSharing, refused: errors?.[0]?.extensions?.code };
}

async function revoke(viewer: Viewer, id: string) {
  keys += 1;
  const { data, errors } = await world.hub.query(
    REVOKE,
    { input: { idempotencyKey: `sharing-${keys}`, id } },
    { viewer },
  );
  return { ...data?.revokeDataSharing, refused: errors?.[0]?.extensions?.code };
}

async function seenBy(viewer: Viewer, id = world.own.partner) {
  const { data } = await world.hub.query(SEEN, { id }, { viewer });
  const { headcount, enrolments, usage } = data.partner;
  return { headcount, enrolments: enrolments.totalCount, usage: usage.totalCount };
}

/** What is public of the partner: the enrolment in the service whose enrolments are. */
const PUBLIC = { headcount: null, enrolments: 1, usage: 0 };
const ALL = { headcount: 12, enrolments: 5, usage: 13 };

describe('a federation sees records of a member', () => {
  test('only under an agreement, only of what is shared, and no longer from the moment it is revoked', async () => {
    expect(await seenBy(analyst)).toEqual(PUBLIC);
    const usage = (await grant(partner, { rooms: ['USAGE'] })).agreement.id;
    expect(await seenBy(analyst)).toEqual({ ...PUBLIC, usage: ALL.usage });
    const all = (await grant(partner)).agreement.id;
    expect(await seenBy(analyst)).toEqual(ALL);
    expect(await seenBy(world.viewer(Role.PUBLIC))).toEqual(PUBLIC);
    expect((await revoke(partner, all)).agreement.revokedAt).toBe('2026-06-15T10:00:00.000Z');
    expect(await seenBy(analyst)).toEqual({ ...PUBLIC, usage: ALL.usage });
    await revoke(partner, usage);
    expect(await seenBy(analyst)).toEqual(PUBLIC);
  });

  test('not under an agreement with another federation of the same partner', async () => {
    const { id } = await save(world.hub, 'createFederation', { slug: 'second', name: { fr: 'Seconde' } });
    const second = viewerOfRole(Role.FEDERATION_ADMIN, { ...world.own, federation: id });
    const { agreement } = await grant(partner);
    expect(await seenBy(second)).toEqual(PUBLIC);
    // The agreement alone does not do: the partner has to be its member.
    await grant(partner, { federation: id });
    expect(await seenBy(second)).toEqual(PUBLIC);
    await revoke(partner, agreement.id);
  });

  test('not after the last day of the agreement, nor once the partner has left', async () => {
    const { agreement } = await grant(partner);
    expect(await seenBy(analyst)).toEqual(ALL);
    const key = agreement.id.replace(/^.*_/, '');
    await world.hub.sql(`update data_sharing_agreement set valid_until = '2020-01-01' where id = $1`, [key]);
    expect(await seenBy(analyst)).toEqual(PUBLIC);
    await world.hub.sql(`update data_sharing_agreement set valid_until = '2027-01-01' where id = $1`, [key]);
    const left = `update membership set valid_until = $1 where id = $2`;
    const membership = (world.own.records.Membership as string).replace(/^.*_/, '');
    await world.hub.sql(left, ['2021-01-01', membership]);
    expect(await seenBy(analyst)).toEqual(PUBLIC);
    await world.hub.sql(left, [null, membership]);
    await revoke(partner, agreement.id);
  });
});

describe('only the partner grants and revokes', () => {
  test.each([Role.FEDERATION_ADMIN, Role.SERVICE_STAFF, Role.PARTNER_READER, Role.PUBLIC])(
    'not %s',
    async (role) => {
      const viewer = world.viewer(role);
      const { agreement } = await grant(partner);
      expect((await grant(viewer)).refused).toBe(role === Role.PUBLIC ? 'UNAUTHENTICATED' : 'FORBIDDEN');
      expect((await revoke(viewer, agreement.id)).refused).toBe(
        role === Role.PUBLIC ? 'UNAUTHENTICATED' : 'FORBIDDEN',
      );
      expect(await seenBy(analyst)).toEqual(ALL);
      await revoke(partner, agreement.id);
    },
  );

  test('not for another partner, whose agreements are not even there', async () => {
    expect((await grant(partner, { partner: world.other.partner })).refused).toBe('FORBIDDEN');
    const theirs = world.other.records.DataSharingAgreement as string;
    const absent = await revoke(partner, unknownId('data_sharing_agreement'));
    expect(await revoke(partner, theirs)).toEqual(absent);
    expect(absent.userErrors).toEqual([{ code: 'NOT_FOUND', field: 'id' }]);
  });

  test.each([
    ['no purpose', { purpose: ' ' }, 'TEXT_MISSING', 'purpose'],
    ['a long purpose', { purpose: 'x'.repeat(501) }, 'TEXT_TOO_LONG', 'purpose'],
    ['no room', { rooms: [] }, 'ROOMS_MISSING', 'rooms'],
    ['an end that has come', { validUntil: '2026-06-15' }, 'INVALID_PERIOD', 'validUntil'],
    ['an end too far away', { validUntil: '2031-06-16' }, 'INVALID_PERIOD', 'validUntil'],
    ['no such federation', { federation: unknownId('federation') }, 'NOT_FOUND', 'federation'],
  ])('and not with %s', async (_, change, code, field) => {
    expect((await grant(partner, change)).userErrors).toEqual([{ code, field }]);
  });
});

test('nobody makes the figures of a service without being enrolled in it', async () => {
  const entry = {
    partner: world.own.partner,
    service: world.other.privateService,
    metric: 'OTHER_SERVICE_UNITS',
  };
  const input = {
    idempotencyKey: 'not-enrolled-1',
    source: 'tool',
    entries: [{ ...entry, occurredOn: '2025-03-01', quantity: '1000000', externalReference: 'x' }],
  };
  const report = `mutation ($input: ReportUsageInput!) { reportUsage(input: $input) { results { status error { code field } } } }`;
  const { data } = await world.hub.query(report, { input }, { viewer: partner });
  expect(data.reportUsage.results).toEqual([
    { status: 'REJECTED', error: { code: 'ENROLMENT_REQUIRED', field: 'entries.0.partner' } },
  ]);
});
