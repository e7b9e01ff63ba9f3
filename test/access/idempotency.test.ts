import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type AdviceMutation, type Advised, adviceInputsOf, OTHER_ADVICE } from '../advice/attempts.ts';
import {
  type Grouped,
  type GroupMutation,
  groupInputsOf,
  makeGrouped,
  OTHER_GROUP,
} from '../employer-group/attempts.ts';
import {
  type EnergyMutation,
  energyInputsOf,
  type Followed,
  makeFollowed,
  OTHER_ENERGY,
} from '../energy/attempts.ts';
import {
  clock,
  count,
  fingerprint,
  type MutationName,
  newEnrolment,
  newKey,
  newPartner,
  newService,
  nextEnterpriseNumber,
  partnerInput,
  refused,
  save,
  send,
} from '../partners/records.ts';
import {
  inputsOf,
  makeOffer,
  type Offer,
  OTHER_BODIES,
  type PurchasingMutation,
} from '../purchasing/attempts.ts';
import { startTestHub, type TestHub } from '../support/hub.ts';

let hub: TestHub;
let provider: { id: string };
let service: { id: string };
let offer: Offer;
let followed: Followed;
let grouped: Grouped;
let advised: Advised;
beforeAll(async () => {
  hub = await startTestHub('operation', { clock });
  provider = await save(hub, 'createProvider', { slug: 'p', name: { fr: 'P' } });
  service = await newService(hub, 'OTHER');
  const centre = await newService(hub, 'PURCHASING');
  const buyer = await newPartner(hub, { recognitions: [{ authority: 'VGC', validFrom: '2020-01-01' }] });
  await newEnrolment(hub, buyer, centre, '2020-01-01');
  offer = await makeOffer(hub, centre.id, buyer.id);
  const adviser = await newService(hub, 'ENERGY');
  await newEnrolment(hub, buyer, adviser, '2020-01-01');
  followed = await makeFollowed(hub, adviser.id, buyer.id);
  const group = await newService(hub, 'EMPLOYER_GROUP');
  await newEnrolment(hub, buyer, group, '2020-01-01');
  grouped = await makeGrouped(hub, group.id, buyer.id);
  advised = { partner: buyer.id, service: (await newService(hub, 'PREVENTION')).id };
});
afterAll(() => hub.close());

let names = 0;
const slug = (): string => {
  names += 1;
  return `name-${names}`;
};

const newClient = () => save(hub, 'createClient', { name: slug(), roles: [{ role: 'HUB_ADMIN' }] });
const newToken = async () =>
  save(hub, 'issueAccessToken', { client: (await newClient()).id, scopes: ['READ'] });
const newAccount = () => save(hub, 'registerAccount', { issuer: 'https://id.example', subject: slug() });

const purchasing = Object.fromEntries(
  Object.entries(OTHER_BODIES).map(([mutation, other]) => [
    mutation,
    async (): Promise<[object, object]> => [
      await inputsOf(hub)[mutation as PurchasingMutation](offer),
      other,
    ],
  ]),
) as Record<PurchasingMutation, () => Promise<[object, object]>>;

const energy = Object.fromEntries(
  Object.entries(OTHER_ENERGY).map(([mutation, other]) => [
    mutation,
    async (): Promise<[object, object]> => [
      await energyInputsOf(hub)[mutation as EnergyMutation](followed),
      other,
    ],
  ]),
) as Record<EnergyMutation, () => Promise<[object, object]>>;

const employment = Object.fromEntries(
  Object.entries(OTHER_GROUP).map(([mutation, other]) => [
    mutation,
    async (): Promise<[object, object]> => {
      const inputs = groupInputsOf(hub, async () => (await newService(hub, 'EMPLOYER_GROUP')).id);
      return [await inputs[mutation as GroupMutation](grouped), other];
    },
  ]),
) as Record<GroupMutation, () => Promise<[object, object]>>;

const advice = Object.fromEntries(
  Object.entries(OTHER_ADVICE).map(([mutation, other]) => [
    mutation,
    async (): Promise<[object, object]> => [
      await adviceInputsOf(hub)[mutation as AdviceMutation](advised),
      other,
    ],
  ]),
) as Record<AdviceMutation, () => Promise<[object, object]>>;

/** For each mutation, a request that succeeds, and another body. */
const requests: Record<MutationName, () => Promise<[input: object, other: object]>> = {
  createPartner: async () => [partnerInput(), { headcount: 13 }],
  updatePartner: async () => [{ id: (await newPartner(hub)).id, headcount: 5 }, { headcount: 6 }],
  closePartner: async () => [{ partner: (await newPartner(hub)).id }, { closedOn: '2026-06-14' }],
  createFederation: async () => [{ slug: slug(), name: { fr: 'F' } }, { slug: slug() }],
  createProvider: async () => [{ slug: slug(), name: { fr: 'F' } }, { name: { fr: 'F', nl: 'F' } }],
  createSharedService: async () => [
    { kind: 'OTHER', slug: slug(), name: { fr: 'S' }, languages: ['FR'], carriers: [provider.id] },
    { usageUnit: 'h' },
  ],
  grantDataSharing: async () => [
    {
      partner: (await newPartner(hub)).id,
      federation: (await save(hub, 'createFederation', { slug: slug(), name: { fr: 'F' } })).id,
      purpose: 'Statistics',
      rooms: ['USAGE'],
      validUntil: '2027-01-01',
    },
    { rooms: ['ENROLMENTS'] },
  ],
  revokeDataSharing: async () => {
    const [input] = await requests.grantDataSharing();
    const { id } = await save(hub, 'grantDataSharing', input);
    return [{ id }, { id: (await save(hub, 'grantDataSharing', input)).id }];
  },
  enrolPartner: async () => [
    { partner: (await newPartner(hub)).id, service: service.id },
    { requestedOn: '2026-01-01' },
  ],
  activateEnrolment: async () => {
    const { id } = await save(hub, 'enrolPartner', {
      partner: (await newPartner(hub)).id,
      service: service.id,
    });
    return [{ id }, { activeFrom: '2026-06-15' }];
  },
  endEnrolment: async () => {
    const { id } = await newEnrolment(hub, await newPartner(hub), service, '2026-01-01');
    return [{ id, endedOn: '2026-06-01' }, { endedOn: '2026-06-02' }];
  },
  createClient: async () => [{ name: slug(), roles: [{ role: 'HUB_ADMIN' }] }, { isSandbox: true }],
  closeClient: async () => [{ id: (await newClient()).id }, { id: (await newClient()).id }],
  issueAccessToken: async () => [
    { client: (await newClient()).id, scopes: ['READ'] },
    { scopes: ['READ', 'USAGE'] },
  ],
  rotateAccessToken: async () => [{ id: (await newToken()).id, overlapHours: 1 }, { overlapHours: 2 }],
  revokeAccessToken: async () => [{ id: (await newToken()).id }, { id: (await newToken()).id }],
  registerAccount: async () => [{ issuer: 'https://id.example', subject: slug() }, { subject: slug() }],
  closeAccount: async () => [{ id: (await newAccount()).id }, { id: (await newAccount()).id }],
  grantRole: async () => [
    { client: (await newClient()).id, role: 'SERVICE_STAFF', reference: service.id },
    { validUntil: '2027-01-01T00:00:00Z' },
  ],
  revokeRole: async () => [{ id: (await newClient()).roles[0].id }, { id: (await newClient()).roles[0].id }],
  reportUsage: async () => {
    const entry = { partner: (await newPartner(hub)).id, service: service.id, metric: 'OTHER_SERVICE_UNITS' };
    const entries = [
      { ...entry, occurredOn: '2026-01-01', quantity: '1', externalReference: slug() },
      { ...entry, occurredOn: '2027-01-01', quantity: '1', externalReference: slug() },
    ];
    return [{ source: 'tool', entries }, { entries: entries.slice(0, 1) }];
  },
  ...purchasing,
  ...energy,
  ...employment,
  ...advice,
};

describe.each(Object.keys(requests) as MutationName[])('%s', (mutation) => {
  test('gives the same answer again under the same key, and refuses another body', async () => {
    const [body, other] = await requests[mutation]();
    const input = { ...body, idempotencyKey: newKey() };
    const first = await send(hub, mutation, input);
    expect(first.userErrors).toEqual([]);
    const saved = await fingerprint(hub);
    expect(await send(hub, mutation, input)).toEqual(first);
    // The same request written otherwise: fields in another sequence.
    const reordered = Object.fromEntries(Object.entries(input).toReversed());
    expect(await send(hub, mutation, reordered)).toEqual(first);
    expect(await refused(hub, mutation, { ...input, ...other })).toEqual({
      code: 'IDEMPOTENCY_KEY_REUSED',
      field: 'idempotencyKey',
    });
    expect(await fingerprint(hub)).toEqual(saved);
  });

  test('sent four times at once under one key is done once, with one answer', async () => {
    const [body] = await requests[mutation]();
    const input = { ...body, idempotencyKey: newKey() };
    const answers = await Promise.all([1, 2, 3, 4].map(() => send(hub, mutation, input)));
    expect(answers[0].userErrors).toEqual([]);
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect(await count(hub, 'idempotency_record', 'key = $1', [input.idempotencyKey])).toBe(1);
  });
});

test('of two bodies that arrive together under one key, one is done and the other refused', async () => {
  const idempotencyKey = newKey();
  const inputs = [1, 2, 3].map((headcount) => ({ ...partnerInput({ headcount }), idempotencyKey }));
  const answers = await Promise.all(inputs.map((input) => send(hub, 'createPartner', input)));
  const codes = answers.map(({ userErrors }) => userErrors[0]?.code ?? 'saved').toSorted();
  expect(codes).toEqual(['IDEMPOTENCY_KEY_REUSED', 'IDEMPOTENCY_KEY_REUSED', 'saved']);
});

test('a key of one mutation is refused by another', async () => {
  const input = { slug: slug(), name: { fr: 'Le même' }, idempotencyKey: newKey() };
  await save(hub, 'createFederation', input);
  expect((await refused(hub, 'createProvider', input)).code).toBe('IDEMPOTENCY_KEY_REUSED');
});

test('a request that was refused may be mended, or repeated later, under its key', async () => {
  const idempotencyKey = newKey();
  const input = { ...partnerInput(), idempotencyKey };
  expect((await refused(hub, 'createPartner', { ...input, headcount: -1 })).code).toBe('INVALID_HEADCOUNT');
  expect((await save(hub, 'createPartner', input)).headcount).toBe(12);

  const enterpriseNumber = nextEnterpriseNumber();
  const late = {
    ...partnerInput({ enterpriseNumber, memberships: [] }),
    slug: 'late-slug',
    idempotencyKey: newKey(),
  };
  await newPartner(hub, { slug: 'late-slug' });
  expect((await refused(hub, 'createPartner', late)).code).toBe('SLUG_TAKEN');
  await hub.sql(`update partner set slug = 'moved' where slug = 'late-slug'`);
  expect((await save(hub, 'createPartner', late)).slug).toBe('late-slug');
});

test('the answer of a report stays the same after its entry was taken back', async () => {
  const [body] = await requests.reportUsage();
  const input = { ...body, idempotencyKey: newKey() };
  const first = await send(hub, 'reportUsage', input);
  expect(first.results.map(({ status }: { status: string }) => status)).toEqual(['ACCEPTED', 'REJECTED']);
  const entries = [{ externalReference: slug(), reverses: first.results[0].entry.id }];
  await send(hub, 'reportUsage', { source: 'tool', entries });
  const again = await send(hub, 'reportUsage', input);
  expect(again.results[0]).toMatchObject({ status: 'ACCEPTED', entry: { id: first.results[0].entry.id } });
  expect(again.results[1]).toEqual(first.results[1]);
});

test.each([
  '',
  '1234567',
  'k'.repeat(121),
  'with space',
  'tabulated\tkey',
  'clé-de-requête',
  'nul\0nul\0nul',
])('the key %j is none', async (idempotencyKey) => {
  expect(await refused(hub, 'createProvider', { slug: 'x', name: { fr: 'x' }, idempotencyKey })).toEqual({
    code: 'INVALID_IDEMPOTENCY_KEY',
    field: 'idempotencyKey',
  });
});

test.each(['12345678', `'; drop table partner; --`.replaceAll(' ', '_'), '~'.repeat(120)])(
  'the key %j is one',
  async (idempotencyKey) => {
    await save(hub, 'createProvider', { slug: slug(), name: { fr: 'x' }, idempotencyKey });
  },
);
