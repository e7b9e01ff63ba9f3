import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Role } from '../../src/access/roles.ts';
import type { Viewer } from '../../src/access/viewer.ts';
import { UnitOfWork } from '../../src/database/unit-of-work.ts';
import { makeWorld, ROLES, type Tenant, type World } from './world.ts';

/*
 * What the database alone lets a viewer write, for whoever forgets to ask: SQL in the viewer's own transaction, past
 * every service.
 */
let world: World;
beforeAll(async () => {
  world = await makeWorld();
}, 120_000);
afterAll(() => world.close());

const key = (id: string | undefined): string => (id as string).slice((id as string).lastIndexOf('_') + 1);

class Undo extends Error {}

/** Runs a statement as somebody and takes it back; says whether it wrote a row, or what refused it. */
async function tried(viewer: Viewer, text: string, values: unknown[]): Promise<'written' | 'refused'> {
  let rows = 0;
  try {
    await new UnitOfWork(world.hub.orm).run(viewer, async (em) => {
      const answer = await em.execute<unknown[]>(`${text} returning 1`, values);
      rows = answer.length;
      throw new Undo();
    });
  } catch (error) {
    if (error instanceof Undo) return rows > 0 ? 'written' : 'refused';
    expect([text, (error as { code?: string }).code]).toEqual([text, '42501']);
    return 'refused';
  }
  return 'written';
}

/** A statement for the records of a tenant, and who writes it for the own one. */
const STATEMENTS: Record<string, { of: (tenant: Tenant) => [string, unknown[]]; by: Role[] }> = {
  'change a partner': {
    of: (tenant) => [`update partner set website = 'https://x.example' where id = ?`, [key(tenant.partner)]],
    by: [Role.PARTNER_EDITOR],
  },
  'end an enrolment': {
    of: (tenant) => [
      `update enrolment set status = 'ENDED', ended_on = '2026-01-01' where id = ?`,
      [key(tenant.records.Enrolment)],
    ],
    by: [Role.PARTNER_EDITOR, Role.SERVICE_STAFF],
  },
  'add to the history of an enrolment': {
    of: (tenant) => [
      `insert into enrolment_event (partner_id, id, enrolment_id, status, occurred_on) values (?, ?, ?, 'ACTIVE', '2026-01-01')`,
      [key(tenant.partner), randomUUID(), key(tenant.records.Enrolment)],
    ],
    by: [Role.PARTNER_EDITOR, Role.SERVICE_STAFF],
  },
  'report usage': {
    of: (tenant) => [
      `insert into usage_entry (partner_id, id, service_id, metric_key, occurred_on, quantity, enrolment_id, source, external_reference)
       values (?, ?, ?, 'OTHER_SERVICE_UNITS', '2025-01-01', 1, ?, 'x', ?)`,
      [
        key(tenant.partner),
        randomUUID(),
        key(tenant.privateService),
        key(tenant.records.Enrolment),
        randomUUID(),
      ],
    ],
    by: [Role.PARTNER_EDITOR, Role.SERVICE_STAFF],
  },
  'share data': {
    of: (tenant) => [
      `insert into data_sharing_agreement (partner_id, id, federation_id, purpose, rooms, valid_until, granted_by)
       values (?, ?, ?, 'x', '{USAGE}', '2027-01-01', 'x')`,
      [key(tenant.partner), randomUUID(), key(tenant.federation)],
    ],
    by: [Role.PARTNER_EDITOR],
  },
  'revoke an agreement': {
    of: (tenant) => [
      `update data_sharing_agreement set revoked_at = now(), revoked_by = 'x' where id = ?`,
      [key(tenant.records.DataSharingAgreement)],
    ],
    by: [Role.PARTNER_EDITOR],
  },
  'enter a member': {
    of: (tenant) => [
      `insert into membership (partner_id, id, federation_id, valid_from, valid_until) values (?, ?, ?, '2000-01-01', '2001-01-01')`,
      [key(tenant.partner), randomUUID(), key(tenant.federation)],
    ],
    by: [Role.FEDERATION_ADMIN],
  },
  'change a federation': {
    of: (tenant) => [
      `update federation set website = 'https://x.example' where id = ?`,
      [key(tenant.federation)],
    ],
    by: [Role.FEDERATION_ADMIN],
  },
  'change a service': {
    of: (tenant) => [
      `update shared_service set website = 'https://x.example' where id = ?`,
      [key(tenant.privateService)],
    ],
    by: [Role.FEDERATION_ADMIN],
  },
  'issue a token': {
    of: (tenant) => [
      `insert into access_token (id, client_id, prefix, secret_hash, scopes, expires_at) values (?, ?, ?, repeat('0', 64), '{READ}', now() + interval '1 hour')`,
      [randomUUID(), key(tenant.records.Client), randomUUID().slice(0, 8)],
    ],
    by: [Role.PARTNER_EDITOR],
  },
  'end a role': {
    of: (tenant) => [
      'update role_grant set valid_until = now() where id = ?',
      [key(tenant.records.RoleGrant)],
    ],
    by: [Role.PARTNER_EDITOR],
  },
  'close an account': {
    of: (tenant) => ['update account set closed_at = now() where id = ?', [key(tenant.records.Account)]],
    by: [Role.FEDERATION_ADMIN],
  },
  'make a provider': {
    of: () => [
      `insert into provider (id, slug, name_fr) values (?, ?, 'x')`,
      [randomUUID(), `x-${randomUUID()}`],
    ],
    by: [],
  },
  'change the mode of the hub': { of: () => [`update hub_state set mode = 'demonstration'`, []], by: [] },
};

describe.each(Object.entries(STATEMENTS))('%s', (_, { of, by }) => {
  test.each(ROLES.filter((role) => role !== Role.HUB_ADMIN))('as %s', async (role) => {
    const viewer = world.viewer(role);
    expect(await tried(viewer, ...of(world.other))).toBe('refused');
    expect(await tried(viewer, ...of(world.own))).toBe(by.includes(role) ? 'written' : 'refused');
  });
});
