import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, jest, test } from '@jest/globals';
import {
  databaseOnServer,
  onServer,
  preparedDatabase,
  refusedStart,
  type Settings,
  START_TIMEOUT,
  startHubProcess,
  takenPort,
  temporaryFolder,
  tidyUp,
} from './hub-process.ts';

afterAll(tidyUp);
jest.setTimeout(START_TIMEOUT);

/** What a hub says that does not start: one line, never a stack. */
async function refusal(settings: Settings): Promise<string> {
  const { code, signal, stderr } = await refusedStart({ HUB_DATA_DIR: await temporaryFolder(), ...settings });
  expect([code, signal]).toEqual([1, null]);
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  expect(stderr).not.toMatch(/\n\s+at |node:internal|Error:/);
  return stderr.trimEnd();
}

describe('a wrong configuration is one line that says what to change', () => {
  test('every wrong key at once', async () => {
    const line = await refusal({ PORT: '70000', HUB_MODE: 'production', DATABASE_URL: 'mysql://here/hub' });
    expect(line).toMatch(/PORT: must be a whole number from 0 to 65535/);
    expect(line).toMatch(/HUB_MODE: .*"demonstration"\|"operation"/);
    expect(line).toMatch(/DATABASE_URL: must begin with postgresql:\/\//);
  });

  test('a DATABASE_URL that is no address, without its password', async () => {
    const line = await refusal({ DATABASE_URL: 'postgresql://hub:s3cret/word@db:port/hub' });
    expect(line).toMatch(/DATABASE_URL: is no address/);
    expect(line).not.toContain('s3cret');
  });

  test('a weak administrator token in operation', async () => {
    const line = await refusal({ HUB_MODE: 'operation', HUB_ADMIN_TOKEN: 'change-me-please-change-me' });
    expect(line).toMatch(/HUB_ADMIN_TOKEN: .*at least 24 varied characters/);
    expect(line).not.toContain('change-me');
  });

  test('a data folder that is a file', async () => {
    const file = join(await temporaryFolder(), 'file');
    await writeFile(file, 'not a folder');
    expect(await refusal({ HUB_DATA_DIR: file })).toMatch(
      /^The data folder \S+ cannot be written \(EEXIST\)/,
    );
  });

  test('a data folder that holds something else than a database', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'pgdata'), 'not a database');
    expect(await refusal({ HUB_DATA_DIR: folder })).toMatch(
      /^The embedded database in \S+ cannot be opened: /,
    );
  });
});

describe('a place that is taken or missing is one line too', () => {
  test('a port', async () => {
    const PORT = await takenPort();
    const line = await refusal({ ...(await preparedDatabase('demonstration')), PORT });
    expect(line).toBe(`Port ${PORT} on localhost is taken: stop what uses it, or set PORT to another one.`);
  });

  test('a host that is not this machine', async () => {
    const line = await refusal({ ...(await preparedDatabase('operation')), HOST: '203.0.113.7' });
    expect(line).toMatch(
      /^The hub cannot listen on 203\.0\.113\.7:0 \(EADDRNOTAVAIL\): set HOST and PORT\.$/,
    );
  });

  test('a database server that does not answer, without its password', async () => {
    const line = await refusal({ DATABASE_URL: 'postgresql://hub:s3cret@127.0.0.1:9/hub' });
    expect(line).toMatch(/^The database at 127\.0\.0\.1:9\/hub cannot be reached: .*ECONNREFUSED/);
    expect(line).not.toContain('s3cret');
  });
});

// What only a real server can refuse: `npm run test:postgres`.
(process.env.HUB_TEST_DATABASE_URL ? describe : describe.skip)('on a server', () => {
  test('a database that does not exist', async () => {
    const url = new URL(process.env.HUB_TEST_DATABASE_URL as string);
    url.pathname = '/no_such_database';
    expect(await refusal({ DATABASE_URL: url.href })).toMatch(/cannot be reached: .*"no_such_database"/);
  });

  test('a user who may not create tables', async () => {
    const url = new URL(await databaseOnServer());
    const user = `reader${url.pathname.slice(1)}`;
    await onServer(`create role ${user} login password 'reader'`);
    url.username = user;
    url.password = 'reader';
    try {
      expect(await refusal({ DATABASE_URL: url.href })).toMatch(
        /^The migrations cannot be applied: permission denied/,
      );
    } finally {
      await onServer(`drop role ${user}`);
    }
  });

  test('a demonstration, for a hub in operation', async () => {
    const { DATABASE_URL = '' } = await preparedDatabase('demonstration');
    expect(await refusal({ DATABASE_URL })).toMatch(/^This database holds synthetic demonstration data/);
  });

  test('two hubs that start at once on an empty database both come up', async () => {
    const DATABASE_URL = await databaseOnServer();
    const hubs = await Promise.all(
      [1, 2].map(async () => startHubProcess({ DATABASE_URL, HUB_DATA_DIR: await temporaryFolder() })),
    );
    for (const hub of hubs) {
      expect(hub.stdout()).toMatch(/operation mode · PostgreSQL server/);
      expect(hub.stdout()).not.toMatch(/SYNTHETIC|Writing/);
      expect((await fetch(`${hub.url}/readyz`)).status).toBe(200);
      hub.child.kill('SIGTERM');
      expect(await hub.ended).toMatchObject({ code: 0, stderr: '' });
    }
  });
});
