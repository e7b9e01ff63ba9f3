import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Role, TokenScope } from '../../src/access/roles.ts';
import { type Viewer, viewerOf } from '../../src/access/viewer.ts';
import { UnitOfWork } from '../../src/database/unit-of-work.ts';
import { PartnerRecords } from '../../src/trail/index.ts';
import {
  clock,
  keyOf,
  newEnrolment,
  newPartner,
  newService,
  save,
  send,
  unknownId,
} from '../partners/records.ts';
import { ADMIN_TOKEN, startTestHub, type TestHub } from '../support/hub.ts';

let hub: TestHub;
let partner: { id: string };
let service: { id: string; slug?: string };
beforeAll(async () => {
  hub = await startTestHub('operation', { clock });
  service = await newService(hub, 'OTHER');
  partner = await newPartner(hub, {
    recognitions: [{ authority: 'VGC', validFrom: '2020-01-01' }],
  });
  const other = await newPartner(hub);
  for (const { id } of [partner, other]) {
    await newEnrolment(hub, { id }, service, '2026-01-01');
  }
  await report(other, 'other', 1);
});
afterAll(() => hub.close());

async function report(of: { id: string }, name: string, entries: number): Promise<void> {
  const entry = {
    partner: of.id,
    service: service.id,
    metric: 'OTHER_SERVICE_UNITS',
    occurredOn: '2026-02-01',
  };
  await send(hub, 'reportUsage', {
    source: 'tool',
    entries: Array.from({ length: entries }, (_, n) => ({
      ...entry,
      quantity: '1.5',
      externalReference: `${name}-${n}`,
    })),
  });
}

function get(id: string, token: string | undefined = ADMIN_TOKEN, on = hub) {
  return on.http.inject({
    url: `/partners/${id}/records.json`,
    headers: token ? { authorization: `Bearer ${token}` } : {},
  });
}

test('a partner takes along every row of every table that is its own', async () => {
  // More than a page.
  for (const name of ['a', 'b', 'c']) await report(partner, name, 700);
  const answer = await get(partner.id);
  expect(answer.statusCode).toBe(200);
  expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
  expect(answer.headers['content-disposition']).toBe(`attachment; filename="${partner.id}.json"`);
  const { about, partner: own, ...tables } = answer.json();
  expect(Object.keys(answer.json())[0]).toBe('about');
  expect(about).toMatchObject({ provenance: 'REPORTED', readAt: clock().toISOString() });
  expect(own).toMatchObject({ id: keyOf(partner), sector: 'HOMELESS_SHELTERS', closed_on: null });
  expect(own).not.toHaveProperty('search_text');

  const withPartner = await hub.sql<{ table_name: string }>(
    `select table_name from information_schema.columns where column_name = 'partner_id' and table_schema = 'public' and table_name in (select tablename from pg_tables) order by 1`,
  );
  expect(Object.keys(tables)).toEqual(withPartner.map(({ table_name }) => table_name));
  for (const [table, rows] of Object.entries(tables) as [string, { id?: string }[]][]) {
    const [row] = await hub.sql<{ n: number }>(
      `select count(*)::int as n from ${table} where partner_id = $1`,
      [keyOf(partner)],
    );
    expect([table, rows.length]).toEqual([table, row?.n]);
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
  }
  expect(tables.usage_entry).toHaveLength(2100);
  expect(tables.usage_entry[0]).toMatchObject({
    quantity: '1.500000',
    service: 'service-1',
    metric_key: 'OTHER_SERVICE_UNITS',
  });
  expect(tables.recognition[0]).toMatchObject({ authority: 'VGC', valid_from: '2020-01-01' });
  expect(tables.enrolment_event).toHaveLength(2);
  for (const entry of tables.audit_entry) expect(entry.principal).toBe('[withheld]');
});

test('synthetic records say so at the top', async () => {
  const demonstration = await startTestHub('demonstration');
  try {
    const { data } = await demonstration.query('{ partners(first: 1) { nodes { id } } }');
    const { about } = (await get(data.partners.nodes[0].id, ADMIN_TOKEN, demonstration)).json();
    expect(about).toMatchObject({
      provenance: 'SYNTHETIC',
      notice: expect.stringMatching(/^SYNTHETIC: made up/),
    });
  } finally {
    await demonstration.close();
  }
});

test('after it left, a partner still takes its records along', async () => {
  const { id } = await newPartner(hub);
  await save(hub, 'closePartner', { partner: id, closedOn: '2026-06-01' });
  expect((await get(id)).json()).toMatchObject({ partner: { closed_on: '2026-06-01' } });
});

describe('the records are refused', () => {
  const errors = async (id: string, token?: string) => {
    const answer = await get(id, token ?? '');
    const [{ extensions }] = answer.json().errors;
    return [answer.statusCode, extensions.code];
  };

  test('to whom has no token, and to whom has a wrong one', async () => {
    expect(await errors(partner.id)).toEqual([404, 'NOT_FOUND']);
    expect(await errors(partner.id, 'wrong')).toEqual([401, 'UNAUTHENTICATED']);
  });

  test('where there is no such partner', async () => {
    expect(await errors(unknownId('partner'), ADMIN_TOKEN)).toEqual([404, 'NOT_FOUND']);
    expect(await errors(service.id, ADMIN_TOKEN)).toEqual([400, 'INVALID_ID']);
  });

  test('to readers of another partner, and to a token that does not read', async () => {
    const records = new PartnerRecords(new UnitOfWork(hub.orm), clock);
    const viewer = (role: Role, of: string, scopes?: TokenScope[]): Viewer =>
      viewerOf({
        principal: 'client_of_test',
        grants: [{ role, of }],
        ...(scopes ? { scopes: new Set(scopes) } : {}),
      });
    const own = keyOf(partner);
    for (const may of [
      viewer(Role.PARTNER_READER, own),
      viewer(Role.PARTNER_EDITOR, own, [TokenScope.READ]),
    ]) {
      expect(await records.of(may, partner.id)).toBeDefined();
    }
    for (const may of [
      viewer(Role.PARTNER_READER, keyOf(service)),
      viewer(Role.SERVICE_STAFF, own),
      viewer(Role.PARTNER_EDITOR, own, [TokenScope.USAGE]),
    ]) {
      await expect(records.of(may, partner.id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    }
  });
});
