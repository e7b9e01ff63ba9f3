import { type GraphQLLeafType, isEnumType } from 'graphql';
import { raw, type Sql, sql } from './sql.ts';

/** JSON text of a value that is not null, per scalar. A scalar without an entry cannot leave a row. */
const FORMATS: Record<string, (value: Sql) => Sql> = {
  ID: (value) => sql`to_json(${value}::text)::text`,
  String: (value) => sql`to_json(${value})::text`,
  URL: (value) => sql`to_json(${value})::text`,
  Int: (value) => sql`(${value})::text`,
  Boolean: (value) => sql`(${value})::text`,
  // to_char does not depend on the session's DateStyle.
  Date: (value) => sql`'"' || to_char(${value}, 'YYYY-MM-DD') || '"'`,
  DateTime: (value) =>
    sql`'"' || to_char(${value} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') || '"'`,
  Decimal: (value) => sql`'"' || trim_scale(${value})::text || '"'`,
};
/** SQL for the JSON text of a value in the form that the schema promises for the type. NULL stays NULL. */
export function leafJson(type: GraphQLLeafType, value: Sql): Sql {
  // The names of an enum are their values in the database: nothing to escape.
  if (isEnumType(type)) return sql`'"' || ${value} || '"'`;
  const format = FORMATS[type.name];
  if (!format) throw new Error(`The scalar ${type.name} has no SQL form: add it to read/leaf.ts`);
  return format(value);
}

/** SQL for the JSON text of an array of text or enum values. */
export function leafListJson(value: Sql): Sql {
  return sql`to_json(${value})::text`;
}

/** The JSON text of nothing. */
export const NULL_JSON: Sql = raw(`'null'`);
