import type { Pool, PoolClient } from 'pg';
import type { Viewer } from '../access/viewer.ts';
import { QueryTimeoutError, UserError } from '../errors.ts';
import { Prepared } from './prepared.ts';
import { Parameters, type Sql } from './sql.ts';
import { type Statement, Statements, statementOf } from './statement.ts';
import { ABSENT } from './tree.ts';

/** Something that wants to see the SQL of an operation: a test, a log. */
export type StatementObserver = (statement: { text: string; values: readonly unknown[] }) => void;

/** Who reads, and how the read can end before its time. */
export interface ReadRequest {
  viewer: Viewer;
  observe?: StatementObserver | undefined;
  /** Calls back when nobody waits for the answer any more; gives a function that takes the wish back. */
  onGone?: ((listener: () => void) => () => void) | undefined;
}

/** What a statement answered. */
export interface Answer {
  text: string;
  isComplete: boolean;
}

/** How the reader reaches the database. */
export interface ReaderOptions {
  pool: () => Promise<Pick<Pool, 'connect'>>;
  /** Ends the statement that a connection runs, named by the server's process. */
  cancel?: ((processId: number) => Promise<void>) | undefined;
  /** Whether statements that come again are prepared by name. */
  prepared: boolean;
}

/** Longest text in a statement: a text search of more words exhausts a server. */
const LONGEST_TEXT = 10_000;

/** Most values of a statement; the protocol takes 65,535. */
const MOST_VALUES = 2_000;

/** SQLSTATE of a statement that took longer than it may, or whose request ended. */
const QUERY_CANCELED = '57014';

/** The one place that sends read SQL. */
export class Reader {
  private readonly prepared: Prepared;
  private readonly questions = new Statements();

  constructor(private readonly options: ReaderOptions) {
    this.prepared = new Prepared(options.prepared);
  }

  /**
   * The JSON text that a statement gives, and whether something is missing in it ({@link ABSENT}).
   * @throws UserError TEXT_TOO_LONG, QUERY_TOO_LARGE
   */
  async text(statement: Statement, values: readonly unknown[], request: ReadRequest): Promise<Answer> {
    checkSize(values);
    request.observe?.({ text: statement.text, values });
    const pool = await this.options.pool();
    const client = await pool.connect();
    const cancellation = this.cancelWhenGone(client, request);
    try {
      cancellation.begin();
      const { rows } = await client.query<(string | null)[], unknown[]>({
        text: statement.text,
        values: values as unknown[],
        name: this.prepared.name(statement, client),
        rowMode: 'array',
      });
      const [row] = rows;
      if (!row) throw new Error('A read statement was not told who reads');
      return answerOf(statement, row);
    } catch (error) {
      if ((error as { code?: string }).code === QUERY_CANCELED) throw new QueryTimeoutError();
      throw error;
    } finally {
      // A cancellation that comes late would hit the connection's next statement: it gets none.
      const wasCancelled = await cancellation.end();
      client.release(wasCancelled || this.prepared.isFull(client));
    }
  }

  /** What a question of the hub's own answers a viewer: one value, in JSON. */
  async ask(question: Sql, viewer: Viewer): Promise<unknown> {
    const parameters = new Parameters();
    const text = parameters.text(question);
    const write = statementOf(viewer, parameters, () => [{ sql: `coalesce(to_json(${text}), 'null')` }]);
    const statement = this.questions.get(parameters.shape, write);
    return JSON.parse((await this.text(statement, parameters.values, { viewer })).text);
  }

  /** Ends a connection's statement when nobody waits for it any more; `end` waits until that is over. */
  private cancelWhenGone(client: PoolClient, { onGone }: ReadRequest): Cancellation {
    const { cancel } = this.options;
    const { processID } = client as PoolClient & { processID?: number | null };
    if (!cancel || !onGone || !processID) return NEVER;
    let isRunning = false;
    let isGone = false;
    let cancelling: Promise<void> | undefined;
    const forget = onGone(() => {
      isGone = true;
      if (isRunning) cancelling ??= cancel(processID);
    });
    return {
      begin: () => {
        // It left while the request waited for a connection.
        if (isGone) throw new QueryTimeoutError();
        isRunning = true;
      },
      end: async () => {
        forget();
        await cancelling;
        return cancelling !== undefined;
      },
    };
  }
}

/** What may happen to a statement while it runs. */
interface Cancellation {
  /** @throws QueryTimeoutError when nobody waits for it any more */
  begin(): void;
  /** Whether it was asked to stop, once that has been done. */
  end(): Promise<boolean> | boolean;
}

const NEVER: Cancellation = { begin: () => undefined, end: () => false };

function answerOf({ fixed }: Statement, row: readonly (string | null)[]): Answer {
  let text = fixed[0] as string;
  let isComplete = !text.includes(ABSENT);
  // Each part is looked at by itself: the whole is put together only where it is sent.
  row.forEach((column, index) => {
    if (column === null) throw new Error('A read statement gave no JSON text');
    const next = fixed[index + 1] as string;
    isComplete &&= !column.includes(ABSENT) && !next.includes(ABSENT);
    text += column + next;
  });
  return { text, isComplete };
}

function checkSize(values: readonly unknown[]): void {
  if (values.length > MOST_VALUES) {
    throw new UserError(
      'QUERY_TOO_LARGE',
      `This operation comes to ${values.length} values in one statement, and ${MOST_VALUES} are allowed: shorten its filters, or ask in several requests.`,
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
