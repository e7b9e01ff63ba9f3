import { literal } from './sql.ts';

/** JSON text in the making: a piece that is known, or SQL that gives text and is never NULL. */
export type Piece = { json: string } | { sql: string };

/** Known text as SQL. */
export function quoted(text: string): string {
  return literal(text).texts[0] as string;
}

/** JSON text put together in SQL: known pieces and expressions, as one concatenation. */
export function concat(pieces: readonly Piece[]): string {
  const merged = joined(pieces);
  const [only] = merged;
  if (merged.length === 1 && only) {
    // A lone literal has no type of its own, and string_agg has to know that it is text.
    return 'json' in only ? `${quoted(only.json)}::text` : only.sql;
  }
  const parts = merged.map((piece) => ('json' in piece ? quoted(piece.json) : `(${piece.sql})`));
  return `(${parts.join(' || ')})`;
}

/** The same pieces with those that are known and stand side by side as one. */
export function joined(pieces: readonly Piece[]): Piece[] {
  const merged: Piece[] = [];
  for (const piece of pieces) {
    const last = merged.at(-1);
    if ('json' in piece && last && 'json' in last) {
      merged[merged.length - 1] = { json: last.json + piece.json };
    } else merged.push(piece);
  }
  return merged;
}

/** A member of an object; the pieces of its value stand side by side. */
export interface Member {
  key: string;
  value: readonly Piece[];
}

/** An object from its members, in the sequence of the selection. */
export function objectPieces(members: readonly Member[]): Piece[] {
  const pieces: Piece[] = [];
  members.forEach(({ key, value }, index) => {
    pieces.push({ json: `${index === 0 ? '{' : ','}${JSON.stringify(key)}:` }, ...value);
  });
  pieces.push({ json: members.length === 0 ? '{}' : '}' });
  return pieces;
}

/** An array of what an aggregate gives, which is NULL without rows: the array is then empty, not null. */
export function arrayPieces(elements: string): Piece[] {
  return [{ json: '[' }, { sql: `coalesce(${elements}, '')` }, { json: ']' }];
}
