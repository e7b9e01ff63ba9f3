import { UserError } from '../errors.ts';

/**
 * What one operation may come to, over all its root fields. A short document can ask for megabytes of SQL, or
 * for millions of rows: pages inside pages multiply. The estimate is made before any SQL is sent.
 */
const MOST_SOURCES = 200;
const MOST_FIELDS = 2_000;
const MOST_ROWS = 50_000;

/** Rows that a list without a page is taken to have: such lists are short by their nature. */
export const LIST_ESTIMATE = 5;

/** Estimated rows that cost a point. */
const ROWS_A_POINT = 100;

export class Budget {
  private sources = 0;
  private fields = 0;
  private rows = 0;

  /** What reading this costs: a point for the operation, one for each table, and one for each 100 rows begun. */
  get points(): number {
    return 1 + this.sources + Math.ceil(this.rows / ROWS_A_POINT);
  }

  /** A table, or a subquery of so many, that gives about so many rows in all. */
  source(rows: number, sources = 1): void {
    this.sources += sources;
    this.rows += rows;
    if (this.sources > MOST_SOURCES) throw tooLarge(MOST_SOURCES, 'objects and lists');
    if (this.rows > MOST_ROWS) throw tooLarge(MOST_ROWS, 'rows, as pages inside pages multiply');
  }

  select(fields: number): void {
    this.fields += fields;
    if (this.fields > MOST_FIELDS) throw tooLarge(MOST_FIELDS, 'fields');
  }
}

function tooLarge(most: number, what: string): UserError {
  return new UserError(
    'QUERY_TOO_LARGE',
    `This operation comes to more than ${most} ${what}: ask for smaller pages or less in each, or in several requests.`,
  );
}
