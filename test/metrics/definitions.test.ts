import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startTestHub, type TestHub } from '../support/hub.ts';

interface Definition {
  key: string;
  kind: string;
  aggregation: string;
  source: string;
  origin: string;
  owner: string;
  since: string | null;
  inSeries: string;
  serviceKind: string | null;
  numerator: { key: string; source: string; kind: string } | null;
  denominator: { key: string; source: string; kind: string } | null;
  labelTranslations: { language: string; text: string }[];
  descriptionTranslations: { language: string; text: string }[];
}

let hub: TestHub;
let definitions: Definition[];
beforeAll(async () => {
  hub = await startTestHub();
  const { data, errors, statements } = await hub.query(`{ metricDefinitions {
    key kind aggregation source origin owner since inSeries serviceKind
    numerator { key source kind } denominator { key source kind }
    labelTranslations { language text } descriptionTranslations { language text }
  } }`);
  expect(errors).toBeUndefined();
  expect(statements).toHaveLength(1);
  definitions = data.metricDefinitions;
});
afterAll(() => hub.close());

const definition = (key: string): Definition => definitions.find((one) => one.key === key) as Definition;

describe('every metric', () => {
  test('has a label and a description in the four languages, and neither is its key', () => {
    expect(definitions.length).toBeGreaterThan(20);
    for (const { key, labelTranslations, descriptionTranslations } of definitions) {
      for (const texts of [labelTranslations, descriptionTranslations]) {
        expect([key, texts.map(({ language }) => language).sort()]).toEqual([key, ['DE', 'EN', 'FR', 'NL']]);
        expect(texts.map(({ text }) => text)).not.toContain(key);
        expect(texts.every(({ text }) => text.trim().length > 3)).toBe(true);
      }
    }
  });

  test('has a label of its own in each language', () => {
    for (const language of ['FR', 'NL', 'DE', 'EN']) {
      const labels = definitions.map(({ labelTranslations }) =>
        labelTranslations.find((one) => one.language === language),
      );
      expect(new Set(labels.map((label) => label?.text)).size).toBe(definitions.length);
    }
  });

  test('is answered for by the services of its kind, and by the hub where it is of every service', () => {
    expect(definitions.map(({ key, owner }) => [key, owner])).toEqual(
      definitions.map(({ key, serviceKind }) => [key, serviceKind ? 'SERVICE' : 'HUB']),
    );
  });

  test('that a RATIO is has two parts that are none, of its own kind', () => {
    const ratios = definitions.filter(({ aggregation }) => aggregation === 'RATIO');
    expect(ratios.map(({ key }) => key)).toEqual([
      'COST_PER_PARTNER',
      'COVERAGE',
      'EMPLOYER_GROUP_COST_PER_HOUR',
      'EMPLOYER_GROUP_OCCUPATION_RATE',
      'PURCHASING_AMOUNT_PER_ORDER',
      'PURCHASING_CONFIRMED_IN_TIME_SHARE',
      'PURCHASING_DELIVERED_IN_TIME_SHARE',
      'PURCHASING_PASSED_DOWN_SHARE',
      'REPORTING_COMPLETENESS',
    ]);
    for (const { kind, numerator, denominator } of ratios) {
      expect([numerator?.kind, denominator?.kind]).toEqual([kind, kind]);
      expect([numerator?.source, denominator?.source]).not.toContain('METRICS');
      expect(numerator?.key).not.toBe(denominator?.key);
    }
    const others = definitions.filter(({ aggregation }) => aggregation !== 'RATIO');
    expect(others.filter(({ denominator }) => denominator)).toEqual([]);
  });
});

test('a ratio and an average lead to what they are computed from', () => {
  expect(definition('COVERAGE')).toMatchObject({
    source: 'METRICS',
    numerator: { key: 'POPULATION_SERVED' },
    denominator: { key: 'POPULATION_SIZE' },
  });
  expect(definition('DIVERSITY_PEOPLE_PER_PARTICIPATION')).toMatchObject({
    aggregation: 'AVERAGE',
    numerator: { key: 'DIVERSITY_PEOPLE_TRAINED' },
    denominator: null,
  });
});

test('a definition says what a step of its series shows', () => {
  const shown = (key: string): string => definition(key).inSeries;
  expect(shown('EMPLOYER_GROUP_WORKERS')).toBe('LEVEL_AT_END_OF_STEP');
  expect(shown('ENROLMENTS_ACTIVE')).toBe('LEVEL_AT_END_OF_STEP');
  expect(shown('PURCHASING_ORDERS')).toBe('SUM_OF_STEP');
  expect(shown('PARTNERS_SERVED')).toBe('COUNT_IN_STEP');
  expect(shown('REPORTING_DONE')).toBe('COUNT_IN_STEP');
  expect(shown('COVERAGE')).toBe('RATIO_OF_STEP');
  expect(shown('DIVERSITY_PEOPLE_PER_PARTICIPATION')).toBe('RATIO_OF_STEP');
});

test('labels come in Dutch', async () => {
  const { data } = await hub.query(
    '{ metricDefinitions { key label(lang: NL) numerator { label(lang: NL) } } }',
  );
  expect(data.metricDefinitions).toContainEqual({
    key: 'PURCHASING_AMOUNT_PER_ORDER',
    label: 'Bedrag per bestelling',
    numerator: { label: 'Bedrag incl. btw' },
  });
});

describe('where the records of a metric come from', () => {
  test('is said, and since when where that is known', () => {
    const told = (key: string) => {
      const { origin, since } = definition(key);
      return { origin, since };
    };
    expect(told('DIVERSITY_PEOPLE_TRAINED')).toEqual({ origin: 'REPORTS', since: '2017-12-01' });
    expect(told('PURCHASING_ORDERS')).toEqual({ origin: 'OPERATIONS', since: '2021-01-05' });
    expect(told('OTHER_SERVICE_UNITS')).toEqual({ origin: 'REPORTS', since: null });
    expect(told('ENROLMENTS_ACTIVE')).toEqual({ origin: 'OPERATIONS', since: null });
    expect(told('POPULATION_SIZE')).toEqual({ origin: 'IMPORTS', since: null });
  });

  test('no entry of the demonstration is older than its metric', async () => {
    const first = await hub.sql<{ key: string; day: string }>(
      'select metric_key as key, min(occurred_on)::text as day from usage_entry group by 1',
    );
    expect(first.length).toBeGreaterThan(10);
    expect(first.filter(({ key, day }) => day < (definition(key).since ?? '')).map(({ key }) => key)).toEqual(
      [],
    );
  });
});

test('nothing is reported for what the hub computes', async () => {
  const { data } = await hub.query(
    '{ partners(first: 1) { nodes { id } } sharedServices(first: 1) { nodes { id } } }',
  );
  const computed = definitions.filter(({ source }) => source !== 'USAGE_ENTRIES');
  expect(computed.length).toBeGreaterThan(8);
  const { data: written } = await hub.write(
    'mutation ($input: ReportUsageInput!) { reportUsage(input: $input) { results { status error { code } } } }',
    {
      input: {
        idempotencyKey: 'for-computed-metrics',
        source: 'test',
        entries: computed.map(({ key }) => ({
          partner: data.partners.nodes[0].id,
          service: data.sharedServices.nodes[0].id,
          metric: key,
          occurredOn: '2026-01-05',
          quantity: '1',
          externalReference: key,
        })),
      },
    },
  );
  expect(written.reportUsage.results).toEqual(
    computed.map(() => ({ status: 'REJECTED', error: { code: 'METRIC_NOT_REPORTED' } })),
  );
});
