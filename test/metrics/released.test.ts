import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Role } from '../../src/access/roles.ts';
import { ANONYMOUS, type Viewer, viewerOf } from '../../src/access/viewer.ts';
import { releasesOf } from '../../src/app.ts';
import { DEFAULT_DISCLOSURE_RULE } from '../../src/metrics/disclosure/index.ts';
import { clock, keyOf, newEnrolment, newPartner, newService, save, send } from '../partners/records.ts';
import { startTestHub, type TestHub } from '../support/hub.ts';

/*
 * Seven organisations use a service in January 2025: five shelters, ten units each, and two hospitals; two museums a year
 * later. All but one hospital are members of a federation.
 */
let hub: TestHub;
let service: { id: string };
let federation: { id: string };
const partners: Record<string, { id: string }> = {};
/** How many months each of two hubs released first, at once. */
let first: number[];

const NAMES = ['shelter-1', 'shelter-2', 'shelter-3', 'shelter-4', 'shelter-5'];
const as = (role: Role, of: { id: string }): Viewer =>
  viewerOf({ principal: `client_${role}_${keyOf(of)}`, grants: [{ role, of: keyOf(of) }] });

async function report(name: string, occurredOn: string, quantity: string): Promise<void> {
  const { acceptedCount } = await send(hub, 'reportUsage', {
    source: 'tool',
    entries: [
      {
        partner: partners[name]?.id,
        service: service.id,
        metric: 'OTHER_SERVICE_UNITS',
        occurredOn,
        quantity,
        externalReference: `${name} ${occurredOn} ${quantity}`,
      },
    ],
  });
  expect(acceptedCount).toBe(1);
}

const release = (afterDays = 10): Promise<number> =>
  releasesOf(hub.orm, { rule: DEFAULT_DISCLOSURE_RULE, afterDays }, clock).run(() => undefined);

beforeAll(async () => {
  hub = await startTestHub('operation', { clock });
  federation = await save(hub, 'createFederation', { slug: 'members', name: { fr: 'Membres' } });
  service = await newService(hub, 'OTHER');
  const add = async (name: string, sector: string, isMember = true): Promise<void> => {
    partners[name] = await newPartner(hub, {
      name: { fr: name },
      sector,
      memberships: isMember ? [{ federation: federation.id, validFrom: '2020-01-01' }] : [],
    });
  };
  for (const name of NAMES) await add(name, 'HOMELESS_SHELTERS');
  await add('hospital-1', 'HOSPITALS');
  await add('hospital-2', 'HOSPITALS', false);
  await add('museum-1', 'CULTURE');
  for (const name of NAMES) await report(name, '2025-01-10', '10');
  await report('hospital-1', '2025-01-11', '30');
  await report('hospital-2', '2025-01-12', '7');
  await report('museum-1', '2026-01-12', '5');
  first = await Promise.all([release(), release()]);
}, 120_000);
afterAll(() => hub.close());

const QUESTION = `usageMetrics(metrics: [OTHER_SERVICE_UNITS], period: $period, groupBy: $groupBy, granularity: $granularity, filter: $filter) {
  basis rows { dimensions { value } period { from } cell { value status reason } publishedFigure { difference } } totals { cell { value status } } }`;
const VARIABLES =
  '$period: DateRangeInput, $groupBy: [MetricDimension!], $granularity: Granularity, $filter: UsageMetricsFilter';
const YEAR = { from: '2025-01-01', to: '2026-01-01' };

interface Row {
  dimensions: { value: string | null }[];
  cell: { value: string | null; status: string; reason: string | null };
}

async function ask(viewer: Viewer, question: object = {}, field = ''): Promise<string[]> {
  const [open, close] = field ? [`${field} {`, '}'] : ['', ''];
  const { data, errors } = await hub.query(
    `query (${VARIABLES}) { ${open} ${QUESTION} ${close} }`,
    { period: YEAR, ...question },
    { viewer },
  );
  expect(errors).toBeUndefined();
  const answer = field ? data.federation.usageMetrics : data.usageMetrics;
  return [
    answer.basis,
    ...(answer.rows as Row[]).map(({ dimensions, cell }) =>
      [...dimensions.map(({ value }) => value), cell.value ?? cell.status, cell.reason]
        .filter(Boolean)
        .join(' '),
    ),
  ];
}
const BY_SECTOR = { groupBy: ['SECTOR'] };

test('of two hubs on one database that release at once, one does what the other has not done', async () => {
  const [kept] = await hub.sql<{ months: number }>('select count(*)::int as months from release');
  expect(kept?.months).toBeGreaterThan(0);
  expect(first.reduce((sum, months) => sum + months, 0)).toBe(kept?.months);
});

describe('who sees none of the records gets cells that were released', () => {
  test('the total, not the sector that it and one held back would tell, and not that there is another one', async () => {
    expect(await ask(ANONYMOUS)).toEqual(['RELEASED', '87']);
    expect(await ask(ANONYMOUS, BY_SECTOR)).toEqual(['RELEASED', 'HOMELESS_SHELTERS SUPPRESSED_SECONDARY']);
  });

  test('for whole months, quarters and years, as long as they are over', async () => {
    const series = (granularity: string, period: object) => ask(ANONYMOUS, { granularity, period });
    expect(await series('MONTH', { from: '2025-01-01', to: '2025-07-01' })).toEqual(['RELEASED', '87']);
    expect(await series('QUARTER', { from: '2025-01-01' })).toEqual(['RELEASED', '87']);
    expect(await ask(ANONYMOUS, { period: { from: '2026-06-01', to: '2026-07-01' } })).toEqual([
      'RELEASED',
      'NOT_AVAILABLE NOT_RELEASED_YET',
    ]);
  });

  test('and of none and of too few it is told the same', async () => {
    expect(await ask(ANONYMOUS, { period: { from: '2025-02-01', to: '2025-03-01' } })).toEqual([
      'RELEASED',
      'SUPPRESSED',
    ]);
    expect(await ask(ANONYMOUS, { period: { from: '2026-01-01', to: '2026-02-01' } })).toEqual([
      'RELEASED',
      'SUPPRESSED',
    ]);
  });

  test.each([
    ['by partner', { groupBy: ['PARTNER'] }, []],
    ['by day', { granularity: 'DAY' }, []],
    ['of two weeks', { period: { from: '2025-01-01', to: '2025-01-15' } }, ['0']],
    ['of some partners', { filter: { partners: { search: 'hospital' } } }, ['0']],
    ['of a kind of service', { filter: { serviceKinds: ['OTHER'] } }, ['0']],
    ['of partners of no sector', { filter: { partners: { sectors: [] } } }, ['0']],
    ['of partners that use something', { filter: { partners: { usesNoService: false } } }, ['0']],
  ])('a question %s is answered from the records that it sees', async (_, question, rows) => {
    expect(await ask(ANONYMOUS, question)).toEqual(['RECORDS', ...rows]);
  });
});

test('totals have the basis of the rows that they stand beside', async () => {
  const totals = async (question: object) =>
    (await hub.query(`query (${VARIABLES}) { ${QUESTION} }`, { period: YEAR, ...question })).data.usageMetrics
      .totals;
  expect(await totals(BY_SECTOR)).toEqual([{ cell: { value: '87', status: 'OK' } }]);
  expect(await totals({ groupBy: ['PARTNER'] })).toEqual([{ cell: { value: '0', status: 'OK' } }]);
});

describe('who sees every record behind a cell sees its value', () => {
  test("the service's staff, as of now", async () => {
    const all = ['RELEASED', 'HOMELESS_SHELTERS 50', 'HOSPITALS 37'];
    expect(await ask(as(Role.SERVICE_STAFF, service), BY_SECTOR)).toEqual(all);
    const own = { ...BY_SECTOR, filter: { services: [service.id] } };
    expect(await ask(as(Role.SERVICE_STAFF, service), own)).toEqual(['RECORDS', ...all.slice(1)]);
  });

  test('a partner that is alone in its sector, and not one of two', async () => {
    const museum = as(Role.PARTNER_READER, partners['museum-1'] as { id: string });
    const year = { ...BY_SECTOR, period: { from: '2026-01-01', to: '2026-02-01' } };
    expect(await ask(museum, year)).toEqual(['RELEASED', 'CULTURE 5']);
    const hospital = as(Role.PARTNER_READER, partners['hospital-1'] as { id: string });
    expect(await ask(hospital, BY_SECTOR)).toEqual([
      'RELEASED',
      'HOMELESS_SHELTERS SUPPRESSED_SECONDARY',
      'HOSPITALS SUPPRESSED',
    ]);
  });

  test('an administrator', async () => {
    const { data } = await hub.write(`query (${VARIABLES}) { ${QUESTION} }`, { period: YEAR, ...BY_SECTOR });
    expect(data.usageMetrics.basis).toBe('RECORDS');
    expect(data.usageMetrics.totals).toEqual([{ cell: { value: '87', status: 'OK' } }]);
  });
});

describe('a federation', () => {
  const field = (): string => `federation(reference: { id: "${federation.id}" })`;

  test('is not told the total of its members where all but one organisation are: the public total would tell on it', async () => {
    const analyst = as(Role.FEDERATION_ANALYST, federation);
    expect(await ask(analyst, {}, field())).toEqual(['RELEASED', 'SUPPRESSED_SECONDARY']);
    expect(await ask(ANONYMOUS, {}, field())).toEqual(['RELEASED', 'SUPPRESSED']);
  });

  test('is told the number of enrolments that it sees, and not of those whose usage alone is shared with it', async () => {
    const share = (name: string, rooms: string[]): Promise<unknown> =>
      save(hub, 'grantDataSharing', {
        partner: partners[name]?.id,
        federation: federation.id,
        purpose: 'A report',
        rooms,
        validUntil: '2028-01-01',
      });
    const other = await newService(hub, 'OTHER');
    await newEnrolment(hub, partners['museum-1'] as { id: string }, other, '2026-04-01');
    await share('museum-1', ['USAGE']);
    await release();
    const { data } = await hub.query(
      `query { ${field()} { usageMetrics(metrics: [ENROLMENTS_ACTIVE], period: { from: "2026-04-01", to: "2026-05-01" }) {
        rows { cell { value status } } } } }`,
      {},
      { viewer: as(Role.FEDERATION_ANALYST, federation) },
    );
    expect(data.federation.usageMetrics.rows).toEqual([{ cell: { value: null, status: 'SUPPRESSED' } }]);
  });
});

test('the mean of entries is not told where their sum is', async () => {
  const diversity = await newService(hub, 'DIVERSITY');
  const entry = { service: diversity.id, metric: 'DIVERSITY_PEOPLE_TRAINED', occurredOn: '2026-03-10' };
  const entries = NAMES.map((name) => ({
    ...entry,
    partner: partners[name]?.id,
    quantity: '6',
    externalReference: `people of ${name}`,
  }));
  expect((await send(hub, 'reportUsage', { source: 'tool', entries })).acceptedCount).toBe(NAMES.length);
  await release();
  const { data } = await hub.query(
    `{ usageMetrics(metrics: [DIVERSITY_PEOPLE_TRAINED, DIVERSITY_PEOPLE_PER_PARTICIPATION],
      period: { from: "2026-03-01", to: "2026-04-01" }) { rows { cell { value status reason } } } }`,
    {},
    { viewer: ANONYMOUS },
  );
  expect(data.usageMetrics.rows.map(({ cell }: { cell: object }) => cell)).toEqual([
    { value: '30', status: 'OK', reason: null },
    { value: null, status: 'NOT_AVAILABLE', reason: 'OUT_OF_SCOPE' },
  ]);
});

describe('what was released', () => {
  test('stands: what is late counts for those who see it, and in what is released later', async () => {
    await report('shelter-1', '2025-01-20', '1000');
    expect(await release()).toBe(0);
    expect(await ask(ANONYMOUS)).toEqual(['RELEASED', '87']);
    expect(await ask(as(Role.SERVICE_STAFF, service), BY_SECTOR)).toEqual([
      'RELEASED',
      'HOMELESS_SHELTERS 1050',
      'HOSPITALS 37',
    ]);
    await expect(hub.sql(`update released_cell set value = 1 where status = 'OK'`)).rejects.toThrow(
      /never changed or deleted/,
    );
  });

  test('gives way to the figure that its owner published, without the difference', async () => {
    await hub.sql(
      `insert into published_figure (id, slug, label_fr, value, qualifier, unit, kind, period_from, period_until, document,
         heading, quoted_words, service_id, metric_key, position)
       values (gen_random_uuid(), 'february', 'Février', 3, 'EXACT', 'UNIT_OF_USE', 'FLOW', '2025-02-01', '2025-03-01', 'd', 'h', 'q',
         null, 'OTHER_SERVICE_UNITS', 9000)`,
    );
    const february = { period: { from: '2025-02-01', to: '2025-03-01' } };
    expect(await ask(ANONYMOUS, february)).toEqual(['RELEASED', '3 PUBLISHED']);
    const { data } = await hub.query(`query (${VARIABLES}) { ${QUESTION} }`, february, { viewer: ANONYMOUS });
    expect(data.usageMetrics.rows[0].publishedFigure).toEqual({ difference: null });
  });
});
