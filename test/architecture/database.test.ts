import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import pg from 'pg';
import { openHubOrm } from '../../src/app.ts';
import { startTestHub, type TestHub } from '../support/hub.ts';

let hub: TestHub;
beforeAll(async () => {
  hub = await startTestHub('operation');
});
afterAll(() => hub.close());

/** What the ORM would change in the migrated database to make it what the entities say, in statements. */
async function statementsToEntities(): Promise<string[]> {
  // The role that the hub serves under is told nothing of the constraints.
  const { url, poolSize } = hub.database;
  const owner = hub.isServer ? await openHubOrm(url, poolSize, 'owner') : hub.orm;
  if (!hub.isServer) await owner.em.getConnection().execute('set role none');
  const text = await owner.schema.getUpdateSchemaSQL({ wrap: false });
  if (hub.isServer) await owner.close(true);
  else await owner.em.getConnection().execute('set role hub_app');
  return text.split(/;\n/).flatMap((statement) => statement.trim() || []);
}

/** Names of the policies that statements begin with a word on. */
function policies(statements: readonly string[], word: 'create' | 'drop'): string[] {
  const name = new RegExp(`^${word} policy "(\\w+)"`);
  return statements.flatMap((statement) => name.exec(statement)?.[1] ?? []).sort();
}

test('the snapshot beside the migrations is what the entities say', async () => {
  expect(await hub.orm.migrator.checkSchema()).toBe(false);
});

test('a migrated database has every table, column and check of the entities', async () => {
  const statements = await statementsToEntities();
  // The rules that the ORM cannot express are all that it would take away.
  const rules = (
    await Promise.all(
      [
        'Migration20261122120100_rules',
        'Migration20261126023200_purchasing_rules',
        'Migration20261126181500_energy_results',
        'Migration20261126182000_energy_advice',
        'Migration20261127004300_employer_group_rules',
        'Migration20261127111000_employer_group_placements',
        'Migration20261127062500_advice_session_rules',
        'Migration20261127071500_advice_request_rules',
        'Migration20261127074500_advice_resource_rules',
      ].map((name) => readFile(`migrations/${name}.ts`, 'utf8')),
    )
  ).join();
  // PostgreSQL writes a policy's condition in its own words, and the ORM would write it again.
  expect(policies(statements, 'drop')).toEqual(policies(statements, 'create'));
  const left = statements.filter((statement) => {
    if (/^(create|drop) policy /.test(statement)) return false;
    if (/^drop (trigger|function|view) /.test(statement)) return false;
    const dropped =
      /^(?:drop index|alter table "\w+" drop constraint) "(\w+)"(, drop constraint "\w+")*$/.exec(statement);
    return !dropped || !rules.includes(dropped[1] as string);
  });
  expect(statements.some((statement) => statement.includes('usage_entry_append_only'))).toBe(true);
  expect(left).toEqual([]);
});

test('a column that has no migration is found', async () => {
  await hub.sql('alter table partner drop column website');
  expect((await statementsToEntities()).join()).toMatch(/alter table "partner" add "website"/);
});

test('the hub is ready, and no longer when a migration is pending', async () => {
  expect(await ready()).toEqual([200, { status: 'ready' }]);
  await hub.sql('delete from hub_migration where id = (select max(id) from hub_migration)');
  expect(await ready()).toEqual([
    503,
    { status: 'not ready', reason: expect.stringMatching(/^1 migrations? (is|are) pending: .*migrate/) },
  ]);
});

// The embedded database has no other session to refuse the hub from: `npm run test:postgres`.
const onAServer = process.env.HUB_TEST_DATABASE_URL ? test : test.skip;
onAServer('the hub is not ready while its server refuses it, and still lives', async () => {
  await hub.sql('insert into hub_migration (name) select max(name) from hub_migration');
  const [{ name } = { name: '' }] = await hub.sql<{ name: string }>('select current_database() as name');
  await onServer(`alter database "${name}" allow_connections false`);
  await onServer(`select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`);
  expect(await ready()).toEqual([503, { status: 'not ready', reason: 'the database does not answer' }]);
  expect((await hub.http.inject('/healthz')).statusCode).toBe(200);
  await onServer(`alter database "${name}" allow_connections true`);
});

async function onServer(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: process.env.HUB_TEST_DATABASE_URL as string });
  await client.connect();
  await client.query(statement);
  await client.end();
}

async function ready(): Promise<[number, unknown]> {
  const answer = await hub.http.inject('/readyz');
  return [answer.statusCode, answer.json()];
}
