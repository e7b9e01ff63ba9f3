import { join, literal, raw, type Sql, sql } from './sql.ts';

/** JSON text put together in SQL: static pieces and expressions, as one concatenation. */
export function concat(pieces: readonly (string | Sql)[]): Sql {
  const merged: (string | Sql)[] = [];
  for (const piece of pieces) {
    const last = merged.at(-1);
    if (typeof piece === 'string' && typeof last === 'string') merged[merged.length - 1] = last + piece;
    else merged.push(piece);
  }
  const parts = merged.map((piece, index) => {
    if (typeof piece !== 'string') return merged.length > 1 ? sql`(${piece})` : piece;
    // A lone literal has no type of its own, and string_agg has to know that it is text.
    return index === 0 && merged.length === 1 ? sql`${literal(piece)}::text` : literal(piece);
  });
  return parts.length === 1 ? (parts[0] as Sql) : sql`(${join(parts, ' || ')})`;
}

/** An object from its members, in the sequence of the selection. */
export function objectJson(members: readonly { key: string; value: Sql | string }[]): Sql {
  const pieces: (string | Sql)[] = [];
  members.forEach(({ key, value }, index) => {
    pieces.push(`${index === 0 ? '{' : ','}${JSON.stringify(key)}:`, value);
  });
  pieces.push(members.length === 0 ? '{}' : '}');
  return concat(pieces);
}

/** The JSON array of an aggregate over rows; no row is an empty array. */
export function arrayJson(element: Sql, ending: Sql = raw('')): Sql {
  return sql`'[' || coalesce(string_agg(${element}, ','${ending}), '') || ']'`;
}
