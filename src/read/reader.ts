import type { Pool } from 'pg';
import type { Viewer } from '../access/viewer.ts';
import { UnauthenticatedError } from '../errors.ts';
import { render, type Sql, sql } from './sql.ts';

/** Something that wants to see the SQL of an operation: a test, a log. */
export type StatementObserver = (statement: { text: string; values: readonly unknown[] }) => void;

/**
 * The one function that sends read SQL. It binds the viewer into the same statement that reads, so that a
 * row can never be read without it, in one round trip, on a pooled connection and on the embedded database.
 */
export class Reader {
  constructor(private readonly pool: () => Promise<Pick<Pool, 'query'>>) {}

  /**
   * The value of an expression that gives JSON text.
   * @throws UnauthenticatedError when the hub holds real records and the viewer is not known.
   */
  async json(expression: Sql, viewer: Viewer, observe?: StatementObserver): Promise<unknown> {
    const open = viewer.isAdministrator
      ? sql`v.x is not null`
      : sql`v.x is not null and not (select s.holds_real_rows from hub_state as s)`;
    const statement = render(
      sql`with v as materialized (select set_config('hub.viewer', ${viewer.principal}, true) as x) select case when ${open} then ${expression} end as json from v`,
    );
    observe?.(statement);
    const pool = await this.pool();
    const { rows } = await pool.query(statement.text, statement.values);
    const json = (rows[0] as { json: string | null } | undefined)?.json;
    if (json === null || json === undefined) {
      throw new UnauthenticatedError(
        'This hub holds real records: reading them needs a token. Send it as "Authorization: Bearer <token>".',
      );
    }
    return JSON.parse(json);
  }
}
