import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startTestHub, type TestHub } from '../support/hub.ts';
import { addPartner, addService, reportUsage } from './records.ts';

let hub: TestHub;
let service: string;
let position = 0;

/** What is reported in 2024: a category for each case, so that figures do not meet. */
const REPORTED: [category: string, occurredOn: string, quantity: string][] = [
  ['JUST', '2024-01-01', '60'],
  ['JUST', '2024-12-31', '40'],
  // The day before the period, and the first one after it.
  ['JUST', '2023-12-31', '1000'],
  ['JUST', '2025-01-01', '1000'],
  ['LOW', '2024-05-01', '95'],
  ['LOWER', '2024-05-01', '94.999999'],
  ['HIGH', '2024-05-01', '105'],
  ['HIGHER', '2024-05-01', '105.000001'],
];

beforeAll(async () => {
  hub = await startTestHub('operation');
  service = await addService(hub, 'OTHER', 'rooms');
  const partner = await addPartner(hub, 'User');
  await reportUsage(
    hub,
    REPORTED.map(([category, occurredOn, quantity]) => ({
      service,
      partner,
      metric: 'OTHER_SERVICE_UNITS',
      occurredOn,
      quantity,
      category,
    })),
  );
});
afterAll(() => hub.close());

/** The hub's answer to a figure of 2024 that somebody published. */
async function publish(qualifier: string, value: string, category: string | null, ofService = true) {
  position += 1;
  const slug = `figure-${position}`;
  await hub.sql(
    `insert into published_figure (id, slug, label_en, value, qualifier, unit, kind, period_from, period_until, document, heading, quoted_words, service_id, metric_key, category, position)
     values (gen_random_uuid(), $1::text, $1::text, $2, $3, 'UNIT_OF_USE', 'FLOW', '2024-01-01', '2025-01-01', 'Report', 'Figures', 'words', $4, 'OTHER_SERVICE_UNITS', $5, $6)`,
    [slug, value, qualifier, ofService ? service.replace('service_', '') : null, category, position],
  );
  const { data } = await hub.write(
    `{ publishedFigures(first: 100) { nodes { slug period { from to } computed { value difference agreement } } } }`,
  );
  return data.publishedFigures.nodes.find((figure: { slug: string }) => figure.slug === slug).computed;
}

describe('reported records either agree with a published figure or differ from it', () => {
  test.each([
    ['EXACT', '100', 'JUST', 'AGREES', '0'],
    ['EXACT', '100.000001', 'JUST', 'DIFFERS', '-0.000001'],
    ['EXACT', '99.999999', 'JUST', 'DIFFERS', '0.000001'],
    ['AT_LEAST', '100', 'JUST', 'AGREES', '0'],
    ['AT_LEAST', '99', 'JUST', 'AGREES', '1'],
    ['AT_LEAST', '100.000001', 'JUST', 'DIFFERS', '-0.000001'],
    ['ABOUT', '100', 'JUST', 'AGREES', '0'],
    ['ABOUT', '100', 'LOW', 'AGREES', '-5'],
    ['ABOUT', '100', 'LOWER', 'DIFFERS', '-5.000001'],
    ['ABOUT', '100', 'HIGH', 'AGREES', '5'],
    ['ABOUT', '100', 'HIGHER', 'DIFFERS', '5.000001'],
  ])(
    '%s %s against the usage of category %s: %s',
    async (qualifier, value, category, agreement, difference) => {
      expect(await publish(qualifier, value, category)).toMatchObject({ agreement, difference });
    },
  );

  test('nothing was reported in the category: the value is 0, and a figure of 0 agrees', async () => {
    expect(await publish('EXACT', '0', 'NOTHING')).toEqual({
      value: '0',
      difference: '0',
      agreement: 'AGREES',
    });
    expect(await publish('EXACT', '1', 'NOTHING')).toEqual({
      value: '0',
      difference: '-1',
      agreement: 'DIFFERS',
    });
  });

  test('a figure without category or service is about all of them', async () => {
    expect(await publish('EXACT', '500', null)).toMatchObject({ value: '500', agreement: 'AGREES' });
    expect(await publish('EXACT', '500', null, false)).toMatchObject({ value: '500', agreement: 'AGREES' });
  });
});
