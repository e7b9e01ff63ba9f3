import { and, mustExist, type Sql, sql } from '../read/index.ts';

/** Rows of a record that a filter names, which has to be there. */
export function named(table: string, key: string | undefined, field: string, column: Sql): Sql | undefined {
  return key ? and([mustExist(table, [key], `filter.${field}`), sql`${column} = ${key}::uuid`]) : undefined;
}
