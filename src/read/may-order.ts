import type { Viewer } from '../access/viewer.ts';
import { ForbiddenError } from '../errors.ts';
import type { BoundEntity } from './bindings.ts';
import type { Rows } from './description.ts';
import { literal, type Sql, sql } from './sql.ts';
import type { Scope } from './tree.ts';

/**
 * An order tells the values that it is made of, so a column that a viewer does not see of every row orders nothing.
 * Where every row is synthetic all of them are seen: the condition that is given holds then, or refuses the read.
 * @throws ForbiddenError
 */
export function mayOrder(
  bound: BoundEntity,
  rows: Rows,
  { row, alias }: Scope,
  viewer: Viewer,
): Sql | undefined {
  for (const [name, shown] of Object.entries(bound.shown)) {
    const isOrderedBy = rows.orderBy.some((key) => key.by(row) === row[name]);
    if (!isOrderedBy || !shown(alias, viewer)) continue;
    if (!bound.holdsSynthetic)
      throw new ForbiddenError(
        `Ordering by ${name} would tell what you may not see of every record: choose another order.`,
      );
    return sql`(select not refuse_if(h.holds_real_rows, 'MH055', ${literal(name)}) from hub_state h)`;
  }
  return undefined;
}
