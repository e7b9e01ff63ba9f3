import { afterAll, beforeAll, expect, test } from '@jest/globals';
import {
  clock,
  count,
  fingerprint,
  newEnrolment,
  newPartner,
  newService,
  refused,
  send,
  TODAY,
  unknownId,
} from '../partners/records.ts';
import { startTestHub, type TestHub } from '../support/hub.ts';

let hub: TestHub;
let partner: { id: string };
let stranger: { id: string };
let services: Record<'purchasing' | 'energy' | 'other', { id: string }>;
beforeAll(async () => {
  hub = await startTestHub('operation', { clock });
  partner = await newPartner(hub);
  stranger = await newPartner(hub);
  services = {
    purchasing: await newService(hub, 'PURCHASING'),
    energy: await newService(hub, 'ENERGY'),
    other: await newService(hub, 'OTHER'),
  };
  await newEnrolment(hub, partner, services.purchasing, '2026-01-10');
  await newEnrolment(hub, partner, services.energy, '2026-01-10');
});
afterAll(() => hub.close());

let references = 0;
function entry(change: object = {}): { externalReference: string } {
  references += 1;
  return {
    externalReference: `entry-${references}`,
    partner: partner.id,
    service: services.purchasing.id,
    metric: 'PURCHASING_ORDERS',
    occurredOn: '2026-03-01',
    quantity: '2',
    ...change,
  } as { externalReference: string };
}

const report = (entries: object[], more: object = {}) =>
  send(hub, 'reportUsage', { source: 'ecat', entries, ...more });

test('each entry has its result, in sequence, with what the hub holds', async () => {
  const kept = entry({ category: 'MASKS', occurredOn: TODAY });
  await report([kept]);
  const fresh = entry({ service: services.other.id, metric: 'OTHER_SERVICE_UNITS', quantity: '0.000001' });
  const bad = entry({ quantity: '1.5' });
  const late = entry({ occurredOn: '2026-01-10', quantity: '0' });
  const { results, ...counts } = await report([bad, fresh, kept, fresh, late]);
  expect(counts).toEqual({ acceptedCount: 2, rejectedCount: 1, userErrors: [] });
  expect(results.map(({ externalReference }: { externalReference: string }) => externalReference)).toEqual(
    [bad, fresh, kept, fresh, late].map(({ externalReference }) => externalReference),
  );
  expect(results).toMatchObject([
    { status: 'REJECTED', entry: null, error: { code: 'QUANTITY_NOT_WHOLE', field: 'entries.0.quantity' } },
    {
      status: 'ACCEPTED',
      error: null,
      entry: { quantity: '0.000001', enrolment: null, provenance: 'REPORTED' },
    },
    { status: 'DUPLICATE', error: null, entry: { quantity: '2', category: 'MASKS', source: 'ecat' } },
    { status: 'DUPLICATE', error: null, entry: { id: results[1].entry.id } },
    { status: 'ACCEPTED', error: null, entry: { quantity: '0', occurredOn: '2026-01-10' } },
  ]);
  expect(await count(hub, 'usage_entry', 'external_reference = $1', [bad.externalReference])).toBe(0);
});

test('quantities are exact to 14 digits before and 6 after the point', async () => {
  const quantities = [
    '99999999999999.999999',
    '0.1',
    '0.2',
    '0.000001',
    '-99999999999999.999999',
    '-0.300001',
  ];
  const energy = { service: services.energy.id, metric: 'ENERGY_KWH_SAVED', occurredOn: '2026-02-02' };
  const entries = quantities.map((quantity) => entry({ ...energy, quantity }));
  const { results } = await report([...entries, entry({ ...energy, quantity: '00012.500000' })]);
  const read = results.map((result: { entry: { quantity: string } }) => result.entry.quantity);
  expect(read).toEqual([...quantities, '12.5']);
  const { data } = await hub.write(
    '{ usageMetrics(metrics: [ENERGY_KWH_SAVED]) { rows { cell { value } } } }',
  );
  expect(data.usageMetrics.rows).toEqual([{ cell: { value: '12.5' } }]);
});

test('a number that is none is refused by the schema, and nothing is saved', async () => {
  const before = await fingerprint(hub);
  for (const quantity of ['abc', '', '1e3', '1,5', '1.', '.5', 'NaN', '0.0000001', '100000000000000', 5]) {
    const input = { idempotencyKey: 'not-a-number', source: 'ecat', entries: [entry({ quantity })] };
    const { data, errors } = await hub.write(
      'mutation ($input: ReportUsageInput!) { reportUsage(input: $input) { acceptedCount } }',
      { input },
    );
    expect({ data, code: errors?.[0]?.extensions?.code }).toEqual({
      data: undefined,
      code: 'BAD_USER_INPUT',
    });
    expect(errors?.[0]?.message).toContain('entries[0].quantity');
  }
  expect(await fingerprint(hub)).toEqual(before);
});

test.each<[name: string, change: () => object, code: string, field: string]>([
  ['an unknown partner', () => ({ partner: unknownId('partner') }), 'NOT_FOUND', '.partner'],
  ['an id of another kind', () => ({ partner: unknownId('service') }), 'INVALID_ID', '.partner'],
  ['an unknown service', () => ({ service: unknownId('service') }), 'NOT_FOUND', '.service'],
  ['an id that is none', () => ({ service: 'ecat' }), 'INVALID_ID', '.service'],
  ['no partner', () => ({ partner: null }), 'FIELD_MISSING', '.partner'],
  ['no service', () => ({ service: undefined }), 'FIELD_MISSING', '.service'],
  ['no metric', () => ({ metric: null }), 'FIELD_MISSING', '.metric'],
  ['no day', () => ({ occurredOn: null }), 'FIELD_MISSING', '.occurredOn'],
  ['no quantity', () => ({ quantity: null }), 'FIELD_MISSING', '.quantity'],
  ['a metric of another kind', () => ({ metric: 'ENERGY_VISITS' }), 'METRIC_OF_OTHER_KIND', '.metric'],
  [
    'a metric that the hub computes',
    () => ({ metric: 'ENROLMENTS_ACTIVE' }),
    'METRIC_NOT_REPORTED',
    '.metric',
  ],
  ['a partner without enrolment', () => ({ partner: stranger.id }), 'ENROLMENT_REQUIRED', '.partner'],
  ['a day before the enrolment', () => ({ occurredOn: '2026-01-09' }), 'ENROLMENT_REQUIRED', '.partner'],
  ['a day to come', () => ({ occurredOn: '2026-06-16' }), 'DATE_IN_FUTURE', '.occurredOn'],
  ['half an order', () => ({ quantity: '0.5' }), 'QUANTITY_NOT_WHOLE', '.quantity'],
  ['an order below zero', () => ({ quantity: '-1' }), 'QUANTITY_NEGATIVE', '.quantity'],
  ['a category in small letters', () => ({ category: 'masks' }), 'INVALID_CATEGORY', '.category'],
  ['an empty reference', () => ({ externalReference: '' }), 'INVALID_REFERENCE', '.externalReference'],
  [
    'a reference of 121 characters',
    () => ({ externalReference: 'r'.repeat(121) }),
    'INVALID_REFERENCE',
    '.externalReference',
  ],
  [
    'a reference with a line break',
    () => ({ externalReference: 'a\nb' }),
    'INVALID_REFERENCE',
    '.externalReference',
  ],
  [
    'a reversal of nothing',
    () => ({ ...nothing, reverses: unknownId('usage_entry') }),
    'NOT_FOUND',
    '.reverses',
  ],
  ['a reversal of a partner', () => ({ ...nothing, reverses: partner.id }), 'INVALID_ID', '.reverses'],
  [
    'a reversal with a quantity',
    () => ({ ...nothing, quantity: '1', reverses: unknownId('usage_entry') }),
    'REVERSAL_MISMATCH',
    '.quantity',
  ],
])('%s is rejected beside a good entry, which is kept', async (_, change, code, field) => {
  const before = await count(hub, 'usage_entry');
  const { acceptedCount, rejectedCount, results } = await report([entry(), entry(change())]);
  expect({ acceptedCount, rejectedCount }).toEqual({ acceptedCount: 1, rejectedCount: 1 });
  expect(results[1]).toMatchObject({
    status: 'REJECTED',
    entry: null,
    error: { code, field: `entries.1${field}` },
  });
  expect(await count(hub, 'usage_entry')).toBe(before + 1);
});

const nothing = { partner: null, service: null, metric: null, occurredOn: null, quantity: null };

test('a request as a whole is refused, and nothing is saved', async () => {
  const refuse = (input: object) =>
    refused(hub, 'reportUsage', { source: 'ecat', entries: [entry()], ...input });
  expect(await refuse({ source: 'E Cat' })).toEqual({ code: 'INVALID_SOURCE', field: 'source' });
  expect(await refuse({ entries: [] })).toEqual({ code: 'TOO_MANY_ENTRIES', field: 'entries' });
  const tooMany = Array.from({ length: 1001 }, () => ({ externalReference: 'x' }));
  expect(await refuse({ entries: tooMany })).toEqual({ code: 'TOO_MANY_ENTRIES', field: 'entries' });
  expect((await refuse({ idempotencyKey: ' ' })).code).toBe('INVALID_IDEMPOTENCY_KEY');
  const nul = [entry(), entry({ externalReference: 'a\0' })];
  expect(await refuse({ entries: nul })).toEqual({
    code: 'TEXT_INVALID',
    field: 'entries.1.externalReference',
  });
});

test('a thousand entries are recorded at once, and again they are a thousand duplicates', async () => {
  const entries = Array.from({ length: 1000 }, (_, i) =>
    entry({ externalReference: `bulk-${i}`, quantity: '1' }),
  );
  expect(await report(entries)).toMatchObject({ acceptedCount: 1000, rejectedCount: 0 });
  const again = await report(entries.toReversed());
  expect(again).toMatchObject({ acceptedCount: 0, rejectedCount: 0 });
  expect(again.results.every(({ status }: { status: string }) => status === 'DUPLICATE')).toBe(true);
  expect(await count(hub, 'usage_entry', `external_reference like 'bulk-%'`)).toBe(1000);
});

test('a reference is unique per source, and stands for one entry only', async () => {
  const first = entry({ externalReference: 'same' });
  expect(await report([first])).toMatchObject({ acceptedCount: 1 });
  expect(await report([first], { source: 'other-tool' })).toMatchObject({ acceptedCount: 1 });
  for (const change of [{ quantity: '3' }, { category: 'A' }, { occurredOn: '2026-03-02' }]) {
    const { results } = await report([{ ...first, ...change }]);
    const error = { code: 'EXTERNAL_REFERENCE_REUSED', field: 'entries.0.externalReference' };
    expect(results[0]).toMatchObject({ status: 'REJECTED', error });
  }
  expect((await report([{ ...first, quantity: '2.000' }])).results[0].status).toBe('DUPLICATE');
});

test('of reports of one reference that arrive together, one is accepted and the others are duplicates', async () => {
  for (let round = 0; round < 5; round++) {
    const same = entry();
    const answers = await Promise.all([1, 2, 3, 4].map(() => report([same])));
    const statuses = answers.map(({ results }) => results[0].status).toSorted();
    expect(statuses).toEqual(['ACCEPTED', 'DUPLICATE', 'DUPLICATE', 'DUPLICATE']);
  }
});
