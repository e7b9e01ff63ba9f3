import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { attempt, clientWith, post } from '../access/asking.ts';
import { newEnrolment, newKey, newPartner, newService, save, send, unknownId } from '../partners/records.ts';
import { startTestHub, type TestHub } from '../support/hub.ts';
import { Subscribers, type Told, until } from './support.ts';

const CHANGED = `subscription ($scope: UsageScopeInput) { usageMetricsChanged(scope: $scope) {
  at metrics { key } services { id } period { from to } isComplete } }`;
const METRIC = 'OTHER_SERVICE_UNITS';

let hub: TestHub;
let subscribers: Subscribers;
let federation: { id: string };
let own: { id: string };
let other: { id: string };
let service: { id: string };
let elsewhere: { id: string };
beforeAll(async () => {
  hub = await startTestHub('operation');
  subscribers = await Subscribers.of(hub);
  federation = await save(hub, 'createFederation', { slug: 'federation', name: { fr: 'Fédération' } });
  own = await newPartner(hub, { memberships: [{ federation: federation.id, validFrom: '2020-01-01' }] });
  other = await newPartner(hub);
  service = await newService(hub, 'OTHER');
  elsewhere = await newService(hub, 'OTHER');
  for (const partner of [own, other]) {
    for (const of of [service, elsewhere]) await newEnrolment(hub, partner, of, '2024-01-01');
  }
});
afterEach(() => subscribers.close());
afterAll(() => hub.close());

/** Reports use as the administrator. */
const report = (partner = own, change: object = {}) =>
  send(hub, 'reportUsage', {
    source: 'tool',
    entries: [
      {
        partner: partner.id,
        service: service.id,
        metric: METRIC,
        occurredOn: '2025-03-10',
        quantity: '1',
        externalReference: newKey(),
        ...change,
      },
    ],
  });
const begin = (scope?: object, token?: string): Promise<Told> => subscribers.begin(CHANGED, { scope }, token);
const toolOf = async (
  role: string,
  of: { id: string },
  scopes = ['READ'],
): Promise<{ token: string; id: string }> => clientWith(hub, [{ role, reference: of.id }], { scopes });

/** Waits until a report of `partner` has reached a watcher that sees everything: others were told by then. */
async function reported(partner: { id: string }, change: object = {}): Promise<void> {
  const watcher = await begin({ partners: [partner.id] }, (await adminTool()).token);
  await report(partner, change);
  await until(() => watcher.events.length > 0);
  await watcher.end();
}
let admin: { token: string } | undefined;
async function adminTool(): Promise<{ token: string }> {
  admin ??= await clientWith(hub, [{ role: 'HUB_ADMIN' }], { scopes: ['READ', 'USAGE'] });
  return admin;
}

test('who sees a record is told that others have changed it, and what to ask again', async () => {
  const { token } = await toolOf('PARTNER_READER', own);
  const told = await begin(undefined, token);
  const tool = await clientWith(hub, [{ role: 'SERVICE_STAFF', reference: service.id }], {
    scopes: ['USAGE'],
  });
  const entry = {
    partner: own.id,
    service: service.id,
    metric: METRIC,
    occurredOn: '2025-03-10',
    quantity: '3',
  };
  const input = { source: 'tool', entries: [{ ...entry, externalReference: newKey() }] };
  expect(await attempt(hub, 'reportUsage', input, tool.authorization)).toBe('saved');
  await until(() => told.events.length > 0);
  expect(told.events).toEqual([
    {
      at: expect.stringMatching(/^20\d\d-.*Z$/),
      // The partner may be one that is served now, or that has reported now; and the ratios of these.
      metrics: [
        { key: 'COST_PER_PARTNER' },
        { key: METRIC },
        { key: 'PARTNERS_SERVED' },
        { key: 'REPORTING_COMPLETENESS' },
        { key: 'REPORTING_DONE' },
      ],
      services: [{ id: service.id }],
      period: { from: '2025-03-01', to: '2025-04-01' },
      isComplete: true,
    },
  ]);
});

test('a burst comes as few, the last of which is told too', async () => {
  const told = await begin({ services: [service.id] }, (await adminTool()).token);
  for (let n = 0; n < 20; n++)
    await report(own, { occurredOn: `2025-05-${n + 1}`.replace(/-(\d)$/, '-0$1') });
  await report(own, { service: elsewhere.id });
  // Of months before, so that it is known when all of the burst has been told.
  await report(own, { occurredOn: '2024-01-10' });
  await until(() => told.events.some(({ period }) => period.from === '2024-01-01'));
  expect(told.events.length).toBeLessThan(20);
  expect(told.events.map(({ services }) => services)).toEqual(told.events.map(() => [{ id: service.id }]));
  expect(told.events.some(({ period }) => period.to === '2025-06-01')).toBe(true);
});

test('nobody is told of records that it does not see', async () => {
  const reader = await begin(undefined, (await toolOf('PARTNER_READER', own)).token);
  const analyst = await begin(undefined, (await toolOf('FEDERATION_ANALYST', federation)).token);
  const anonymous = await begin();
  const withoutRead = await begin(undefined, (await toolOf('PARTNER_EDITOR', own, ['USAGE'])).token);
  await reported(other);
  await reported(own, { occurredOn: '2025-07-01' });
  await until(() => reader.events.length > 0);
  // Of the other's use nothing came, and all of it has been asked about by now.
  expect(reader.events.every(({ period }) => period.from === '2025-07-01')).toBe(true);
  expect([analyst.events, anonymous.events, withoutRead.events]).toEqual([[], [], []]);

  const agreement = await save(hub, 'grantDataSharing', {
    partner: own.id,
    federation: federation.id,
    purpose: 'Report',
    rooms: ['USAGE'],
    validUntil: new Date(Date.now() + 86_400_000 * 30).toISOString().slice(0, 10),
  });
  await reported(own, { occurredOn: '2025-08-01' });
  await until(() => analyst.events.length > 0);
  const before = analyst.events.length;
  await send(hub, 'revokeDataSharing', { id: agreement.id });
  await reported(own, { occurredOn: '2025-09-01' });
  await reported(own, { occurredOn: '2025-09-02' });
  expect(analyst.events.slice(before)).toEqual([]);
  expect([anonymous.events, withoutRead.events]).toEqual([[], []]);
});

test('a role that was revoked is told nothing more, and a token that was revoked ends', async () => {
  const tool = await toolOf('PARTNER_READER', own);
  const told = await begin(undefined, tool.token);
  await reported(own);
  await until(() => told.events.length > 0);
  const { data } = await hub.write(`{ clients(first: 100) { nodes { id roles { id } } } }`);
  const client = data.clients.nodes.find(({ id }: { id: string }) => id === tool.id);
  await send(hub, 'revokeRole', { id: client.roles[0].id });
  const before = told.events.length;
  await reported(own);
  await reported(own);
  expect(told.events.slice(before)).toEqual([]);
  await send(hub, 'closeClient', { id: tool.id });
  await report(own);
  await until(() => told.isOver);
});

test.each([
  ['another metric', () => ({ metrics: ['ENROLMENTS_ACTIVE'] })],
  ['another service', () => ({ services: [elsewhere.id] })],
  ['another partner', () => ({ partners: [other.id] })],
  ['a federation that it is not in', () => ({ federation: federation.id, partners: [other.id] })],
  ['months before', () => ({ period: { to: '2025-03-01' } })],
  ['months after', () => ({ period: { from: '2025-04-01' } })],
])('a scope of %s does not hold it', async (_, scope) => {
  const { token } = await adminTool();
  const outside = await begin(scope(), token);
  const inside = await begin(
    {
      metrics: [METRIC],
      services: [service.id, elsewhere.id],
      partners: [own.id],
      federation: federation.id,
      period: { from: '2025-03-31', to: '2025-04-15' },
    },
    token,
  );
  await reported(own);
  await until(() => inside.events.length > 0);
  expect(inside.events[0].metrics).toEqual([{ key: METRIC }]);
  await reported(own);
  expect(outside.events).toEqual([]);
});

test('an enrolment that begins or ends changes how many there are', async () => {
  const { token } = await toolOf('PARTNER_READER', own);
  const told = await begin({ metrics: ['ENROLMENTS_ACTIVE'] }, token);
  const more = await newService(hub, 'OTHER');
  await newEnrolment(hub, other, more, '2025-02-01');
  const enrolment = await newEnrolment(hub, own, more, '2025-01-01');
  await until(() => told.events.length > 0);
  await send(hub, 'endEnrolment', { id: enrolment.id, endedOn: '2025-06-01' });
  await until(() => told.events.some(({ period }) => period.from === '2025-06-01'));
  // It began on this day, and nothing of the other partner's is told.
  expect(told.events[0]).toMatchObject({
    metrics: [{ key: 'ENROLMENTS_ACTIVE' }],
    services: [{ id: more.id }],
    period: { from: '2025-01-01', to: null },
  });
});

test('a partner that is another is told for all months of its use', async () => {
  const told = await begin(undefined, (await toolOf('PARTNER_READER', own)).token);
  await reported(own, { occurredOn: '2024-02-01' });
  await until(() => told.events.length > 0);
  const before = told.events.length;
  expect((await send(hub, 'updatePartner', { id: own.id, headcount: 300 })).userErrors).toEqual([]);
  await until(() => told.events.length > before);
  expect(told.events.at(-1)).toMatchObject({
    services: expect.arrayContaining([{ id: service.id }]),
    isComplete: true,
  });
});

test.each([
  ['no id', { services: ['x'] }, 'INVALID_ID', 'scope.services.0'],
  ['an id of another kind', { federation: unknownId('partner') }, 'INVALID_ID', 'scope.federation'],
  ['an unknown service', { services: [unknownId('service')] }, 'NOT_FOUND', 'scope.services'],
  ['an unknown partner', { partners: [unknownId('partner')] }, 'NOT_FOUND', 'scope.partners'],
  ['an unknown federation', { federation: unknownId('federation') }, 'NOT_FOUND', 'scope.federation'],
  ['an empty period', { period: { from: '2025-01-01', to: '2025-01-01' } }, 'INVALID_PERIOD', 'scope.period'],
])('%s is refused', async (_, scope, code, field) => {
  const told = await begin(scope);
  expect(told.errors).toMatchObject([{ extensions: { code, field } }]);
  expect(hub.live.size).toBe(0);
});

test('over HTTP it is refused, and says where to ask', async () => {
  const { codes } = await post(hub, CHANGED);
  expect(codes).toEqual(['SUBSCRIPTION_NEEDS_SOCKET']);
});

test('nothing is left of subscriptions that have ended', async () => {
  const first = await begin();
  await begin({ services: [service.id] });
  expect(hub.live.size).toBe(2);
  await first.end();
  expect(hub.live.size).toBe(1);
  await subscribers.close();
  expect(hub.live.size).toBe(0);
});
