import { timingSafeEqual } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { brusselsDay, type Clock } from '../clock.ts';
import { UnauthenticatedError } from '../errors.ts';
import type { Credentials, KeptAccount, KeptToken, TimedGrant } from './credentials.ts';
import { hasHash, prefixOf, sha256 } from './machine-token.ts';
import type { Person } from './people.ts';
import { ADMINISTRATOR, ANONYMOUS, type Viewer, viewerOf } from './viewer.ts';

/**
 * Longest that the hub remembers a credential, in milliseconds: what another process revokes counts here after it.
 * What this process changes counts at once.
 */
const REMEMBERED_MS = 30_000;
const MOST_REMEMBERED = 10_000;

/** Longest Authorization header that is looked at. */
const LONGEST = 8_192;

/** A viewer, and when its roles are another's: the end of one of them. */
interface Known {
  viewer: Viewer;
  changesAt: number;
}

/** What an authenticator works with. */
export interface AuthenticatorParts {
  /** None where the administrator's token is switched off. */
  adminToken: string | undefined;
  credentials: Credentials;
  /** Whose tokens of people are taken, if any. */
  people?: { person(token: string, now: Date): Promise<Person> } | undefined;
  clock: Clock;
  /** How long a credential is remembered, in milliseconds; 30 seconds without it. */
  rememberMs?: number | undefined;
  /** Told of what an operator should look at; never of a token. */
  onTrouble?: ((error: unknown) => void) | undefined;
}

/** Tells who sends a request by its Authorization header: the administrator, a machine, or a person. */
export class Authenticator {
  private readonly adminHash: Buffer | undefined;
  private readonly tokens: LRUCache<string, Promise<KeptToken | undefined>>;
  private readonly accounts: LRUCache<string, Promise<KeptAccount | undefined>>;
  private readonly viewers = new WeakMap<KeptToken, Known>();
  private readonly noted = new LRUCache<string, string>({ max: MOST_REMEMBERED });
  private notes: Promise<unknown> = Promise.resolve();

  constructor(private readonly parts: AuthenticatorParts) {
    const limits = { max: MOST_REMEMBERED, ttl: parts.rememberMs ?? REMEMBERED_MS };
    this.tokens = new LRUCache(limits);
    this.accounts = new LRUCache(limits);
    this.adminHash = parts.adminToken === undefined ? undefined : sha256(parts.adminToken);
  }

  /**
   * Who sends a request.
   * @throws UnauthenticatedError for a header that is no valid token: a wrong token is never taken for none. It does
   *   not say what is wrong with it, which would help nobody but who guesses.
   */
  async viewer(authorization: string | undefined): Promise<Viewer> {
    if (authorization === undefined) return ANONYMOUS;
    const token = authorization.length > LONGEST ? undefined : /^Bearer +(\S+)$/i.exec(authorization)?.[1];
    const viewer = token && (await this.bearer(token));
    if (viewer && (viewer.expiresAt === undefined || viewer.expiresAt > this.now())) return viewer;
    throw new UnauthenticatedError(
      'The token is not valid. Send "Authorization: Bearer <token>", or no header to read what is public.',
    );
  }

  /** Forgets what it remembers: to be called after a token, a role, a client or an account has changed. */
  forget(): void {
    this.tokens.clear();
    this.accounts.clear();
  }

  /** Resolves when what was noted outside of requests is written. */
  async settled(): Promise<void> {
    await this.notes;
  }

  private now(): number {
    return this.parts.clock().getTime();
  }

  private async bearer(token: string): Promise<Viewer | undefined> {
    if (this.adminHash && timingSafeEqual(sha256(token), this.adminHash)) return ADMINISTRATOR;
    const prefix = prefixOf(token);
    return prefix ? this.machine(token, prefix) : this.person(token);
  }

  private async machine(token: string, prefix: string): Promise<Viewer | undefined> {
    const kept = await remembered(this.tokens, prefix, () => this.parts.credentials.token(prefix));
    // What nobody issued is not remembered: guesses would push out what is.
    if (!kept) this.tokens.delete(prefix);
    if (!kept || !hasHash(token, kept.secretHash) || kept.endsAt <= this.now()) return undefined;
    this.note(kept);
    return this.viewerOfToken(kept);
  }

  private viewerOfToken(kept: KeptToken): Viewer {
    const now = this.now();
    const known = this.viewers.get(kept);
    if (known && now < known.changesAt) return known.viewer;
    const grants = inForce(kept.grants, now);
    const viewer = viewerOf({
      principal: `client_${kept.client}`,
      grants,
      scopes: kept.scopes,
      isSandbox: kept.isSandbox,
      expiresAt: kept.endsAt,
    });
    this.viewers.set(kept, { viewer, changesAt: Math.min(...grants.map(({ until }) => until ?? Infinity)) });
    return viewer;
  }

  private async person(token: string): Promise<Viewer | undefined> {
    const { people, clock, credentials, onTrouble } = this.parts;
    if (!people) return undefined;
    let person: Person;
    try {
      person = await people.person(token, clock());
    } catch (error) {
      if (isTrouble(error)) onTrouble?.(error);
      return undefined;
    }
    const { issuer, subject, expiresAt } = person;
    const key = sha256(JSON.stringify([issuer, subject])).toString('hex');
    const account = await remembered(this.accounts, key, () => credentials.account(issuer, subject));
    if (account?.isClosed) return undefined;
    return viewerOf({
      principal: account ? `account_${account.id}` : `person_${key.slice(0, 16)}`,
      grants: inForce(account?.grants ?? [], this.now()),
      expiresAt,
    });
  }

  /** Once a day and token, and not before the request goes on. */
  private note({ id, lastUsedOn }: KeptToken): void {
    const today = brusselsDay(this.parts.clock());
    if ((lastUsedOn ?? '') >= today || this.noted.get(id) === today) return;
    this.noted.set(id, today);
    this.notes = this.notes
      .then(() => new Promise((resolve) => setImmediate(resolve)))
      .then(() => this.parts.credentials.used(id, today))
      .catch((error: unknown) => {
        this.noted.delete(id);
        this.parts.onTrouble?.(error);
      });
  }
}

/** What is looked up under a key, once for all who ask at the same time; a failure is not remembered. */
function remembered<T>(cache: LRUCache<string, Promise<T>>, key: string, look: () => Promise<T>): Promise<T> {
  const before = cache.get(key);
  if (before) return before;
  const found = look();
  cache.set(key, found);
  found.catch(() => {
    if (cache.peek(key) === found) cache.delete(key);
  });
  return found;
}

function inForce(grants: readonly TimedGrant[], now: number): TimedGrant[] {
  return grants.filter(({ until }) => until === undefined || until > now);
}

/** Whether a check failed for want of the provider, and not of a good token. */
function isTrouble(error: unknown): boolean {
  const { code } = error as { code?: unknown };
  return typeof code !== 'string' || !/^ERR_(JWT|JWS|JOSE_ALG|JOSE_NOT|JWKS_NO_MATCHING)/.test(code);
}
