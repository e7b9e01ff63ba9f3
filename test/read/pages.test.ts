import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { startTestHub, type TestHub } from '../support/hub.ts';
import { ask, createPartner } from './records.ts';

let hub: TestHub;
beforeAll(async () => {
  hub = await startTestHub();
  // Names that sort alike, so that only the key tells the rows apart.
  for (const name of ['Écho', 'echo', 'ÉCHO !', '« Écho »', '…', '★', 'Echo 2']) {
    await createPartner(hub, { fr: name, nl: `${name} nl` }, { headcount: 77 });
  }
});
afterAll(() => hub.close());

interface Question {
  /** The connection's field with `PAGE` for its page arguments. */
  field: string;
  /** Path of the connection in the answer. */
  at: readonly string[];
  variables?: Record<string, unknown>;
}

const ORDERS = ['NAME', 'HEADCOUNT_DESC', 'NEWEST'];
const FILTERS: Record<string, unknown>[] = [
  { search: 'echo' },
  { sizeBands: ['FROM_200'] },
  { sectors: ['CARE_HOMES'], territories: ['04000'] },
  { authorities: ['COCOF'], sizeBands: ['UNDER_5', 'FROM_50_TO_99'] },
  { search: 'nothing has this name' },
];

const partnerQuestion = fc
  .record({ orderBy: fc.constantFrom(...ORDERS), filter: fc.constantFrom(...FILTERS) })
  .map(
    (variables): Question => ({
      field: 'partners(PAGE, filter: $filter, orderBy: $orderBy)',
      at: ['partners'],
      variables,
    }),
  );
const otherQuestion = fc.constantFrom<Question>(
  { field: 'publishedFigures(PAGE)', at: ['publishedFigures'] },
  { field: 'sharedServices(PAGE)', at: ['sharedServices'] },
  { field: 'populations(PAGE)', at: ['populations'] },
  {
    field: 'enrolments(PAGE, filter: { serviceKinds: [ENERGY], status: [ENDED] })',
    at: ['enrolments'],
  },
  {
    field:
      'usageEntries(PAGE, filter: { metrics: [ENERGY_VISITS], period: { from: "2020-01-01", to: "2020-04-01" } })',
    at: ['usageEntries'],
  },
  {
    field: 'population(reference: { slug: "care-homes-of-brussels" }) { members(PAGE) { REST } }',
    at: ['population', 'members'],
  },
  {
    field: 'sharedService(reference: { slug: "meeting-rooms" }) { enrolments(PAGE) { REST } }',
    at: ['sharedService', 'enrolments'],
  },
);

const REST =
  'edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } totalCount';

async function page(question: Question, args: string, cursor: string | null) {
  const body = question.field.replace('PAGE', args);
  const selection = body.includes('REST') ? body.replace('REST', REST) : `${body} { ${REST} }`;
  const declared = question.variables ? ', $filter: PartnerFilter, $orderBy: PartnerOrder!' : '';
  let found = await ask(hub, `query ($cursor: String${declared}) { ${selection} }`, {
    cursor,
    ...question.variables,
  });
  for (const step of question.at) found = found[step];
  return found as {
    edges: { cursor: string; node: { id: string } }[];
    pageInfo: {
      hasNextPage: boolean;
      hasPreviousPage: boolean;
      startCursor: string | null;
      endCursor: string | null;
    };
    totalCount: number;
  };
}

/** All pages of a question, one after the other, checked for what each says of itself. */
async function walk(question: Question, size: number, backward: boolean): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | null = null;
  for (;;) {
    const args = backward ? `last: ${size}, before: $cursor` : `first: ${size}, after: $cursor`;
    const { edges, pageInfo, totalCount } = await page(question, args, cursor);
    const here = edges.map(({ node }) => node.id);
    if (backward) ids.unshift(...here);
    else ids.push(...here);
    expect(pageInfo.startCursor).toBe(edges[0]?.cursor ?? null);
    expect(pageInfo.endCursor).toBe(edges.at(-1)?.cursor ?? null);
    const [ahead, behind] = backward
      ? [pageInfo.hasPreviousPage, pageInfo.hasNextPage]
      : [pageInfo.hasNextPage, pageInfo.hasPreviousPage];
    expect(behind).toBe(cursor !== null);
    expect(ahead).toBe(ids.length < totalCount);
    if (!ahead) return ids;
    expect(here).toHaveLength(size);
    cursor = backward ? pageInfo.startCursor : pageInfo.endCursor;
  }
}

test('walking any list in pages of any size, forward and backward, gives every row once in one order', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(partnerQuestion, otherQuestion),
      fc.integer({ min: 7, max: 100 }),
      fc.integer({ min: 7, max: 100 }),
      async (question, size, other) => {
        const forward = await walk(question, size, false);
        const backward = await walk(question, other, true);
        expect(new Set(forward).size).toBe(forward.length);
        expect(backward).toEqual(forward);
      },
    ),
    { numRuns: 20 },
  );
});

test('rows whose order key is the same are walked one by one without a double', async () => {
  for (const orderBy of ORDERS) {
    const question: Question = {
      field: 'partners(PAGE, filter: $filter, orderBy: $orderBy)',
      at: ['partners'],
      variables: { orderBy, filter: { search: 'echo' } },
    };
    const forward = await walk(question, 1, false);
    expect(forward).toHaveLength(5);
    expect(await walk(question, 1, true)).toEqual(forward);
    expect(await walk(question, 2, false)).toEqual(forward);
  }
});

test('each order is the one that it says', async () => {
  for (const [orderBy, order] of [
    ['NAME', 'sort_name_fr, id'],
    ['HEADCOUNT_DESC', 'headcount desc, id desc'],
    ['NEWEST', 'created_at desc, id desc'],
  ]) {
    const rows = await hub.sql<{ id: string }>(
      `select 'partner_' || id as id from partner where size_band = 'FROM_200' order by ${order}`,
    );
    const question: Question = {
      field: 'partners(PAGE, filter: $filter, orderBy: $orderBy)',
      at: ['partners'],
      variables: { orderBy, filter: { sizeBands: ['FROM_200'] } },
    };
    expect(rows.length).toBeGreaterThan(5);
    expect(await walk(question, 9, false)).toEqual(rows.map(({ id }) => id));
  }
});

test('a row that is added between two pages neither repeats nor hides another', async () => {
  const question: Question = {
    field: 'partners(PAGE, filter: $filter, orderBy: $orderBy)',
    at: ['partners'],
    variables: { orderBy: 'NAME', filter: { search: 'zebra' } },
  };
  const ids = new Map<string, string>();
  for (const name of ['Zebra b', 'Zebra d', 'Zebra f']) ids.set(name, await createPartner(hub, { fr: name }));
  const first = await page(question, 'first: 2, after: $cursor', null);
  await createPartner(hub, { fr: 'Zebra a' });
  ids.set('Zebra e', await createPartner(hub, { fr: 'Zebra e' }));
  const second = await page(question, 'first: 2, after: $cursor', first.pageInfo.endCursor);
  expect([...first.edges, ...second.edges].map(({ node }) => node.id)).toEqual(
    ['Zebra b', 'Zebra d', 'Zebra e', 'Zebra f'].map((name) => ids.get(name)),
  );
  expect(second).toMatchObject({ totalCount: 5, pageInfo: { hasNextPage: false } });
});

test('a cursor past the last row gives an empty page', async () => {
  const question: Question = { field: 'sharedServices(PAGE)', at: ['sharedServices'] };
  const all = await page(question, 'first: 100, after: $cursor', null);
  const past = await page(question, 'first: 5, after: $cursor', all.pageInfo.endCursor);
  expect(past).toMatchObject({
    edges: [],
    totalCount: 7,
    pageInfo: { hasNextPage: false, hasPreviousPage: true, startCursor: null, endCursor: null },
  });
});
