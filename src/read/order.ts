import type { AnyRow, OrderKeyOfAny } from './description.ts';
import { join, raw, type Sql, sql } from './sql.ts';

/** `order by` with its keys; text keys are compared byte by byte on every server. */
export function orderClause(keys: readonly OrderKeyOfAny[], of: AnyRow, reversed: boolean): Sql {
  if (keys.length === 0) return raw('');
  const parts = keys.map(
    (key) => sql`${comparable(key, of)} ${raw((key.direction === 'asc') !== reversed ? 'asc' : 'desc')}`,
  );
  return sql` order by ${join(parts, ', ')}`;
}

/** A key as it is compared. */
export function comparable(key: OrderKeyOfAny, of: AnyRow): Sql {
  return key.type === 'text' ? sql`${key.by(of)} collate "C"` : key.by(of);
}
