import { FLOWS } from './directory.mjs';

/**
 * Compares the entries that the database holds with what the writers were told: all that was acknowledged is there,
 * of every other request all or nothing, and there is nothing else.
 * @returns the entries that are there, as they were reported
 */
export async function compareEntries(client, writers) {
  const { rows } = await client.query(
    `select source || ' ' || external_reference as reference, 'usage_entry_' || id as id from usage_entry`,
  );
  const held = new Map(rows.map(({ reference, id }) => [reference, id]));
  const wrong = [];
  const entries = [];
  for (const { input, ids } of writers.flatMap(({ requests }) => requests)) {
    const found = input.entries.map(({ externalReference }) =>
      held.get(`${input.source} ${externalReference}`),
    );
    const there = found.filter((id) => id !== undefined).length;
    if (ids ? ids.join() !== found.join() : there !== 0 && there !== found.length) {
      wrong.push(
        `${input.idempotencyKey}, ${ids ? '' : 'not '}acknowledged: ${there} of ${found.length} are there`,
      );
    }
    if (there > 0) entries.push(...input.entries.map((entry, index) => ({ ...entry, id: found[index] })));
  }
  if (rows.length !== entries.length)
    wrong.push(`${rows.length} entries are there, of which ${entries.length} were reported`);
  if (wrong.length > 0) throw new Error(wrong.slice(0, 10).join('\n    '));
  return entries;
}

/** Compares the totals that a hub gives with those of the entries, added up here. */
export async function compareTotals(hub, entries) {
  const reversed = new Set(entries.map(({ reverses }) => reverses));
  const expected = Object.fromEntries(FLOWS.map((metric) => [metric, 0]));
  for (const { id, metric, quantity } of entries) {
    if (metric in expected && !reversed.has(id)) expected[metric] += Number(quantity);
  }
  const given = {};
  for (const metric of FLOWS) {
    const data = await hub.ask(
      `query ($metric: MetricKey!) { usageMetrics(metrics: [$metric]) { rows { cell { value } } } }`,
      { metric },
    );
    given[metric] = Number(data.usageMetrics.rows[0]?.cell.value);
  }
  const [said, counted] = [given, expected].map((totals) => JSON.stringify(totals));
  if (said !== counted) throw new Error(`the hub says ${said}, ${counted} were reported`);
}

/** Writers that meet wait for each other, and never in a circle: PostgreSQL counts the circles that it had to break. */
export async function assertNoDeadlock(client) {
  const { rows } = await client.query(
    'select deadlocks::int as n from pg_stat_database where datname = current_database()',
  );
  if (rows[0].n > 0) throw new Error(`${rows[0].n} deadlocks: the server’s log has their statements`);
}
