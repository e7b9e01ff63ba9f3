import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startTestHub, type TestHub } from '../support/hub.ts';

interface Figure {
  slug: string;
  value: string;
  qualifier: 'EXACT' | 'AT_LEAST' | 'ABOUT';
  metric: { key: string } | null;
  computed: { value: string | null; difference: string | null; agreement: string };
}

let hub: TestHub;
beforeAll(async () => {
  hub = await startTestHub();
});
afterAll(() => hub.close());

async function figures(): Promise<Figure[]> {
  const { data, errors, statements } = await hub.query(
    `{ publishedFigures(first: 100) { totalCount nodes { slug value qualifier metric { key } computed { value difference agreement } } } }`,
  );
  expect(errors).toBeUndefined();
  expect(statements).toHaveLength(1);
  expect(data.publishedFigures.nodes).toHaveLength(data.publishedFigures.totalCount);
  return data.publishedFigures.nodes;
}

/** Slugs and differences of the figures that the hub does not agree with. */
async function differing(): Promise<Record<string, string | null>> {
  const differ = (await figures()).filter(({ computed }) => computed.agreement === 'DIFFERS');
  return Object.fromEntries(differ.map(({ slug, computed }) => [slug, computed.difference]));
}

async function report(entries: Record<string, unknown>[]): Promise<string[]> {
  const { data, errors } = await hub.write(
    `mutation ($input: ReportUsageInput!) { reportUsage(input: $input) { userErrors { code } results { status error { code message } entry { id } } } }`,
    {
      input: {
        idempotencyKey: `figures-${entries.map(({ externalReference }) => externalReference)}`,
        source: 'test',
        entries,
      },
    },
  );
  expect(errors).toBeUndefined();
  expect(data.reportUsage.userErrors).toEqual([]);
  const results: { status: string; entry: { id: string } | null }[] = data.reportUsage.results;
  expect(results.map(({ status }) => status)).toEqual(entries.map(() => 'ACCEPTED'));
  return results.map(({ entry }) => entry?.id as string);
}

async function serviceId(slug: string): Promise<string> {
  const { data } = await hub.query(
    `query ($slug: String) { sharedService(reference: { slug: $slug }) { id } }`,
    {
      slug,
    },
  );
  return data.sharedService.id;
}

/** Active enrolments of eCat members that rest on a COCOF recognition and have no usage. */
async function endableMembers(): Promise<string[]> {
  const rows = await hub.sql<{ id: string }>(
    `select e.id from enrolment e join shared_service s on s.id = e.service_id and s.slug = 'purchasing'
       join recognition r on r.id = e.recognition_id join competent_authority a on a.id = r.authority_id and a.code = 'COCOF'
     where e.status = 'ACTIVE' and e.active_from < '2022-01-01'
       and not exists (select from usage_entry u where u.enrolment_id = e.id) order by e.id limit 2`,
  );
  return rows.map(({ id }) => `enrolment_${id}`);
}

async function end(id: string, endedOn: string): Promise<void> {
  const { data } = await hub.write(
    `mutation ($input: EndEnrolmentInput!) { endEnrolment(input: $input) { userErrors { code message } enrolment { endedOn } } }`,
    { input: { idempotencyKey: `end-${id}`, id, endedOn } },
  );
  expect(data.endEnrolment).toEqual({ userErrors: [], enrolment: { endedOn } });
}

describe('in the demonstration', () => {
  test('each figure that has a metric agrees by its qualifier, and says that it does by construction', async () => {
    const withMetric = (await figures()).filter(({ metric }) => metric);
    expect(withMetric.length).toBeGreaterThanOrEqual(27);
    for (const { slug, value, qualifier, computed } of withMetric) {
      const [published, own] = [Number(value), Number(computed.value)];
      expect({ slug, agreement: computed.agreement }).toEqual({ slug, agreement: 'BY_CONSTRUCTION' });
      expect(Number(computed.difference)).toBeCloseTo(own - published, 6);
      if (qualifier === 'EXACT') expect(computed).toMatchObject({ value, difference: '0' });
      if (qualifier === 'AT_LEAST') expect(own).toBeGreaterThanOrEqual(published);
      if (qualifier === 'ABOUT') expect(Math.abs(own - published)).toBeLessThanOrEqual(0.05 * published);
    }
  });

  test('a figure without a metric is not computed, and nothing is made up beside it', async () => {
    const without = (await figures()).filter(({ metric }) => !metric);
    expect(without.map(({ slug }) => slug).sort()).toEqual([
      'dansaert-enterprises',
      'dansaert-survival',
      'jaiplus-break-even',
      'jaiplus-contribution-trainee',
      'jaiplus-contribution-worker',
      'survey-want-pooled-services',
      'survey-would-help-to-create',
    ]);
    for (const { computed } of without) {
      expect(computed).toEqual({ value: null, difference: null, agreement: 'NOT_COMPUTED' });
    }
  });

  test('every figure of the documents is there with its value and qualifier', async () => {
    const published = Object.fromEntries(
      (await figures()).map(({ slug, value, qualifier }) => [slug, `${qualifier} ${value}`]),
    );
    expect(published).toMatchObject({
      'energy-institutions': 'EXACT 218',
      'energy-saved': 'ABOUT 8070000',
      'energy-co2': 'ABOUT 1291000',
      'energy-oil': 'ABOUT 460000',
      'energy-cost': 'ABOUT 520000',
      'diversity-organisations': 'AT_LEAST 90',
      'diversity-people': 'AT_LEAST 350',
      'bobet-sheets': 'AT_LEAST 100',
      'bobet-access-granted': 'EXACT 52',
      'basic-members-2013': 'EXACT 8',
      'basic-workers-2013': 'EXACT 1',
      'basic-members-2022': 'EXACT 550',
      'basic-workers-2022': 'EXACT 43',
      'ecat-members': 'EXACT 310',
      'ecat-orders': 'EXACT 472',
      'ecat-sales': 'EXACT 945054.8',
      'jaiplus-break-even': 'ABOUT 5000',
    });
  });

  test('a figure about no service in particular is by construction too while the hub holds synthetic records', async () => {
    await hub.sql(
      `insert into published_figure (id, slug, label_en, value, qualifier, unit, kind, document, heading, quoted_words, metric_key, position)
       values (gen_random_uuid(), 'of-all-services', 'All orders', 1, 'AT_LEAST', 'ORDER', 'FLOW', 'd', 'h', 'q', 'PURCHASING_ORDERS', 9999)`,
    );
    const figure = (await figures()).find(({ slug }) => slug === 'of-all-services');
    await hub.sql(`delete from published_figure where slug = 'of-all-services'`);
    expect(figure?.computed.agreement).toBe('BY_CONSTRUCTION');
  });
});

describe('changing one record', () => {
  test('one order more makes the number of orders differ by one, and nothing else', async () => {
    expect(await differing()).toEqual({});
    const [order] = await hub.sql<{ partner: string; day: string }>(
      `select partner_id as partner, occurred_on::text as day from usage_entry
       where metric_key = 'PURCHASING_ORDERS' and occurred_on between '2021-01-05' and '2022-05-31' order by id limit 1`,
    );
    await report([
      {
        externalReference: 'one-more',
        service: await serviceId('purchasing'),
        partner: `partner_${order?.partner}`,
        metric: 'PURCHASING_ORDERS',
        occurredOn: order?.day,
        quantity: '1',
      },
    ]);
    expect(await differing()).toEqual({ 'ecat-orders': '1' });
  });

  test('ending an enrolment on the last day of the period changes the members and those of its authority', async () => {
    const [first, second] = (await endableMembers()) as [string, string];
    // The figure is of 31 May 2022: who leaves on 1 June was still a member.
    await end(first, '2022-06-01');
    expect(await differing()).toEqual({ 'ecat-orders': '1' });
    await end(second, '2022-05-31');
    expect(await differing()).toEqual({
      'ecat-orders': '1',
      'ecat-members': '-1',
      'ecat-members-cocof': '-1',
    });
  });

  test('one accountant more changes the workers of 2022 and their function, until the report is taken back', async () => {
    const [operator] = await hub.sql<{ id: string }>(
      `select distinct partner_id as id from usage_entry where metric_key = 'EMPLOYER_GROUP_WORKERS'`,
    );
    const before = await differing();
    const [entry] = await report([
      {
        externalReference: 'worker-8',
        service: await serviceId('employer-group'),
        partner: `partner_${operator?.id}`,
        metric: 'EMPLOYER_GROUP_WORKERS',
        occurredOn: '2022-12-31',
        quantity: '8',
        category: 'ACCOUNTANT',
      },
    ]);
    expect(await differing()).toEqual({
      ...before,
      'basic-workers-2022': '1',
      'basic-workers-2022-accountant': '1',
    });
    await report([{ externalReference: 'worker-8-back', reverses: entry }]);
    expect(await differing()).toEqual(before);
  });
});
