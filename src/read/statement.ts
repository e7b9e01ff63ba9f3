import { LRUCache } from 'lru-cache';

/** A read statement's text, and how often it was sent. */
export interface Statement {
  text: string;
  uses: number;
  /** The name under which connections prepare it, once it has proven that it comes again. */
  name: string | undefined;
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
  get(key: string, write: () => string): Statement {
    let statement = this.kept.get(key);
    if (!statement) {
      statement = { text: write(), uses: 0, name: undefined };
      this.kept.set(key, statement);
    }
    return statement;
  }
}
