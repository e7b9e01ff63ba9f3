import type { Grant, TokenScope } from './roles.ts';

/** A role with the instant from which it no longer counts, in milliseconds since 1970. */
export interface TimedGrant extends Grant {
  readonly until?: number | undefined;
}

/** A client's token as the hub keeps it. */
export interface KeptToken {
  readonly id: string;
  readonly client: string;
  readonly isSandbox: boolean;
  /** SHA-256 of the token, hexadecimal. */
  readonly secretHash: string;
  readonly scopes: ReadonlySet<TokenScope>;
  /** From when on it is not taken: expired, revoked, or its client closed. Milliseconds since 1970. */
  readonly endsAt: number;
  /** Day on which it was last used. */
  readonly lastUsedOn: string | undefined;
  readonly grants: readonly TimedGrant[];
}

/** A person's account as the hub keeps it. */
export interface KeptAccount {
  readonly id: string;
  readonly isClosed: boolean;
  readonly grants: readonly TimedGrant[];
}

/** Where the hub keeps whom it knows. The room of identities provides it. */
export interface Credentials {
  /** The token with a prefix. */
  token(prefix: string): Promise<KeptToken | undefined>;
  /** The account of a person. */
  account(issuer: string, subject: string): Promise<KeptAccount | undefined>;
  /** Notes that a token was used on a day. */
  used(token: string, day: string): Promise<void>;
}
