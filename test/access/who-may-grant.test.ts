import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { newPartner, save, unknownId } from '../partners/records.ts';
import { startTestHub, type TestHub } from '../support/hub.ts';
import { ADMIN, attempt, clientWith, post, saveAs } from './asking.ts';

let hub: TestHub;
/** Global ids of the records that roles are held for, by the letters of the table below. */
const records: Record<string, string> = {};
/** Authorization headers of the tools in the table. */
const tools: Record<string, string> = { admin: ADMIN };
const SYNTHETIC = { provenance: 'SYNTHETIC' };

const roleOf = (short: string): { role: string; reference?: string } => {
  const [role = '', of] = short.split(' ');
  return of ? { role, reference: records[of] as string } : { role };
};

beforeAll(async () => {
  hub = await startTestHub();
  const federation = async (slug: string) =>
    (await save(hub, 'createFederation', { slug, name: { fr: slug }, ...SYNTHETIC })).id;
  Object.assign(records, {
    P: (await newPartner(hub, SYNTHETIC)).id,
    Q: (await newPartner(hub, SYNTHETIC)).id,
    F: await federation('own-federation'),
    G: await federation('other-federation'),
    A: (await hub.query('{ competentAuthorities { id } }')).data.competentAuthorities[0].id,
  });
  const provider = (await save(hub, 'createProvider', { slug: 'r', name: { fr: 'R' }, ...SYNTHETIC })).id;
  const service = async (slug: string, kind = 'OTHER') => {
    const named = { kind, slug, name: { en: slug }, languages: ['EN'], carriers: [provider] };
    return (await save(hub, 'createSharedService', { ...named, ...SYNTHETIC })).id;
  };
  Object.assign(records, { S: await service('own-service'), T: await service('other-service') });
  const centre = await service('centre', 'PURCHASING');
  records.R = (await save(hub, 'createSupplier', { service: centre, name: 'R' })).id;
  const roles: Record<string, string[]> = {
    editor: ['PARTNER_EDITOR P'],
    reader: ['PARTNER_READER P'],
    staff: ['SERVICE_STAFF S'],
    federation: ['FEDERATION_ADMIN F'],
    analyst: ['FEDERATION_ANALYST F'],
    supplier: ['SUPPLIER R'],
    several: ['PARTNER_EDITOR P', 'SERVICE_STAFF S'],
  };
  for (const [name, own] of Object.entries(roles))
    tools[name] = (await clientWith(hub, own.map(roleOf))).authorization;
  const scopes = ['READ', 'DIRECTORY', 'ENROLMENTS', 'USAGE'];
  tools['editor without ACCESS'] = (
    await clientWith(hub, [roleOf('PARTNER_EDITOR P')], { scopes })
  ).authorization;
  tools['federation with ACCESS alone'] = (
    await clientWith(hub, [roleOf('FEDERATION_ADMIN F')], { scopes: ['ACCESS'] })
  ).authorization;
  tools.sandbox = (await clientWith(hub, [roleOf('PARTNER_EDITOR P')], { isSandbox: true })).authorization;
}, 60_000);
afterAll(() => hub.close());

const ROLES = [
  'PARTNER_READER P',
  'PARTNER_EDITOR P',
  'PARTNER_EDITOR Q',
  'SERVICE_STAFF S',
  'SERVICE_STAFF T',
  'SUPPLIER R',
  'FEDERATION_ANALYST F',
  'FEDERATION_ADMIN F',
  'FEDERATION_ADMIN G',
  'AUTHORITY_READER A',
  'HUB_ADMIN',
];
const OF_P = ['PARTNER_READER P', 'PARTNER_EDITOR P'];
const OF_F = ['FEDERATION_ANALYST F', 'FEDERATION_ADMIN F'];

/** What each may give to a tool, and to a person. */
const TABLE: [tool: string, toClients: string[], toAccounts: string[]][] = [
  ['admin', ROLES, ROLES],
  ['editor', OF_P, []],
  ['reader', [], []],
  ['staff', ['SERVICE_STAFF S'], []],
  ['federation', OF_F, OF_F],
  ['analyst', [], []],
  ['supplier', [], []],
  ['several', [...OF_P, 'SERVICE_STAFF S'], []],
  ['editor without ACCESS', [], []],
  ['federation with ACCESS alone', OF_F, []],
  ['sandbox', [], []],
];

/** Why one may not who may try: an account that one does not see is not there. */
const REFUSALS: Record<string, string> = {
  'federation with ACCESS alone': 'SCOPE_NOT_HELD',
  editor: 'NOT_FOUND',
  staff: 'NOT_FOUND',
  several: 'NOT_FOUND',
  sandbox: 'NOT_FOUND',
};

describe.each(TABLE)('%s', (tool, toClients, toAccounts) => {
  test.each(ROLES)(`and a tool with %s`, async (role) => {
    const input = { name: role, roles: [roleOf(role)] };
    const outcome = await attempt(hub, 'createClient', input, tools[tool] as string);
    expect(outcome).toBe(toClients.includes(role) ? 'saved' : 'FORBIDDEN');
  });

  test.each(ROLES)('and a person with %s', async (role) => {
    // One that held a role for the federation before, which sees it since.
    const { id, roles } = await save(hub, 'registerAccount', {
      issuer: 'https://id.example',
      subject: `${tool} ${role}`,
      roles: [roleOf('FEDERATION_ANALYST F')],
    });
    await save(hub, 'revokeRole', { id: roles[0].id });
    const outcome = await attempt(hub, 'grantRole', { account: id, ...roleOf(role) }, tools[tool] as string);
    expect(outcome).toBe(toAccounts.includes(role) ? 'saved' : (REFUSALS[tool] ?? 'FORBIDDEN'));
  });
});

describe('who manages a client', () => {
  const CLIENTS = '{ clients(first: 100) { nodes { id roles { reference } accessTokens { id } } } }';
  const seenBy = async (tool: string): Promise<string[]> =>
    (await post(hub, CLIENTS, {}, tools[tool])).data.clients.nodes.map(({ id }: { id: string }) => id);

  test('is who may grant all of its roles: it sees it, and nobody else does', async () => {
    const own = await clientWith(hub, [roleOf('PARTNER_READER P')]);
    const more = await clientWith(hub, [roleOf('PARTNER_READER P'), roleOf('SERVICE_STAFF S')]);
    const beyond = await clientWith(hub, [roleOf('PARTNER_READER P'), roleOf('PARTNER_READER Q')]);
    expect(await seenBy('editor')).toContain(own.id);
    expect(await seenBy('editor')).not.toContain(more.id);
    expect(await seenBy('several')).toEqual(expect.arrayContaining([own.id, more.id]));
    for (const tool of ['editor', 'several']) expect(await seenBy(tool)).not.toContain(beyond.id);
    for (const tool of ['reader', 'analyst', 'supplier']) expect(await seenBy(tool)).toHaveLength(1);
    expect((await post(hub, CLIENTS)).data.clients.nodes).toEqual([]);
    const node = `{ node(id: "${beyond.tokenId}") { id } }`;
    expect((await post(hub, node, {}, tools.several)).data).toEqual({ node: null });
    expect((await post(hub, node, {}, beyond.authorization)).data).toEqual({ node: { id: beyond.tokenId } });
  });

  test('to others it does not exist, whatever they try', async () => {
    const other = await clientWith(hub, [roleOf('PARTNER_EDITOR Q')]);
    const { data } = await post(
      hub,
      `{ node(id: "${other.id}") { ... on Client { roles { id } } } }`,
      {},
      ADMIN,
    );
    const as = tools.editor as string;
    const id = { id: other.id };
    expect(await attempt(hub, 'closeClient', id, as)).toBe('NOT_FOUND');
    expect(await attempt(hub, 'issueAccessToken', { client: other.id, scopes: ['READ'] }, as)).toBe(
      'NOT_FOUND',
    );
    expect(await attempt(hub, 'rotateAccessToken', { id: other.tokenId }, as)).toBe('NOT_FOUND');
    expect(await attempt(hub, 'revokeAccessToken', { id: other.tokenId }, as)).toBe('NOT_FOUND');
    expect(await attempt(hub, 'grantRole', { client: other.id, ...roleOf('PARTNER_READER P') }, as)).toBe(
      'NOT_FOUND',
    );
    expect(await attempt(hub, 'revokeRole', { id: data.node.roles[0].id }, as)).toBe('NOT_FOUND');
    expect(await attempt(hub, 'closeClient', id, tools.federation as string)).toBe('NOT_FOUND');
  });

  test('a client that an administrator gives more is the administrator’s', async () => {
    const own = await clientWith(hub, [roleOf('PARTNER_READER P')]);
    const as = tools.editor as string;
    const { id } = await saveAs(hub, 'grantRole', { client: own.id, role: 'HUB_ADMIN' }, ADMIN);
    expect(await attempt(hub, 'issueAccessToken', { client: own.id, scopes: ['READ'] }, as)).toBe(
      'NOT_FOUND',
    );
    await saveAs(hub, 'revokeRole', { id }, ADMIN);
    expect(await attempt(hub, 'issueAccessToken', { client: own.id, scopes: ['READ'] }, as)).toBe(
      'NOT_FOUND',
    );
  });

  test('a partner’s editor lets a tool in, and the tool works for the partner', async () => {
    const as = tools.editor as string;
    const roles = [roleOf('PARTNER_EDITOR P')];
    const client = await saveAs(hub, 'createClient', { name: 'Payroll', roles }, as);
    const [role] = client.roles;
    expect(role).toMatchObject({ ...roles[0], grantedBy: expect.stringMatching(/^client_/) });
    await saveAs(hub, 'issueAccessToken', { client: client.id, scopes: ['USAGE'] }, as);
    expect(await attempt(hub, 'grantRole', { client: client.id, ...roles[0] }, as)).toBe('ROLE_HELD');
    await saveAs(hub, 'revokeRole', { id: role.id }, as);
    await saveAs(hub, 'grantRole', { client: client.id, ...roles[0] }, as);
    await saveAs(hub, 'closeClient', { id: client.id }, as);
    expect(await attempt(hub, 'closeClient', { id: client.id }, as)).toBe('WRONG_STATE');
  });
});

test('a federation lets people in, and sees of them what they are to it', async () => {
  const as = tools.federation as string;
  const person = { issuer: 'https://id.example', subject: 'somebody' };
  const { id } = await save(hub, 'registerAccount', { ...person, roles: [roleOf('FEDERATION_ADMIN G')] });
  const ACCOUNTS = '{ accounts(first: 100) { nodes { id roles { reference } } } }';
  const accounts = async () => (await post(hub, ACCOUNTS, {}, as)).data.accounts.nodes;
  expect((await accounts()).map((one: { id: string }) => one.id)).not.toContain(id);
  expect(await attempt(hub, 'registerAccount', person, as)).toBe('ROLES_MISSING');
  const again = await saveAs(
    hub,
    'registerAccount',
    { ...person, roles: [roleOf('FEDERATION_ANALYST F')] },
    as,
  );
  expect(again).toMatchObject({ id, roles: [{ role: 'FEDERATION_ANALYST', reference: records.F }] });
  expect(await accounts()).toContainEqual({ id, roles: [{ reference: records.F }] });
  expect(await attempt(hub, 'closeAccount', { id }, as)).toBe('FORBIDDEN');
  await saveAs(hub, 'closeAccount', { id }, ADMIN);
  const grant = { account: id, ...roleOf('FEDERATION_ADMIN F') };
  expect(await attempt(hub, 'grantRole', grant, as)).toBe('WRONG_STATE');
  expect(
    await attempt(hub, 'registerAccount', { ...person, roles: [roleOf('FEDERATION_ADMIN F')] }, as),
  ).toBe('WRONG_STATE');
});

describe('a sandbox', () => {
  test('creates sandboxes alone, and manages no other client', async () => {
    const as = tools.sandbox as string;
    const input = { name: 'Trial', roles: [roleOf('PARTNER_READER P')] };
    expect(await attempt(hub, 'createClient', { ...input, isSandbox: true }, as)).toBe('saved');
    const real = await clientWith(hub, input.roles);
    expect(await attempt(hub, 'closeClient', { id: real.id }, as)).toBe('NOT_FOUND');
    expect((await post(hub, '{ viewer { isSandbox } }', {}, as)).data).toEqual({
      viewer: { isSandbox: true },
    });
  });

  test('holds roles for synthetic partners and services alone', async () => {
    // The first real record closes the demonstration to whom it does not know.
    const other = await startTestHub();
    const real = await newPartner(other);
    const synthetic = await newPartner(other, SYNTHETIC);
    const sandbox = { name: 'Trial', isSandbox: true };
    const partnerRole = (id: string) => ({ role: 'PARTNER_EDITOR', reference: id });
    const tried = async (role: object) =>
      attempt(other, 'createClient', { ...sandbox, roles: [partnerRole(synthetic.id), role] }, ADMIN);
    expect(await tried(partnerRole(real.id))).toBe('SANDBOX_ONLY_SYNTHETIC');
    expect(await tried({ role: 'HUB_ADMIN' })).toBe('SANDBOX_ONLY_SYNTHETIC');
    const made = await saveAs(
      other,
      'createClient',
      { ...sandbox, roles: [partnerRole(synthetic.id)] },
      ADMIN,
    );
    expect(await attempt(other, 'grantRole', { client: made.id, ...partnerRole(real.id) }, ADMIN)).toBe(
      'SANDBOX_ONLY_SYNTHETIC',
    );
    const past = `insert into role_grant (id, client_id, role, partner_id, granted_by)
      values (gen_random_uuid(), $1, 'PARTNER_EDITOR', $2, 'x')`;
    const keys = [made.id.slice(7), real.id.slice(8)];
    await expect(other.sql(past, keys)).rejects.toMatchObject({ code: 'MH062' });
    await expect(other.sql('update client set is_sandbox = false')).rejects.toMatchObject({ code: 'MH061' });
    await other.close();
  });
});

test.each<[string, () => object, string]>([
  ['no record', () => ({ role: 'PARTNER_EDITOR' }), 'INVALID_REFERENCE'],
  ['a record for the whole hub', () => ({ role: 'HUB_ADMIN', reference: records.P }), 'INVALID_REFERENCE'],
  ['a record of another kind', () => ({ role: 'PARTNER_EDITOR', reference: records.S }), 'INVALID_ID'],
  ['no such record', () => ({ role: 'PARTNER_EDITOR', reference: unknownId('partner') }), 'NOT_FOUND'],
  ['what everybody is', () => ({ role: 'PUBLIC' }), 'ROLE_NOT_GRANTABLE'],
  [
    'an end that is past',
    () => ({ ...roleOf('PARTNER_READER P'), validUntil: '2020-01-01T00:00:00Z' }),
    'INVALID_PERIOD',
  ],
])('a role for %s is refused', async (_, role, code) => {
  expect(await attempt(hub, 'createClient', { name: 'x', roles: [role()] }, ADMIN)).toBe(code);
});

test.each([
  ['nobody', {}, 'INVALID_REFERENCE'],
  ['two', { client: unknownId('client'), account: unknownId('account') }, 'INVALID_REFERENCE'],
  ['a client that is not there', { client: unknownId('client') }, 'NOT_FOUND'],
  ['an account that is not there', { account: unknownId('account') }, 'NOT_FOUND'],
])('a role granted to %s is refused', async (_, to, code) => {
  expect(await attempt(hub, 'grantRole', { ...to, role: 'HUB_ADMIN' }, ADMIN)).toBe(code);
});

test.each([
  [{ name: ' ' }, 'TEXT_MISSING'],
  [{ name: 'x'.repeat(121) }, 'TEXT_TOO_LONG'],
  [{ roles: [] }, 'ROLES_MISSING'],
  [{ roles: Array.from({ length: 21 }, () => ({ role: 'HUB_ADMIN' })) }, 'TOO_MANY_ROLES'],
  [{ roles: [{ role: 'HUB_ADMIN' }, { role: 'HUB_ADMIN' }] }, 'ROLE_HELD'],
])('a client with %j is refused', async (wrong, code) => {
  const input = { name: 'x', roles: [{ role: 'HUB_ADMIN' }], ...wrong };
  expect(await attempt(hub, 'createClient', input, ADMIN)).toBe(code);
});

test.each([
  [{ issuer: 'id.example' }],
  [{ issuer: `https://${'x'.repeat(500)}` }],
  [{ subject: '' }],
  [{ subject: 'é' }],
])('an account with %j is refused', async (wrong) => {
  const input = { issuer: 'https://id.example', subject: 'one', ...wrong };
  expect(await attempt(hub, 'registerAccount', input, ADMIN)).toBe('INVALID_ACCOUNT');
});

test('the database knows too who holds a role, and for what', async () => {
  const client = (await clientWith(hub, [roleOf('PARTNER_READER P')])).id.slice(7);
  const partner = records.P?.slice(8);
  const insert = (columns: object) => {
    const row: Record<string, unknown> = { client_id: client, granted_by: 'x', ...columns };
    const names = Object.keys(row);
    const places = names.map((_, index) => `$${index + 1}`);
    return hub.sql(
      `insert into role_grant (id, ${names.join(', ')}) values (gen_random_uuid(), ${places.join(', ')})`,
      Object.values(row),
    );
  };
  for (const wrong of [
    { role: 'PARTNER_EDITOR' },
    { role: 'HUB_ADMIN', partner_id: partner },
    { role: 'SERVICE_STAFF', partner_id: partner },
    { role: 'PUBLIC' },
    { role: 'PARTNER_EDITOR', partner_id: partner, federation_id: records.F?.slice(11) },
  ])
    await expect(insert(wrong)).rejects.toMatchObject({ constraint: 'role_grant_record_of_role' });
  await expect(insert({ role: 'HUB_ADMIN', client_id: null })).rejects.toMatchObject({
    constraint: 'role_grant_one_holder',
  });
  const [kept] = await hub.sql<{ held_for: string[] }>('select held_for from client where id = $1', [client]);
  expect(kept?.held_for).toEqual([partner]);
  await expect(hub.sql(`update role_grant set role = 'HUB_ADMIN', partner_id = null`)).rejects.toMatchObject({
    code: 'MH061',
  });
});
