/** Processes of a run: the contestants and the load generator. All of them end with it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder. */
export const root = fileURLToPath(new URL('../../', import.meta.url));

/** The Node that the project brings, for every process alike. */
export const NODE = [join(root, 'node_modules/node/bin/node')].find(existsSync) ?? process.execPath;

/** Longest time for a contestant to answer first, and to end. */
const START_MS = 60_000;
const STOP_MS = 10_000;

const running = new Set();

/**
 * Starts a Node process with what it is told, and nothing of the benchmark's own database settings.
 * @returns the child; what it writes to standard error is kept for an error message
 */
export function start(args, { cwd = root, env = {} } = {}) {
  const child = spawn(NODE, args, {
    cwd,
    env: { ...process.env, DATABASE_URL: '', NODE_ENV: 'production', ...env },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  child.messages = '';
  child.stderr.on('data', (data) => {
    child.messages = (child.messages + data).slice(-4000);
  });
  running.add(child);
  child.once('exit', () => running.delete(child));
  return child;
}

/** Runs a command of a hub to its end. */
export async function runHub(hub, args, env) {
  const child = start(args, { cwd: hub, env });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`${args.join(' ')} failed: ${child.messages}`);
}

/** Waits until a server answers a request with status 200. */
export async function untilReady(child, url, init) {
  const end = Date.now() + START_MS;
  for (;;) {
    if (child.exitCode !== null) throw new Error(`A contestant ended at its start: ${child.messages}`);
    const answer = await fetch(url, init).catch(() => undefined);
    if (answer?.status === 200) return;
    if (Date.now() > end)
      throw new Error(`${url} does not answer: ${(await answer?.text()) ?? child.messages}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Ends a process, and waits for it. */
export async function stop(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
  await gone;
  clearTimeout(timer);
}

/** Ends every process of the run that is left. */
export async function stopAll() {
  await Promise.all([...running].map(stop));
}
