import { identifier, literal, type Sql, sql } from './sql.ts';

/*
 * A filter that names what is not there would answer as if nothing, or everything, met it. These conditions
 * refuse the statement instead. They look at no row of it, so the database checks them once.
 */

/** True when every key is in a table; otherwise the read fails with NOT_FOUND for the field. */
export function mustExist(table: string, ids: readonly string[], field: string): Sql {
  return sql`(select not refuse_if(exists (select from unnest(${ids}::uuid[]) as asked(id)
    where not exists (select from ${identifier(table)} as known where known.id = asked.id)), 'MH040', ${literal(field)}))`;
}

/** True when every code is in a column of a table; otherwise the read fails with UNKNOWN_CODE for the field. */
export function mustBeKnown(table: string, column: string, codes: readonly string[], field: string): Sql {
  return sql`(select not refuse_if(count(*) > 0, 'MH041', ${literal(`${field}: `)} || coalesce(string_agg(left(asked.code, 40), ', '), ''))
    from unnest(${codes}::text[]) as asked(code)
    where not exists (select from ${identifier(table)} as known where known.${identifier(column)} = asked.code))`;
}
