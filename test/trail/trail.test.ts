import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { ADMINISTRATOR } from '../../src/access/viewer.ts';
import { noteChange } from '../../src/database/changes.ts';
import { UnitOfWork } from '../../src/database/unit-of-work.ts';
import { keepTrail } from '../../src/trail/index.ts';
import {
  clock,
  documentOf,
  keyOf,
  newEnrolment,
  newKey,
  newPartner,
  newService,
  partnerInput,
  refused,
  save,
  send,
  unknownId,
} from '../partners/records.ts';
import { startTestHub, type TestHub } from '../support/hub.ts';

let hub: TestHub;
let service: { id: string };
let partner: { id: string };
beforeAll(async () => {
  hub = await startTestHub('operation', { clock });
  service = await newService(hub, 'PURCHASING');
});
afterAll(() => hub.close());
beforeEach(async () => {
  partner = await newPartner(hub);
});

interface Entry {
  occurredAt: string;
  principal: string | null;
  mutation: string;
  entity: string;
  record: string | null;
  partner: { id: string } | null;
  action: string;
  changes: { column: string; before: string | null; after: string | null }[];
}

const TRAIL = `query ($filter: AuditFilter, $first: Int, $after: String) { auditTrail(filter: $filter, first: $first, after: $after) {
  totalCount pageInfo { endCursor hasNextPage }
  nodes { id occurredAt principal mutation entity record partner { id } action changes { column before after } } } }`;

async function trail(filter: object = {}): Promise<Entry[]> {
  const { data, errors } = await hub.write(TRAIL, { filter, first: 100 });
  expect(errors).toBeUndefined();
  return data.auditTrail.nodes;
}

test('a new record is in the trail with what was filled, and nothing that the hub works out', async () => {
  const entries = await trail({ partner: partner.id });
  expect(entries.map(({ entity, action, mutation }) => `${mutation} ${action} ${entity}`).sort()).toEqual([
    'createPartner CREATED Partner',
    'createPartner CREATED Site',
  ]);
  const [own] = entries.filter(({ entity }) => entity === 'Partner');
  expect(own).toMatchObject({
    principal: 'administrator',
    record: keyOf(partner),
    partner: { id: partner.id },
  });
  const columns = Object.fromEntries((own as Entry).changes.map(({ column, after }) => [column, after]));
  expect(columns).toMatchObject({
    name_fr: 'Maison des Hirondelles',
    headcount: '12',
    provenance: 'REPORTED',
  });
  for (const column of ['name_nl', 'website', 'search_text', 'sort_name_fr', 'size_band']) {
    expect(columns).not.toHaveProperty(column);
  }
  expect((own as Entry).changes.every(({ before }) => before === null)).toBe(true);
});

test('a change is in the trail with the columns that changed, as they were and as they are', async () => {
  await save(hub, 'updatePartner', { id: partner.id, headcount: 25, name: { nl: 'Huis der Zwaluwen' } });
  const [latest] = await trail({ partner: partner.id, mutation: 'updatePartner' });
  expect(latest).toMatchObject({ action: 'UPDATED', entity: 'Partner' });
  const said = (latest as Entry).changes.filter(({ column }) => column !== 'updated_at');
  expect(said).toEqual([
    { column: 'headcount', before: '12', after: '25' },
    { column: 'name_nl', before: null, after: 'Huis der Zwaluwen' },
  ]);
});

test('what changes nothing, what is repeated and what is refused leave nothing', async () => {
  const input = { idempotencyKey: newKey(), id: partner.id, headcount: 30 };
  await save(hub, 'updatePartner', input);
  const before = await trail();
  await save(hub, 'updatePartner', input);
  await save(hub, 'updatePartner', { id: partner.id, headcount: 30 });
  await refused(hub, 'updatePartner', { id: partner.id, headcount: -1 });
  await refused(hub, 'enrolPartner', { partner: unknownId('partner'), service: service.id });
  expect(await trail()).toEqual(before);
});

test('an enrolment belongs to its partner, step by step', async () => {
  const { id } = await newEnrolment(hub, partner, service, '2026-01-10');
  const entries = await trail({ partner: partner.id, entity: 'Enrolment' });
  expect(entries.map(({ mutation, action, record }) => [mutation, action, record])).toEqual([
    ['activateEnrolment', 'UPDATED', keyOf({ id })],
    ['enrolPartner', 'CREATED', keyOf({ id })],
  ]);
  const status = entries[0]?.changes.find(({ column }) => column === 'status');
  expect(status).toEqual({ column: 'status', before: 'REQUESTED', after: 'ACTIVE' });
});

test('a report of usage leaves one entry, whatever its length; one of repeats leaves none', async () => {
  await newEnrolment(hub, partner, service, '2026-01-10');
  const entry = { partner: partner.id, service: service.id, metric: 'PURCHASING_ORDERS', quantity: '1' };
  const entries = Array.from({ length: 7 }, (_, n) => ({
    ...entry,
    occurredOn: `2026-02-0${n + 1}`,
    externalReference: `trail-${n}`,
  }));
  await send(hub, 'reportUsage', { source: 'ecat', entries });
  await send(hub, 'reportUsage', { source: 'ecat', entries });
  const said = await trail({ mutation: 'reportUsage' });
  expect(said).toHaveLength(1);
  const { changes, ...of } = said[0] as Entry;
  expect(of).toMatchObject({
    entity: 'UsageEntry',
    action: 'CREATED',
    record: null,
    partner: { id: partner.id },
  });
  const after = Object.fromEntries(changes.map(({ column, after }) => [column, after]));
  const rows = await hub.sql<{ id: string }>('select id from usage_entry order by id');
  expect(after).toEqual({
    source: 'ecat',
    count: '7',
    first_id: rows[0]?.id,
    last_id: rows.at(-1)?.id,
    first_occurred_on: '2026-02-01',
    last_occurred_on: '2026-02-07',
    partners: JSON.stringify([keyOf(partner)]),
  });
});

test('a secret and what is personal never stand in the trail, only that they changed', async () => {
  const unitOfWork = new UnitOfWork(hub.orm, keepTrail);
  await unitOfWork.run(
    ADMINISTRATOR,
    async (em) => {
      const token = { entity: 'AccessToken', table: 'access_token', action: 'CREATED' } as const;
      noteChange(em, { ...token, after: { secret_hash: 'c0ffee', client_id: 'c', revoked_at: null } });
      const account = { entity: 'Account', table: 'account', action: 'UPDATED' } as const;
      noteChange(em, { ...account, before: { subject: null }, after: { subject: 'somebody' } });
      const use = { entity: 'RateLimitUse', table: 'rate_limit_use', action: 'CREATED' } as const;
      noteChange(em, { ...use, after: { spent: 1 } });
    },
    'createToken',
  );
  const said = await trail({ mutation: 'createToken' });
  expect(said.map(({ entity, changes }) => ({ entity, changes }))).toEqual([
    { entity: 'Account', changes: [{ column: 'subject', before: null, after: '[withheld]' }] },
    {
      entity: 'AccessToken',
      changes: [
        { column: 'client_id', before: null, after: 'c' },
        { column: 'revoked_at', before: null, after: null },
        { column: 'secret_hash', before: null, after: '[withheld]' },
      ],
    },
  ]);
});

describe('the trail', () => {
  test('is read in pages, the latest first, by day and by who', async () => {
    const { data } = await hub.write(TRAIL, { first: 1 });
    const next = await hub.write(TRAIL, { first: 1, after: data.auditTrail.pageInfo.endCursor });
    const [first, second] = await trail();
    expect([data.auditTrail.nodes[0], next.data.auditTrail.nodes[0]]).toEqual([first, second]);
    const day = (first as Entry).occurredAt.slice(0, 10);
    const dayAfter = new Date(Date.parse(day) + 2 * 86_400_000).toISOString().slice(0, 10);
    expect((await trail({ period: { to: dayAfter } })).length).toBeGreaterThan(1);
    expect(await trail({ period: { from: dayAfter } })).toEqual([]);
    expect(await trail({ principal: 'client_of_nobody' })).toEqual([]);
  });

  test('is for administrators: nobody else reads it, not even one entry by its id', async () => {
    const open = await startTestHub('demonstration');
    try {
      const query = '{ auditTrail { totalCount } }';
      expect((await open.query(query)).errors?.[0]?.extensions?.code).toBe('UNAUTHENTICATED');
      const { data } = await open.write(documentOf('createPartner'), {
        input: { idempotencyKey: newKey(), ...partnerInput({ provenance: 'SYNTHETIC' }) },
      });
      expect(data.createPartner.userErrors).toEqual([]);
      const { data: own } = await open.write('{ auditTrail { nodes { id } } }');
      const variables = { id: own.auditTrail.nodes[0].id };
      const node = 'query ($id: ID!) { node(id: $id) { id } }';
      expect((await open.write(node, variables)).data.node).toEqual(variables);
      expect((await open.query(node, variables)).data.node).toBeNull();
    } finally {
      await open.close();
    }
  });

  test('refuses a filter that names what is not there', async () => {
    const codes = async (filter: object) =>
      (await hub.write(TRAIL, { filter })).errors?.[0]?.extensions?.code;
    expect(await codes({ partner: unknownId('partner') })).toBe('NOT_FOUND');
    expect(await codes({ partner: service.id })).toBe('INVALID_ID');
    expect(await codes({ period: { from: '2026-02-01', to: '2026-02-01' } })).toBe('INVALID_PERIOD');
  });

  test('cannot be changed or deleted, not even with SQL', async () => {
    for (const statement of [
      `update audit_entry set principal = null`,
      `update audit_entry set mutation = 'nothing'`,
      'delete from audit_entry',
      'truncate audit_entry',
    ]) {
      await expect(hub.sql(statement)).rejects.toMatchObject({ code: 'MH001' });
    }
    // The way through lets pass what forgets, and nothing else.
    await hub.sql(`do $$ begin
      perform set_config('hub.erasing', 'on', true);
      begin
        update audit_entry set mutation = 'nothing';
        raise exception 'it was changed';
      exception when sqlstate 'MH001' then null;
      end;
      begin
        update audit_entry set principal = 'somebody else';
        raise exception 'it was changed';
      exception when sqlstate 'MH001' then null;
      end;
    end $$`);
    expect((await trail({ principal: 'administrator' })).length).toBeGreaterThan(1);
  });
});
