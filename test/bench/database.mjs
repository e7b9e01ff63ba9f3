/** The database server of a run: one of its own, or `DATABASE_URL`'s; on it one database of the benchmark. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { postgresServer } from '../support/postgres-server.mjs';
import { postmasterOf } from './cpu.mjs';
import { loadMetrics } from './metrics/data.mjs';
import { root, runHub } from './processes.mjs';
import { loadScale } from './scale.mjs';

/** What the server of a run is started with: moderate, and the same for every contestant. */
const SERVER_SETTINGS = {
  shared_buffers: '1GB',
  effective_cache_size: '3GB',
  max_connections: '60',
  max_wal_size: '8GB',
  autovacuum: 'off',
  fsync: 'off',
  synchronous_commit: 'off',
};

/** What the database is given, on a server of somebody else too. Statements this short gain nothing from JIT. */
const DATABASE_SETTINGS = { work_mem: '16MB', random_page_cost: '1.1', jit: 'off' };

/** The data sets: the name of the database, the load, and the files that make it. */
const DATA = {
  tables: { name: 'mutualhub_bench', load: loadScale, files: ['scale.mjs', 'scale-sql.mjs'] },
  metrics: {
    name: 'mutualhub_bench_metrics',
    load: loadMetrics,
    files: ['scale.mjs', 'scale-sql.mjs', 'metrics/data.mjs'],
  },
};

/**
 * Starts or finds the server of a run.
 * @param keep its folder stays for the next run
 * @param onStop takes what has to happen at the end, as soon as it has to
 * @param whenReady is called when the library of the server has put its handlers of signals in place
 * @returns the address of its first database
 */
export async function openServer(keep, { say, onStop, whenReady }) {
  return process.env.DATABASE_URL || (await startServer(keep, { say, onStop, whenReady }));
}

/**
 * Gives a server a database with data.
 * @param options `data`: which of the data sets; `keep`: the database stays for the next run
 * @returns the database's address, its settings as it says them, how long the load took, and the version
 */
export async function openDatabase(server, { data, scale, keep, hub }, { say, onStop }) {
  const { name: base, load, files } = DATA[data];
  const ofScale = scale === 1 ? base : `${base}_${String(scale).replace('.', '_')}`;
  const name = keep ? ofScale : `${ofScale}_${process.pid}`;
  const url = new URL(server);
  url.pathname = `/${name}`;
  const mark = `mutualhub bench, scale ${scale}, ${await fingerprint(hub, files)}`;
  const isKept = (await markOf(server, name)) === mark;
  let loadSeconds = null;
  if (!isKept) {
    await onServer(server, (client) => client.query(`drop database if exists ${name} with (force)`));
    if (process.env.DATABASE_URL && !keep) {
      onStop(() =>
        onServer(server, (client) => client.query(`drop database if exists ${name} with (force)`)),
      );
    }
    await onServer(server, async (client) => {
      await client.query(
        `create database ${name} template template0 encoding 'UTF8' lc_collate 'C' lc_ctype 'C'`,
      );
      for (const [key, value] of Object.entries(DATABASE_SETTINGS)) {
        await client.query(`alter database ${name} set ${key} = '${value}'`);
      }
    });
    say('Applying the migrations and the reference data …');
    // In operation nothing else is written; the load then makes it a demonstration.
    await runHub(hub, ['dist/src/cli.js', 'migrate'], { DATABASE_URL: url.href, HUB_MODE: 'operation' });
    say(`Loading at scale ${scale} …`);
    const start = performance.now();
    await onServer(url.href, (client) => load(client, { scale, say: (line) => say(`  ${line}`) }));
    loadSeconds = (performance.now() - start) / 1000;
    await onServer(server, (client) => client.query(`comment on database ${name} is '${mark}'`));
  } else say('The data of the last run is still there.');
  return { url: url.href, loadSeconds, ...(await describe(url.href)) };
}

/**
 * A copy of a database that nobody is connected to, dropped at the end.
 * @param url its address
 * @param name what is added to its name
 * @returns the address of the copy
 */
export async function copyDatabase(server, url, name, onStop) {
  const copy = new URL(url);
  const original = copy.pathname.slice(1);
  copy.pathname = `${copy.pathname}_${name}`;
  const drop = (client) => client.query(`drop database if exists ${original}_${name} with (force)`);
  await onServer(server, async (client) => {
    await drop(client);
    await client.query(`create database ${original}_${name} template ${original} strategy file_copy`);
    for (const [key, value] of Object.entries(DATABASE_SETTINGS)) {
      await client.query(`alter database ${original}_${name} set ${key} = '${value}'`);
    }
  });
  onStop(() => onServer(server, drop));
  return copy.href;
}

/** The first process of a database's server; undefined when it is not of this machine. */
export function postmasterFor(url) {
  return onServer(url, async (client) => {
    const { rows } = await client.query('select pg_backend_pid() as pid, current_database() as name');
    return postmasterOf(rows[0].pid, rows[0].name);
  });
}

async function startServer(keep, { say, onStop, whenReady }) {
  const kept = join(tmpdir(), 'mutualhub-bench');
  if (keep) await mkdir(kept, { recursive: true });
  const folder = keep ? kept : await mkdtemp(join(tmpdir(), 'mutualhub-bench-'));
  const { server, url } = await postgresServer(folder, {
    settings: SERVER_SETTINGS,
    persistent: true,
    onError: say,
  });
  whenReady();
  if (!keep) onStop(() => rm(folder, { recursive: true, force: true }));
  say(`Starting PostgreSQL${keep ? ` in ${folder}` : ''} …`);
  if (!existsSync(join(folder, 'data', 'PG_VERSION'))) await server.initialise();
  onStop(() => stopServer(server));
  await server.start();
  return url;
}

async function stopServer(server) {
  const { process: child } = server;
  // Ctrl-C reaches the server too: one that is gone already would never say so again.
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  await server.stop();
}

async function markOf(server, name) {
  let mark;
  await onServer(server, async (client) => {
    const { rows } = await client.query(
      `select shobj_description(oid, 'pg_database') as mark from pg_database where datname = $1`,
      [name],
    );
    mark = rows[0]?.mark;
  });
  return mark;
}

/** Of what makes the data: the migrations of the hub, and the load. */
async function fingerprint(hub, loaders) {
  const hash = createHash('sha256');
  const migrations = join(hub, 'dist/migrations');
  const files = (await readdir(migrations)).filter((name) => name.endsWith('.js')).sort();
  for (const name of files) hash.update(await readFile(join(migrations, name)));
  for (const name of loaders) {
    hash.update(await readFile(join(root, 'test/bench', name)));
  }
  return hash.digest('hex').slice(0, 12);
}

async function describe(url) {
  const names = [...Object.keys(SERVER_SETTINGS), ...Object.keys(DATABASE_SETTINGS)];
  const { rows } = await onServer(url, (client) =>
    client.query(
      `select current_setting('server_version') as version, pg_size_pretty(pg_database_size(current_database())) as size,
         (select json_object_agg(name, current_setting(name)) from unnest($1::text[]) as name) as settings`,
      [names],
    ),
  );
  return rows[0];
}

/** Runs `work` with a session on a database, and answers what it answers. */
export async function onServer(url, work) {
  const client = new pg.Client({ connectionString: url });
  // A server that ends fails the statement under way; nobody needs to hear of it a second time.
  client.on('error', () => {});
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
