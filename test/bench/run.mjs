/** One run of the benchmark, from the database to the text of its results. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ask, requestOf, startConstant, startContestants } from './contestants.mjs';
import { hasProc, postmasterOf } from './cpu.mjs';
import { onServer, openDatabase } from './database.mjs';
import { measure, startLoad } from './measure.mjs';
import { measureMemory, memoryText } from './memory.mjs';
import { choose } from './options.mjs';
import { stopAll } from './processes.mjs';
import { jsonText, machineOf, machineText, shapesOf, tableText } from './report.mjs';
import { readKeys, SHAPES } from './shapes.mjs';
import { verify } from './verify.mjs';

const CONTESTANTS = ['hub', 'anonymous', 'member', 'postgraphile', 'limit', 'constant'];
const MOST_WARM_UP_SECONDS = 5;

/**
 * Runs as the options say, and answers what to print.
 * @param hooks `say` takes progress; `onStop` takes what has to happen at the end; `whenReady` is called when the
 *   database server is there
 * @throws Error when contestants differ, or one does not answer well
 */
export async function run(options, { say, onStop, whenReady }) {
  const names = SHAPES.map(({ name }) => name);
  const chosen = choose(options.only, names, CONTESTANTS);
  const dataDir = await mkdtemp(join(tmpdir(), 'mutualhub-bench-hub-'));
  onStop(() => rm(dataDir, { recursive: true, force: true }));
  whenReady();
  const database = await openDatabase(options, say, onStop, whenReady);
  onStop(stopAll);

  const { keys, postmaster } = await onServer(database.url, async (client) => {
    const { rows } = await client.query('select pg_backend_pid() as pid, current_database() as name');
    return { keys: await readKeys(client), postmaster: postmasterOf(rows[0].pid, rows[0].name) };
  });
  const result = {
    machine: machineOf(database),
    scale: options.scale,
    loadSeconds: database.loadSeconds,
    hasProc,
    isDatabaseHere: postmaster !== undefined,
    shapes: [],
  };
  say(`\n${machineText(result)}\n`);
  const where = { hub: options.hub, dataDir };
  if (options.memory) {
    const [hub] = await startContestants(database.url, where, ['hub']);
    result.memory = await measureMemory(startLoad(), hub, SHAPES, keys, say);
    return options.json ? jsonText(result) : memoryText(result.memory);
  }

  say('Starting the contestants …');
  const contestants = await startContestants(database.url, where, chosen.contestants);
  const pairs = SHAPES.map((shape, number) => ({
    shape,
    number,
    cases: shape.cases(keys),
    contestants,
  })).filter(({ shape }) => chosen.shapes.includes(shape.name));
  say('Comparing their answers …');
  for (const { shape, number, cases } of pairs) await verify(contestants, shape, number, cases);
  if (chosen.contestants.includes('constant')) await addConstant(pairs, options.hub);
  const results = await measure(
    startLoad(),
    pairs,
    {
      rounds: options.rounds,
      seconds: options.seconds,
      warmUp: Math.min(MOST_WARM_UP_SECONDS, options.seconds * 2),
      postmaster,
    },
    say,
  );
  result.shapes = shapesOf(pairs, results);
  return options.json ? jsonText(result) : tableText(result.shapes);
}

/** The answer that stays the same is the hub's own to the shape that asks for it. */
async function addConstant(pairs, hubFolder) {
  const pair = pairs.find(({ shape }) => shape.target.constant !== undefined);
  if (!pair) return;
  const { shape, number, cases, contestants } = pair;
  const [hub] = contestants;
  const { data } = await ask(hub, requestOf(hub, shape, number, cases[0]));
  const constant = await startConstant(hubFolder, JSON.stringify(data));
  await verify([hub, constant], shape, number, cases.slice(0, 1));
  pair.contestants = [...contestants, constant];
}
