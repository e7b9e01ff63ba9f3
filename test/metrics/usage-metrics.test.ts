import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { startTestHub, type TestHub } from '../support/hub.ts';
import { decimal } from './arithmetic.ts';
import { type CountedRow, type Question, Recount } from './recount.ts';

const QUESTION = `query Usage($metrics: [MetricKey!]!, $period: DateRangeInput, $groupBy: [MetricDimension!], $granularity: Granularity, $filter: UsageMetricsFilter) {
  usageMetrics(metrics: $metrics, period: $period, groupBy: $groupBy, granularity: $granularity, filter: $filter) {
    metrics { key }
    rows { metric dimensions { dimension value label } period { from to } cell { value status } }
  }
}`;
const DIMENSIONS = [
  'SERVICE',
  'SERVICE_KIND',
  'SECTOR',
  'SIZE_BAND',
  'REGION',
  'PROVINCE',
  'MUNICIPALITY',
  'AUTHORITY',
  'FEDERATION',
  'PARTNER',
  'CATEGORY',
];
const KINDS = ['ENERGY', 'DIVERSITY', 'PREVENTION', 'EMPLOYER_GROUP', 'PURCHASING', 'OTHER'];

let hub: TestHub;
let recount: Recount;
let metrics: { key: string; kind: string; aggregation: string }[];
let services: string[];

beforeAll(async () => {
  hub = await startTestHub();
  recount = await Recount.of(hub);
  const { data } = await hub.query(
    '{ metricDefinitions { key kind aggregation } sharedServices(first: 100) { nodes { id } } }',
  );
  metrics = data.metricDefinitions;
  services = data.sharedServices.nodes.map(({ id }: { id: string }) => id);
});
afterAll(() => hub.close());

function variablesOf(question: Question): Record<string, unknown> {
  const { metric, from, to, granularity, groupBy, services, serviceKinds, categories, ...partners } =
    question;
  return {
    metrics: [metric],
    period: from === undefined && to === undefined ? null : { from, to },
    groupBy,
    granularity,
    filter: { services, serviceKinds, categories, partners },
  };
}

async function ask(question: Question) {
  const { data, errors, statements } = await hub.query(QUESTION, variablesOf(question));
  const rows = data?.usageMetrics?.rows.map(
    (row: {
      dimensions: { value: string | null }[];
      period: CountedRow['period'];
      cell: { value: string | null; status: string };
    }): CountedRow => {
      expect(row.cell.status).toBe(row.cell.value === null ? 'NOT_AVAILABLE' : 'OK');
      return {
        period: row.period,
        values: row.dimensions.map(({ value }) => value),
        value: row.cell.value,
      };
    },
  ) as CountedRow[] | undefined;
  return { rows, codes: errors?.map(({ extensions }) => extensions?.code), statements };
}

const day = (from: string, to: string) =>
  fc
    .integer({ min: Date.parse(from) / 86_400_000, max: Date.parse(to) / 86_400_000 })
    .map((number) => new Date(number * 86_400_000).toISOString().slice(0, 10));
/** A condition in one question of eight, so that most answers have rows. */
const some = <T>(choices: readonly T[], most: number) =>
  fc.oneof(
    { arbitrary: fc.constant(undefined), weight: 7 },
    { arbitrary: fc.uniqueArray(fc.constantFrom(...choices), { minLength: 1, maxLength: most }), weight: 1 },
  );
/** A period: open on either side, or some steps long so that a series stays readable. */
const period = fc
  .record({
    from: fc.option(day('2017-06-01', '2026-09-30'), { nil: null, freq: 4 }),
    days: fc.option(fc.oneof(fc.integer({ min: 1, max: 45 }), fc.integer({ min: 90, max: 3000 })), {
      nil: null,
      freq: 4,
    }),
  })
  .map(({ from, days }) => ({
    from,
    to:
      days === null
        ? null
        : new Date(Date.parse(from ?? '2018-06-01') + days * 86_400_000).toISOString().slice(0, 10),
  }));

describe('the answer equals an independent recount of every row', () => {
  test('for random metrics, periods, steps, dimensions and filters, in one statement each', async () => {
    let refused = 0;
    let filled = 0;
    const questions = fc.record({
      metric: fc.constantFrom(...metrics.map(({ key }) => key)),
      period,
      granularity: fc.constantFrom(null, null, 'MONTH', 'QUARTER', 'YEAR', 'DAY' as const),
      // With repetitions: a dimension that is named twice counts once.
      groupBy: fc.array(fc.constantFrom(...DIMENSIONS), { maxLength: 3 }),
      services: some(services, 3),
      serviceKinds: some(KINDS, 4),
      categories: some(['ACCOUNTANT', 'DPO', 'CPV_33', 'ADVICE', 'WORKER', 'NO_SUCH_CATEGORY'], 4),
      sectors: some(['CARE_HOMES', 'EDUCATION', 'CULTURE', 'HOSPITALS'], 4),
      sizeBands: some(['UNDER_5', 'FROM_5_TO_9', 'FROM_20_TO_49', 'FROM_200'], 3),
      territories: some(['04000', '21004', '03000', '20002'], 3),
    });
    await fc.assert(
      fc.asyncProperty(questions, async ({ period, ...rest }) => {
        const question = { ...rest, ...period } as Question;
        const expected = recount.rows(question);
        const { rows, codes, statements } = await ask(question);
        expect(statements).toHaveLength(1);
        if (expected === undefined) {
          refused += 1;
          expect(codes).toEqual(['TOO_MANY_CELLS']);
        } else {
          if (expected.length > 0) filled += 1;
          expect(codes).toBeUndefined();
          expect(rows).toEqual(expected);
        }
      }),
      { numRuns: 120, seed: 2027 },
    );
    expect(refused).toBeGreaterThan(0);
    expect(filled).toBeGreaterThan(40);
  }, 120_000);

  test.each(['FEDERATION', 'AUTHORITY', 'CATEGORY'])('for every metric by %s and year', async (dimension) => {
    for (const { key } of metrics) {
      const question: Question = { metric: key, groupBy: [dimension], granularity: 'YEAR' };
      expect((await ask(question)).rows).toEqual(recount.rows(question));
    }
  });
});

describe('rows add up', () => {
  const millionths = (value: string | null): bigint => {
    const [whole = '', fraction = ''] = (value as string).replace('-', '').split('.');
    const number = BigInt(whole + fraction.padEnd(6, '0'));
    return value?.startsWith('-') ? -number : number;
  };

  test('the rows of each dimension that parts the partners or the services add up to the total', async () => {
    const parting = DIMENSIONS.filter((dimension) => dimension !== 'FEDERATION');
    const parted = ['SUM', 'LAST_VALUE', 'DISTINCT_ENROLMENTS'];
    for (const { key } of metrics.filter(({ aggregation }) => parted.includes(aggregation))) {
      const [total] = (await ask({ metric: key, groupBy: [] })).rows as CountedRow[];
      for (const dimension of parting) {
        const { rows } = await ask({ metric: key, groupBy: [dimension] });
        const sum = (rows as CountedRow[]).reduce((left, { value }) => left + millionths(value), 0n);
        // Each part of a funding is rounded by itself.
        const off = sum - millionths((total as CountedRow).value);
        expect([key, dimension, off > -5n && off < 5n]).toEqual([key, dimension, true]);
        if (key !== 'FUNDING_AMOUNT') expect([key, dimension, off]).toEqual([key, dimension, 0n]);
      }
    }
  });

  test('the steps of a flow add up to the total of its period, the clipped ones included', async () => {
    const period = { from: '2021-02-17', to: '2022-05-09' };
    const metric = 'PURCHASING_AMOUNT_INCL_VAT_EUR';
    const [total] = (await ask({ metric, ...period, groupBy: [] })).rows as CountedRow[];
    for (const granularity of ['DAY', 'MONTH', 'QUARTER', 'YEAR'] as const) {
      const rows = (await ask({ metric, ...period, granularity, groupBy: [] })).rows as CountedRow[];
      expect(decimal(rows.reduce((sum, { value }) => sum + millionths(value), 0n))).toBe(total?.value);
    }
  });

  test('a partner that uses two services is served once, whatever its entries', async () => {
    const total = (await ask({ metric: 'PARTNERS_SERVED', groupBy: [] })).rows?.[0]?.value;
    const byService = (await ask({ metric: 'PARTNERS_SERVED', groupBy: ['SERVICE'] })).rows as CountedRow[];
    const [counted] = await hub.sql<{ count: string }>(
      `select count(distinct partner_id)::text as count from usage_entry u join metric_definition m on m.key = u.metric_key
       where m.kind = 'FLOW' and quantity <> 0 and reverses_id is null
         and id not in (select reverses_id from usage_entry where reverses_id is not null)`,
    );
    expect(total).toBe(counted?.count);
    expect(byService.reduce((sum, { value }) => sum + Number(value), 0)).toBeGreaterThan(Number(total));
  });

  test('a consultation that was taken back leaves no row behind', async () => {
    const [taken] = await hub.sql<{ partner: string; day: string }>(
      `select partner_id as partner, occurred_on::text as day from usage_entry u
       where metric_key = 'PREVENTION_CONSULTATIONS' and reverses_id is not null
         and not exists (select from usage_entry o where o.partner_id = u.partner_id and o.occurred_on = u.occurred_on
           and o.metric_key = u.metric_key and o.id not in (u.id, u.reverses_id)) limit 1`,
    );
    const { rows } = await ask({
      metric: 'PREVENTION_CONSULTATIONS',
      from: taken?.day as string,
      to: new Date(Date.parse(taken?.day as string) + 86_400_000).toISOString().slice(0, 10),
      groupBy: ['PARTNER'],
    });
    expect(rows?.map(({ values }) => values[0])).not.toContain(`partner_${taken?.partner}`);
  });
});
