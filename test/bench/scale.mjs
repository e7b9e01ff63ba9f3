/**
 * Synthetic data at the scale of a country: at scale 1, 5,000 partners, 18,000 enrolments and 1.8 million
 * usage entries over 36 months. Made up from sequence numbers and hashes alone, the same on every run of one
 * version of PostgreSQL, and marked as synthetic.
 */
import { DIRECTORY, ENROLMENTS, HELPERS, ROLLUPS, USAGE } from './scale-sql.mjs';

const PARTNERS = 5_000;
const ENTRIES = 1_800_000;

/** Tables that are filled, for `vacuum analyze`. */
const TABLES = [
  ...['federation', 'provider', 'population', 'shared_service', 'service_carrier', 'partner', 'site'],
  ...['recognition', 'membership', 'population_member', 'enrolment', 'enrolment_event', 'usage_entry'],
  ...['partner_profile', 'usage_month', 'usage_total', 'usage_sum'],
];

/**
 * Fills a migrated database that has its reference data and no partner yet, in one transaction, and makes it
 * one of a demonstration, which is what may hold synthetic rows. Takes the role of a superuser.
 * @param client one session of `pg`, with nothing under way: a `Client`, or a `Pool` of one
 * @param options `scale` 1 is what is said above, 0.01 a hundredth of it; `say` takes a line of progress
 * @returns how many rows the main tables hold
 */
export function loadScale(client, { scale = 1, say = () => {} } = {}) {
  const numbers = {
    partners: Math.max(5, Math.round(PARTNERS * scale)),
    entries: Math.round(ENTRIES * scale),
  };
  return fillDatabase(client, { usage: USAGE, numbers, say });
}

/**
 * Fills a database like {@link loadScale}, with other usage or other numbers.
 * @param what `usage`: the statements that write the entries; `numbers` stand in the statements as `$name`, among
 *   them `partners`
 */
export async function fillDatabase(client, { usage, numbers, say }) {
  if (client.options?.max > 1) throw new Error('The load takes one session, and no pool of several.');
  await refuseFilled(client);
  const start = performance.now();
  const progress = (what) => say(`${what} after ${((performance.now() - start) / 1000).toFixed(1)} s`);
  await client.query('begin');
  try {
    // Triggers and foreign keys are not asked for each row: the rows keep the rules, and a test can say so.
    await client.query('set local session_replication_role = replica');
    await client.query(
      `set local maintenance_work_mem = '512MB'; set local work_mem = '256MB'; set local jit = off; set local timezone = 'UTC'`,
    );
    await client.query(`update hub_state set mode = 'demonstration', accepts_synthetic = true`);
    const later = await dropIndexes(client, ['usage_entry', 'enrolment', 'partner']);
    for (const statement of HELPERS) await client.query(statement);
    for (const statement of DIRECTORY) await fill(client, statement, numbers);
    progress(`${numbers.partners} partners`);
    for (const statement of ENROLMENTS) await fill(client, statement, numbers);
    progress('enrolments');
    for (const statement of usage) await fill(client, statement, numbers);
    progress('usage entries');
    for (const statement of later) await client.query(statement);
    progress('indexes');
    for (const statement of ROLLUPS) await client.query(statement);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
  progress('rollups');
  await client.query(`vacuum (analyze) ${TABLES.join(', ')}`);
  progress('vacuum analyze');
  return counts(client);
}

async function refuseFilled(client) {
  const { rows } = await client.query('select exists (select from partner) as filled');
  if (rows[0].filled) throw new Error('The database already holds partners: load into one without.');
}

/** Statements take their numbers as text: `$partners` and others. */
function fill(client, statement, numbers) {
  return client.query(statement.replace(/\$([a-z]\w*)/gi, (_, name) => String(Number(numbers[name]))));
}

/**
 * Takes away what makes an insert slow, and answers the statements that put it back as it was: plain indexes,
 * unique and exclusion constraints, and foreign keys from a table to itself, which would hold its key.
 */
async function dropIndexes(client, tables) {
  const { rows: constraints } = await client.query(
    `select quote_ident(conname) as name, conrelid::regclass::text as of, pg_get_constraintdef(oid) as definition
     from pg_constraint where conrelid = any($1::regclass[])
       and (contype in ('u', 'x') or contype = 'p' and conrelid = 'usage_entry'::regclass
         or contype = 'f' and conrelid = confrelid)
     order by contype = 'f', conname`,
    [tables],
  );
  const { rows: indexes } = await client.query(
    `select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition
     from pg_index i where i.indrelid = any($1::regclass[])
       and not exists (select from pg_constraint c where c.conindid = i.indexrelid)
     order by 1`,
    [tables],
  );
  for (const { name, of } of constraints.toReversed()) {
    await client.query(`alter table ${of} drop constraint ${name}`);
  }
  for (const { name } of indexes) await client.query(`drop index ${name}`);
  const adds = constraints.map((row) => `alter table ${row.of} add constraint ${row.name} ${row.definition}`);
  const foreign = constraints.filter((row) => row.definition.startsWith('FOREIGN KEY')).length;
  return [
    ...adds.slice(0, adds.length - foreign),
    ...indexes.map((row) => row.definition),
    ...adds.slice(adds.length - foreign),
  ];
}

async function counts(client) {
  const { rows } = await client.query(
    `select (select count(*) from partner)::int as partners, (select count(*) from enrolment)::int as enrolments,
       (select count(*) from usage_entry)::int as "usageEntries"`,
  );
  return rows[0];
}
