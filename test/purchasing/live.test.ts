import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Subscribers, until } from '../live/support.ts';
import { save } from '../partners/records.ts';
import { ADMIN_TOKEN } from '../support/hub.ts';
import { Centre } from './centre.ts';

let centre: Centre;
let subscribers: Subscribers;
beforeAll(async () => {
  centre = await Centre.open();
  subscribers = await Subscribers.of(centre.hub);
}, 60_000);
afterAll(async () => {
  await subscribers.close();
  await centre.close();
});

const CHANGED = `subscription ($scope: OrderScopeInput) { orderStatusChanged(scope: $scope) { orders { id state rank } isComplete } }`;

/** A token of a tool that holds one role. */
async function tokenOf(role: string, reference: string): Promise<string> {
  const client = await save(centre.hub, 'createClient', { name: role, roles: [{ role, reference }] });
  const { data } = await centre.hub.write(
    `mutation ($input: IssueAccessTokenInput!) { issueAccessToken(input: $input) { secret } }`,
    { input: { idempotencyKey: `token-${role}-${reference}`, client: client.id, scopes: ['READ'] } },
  );
  return data.issueAccessToken.secret;
}

test('who sees an order hears of its steps, and nobody else does', async () => {
  const [first, second] = centre.suppliers as [{ id: string }, { id: string }];
  const member = await subscribers.begin(CHANGED, {}, await tokenOf('PARTNER_READER', centre.member.id));
  const asked = await subscribers.begin(CHANGED, {}, await tokenOf('SUPPLIER', first.id));
  const next = await subscribers.begin(CHANGED, {}, await tokenOf('SUPPLIER', second.id));
  const nobody = await subscribers.begin(CHANGED);
  const elsewhere = await subscribers.begin(CHANGED, { scope: { supplier: second.id } }, ADMIN_TOKEN);
  const { id } = await centre.place();
  await until(() => member.events.length === 1 && asked.events.length === 1);
  const offered = { orders: [{ id, state: 'OFFERED', rank: 1 }], isComplete: true };
  expect(member.events).toEqual([offered]);
  expect(asked.events).toEqual([offered]);
  expect([next.events, elsewhere.events]).toEqual([[], []]);
  await centre.as(centre.supplier(1), 'declineOrder', { order: id, reason: 'OTHER' });
  const passed = { orders: [{ id, state: 'OFFERED', rank: 2 }], isComplete: true };
  await until(() => member.events.length === 2 && next.events.length === 1 && elsewhere.events.length === 1);
  expect([member.events[1], next.events[0], elsewhere.events[0]]).toEqual([passed, passed, passed]);
  expect(asked.events).toHaveLength(1);
  expect(nobody.events).toEqual([]);
  expect([member, asked, next, nobody, elsewhere].flatMap(({ errors }) => errors)).toEqual([]);
});
