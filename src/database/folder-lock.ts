import { open, readFile, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join, resolve } from 'node:path';
import { StartupError } from '../errors.ts';

/** Folders that this process holds. */
const held = new Set<string>();

/**
 * Takes a folder for this process; the embedded database would be damaged by a second one.
 * A lock whose process is gone is taken over. In a container the next hub often has the number of the one
 * that was killed, so a lock with this process's own number counts only if this process wrote it; and two
 * containers on one volume may have the same number, so the lock names the machine too.
 * @returns the function that gives the folder free again.
 * @throws StartupError when a living process holds it.
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const path = join(folder, 'hub.lock');
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      const file = await open(path, 'wx');
      await file.writeFile(`${process.pid} ${hostname()}\n`);
      await file.close();
      held.add(resolve(folder));
      return async () => {
        await rm(path, { force: true });
        held.delete(resolve(folder));
      };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const [owner = '', machine] = (await readFile(path, 'utf8').catch(() => '')).trim().split(' ');
      if (machine && machine !== hostname()) {
        throw new StartupError(
          `The data folder ${folder} was taken by a hub on the machine ${machine}. Stop that hub, or delete ${path} if it is gone.`,
        );
      }
      if (Number(owner) === process.pid ? held.has(resolve(folder)) : isAlive(Number(owner))) {
        throw new StartupError(
          `The data folder ${folder} is in use by process ${owner}. Stop that hub, or set HUB_DATA_DIR to another folder.`,
        );
      }
      await rm(path, { force: true });
    }
  }
  throw new StartupError(`The data folder ${folder} is being taken by another process. Try again.`);
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
