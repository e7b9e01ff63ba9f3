import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Subscribers, until } from '../live/support.ts';
import { save } from '../partners/records.ts';
import { ADMIN_TOKEN } from '../support/hub.ts';
import { AdviceWorld } from './world.ts';

let world: AdviceWorld;
let subscribers: Subscribers;
beforeAll(async () => {
  world = await AdviceWorld.open('PREVENTION');
  subscribers = await Subscribers.of(world.hub);
}, 60_000);
afterAll(async () => {
  await subscribers.close();
  await world.close();
});

const CHANGED = `subscription ($scope: SessionScopeInput) { sessionSeatsChanged(scope: $scope) { registrations { id seats cancelledAt session { freeSeats } } isComplete } }`;

async function tokenOf(role: string, reference: string): Promise<string> {
  const client = await save(world.hub, 'createClient', { name: role, roles: [{ role, reference }] });
  const { data } = await world.hub.write(
    `mutation ($input: IssueAccessTokenInput!) { issueAccessToken(input: $input) { secret } }`,
    { input: { idempotencyKey: `token-${role}-${reference}`, client: client.id, scopes: ['READ'] } },
  );
  return data.issueAccessToken.secret;
}

test('the service hears who takes seats and gives them back, a partner of its own, and nobody else', async () => {
  const session = await world.newSession();
  const staff = await subscribers.begin(
    CHANGED,
    { scope: { service: world.service.id } },
    await tokenOf('SERVICE_STAFF', world.service.id),
  );
  const own = await subscribers.begin(CHANGED, {}, await tokenOf('PARTNER_READER', world.partner.id));
  const silent = [
    await subscribers.begin(CHANGED, {}, await tokenOf('PARTNER_READER', world.other.id)),
    await subscribers.begin(CHANGED),
    await subscribers.begin(CHANGED, { scope: { partner: world.other.id } }, ADMIN_TOKEN),
  ];
  const { registration } = await world.as(world.editor, 'registerForSession', {
    session: session.id,
    partner: world.partner.id,
    seats: 2,
  });
  await until(() => staff.events.length === 1 && own.events.length === 1);
  expect(staff.events).toEqual([
    {
      registrations: [{ id: registration.id, seats: 2, cancelledAt: null, session: { freeSeats: 8 } }],
      isComplete: true,
    },
  ]);
  await world.as(world.editor, 'cancelRegistration', { registration: registration.id });
  await until(() => staff.events.length === 2 && own.events.length === 2);
  expect(own.events[1]).toMatchObject({
    registrations: [{ id: registration.id, cancelledAt: expect.any(String), session: { freeSeats: 10 } }],
  });
  expect(silent.map(({ events }) => events)).toEqual([[], [], []]);
});
