import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { retentionOf } from '../../src/app.ts';
import {
  clock,
  count,
  keyOf,
  newEnrolment,
  newKey,
  newPartner,
  newService,
  save,
  send,
} from '../partners/records.ts';
import { startTestHub, type TestHub } from '../support/hub.ts';

let hub: TestHub;
beforeAll(async () => {
  hub = await startTestHub('operation', { clock });
});
afterAll(() => hub.close());

/** Runs the retention as if it were another day, and gives its lines. */
async function retain(day: string, years = 7): Promise<string[]> {
  const lines: string[] = [];
  await retentionOf(hub.orm, years, () => new Date(`${day}T12:00:00Z`)).run((line) => lines.push(line));
  return lines;
}

const METRICS = `{ usageMetrics(metrics: [PURCHASING_ORDERS], groupBy: [SECTOR, SIZE_BAND]) {
  rows { metric dimensions { label } cell { value status } } } }`;

async function aggregates(): Promise<unknown> {
  const { data, errors } = await hub.write(METRICS);
  expect(errors).toBeUndefined();
  return data;
}

test('years after it left, a partner is anonymous, and every total is what it was', async () => {
  const service = await newService(hub, 'PURCHASING');
  const stays = await newPartner(hub);
  const leaves = await newPartner(hub, {
    name: { fr: 'Les Hirondelles', de: 'Die Schwalben' },
    description: { fr: 'Un abri' },
    website: 'https://hirondelles.example.org',
    // A postal code of a part of the municipality.
    sites: [{ postalCode: '1000', name: { fr: 'Au nid' } }, { postalCode: '1020' }],
  });
  for (const partner of [stays, leaves]) {
    await newEnrolment(hub, partner, service, '2018-01-01');
    const entry = { partner: partner.id, service: service.id, metric: 'PURCHASING_ORDERS', quantity: '5' };
    await send(hub, 'reportUsage', {
      source: 'ecat',
      entries: [{ ...entry, occurredOn: '2018-05-05', externalReference: `order-of-${partner.slug}` }],
    });
  }
  await save(hub, 'closePartner', { partner: leaves.id, closedOn: '2019-03-01' });
  const before = await aggregates();

  expect((await retain('2026-02-28')).at(-1)).toBe('Partners made anonymous, 7 years after they left: 0');
  expect((await retain('2026-03-01')).at(-1)).toBe('Partners made anonymous, 7 years after they left: 1');
  expect((await retain('2026-03-01')).at(-1)).toBe('Partners made anonymous, 7 years after they left: 0');

  expect(await aggregates()).toEqual(before);
  const { data } = await hub.write(
    `query ($id: ID!) { partner(reference: { id: $id }) { slug name(lang: FR) nameTranslations { language text } enterpriseNumber
      description website closedOn headcount sector { code } municipality { nisCode } sites { name postalCode municipality { nisCode } } } }`,
    { id: leaves.id },
  );
  expect(data.partner).toMatchObject({
    slug: `former-${keyOf(leaves).slice(-8)}`,
    name: 'Ancien partenaire',
    enterpriseNumber: null,
    description: null,
    website: null,
    closedOn: '2019-03-01',
    headcount: leaves.headcount,
    sector: leaves.sector,
    sites: [
      { name: null, postalCode: '1000', municipality: { nisCode: '21004' } },
      { name: null, postalCode: '1000', municipality: { nisCode: '21004' } },
    ],
  });
  expect(data.partner.nameTranslations).toHaveLength(4);
  const [{ text } = { text: '' }] = await hub.sql<{ text: string }>(
    `select string_agg(t::text, ' ') as text from (
      select p::text as t from partner p where id = $1 union all select s::text from site s where partner_id = $1
      union all select a::text from audit_entry a where partner_id = $1) all_of_it`,
    [keyOf(leaves)],
  );
  expect(text).not.toMatch(/irondelle|schwalbe|nid|abri/i);
  expect(text).not.toContain(leaves.enterpriseNumber.replaceAll('.', ''));

  const found = await hub.write('{ partners(filter: { search: "voormalige" }) { nodes { id } } }');
  expect(found.data.partners.nodes).toEqual([{ id: leaves.id }]);
  const trail = await hub.write(
    '{ auditTrail(filter: { mutation: "retention" }) { nodes { principal entity record } } }',
  );
  expect(trail.data.auditTrail.nodes).toEqual([
    { principal: 'system', entity: 'Partner', record: keyOf(leaves) },
  ]);
});

test('with no years to wait a partner is anonymous on the day on which it leaves', async () => {
  const { id } = await newPartner(hub);
  await save(hub, 'closePartner', { partner: id });
  expect((await retain('2026-06-14', 0)).at(-1)).toMatch(/: 0$/);
  expect((await retain('2026-06-15', 0)).at(-1)).toMatch(/: 1$/);
});

test('the outcome of a mutation is kept for thirty days', async () => {
  const idempotencyKey = newKey();
  const { id } = await newPartner(hub, { idempotencyKey });
  const kept = () => count(hub, 'idempotency_record', 'key = $1', [idempotencyKey]);
  const day = (after: number): string => new Date(Date.now() + after * 86_400_000).toISOString().slice(0, 10);
  await retain(day(28));
  expect(await kept()).toBe(1);
  const all = await count(hub, 'idempotency_record');
  expect((await retain(day(32)))[0]).toBe(`Outcomes of mutations deleted, older than 30 days: ${all}`);
  expect(await kept()).toBe(0);
  expect(id).toBeDefined();
});

test('after three years the trail says what was changed, and no longer by whom', async () => {
  const { id } = await newPartner(hub);
  const named = () => count(hub, 'audit_entry', 'principal is not null');
  const entries = await count(hub, 'audit_entry');
  const year = new Date().getUTCFullYear();
  expect((await retain(`${year + 2}-01-01`))[1]).toMatch(/older than 3 years: 0$/);
  expect((await retain(`${year + 4}-01-01`))[1]).toMatch(/older than 3 years: [1-9]\d*$/);
  expect(await named()).toBe(0);
  expect(await count(hub, 'audit_entry')).toBe(entries);
  const { data } = await hub.write(
    'query ($filter: AuditFilter) { auditTrail(filter: $filter) { nodes { principal changes { column } } } }',
    { filter: { partner: id } },
  );
  for (const entry of data.auditTrail.nodes) {
    expect(entry.principal).toBeNull();
    expect(entry.changes.length).toBeGreaterThan(2);
  }
});

// The embedded database has one session: nobody else could hold the lock.
const onAServer = process.env.HUB_TEST_DATABASE_URL ? test : test.skip;
onAServer('of several hubs on one database, one does it', async () => {
  const pool = await hub.orm.em.getConnection().getNativeClient();
  const other = await pool.connect();
  await other.query(`select pg_advisory_lock(hashtextextended('mutualhub retention', 0))`);
  expect(await retain('2026-06-15')).toEqual([
    'Another hub on this database is doing this: nothing is left to do here.',
  ]);
  other.release(true);
});

test('an account that was closed says nobody after thirty days, and lets nobody in', async () => {
  const { id } = await save(hub, 'registerAccount', { issuer: 'https://id.example', subject: 'a-person' });
  await save(hub, 'closeAccount', { id });
  const erased = async (): Promise<number> =>
    count(hub, 'account', `issuer = 'erased' and subject = id::text`);
  await retain('2026-07-14');
  expect(await erased()).toBe(0);
  const lines = await retain('2026-07-16');
  expect(lines).toContain('Accounts that no longer say whom they were, 30 days after they were closed: 1');
  expect(await erased()).toBe(1);
  expect(await count(hub, 'account', `subject like '%a-person%'`)).toBe(0);
  expect(
    await count(hub, 'audit_entry', `before::text like '%a-person%' or after::text like '%a-person%'`),
  ).toBe(0);
});
