import { access, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { startEmbeddedDatabase } from '../../dist/src/database/embedded.js';

/** Longest wait for a stall, and longest stall. */
const WAIT_MS = 20_000;

/** Triggers, by the place where they stall. */
const PLACES = {
  'before insert on site': 'trigger stall before insert on site for each row',
  'before insert on idempotency_record': 'trigger stall before insert on idempotency_record for each row',
  'deferred after insert on idempotency_record':
    'constraint trigger stall after insert on idempotency_record deferrable initially deferred for each row',
  'after insert on usage_entry': 'trigger stall after insert on usage_entry for each row',
  // Events that were written with it are there before it.
  'before the event OFFERED': `trigger stall before insert on order_event for each row when (new.kind = 'OFFERED')`,
  'deferred after insert on order_event':
    'constraint trigger stall after insert on order_event deferrable initially deferred for each row',
};

/** Puts a trigger that stalls at a place, and takes away the one before; none without a place. */
async function stallAt(client, place, announce) {
  await client.query('drop function if exists stall() cascade');
  if (!place) return;
  // The hub serves under a role that may write no files.
  await client.query(`create function stall() returns trigger language plpgsql security definer as $$
    begin
      ${announce}
      perform pg_sleep(${WAIT_MS / 1000});
      return new;
    end $$`);
  await client.query(`create ${PLACES[place]} execute function stall()`);
}

async function until(what, condition) {
  for (let waited = 0; waited < WAIT_MS; waited += 20) {
    if (await condition()) return;
    await sleep(20);
  }
  throw new Error(`${what} did not happen within ${WAIT_MS} ms`);
}

/** Works with a connection of the owner's, and ends it. */
export async function connected(connectionString, work) {
  // An owner that is no superuser sees rows as the hub itself does.
  const options = '-c hub.viewer=system -c hub.scope={"administrator":true}';
  const client = new pg.Client({ connectionString, options });
  // Who ends the connection is heard by the next statement; between two it ends no run.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** The embedded database in a folder: one process at a time, the hub or this one. */
export function embeddedStore(folder) {
  // The trigger writes a file in the database's own folder: the only sign that leaves an open transaction.
  const marker = join(folder, 'pgdata', 'stalled');
  const announce = `execute format('copy (select 1) to %L', current_setting('data_directory') || '/stalled');`;
  return {
    name: 'the embedded database',
    environment: { HUB_DATA_DIR: folder, DATABASE_URL: '', HUB_MODE: 'demonstration' },
    async use(work) {
      const database = await startEmbeddedDatabase(folder);
      try {
        const host = new URL(database.url).searchParams.get('host');
        const client = new pg.Client({ host, user: 'postgres', database: 'postgres' });
        await client.connect();
        const result = await work(client);
        await client.end();
        return result;
      } finally {
        await database.stop();
      }
    },
    stallAt: async (client, place) => {
      await rm(marker, { force: true });
      await stallAt(client, place, announce);
    },
    waitForStall: () =>
      until('The stall', () =>
        access(marker).then(
          () => true,
          () => false,
        ),
      ),
    assertLeftLocked: async (pid) => {
      const lock = await readFile(join(folder, 'hub.lock'), 'utf8');
      if (Number.parseInt(lock, 10) !== pid) throw new Error(`hub.lock says ${lock}, not ${pid}`);
    },
    remove: async () => {},
  };
}

/** A database of its own on a real server. */
export async function serverStore(server, dataDir) {
  const name = `hub_crash_${process.pid}`;
  await connected(server, (client) => client.query(`create database ${name}`));
  const url = new URL(server);
  url.pathname = `/${name}`;
  const others = `from pg_stat_activity where datname = '${name}' and pid <> pg_backend_pid()`;
  return {
    name: 'a PostgreSQL server',
    environment: { HUB_DATA_DIR: dataDir, DATABASE_URL: url.href, HUB_MODE: 'operation' },
    use: (work) =>
      connected(url.href, async (client) => {
        // A server notices that its client is gone when it next writes to it: a sleeping one is woken.
        await client.query(`select pg_terminate_backend(pid) ${others} and wait_event = 'PgSleep'`);
        await until('The end of the killed hub’s sessions', async () => {
          const { rows } = await client.query(`select count(*)::int as n ${others}`);
          return rows[0].n === 0;
        });
        return work(client);
      }),
    stallAt: (client, place) => stallAt(client, place, ''),
    waitForStall: () =>
      connected(server, (client) =>
        until('The stall', async () => {
          const { rows } = await client.query(`select 1 ${others} and wait_event = 'PgSleep'`);
          return rows.length > 0;
        }),
      ),
    assertLeftLocked: undefined,
    remove: () => connected(server, (client) => client.query(`drop database if exists ${name} with (force)`)),
  };
}
