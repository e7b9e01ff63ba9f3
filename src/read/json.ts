import { literal } from './sql.ts';

/** JSON text in the making: a piece that is known, or SQL that gives text and is never NULL. */
export type Piece = { json: string } | { sql: string };

/** Known text as SQL. */
export function quoted(text: string): string {
  return literal(text).texts[0] as string;
}

/** JSON text put together in SQL: known pieces and expressions, as one concatenation. */
export function concat(pieces: readonly Piece[]): string {
  const merged: Piece[] = [];
  for (const piece of pieces) {
    const last = merged.at(-1);
    if ('json' in piece && last && 'json' in last)
      merged[merged.length - 1] = { json: last.json + piece.json };
    else merged.push(piece);
  }
  const [only] = merged;
  if (merged.length === 1 && only) {
    // A lone literal has no type of its own, and string_agg has to know that it is text.
    return 'json' in only ? `${quoted(only.json)}::text` : only.sql;
  }
  const parts = merged.map((piece) => ('json' in piece ? quoted(piece.json) : `(${piece.sql})`));
  return `(${parts.join(' || ')})`;
}

/** An object from its members, in the sequence of the selection. */
export function objectJson(members: readonly { key: string; value: Piece }[]): string {
  const pieces: Piece[] = [];
  members.forEach(({ key, value }, index) => {
    pieces.push({ json: `${index === 0 ? '{' : ','}${JSON.stringify(key)}:` }, value);
  });
  pieces.push({ json: members.length === 0 ? '{}' : '}' });
  return concat(pieces);
}

/** The JSON array of an aggregate over rows; no row is an empty array. */
export function arrayJson(element: string, ending = '', filter = ''): string {
  return `'[' || coalesce(string_agg(${element}, ','${ending})${filter}, '') || ']'`;
}
