import { LRUCache } from 'lru-cache';
import type { Viewer } from '../access/viewer.ts';
import { concat, joined, type Piece } from './json.ts';
import { type Parameters, sql } from './sql.ts';

/** A read statement: its text, and the JSON text that its columns stand in. */
export interface Statement {
  text: string;
  /** What is known of the answer: one piece more than the statement has columns, and a column between each two. */
  fixed: readonly string[];
  uses: number;
  /** The name under which connections prepare it, once it has proven that it comes again. */
  name: string | undefined;
}

/** Most columns of a statement; an answer of more parts is put together in SQL. */
const MOST_COLUMNS = 100;

/**
 * The statement that reads pieces of JSON text as a viewer. It sets the viewer and reads in one round trip, on a pooled
 * connection and on the embedded database alike; where the viewer is not set it gives no row. Row security reads what is
 * set when the first protected row is looked at, which is after this. The parameters are complete when this returns; the text is made when it is
 * called for.
 */
export function statementOf(
  viewer: Viewer,
  parameters: Parameters,
  pieces: () => readonly Piece[],
): () => Statement {
  const principal = parameters.text(sql`${viewer.principal}::text`);
  const scope = parameters.text(sql`${viewer.reads.scope}::text`);
  return () => {
    const { columns, fixed } = inColumns(pieces());
    const text = `with v as materialized (select set_config('hub.viewer', ${principal}, true) as x, set_config('hub.scope', ${scope}, true) as y) select ${columns.join(', ')} from v where v.x is not null and v.y is not null`;
    return { text, fixed, uses: 0, name: undefined };
  };
}

/** The known pieces stay here: a long text that is put together in SQL is copied once for every piece. */
function inColumns(pieces: readonly Piece[]): { columns: string[]; fixed: string[] } {
  const columns: string[] = [];
  const fixed = [''];
  for (const piece of joined(pieces)) {
    if ('json' in piece) fixed[columns.length] += piece.json;
    else {
      columns.push(`(${piece.sql})::text as c${columns.length}`);
      fixed.push('');
    }
  }
  if (columns.length <= MOST_COLUMNS) return { columns, fixed };
  return { columns: [`${concat(pieces)} as c0`], fixed: ['', ''] };
}

/** Most statements that are kept, and most characters of them. */
const MOST_STATEMENTS = 1_000;
const MOST_CHARACTERS = 16 * 1024 * 1024;

/** The statements of operations, by all that their text depends on. The least used are forgotten first. */
export class Statements {
  private readonly kept = new LRUCache<string, Statement>({
    max: MOST_STATEMENTS,
    maxSize: MOST_CHARACTERS,
    sizeCalculation: ({ text }, key) => text.length + key.length,
  });

  /** The statement under a key; written when it is not there. */
  get(key: string, write: () => Statement): Statement {
    let statement = this.kept.get(key);
    if (!statement) {
      statement = write();
      this.kept.set(key, statement);
    }
    return statement;
  }
}
