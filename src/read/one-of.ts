import { raw, type Sql, sql } from './sql.ts';

/**
 * Whether a value is one of a list; of an empty list nothing is. A list of one becomes a comparison: the planner takes
 * a list that it does not know to hold ten, and would then plan the statement anew each time.
 */
export function oneOf(value: Sql, list: readonly string[], type: 'text' | 'uuid'): Sql {
  return list.length === 1
    ? sql`${value} = ${list[0]}::${raw(type)}`
    : sql`${value} = any(${list}::${raw(type)}[])`;
}
