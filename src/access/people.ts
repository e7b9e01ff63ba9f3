import { createRemoteJWKSet, errors, type JWTVerifyGetKey, jwtVerify } from 'jose';

/** The identity provider that people sign in with (OpenID Connect). */
export interface OidcOptions {
  issuer: string;
  /** What this hub is to the provider: a token for another service is refused. */
  audience: string;
  /** Where its keys are; without it the provider's own description says so. */
  jwksUri?: string | undefined;
  /** Algorithms of signatures that are taken; never `none`, and none with a shared secret. */
  algorithms: readonly string[];
  /** Shortest time between two looks at the provider, in milliseconds; 30 seconds without it. */
  cooldownMs?: number | undefined;
}

/** A person as the provider names them, and when the proof of it ends, in milliseconds since 1970. */
export interface Person {
  issuer: string;
  subject: string;
  expiresAt: number;
}

/** Clocks of two machines may differ by so many seconds. */
const TOLERANCE_SECONDS = 60;
const TIMEOUT_MS = 5_000;
/** Shortest time between two looks at the provider; long enough that wrong tokens are no load on it. */
const COOLDOWN_MS = 30_000;
const LONGEST_SUBJECT = 255;

/** Checks the tokens (JWT) that the identity provider gives to people. */
export class People {
  private keys: Promise<JWTVerifyGetKey> | undefined;
  private failedAt: number | undefined;

  constructor(private readonly options: OidcOptions) {}

  /**
   * The person that a token names.
   * @throws an error of `jose` that says which check failed: for the log, not for the client
   */
  async person(token: string, now: Date): Promise<Person> {
    const { issuer, audience, algorithms } = this.options;
    // What is no token at all is refused before the provider is asked for anything.
    if (!/^[\w-]+\.[\w-]+\.[\w-]+$/.test(token)) throw new errors.JWTInvalid('This is no JWT');
    const { payload } = await jwtVerify(token, await this.keySet(), {
      issuer,
      audience,
      algorithms: [...algorithms],
      clockTolerance: TOLERANCE_SECONDS,
      requiredClaims: ['exp', 'sub'],
      currentDate: now,
    });
    const { sub, exp } = payload;
    if (typeof sub !== 'string' || sub === '' || sub.length > LONGEST_SUBJECT || sub.includes('\0')) {
      throw new Error('The subject of the token is no name of a person');
    }
    return { issuer, subject: sub, expiresAt: ((exp as number) + TOLERANCE_SECONDS) * 1000 };
  }

  /** The provider's keys, which are fetched again where a token names one that is not among them. */
  private keySet(): Promise<JWTVerifyGetKey> {
    const { cooldownMs = COOLDOWN_MS } = this.options;
    const isStale = this.failedAt !== undefined && Date.now() - this.failedAt >= cooldownMs;
    if (this.keys && !isStale) return this.keys;
    this.failedAt = undefined;
    this.keys = this.jwksUri().then((uri) =>
      createRemoteJWKSet(new URL(uri), { timeoutDuration: TIMEOUT_MS, cooldownDuration: cooldownMs }),
    );
    // A provider that did not answer is asked again, and not by every request.
    this.keys.catch(() => {
      this.failedAt = Date.now();
    });
    return this.keys;
  }

  /** @throws Error when the provider does not say where its keys are, or calls itself otherwise */
  private async jwksUri(): Promise<string> {
    const { issuer, jwksUri } = this.options;
    if (jwksUri) return jwksUri;
    const response = await fetch(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`, {
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (!response.ok) throw new Error(`The identity provider answers ${response.status} for its description`);
    const { issuer: named, jwks_uri: uri } = (await response.json()) as Record<string, unknown>;
    if (named !== issuer) throw new Error('The identity provider calls itself by another name');
    if (typeof uri !== 'string') throw new Error('The identity provider does not say where its keys are');
    return uri;
  }
}
