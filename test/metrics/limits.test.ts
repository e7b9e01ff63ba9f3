import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Language } from '../../src/graphql/language.ts';
import { startTestHub, type TestHub } from '../support/hub.ts';

let hub: TestHub;
beforeAll(async () => {
  hub = await startTestHub();
});
afterAll(() => hub.close());

interface Row {
  metric: string;
  dimensions: { dimension: string; value: string | null; label: string | null }[];
  period: { from: string | null; to: string | null };
  cell: { value: string };
}

async function ask(argument: string, language = Language.FR) {
  const { data, errors, statements } = await hub.query(
    `{ usageMetrics(${argument}) { metrics { key label unit } rows { metric dimensions { dimension value label } period { from to } cell { value } } } }`,
    {},
    { language },
  );
  return {
    rows: data?.usageMetrics?.rows as Row[],
    metrics: data?.usageMetrics?.metrics as { key: string; label: string; unit: string }[],
    error: errors?.[0] && { code: errors[0].extensions?.code, field: errors[0].extensions?.field },
    statements,
  };
}

describe('limits', () => {
  const SEVEN =
    'ENERGY_VISITS, ENERGY_KWH_SAVED, ENERGY_OIL_LITRES, PURCHASING_ORDERS, PARTNERS_SERVED, ENROLMENTS_ACTIVE, DIVERSITY_PEOPLE_TRAINED';

  test('six metrics are answered; seven, or none, are refused before any SQL', async () => {
    const six = SEVEN.split(', ').slice(0, 6).join(', ');
    expect((await ask(`metrics: [${six}]`)).rows).toHaveLength(6);
    for (const metrics of [SEVEN, '']) {
      const { error, statements } = await ask(`metrics: [${metrics}]`);
      expect(error).toEqual({ code: 'TOO_MANY_METRICS', field: 'metrics' });
      expect(statements).toEqual([]);
    }
  });

  test('a metric that is named twice counts once', async () => {
    const { rows, metrics } = await ask(`metrics: [PURCHASING_ORDERS, ${SEVEN}, PURCHASING_ORDERS]`);
    expect(rows).toBeUndefined();
    expect(metrics).toBeUndefined();
    const twice = await ask('metrics: [PURCHASING_ORDERS, ENERGY_VISITS, PURCHASING_ORDERS]');
    expect(twice.metrics.map(({ key }) => key)).toEqual(['PURCHASING_ORDERS', 'ENERGY_VISITS']);
    expect(twice.rows.map(({ metric }) => metric)).toEqual(['PURCHASING_ORDERS', 'ENERGY_VISITS']);
  });

  test('three dimensions are answered, four are refused, and one that is named twice counts once', async () => {
    const one = 'metrics: [DIVERSITY_PEOPLE_TRAINED], groupBy:';
    expect((await ask(`${one} [REGION, SIZE_BAND, SERVICE_KIND]`)).error).toBeUndefined();
    const { error, statements } = await ask(`${one} [REGION, SIZE_BAND, SERVICE_KIND, SECTOR]`);
    expect(error).toEqual({ code: 'TOO_MANY_DIMENSIONS', field: 'groupBy' });
    expect(statements).toEqual([]);
    const twice = await ask(`${one} [REGION, SIZE_BAND, REGION, SERVICE_KIND]`);
    expect(twice.rows[0]?.dimensions.map(({ dimension }) => dimension)).toEqual([
      'REGION',
      'SIZE_BAND',
      'SERVICE_KIND',
    ]);
  });

  test('more than 2,000 cells are refused as a whole, never cut off', async () => {
    const { rows, error } = await ask('metrics: [PARTNERS_SERVED], groupBy: [PARTNER], granularity: DAY');
    expect(rows).toBeUndefined();
    expect(error).toEqual({ code: 'TOO_MANY_CELLS', field: 'groupBy' });
    // Each question alone, and two of them, stay under the limit; all three pass it together.
    const by = 'groupBy: [PARTNER], granularity: DAY';
    const keys = ['PURCHASING_ORDERS', 'PURCHASING_AMOUNT_INCL_VAT_EUR', 'ENERGY_VISITS'];
    const answers = await Promise.all(keys.map((key) => ask(`metrics: [${key}], ${by}`)));
    const [orders, amounts, visits] = answers.map((answer) => answer.rows.length) as [number, number, number];
    expect(orders + amounts).toBeLessThanOrEqual(2000);
    expect(orders + amounts + visits).toBeGreaterThan(2000);
    expect((await ask(`metrics: [${keys.slice(0, 2)}], ${by}`)).rows).toHaveLength(orders + amounts);
    expect((await ask(`metrics: [${keys}], ${by}`)).error?.code).toBe('TOO_MANY_CELLS');
  });

  test.each([
    ['2022-01-01', '2021-12-31'],
    ['2022-01-01', '2022-01-01'],
  ])('a period from %s to %s is refused', async (from, to) => {
    const { error, statements } = await ask(
      `metrics: [PURCHASING_ORDERS], period: { from: "${from}", to: "${to}" }`,
    );
    expect(error).toEqual({ code: 'INVALID_PERIOD', field: 'period' });
    expect(statements).toEqual([]);
  });
});

describe('what a filter names and is not there is told', () => {
  const none = (type: string) => `${type}_00000000-0000-4000-8000-000000000000`;

  test.each([
    [`services: ["${none('service')}"]`, 'NOT_FOUND', 'filter.services'],
    [`partners: { federation: "${none('federation')}" }`, 'NOT_FOUND', 'filter.partners.federation'],
    ['partners: { sectors: ["NO_SUCH_SECTOR"] }', 'UNKNOWN_CODE', 'filter.partners.sectors'],
  ])('%s, also where no record could answer', async (part, code, field) => {
    // No coverage has a category: the database knows that nothing is left before it looks at anything.
    for (const metric of ['COVERAGE', 'POPULATION_SIZE', 'PURCHASING_ORDERS', 'PARTNERS_SERVED']) {
      for (const filter of [part, `categories: ["ADVICE"], ${part}`]) {
        const { rows, error } = await ask(`metrics: [${metric}], filter: { ${filter} }`);
        expect([metric, filter, rows, error]).toEqual([metric, filter, undefined, { code, field }]);
      }
    }
  });
});

describe('absurd periods do not keep the database busy', () => {
  const ALL = 'period: { from: "0001-01-01", to: "9999-12-31" }';

  test('a level by day over all ages is refused; by year it has the years from its first record to today', async () => {
    for (const period of [
      ALL,
      'period: { from: "0001-01-01" }',
      'period: { to: "9999-12-31" }',
      'groupBy: []',
    ]) {
      expect((await ask(`metrics: [ENROLMENTS_ACTIVE], ${period}, granularity: DAY`)).error).toEqual({
        code: 'TOO_MANY_CELLS',
        field: 'groupBy',
      });
    }
    const { rows } = await ask(`metrics: [ENROLMENTS_ACTIVE], ${ALL}, granularity: YEAR`);
    const [known] = await hub.sql<{ first: string; today: string }>(
      `select to_char(min(active_from), 'YYYY-01-01') as first, to_char(now() at time zone 'Europe/Brussels', 'YYYY-01-01') as today from enrolment`,
    );
    expect([rows[0]?.period.from, rows.at(-1)?.period.from]).toEqual([known?.first, known?.today]);
    expect(rows).toHaveLength(Number(known?.today.slice(0, 4)) - Number(known?.first.slice(0, 4)) + 1);
  });

  test('gaps of more steps than an answer may have are refused before they are filled', async () => {
    const { rows, error } = await ask(
      'metrics: [PURCHASING_ORDERS], period: { from: "0100-01-01" }, granularity: DAY, groupBy: [PARTNER], fillGaps: true',
    );
    expect(rows).toBeUndefined();
    expect(error).toEqual({ code: 'TOO_MANY_CELLS', field: 'groupBy' });
  });

  test('a flow has the steps that hold records, and a period without any has none', async () => {
    const { rows } = await ask(`metrics: [PURCHASING_ORDERS], ${ALL}, granularity: YEAR`);
    expect(rows.map(({ period }) => period.from?.slice(0, 4))).toEqual([
      '2021',
      '2022',
      '2023',
      '2024',
      '2025',
      '2026',
    ]);
    for (const metric of ['PURCHASING_ORDERS', 'ENROLMENTS_ACTIVE', 'EMPLOYER_GROUP_WORKERS']) {
      for (const period of [
        '{ from: "9999-12-31" }',
        '{ to: "0001-01-01" }',
        '{ from: "0001-01-01", to: "0001-01-02" }',
      ]) {
        expect(await ask(`metrics: [${metric}], period: ${period}, granularity: DAY`)).toMatchObject({
          rows: [],
        });
      }
    }
  });
});

describe('what a person reads', () => {
  const LABELS: [dimension: string, value: string, dutch: string][] = [
    ['SERVICE_KIND', 'PURCHASING', 'Aankoopcentrale'],
    ['SIZE_BAND', 'FROM_5_TO_9', '5 tot 9 werknemers'],
    ['SIZE_BAND', 'FROM_200', '200 werknemers en meer'],
    ['SECTOR', 'HOSPITALS', 'Ziekenhuizen'],
    ['REGION', '04000', 'Brussels Hoofdstedelijk Gewest'],
    ['MUNICIPALITY', '21015', 'Schaarbeek'],
    ['AUTHORITY', 'COCOF', 'Franse Gemeenschapscommissie (FGC)'],
    ['CATEGORY', 'CPV_33', 'CPV_33'],
  ];
  test.each(LABELS)('%s %s is called in Dutch: %s %s', async (dimension, value, label) => {
    const { rows } = await ask(
      `metrics: [PURCHASING_ORDERS, PURCHASING_AMOUNT_EXCL_VAT_EUR], groupBy: [${dimension}]`,
      Language.NL,
    );
    const found = rows.flatMap(({ dimensions }) => dimensions).find((one) => one.value === value);
    expect(found).toEqual({ dimension, value, label });
  });

  test('services, federations and metrics have their Dutch names; what has no value has no label', async () => {
    const byService = await ask('metrics: [PURCHASING_ORDERS], groupBy: [SERVICE]', Language.NL);
    expect(byService.metrics).toEqual([{ key: 'PURCHASING_ORDERS', label: 'Bestellingen', unit: 'ORDER' }]);
    expect(byService.rows[0]?.dimensions[0]?.label).toBe('Gemeenschappelijke aankoopcentrale');
    const byFederation = await ask('metrics: [PURCHASING_ORDERS], groupBy: [FEDERATION]', Language.NL);
    expect(byFederation.rows.map(({ dimensions }) => dimensions[0]?.label)).toContain(
      'Gemeenschappelijk Dak, Brusselse confederatie van de social profit',
    );
    expect(byFederation.rows.at(-1)?.dimensions[0]).toEqual({
      dimension: 'FEDERATION',
      value: null,
      label: null,
    });
  });

  test('a name that is not filled in Dutch falls back, as everywhere else', async () => {
    const { rows } = await ask('metrics: [PURCHASING_ORDERS], groupBy: [PARTNER]', Language.NL);
    const names = await hub.sql<{ id: string; name: string }>(
      `select 'partner_' || id as id, coalesce(name_nl, name_fr, name_en, name_de) as name from partner`,
    );
    const byId = new Map(names.map(({ id, name }) => [id, name]));
    expect(rows.length).toBeGreaterThan(0);
    for (const { dimensions } of rows) {
      expect(dimensions[0]?.label).toBe(byId.get(dimensions[0]?.value as string));
    }
  });

  test('rows come by metric as asked for, then by step, then by value', async () => {
    const { rows } = await ask(
      'metrics: [PURCHASING_ORDERS, ENROLMENTS_ACTIVE], groupBy: [AUTHORITY], granularity: YEAR, filter: { serviceKinds: [PURCHASING] }',
    );
    const keys = rows.map(({ metric, period, dimensions }) =>
      [metric === 'PURCHASING_ORDERS' ? 0 : 1, period.from, dimensions[0]?.value].join(' '),
    );
    expect(new Set(rows.map(({ metric }) => metric)).size).toBe(2);
    expect(keys).toEqual([...keys].sort());
  });
});
