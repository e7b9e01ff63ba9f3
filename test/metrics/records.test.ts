import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startTestHub, type TestHub } from '../support/hub.ts';
import { addPartner, addPopulation, addService, reportUsage } from './records.ts';

interface Entry {
  id: string;
  quantity: string;
  occurredOn: string;
}

describe('with few records', () => {
  let hub: TestHub;
  let rooms: string;
  let cars: string;
  let museum: string;
  let idle: string;
  let population: string;
  let reported: string[];

  beforeAll(async () => {
    hub = await startTestHub('operation');
    rooms = await addService(hub, 'OTHER', 'rooms');
    cars = await addService(hub, 'OTHER', 'cars');
    museum = await addPartner(hub, 'Museum');
    const school = await addPartner(hub, 'School', { sector: 'EDUCATION' });
    idle = await addPartner(hub, 'Idle');
    population = await addPopulation(hub, 'those', { service: rooms, members: [museum, school, idle] });
    const use = (partner: string, occurredOn: string, quantity: string, service = rooms) => ({
      service,
      partner,
      metric: 'OTHER_SERVICE_UNITS',
      occurredOn,
      quantity,
    });
    reported = await reportUsage(hub, [
      use(museum, '2023-01-05', '1'),
      use(museum, '2023-01-06', '2'),
      use(museum, '2023-02-07', '4'),
      use(museum, '2023-01-08', '99'),
      use(school, '2023-01-09', '8'),
      use(school, '2023-03-09', '16', cars),
    ]);
    await reportUsage(hub, [{ reverses: reported[3] }]);
  });
  afterAll(() => hub.close());

  async function ask(argument: string, selection: string, variables: Record<string, unknown> = {}) {
    const names = Object.keys(variables).map((name) => `$${name}: String`);
    const { data, errors, statements } = await hub.write(
      `query ${names.length > 0 ? `(${names.join(', ')})` : ''} { usageMetrics(${argument}) { ${selection} } }`,
      variables,
    );
    return { answer: data?.usageMetrics, code: errors?.[0]?.extensions?.code, statements };
  }

  const ROWS =
    'rows { dimensions { value } period { from } cell { value } entries { totalCount nodes { id quantity occurredOn } } }';

  test('the entries behind a cell of a flow add up to it, and what was taken back is not among them', async () => {
    const { answer, statements } = await ask(
      'metrics: [OTHER_SERVICE_UNITS], groupBy: [SECTOR], granularity: MONTH',
      ROWS,
    );
    expect(statements).toHaveLength(1);
    const told = answer.rows.map(
      ({
        dimensions,
        period,
        cell,
        entries,
      }: {
        dimensions: { value: string }[];
        period: { from: string };
        cell: { value: string };
        entries: { nodes: Entry[] };
      }) => {
        const sum = entries.nodes.reduce((total, { quantity }) => total + Number(quantity), 0);
        expect(String(sum)).toBe(cell.value);
        return [period.from, dimensions[0]?.value, ...entries.nodes.map(({ quantity }) => quantity)].join(
          ' ',
        );
      },
    );
    expect(told).toEqual([
      '2023-01-01 CULTURE 2 1',
      '2023-01-01 EDUCATION 8',
      '2023-02-01 CULTURE 4',
      '2023-03-01 EDUCATION 16',
    ]);
  });

  test('are those of the period, the filter and the parts of a count; all others together lead to none', async () => {
    const narrow = `metrics: [PARTNERS_SERVED], period: { from: "2023-01-06", to: "2023-03-01" }, filter: { services: ["${rooms}"] }, groupBy: [PARTNER], top: 1`;
    const { answer } = await ask(
      narrow,
      'rows { isOthers entries { nodes { quantity } } } totals { entries { totalCount } }',
    );
    expect(answer.rows).toEqual([
      { isOthers: false, entries: { nodes: [{ quantity: '4' }, { quantity: '2' }] } },
      { isOthers: true, entries: { nodes: [] } },
    ]);
    expect(answer.totals).toEqual([{ entries: { totalCount: 3 } }]);
  });

  test('come in pages, whose cursors belong to the question', async () => {
    const units = 'metrics: [OTHER_SERVICE_UNITS]';
    const page =
      'rows { entries(first: 2, after: $after) { nodes { quantity } pageInfo { hasNextPage endCursor } } }';
    const pages: string[] = [];
    let after: string | null = null;
    do {
      const { answer } = await ask(units, page, { after });
      const { nodes, pageInfo } = answer.rows[0].entries;
      pages.push(nodes.map(({ quantity }: Entry) => quantity).join(' '));
      after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
      if (after)
        expect((await ask(`${units}, groupBy: [SECTOR]`, page, { after })).code).toBe('INVALID_CURSOR');
    } while (after);
    expect(pages).toEqual(['16 4', '8 2', '1']);
  });

  test('of what is computed from no entries are none', async () => {
    const { answer } = await ask(
      'metrics: [POPULATION_SIZE, COVERAGE]',
      'rows { cell { value } entries { nodes { id } } }',
    );
    expect(answer.rows).toEqual([
      { cell: { value: '3' }, entries: { nodes: [] } },
      { cell: { value: '0' }, entries: { nodes: [] } },
    ]);
  });

  test('partners are counted by the number of services that they use in the period', async () => {
    const metrics = 'metrics: [ENROLMENTS_ACTIVE]';
    expect((await ask(metrics, 'crossService { services partners }')).answer.crossService).toEqual([
      { services: 1, partners: 1 },
      { services: 2, partners: 1 },
    ]);
    const january = `${metrics}, period: { from: "2023-01-01", to: "2023-02-01" }`;
    expect((await ask(january, 'crossService { services partners }')).answer.crossService).toEqual([
      { services: 1, partners: 2 },
    ]);
  });

  test('members of a population that use nothing in the period are told to those who see all use', async () => {
    const february = 'metrics: [PARTNERS_SERVED], period: { from: "2023-02-01", to: "2023-03-01" }';
    const selection = `usesNone(population: "${population}") { totalCount nodes { name } }`;
    expect((await ask(february, selection)).answer.usesNone).toEqual({
      totalCount: 2,
      nodes: [{ name: 'Idle' }, { name: 'School' }],
    });
    expect((await ask('metrics: [PARTNERS_SERVED]', selection)).answer.usesNone.nodes).toEqual([
      { name: 'Idle' },
    ]);
    const { data, errors } = await hub.query(`{ usageMetrics(${february}) { ${selection} } }`);
    expect(errors).toBeUndefined();
    expect(data.usageMetrics.usesNone).toBeNull();
    expect((await ask(february, `usesNone(population: "${idle}") { totalCount }`)).code).toBe('INVALID_ID');
  });
});

describe('in the demonstration, the published figure stands beside its cell', () => {
  let hub: TestHub;
  beforeAll(async () => {
    hub = await startTestHub();
  });
  afterAll(() => hub.close());

  const ECAT = 'period: { from: "2021-01-05", to: "2022-06-01" }, filter: { serviceKinds: null }';

  async function beside(argument: string) {
    const { data, errors, statements } = await hub.query(
      `{ usageMetrics(${argument}) { rows { metric dimensions { value } cell { value } publishedFigure { difference figure { slug value } } } } }`,
    );
    expect(errors).toBeUndefined();
    expect(statements).toHaveLength(1);
    const known = data.usageMetrics.rows.filter(
      ({ publishedFigure }: { publishedFigure: object | null }) => publishedFigure,
    );
    return known.map(
      ({
        cell,
        publishedFigure: { difference, figure },
      }: {
        cell: { value: string };
        publishedFigure: { difference: string; figure: { slug: string; value: string } };
      }) => {
        expect(Number(difference)).toBeCloseTo(Number(cell.value) - Number(figure.value), 6);
        return `${figure.slug} ${difference}`;
      },
    );
  }

  test('by service, and by service and authority', async () => {
    expect(
      await beside(
        `metrics: [PURCHASING_ORDERS, PURCHASING_AMOUNT_INCL_VAT_EUR], ${ECAT}, groupBy: [SERVICE]`,
      ),
    ).toEqual(['ecat-orders 0', 'ecat-sales 0']);
    const members = await beside(
      'metrics: [ENROLMENTS_ACTIVE], period: { to: "2022-06-01" }, groupBy: [SERVICE, AUTHORITY]',
    );
    expect(members).toContain('ecat-members-cocof 0');
    expect(members).toHaveLength(7);
  });

  test('with what it differs by, where it is not the same', async () => {
    expect(await beside('metrics: [ENERGY_KWH_SAVED], groupBy: [SERVICE]')).toEqual([]);
    await hub.sql(`update published_figure set value = value + 3 where slug = 'ecat-orders'`);
    expect(await beside(`metrics: [PURCHASING_ORDERS], ${ECAT}, groupBy: [SERVICE]`)).toEqual([
      'ecat-orders -3',
    ]);
  });

  test('and not beside a cell that is about something else', async () => {
    for (const other of [
      'period: { from: "2021-01-05", to: "2022-05-31" }, groupBy: [SERVICE]',
      `${ECAT}, groupBy: [SERVICE, SECTOR]`,
      `${ECAT}, groupBy: [SERVICE_KIND]`,
      'period: { from: "2021-01-05", to: "2022-06-01" }, groupBy: [SERVICE], filter: { partners: { sectors: ["CULTURE"] } }',
    ])
      expect(await beside(`metrics: [PURCHASING_ORDERS], ${other}`)).toEqual([]);
  });
});
