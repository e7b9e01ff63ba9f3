import pg from 'pg';

/** Cancellations that may wait; more are not worth their connections. */
const MOST_WAITING = 20;

/**
 * Ends statements by the server process that runs them. It has a connection of its own for the moment, because those
 * of the pool may all be taken by what is to be ended, and does one at a time.
 */
export function canceller(url: string): (processId: number) => Promise<void> {
  let waiting = 0;
  let last: Promise<void> = Promise.resolve();
  return (processId) => {
    if (waiting >= MOST_WAITING) return Promise.resolve();
    waiting += 1;
    last = last
      .then(() => cancel(url, processId))
      // The statement time limit is what remains.
      .catch(() => undefined)
      .finally(() => {
        waiting -= 1;
      });
    return last;
  };
}

async function cancel(url: string, processId: number): Promise<void> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: 2_000,
    query_timeout: 2_000,
  });
  // An error of the connection itself rejects what waits for it.
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('select pg_cancel_backend($1)', [processId]);
  } finally {
    await client.end().catch(() => undefined);
  }
}
