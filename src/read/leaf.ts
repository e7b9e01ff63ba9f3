import { type GraphQLLeafType, isEnumType } from 'graphql';
import type { Piece } from './json.ts';

/** JSON text of a value that is not null, per scalar. A scalar without an entry cannot leave a row. */
const FORMATS: Record<string, (value: string) => readonly Piece[]> = {
  ID: (value) => [{ sql: `to_json(${value}::text)::text` }],
  String: (value) => [{ sql: `to_json(${value})::text` }],
  URL: (value) => [{ sql: `to_json(${value})::text` }],
  Int: (value) => [{ sql: `(${value})::text` }],
  Boolean: (value) => [{ sql: `(${value})::text` }],
  // In JSON a date is written the ISO way whatever the session's DateStyle, and in two thirds of to_char's time.
  Date: (value) => [{ sql: `to_json(${value})::text` }],
  DateTime: (value) => inQuotes(`to_char(${value} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`),
  Decimal: (value) => inQuotes(`trim_scale(${value})::text`),
};

function inQuotes(value: string): readonly Piece[] {
  return [{ json: '"' }, { sql: value }, { json: '"' }];
}

/** The JSON text of a value in the form that the schema promises for the type, in pieces; NULL makes it NULL. */
export function leafJson(type: GraphQLLeafType, value: string): readonly Piece[] {
  // The names of an enum are their values in the database: nothing to escape.
  if (isEnumType(type)) return inQuotes(value);
  const format = FORMATS[type.name];
  if (!format) throw new Error(`The scalar ${type.name} has no SQL form: add it to read/leaf.ts`);
  return format(value);
}

/** The JSON text of an array of text or enum values. */
export function leafListJson(value: string): readonly Piece[] {
  return [{ sql: `to_json(${value})::text` }];
}

/** SQL for the JSON text of a column as PostgreSQL writes it: for resolvers, never for a client. */
export function rawJson(value: string): string {
  return `to_json(${value})::text`;
}
