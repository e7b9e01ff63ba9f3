import { createHash, randomUUID } from 'node:crypto';
import { v7 } from 'uuid';

/** A new primary key: UUIDv7, so that keys made later sort later and land next to each other in an index. */
export function newId(): string {
  return v7();
}

/** A key that nobody works out: whoever knows it was told. */
export function newSecretKey(): string {
  return randomUUID();
}

/** The time that {@link stableId} writes into its keys: before any real record. */
const STABLE_TIME = Date.UTC(2018, 0, 1);

/** A UUIDv7 that is always the same for a name: for reference data and for the demonstration data. */
export function stableId(name: string): string {
  const digest = createHash('sha256').update(name).digest();
  const seq = digest.readUInt32BE(16) & 0x7fffffff;
  return v7({ msecs: STABLE_TIME, random: digest.subarray(0, 16), seq });
}
