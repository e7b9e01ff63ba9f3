import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { StartupError } from '../errors.ts';
import { lockFolder } from './folder-lock.ts';

/** Longest wait for the database to close. */
const CLOSE_MS = 5000;

/** A running embedded database. */
export interface EmbeddedDatabase {
  /** Connection URL for the ordinary driver. One connection at a time. */
  url: string;
  stop(): Promise<void>;
}

/**
 * Starts the embedded PostgreSQL (PGlite) on a folder and answers how to connect.
 * @throws StartupError when another process has the folder, or it holds no database that can be opened.
 */
export async function startEmbeddedDatabase(folder: string): Promise<EmbeddedDatabase> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const unlock = await lockFolder(folder);
  // Unix socket paths are limited to about 100 bytes, so the socket does not stand in the data folder.
  const socketFolder = await mkdtemp(join(tmpdir(), 'hub-'));
  // The compiled hub runs .js; tests and tools run the sources, whose types Node strips.
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const worker = new Worker(new URL(`./embedded-worker.${extension}`, import.meta.url), {
    workerData: { dataDir: join(folder, 'pgdata'), socketPath: join(socketFolder, '.s.PGSQL.5432') },
  });
  const cleanUp = async (): Promise<void> => {
    await worker.terminate();
    await rm(socketFolder, { recursive: true, force: true });
    await unlock();
  };
  const first = await nextMessage(worker);
  if (first.error) {
    await cleanUp();
    throw new StartupError(`The embedded database in ${folder} cannot be opened: ${first.error}`);
  }
  let stopping = false;
  worker.once('exit', (code) => {
    if (stopping) return;
    // Without its database the hub cannot answer anything; whoever runs it starts it again.
    console.error(`The embedded database has ended unexpectedly (code ${code}).`);
    process.exit(1);
  });
  return {
    url: `postgresql://postgres@localhost/postgres?host=${encodeURIComponent(socketFolder)}`,
    async stop() {
      stopping = true;
      const closed = nextMessage(worker);
      worker.postMessage('close');
      // What was committed is in the log on disk: a database that does not close is opened again all the same.
      await within(CLOSE_MS, closed);
      await cleanUp();
    },
  };
}

function within(milliseconds: number, work: Promise<unknown>): Promise<unknown> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise((resolve) => {
    timer = setTimeout(resolve, milliseconds);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

function nextMessage(worker: Worker): Promise<{ ready?: true; closed?: true; error?: string }> {
  return new Promise((resolve) => {
    worker.once('message', resolve);
    worker.once('error', (error: Error) => resolve({ error: error.message }));
    worker.once('exit', (code) => resolve({ error: `its thread ended with code ${code}` }));
  });
}
