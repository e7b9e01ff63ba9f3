import { createHmac, type KeyObject } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type CryptoKey, exportJWK, exportSPKI, generateKeyPair, type JWK, SignJWT } from 'jose';
import { newPartner, save } from '../partners/records.ts';
import { startTestHub, type TestHub } from '../support/hub.ts';
import { ADMIN, post, saveAs } from './asking.ts';

const AUDIENCE = 'https://hub.example';

/** An identity provider that gives its description and its keys, and counts who asks. */
class Provider {
  keys: JWK[] = [];
  asked = 0;
  private readonly server: Server = createServer((request, response) => {
    this.asked += 1;
    const description = { issuer: this.issuer, jwks_uri: `${this.issuer}/keys` };
    const body = request.url === '/keys' ? { keys: this.keys } : description;
    response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
  });

  get issuer(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  start(): Promise<void> {
    return new Promise((resolve) => this.server.listen(0, '127.0.0.1', resolve));
  }

  stop(): void {
    this.server.close();
    this.server.closeAllConnections();
  }
}

interface Keys {
  kid: string;
  alg: string;
  privateKey: CryptoKey | KeyObject;
  publicKey: CryptoKey | KeyObject;
}

let made = 0;
async function newKeys(alg = 'ES256'): Promise<Keys & { jwk: JWK }> {
  made += 1;
  const kid = `key-${made}`;
  const pair = await generateKeyPair(alg, { extractable: true });
  return { ...pair, kid, alg, jwk: { ...(await exportJWK(pair.publicKey)), kid, alg, use: 'sig' } };
}

const provider = new Provider();
let hub: TestHub;
let keys: Awaited<ReturnType<typeof newKeys>>;
let now: number;
beforeAll(async () => {
  await provider.start();
  keys = await newKeys();
  provider.keys = [keys.jwk];
  const oidc = {
    issuer: provider.issuer,
    audience: AUDIENCE,
    algorithms: ['RS256', 'ES256', 'EdDSA'],
    cooldownMs: 0,
  };
  hub = await startTestHub('demonstration', { oidc });
});
afterAll(async () => {
  await hub.close();
  provider.stop();
});
beforeEach(() => {
  now = Math.floor(Date.now() / 1000);
});

interface Claims {
  iss?: string;
  aud?: string | string[];
  sub?: string;
  exp?: number;
  nbf?: number;
}

function token(claims: Claims = {}, signedWith: Keys = keys): Promise<string> {
  const payload = { iss: provider.issuer, aud: AUDIENCE, sub: 'person-1', exp: now + 300, ...claims };
  return new SignJWT(JSON.parse(JSON.stringify(payload)))
    .setProtectedHeader({ alg: signedWith.alg, kid: signedWith.kid })
    .sign(signedWith.privateKey);
}

const VIEWER = '{ viewer { principal roles { role reference } scopes expiresAt isAdministrator } }';
const ask = async (jwt: string) => post(hub, VIEWER, {}, `Bearer ${jwt}`);
const base64 = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('a person without an account', () => {
  test('is known, stays the same, and has no roles', async () => {
    const { data } = await ask(await token());
    expect(data.viewer).toEqual({
      principal: expect.stringMatching(/^person_[0-9a-f]{16}$/),
      roles: [],
      scopes: null,
      isAdministrator: false,
      expiresAt: new Date((now + 360) * 1000).toISOString(),
    });
    expect((await ask(await token({ exp: now + 600 }))).data.viewer.principal).toBe(data.viewer.principal);
    expect((await ask(await token({ sub: 'person-2' }))).data.viewer.principal).not.toBe(
      data.viewer.principal,
    );
  });

  test('sees what the public sees, and writes nothing', async () => {
    const authorization = `Bearer ${await token()}`;
    const read = '{ partners(first: 3) { totalCount nodes { name } } clients { totalCount } }';
    expect((await post(hub, read, {}, authorization)).data).toEqual((await post(hub, read)).data);
    const write =
      'mutation { createFederation(input: { idempotencyKey: "by-a-person", slug: "z", name: { fr: "z" } }) { userErrors { code } } }';
    expect((await post(hub, write, {}, authorization)).codes).toEqual(['FORBIDDEN']);
  });
});

test('a person with an account has its roles, at once, and until it is closed', async () => {
  const partner = await newPartner(hub, { provenance: 'SYNTHETIC' });
  const sub = 'person-with-account';
  const jwt = await token({ sub });
  expect((await ask(jwt)).data.viewer.principal).toMatch(/^person_/);
  const role = { role: 'PARTNER_EDITOR', reference: partner.id };
  const account = await save(hub, 'registerAccount', { issuer: provider.issuer, subject: sub });
  expect((await ask(jwt)).data.viewer).toMatchObject({ principal: account.id, roles: [] });
  await saveAs(hub, 'grantRole', { account: account.id, ...role }, ADMIN);
  expect((await ask(jwt)).data.viewer.roles).toEqual([role]);
  await saveAs(hub, 'closeAccount', { id: account.id }, ADMIN);
  expect((await ask(jwt)).status).toBe(401);
  await saveAs(hub, 'registerAccount', { issuer: provider.issuer, subject: sub }, ADMIN);
  expect((await ask(jwt)).data.viewer).toMatchObject({ principal: account.id, roles: [] });
});

describe('taken', () => {
  test.each(['RS256', 'EdDSA'])('is a token signed with %s', async (alg) => {
    const others = await newKeys(alg);
    provider.keys = [keys.jwk, others.jwk];
    expect((await ask(await token({}, others))).status).toBe(200);
  });

  test('is one that names several audiences, ours among them', async () => {
    expect((await ask(await token({ aud: ['other', AUDIENCE] }))).status).toBe(200);
  });

  test('is one that ended, or begins, less than a minute away', async () => {
    expect((await ask(await token({ exp: now - 30 }))).status).toBe(200);
    expect((await ask(await token({ nbf: now + 30 }))).status).toBe(200);
  });
});

describe('refused, without a word of why,', () => {
  test.each<[string, () => Promise<string> | string]>([
    ['of another audience', () => token({ aud: 'https://other.example' })],
    ['without an audience', () => token({ aud: undefined as never })],
    ['of another issuer', () => token({ iss: 'https://other.example' })],
    ['with a slash more in its issuer', () => token({ iss: `${provider.issuer}/` })],
    ['that ended more than a minute ago', () => token({ exp: now - 61 })],
    ['that begins in more than a minute', () => token({ nbf: now + 90 })],
    ['without an end', () => token({ exp: undefined as never })],
    ['without a subject', () => token({ sub: undefined as never })],
    ['with an empty subject', () => token({ sub: '' })],
    [
      'signed with another key of the same name',
      async () => token({}, { ...(await newKeys()), kid: keys.kid }),
    ],
    ['signed with a key that nobody knows', async () => token({}, await newKeys())],
    ['signed with an algorithm that is not listed', () => withUnlisted()],
    ['with the algorithm none', () => unsigned('none')],
    ['with the algorithm None', () => unsigned('None')],
    ['signed with the public key as a secret (HS256)', () => signedWithPublicKey()],
    ['with its payload changed', async () => tampered(await token())],
    ['that is no token', () => 'a.b.c'],
    ['that is encrypted, in five parts', () => 'a.b.c.d.e'],
  ])('is a token %s', async (_, make) => {
    const wrong = await post(hub, VIEWER, {}, 'Bearer wrong');
    expect(await ask(await make())).toEqual({ ...wrong, status: 401, codes: ['UNAUTHENTICATED'] });
  });

  async function withUnlisted(): Promise<string> {
    const others = await newKeys('PS256');
    provider.keys = [keys.jwk, others.jwk];
    return token({}, others);
  }

  function unsigned(alg: string): string {
    const claims = { iss: provider.issuer, aud: AUDIENCE, sub: 'person-1', exp: now + 300 };
    return `${base64({ alg, kid: keys.kid })}.${base64(claims)}.`;
  }

  async function signedWithPublicKey(): Promise<string> {
    const claims = { iss: provider.issuer, aud: AUDIENCE, sub: 'person-1', exp: now + 300 };
    const text = `${base64({ alg: 'HS256', kid: keys.kid })}.${base64(claims)}`;
    const secret = await exportSPKI(keys.publicKey as CryptoKey);
    return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
  }

  function tampered(jwt: string): string {
    const [header, payload = '', signature] = jwt.split('.');
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
    return `${header}.${base64({ ...claims, sub: 'somebody-else' })}.${signature}`;
  }
});

test('a key that the provider made since is fetched, and one that it withdrew no longer counts', async () => {
  const before = keys;
  provider.keys = [before.jwk];
  expect((await ask(await token({}, before))).status).toBe(200);
  const next = await newKeys();
  provider.keys = [next.jwk];
  expect((await ask(await token({}, next))).status).toBe(200);
  expect((await ask(await token({}, before))).status).toBe(401);
  provider.keys = [before.jwk];
  expect((await ask(await token({}, before))).status).toBe(200);
});

test('what is no token does not make the hub ask the provider', async () => {
  const { asked } = provider;
  for (const wrong of ['wrong', 'a.b', 'hub_a_b', 'x'.repeat(9000)])
    expect((await ask(wrong)).status).toBe(401);
  expect(provider.asked).toBe(asked);
});

test('a hub without a provider takes no tokens of people, and one without the administrator’s token not that', async () => {
  const other = await startTestHub('operation', { adminToken: 'off' });
  expect((await post(other, VIEWER, {}, `Bearer ${await token()}`)).status).toBe(401);
  expect((await post(other, VIEWER, {}, ADMIN)).status).toBe(401);
  expect((await post(other, VIEWER, {}, 'Bearer off')).status).toBe(401);
  await other.close();
});
