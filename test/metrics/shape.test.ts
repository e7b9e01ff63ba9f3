import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startTestHub, type TestHub } from '../support/hub.ts';
import { ask, refusal } from './asking.ts';
import { addPartner, addService, enrol, reportUsage } from './records.ts';

let hub: TestHub;
const YEAR = 'period: { from: "2023-01-01", to: "2024-01-01" }';
const bySector = `${YEAR}, groupBy: [SECTOR]`;

beforeAll(async () => {
  hub = await startTestHub('operation');
  const purchasing = await addService(hub, 'PURCHASING', 'purchasing');
  const rooms = await addService(hub, 'OTHER', 'rooms');
  const order = (partner: string, occurredOn: string, orders: string, amount: string) => [
    { service: purchasing, partner, metric: 'PURCHASING_ORDERS', occurredOn, quantity: orders },
    { service: purchasing, partner, metric: 'PURCHASING_AMOUNT_INCL_VAT_EUR', occurredOn, quantity: amount },
  ];
  const of = async (sector: string): Promise<string> => {
    const partner = await addPartner(hub, sector, { sector });
    await enrol(hub, partner, purchasing, '2022-01-01');
    return partner;
  };
  const [homes, school, museum, clinic] = [
    await of('CARE_HOMES'),
    await of('EDUCATION'),
    await of('CULTURE'),
    await of('HOSPITALS'),
  ] as [string, string, string, string];
  await reportUsage(hub, [
    ...order(homes, '2023-01-15', '10', '1000'),
    ...order(homes, '2023-04-15', '10', '500'),
    ...order(school, '2023-02-15', '5', '900'),
    ...order(museum, '2023-02-16', '4', '10'),
    ...order(clinic, '2023-04-16', '1', '90'),
    {
      service: rooms,
      partner: museum,
      metric: 'OTHER_SERVICE_UNITS',
      occurredOn: '2023-02-17',
      quantity: '2',
    },
  ]);
});
afterAll(() => hub.close());

const values = (lines: string[]): string[] => lines.map((line) => line.split(' ').slice(1).join(' '));

describe('the largest and all others', () => {
  test('are ranked by the first metric over the whole period, and the sums add up to the totals', async () => {
    const { rows, totals } = await ask(
      hub,
      `metrics: [PURCHASING_ORDERS, PURCHASING_AMOUNT_INCL_VAT_EUR], ${bySector}, top: 2`,
    );
    expect(values(rows)).toEqual([
      'CARE_HOMES 20',
      'EDUCATION 5',
      'others 5',
      'CARE_HOMES 1500',
      'EDUCATION 900',
      'others 100',
    ]);
    expect(values(totals)).toEqual(['30', '2500']);
  });

  test('are the same in every step', async () => {
    const { rows } = await ask(
      hub,
      `metrics: [PURCHASING_ORDERS], ${bySector}, top: 1, granularity: QUARTER`,
    );
    expect(rows).toEqual([
      '2023-01-01..2023-04-01 CARE_HOMES 10',
      '2023-01-01..2023-04-01 others 9',
      '2023-04-01..2023-07-01 CARE_HOMES 10',
      '2023-04-01..2023-07-01 others 1',
    ]);
  });

  test('have a ratio of the sums of the others, and no mean of their ratios', async () => {
    const { rows, totals } = await ask(hub, `metrics: [PURCHASING_AMOUNT_PER_ORDER], ${bySector}, top: 1`);
    expect(values(rows)).toEqual(['EDUCATION 180', 'others 64']);
    expect(values(totals)).toEqual(['83.333333']);
  });

  test('count a partner of several groups once among the others', async () => {
    const { rows, totals } = await ask(
      hub,
      `metrics: [OTHER_SERVICE_UNITS, PARTNERS_SERVED], ${YEAR}, groupBy: [SECTOR, SERVICE_KIND], top: 1`,
    );
    expect(values(rows)).toEqual(['CULTURE OTHER 2', 'CULTURE OTHER 1', 'others 4']);
    expect(values(totals)).toEqual(['2', '4']);
  });

  test('leave no others where all are among the largest', async () => {
    expect(values((await ask(hub, `metrics: [PURCHASING_ORDERS], ${bySector}, top: 100`)).rows)).toHaveLength(
      4,
    );
  });

  test.each([
    ['top: 0, groupBy: [SECTOR]', 'INVALID_TOP top'],
    ['top: 101, groupBy: [SECTOR]', 'INVALID_TOP top'],
    ['top: 3', 'INVALID_TOP top'],
    ['having: { metric: PARTNERS_SERVED }', 'INVALID_HAVING having.metric'],
  ])('%s is refused', async (argument, expected) => {
    expect(await refusal(hub, `metrics: [PURCHASING_ORDERS], ${argument}`)).toBe(expected);
  });
});

describe('having', () => {
  const both = `metrics: [PURCHASING_ORDERS, PURCHASING_AMOUNT_INCL_VAT_EUR], ${bySector}`;

  test('keeps all metrics of a combination, or none; the bounds belong to the range, and totals are of all', async () => {
    const { rows, totals } = await ask(
      hub,
      `${both}, having: { metric: PURCHASING_ORDERS, atLeast: "4", atMost: "5" }`,
    );
    expect(values(rows)).toEqual(['CULTURE 4', 'EDUCATION 5', 'CULTURE 10', 'EDUCATION 900']);
    expect(values(totals)).toEqual(['30', '2500']);
  });

  test('looks at each step by itself', async () => {
    const { rows } = await ask(
      hub,
      `metrics: [PURCHASING_AMOUNT_PER_ORDER], ${bySector}, granularity: QUARTER, having: { metric: PURCHASING_AMOUNT_PER_ORDER, atMost: "90" }`,
    );
    expect(values(rows)).toEqual(['CULTURE 2.5', 'CARE_HOMES 50', 'HOSPITALS 90']);
  });

  test('without bounds keeps what has a value', async () => {
    const filled = `metrics: [PURCHASING_AMOUNT_PER_ORDER], ${YEAR}, granularity: QUARTER, fillGaps: true`;
    const { rows } = await ask(hub, `${filled}, having: { metric: PURCHASING_AMOUNT_PER_ORDER }`);
    expect(values(rows)).toEqual(['100.526316', '53.636364']);
  });
});

describe('rows come', () => {
  test.each([
    ['KEYS', ['CARE_HOMES 20', 'CULTURE 4', 'EDUCATION 5', 'HOSPITALS 1']],
    ['VALUE_DESC', ['CARE_HOMES 20', 'EDUCATION 5', 'CULTURE 4', 'HOSPITALS 1']],
    ['VALUE_ASC', ['HOSPITALS 1', 'CULTURE 4', 'EDUCATION 5', 'CARE_HOMES 20']],
  ])('by %s', async (order, expected) => {
    expect(
      values((await ask(hub, `metrics: [PURCHASING_ORDERS], ${bySector}, orderBy: ${order}`)).rows),
    ).toEqual(expected);
  });

  test('with all others after them, however large those are', async () => {
    const { rows } = await ask(
      hub,
      `metrics: [PURCHASING_ORDERS, PARTNERS_SERVED], ${bySector}, top: 1, orderBy: VALUE_DESC`,
    );
    expect(values(rows)).toEqual(['CARE_HOMES 20', 'others 10', 'CARE_HOMES 1', 'others 3']);
  });
});

describe('gaps', () => {
  test('are filled with 0 in every step of the period, for each combination that has a row', async () => {
    const { rows } = await ask(
      hub,
      `metrics: [PURCHASING_ORDERS], ${bySector}, top: 1, granularity: QUARTER, fillGaps: true`,
    );
    expect(values(rows)).toEqual([
      'CARE_HOMES 10',
      'others 9',
      'CARE_HOMES 10',
      'others 1',
      'CARE_HOMES 0',
      'others 0',
      'CARE_HOMES 0',
      'others 0',
    ]);
  });

  test('of a ratio have no value', async () => {
    const { rows } = await ask(
      hub,
      `metrics: [PURCHASING_AMOUNT_PER_ORDER], ${YEAR}, granularity: QUARTER, fillGaps: true`,
    );
    expect(values(rows)).toEqual(['100.526316', '53.636364', 'nothing', 'nothing']);
  });

  test('are filled up to today, and from the first record on', async () => {
    const { rows } = await ask(hub, 'metrics: [PURCHASING_ORDERS], granularity: YEAR, fillGaps: true');
    const [now] = await hub.sql<{ year: number }>(
      `select extract(year from now() at time zone 'Europe/Brussels')::int as year`,
    );
    const years = rows.map((line) => Number(line.slice(0, 4)));
    expect(years).toEqual(Array.from({ length: (now?.year as number) - 2022 }, (_, at) => 2023 + at));
  });

  test('of an earlier period are 0, too', async () => {
    const { rows } = await ask(
      hub,
      `metrics: [PURCHASING_ORDERS], ${YEAR}, granularity: QUARTER, fillGaps: true, compareTo: SAME_PERIOD_LAST_YEAR`,
    );
    expect(values(rows)).toEqual(['19 after 0', '11 after 0', '0 after 0', '0 after 0']);
  });
});

describe('totals', () => {
  test('are by step, over all rows, and count a partner once', async () => {
    const { rows, totals } = await ask(
      hub,
      `metrics: [PARTNERS_SERVED], ${YEAR}, groupBy: [SERVICE_KIND], granularity: QUARTER`,
    );
    expect(values(rows)).toEqual(['OTHER 1', 'PURCHASING 3', 'PURCHASING 2']);
    expect(values(totals)).toEqual(['3', '2']);
  });
});
