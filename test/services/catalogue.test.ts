import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { clock, newPartner, newService, refused, save, send, unknownId } from '../partners/records.ts';
import { startTestHub, type TestHub } from '../support/hub.ts';

let hub: TestHub;
let provider: { id: string };
let federation: { id: string };
beforeAll(async () => {
  hub = await startTestHub('operation', { clock });
  provider = await save(hub, 'createProvider', { slug: 'taken', name: { nl: 'Aanbieder' } });
  federation = await save(hub, 'createFederation', { slug: 'taken', name: { fr: 'Fédération' } });
  await newService(hub, 'OTHER', { slug: 'taken' });
});
afterAll(() => hub.close());

test('a service of kind OTHER is created, joined, used and read back without a line of code', async () => {
  const second = await save(hub, 'createProvider', { slug: 'tool-library', name: { en: 'Tool library' } });
  const service = await save(hub, 'createSharedService', {
    kind: 'OTHER',
    slug: 'meeting-rooms',
    name: { fr: 'Salles de réunion', nl: 'Vergaderzalen' },
    price: { fr: '5 € par heure' },
    eligibility: { fr: 'Les membres' },
    howToJoin: { fr: 'Un courriel' },
    languages: ['FR', 'NL'],
    carriers: [provider.id, second.id, provider.id],
    federation: federation.id,
    startedOn: '2025-01-01',
    enrolmentsPublic: true,
    usageUnit: ' hour of room ',
  });
  expect(service).toEqual({
    __typename: 'OtherService',
    id: expect.stringMatching(/^service_/),
    slug: 'meeting-rooms',
    kind: 'OTHER',
    name: 'Salles de réunion',
    price: '5 € par heure',
    eligibility: 'Les membres',
    howToJoin: 'Un courriel',
    languages: ['FR', 'NL'],
    startedOn: '2025-01-01',
    enrolmentsPublic: true,
    provenance: 'REPORTED',
    carriers: [
      { isLead: true, provider: { id: provider.id } },
      { isLead: false, provider: { id: second.id } },
    ],
    federation: { id: federation.id },
    usageUnit: 'hour of room',
  });

  const partner = await newPartner(hub);
  const requested = { partner: partner.id, service: service.id, requestedOn: '2025-02-01' };
  const enrolment = await save(hub, 'enrolPartner', requested);
  await save(hub, 'activateEnrolment', { id: enrolment.id, activeFrom: '2025-02-03' });
  const entry = { service: service.id, partner: partner.id, metric: 'OTHER_SERVICE_UNITS' };
  const report = await send(hub, 'reportUsage', {
    source: 'rooms',
    entries: [
      { ...entry, externalReference: 'r1', occurredOn: '2025-02-02', quantity: '1.5' },
      {
        ...entry,
        externalReference: 'r2',
        occurredOn: '2025-03-03',
        quantity: '2.25',
        category: 'LARGE_ROOM',
      },
    ],
  });
  expect(report).toMatchObject({ acceptedCount: 2, rejectedCount: 0 });
  // The first day was before the enrolment: this metric needs none, and the hub draws the conclusion itself.
  const enrolments = report.results.map(
    ({ entry: { enrolment } }: { entry: { enrolment: unknown } }) => enrolment,
  );
  expect(enrolments).toEqual([null, { id: enrolment.id }]);

  const { data } = await hub.write(
    `query ($id: ID!) {
      sharedService(reference: { slug: "meeting-rooms" }) {
        usage { totalCount nodes { quantity category metric { key unit } partner { id } } }
        enrolments { nodes { status partner { id } } }
      }
      usageMetrics(metrics: [OTHER_SERVICE_UNITS, ENROLMENTS_ACTIVE, PARTNERS_SERVED], period: { from: "2025-01-01", to: "2026-01-01" }, filter: { services: [$id] }) {
        rows { metric cell { value status } }
      }
    }`,
    { id: service.id },
  );
  expect(data.sharedService).toEqual({
    usage: {
      totalCount: 2,
      nodes: [
        {
          quantity: '2.25',
          category: 'LARGE_ROOM',
          metric: { key: 'OTHER_SERVICE_UNITS', unit: 'UNIT_OF_USE' },
          partner: { id: partner.id },
        },
        {
          quantity: '1.5',
          category: null,
          metric: { key: 'OTHER_SERVICE_UNITS', unit: 'UNIT_OF_USE' },
          partner: { id: partner.id },
        },
      ],
    },
    enrolments: { nodes: [{ status: 'ACTIVE', partner: { id: partner.id } }] },
  });
  expect(data.usageMetrics.rows).toEqual([
    { metric: 'OTHER_SERVICE_UNITS', cell: { value: '3.75', status: 'OK' } },
    { metric: 'ENROLMENTS_ACTIVE', cell: { value: '1', status: 'OK' } },
    { metric: 'PARTNERS_SERVED', cell: { value: '1', status: 'OK' } },
  ]);
});

test.each([
  ['ENERGY', 'EnergyService'],
  ['DIVERSITY', 'DiversityService'],
  ['PREVENTION', 'PreventionService'],
  ['EMPLOYER_GROUP', 'EmployerGroupService'],
  ['PURCHASING', 'PurchasingService'],
])('a service of kind %s is a %s', async (kind, type) => {
  expect(await newService(hub, kind)).toMatchObject({ __typename: type, kind });
});

test('federations and providers read back as they were created', async () => {
  const input = { slug: 'bonne-fed', name: { fr: 'Bonne', nl: 'Goede' }, description: { fr: 'Tout' } };
  expect(await save(hub, 'createFederation', input)).toMatchObject({
    slug: 'bonne-fed',
    name: 'Bonne',
    description: 'Tout',
    provenance: 'REPORTED',
  });
  const created = await save(hub, 'createProvider', { slug: 'goede', name: { de: 'Gute' } });
  expect(created).toMatchObject({ slug: 'goede', name: 'Gute', provenance: 'REPORTED' });
});

describe.each(['createFederation', 'createProvider'] as const)(
  '%s refuses, and saves nothing:',
  (mutation) => {
    const wrong: [name: string, change: object, code: string, field: string][] = [
      ['a slug that is taken', { slug: 'taken' }, 'SLUG_TAKEN', 'slug'],
      ['a slug with an accent', { slug: 'fédé' }, 'INVALID_SLUG', 'slug'],
      ['an empty slug', { slug: '' }, 'INVALID_SLUG', 'slug'],
      ['a slug of 81 characters', { slug: 'a'.repeat(81) }, 'INVALID_SLUG', 'slug'],
      ['no name', { name: {} }, 'TEXT_MISSING', 'name'],
      ['a name that is too long', { name: { nl: 'a'.repeat(201) } }, 'TEXT_TOO_LONG', 'name.nl'],
      ['a synthetic record in operation', { provenance: 'SYNTHETIC' }, 'SYNTHETIC_REFUSED', 'provenance'],
      ['a bad key', { idempotencyKey: 'é'.repeat(10) }, 'INVALID_IDEMPOTENCY_KEY', 'idempotencyKey'],
    ];
    test.each(wrong)('%s', async (_, change, code, field) => {
      const input = { slug: 'another', name: { fr: 'Autre' }, ...change };
      expect(await refused(hub, mutation, input)).toEqual({ code, field });
    });
  },
);

describe('createSharedService refuses, and saves nothing:', () => {
  const carriers = (n: number): string[] =>
    Array.from({ length: n }, (_, i) => unknownId('provider').replace(/..$/, String(10 + i)));
  const wrong: [name: string, change: object, code: string, field: string][] = [
    ['a slug that is taken', { slug: 'taken' }, 'SLUG_TAKEN', 'slug'],
    ['a slug that is none', { slug: '-a' }, 'INVALID_SLUG', 'slug'],
    ['no name', { name: { fr: ' ' } }, 'TEXT_MISSING', 'name'],
    ['a text that is too long', { howToJoin: { nl: 'a'.repeat(2001) } }, 'TEXT_TOO_LONG', 'howToJoin.nl'],
    ['a unit with another kind', { kind: 'ENERGY', usageUnit: 'h' }, 'USAGE_UNIT_OF_OTHER_ONLY', 'usageUnit'],
    ['a unit of 81 characters', { usageUnit: 'h'.repeat(81) }, 'TEXT_TOO_LONG', 'usageUnit'],
    ['a unit with the character NUL', { usageUnit: 'h\0' }, 'TEXT_INVALID', 'usageUnit'],
    ['no language', { languages: [] }, 'LANGUAGE_MISSING', 'languages'],
    ['no carrier', { carriers: [] }, 'INVALID_CARRIERS', 'carriers'],
    ['21 carriers', { carriers: carriers(21) }, 'INVALID_CARRIERS', 'carriers'],
    ['an unknown carrier', { carriers: carriers(1) }, 'NOT_FOUND', 'carriers.0'],
    ['a carrier that is no provider', { carriers: [unknownId('partner')] }, 'INVALID_ID', 'carriers.0'],
    ['an unknown federation', { federation: unknownId('federation') }, 'NOT_FOUND', 'federation'],
    ['a federation id of another kind', { federation: unknownId('service') }, 'INVALID_ID', 'federation'],
    ['a synthetic service in operation', { provenance: 'SYNTHETIC' }, 'SYNTHETIC_REFUSED', 'provenance'],
    ['a bad key', { idempotencyKey: '' }, 'INVALID_IDEMPOTENCY_KEY', 'idempotencyKey'],
  ];
  test.each(wrong)('%s', async (_, change, code, field) => {
    const input = {
      kind: 'OTHER',
      slug: 'another',
      name: { fr: 'Autre' },
      languages: ['FR'],
      carriers: [provider.id],
      ...change,
    };
    expect(await refused(hub, 'createSharedService', input)).toEqual({ code, field });
  });
});
