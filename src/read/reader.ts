import type { Pool } from 'pg';
import type { Viewer } from '../access/viewer.ts';
import { UnauthenticatedError, UserError } from '../errors.ts';
import { render, type Sql, sql } from './sql.ts';

/** Something that wants to see the SQL of an operation: a test, a log. */
export type StatementObserver = (statement: { text: string; values: readonly unknown[] }) => void;

/** Longest text and most values of one statement. A text search of more words than this exhausts a server. */
const LONGEST_TEXT = 10_000;
const MOST_VALUES = 2_000;

/**
 * The one function that sends read SQL. It binds the viewer into the same statement that reads, so that a
 * row can never be read without it, in one round trip, on a pooled connection and on the embedded database.
 */
export class Reader {
  constructor(private readonly pool: () => Promise<Pick<Pool, 'query'>>) {}

  /**
   * The value of an expression that gives JSON text.
   * @throws UnauthenticatedError when the hub holds real records and the viewer is not known.
   * @throws UserError TEXT_TOO_LONG, QUERY_TOO_LARGE
   */
  async json(expression: Sql, viewer: Viewer, observe?: StatementObserver): Promise<unknown> {
    const open = viewer.isAdministrator
      ? sql`v.x is not null`
      : sql`v.x is not null and not (select s.holds_real_rows from hub_state as s)`;
    const statement = render(
      sql`with v as materialized (select set_config('hub.viewer', ${viewer.principal}, true) as x) select ${open} as open, case when ${open} then ${expression} end as json from v`,
    );
    checkSize(statement.values);
    observe?.(statement);
    const pool = await this.pool();
    const { rows } = await pool.query(statement.text, statement.values);
    const { open: isOpen, json } = (rows[0] ?? {}) as { open?: boolean; json?: string | null };
    if (isOpen === false) {
      throw new UnauthenticatedError(
        'This hub holds real records: reading them needs a token. Send it as "Authorization: Bearer <token>".',
      );
    }
    if (typeof json !== 'string') throw new Error('A read statement gave no JSON text');
    return JSON.parse(json);
  }
}

function checkSize(values: readonly unknown[]): void {
  if (values.length > MOST_VALUES) {
    throw new UserError(
      'QUERY_TOO_LARGE',
      `This field comes to ${values.length} values in one statement, and ${MOST_VALUES} are allowed: shorten its filters, or ask in several requests.`,
    );
  }
  for (const value of values.flat()) {
    if (typeof value === 'string' && value.length > LONGEST_TEXT) {
      throw new UserError(
        'TEXT_TOO_LONG',
        `A text in a query has at most ${LONGEST_TEXT} characters; one of these has ${value.length}.`,
      );
    }
  }
}
