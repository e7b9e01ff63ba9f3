import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, jest, test } from '@jest/globals';
import { createClient, type Client as Socket } from 'graphql-ws';
import { Authenticator } from '../../src/access/authenticator.ts';
import { UnitOfWork } from '../../src/database/unit-of-work.ts';
import { CredentialService } from '../../src/identity/index.ts';
import { count, newKey, newPartner } from '../partners/records.ts';
import { startTestHub, type TestHub } from '../support/hub.ts';
import { ADMIN, attempt, clientWith, ISSUE, post, ROTATE, saveAs } from './asking.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let ahead = 0;
const clock = (): Date => new Date(Date.now() + ahead);
const inDays = (days: number): string => new Date(clock().getTime() + days * DAY).toISOString();

let hub: TestHub;
let partner: { id: string };
let written: string[];
beforeAll(async () => {
  written = [];
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => written.push(String(text)) > 0);
  hub = await startTestHub('demonstration', { clock, logLevel: 'debug' });
  partner = await newPartner(hub, { provenance: 'SYNTHETIC' });
});
afterAll(async () => {
  await hub.close();
  jest.restoreAllMocks();
});
beforeEach(() => {
  ahead = 0;
});

const editor = () => [{ role: 'PARTNER_EDITOR', reference: partner.id }];
const VIEWER = `{ viewer { principal isAdministrator isSandbox scopes expiresAt mutations
  roles { role reference } } }`;
const principalOf = async (authorization: string): Promise<string | number> => {
  const { status, data } = await post(hub, '{ viewer { principal } }', {}, authorization);
  return data?.viewer.principal ?? status;
};
const issue = async (client: string, more: object = {}, authorization = ADMIN) => {
  const input = { idempotencyKey: newKey(), client, scopes: ['READ'], ...more };
  return (await post(hub, ISSUE, { input }, authorization)).data.issueAccessToken;
};
const rotate = async (id: string, more: object = {}, authorization = ADMIN) =>
  (await post(hub, ROTATE, { input: { idempotencyKey: newKey(), id, ...more } }, authorization)).data
    .rotateAccessToken;

test('a tool with a token is its client, with its roles and scopes, until the token ends', async () => {
  const { id, authorization, token } = await clientWith(hub, editor(), { scopes: ['USAGE', 'READ'] });
  expect(token).toMatch(/^hub_[a-z0-9]{8,12}_[A-Za-z0-9_-]{43}$/);
  const { viewer } = (await post(hub, VIEWER, {}, authorization)).data;
  expect(viewer).toEqual({
    principal: id,
    isAdministrator: false,
    isSandbox: false,
    scopes: ['READ', 'USAGE'],
    roles: [{ role: 'PARTNER_EDITOR', reference: partner.id }],
    expiresAt: expect.any(String),
    mutations: ['reportUsage'],
  });
  expect(Math.round((Date.parse(viewer.expiresAt) - Date.now()) / DAY)).toBe(90);
  ahead = 91 * DAY;
  expect(await principalOf(authorization)).toBe(401);
});

test('the viewer of the administrator’s token may try every mutation, nobody none', async () => {
  const all = Object.keys(hub.schema.getMutationType()?.getFields() ?? {}).toSorted();
  expect((await post(hub, VIEWER, {}, ADMIN)).data.viewer).toMatchObject({ scopes: null, mutations: all });
  expect((await post(hub, VIEWER)).data.viewer).toMatchObject({ roles: [], mutations: [], expiresAt: null });
});

test('a secret is shown once; the database, the outcome of the request and the log do not have it', async () => {
  const client = await clientWith(hub, editor());
  const input = { idempotencyKey: newKey(), client: client.id, scopes: ['READ'] };
  const first = (await post(hub, ISSUE, { input }, ADMIN)).data.issueAccessToken;
  const again = (await post(hub, ISSUE, { input }, ADMIN)).data.issueAccessToken;
  expect(again).toEqual({ ...first, secret: null });
  expect(await count(hub, 'access_token', 'client_id = $1', [client.id.slice(7)])).toBe(2);
  expect(await principalOf(`Bearer ${first.secret}`)).toBe(client.id);

  const replacement = { idempotencyKey: newKey(), id: first.accessToken.id };
  await saveAs(hub, 'revokeAccessToken', { id: client.tokenId }, ADMIN);
  const rotated = (await post(hub, ROTATE, { input: replacement }, ADMIN)).data.rotateAccessToken;
  const repeated = (await post(hub, ROTATE, { input: replacement }, ADMIN)).data.rotateAccessToken;
  expect(repeated).toEqual({ ...rotated, secret: null });

  // A failure that is logged, on the way of a request with the token.
  await hub.sql('alter table sector rename to sector_away');
  await post(hub, '{ sectors { code } }', {}, `Bearer ${rotated.secret}`);
  await hub.sql('alter table sector_away rename to sector');
  const tables = await hub.sql<{ name: string }>(
    `select table_name as name from information_schema.tables where table_schema = 'public'`,
  );
  const rows = await Promise.all(tables.map(({ name }) => hub.sql(`select t::text from "${name}" t`)));
  const everything = JSON.stringify(rows) + written.join('');
  expect(written.join('')).toContain('sector');
  for (const secret of [client.token, first.secret, rotated.secret]) {
    expect(everything).toContain(secret.split('_')[1]);
    expect(everything).not.toContain(secret.split('_').slice(2).join('_'));
  }
});

test.each([
  ['another secret', (token: string) => `${token.slice(0, -4)}AAAA`],
  [
    'another prefix',
    (token: string) => token.replace(/^hub_./, (start) => (start === 'hub_a' ? 'hub_b' : 'hub_a')),
  ],
  ['a piece less', (token: string) => token.slice(0, -1)],
  ['a piece more', (token: string) => `${token}A`],
  ['other case', (token: string) => token.toUpperCase()],
])('a token with %s is none', async (_, change) => {
  const { token } = await clientWith(hub, editor());
  expect(await principalOf(`Bearer ${change(token)}`)).toBe(401);
});

test('a token that was revoked is not taken any more, and the others are', async () => {
  const client = await clientWith(hub, editor());
  const other = await issue(client.id);
  expect(await principalOf(client.authorization)).toBe(client.id);
  await saveAs(hub, 'revokeAccessToken', { id: client.tokenId }, ADMIN);
  expect(await principalOf(client.authorization)).toBe(401);
  expect(await principalOf(`Bearer ${other.secret}`)).toBe(client.id);
  await saveAs(hub, 'closeClient', { id: client.id }, ADMIN);
  expect(await principalOf(`Bearer ${other.secret}`)).toBe(401);
  expect((await issue(client.id)).userErrors).toEqual([{ code: 'WRONG_STATE', field: 'client' }]);
});

test('a rotated token goes on as long as it is told to, and the new one has its scopes', async () => {
  const client = await clientWith(hub, editor(), { scopes: ['USAGE', 'READ'] });
  const next = await rotate(client.tokenId, { overlapHours: 3 });
  expect(next.accessToken.scopes).toEqual(['READ', 'USAGE']);
  expect((await rotate(next.accessToken.id)).userErrors).toEqual([{ code: 'TOO_MANY_TOKENS', field: 'id' }]);
  expect(await principalOf(client.authorization)).toBe(client.id);
  ahead = 3 * HOUR;
  expect(await principalOf(client.authorization)).toBe(401);
  expect(await principalOf(`Bearer ${next.secret}`)).toBe(client.id);
  expect((await rotate(client.tokenId)).userErrors).toEqual([{ code: 'WRONG_STATE', field: 'id' }]);
  const last = await rotate(next.accessToken.id, { overlapHours: 0 });
  expect(await principalOf(`Bearer ${next.secret}`)).toBe(401);
  expect(await principalOf(`Bearer ${last.secret}`)).toBe(client.id);
});

test('a tool rotates its own token, with no more scopes than it has', async () => {
  const client = await clientWith(hub, editor(), { scopes: ['ACCESS'] });
  const next = await rotate(client.tokenId, {}, client.authorization);
  expect(await principalOf(`Bearer ${next.secret}`)).toBe(client.id);
  await saveAs(hub, 'revokeAccessToken', { id: client.tokenId }, ADMIN);
  const wider = await issue(client.id, { scopes: ['ACCESS', 'USAGE'] }, `Bearer ${next.secret}`);
  expect(wider).toMatchObject({ secret: null, userErrors: [{ code: 'SCOPE_NOT_HELD', field: 'scopes' }] });
});

test('a third token is refused, whether one after the other or all at once, and by the database too', async () => {
  const client = await clientWith(hub, editor());
  const answers = await Promise.all([1, 2, 3, 4].map(() => issue(client.id)));
  expect(answers.map(({ userErrors }) => userErrors[0]?.code ?? 'saved').toSorted()).toEqual([
    'TOO_MANY_TOKENS',
    'TOO_MANY_TOKENS',
    'TOO_MANY_TOKENS',
    'saved',
  ]);
  expect((await issue(client.id)).userErrors).toEqual([{ code: 'TOO_MANY_TOKENS', field: 'client' }]);
  const past = `insert into access_token (id, client_id, prefix, secret_hash, scopes, expires_at)
    values (gen_random_uuid(), $1, 'aaaaaaaa', repeat('a', 64), '{READ}', now() + interval '1 day')`;
  await expect(hub.sql(past, [client.id.slice(7)])).rejects.toMatchObject({ code: 'MH060' });
  const revive = `update access_token set expires_at = expires_at + interval '1 day' where client_id = $1`;
  await expect(hub.sql(revive, [client.id.slice(7)])).rejects.toMatchObject({ code: 'MH061' });
});

test.each([
  [{ scopes: [] }, 'SCOPES_MISSING'],
  [{ expiresAt: inDays(401) }, 'EXPIRY_OUT_OF_RANGE'],
  [{ expiresAt: inDays(-1) }, 'EXPIRY_OUT_OF_RANGE'],
  [{ client: 'client_01890a5d-ac96-774b-bcce-b302099a8057' }, 'NOT_FOUND'],
  [{ client: 'partner_01890a5d-ac96-774b-bcce-b302099a8057' }, 'INVALID_ID'],
])('a token with %j is refused: %s', async (wrong, code) => {
  const client = await clientWith(hub, editor());
  expect((await issue(client.id, wrong)).userErrors).toMatchObject([{ code }]);
});

test('an overlap of more than three days is refused', async () => {
  const client = await clientWith(hub, editor());
  for (const overlapHours of [-1, 73]) {
    const { userErrors } = await rotate(client.tokenId, { overlapHours });
    expect(userErrors).toEqual([{ code: 'INVALID_OVERLAP', field: 'overlapHours' }]);
  }
});

test('a role that ends no longer counts, and one that is revoked neither, at once', async () => {
  const validUntil = new Date(clock().getTime() + 10_000).toISOString();
  const other = await newPartner(hub, { provenance: 'SYNTHETIC' });
  const client = await clientWith(hub, [
    ...editor(),
    { role: 'PARTNER_READER', reference: other.id, validUntil },
  ]);
  const roles = async () =>
    (await post(hub, VIEWER, {}, client.authorization)).data.viewer.roles.map(
      ({ role }: { role: string }) => role,
    );
  expect(await roles()).toEqual(['PARTNER_EDITOR', 'PARTNER_READER']);
  ahead = 10_000;
  expect(await roles()).toEqual(['PARTNER_EDITOR']);
  const read = `{ node(id: "${client.id}") { ... on Client { roles { id role validUntil } } } }`;
  const { data } = await post(hub, read, {}, client.authorization);
  await saveAs(hub, 'revokeRole', { id: data.node.roles[0].id }, ADMIN);
  expect(await roles()).toEqual([]);
  expect(await attempt(hub, 'revokeRole', { id: data.node.roles[0].id }, ADMIN)).toBe('WRONG_STATE');
});

test('what another process revokes counts once its credential is no longer remembered', async () => {
  const client = await clientWith(hub, editor());
  const elsewhere = new Authenticator({
    adminToken: undefined,
    credentials: new CredentialService(new UnitOfWork(hub.orm)),
    clock,
    rememberMs: 300,
  });
  const outcome = () => elsewhere.viewer(client.authorization).then(({ principal }) => principal, String);
  expect(await outcome()).toBe(client.id);
  await saveAs(hub, 'revokeAccessToken', { id: client.tokenId }, ADMIN);
  expect(await outcome()).toBe(client.id);
  await setTimeout(350);
  expect(await outcome()).toMatch(/^UnauthenticatedError/);
  await elsewhere.settled();
});

test('the day of its last use is noted once a day', async () => {
  const client = await clientWith(hub, editor());
  const read = `{ node(id: "${client.tokenId}") { ... on AccessToken { lastUsedOn isLive } } }`;
  expect((await post(hub, read, {}, ADMIN)).data.node).toEqual({ lastUsedOn: null, isLive: true });
  await principalOf(client.authorization);
  const used = async (): Promise<string> => (await post(hub, read, {}, ADMIN)).data.node.lastUsedOn;
  while (!(await used())) await setTimeout(20);
  const today = await used();
  expect(today).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  ahead = 2 * DAY;
  await principalOf(client.authorization);
  while ((await used()) === today) await setTimeout(20);
  expect((await used()) > today).toBe(true);
});

async function closing(authorization: string): Promise<{ socket: Socket; closed: Promise<number> }> {
  if (!hub.http.server.listening) await hub.http.listen({ port: 0, host: '127.0.0.1' });
  const url = `ws://127.0.0.1:${(hub.http.server.address() as AddressInfo).port}/graphql`;
  let tell: (code: number) => void = () => undefined;
  const closed = new Promise<number>((resolve) => {
    tell = resolve;
  });
  const socket = createClient({
    url,
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    lazy: false,
    connectionParams: { authorization },
    onNonLazyError: () => undefined,
    on: { closed: (event) => tell((event as CloseEvent).code) },
  });
  await new Promise<void>((resolve) => {
    socket.on('connected', () => resolve());
  });
  return { socket, closed };
}

test('a socket closes when its token ends', async () => {
  const expiresAt = new Date(clock().getTime() + 1_500).toISOString();
  const client = await clientWith(hub, editor(), { expiresAt });
  const { closed } = await closing(client.authorization);
  const before = Date.now();
  expect(await closed).toBe(4403);
  expect(Date.now() - before).toBeLessThan(10_000);
});

test('an operation on a socket whose token was revoked closes it', async () => {
  const client = await clientWith(hub, editor());
  const { socket, closed } = await closing(client.authorization);
  await saveAs(hub, 'revokeAccessToken', { id: client.tokenId }, ADMIN);
  socket.subscribe(
    { query: '{ viewer { principal } }' },
    { next: () => undefined, error: () => undefined, complete: () => undefined },
  );
  expect(await closed).toBe(4403);
});
