import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startTestHub, type TestHub } from '../support/hub.ts';
import { addPartner, addService, enrol, reportUsage } from './records.ts';

let hub: TestHub;
let group: string;
let rooms: string;
let energy: string;
let operator: string;
let guest: string;

beforeAll(async () => {
  hub = await startTestHub('operation');
  group = await addService(hub, 'EMPLOYER_GROUP', 'group');
  rooms = await addService(hub, 'OTHER', 'rooms');
  energy = await addService(hub, 'ENERGY', 'energy');
  operator = await addPartner(hub, 'Operator');
  guest = await addPartner(hub, 'Guest');
});
afterAll(() => hub.close());

const workers = (occurredOn: string, quantity: string, category = 'ACCOUNTANT') => ({
  service: group,
  partner: operator,
  metric: 'EMPLOYER_GROUP_WORKERS',
  occurredOn,
  quantity,
  category,
});

/** Rows as `from..to value`, with the dimensions in between. */
async function ask(argument: string): Promise<string[]> {
  const { data, errors, statements } = await hub.write(
    `{ usageMetrics(${argument}) { rows { dimensions { value } period { from to } cell { value status } } } }`,
  );
  expect(errors).toBeUndefined();
  expect(statements).toHaveLength(1);
  return data.usageMetrics.rows.map(
    (row: {
      dimensions: { value: string | null }[];
      period: { from: string | null; to: string | null };
      cell: { value: string; status: string };
    }) => {
      expect(row.cell.status).toBe('OK');
      const dimensions = row.dimensions.map(({ value }) => ` ${value}`).join('');
      return `${row.period.from ?? ''}..${row.period.to ?? ''}${dimensions} ${row.cell.value}`;
    },
  );
}

describe('where nothing was recorded', () => {
  test('without grouping each metric has one row of 0; a series or a grouping has no row', async () => {
    for (const metric of [
      'PURCHASING_ORDERS',
      'PARTNERS_SERVED',
      'ENROLMENTS_ACTIVE',
      'PREVENTION_TOOL_SHEETS',
    ]) {
      expect(await ask(`metrics: [${metric}]`)).toEqual(['.. 0']);
      expect(await ask(`metrics: [${metric}], granularity: YEAR`)).toEqual([]);
      expect(await ask(`metrics: [${metric}], groupBy: [PARTNER, SERVICE]`)).toEqual([]);
      expect(
        await ask(
          `metrics: [${metric}], period: { from: "2020-01-01", to: "2024-01-01" }, granularity: MONTH`,
        ),
      ).toEqual([]);
    }
  });
});

describe('a level', () => {
  beforeAll(async () => {
    const [, , wrong] = await reportUsage(hub, [
      workers('2024-02-10', '3'),
      workers('2024-05-31', '5'),
      workers('2024-06-14', '99'),
      workers('2024-06-15', '7'),
      workers('2024-04-01', '2', 'DPO'),
      workers('2024-05-01', '0', 'DPO'),
    ]);
    await reportUsage(hub, [{ reverses: wrong }]);
  });

  const asOf = (to: string) => ask(`metrics: [EMPLOYER_GROUP_WORKERS], period: { to: "${to}" }`);

  test('is the last entry of each category on or before the last day of the period', async () => {
    expect(await asOf('2024-02-10')).toEqual(['..2024-02-10 0']);
    expect(await asOf('2024-02-11')).toEqual(['..2024-02-11 3']);
    expect(await asOf('2024-04-02')).toEqual(['..2024-04-02 5']);
    expect(await asOf('2024-05-31')).toEqual(['..2024-05-31 3']);
    expect(await asOf('2024-06-01')).toEqual(['..2024-06-01 5']);
  });

  test('falls back to the entry before when the last one is taken back', async () => {
    expect(await asOf('2024-06-15')).toEqual(['..2024-06-15 5']);
    expect(await asOf('2024-06-16')).toEqual(['..2024-06-16 7']);
  });

  test('is the one of today without a period, or where the period ends later', async () => {
    expect(await ask('metrics: [EMPLOYER_GROUP_WORKERS]')).toEqual(['.. 7']);
    expect(await asOf('9999-12-31')).toEqual(['..9999-12-31 7']);
  });

  test('is read on the last day of each step, the first and last of which are clipped to the period', async () => {
    const period = 'period: { from: "2024-01-15", to: "2024-06-15" }';
    expect(await ask(`metrics: [EMPLOYER_GROUP_WORKERS], ${period}, granularity: MONTH`)).toEqual([
      // Nothing was known in January: no row.
      '2024-02-01..2024-03-01 3',
      '2024-03-01..2024-04-01 3',
      '2024-04-01..2024-05-01 5',
      '2024-05-01..2024-06-01 5',
      // Read on 14 June: the 7 of 15 June are not in the period.
      '2024-06-01..2024-06-15 5',
    ]);
    expect(
      await ask(
        'metrics: [EMPLOYER_GROUP_WORKERS], period: { from: "2024-02-20", to: "2024-06-16" }, granularity: QUARTER',
      ),
    ).toEqual(['2024-02-20..2024-04-01 3', '2024-04-01..2024-06-16 7']);
  });

  test('of 0 is a level: it has its row', async () => {
    expect(
      await ask(
        'metrics: [EMPLOYER_GROUP_WORKERS], period: { from: "2024-04-30", to: "2024-05-02" }, granularity: DAY, groupBy: [CATEGORY]',
      ),
    ).toEqual([
      '2024-04-30..2024-05-01 ACCOUNTANT 3',
      '2024-04-30..2024-05-01 DPO 2',
      '2024-05-01..2024-05-02 ACCOUNTANT 3',
      '2024-05-01..2024-05-02 DPO 0',
    ]);
  });

  test('of two entries of one day is the one that was recorded last', async () => {
    const entry = (quantity: string) => ({ ...workers('2020-01-01', quantity, 'LAWYER'), partner: guest });
    await reportUsage(hub, [entry('4')]);
    await reportUsage(hub, [entry('1')]);
    expect(
      await ask('metrics: [EMPLOYER_GROUP_WORKERS], period: { to: "2020-01-02" }, groupBy: [CATEGORY]'),
    ).toEqual(['..2020-01-02 LAWYER 1']);
  });

  test('of enrolments counts from the first day in force to the day before it ends', async () => {
    await enrol(hub, guest, rooms, '2023-03-01', '2023-03-03');
    const days = 'period: { from: "2023-02-28", to: "2023-03-05" }, granularity: DAY';
    expect(await ask(`metrics: [ENROLMENTS_ACTIVE], ${days}`)).toEqual([
      '2023-03-01..2023-03-02 1',
      '2023-03-02..2023-03-03 1',
    ]);
  });
});

describe('a level with an absurdly old record', () => {
  test('has a series of the days that are asked for, and none of two thousand years', async () => {
    const service = await addService(hub, 'PREVENTION', 'prevention');
    const metric = 'PREVENTION_TOOL_SHEETS';
    await reportUsage(hub, [
      { service, partner: operator, metric, occurredOn: '0001-01-01', quantity: '12' },
    ]);
    expect(
      await ask(`metrics: [${metric}], period: { from: "2024-02-28", to: "2024-03-01" }, granularity: DAY`),
    ).toEqual(['2024-02-28..2024-02-29 12', '2024-02-29..2024-03-01 12']);
    const { errors } = await hub.write(
      `{ usageMetrics(metrics: [${metric}], granularity: DAY) { rows { cell { value } } } }`,
    );
    expect(errors?.[0]?.extensions?.code).toBe('TOO_MANY_CELLS');
  });
});

describe('a flow', () => {
  const use = (occurredOn: string, quantity: string, partner = guest) => ({
    service: rooms,
    partner,
    metric: 'OTHER_SERVICE_UNITS',
    occurredOn,
    quantity,
  });
  const units = (from: string, to: string, more = '') =>
    ask(`metrics: [OTHER_SERVICE_UNITS], period: { from: "${from}", to: "${to}" }${more}`);

  beforeAll(async () => {
    await reportUsage(hub, [
      use('2022-12-31', '1'),
      use('2023-01-01', '10'),
      use('2023-03-31', '100'),
      use('2023-04-01', '1000'),
      use('2023-04-01', '0.000001'),
    ]);
  });

  test('counts the first day of a period and not the day after it', async () => {
    expect(await units('2023-01-01', '2023-04-01')).toEqual(['2023-01-01..2023-04-01 110']);
    expect(await units('2023-01-02', '2023-03-31')).toEqual(['2023-01-02..2023-03-31 0']);
    expect(await units('2022-12-31', '2023-01-01')).toEqual(['2022-12-31..2023-01-01 1']);
    expect(await units('2022-12-31', '2023-04-02')).toEqual(['2022-12-31..2023-04-02 1111.000001']);
  });

  test('has a row for each step with records, clipped to the period', async () => {
    expect(await units('2022-12-15', '2023-04-02', ', granularity: QUARTER')).toEqual([
      '2022-12-15..2023-01-01 1',
      '2023-01-01..2023-04-01 110',
      '2023-04-01..2023-04-02 1000.000001',
    ]);
    expect(await ask('metrics: [OTHER_SERVICE_UNITS], granularity: YEAR')).toEqual([
      '2022-01-01..2023-01-01 1',
      '2023-01-01..2024-01-01 1110.000001',
    ]);
  });

  test('has no row left for what was taken back', async () => {
    const [entry] = await reportUsage(hub, [use('2021-05-05', '42')]);
    const day = '"2021-05-05", to: "2021-05-06"';
    const question = `metrics: [OTHER_SERVICE_UNITS, PARTNERS_SERVED], period: { from: ${day} }, groupBy: [SERVICE_KIND]`;
    expect(await ask(question)).toEqual([
      '2021-05-05..2021-05-06 OTHER 42',
      '2021-05-05..2021-05-06 OTHER 1',
    ]);
    await reportUsage(hub, [{ reverses: entry }]);
    expect(await ask(question)).toEqual([]);
  });

  test('serves a partner whose gain and loss cancel out, and not one that reported 0', async () => {
    const served = () =>
      ask(
        'metrics: [PARTNERS_SERVED], period: { from: "2019-01-01", to: "2020-01-01" }, groupBy: [SERVICE_KIND]',
      );
    const saved = (partner: string, occurredOn: string, quantity: string) => ({
      service: energy,
      partner,
      metric: 'ENERGY_KWH_SAVED',
      occurredOn,
      quantity,
    });
    await enrol(hub, guest, energy, '2019-01-01');
    await enrol(hub, operator, energy, '2019-01-01');
    await reportUsage(hub, [saved(guest, '2019-03-31', '0')]);
    expect(await served()).toEqual([]);
    await reportUsage(hub, [saved(operator, '2019-03-31', '50'), saved(operator, '2019-06-30', '-50')]);
    expect(await served()).toEqual(['2019-01-01..2020-01-01 ENERGY 1']);
  });
});
