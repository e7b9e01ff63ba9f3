import { type ChildProcess, spawn } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';

/** The built hub as a process of its own. */
export interface HubProcess {
  child: ChildProcess;
  /** Address that it printed. */
  url: string;
  stdout(): string;
  stderr(): string;
  ended: Promise<End>;
}

export interface End {
  code: number | null;
  signal: string | null;
  stdout: string;
  stderr: string;
}

export type Settings = Record<string, string>;

/** A start takes seconds; on a machine that does something else too, many. */
export const START_TIMEOUT = 120_000;

const running = new Set<ChildProcess>();
const cleanUps: (() => Promise<unknown>)[] = [];

function launch(settings: Settings): Omit<HubProcess, 'url'> & { listening: Promise<string> } {
  const child = spawn(process.execPath, ['--enable-source-maps', 'dist/src/main.js'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    // Nothing of the test's own environment: what is not given is not set.
    env: { PATH: process.env.PATH, TMPDIR: tmpdir(), PORT: '0', ...settings },
  });
  running.add(child);
  let stdout = '';
  let stderr = '';
  const listening = new Promise<string>((resolve) => {
    child.stdout.on('data', (data) => {
      stdout += data;
      const url = /GraphQL endpoint +(\S+)\/graphql\n/.exec(stdout)?.[1];
      if (url) resolve(url);
    });
  });
  child.stderr.on('data', (data) => {
    stderr += data;
  });
  const ended = new Promise<End>((resolve) => {
    child.on('close', (code, signal) => {
      running.delete(child);
      resolve({ code, signal, stdout, stderr });
    });
  });
  return { child, ended, listening, stdout: () => stdout, stderr: () => stderr };
}

/** A hub that listens. Fails with what the hub said when it does not come so far. */
export async function startHubProcess(settings: Settings): Promise<HubProcess> {
  const { listening, ...hub } = launch(settings);
  const url = await Promise.race([listening, hub.ended]);
  if (typeof url !== 'string') throw new Error(`The hub ended: ${JSON.stringify(url)}`);
  // It answers when it has said all that it has to say.
  await fetch(`${url}/healthz`);
  return { ...hub, url };
}

/** The end of a hub that is expected not to start. */
export function refusedStart(settings: Settings): Promise<End> {
  return launch(settings).ended;
}

export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'mutualhub-start-'));
  cleanUps.push(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Settings of a hub on a copy of the database that the run has prepared, embedded or on the real server. */
export async function preparedDatabase(mode: 'demonstration' | 'operation'): Promise<Settings> {
  const folder = await temporaryFolder();
  const settings = { HUB_DATA_DIR: folder, HUB_MODE: mode };
  const { HUB_TEST_FOLDER: prepared, HUB_TEST_RUN: run } = process.env;
  if (!process.env.HUB_TEST_DATABASE_URL) {
    await cp(join(prepared as string, mode), folder, { recursive: true });
    return settings;
  }
  return { ...settings, DATABASE_URL: await databaseOnServer(`template ${run}_${mode}`) };
}

let databases = 0;

/** A new database on the real server of the run; the run's end removes it. */
export async function databaseOnServer(options = ''): Promise<string> {
  const { HUB_TEST_DATABASE_URL: server, HUB_TEST_RUN: run, JEST_WORKER_ID: worker } = process.env;
  databases += 1;
  const name = `${run}_start_${worker}_${Date.now() % 1_000_000}_${databases}`;
  await onServer(`select pg_advisory_lock(hashtext('${run}'))`, `create database ${name} ${options}`);
  const url = new URL(server as string);
  url.pathname = `/${name}`;
  return url.href;
}

/** Sends statements to the real server of the run, in one session. */
export async function onServer(...statements: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: process.env.HUB_TEST_DATABASE_URL as string });
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
}

/** A port that something else listens on. */
export async function takenPort(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  cleanUps.push(() => new Promise((resolve) => server.close(resolve)));
  return String((server.address() as { port: number }).port);
}

/** Ends what is left of a test file: its hubs, each by its own process, and its folders. */
export async function tidyUp(): Promise<void> {
  const ends = [...running].map((child) => new Promise((resolve) => child.once('close', resolve)));
  for (const child of running) child.kill('SIGKILL');
  await Promise.all(ends);
  for (const cleanUp of cleanUps) await cleanUp();
}
