import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parse } from 'graphql';
import { ADMINISTRATOR, ANONYMOUS, type Viewer } from '../../src/access/viewer.ts';
import { type PageArgs, pageOf } from '../../src/graphql/pages.ts';
import { parseGlobalId } from '../../src/ids.ts';
import { Partner, Site } from '../../src/partners/partner.entity.ts';
import {
  connection,
  type Executor,
  list,
  NodesById,
  type OrderKey,
  type Rows,
  raw,
  type Sql,
  sql,
} from '../../src/read/index.ts';

import { Parameters } from '../../src/read/sql.ts';
import { statementOf } from '../../src/read/statement.ts';
import { startTestHub, type TestHub } from '../support/hub.ts';
import { smallExecutor, smallReader } from './small-schema.ts';

/**
 * The read path under a small schema of its own: an order of keys in both directions, and a policy that
 * hides rows, which the hub's own rooms do not have yet.
 */
const SDL = `
  interface Node { id: ID! }
  type Partner implements Node { id: ID! slug: String! headcount: Int! languages: [String!]! sites: [Site!]! }
  type Site implements Node { id: ID! partner: Partner }
  type PageInfo { hasNextPage: Boolean! hasPreviousPage: Boolean! startCursor: String endCursor: String }
  type PartnerConnection { nodes: [Partner!]! pageInfo: PageInfo! totalCount: Int! }
  type Query {
    partners(first: Int, after: String, last: Int, before: String): PartnerConnection!
    nodes(ids: [ID!]!): [Node]!
    sites: [Site!]!
  }`;

/** Three keys, up, down and up, the first two with many ties. */
const MIXED: OrderKey<Partner>[] = [
  { by: (row) => sql`(${row.headcount} % 3)`, direction: 'asc', type: 'int' },
  { by: (row) => row.sizeBand, direction: 'desc', type: 'text' },
  { by: (row) => row.id, direction: 'asc', type: 'uuid' },
];

let hub: TestHub;
let executor: Executor;
beforeAll(async () => {
  hub = await startTestHub();
  const byId: OrderKey<Site>[] = [{ by: (row) => row.id, direction: 'asc', type: 'uuid' }];
  executor = smallExecutor(hub.orm, SDL, {
    'Query.partners': (args: PageArgs): Rows =>
      connection(Partner, { orderBy: MIXED, page: pageOf(args, MIXED, ['mixed']) }),
    'Query.nodes': ({ ids }: { ids: string[] }) =>
      new NodesById(ids.map((id) => parseGlobalId(id) as { prefix: string; id: string })),
    'Query.sites': (): Rows => list(Site, { orderBy: byId }),
    'Partner.sites': (): Rows =>
      list<Site, Partner>(Site, { where: (row, of) => sql`${row.partner} = ${of.id}`, orderBy: byId }),
  });
});
afterAll(() => hub.close());

// biome-ignore lint/suspicious/noExplicitAny: the shape of the data is the test's own question
async function ask(source: string, viewer: Viewer, variables = {}): Promise<any> {
  const document = parse(source);
  const run = async (fieldByField: boolean) => {
    const { data, errors } = await executor.execute({
      document,
      variables,
      context: { viewer, fieldByField },
    });
    if (errors) throw errors[0];
    return JSON.parse(JSON.stringify(data));
  };
  const whole = await run(false);
  expect(await run(true)).toEqual(whole);
  return whole;
}

describe('a row policy', () => {
  const counts = async (viewer: Viewer) =>
    (await ask('{ partners(first: 100) { totalCount nodes { headcount } } }', viewer)).partners;

  test('hides rows from pages and from their count', async () => {
    const [row] = await hub.sql('select count(*)::int as n from partner where headcount < 50');
    const seen = await counts(ANONYMOUS);
    expect(seen.totalCount).toBe((row as { n: number }).n);
    for (const { headcount } of seen.nodes) expect(headcount).toBeLessThan(50);
    expect((await counts(ADMINISTRATOR)).totalCount).toBe(977);
  });

  test('hides a row that is asked for by its id, or reached from another one', async () => {
    const source = '{ sites { partner { id } } }';
    const hidden = await hub.sql<{ id: string }>(
      `select 'partner_' || id as id from partner where headcount >= 50`,
    );
    const ids = new Set(hidden.map(({ id }) => id));
    const reached = (await ask(source, ANONYMOUS)).sites as { partner: { id: string } | null }[];
    const all = (await ask(source, ADMINISTRATOR)).sites as { partner: { id: string } }[];
    expect(ids.size).toBeGreaterThan(0);
    expect(reached).toEqual(all.map((site) => (ids.has(site.partner.id) ? { partner: null } : site)));
    const [first] = hidden;
    const node = 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }';
    expect(await ask(node, ANONYMOUS, { ids: [first?.id] })).toEqual({ nodes: [null] });
    expect(await ask(node, ADMINISTRATOR, { ids: [first?.id] })).toEqual({ nodes: [first] });
  });
});

test('pages over keys in both directions give every row once, forward and backward', async () => {
  const rows = await hub.sql<{ id: string }>(
    `select 'partner_' || id as id from partner order by headcount % 3, size_band collate "C" desc, id`,
  );
  const expected = rows.map(({ id }) => id);
  const source = `query ($first: Int, $after: String, $last: Int, $before: String) {
    partners(first: $first, after: $after, last: $last, before: $before) {
      nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`;
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 41, max: 100 }), fc.boolean(), async (size, backward) => {
      const found: string[] = [];
      let cursor: string | undefined;
      do {
        const page = backward ? { last: size, before: cursor } : { first: size, after: cursor };
        const { nodes, pageInfo } = (await ask(source, ADMINISTRATOR, page)).partners;
        const ids = nodes.map(({ id }: { id: string }) => id);
        if (backward) found.unshift(...ids);
        else found.push(...ids);
        const more = backward ? pageInfo.hasPreviousPage : pageInfo.hasNextPage;
        cursor = more ? (backward ? pageInfo.startCursor : pageInfo.endCursor) : undefined;
      } while (cursor);
      expect(found).toEqual(expected);
    }),
    { numRuns: 6 },
  );
});

async function read(expression: Sql, viewer: Viewer): Promise<string> {
  const parameters = new Parameters();
  const json = parameters.text(expression);
  const statement = statementOf(viewer, parameters, () => [{ sql: json }])();
  return (await smallReader(hub.orm).text(statement, parameters.values, { viewer })).text;
}

test('SQL that gives no JSON is a defect, not a missing token', async () => {
  for (const viewer of [ANONYMOUS, ADMINISTRATOR]) {
    await expect(read(raw('null::text'), viewer)).rejects.toThrow('gave no JSON');
  }
});

test('the viewer is set where the statement reads, and nowhere after it', async () => {
  const principal = sql`to_json(current_setting('hub.viewer', true))::text`;
  expect(await read(principal, ADMINISTRATOR)).toBe('"administrator"');
  expect(await read(principal, ANONYMOUS)).toBe('"anonymous"');
  const [after] = await hub.sql(`select coalesce(current_setting('hub.viewer', true), '') as viewer`);
  expect(after).toEqual({ viewer: '' });
});
