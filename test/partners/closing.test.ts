import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { startTestHub, type TestHub } from '../support/hub.ts';
import {
  clock,
  count,
  keyOf,
  newEnrolment,
  newPartner,
  newService,
  refused,
  save,
  send,
  TODAY,
  unknownId,
} from './records.ts';

let hub: TestHub;
let orders: { id: string };
let rooms: { id: string };
let federation: { id: string };
let partner: { id: string };
beforeAll(async () => {
  hub = await startTestHub('operation', { clock });
  orders = await newService(hub, 'PURCHASING');
  rooms = await newService(hub, 'OTHER');
  federation = await save(hub, 'createFederation', { slug: 'federation', name: { fr: 'F' } });
});
afterAll(() => hub.close());
beforeEach(async () => {
  partner = await newPartner(hub, {
    memberships: [
      { federation: federation.id, validFrom: '2020-01-01', validUntil: '2022-01-01' },
      { federation: federation.id, validFrom: '2023-01-01' },
    ],
  });
});

let references = 0;
function report(occurredOn: string, service: { id: string } = rooms, more: object = {}) {
  references += 1;
  const metric = service === rooms ? 'OTHER_SERVICE_UNITS' : 'PURCHASING_ORDERS';
  const of = { partner: partner.id, service: service.id, metric, occurredOn, quantity: '3', ...more };
  return send(hub, 'reportUsage', {
    source: 'closing',
    entries: [{ ...of, externalReference: `closing-${references}` }],
  });
}

const close = (closedOn?: string) =>
  save(hub, 'closePartner', { partner: partner.id, ...(closedOn ? { closedOn } : {}) });
const refusal = (closedOn?: string) =>
  refused(hub, 'closePartner', { partner: partner.id, ...(closedOn ? { closedOn } : {}) });

test('a partner that leaves ends its enrolments and memberships on that day; what ended before stays', async () => {
  const active = await newEnrolment(hub, partner, orders, '2024-01-01');
  const requested = await save(hub, 'enrolPartner', { partner: partner.id, service: rooms.id });
  const other = await newService(hub, 'ENERGY');
  const past = await newEnrolment(hub, partner, other, '2021-01-01');
  await save(hub, 'endEnrolment', { id: past.id, endedOn: '2023-01-01' });
  const closed = await close();
  expect(closed).toMatchObject({ id: partner.id, closedOn: TODAY });
  expect(closed.memberships.map(({ period }: { period: { to: string } }) => period.to)).toEqual([
    '2022-01-01',
    TODAY,
  ]);
  const ended = Object.fromEntries(closed.enrolments.nodes.map(({ id, ...of }: { id: string }) => [id, of]));
  expect(ended[active.id]).toMatchObject({ status: 'ENDED', endedOn: TODAY });
  expect(ended[active.id].history.at(-1)).toEqual({ status: 'ENDED', occurredOn: TODAY });
  expect(ended[requested.id]).toMatchObject({ status: 'ENDED', activeFrom: null, endedOn: TODAY });
  expect(ended[past.id]).toMatchObject({ endedOn: '2023-01-01' });
  expect(ended[past.id].history).toHaveLength(3);
});

test('all of it is in the trail of the one mutation', async () => {
  await newEnrolment(hub, partner, orders, '2024-01-01');
  await close('2026-06-01');
  const { data } = await hub.write(
    'query ($filter: AuditFilter) { auditTrail(filter: $filter) { nodes { entity action } } }',
    { filter: { partner: partner.id, mutation: 'closePartner' } },
  );
  const said = data.auditTrail.nodes.map(
    (of: { entity: string; action: string }) => `${of.action} ${of.entity}`,
  );
  expect(said.sort()).toEqual([
    'CREATED EnrolmentEvent',
    'UPDATED Enrolment',
    'UPDATED Membership',
    'UPDATED Partner',
  ]);
});

describe('closePartner refuses, and saves nothing:', () => {
  test('a day to come, a partner that is not there, and one that has left', async () => {
    expect(await refusal('2026-06-16')).toEqual({ code: 'DATE_IN_FUTURE', field: 'closedOn' });
    expect(await refused(hub, 'closePartner', { partner: unknownId('partner') })).toEqual({
      code: 'NOT_FOUND',
      field: 'partner',
    });
    expect(await refused(hub, 'closePartner', { partner: rooms.id })).toEqual({
      code: 'INVALID_ID',
      field: 'partner',
    });
    await close();
    expect(await refusal()).toEqual({ code: 'PARTNER_CLOSED', field: 'partner' });
  });

  test('a day before something that holds until today', async () => {
    expect(await refusal('2023-01-01')).toEqual({ code: 'DATES_OUT_OF_ORDER', field: 'closedOn' });
    await newEnrolment(hub, partner, orders, '2024-01-01');
    expect(await refusal('2023-12-31')).toEqual({ code: 'DATES_OUT_OF_ORDER', field: 'closedOn' });
    await close('2024-01-01');
  });

  test('a day after which use was reported, until that is taken back', async () => {
    await newEnrolment(hub, partner, orders, '2024-01-01');
    const { results } = await report('2026-03-01', orders);
    await report('2026-02-28', rooms);
    expect(await refusal('2026-03-01')).toEqual({ code: 'USAGE_AFTER_END', field: 'closedOn' });
    await expect(
      hub.sql('update partner set closed_on = $2 where id = $1', [keyOf(partner), '2026-03-01']),
    ).rejects.toMatchObject({ code: 'MH051' });
    const reversal = { reverses: results[0].entry.id, externalReference: `reversal-${references}` };
    await send(hub, 'reportUsage', { source: 'closing', entries: [reversal] });
    await close('2026-03-01');
  });
});

describe('of a partner that left', () => {
  beforeEach(() => close('2026-03-01'));

  test('nothing changes and nothing begins', async () => {
    expect(await refused(hub, 'updatePartner', { id: partner.id, headcount: 1 })).toEqual({
      code: 'PARTNER_CLOSED',
      field: 'id',
    });
    const request = { partner: partner.id, service: orders.id, requestedOn: '2026-01-01' };
    expect(await refused(hub, 'enrolPartner', request)).toEqual({ code: 'PARTNER_CLOSED', field: 'partner' });
  });

  test('use before that day may still come and be taken back, and none from that day on', async () => {
    const { results, acceptedCount } = await report('2026-02-28');
    expect(acceptedCount).toBe(1);
    const reversal = { reverses: results[0].entry.id, externalReference: `reversal-${references}` };
    expect((await send(hub, 'reportUsage', { source: 'closing', entries: [reversal] })).acceptedCount).toBe(
      1,
    );
    const late = await report('2026-03-01');
    expect(late.results[0]).toMatchObject({
      status: 'REJECTED',
      error: { code: 'PARTNER_CLOSED', field: 'entries.0.partner' },
    });
  });

  test('the database refuses the same, whoever forgot to ask', async () => {
    const id = keyOf(partner);
    const statements: [string, unknown[]][] = [
      ['update partner set headcount = 1 where id = $1', [id]],
      ['update partner set closed_on = null where id = $1', [id]],
      [
        `insert into enrolment (partner_id, id, service_id, status, requested_on) values ($1, gen_random_uuid(), $2, 'REQUESTED', '2026-01-01')`,
        [id, keyOf(orders)],
      ],
      [
        `insert into membership (partner_id, id, federation_id, valid_from) values ($1, gen_random_uuid(), $2, '2026-05-01')`,
        [id, keyOf(federation)],
      ],
      [
        `insert into usage_entry (partner_id, id, service_id, metric_key, occurred_on, quantity, source, external_reference)
          values ($1, gen_random_uuid(), $2, 'OTHER_SERVICE_UNITS', '2026-03-01', 1, 'sql', 'late')`,
        [id, keyOf(rooms)],
      ],
    ];
    for (const [statement, values] of statements) {
      await expect(hub.sql(statement, values)).rejects.toMatchObject({ code: 'MH050' });
    }
  });
});

test('a partner that leaves while its enrolment is requested has no enrolment that goes on', async () => {
  const request = { partner: partner.id, service: orders.id };
  await Promise.all([
    send(hub, 'enrolPartner', request),
    send(hub, 'closePartner', { partner: partner.id }),
    report('2026-06-14'),
  ]);
  const [{ closed } = { closed: null }] = await hub.sql<{ closed: string | null }>(
    'select closed_on::text as closed from partner where id = $1',
    [keyOf(partner)],
  );
  expect(closed).toBe(TODAY);
  expect(await count(hub, 'enrolment', `partner_id = $1 and status <> 'ENDED'`, [keyOf(partner)])).toBe(0);
});
