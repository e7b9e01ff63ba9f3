import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The administrator's token: given by configuration, or made at the first start and kept in the data folder. */
export async function loadAdminToken(
  configured: string | undefined,
  dataDir: string,
): Promise<{ token: string; isNew: boolean }> {
  if (configured) return { token: configured, isNew: false };
  const path = join(dataDir, 'admin-token');
  const kept = await readToken(path);
  if (kept) return { token: kept, isNew: false };
  const token = randomBytes(32).toString('base64url');
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  try {
    await writeFile(path, `${token}\n`, { mode: 0o600, flag: 'wx' });
    return { token, isNew: true };
  } catch (error) {
    // Another hub on this folder was faster: its token is the token.
    const theirs = (error as NodeJS.ErrnoException).code === 'EEXIST' ? await readToken(path) : '';
    if (!theirs) throw error;
    return { token: theirs, isNew: false };
  }
}

async function readToken(path: string): Promise<string> {
  return (await readFile(path, 'utf8').catch(() => '')).trim();
}
