/**
 * How many entries a second are written: by `reportUsage`, and by plain INSERTs of the same entries into the same table,
 * once in a copy of the database without its triggers (constraints and indexes stay), and once with them.
 */
import pg from 'pg';
import { ask, requestTo, startHub } from '../contestants.mjs';
import { cpuTime } from '../cpu.mjs';
import { onServer } from '../database.mjs';
import { median } from '../measure.mjs';
import { fixed } from '../report.mjs';
import { batch, insertOf, readServices, reportOf } from './batches.mjs';

const SIZES = [200, 1_000];
const ENTRIES_PER_SECOND = 2_500;
const WRITERS = 8;
const TARGET = 0.4;

/**
 * Writes a fixed amount in each round and way, in turns.
 * @param urls `hub`: of a database that may be written to; `plain`: of its copy, which loses its triggers
 */
export async function measureWriting(urls, where, { rounds, seconds, postmaster }, say) {
  await onServer(urls.plain, (client) => client.query('alter table usage_entry disable trigger user'));
  const services = await onServer(urls.hub, readServices);
  const hub = await startHub(urls.hub, where);
  const pools = {
    plain: new pg.Pool({ connectionString: urls.plain, max: 1 }),
    rolledUp: new pg.Pool({ connectionString: urls.hub, max: 1 }),
  };
  const cpuOf = (pid) => () => cpuTime(pid, postmaster);
  const report = (source, share) => ({
    cpu: cpuOf(hub.child.pid),
    prepare: (number, size) => requestTo(hub, reportOf(batch(services, number, size, share), source)),
    write: (request, size) => mustAccept(hub, request, size),
  });
  const insert = (pool) => ({
    cpu: cpuOf(process.pid),
    prepare: (number, size) => insertOf(batch(services, number, size), 'bench-insert'),
    write: (statement) => pool.query(statement),
  });
  const ways = {
    reportUsage: report('bench-report'),
    plain: insert(pools.plain),
    rolledUp: insert(pools.rolledUp),
  };
  const amount = Math.round(ENTRIES_PER_SECOND * seconds);
  const bySize = [];
  try {
    for (const size of SIZES) {
      say(`Writing batches of ${size} …`);
      bySize.push({ size, ...(await inTurns(ways, { size, rounds, batches: Math.ceil(amount / size) })) });
    }
    say(`${WRITERS} writers at once …`);
    const share = (first) => report(`bench-report-${first}`, { first, of: WRITERS });
    const together = await atOnce(
      Array.from({ length: WRITERS }, (_, first) => share(first)),
      {
        size: SIZES[0],
        batches: Math.ceil(amount / SIZES[0]),
      },
    );
    return { target: TARGET, bySize, together: { writers: WRITERS, size: SIZES[0], ...together } };
  } finally {
    await Promise.all(Object.values(pools).map((pool) => pool.end()));
  }
}

/** Medians of the rounds by way; the first round warms up. */
async function inTurns(ways, { size, rounds, batches }) {
  const names = Object.keys(ways);
  const results = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = 0; round <= rounds; round++) {
    for (let turn = 0; turn < names.length; turn++) {
      const name = names[(turn + round) % names.length];
      const result = await series(ways[name], { size, batches, first: round * batches });
      if (round > 0) results[name].push(result);
    }
  }
  return Object.fromEntries(names.map((name) => [name, summary(results[name])]));
}

/** One batch after the other. */
async function series(way, { size, batches, first }) {
  const prepared = Array.from({ length: batches }, (_, n) => way.prepare(first + n, size));
  const before = way.cpu();
  const start = performance.now();
  for (const one of prepared) await way.write(one, size);
  return resultOf(size * batches, performance.now() - start, before, way.cpu());
}

/** As many batches by several writers at once, who report for the same months of the same services. */
async function atOnce(ways, { size, batches }) {
  const each = Math.max(1, Math.round(batches / ways.length));
  const one = await series(ways[0], { size, batches: each * ways.length, first: 0 });
  const prepared = ways.map((way) => Array.from({ length: each }, (_, n) => way.prepare(n, size)));
  const before = ways[0].cpu();
  const start = performance.now();
  await Promise.all(
    ways.map(async (way, n) => {
      for (const request of prepared[n]) await way.write(request, size);
    }),
  );
  const all = resultOf(size * each * ways.length, performance.now() - start, before, ways[0].cpu());
  return { one: summary([one]), all: summary([all]) };
}

async function mustAccept(hub, request, size) {
  const { text, data } = await ask(hub, request);
  if (data.reportUsage.acceptedCount !== size)
    throw new Error(`Not all was accepted: ${text.slice(0, 1000)}`);
}

function resultOf(entries, elapsed, before, after) {
  const used = (part) => ((before?.[part] ?? null) === null ? null : after[part] - before[part]);
  return {
    entries,
    perSecond: (entries * 1000) / elapsed,
    server: used('server'),
    database: used('database'),
  };
}

/** Entries per second, and milliseconds of processor time per thousand entries. */
function summary(results) {
  const entries = results.reduce((sum, result) => sum + result.entries, 0);
  const cpu = (part) =>
    results.some((result) => result[part] === null)
      ? null
      : (results.reduce((sum, result) => sum + result[part], 0) * 1000) / entries;
  return {
    perSecond: median(results.map(({ perSecond }) => perSecond)),
    cpuMsServer: cpu('server'),
    cpuMsDatabase: cpu('database'),
  };
}

const WORDS = {
  reportUsage: 'reportUsage over HTTP',
  plain: 'INSERT without triggers',
  rolledUp: 'INSERT with triggers',
};

/** The results in words. */
export function writingText({ target, bySize, together }) {
  const line = (what, { perSecond, cpuMsServer, cpuMsDatabase }) =>
    `${what.padEnd(24)} ${fixed(perSecond).padStart(7)} entries/s, CPU ms per 1,000: node ${fixed(cpuMsServer)}, database ${fixed(cpuMsDatabase)}`;
  const ratio = (a, b) => a.perSecond / b.perSecond;
  const verdict = (value) => (value >= target ? 'met' : 'MISSED');
  return [
    ...bySize.flatMap(({ size, ...ways }) => [
      '',
      `writing, ${size} entries at a time`,
      ...Object.entries(ways).map(([name, way]) => line(WORDS[name], way)),
      `reportUsage/INSERT without triggers ${fixed(ratio(ways.reportUsage, ways.plain))}, target ≥ ${target} ${verdict(ratio(ways.reportUsage, ways.plain))}; with triggers ${fixed(ratio(ways.reportUsage, ways.rolledUp))}`,
    ]),
    '',
    `reportUsage by several writers for the same months, ${together.size} entries at a time`,
    line('1 writer', together.one),
    line(`${together.writers} writers at once`, together.all),
  ].join('\n');
}
