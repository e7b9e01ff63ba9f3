import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UnauthenticatedError } from '../errors.ts';
import { ADMINISTRATOR, ANONYMOUS, type Viewer } from './viewer.ts';

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

/** Tells who sends a request by its Authorization header. */
export class Authenticator {
  private readonly adminHash: Buffer;

  constructor(adminToken: string) {
    this.adminHash = hash(adminToken);
  }

  /**
   * @throws UnauthenticatedError for a header that is no valid token: a wrong token is never taken for none.
   */
  viewer(authorization: string | undefined): Viewer {
    if (authorization === undefined) return ANONYMOUS;
    const token = /^Bearer +(\S+)$/i.exec(authorization)?.[1];
    if (token && timingSafeEqual(hash(token), this.adminHash)) return ADMINISTRATOR;
    throw new UnauthenticatedError(
      'The token is not valid. Send "Authorization: Bearer <token>", or no header to read what is public.',
    );
  }
}

function hash(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
