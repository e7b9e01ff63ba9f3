/** One run of the benchmark, from the database to the text of its results. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ask, requestOf, startConstant, startContestants } from './contestants.mjs';
import { onServer, openDatabase, openServer, postmasterFor } from './database.mjs';
import { measure, startLoad } from './measure.mjs';
import { measureMemory, memoryText } from './memory.mjs';
import { runMetrics } from './metrics/run.mjs';
import { choose } from './options.mjs';
import { stopAll } from './processes.mjs';
import { runReadings } from './readings.mjs';
import { headOf, jsonText, machineText, shapesOf, tableText } from './report.mjs';
import { readKeys, SHAPES } from './shapes.mjs';
import { verify } from './verify.mjs';

const CONTESTANTS = ['hub', 'anonymous', 'member', 'postgraphile', 'limit', 'constant'];

/**
 * Runs as the options say, and answers what to print.
 * @param hooks `say` takes progress; `onStop` takes what has to happen at the end; `whenReady` is called when the
 *   database server is there
 * @throws Error when contestants differ, or one does not answer well
 */
export async function run(options, hooks) {
  const { say, onStop, whenReady } = hooks;
  const names = SHAPES.map(({ name }) => name);
  const dataDir = await mkdtemp(join(tmpdir(), 'mutualhub-bench-hub-'));
  onStop(() => rm(dataDir, { recursive: true, force: true }));
  whenReady();
  const where = { hub: options.hub, dataDir };
  if (options.metrics) return runMetrics(options, where, hooks);
  if (options.readings) return runReadings(options, where, hooks);
  const chosen = choose(options.only, names, CONTESTANTS);
  const server = await openServer(options.keep, hooks);
  const database = await openDatabase(server, { ...options, data: 'tables' }, hooks);
  onStop(stopAll);

  const keys = await onServer(database.url, readKeys);
  const postmaster = await postmasterFor(database.url);
  const result = { ...headOf(options, database, postmaster), shapes: [] };
  say(`\n${machineText(result)}\n`);
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
  const results = await measure(startLoad(), pairs, { ...options, postmaster }, say);
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
