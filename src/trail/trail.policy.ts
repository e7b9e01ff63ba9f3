import { type RowPolicy, sql } from '../read/index.ts';
import type { AuditEntry } from './audit-entry.entity.ts';

/** Who changed what is for the hub's administrators alone. */
export const trailPolicy: RowPolicy<AuditEntry> = (_, viewer) =>
  viewer.isAdministrator ? undefined : sql`false`;
