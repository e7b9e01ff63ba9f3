import type { EntityManager } from '@mikro-orm/postgresql';
import type { Change } from '../database/changes.ts';
import { newId } from '../database/keys.ts';
import { AuditEntry } from './audit-entry.entity.ts';
import { isWithheld, UNTRAILED } from './personal-data.ts';

/** Stands for a value that the trail does not keep. */
const WITHHELD = '[withheld]';

/** A statement takes 65,535 values at most. */
const BATCH = 1000;

/** Writes down what a mutation changed, one entry a record, in the mutation's own transaction. */
export async function keepTrail(
  em: EntityManager,
  { principal, mutation }: { principal: string; mutation: string },
  changes: readonly Change[],
): Promise<void> {
  const occurredAt = new Date();
  const entries = changes
    .filter(({ table }) => !UNTRAILED.has(table))
    .map(({ entity, table, record, partner, action, before, after }) => ({
      id: newId(),
      occurredAt,
      principal,
      mutation,
      entity,
      record: record ?? null,
      partner: partner ?? null,
      action,
      before: before ? shown(table, before) : null,
      after: after ? shown(table, after) : null,
    }));
  for (let at = 0; at < entries.length; at += BATCH) {
    await em.insertMany(AuditEntry, entries.slice(at, at + BATCH) as never[]);
  }
}

function shown(table: string, columns: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(columns).map(([column, value]) => [
      column,
      value !== null && isWithheld(table, column) ? WITHHELD : value,
    ]),
  );
}
