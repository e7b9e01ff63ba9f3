/**
 * Prepares one migrated database for the whole run, in two versions: with the demonstration data, and in
 * operation (reference data alone). Every test file works on a copy of its own.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { openHubOrm } from '../../dist/src/app.js';
import { startEmbeddedDatabase } from '../../dist/src/database/embedded.js';
import { prepareDatabase } from '../../dist/src/start.js';

const MODES = ['demonstration', 'operation'];

export default async function setUp() {
  const server = process.env.HUB_TEST_DATABASE_URL;
  const folder = await mkdtemp(join(tmpdir(), 'mutualhub-test-'));
  const run = `hub_test_${process.pid}`;
  process.env.HUB_TEST_FOLDER = folder;
  process.env.HUB_TEST_RUN = run;
  for (const mode of MODES) {
    const database = server
      ? await createOnServer(server, `${run}_${mode}`)
      : await startEmbeddedDatabase(join(folder, mode));
    const orm = await openHubOrm(database.url, 1, 'owner');
    await prepareDatabase(orm, mode, () => {});
    await orm.close(true);
    await database.stop();
  }
  // The compiled hub registered its types here; tests that run in this process register those of the sources.
  delete globalThis.TypeGraphQLMetadataStorage;
  globalThis.hubTestTearDown = async () => {
    await rm(folder, { recursive: true, force: true });
    if (server) await dropAll(server, run);
  };
}

async function createOnServer(server, name) {
  await onServer(server, (client) => client.query(`create database ${name}`));
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, stop: async () => {} };
}

async function dropAll(server, run) {
  await onServer(server, async (client) => {
    const { rows } = await client.query('select datname from pg_database where datname like $1', [`${run}%`]);
    for (const { datname } of rows) await client.query(`drop database if exists "${datname}" with (force)`);
  });
}

async function onServer(server, work) {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
