import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startTestHub, type TestHub } from '../support/hub.ts';
import { ask, refusal } from './asking.ts';
import { addPartner, addService, reportUsage } from './records.ts';

let hub: TestHub;
const UNITS = 'metrics: [OTHER_SERVICE_UNITS]';

beforeAll(async () => {
  hub = await startTestHub('operation');
  const service = await addService(hub, 'OTHER', 'rooms');
  const group = await addService(hub, 'EMPLOYER_GROUP', 'group');
  const partner = await addPartner(hub, 'User');
  const use = (occurredOn: string, quantity: string, category: string) => ({
    service,
    partner,
    metric: 'OTHER_SERVICE_UNITS',
    occurredOn,
    quantity,
    category,
  });
  await reportUsage(hub, [
    use('2023-02-28', '7', 'DAILY'),
    use('2023-03-01', '11', 'DAILY'),
    use('2024-02-28', '2', 'DAILY'),
    use('2024-02-29', '3', 'DAILY'),
    use('2024-03-01', '5', 'DAILY'),
    use('2025-02-28', '13', 'DAILY'),
    use('2021-11-10', '100', 'MONTHLY'),
    use('2021-12-31', '40', 'MONTHLY'),
    use('2022-01-01', '25', 'MONTHLY'),
    use('2022-01-20', '75', 'OLD'),
    use('2022-02-20', '60', 'NEW'),
    { service: group, partner, metric: 'EMPLOYER_GROUP_WORKERS', occurredOn: '2021-12-15', quantity: '4' },
    { service: group, partner, metric: 'EMPLOYER_GROUP_WORKERS', occurredOn: '2022-01-15', quantity: '6' },
  ]);
});
afterAll(() => hub.close());

const period = (from: string, to: string): string => `period: { from: "${from}", to: "${to}" }`;
const before = 'compareTo: PREVIOUS_PERIOD';
const lastYear = 'compareTo: SAME_PERIOD_LAST_YEAR';

async function compared(argument: string) {
  const { data } = await hub.write(
    `{ usageMetrics(${argument}) { rows { cell { value } comparison { period { from to } value change changeShare } } } }`,
  );
  return data.usageMetrics.rows.map(
    ({ comparison: { period, ...values } }: { comparison: { period: { from: string; to: string } } }) => ({
      period: `${period.from}..${period.to}`,
      ...values,
    }),
  );
}

describe('the period before', () => {
  test('of whole months is as many whole months, however long they are', async () => {
    expect(await compared(`${UNITS}, ${period('2022-01-01', '2022-03-01')}, ${before}`)).toEqual([
      { period: '2021-11-01..2022-01-01', value: '140', change: '20', changeShare: '0.142857' },
    ]);
    expect(await compared(`${UNITS}, ${period('2022-02-01', '2022-03-01')}, ${before}`)).toEqual([
      { period: '2022-01-01..2022-02-01', value: '100', change: '-40', changeShare: '-0.4' },
    ]);
  });

  test('of other days is as many days', async () => {
    expect(await compared(`${UNITS}, ${period('2022-01-01', '2022-01-11')}, ${before}`)).toEqual([
      { period: '2021-12-22..2022-01-01', value: '40', change: '-15', changeShare: '-0.375' },
    ]);
  });

  test('has its steps beside the steps of this one', async () => {
    const months = `${UNITS}, ${period('2022-01-01', '2022-03-01')}, ${before}, granularity: MONTH`;
    expect((await ask(hub, months)).rows).toEqual([
      '2022-01-01..2022-02-01 100 after 100',
      '2022-02-01..2022-03-01 60 after 40',
    ]);
    const days = `${UNITS}, ${period('2024-03-01', '2024-03-03')}, ${before}, granularity: DAY`;
    // 28 and 29 February: a period of days has days before it, and no months.
    expect((await ask(hub, days)).rows).toEqual([
      '2024-03-01..2024-03-02 5 after 2',
      '2024-03-02..2024-03-03 0 after 3',
    ]);
  });

  test('is read on its last day, of a level', async () => {
    const workers = `metrics: [EMPLOYER_GROUP_WORKERS], ${before}`;
    expect((await ask(hub, `${workers}, ${period('2022-01-01', '2022-02-01')}`)).rows).toEqual([
      '2022-01-01..2022-02-01 6 after 4',
    ]);
    expect(
      (await ask(hub, `${workers}, ${period('2021-12-01', '2022-01-01')}, granularity: MONTH`)).rows,
    ).toEqual(['2021-12-01..2022-01-01 4 after nothing']);
  });
});

describe('the same period last year', () => {
  test('has the same days, clipped steps included', async () => {
    expect(await compared(`${UNITS}, ${period('2022-11-05', '2023-01-01')}, ${lastYear}`)).toEqual([
      { period: '2021-11-05..2022-01-01', value: '140', change: '-140', changeShare: '-1' },
    ]);
    const months = `${UNITS}, ${period('2022-11-15', '2023-01-01')}, ${lastYear}, granularity: MONTH`;
    expect((await ask(hub, months)).rows).toEqual(['2022-12-01..2023-01-01 0 after 40']);
  });

  test('compares a 29th of February with no day, and no other day with it', async () => {
    const leap = `${UNITS}, ${period('2024-02-28', '2024-03-02')}, ${lastYear}`;
    expect((await ask(hub, `${leap}, granularity: DAY`)).rows).toEqual([
      '2024-02-28..2024-02-29 2 after 7',
      '2024-02-29..2024-03-01 3 after 0',
      '2024-03-01..2024-03-02 5 after 11',
    ]);
    expect(
      (await compared(`${leap}, granularity: DAY`)).map(({ period }: { period: string }) => period),
    ).toEqual(['2023-02-28..2023-03-01', '2023-03-01..2023-03-01', '2023-03-01..2023-03-02']);
    const after = `${UNITS}, ${period('2025-02-01', '2025-03-01')}, ${lastYear}`;
    expect((await ask(hub, `${after}, granularity: DAY`)).rows).toEqual([
      '2025-02-28..2025-03-01 13 after 2',
    ]);
    expect(
      (await compared(`${after}, granularity: DAY`)).map(({ period }: { period: string }) => period),
    ).toEqual(['2024-02-28..2024-02-29']);
    // But the month of that year has it.
    expect((await ask(hub, after)).rows).toEqual(['2025-02-01..2025-03-01 13 after 5']);
  });

  test('of a period until a 28th of February has that day, too', async () => {
    expect(await compared(`${UNITS}, ${period('2024-02-28', '2024-02-29')}, ${lastYear}`)).toEqual([
      { period: '2023-02-28..2023-03-01', value: '7', change: '-5', changeShare: '-0.714286' },
    ]);
  });
});

describe('a row', () => {
  const byCategory = `${UNITS}, ${period('2022-02-01', '2022-03-01')}, ${before}, groupBy: [CATEGORY]`;

  test('that only one of the periods has is compared with 0', async () => {
    const { rows, totals } = await ask(hub, byCategory);
    expect(rows).toEqual([
      '2022-02-01..2022-03-01 MONTHLY 0 after 25',
      '2022-02-01..2022-03-01 NEW 60 after 0',
      '2022-02-01..2022-03-01 OLD 0 after 75',
    ]);
    expect(totals).toEqual(['2022-02-01..2022-03-01 60 after 100']);
  });

  test('has no share of change where there was nothing', async () => {
    const [, added] = await compared(byCategory);
    expect(added).toEqual({ period: '2022-01-01..2022-02-01', value: '0', change: '60', changeShare: null });
  });

  test('comes by its change where that is asked for', async () => {
    const categories = async (order: string) =>
      (await ask(hub, `${byCategory}, orderBy: ${order}`)).rows.map((line) => line.split(' ')[1]);
    expect(await categories('CHANGE_DESC')).toEqual(['NEW', 'MONTHLY', 'OLD']);
    expect(await categories('CHANGE_ASC')).toEqual(['OLD', 'MONTHLY', 'NEW']);
  });

  test('is null of what no period is compared with', async () => {
    const { data } = await hub.write(`{ usageMetrics(${UNITS}) { rows { comparison { value } } } }`);
    expect(data.usageMetrics.rows).toEqual([{ comparison: null }]);
  });
});

describe('a comparison is refused before any SQL', () => {
  test.each([
    ['without a period', before, 'PERIOD_MISSING period'],
    ['without the end of the period', `period: { from: "2022-01-01" }, ${lastYear}`, 'PERIOD_MISSING period'],
    [
      'of months with a period of days before',
      `${period('2022-01-05', '2022-03-01')}, granularity: MONTH, ${before}`,
      'INVALID_PERIOD period',
    ],
    [
      'of quarters with a period of two months',
      `${period('2022-01-01', '2022-03-01')}, granularity: QUARTER, ${before}`,
      'INVALID_PERIOD period',
    ],
    ['by change, without anything to compare with', 'orderBy: CHANGE_DESC', 'INVALID_ORDER orderBy'],
  ])('%s', async (_, argument, expected) => {
    expect(await refusal(hub, `${UNITS}, ${argument}`)).toBe(expected);
  });
});
