/** `npm run bench -- --metrics`: questions about usage, and its writing. */
import { join } from 'node:path';
import { ask, requestOf, startHub, startStatements } from '../contestants.mjs';
import { copyDatabase, onServer, openDatabase, openServer, postmasterFor } from '../database.mjs';
import { measure, startLoad } from '../measure.mjs';
import { choose } from '../options.mjs';
import { stopAll } from '../processes.mjs';
import { headOf, jsonText, machineText, shapesOf, tableText } from '../report.mjs';
import { verify } from '../verify.mjs';
import { METRIC_SHAPES, readKeys } from './shapes.mjs';
import { measureWriting, writingText } from './writing.mjs';

const WRITING = 'writing';
/** One answer that takes so long, asked alone, takes longer than the hub allows when several ask. */
const TOO_SLOW_MS = 1_500;
const CONTESTANTS = ['hub', 'limit', 'entries'];

/**
 * Runs as the options say, and answers what to print.
 * @param where `hub`: folder of the hub that is measured; `dataDir`: a folder for what it writes
 */
export async function runMetrics(options, where, hooks) {
  const { say, onStop } = hooks;
  const chosen = choose(options.only, [...METRIC_SHAPES.map(({ name }) => name), WRITING], CONTESTANTS);
  const server = await openServer(options.keep, hooks);
  const data = { ...options, data: 'metrics' };
  const database = await openDatabase(server, data, hooks);
  const tenfold = options.flat && (await openDatabase(server, { ...data, scale: options.scale * 10 }, hooks));
  const isWritten = chosen.shapes.includes(WRITING);
  if (isWritten) say('Copying the database, to write in the copies …');
  const written = isWritten && {
    hub: await copyDatabase(server, database.url, 'written', onStop),
    plain: await copyDatabase(server, database.url, 'plain', onStop),
  };
  onStop(stopAll);

  const postmaster = await postmasterFor(database.url);
  const result = {
    ...headOf(options, database, postmaster),
    tenfold: tenfold ? { loadSeconds: tenfold.loadSeconds, databaseSize: tenfold.size } : null,
  };
  say(`\n${machineText(result)}\n`);
  const shapes = METRIC_SHAPES.filter(({ name }) => chosen.shapes.includes(name));
  result.shapes = [];
  if (shapes.length > 0) {
    say('Starting the contestants …');
    const urls = { database: database.url, tenfold: tenfold?.url };
    const pairs = await compare(shapes, urls, chosen.contestants, where, say);
    const results = await measure(startLoad(), pairs, { ...options, postmaster }, say);
    result.shapes = shapesOf(pairs, results);
    await stopAll();
  }
  if (written) result.writing = await measureWriting(written, where, { ...options, postmaster }, say);
  if (options.json) return jsonText(result);
  return [tableText(result.shapes), ...(written ? [writingText(result.writing)] : [])].join('\n');
}

/** Starts the contestants, and compares what they answer: who differs is not measured. */
async function compare(shapes, urls, names, where, say) {
  const anonymous = { token: null };
  const hub = { ...(await startHub(urls.database, where)), ...anonymous };
  const contestants = [hub];
  for (const name of ['entries', 'limit']) {
    if (names.includes(name)) contestants.push(await startStatements(name, urls.database, true));
  }
  const others = [];
  if (urls.tenfold) {
    const elsewhere = { ...where, dataDir: join(where.dataDir, 'tenfold') };
    others.push({ ...(await startHub(urls.tenfold, elsewhere)), ...anonymous, name: 'tenfold' });
    others.push({ ...(await startStatements('limit', urls.tenfold, true)), name: 'tenfold limit' });
  }
  const keys = await onServer(urls.database, readKeys);
  say('Comparing their answers …');
  const pairs = [];
  for (const shape of shapes) {
    const number = METRIC_SHAPES.indexOf(shape);
    const cases = shape.cases(keys);
    const problem = await problemOf(hub, requestOf(hub, shape, number, cases[0]));
    if (problem) say(`"${shape.name}" is measured without the hub: ${problem}`);
    const isAsked = ({ isByNumber }) => isByNumber || !problem;
    const [here, there] = [contestants.filter(isAsked), others.filter(isAsked)];
    await verify(here, shape, number, cases);
    if (there.length > 0) await verify(there, shape, number, cases);
    pairs.push({ shape, number, cases, contestants: [...here, ...there] });
  }
  return pairs;
}

/** Why a hub, which may be an older one, cannot be asked: it has no such field, or would run into its own time limit. */
async function problemOf(hub, request) {
  const start = performance.now();
  try {
    await ask(hub, request);
  } catch (error) {
    const code = /GRAPHQL_VALIDATION_FAILED|QUERY_TIMEOUT/.exec(error.message)?.[0];
    if (code) return code;
    throw error;
  }
  const took = performance.now() - start;
  return took > TOO_SLOW_MS ? `it takes ${(took / 1000).toFixed(1)} s for one answer` : undefined;
}
