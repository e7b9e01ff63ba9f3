import {
  and,
  connection,
  derived,
  mustExist,
  type OrderKey,
  type Page,
  type RowRef,
  type Rows,
  type Sql,
  sql,
} from '../read/index.ts';
import { AuditEntry } from './audit-entry.entity.ts';

/** A filter of the trail with its references turned into keys. */
export interface AuditCondition {
  principal?: string | null | undefined;
  partner?: string | undefined;
  mutation?: string | null | undefined;
  entity?: string | null | undefined;
  from?: string | null | undefined;
  to?: string | null | undefined;
}

/** The latest first. */
export const TRAIL_ORDER: OrderKey<AuditEntry>[] = [
  { by: (row) => row.occurredAt, direction: 'desc', type: 'timestamptz' },
  { by: (row) => row.id, direction: 'desc', type: 'uuid' },
];

/** The instant at which a day begins in Belgium. */
const beginOf = (day: string): Sql => sql`(${day}::date::timestamp at time zone 'Europe/Brussels')`;

function condition(row: RowRef<AuditEntry>, filter: AuditCondition): Sql | undefined {
  const conditions: Sql[] = [];
  if (filter.partner) {
    conditions.push(mustExist('partner', [filter.partner], 'filter.partner'));
    conditions.push(sql`${row.partner} = ${filter.partner}::uuid`);
  }
  if (filter.principal) conditions.push(sql`${row.principal} = ${filter.principal}::text`);
  if (filter.mutation) conditions.push(sql`${row.mutation} = ${filter.mutation}::text`);
  if (filter.entity) conditions.push(sql`${row.entity} = ${filter.entity}::text`);
  if (filter.from) conditions.push(sql`${row.occurredAt} >= ${beginOf(filter.from)}`);
  if (filter.to) conditions.push(sql`${row.occurredAt} < ${beginOf(filter.to)}`);
  return conditions.length > 0 ? and(conditions) : undefined;
}

export function auditTrail(filter: AuditCondition, page: Page): Rows {
  return connection(AuditEntry, { where: (row) => condition(row, filter), orderBy: TRAIL_ORDER, page });
}

/** The columns of an entry, by name, with their values before and after. */
export function changesOf(): Rows {
  return derived<'column' | 'before' | 'after', AuditEntry>({
    subquery: (
      entry,
    ) => sql`(select k."column", ${entry.before} ->> k."column" as before, ${entry.after} ->> k."column" as after
      from jsonb_object_keys(coalesce(${entry.before}, '{}') || coalesce(${entry.after}, '{}')) as k("column") order by k."column" collate "C")`,
    columns: ['column', 'before', 'after'],
  });
}
