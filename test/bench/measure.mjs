/** Measures the contestants side by side, round by round. */
import { join } from 'node:path';
import { requestOf } from './contestants.mjs';
import { root, start } from './processes.mjs';

/** Most different requests of one run: enough that nothing is there by chance. */
const MOST_REQUESTS = 1_000;
const MOST_WARM_UP_SECONDS = 5;

/** Starts the load generator; `run(job)` answers what it measured. */
export function startLoad() {
  const child = start([join(root, 'test/bench/load.mjs')]);
  let settle;
  child.on('message', ({ result, error }) =>
    error ? settle.reject(new Error(error)) : settle.resolve(result),
  );
  child.on('exit', () => settle?.reject(new Error(`The load generator ended: ${child.messages}`)));
  return {
    run(job) {
      return new Promise((resolve, reject) => {
        settle = { resolve, reject };
        child.send(job);
      });
    },
  };
}

/** The requests of a shape to a contestant, one for each case. */
export function requestsOf(contestant, shape, number, cases) {
  return cases.slice(0, MOST_REQUESTS).map((given) => requestOf(contestant, shape, number, given));
}

/**
 * Warms each contestant up, then measures all of them in every round, each round in another sequence, so that
 * what changes on the machine meanwhile meets all of them.
 * @param pairs `{ shape, number, cases, contestants }` of each shape that is measured
 * @returns of each shape and contestant the results of all rounds
 */
export async function measure(load, pairs, { rounds, seconds, postmaster }, say) {
  const jobs = pairs.flatMap(({ shape, number, cases, contestants }) =>
    contestants.map((contestant) => ({
      shape,
      contestant,
      results: [],
      job: {
        url: contestant.url,
        requests: requestsOf(contestant, shape, number, cases),
        seconds,
        server: contestant.child.pid,
        postmaster,
      },
    })),
  );
  const run = async ({ shape, contestant, job }, options) => {
    try {
      return await load.run({ ...job, ...options });
    } catch (error) {
      throw new Error(`${contestant.name}, "${shape.name}": ${error.message}`);
    }
  };
  const warmUp = Math.min(MOST_WARM_UP_SECONDS, seconds * 2);
  say(`Warming up: ${jobs.length} times ${warmUp} s …`);
  for (const job of jobs) await run(job, { seconds: warmUp });
  for (let round = 0; round < rounds; round++) {
    say(`Round ${round + 1} of ${rounds} …`);
    for (const { shape } of pairs) {
      const ofShape = jobs.filter((job) => job.shape === shape);
      for (let turn = 0; turn < ofShape.length; turn++) {
        const job = ofShape[(turn + round) % ofShape.length];
        job.results.push(await run(job));
      }
    }
  }
  return jobs.map(({ shape, contestant, results }) => ({ shape, contestant, ...summary(results) }));
}

/** Medians over the rounds; processor time is all of it by all requests, for its ticks are coarse. */
function summary(results) {
  const all = (key) => results.map((result) => result[key]);
  const requests = all('requests').reduce((sum, value) => sum + value, 0);
  const cpu = (part) => {
    if (results.some(({ cpu }) => (cpu?.[part] ?? null) === null)) return null;
    return results.reduce((sum, result) => sum + result.cpu[part], 0) / requests;
  };
  const [server, database] = [cpu('server'), cpu('database')];
  return {
    rps: median(all('rps')),
    rpsMin: Math.min(...all('rps')),
    rpsMax: Math.max(...all('rps')),
    p50: median(all('p50')),
    p99: median(all('p99')),
    cpuMs: server === null || database === null ? null : server + database,
    cpuMsServer: server,
    cpuMsDatabase: database,
    requests,
  };
}

/** The middle one of some values. */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
