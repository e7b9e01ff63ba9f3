import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/**
 * A machine's token is `hub_<prefix>_<secret>`: the word lets a scanner of leaked secrets find it, the prefix names it
 * in a list, and the secret is 256 random bits, which no number of guesses finds: one round of SHA-256 keeps it.
 */
const TOKEN = /^hub_([a-z0-9]{8,12})_[A-Za-z0-9_-]{43}$/;

const PREFIX_LENGTH = 10;
/** Thirty-two, so that each of five bits is one; without those that are read for another. */
const PREFIX_LETTERS = 'abcdefghjkmnpqrstuvwxyz023456789';

/** A token that was never given before; `token` leaves the hub once and is kept nowhere. */
export interface NewToken {
  token: string;
  prefix: string;
  secretHash: string;
}

/** Makes a token. */
export function newMachineToken(): NewToken {
  const prefix = [...randomBytes(PREFIX_LENGTH)].map((byte) => PREFIX_LETTERS[byte % 32]).join('');
  const token = `hub_${prefix}_${randomBytes(32).toString('base64url')}`;
  return { token, prefix, secretHash: sha256(token).toString('hex') };
}

/** The prefix of what looks like a machine's token; undefined for anything else. */
export function prefixOf(token: string): string | undefined {
  return TOKEN.exec(token)?.[1];
}

/** Whether a text has a hash (SHA-256, hexadecimal), in a time that tells nothing of how much of it fits. */
export function hasHash(text: string, secretHash: string): boolean {
  return timingSafeEqual(sha256(text), Buffer.from(secretHash, 'hex'));
}

/** SHA-256 of a text. */
export function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
