import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { StartupError } from '../errors.ts';
import { lockFolder } from './folder-lock.ts';

let folder: string;
let lock: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mutualhub-lock-'));
  lock = join(folder, 'hub.lock');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** A process number that nobody has: of a process that has ended. */
const goneProcess = (): number => spawnSync(process.execPath, ['-e', '']).pid;

test('a folder is taken once, and again when it was given free', async () => {
  const unlock = await lockFolder(folder);
  await expect(lockFolder(folder)).rejects.toThrow(StartupError);
  await expect(lockFolder(`${folder}/.`)).rejects.toThrow(`in use by process ${process.pid}`);
  await unlock();
  await expect(stat(lock)).rejects.toThrow('ENOENT');
  await (await lockFolder(folder))();
});

test('a lock of a process that is gone is taken over', async () => {
  await writeFile(lock, `${goneProcess()} ${hostname()}\n`);
  const unlock = await lockFolder(folder);
  expect(await readFile(lock, 'utf8')).toBe(`${process.pid} ${hostname()}\n`);
  await unlock();
});

test('a lock that a killed hub left under this hub’s own number is taken over, as in a container', async () => {
  await writeFile(lock, `${process.pid} ${hostname()}\n`);
  await (await lockFolder(folder))();
});

test('a lock that was never written, or says nothing, is taken over', async () => {
  for (const text of ['', 'nonsense', '-1', '0']) {
    await writeFile(lock, text);
    await (await lockFolder(folder))();
  }
});

test('a lock of a living process is respected', async () => {
  await writeFile(lock, `${process.ppid} ${hostname()}\n`);
  await expect(lockFolder(folder)).rejects.toThrow(`in use by process ${process.ppid}`);
});

test('a lock of another machine is respected, whatever its number, and the line says what to delete', async () => {
  await writeFile(lock, `${goneProcess()} another-machine\n`);
  await expect(lockFolder(folder)).rejects.toThrow(/machine another-machine\..* delete \S+hub\.lock/);
});
