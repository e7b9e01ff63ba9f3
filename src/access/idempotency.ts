import { createHash } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { UnitOfWork } from '../database/unit-of-work.ts';
import { UserError } from '../errors.ts';
import { IdempotencyRecord } from './idempotency.entity.ts';
import type { Viewer } from './viewer.ts';

/**
 * Runs a mutation once per principal and key. The outcome is stored in the mutation's own transaction, so a
 * client that lost the answer repeats the request and gets the same one; a hub that dies in between leaves
 * neither. Of two that arrive together, the second waits for the first.
 * @throws UserError IDEMPOTENCY_KEY_REUSED when the key came with another body before.
 */
export async function idempotently<Outcome>(
  unitOfWork: UnitOfWork,
  request: { viewer: Viewer; mutation: string; key: string; input: unknown },
  work: (em: EntityManager) => Promise<Outcome>,
): Promise<Outcome> {
  const { viewer, mutation, key, input } = request;
  if (!/^[\x21-\x7e]{8,120}$/.test(key)) {
    throw new UserError(
      'INVALID_IDEMPOTENCY_KEY',
      'An idempotency key is 8 to 120 printable characters without spaces; a UUID made for this request is best.',
      'idempotencyKey',
    );
  }
  const unwritable = pathOfNul(input);
  if (unwritable !== undefined) {
    throw new UserError('TEXT_INVALID', 'A text cannot contain the character NUL.', unwritable);
  }
  const fingerprint = createHash('sha256').update(canonical({ mutation, input })).digest('hex');
  const once = async (em: EntityManager): Promise<Outcome> => {
    await em.execute('select pg_advisory_xact_lock(hashtextextended(?, 0))', [`${viewer.principal}\n${key}`]);
    const earlier = await em.findOne(IdempotencyRecord, { principal: viewer.principal, key });
    if (earlier) {
      if (earlier.fingerprint === fingerprint) return earlier.outcome as Outcome;
      throw new UserError(
        'IDEMPOTENCY_KEY_REUSED',
        `The idempotency key ${JSON.stringify(key)} was used before with another request: make a new key for a new request.`,
        'idempotencyKey',
      );
    }
    const outcome = await work(em);
    em.create(IdempotencyRecord, { principal: viewer.principal, key, mutation, fingerprint, outcome });
    return outcome;
  };
  return unitOfWork.run(viewer, once, mutation);
}

/** Path of the first text with the one character that PostgreSQL cannot store; undefined where there is none. */
function pathOfNul(value: unknown, path = ''): string | undefined {
  if (typeof value === 'string') return value.includes('\0') ? path : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, part] of Object.entries(value)) {
    const found = pathOfNul(part, path ? `${path}.${key}` : key);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** JSON with sorted keys, and without what is not given: the same request always reads the same. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
