import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
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

const request = (requestedOn?: string, more: object = {}) => ({
  partner: partner.id,
  service: service.id,
  ...(requestedOn ? { requestedOn } : {}),
  ...more,
});

function report(occurredOn: string, externalReference: string): object {
  const entry = { partner: partner.id, service: service.id, metric: 'PURCHASING_ORDERS', quantity: '1' };
  return { source: 'ecat', entries: [{ ...entry, occurredOn, externalReference }] };
}

test('an enrolment is requested, active, ended, and its history keeps the three steps', async () => {
  const { recognitions, ...recognised } = await newPartner(hub, {
    recognitions: [{ authority: 'VGC', validFrom: '2020-01-01', validUntil: '2026-01-01' }],
  });
  const recognition = recognitions[0].id;
  const input = { partner: recognised.id, service: service.id, recognition };
  const { id, ...requested } = await save(hub, 'enrolPartner', { ...input, requestedOn: '2025-05-01' });
  expect(requested).toMatchObject({
    status: 'REQUESTED',
    requestedOn: '2025-05-01',
    activeFrom: null,
    endedOn: null,
    recognition: { id: recognition },
    provenance: 'REPORTED',
  });
  await save(hub, 'activateEnrolment', { id, activeFrom: '2025-05-04' });
  const ended = await save(hub, 'endEnrolment', { id });
  expect(ended).toEqual({
    ...requested,
    id,
    status: 'ENDED',
    activeFrom: '2025-05-04',
    endedOn: TODAY,
    history: [
      { status: 'REQUESTED', occurredOn: '2025-05-01' },
      { status: 'ACTIVE', occurredOn: '2025-05-04' },
      { status: 'ENDED', occurredOn: TODAY },
    ],
  });
});

test('without a day it is today in Belgium, and a request that never became active can end', async () => {
  const { id, requestedOn } = await save(hub, 'enrolPartner', request());
  expect(requestedOn).toBe(TODAY);
  const ended = await save(hub, 'endEnrolment', { id });
  expect(ended).toMatchObject({ status: 'ENDED', activeFrom: null, endedOn: TODAY });
});

test('after one enrolment ended the next may begin, on that very day', async () => {
  const first = await newEnrolment(hub, partner, service, '2024-01-01');
  await save(hub, 'endEnrolment', { id: first.id, endedOn: '2025-01-01' });
  expect(await refused(hub, 'enrolPartner', request('2024-12-31'))).toEqual({
    code: 'ENROLMENT_OVERLAPS',
    field: 'service',
  });
  expect(await refused(hub, 'enrolPartner', request('2023-01-01'))).toMatchObject({
    code: 'ENROLMENT_OVERLAPS',
  });
  await save(hub, 'enrolPartner', request('2025-01-01'));
  expect(await refused(hub, 'enrolPartner', request('2026-01-01'))).toMatchObject({
    code: 'ENROLMENT_OVERLAPS',
  });
});

describe('enrolPartner refuses, and saves nothing:', () => {
  const wrong: [name: string, change: object, code: string, field: string][] = [
    ['an unknown partner', { partner: unknownId('partner') }, 'NOT_FOUND', 'partner'],
    ['a partner id of another kind', { partner: unknownId('service') }, 'INVALID_ID', 'partner'],
    ['an unknown service', { service: unknownId('service') }, 'NOT_FOUND', 'service'],
    ['a service id of another kind', { service: unknownId('partner') }, 'INVALID_ID', 'service'],
    ['a recognition of nobody', { recognition: unknownId('recognition') }, 'NOT_FOUND', 'recognition'],
    ['a recognition id of another kind', { recognition: unknownId('site') }, 'INVALID_ID', 'recognition'],
    ['a day to come', { requestedOn: '2026-06-16' }, 'DATE_IN_FUTURE', 'requestedOn'],
    ['a bad key', { idempotencyKey: '1234567' }, 'INVALID_IDEMPOTENCY_KEY', 'idempotencyKey'],
  ];
  test.each(wrong)('%s', async (_, change, code, field) => {
    expect(await refused(hub, 'enrolPartner', request('2026-01-01', change))).toEqual({ code, field });
  });

  test('a recognition of another partner, and one that does not hold on the day', async () => {
    const other = await newPartner(hub, {
      recognitions: [{ authority: 'COCOF', validFrom: '2020-01-01', validUntil: '2021-01-01' }],
    });
    const recognition = other.recognitions[0].id;
    expect(await refused(hub, 'enrolPartner', request('2020-06-01', { recognition }))).toEqual({
      code: 'NOT_FOUND',
      field: 'recognition',
    });
    for (const day of ['2019-12-31', '2021-01-01']) {
      expect(await refused(hub, 'enrolPartner', request(day, { recognition, partner: other.id }))).toEqual({
        code: 'RECOGNITION_NOT_VALID',
        field: 'recognition',
      });
    }
    await save(hub, 'enrolPartner', request('2020-12-31', { recognition, partner: other.id }));
  });
});

describe('activateEnrolment and endEnrolment refuse, and save nothing:', () => {
  test.each(['activateEnrolment', 'endEnrolment'] as const)('%s of what is not there', async (mutation) => {
    const absent = { code: 'NOT_FOUND', field: 'id' };
    expect(await refused(hub, mutation, { id: unknownId('enrolment') })).toEqual(absent);
    expect(await refused(hub, mutation, { id: partner.id })).toEqual({ code: 'INVALID_ID', field: 'id' });
  });

  test('days to come, and days out of order', async () => {
    const { id } = await save(hub, 'enrolPartner', request('2026-03-01'));
    const early = '2026-02-28';
    const late = '2026-06-16';
    const refusal = (mutation: 'activateEnrolment' | 'endEnrolment', field: string, day: string) =>
      refused(hub, mutation, { id, [field]: day });
    expect(await refusal('activateEnrolment', 'activeFrom', early)).toEqual({
      code: 'DATES_OUT_OF_ORDER',
      field: 'activeFrom',
    });
    expect((await refusal('activateEnrolment', 'activeFrom', late)).code).toBe('DATE_IN_FUTURE');
    expect((await refusal('endEnrolment', 'endedOn', early)).code).toBe('DATES_OUT_OF_ORDER');
    await save(hub, 'activateEnrolment', { id, activeFrom: '2026-04-01' });
    expect(await refusal('endEnrolment', 'endedOn', '2026-03-31')).toEqual({
      code: 'DATES_OUT_OF_ORDER',
      field: 'endedOn',
    });
    expect((await refusal('endEnrolment', 'endedOn', late)).code).toBe('DATE_IN_FUTURE');
  });

  test('a second activation, a second end, and activation after the end', async () => {
    const { id } = await newEnrolment(hub, partner, service, '2026-03-01');
    const wrongState = { code: 'WRONG_STATE', field: 'id' };
    expect(await refused(hub, 'activateEnrolment', { id })).toEqual(wrongState);
    await save(hub, 'endEnrolment', { id });
    expect(await refused(hub, 'endEnrolment', { id })).toEqual(wrongState);
    expect(await refused(hub, 'activateEnrolment', { id })).toEqual(wrongState);
  });
});

test('an enrolment does not end before usage that was reported, unless that is taken back first', async () => {
  const { id } = await newEnrolment(hub, partner, service, '2026-01-01');
  const reported = await send(hub, 'reportUsage', report('2026-03-10', 'order-1'));
  const usage = { code: 'USAGE_AFTER_END', field: 'endedOn' };
  expect(await refused(hub, 'endEnrolment', { id, endedOn: '2026-03-10' })).toEqual(usage);
  const reverses = reported.results[0].entry.id;
  const reversal = { source: 'ecat', entries: [{ externalReference: 'order-1-back', reverses }] };
  expect(await send(hub, 'reportUsage', reversal)).toMatchObject({ acceptedCount: 1 });
  await save(hub, 'endEnrolment', { id, endedOn: '2026-03-10' });
  const late = await send(hub, 'reportUsage', report('2026-03-10', 'order-2'));
  expect(late.results[0].error.code).toBe('ENROLMENT_REQUIRED');
  // The tool sends its month again: what the hub had stays known.
  const again = await send(hub, 'reportUsage', report('2026-03-10', 'order-1'));
  expect(again.results[0]).toMatchObject({ status: 'DUPLICATE', entry: { id: reverses } });
});

describe('of requests that arrive together', () => {
  test('one enrolment is made', async () => {
    for (let round = 0; round < 4; round++) {
      partner = await newPartner(hub);
      const sent = Array.from({ length: 6 }, () => send(hub, 'enrolPartner', request('2026-05-01')));
      const answers = await Promise.all(sent);
      const told = answers.flatMap(({ userErrors: [error] }) =>
        error ? [`${error.code} ${error.field}`] : [],
      );
      // By the rule of the service, whose words say more than the database's.
      expect(told).toEqual(Array(5).fill('ENROLMENT_OVERLAPS service'));
      expect(await count(hub, 'enrolment', 'partner_id = $1', [keyOf(partner)])).toBe(1);
      expect(await count(hub, 'enrolment_event', 'partner_id = $1', [keyOf(partner)])).toBe(1);
    }
  });

  test('one activates and one ends an enrolment', async () => {
    const { id } = await save(hub, 'enrolPartner', request('2026-05-01'));
    for (const mutation of ['activateEnrolment', 'endEnrolment'] as const) {
      const sent = Array.from({ length: 4 }, () => send(hub, mutation, { id }));
      const codes = (await Promise.all(sent))
        .map(({ userErrors }) => userErrors[0]?.code ?? 'saved')
        .toSorted();
      expect(codes).toEqual([...Array(3).fill('WRONG_STATE'), 'saved']);
    }
    expect(await count(hub, 'enrolment_event', 'partner_id = $1', [keyOf(partner)])).toBe(3);
  });

  test('the end of an enrolment and usage of a later day never both hold', async () => {
    for (let round = 0; round < 5; round++) {
      partner = await newPartner(hub);
      const { id } = await newEnrolment(hub, partner, service, '2026-01-01');
      const [ended, reported] = await Promise.all([
        send(hub, 'endEnrolment', { id, endedOn: '2026-02-01' }),
        send(hub, 'reportUsage', report('2026-03-01', `race-${id}`)),
      ]);
      const outcome = [ended.userErrors[0]?.code, reported.results[0]?.error?.code];
      expect([
        ['USAGE_AFTER_END', undefined],
        [undefined, 'ENROLMENT_REQUIRED'],
      ]).toContainEqual(outcome);
    }
  });
});
