import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { clock, keyOf, newEnrolment, newPartner, newService } from '../partners/records.ts';
import { startTestHub, type TestHub } from '../support/hub.ts';

let hub: TestHub;
let partner: string;
let service: string;
let otherService: string;
let enrolment: string;
beforeAll(async () => {
  hub = await startTestHub('operation', { clock });
  const records = [await newPartner(hub), await newService(hub, 'PURCHASING')] as const;
  [partner, service] = [keyOf(records[0]), keyOf(records[1])];
  otherService = keyOf(await newService(hub, 'PURCHASING'));
  enrolment = keyOf(await newEnrolment(hub, ...records, '2026-01-10'));
});
afterAll(() => hub.close());

/** The rule of the database that a statement breaks: a constraint's name, or the hub's own code. */
async function broken(text: string, values: unknown[] = []): Promise<string> {
  try {
    await hub.sql(text, values);
  } catch (error) {
    const { constraint, code } = error as { constraint?: string; code?: string };
    return constraint ?? code ?? String(error);
  }
  return 'nothing';
}

interface Row {
  id: string;
  metric: string;
  occurredOn: string;
  quantity: string;
  enrolment: string | null;
  service: string;
  category: string | null;
  reverses: string | null;
}
const usual = (): Row => ({
  id: randomUUID(),
  metric: 'PURCHASING_ORDERS',
  occurredOn: '2026-02-01',
  quantity: '1',
  enrolment,
  service,
  category: null,
  reverses: null,
});

function insert(change: Partial<Row>): Promise<string> {
  const row = { ...usual(), ...change };
  return broken(
    `insert into usage_entry (partner_id, id, service_id, metric_key, occurred_on, quantity, category, enrolment_id, source, external_reference, reverses_id)
     values ($1, $2, $3, $4, $5, $6, $7, $8, 'sql', $9, $10)`,
    [
      partner,
      row.id,
      row.service,
      row.metric,
      row.occurredOn,
      row.quantity,
      row.category,
      row.enrolment,
      randomUUID(),
      row.reverses,
    ],
  );
}

describe('an entry that its metric forbids is refused by the database itself:', () => {
  test.each<[name: string, change: () => Partial<Row>, rule: string]>([
    ['none of it', () => ({}), 'nothing'],
    ['a metric that the hub computes', () => ({ metric: 'PARTNERS_SERVED' }), 'MH010'],
    ['a metric of another kind', () => ({ metric: 'ENERGY_KWH_SAVED' }), 'MH011'],
    ['no enrolment', () => ({ enrolment: null }), 'MH012'],
    ['a day before the enrolment', () => ({ occurredOn: '2026-01-09' }), 'MH013'],
    ['an enrolment in another service', () => ({ service: otherService }), 'MH013'],
    ['part of an order', () => ({ quantity: '1.000001' }), 'MH014'],
    ['less than none', () => ({ quantity: '-1' }), 'MH015'],
    ['an enrolment of nobody', () => ({ enrolment: randomUUID() }), 'MH013'],
    ['a metric that does not exist', () => ({ metric: 'X' }), 'usage_entry_metric_key_foreign'],
  ])('%s', async (_, change, rule) => {
    const actual = await insert(change());
    // A foreign key and the trigger both speak against an unknown enrolment; either may be first.
    if (rule === 'MH013') expect(['MH013', 'usage_entry_partner_id_enrolment_id_foreign']).toContain(actual);
    else expect(actual).toBe(rule);
  });

  test('one bad row refuses all rows of its statement', async () => {
    const both = `insert into usage_entry (partner_id, id, service_id, metric_key, occurred_on, quantity, enrolment_id, source, external_reference)
      select $1, gen_random_uuid(), $2, 'PURCHASING_ORDERS', '2026-02-01', q, $3, 'both', q::text from (values (1), (-1)) v (q)`;
    expect(await broken(both, [partner, service, enrolment])).toBe('MH015');
    expect(await hub.sql(`select 1 from usage_entry where source = 'both'`)).toEqual([]);
  });
});

describe('a reversal', () => {
  const original = { id: randomUUID(), quantity: '5', category: 'A' };
  const back = { id: randomUUID(), quantity: '-5', category: 'A', reverses: original.id };
  beforeAll(async () => {
    expect(await insert(original)).toBe('nothing');
  });
  test.each<[name: string, change: Partial<Row>]>([
    ['takes back no part', { quantity: '-4' }],
    ['never adds', { quantity: '5' }],
    ['is of the same day', { occurredOn: '2026-02-02' }],
    ['is of the same metric', { metric: 'PURCHASING_AMOUNT_INCL_VAT_EUR' }],
    ['is of the same category', { category: null }],
  ])('%s', async (_, change) => {
    expect(await insert({ ...back, id: randomUUID(), ...change })).toBe('MH016');
  });
  test('is of an entry of the same partner', async () => {
    const nobody = await insert({ ...back, id: randomUUID(), reverses: randomUUID() });
    expect(['MH016', 'usage_entry_partner_id_reverses_id_foreign']).toContain(nobody);
  });
  test('comes once, and is not reversed itself', async () => {
    expect(await insert(back)).toBe('nothing');
    expect(await insert({ ...back, id: randomUUID() })).toBe('usage_entry_reversed_once');
    expect(await insert({ ...original, id: randomUUID(), reverses: back.id })).toBe('MH016');
  });
});

test('entries and the history of enrolments are never changed or deleted', async () => {
  expect(await broken('update usage_entry set quantity = 9')).toBe('MH001');
  expect(await broken('delete from usage_entry')).toBe('MH001');
  expect(await broken(`update enrolment_event set occurred_on = '2020-01-01'`)).toBe('MH001');
  expect(await broken('delete from enrolment_event where false')).toBe('MH001');
  expect(await broken('truncate usage_entry, enrolment_event')).toBe('MH001');
  expect(await broken(`update enrolment set provenance = 'SYNTHETIC'`)).toBe('MH003');
});

test('enrolments of a partner in a service may touch and never overlap, and have their dates in order', async () => {
  const enrol = (status: string, from: string, active: string | null, until: string | null) =>
    broken(
      `insert into enrolment (partner_id, id, service_id, status, requested_on, active_from, ended_on, version)
       values ($1, $2, $3, $4, $5, $6, $7, 1)`,
      [partner, randomUUID(), otherService, status, from, active, until],
    );
  expect(await enrol('ENDED', '2024-01-01', '2024-01-01', '2025-01-01')).toBe('nothing');
  expect(await enrol('REQUESTED', '2024-12-31', null, null)).toBe('enrolment_no_overlap');
  expect(await enrol('ENDED', '2023-01-01', null, '2024-01-02')).toBe('enrolment_no_overlap');
  expect(await enrol('ACTIVE', '2025-01-01', '2025-01-01', null)).toBe('nothing');
  expect(await enrol('ACTIVE', '2030-01-01', '2029-01-01', null)).toBe('enrolment_dates_in_order');
  expect(await enrol('ENDED', '2020-01-01', '2020-03-01', '2020-02-01')).toBe('enrolment_dates_in_order');
  expect(await enrol('REQUESTED', '2020-01-01', '2020-03-01', null)).toBe('enrolment_dates_of_status');
  expect(await enrol('ACTIVE', '2020-01-01', null, null)).toBe('enrolment_dates_of_status');
});

test('an enrolment never moves away from the usage that rests on it', async () => {
  const change = (assignment: string) =>
    broken(`update enrolment set ${assignment} where id = $1`, [enrolment]);
  expect(await insert({ occurredOn: '2026-03-31' })).toBe('nothing');
  expect(await change(`status = 'ENDED', ended_on = '2026-03-31'`)).toBe('MH020');
  expect(await change(`active_from = '2026-02-02'`)).toBe('MH020');
  expect(await change(`status = 'ENDED', ended_on = '2026-04-01'`)).toBe('nothing');
  expect(await insert({ occurredOn: '2026-04-01' })).toBe('MH013');
});

test('a metric of an entry is told by the definitions in the database, one for each key of the schema', async () => {
  const { data } = await hub.write(
    '{ __type(name: "MetricKey") { enumValues { name } } metricDefinitions { key } }',
  );
  const keys = data.__type.enumValues.map(({ name }: { name: string }) => name).toSorted();
  expect(data.metricDefinitions.map(({ key }: { key: string }) => key)).toEqual(keys);
});
