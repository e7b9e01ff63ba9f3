import { open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { StartupError } from '../errors.ts';

/**
 * Takes a folder for this process; the embedded database would be damaged by a second one.
 * A lock whose process is gone is taken over.
 * @returns the function that gives the folder free again.
 * @throws StartupError when a living process holds it.
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const path = join(folder, 'hub.lock');
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      const file = await open(path, 'wx');
      await file.writeFile(`${process.pid}\n`);
      await file.close();
      return () => rm(path, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const owner = Number.parseInt(await readFile(path, 'utf8').catch(() => ''), 10);
      if (isAlive(owner)) {
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
  if (pid === process.pid) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
