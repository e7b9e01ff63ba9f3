import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { newPartner, save } from '../partners/records.ts';
import { startTestHub, type TestHub } from '../support/hub.ts';
import { ADMIN, attempt, clientWith, post, saveAs } from './asking.ts';

let hub: TestHub;
let partner: string;
let other: string;
beforeAll(async () => {
  hub = await startTestHub('operation');
  partner = (await newPartner(hub)).id;
  other = (await newPartner(hub)).id;
}, 60_000);
afterAll(() => hub.close());

const editor = (reference: string, more: object = {}) => ({ role: 'PARTNER_EDITOR', reference, ...more });

test('a token without READ is answered as the public is, in its payloads too', async () => {
  const seen = `{ partner(reference: { id: "${partner}" }) { headcount dataSharingAgreements { totalCount } } }`;
  const { authorization } = await clientWith(hub, [editor(partner)], { scopes: ['DIRECTORY'] });
  expect((await post(hub, seen, {}, authorization)).data).toEqual((await post(hub, seen)).data);
  const changed = await saveAs(hub, 'updatePartner', { id: partner, headcount: 77 }, authorization);
  expect(changed.headcount).toBeNull();
  const reader = await clientWith(hub, [editor(partner)], { scopes: ['READ'] });
  expect((await post(hub, seen, {}, reader.authorization)).data.partner.headcount).toBe(77);

  const admin = await clientWith(hub, [{ role: 'HUB_ADMIN' }], { scopes: ['DIRECTORY', 'ACCESS'] });
  expect((await post(hub, seen, {}, admin.authorization)).data).toEqual((await post(hub, seen)).data);
  const records = {
    url: `/partners/${partner}/records.json`,
    headers: { authorization: admin.authorization },
  };
  expect((await hub.http.inject(records)).statusCode).toBe(404);
});

test('a role is not given to a client whose tokens may more than the giver’s', async () => {
  const giver = await clientWith(hub, [editor(partner), editor(other)], { scopes: ['READ', 'ACCESS'] });
  const taker = await clientWith(hub, [editor(partner)], { scopes: ['READ', 'DIRECTORY'] });
  const role = { client: taker.id, ...editor(other) };
  expect(await attempt(hub, 'grantRole', role, giver.authorization)).toBe('SCOPE_NOT_HELD');
  const alike = await clientWith(hub, [editor(partner)], { scopes: ['READ', 'ACCESS'] });
  expect(await attempt(hub, 'grantRole', { ...role, client: alike.id }, giver.authorization)).toBe('saved');
});

test('a role that is given ends with the one that it was given by', async () => {
  const validUntil = new Date(Date.now() + 3_600_000).toISOString();
  const guest = await clientWith(hub, [editor(partner, { validUntil })], { scopes: ['READ', 'ACCESS'] });
  const roles = [{ role: 'PARTNER_READER', reference: partner }];
  const made = await saveAs(hub, 'createClient', { name: 'Made by a guest', roles }, guest.authorization);
  expect(made.roles[0].validUntil).toBe(validUntil);
  const sooner = new Date(Date.now() + 60_000).toISOString();
  const shorter = [{ ...roles[0], validUntil: sooner }];
  const brief = await saveAs(hub, 'createClient', { name: 'Shorter', roles: shorter }, guest.authorization);
  expect(brief.roles[0].validUntil).toBe(sooner);
  expect(
    (await save(hub, 'createClient', { name: 'Of the administrator', roles })).roles[0].validUntil,
  ).toBeNull();
});

test('a record has fifty tools at most, as each has points and sockets of its own', async () => {
  const { id } = await newPartner(hub);
  const roles = [{ role: 'PARTNER_READER', reference: id }];
  for (let n = 0; n < 49; n++) await save(hub, 'createClient', { name: `Tool ${n}`, roles });
  const last = await save(hub, 'createClient', { name: 'The last', roles });
  const more = { name: 'One more', roles };
  expect(await attempt(hub, 'createClient', more, ADMIN)).toBe('TOO_MANY_CLIENTS');
  await save(hub, 'closeClient', { id: last.id });
  expect(await attempt(hub, 'createClient', more, ADMIN)).toBe('saved');
});
