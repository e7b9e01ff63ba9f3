import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import pg from 'pg';
import { Role } from '../../src/access/roles.ts';
import { ADMINISTRATOR, type Viewer, viewerOf as viewerOfGrants } from '../../src/access/viewer.ts';
import { loadScale } from '../bench/scale.mjs';
import { startTestHub, type TestHub } from '../support/hub.ts';

/*
 * What the planner of a real server makes of the saved operations when the tables are as large as a region's: on the
 * demonstration every plan is a fast one.
 */
const FOLDER = new URL('../../schema/operations/', import.meta.url);
const QUERIES = readdirSync(FOLDER)
  .filter((file) => /^[01].*\.graphql$/.test(file))
  .map((file) => file.replace('.graphql', ''))
  .sort();

/** Of the bench's country: what the machine of a test loads in half a minute. */
const SCALE = 0.2;

/** From this many rows on, nothing that a dashboard asks may read a whole table. */
const LARGE = 3_000;

interface PlanNode {
  'Node Type': string;
  'Relation Name'?: string;
  /** None where the statement did not come to it. */
  'Actual Loops': number;
  Plans?: PlanNode[];
}

/** The plan's nodes that have read a table from its beginning to its end. */
function scans(node: PlanNode): string[] {
  if (node['Actual Loops'] === 0) return [];
  const own = /Seq Scan/.test(node['Node Type']) ? [node['Relation Name'] as string] : [];
  return [...own, ...(node.Plans ?? []).flatMap(scans)];
}

const onAServer = process.env.HUB_TEST_DATABASE_URL ? test : test.skip;

let hub: TestHub | undefined;
beforeAll(async () => {
  if (!process.env.HUB_TEST_DATABASE_URL) return;
  hub = await startTestHub('operation');
  const client = new pg.Client({ connectionString: hub.orm.config.get('clientUrl') as string });
  await client.connect();
  await loadScale(client, { scale: SCALE });
  await client.end();
}, 300_000);
afterAll(() => hub?.close());

onAServer('the tables are those of a region', async () => {
  const [counts] = await (hub as TestHub).sql(
    'select (select count(*)::int from partner) as partners, (select count(*)::int from usage_entry) as entries',
  );
  expect(counts).toEqual({ partners: 1_000, entries: 360_000 });
});

const READERS = ['an administrator', 'a partner'] as const;

async function viewerOf(reader: (typeof READERS)[number]): Promise<Viewer> {
  if (reader === 'an administrator') return ADMINISTRATOR;
  const [partner] = await (hub as TestHub).sql<{ id: string }>(
    'select id from partner order by slug limit 1',
  );
  const grants = [{ role: Role.PARTNER_READER, of: (partner as { id: string }).id }];
  return viewerOfGrants({ principal: 'client_of_a_partner', grants });
}

onAServer.each(QUERIES.flatMap((name) => READERS.map((reader) => [name, reader] as const)))(
  '%s reads no large table from end to end for %s',
  async (name, reader) => {
    const { query, sql, orm } = hub as TestHub;
    const viewer = await viewerOf(reader);
    const variables = `${name}.variables.json`;
    const { statements, values } = await query(
      readFileSync(new URL(`${name}.graphql`, FOLDER), 'utf8'),
      readdirSync(FOLDER).includes(variables)
        ? JSON.parse(readFileSync(new URL(variables, FOLDER), 'utf8'))
        : {},
      { viewer },
    );
    const large = new Set(
      (await sql<{ name: string }>('select relname as name from pg_class where reltuples > $1', [LARGE])).map(
        (row) => row.name,
      ),
    );
    expect(large).toContain('usage_entry');
    for (const [index, text] of statements.entries()) {
      // Under the role that the hub reads with: row security is a part of the plan.
      const pool = await orm.em.getConnection().getNativeClient();
      const explain = (options: string) =>
        pool.query(`explain (${options}, format json) ${text}`, [...(values[index] as unknown[])]);
      // One about a record of the demonstration alone refuses to run: its plan is read whole.
      const { rows } = await explain('analyze, timing off').catch(() => explain('analyze off'));
      const [row] = rows as { 'QUERY PLAN': [{ Plan: PlanNode }] }[];
      const read = scans((row as { 'QUERY PLAN': [{ Plan: PlanNode }] })['QUERY PLAN'][0].Plan);
      expect(read.filter((table) => large.has(table))).toEqual([]);
    }
  },
  120_000,
);
