import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import pg from 'pg';
import { keyOf, newPartner, save } from '../partners/records.ts';
import { startTestHub, type TestHub } from '../support/hub.ts';
import { addService, changePartner, reportUsage } from './records.ts';
import { type CountedRow, Recount } from './recount.ts';
import { rebuild, rollupDifferences } from './rollups.ts';
import { newPartners, SECTORS, story, tell } from './stories.ts';

const METRICS = [
  'OTHER_SERVICE_UNITS',
  'EMPLOYER_GROUP_WORKERS',
  'EMPLOYER_GROUP_HOURS_PLACED',
  'PARTNERS_SERVED',
];
const QUESTIONS = [['SECTOR', 'SERVICE'], ['PARTNER', 'CATEGORY'], []].flatMap((groupBy) =>
  METRICS.map((metric) => ({ metric, groupBy, granularity: groupBy.length > 0 ? ('MONTH' as const) : null })),
);

let hub: TestHub;
let services: Record<string, string>;
beforeAll(async () => {
  hub = await startTestHub('operation');
  const group = await addService(hub, 'EMPLOYER_GROUP', 'group');
  services = {
    OTHER_SERVICE_UNITS: await addService(hub, 'OTHER', 'rooms'),
    EMPLOYER_GROUP_WORKERS: group,
    EMPLOYER_GROUP_HOURS_PLACED: group,
  };
});
afterAll(() => hub.close());

async function rows(question: {
  metric: string;
  groupBy: string[];
  granularity: string | null;
}): Promise<CountedRow[]> {
  const { data, errors } = await hub.write(
    `query ($metrics: [MetricKey!]!, $groupBy: [MetricDimension!], $granularity: Granularity) {
      usageMetrics(metrics: $metrics, groupBy: $groupBy, granularity: $granularity) { rows { dimensions { value } period { from to } cell { value } } } }`,
    { metrics: [question.metric], groupBy: question.groupBy, granularity: question.granularity },
  );
  expect(errors).toBeUndefined();
  return data.usageMetrics.rows.map(
    ({
      dimensions,
      period,
      cell,
    }: {
      dimensions: { value: string }[];
      period: CountedRow['period'];
      cell: { value: string };
    }) => ({
      period,
      values: dimensions.map(({ value }) => value),
      value: cell.value,
    }),
  );
}

describe('whatever the order, repetition, correction and lateness of reports', () => {
  test('the rollups are what a recount from the entries gives, and so are the answers', async () => {
    await fc.assert(
      fc.asyncProperty(story, async (told) => {
        await tell(hub, services, await newPartners(hub, services), told);
        expect(await rollupDifferences(hub)).toEqual([]);
        const recount = await Recount.of(hub);
        for (const question of QUESTIONS) expect(await rows(question)).toEqual(recount.rows(question));
      }),
      { numRuns: 12, seed: 2026 },
    );
  }, 120_000);

  test('the same entries in any order give the same answers', async () => {
    /** Rows by sector of partners of one story: their values, without the ids. */
    const answers = async (partners: string[]): Promise<string[]> => {
      const { data } = await hub.write(
        `query ($first: ID!, $second: ID!, $third: ID!) { ${['first', 'second', 'third']
          .map(
            (
              name,
            ) => `${name}: node(id: $${name}) { ... on Partner { usageMetrics(metrics: [OTHER_SERVICE_UNITS, EMPLOYER_GROUP_WORKERS, EMPLOYER_GROUP_HOURS_PLACED, PARTNERS_SERVED],
              groupBy: [SECTOR, CATEGORY], granularity: MONTH) { rows { metric dimensions { value } period { from } cell { value } } totals { cell { value } } } } }`,
          )
          .join(' ')} }`,
        { first: partners[0], second: partners[1], third: partners[2] },
      );
      return Object.values(data).map((answer) => JSON.stringify(answer));
    };
    const twice = story.chain(({ entries, steps }) =>
      fc.record({
        entries: fc.constant(entries),
        steps: fc.constant(steps),
        order: fc.shuffledSubarray([...entries.keys()], { minLength: entries.length }),
      }),
    );
    await fc.assert(
      fc.asyncProperty(twice, async ({ entries, steps, order }) => {
        const [one, other] = [await newPartners(hub, services), await newPartners(hub, services)];
        const changes = steps.filter((step) => 'change' in step);
        await tell(hub, services, one, { entries, steps });
        await tell(hub, services, other, {
          entries,
          steps: [...changes, { report: order, isRepeated: false }],
        });
        expect(await answers(other)).toEqual(await answers(one));
      }),
      { numRuns: 8, seed: 2027 },
    );
  }, 120_000);
});

describe('a row that is changed by hand', () => {
  test.each([
    [
      'another quantity of a month',
      'usage_month',
      'update usage_month set quantity = quantity + 1 where id = $1',
    ],
    [
      'another entry as the last of a month',
      'usage_month',
      'update usage_month set last_id = gen_random_uuid() where id = $1',
    ],
    [
      'another moment of the last entry',
      'usage_month',
      'update usage_month set last_recorded_at = now() where id = $1',
    ],
    ['a month that is gone', 'usage_month', 'delete from usage_month where id = $1'],
    ['another sum', 'usage_total', 'update usage_total set quantity = quantity + 1 where id = $1'],
    [
      'another largest contribution',
      'usage_total',
      'update usage_total set largest = largest + 1 where id = $1',
    ],
    ['a total that is gone', 'usage_total', 'delete from usage_total where id = $1'],
    ['another sum of sums', 'usage_sum', 'update usage_sum set quantity = quantity + 1 where id = $1'],
    ['a sum that is gone', 'usage_sum', 'delete from usage_sum where id = $1'],
  ])('%s is found, and mended by a rebuild', async (_, table, change) => {
    const [partner] = (await newPartners(hub, services)) as [string];
    await reportUsage(hub, [
      {
        partner,
        service: services.OTHER_SERVICE_UNITS,
        metric: 'OTHER_SERVICE_UNITS',
        occurredOn: '2022-07-01',
        quantity: '5',
      },
    ]);
    expect(await rollupDifferences(hub)).toEqual([]);
    const [row] = await hub.sql<{ id: string }>(
      `select id::text from ${table} where month = '2022-07-01' and entries > 0 limit 1`,
    );
    await hub.sql(change, [row?.id]);
    const differences = await rollupDifferences(hub);
    expect(differences.map(({ rollup }) => rollup)).toEqual([table]);
    await rebuild(hub);
    expect(await rollupDifferences(hub)).toEqual([]);
  });
});

const onAServer = process.env.HUB_TEST_DATABASE_URL ? test : test.skip;

onAServer(
  'eight reporters at once, of partners that share totals, leave rollups that verify',
  async () => {
    const partners = [...(await newPartners(hub, services)), ...(await newPartners(hub, services))];
    const reporter = async (number: number): Promise<void> => {
      for (let turn = 0; turn < 6; turn += 1) {
        const entries = partners.map((partner, at) => ({
          partner,
          service: services.OTHER_SERVICE_UNITS,
          metric: 'OTHER_SERVICE_UNITS',
          occurredOn: `2024-0${1 + ((turn + at) % 3)}-1${number}`,
          quantity: String(1 + number),
        }));
        // Each begins with another partner, so that they meet in every sequence.
        const ids = await reportUsage(
          hub,
          [...entries.slice(number % 6), ...entries.slice(0, number % 6)],
          'ACCEPTED',
          `reporter-${number}`,
        );
        if (turn % 2 === 0) await reportUsage(hub, [{ reverses: ids[0] }], 'ACCEPTED', `reporter-${number}`);
        if (turn === 3)
          await changePartner(hub, partners[number % 6] as string, { sector: SECTORS[number % 3] });
      }
    };
    await Promise.all(Array.from({ length: 8 }, (_, number) => reporter(number)));
    expect(await rollupDifferences(hub)).toEqual([]);
  },
  120_000,
);

onAServer(
  'a recognition that is changed beside a rebuild has its use counted once',
  async () => {
    const partner = await newPartner(hub, {
      recognitions: [{ authority: 'COCOF', validFrom: '2020-01-01' }],
    });
    const service = services.OTHER_SERVICE_UNITS;
    const { id } = await save(hub, 'enrolPartner', {
      partner: partner.id,
      service,
      recognition: partner.recognitions[0].id,
      requestedOn: '2024-01-01',
    });
    await save(hub, 'activateEnrolment', { id, activeFrom: '2024-01-01' });
    const use = { partner: partner.id, service, metric: 'OTHER_SERVICE_UNITS' };
    await reportUsage(hub, [{ ...use, occurredOn: '2024-03-05', quantity: '5' }]);
    const other = new pg.Client({ connectionString: hub.database.url });
    await other.connect();
    try {
      await other.query('begin');
      await other.query('select rebuild_usage_rollups()');
      const changed = hub.sql(
        `update recognition set authority_id = (select id from competent_authority where code = 'IRISCARE') where partner_id = $1`,
        [keyOf(partner)],
      );
      for (let waits = false; !waits; ) {
        const [lock] = await hub.sql<{ waits: boolean }>(
          `select exists (select from pg_stat_activity
            where datname = current_database() and wait_event_type = 'Lock') as waits`,
        );
        waits = lock?.waits ?? false;
      }
      await other.query('commit');
      await changed;
    } finally {
      await other.end();
    }
    expect(await rollupDifferences(hub)).toEqual([]);
  },
  120_000,
);
