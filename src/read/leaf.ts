import { type GraphQLLeafType, isEnumType } from 'graphql';

/** JSON text of a value that is not null, per scalar. A scalar without an entry cannot leave a row. */
const FORMATS: Record<string, (value: string) => string> = {
  ID: (value) => `to_json(${value}::text)::text`,
  String: (value) => `to_json(${value})::text`,
  URL: (value) => `to_json(${value})::text`,
  Int: (value) => `(${value})::text`,
  Boolean: (value) => `(${value})::text`,
  // to_char does not depend on the session's DateStyle.
  Date: (value) => `'"' || to_char(${value}, 'YYYY-MM-DD') || '"'`,
  DateTime: (value) => `'"' || to_char(${value} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') || '"'`,
  Decimal: (value) => `'"' || trim_scale(${value})::text || '"'`,
};

/** SQL for the JSON text of a value in the form that the schema promises for the type. NULL stays NULL. */
export function leafJson(type: GraphQLLeafType, value: string): string {
  // The names of an enum are their values in the database: nothing to escape.
  if (isEnumType(type)) return `'"' || ${value} || '"'`;
  const format = FORMATS[type.name];
  if (!format) throw new Error(`The scalar ${type.name} has no SQL form: add it to read/leaf.ts`);
  return format(value);
}

/** SQL for the JSON text of an array of text or enum values. */
export function leafListJson(value: string): string {
  return `to_json(${value})::text`;
}

/** SQL for the JSON text of a column as PostgreSQL writes it: for resolvers, never for a client. */
export function rawJson(value: string): string {
  return `to_json(${value})::text`;
}
