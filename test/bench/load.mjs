/**
 * The load generator, a process of its own: autocannon with 8 connections. It counts in a window that begins
 * when the connections are busy and ends while they are, and reads the processors' time at both ends itself.
 */
import autocannon from 'autocannon';
import { cpuTime } from './cpu.mjs';

const CONNECTIONS = 8;
/** For the connections to be in step with the server, and for what the last contestant left to be over. */
const LEAD_MS = 500;
/** How long something slow may take beyond the time asked for. */
const LONGEST_SECONDS = 180;
const QUIET_MS = 200;

process.on('message', async (job) => {
  try {
    process.send({ result: await (job.amount ? serve(job) : measure(job)) });
  } catch (error) {
    process.send({ error: error.message });
  }
});

/**
 * Measures for `seconds`, and longer until something slow has answered each connection once: requests per second,
 * latencies in ms, CPU ms of the server and of the database.
 */
async function measure({ url, requests, seconds, server, postmaster }) {
  const latencies = [];
  let isOpen = false;
  const run = cannon({ url, requests, duration: LEAD_MS / 1000 + seconds + LONGEST_SECONDS }, (latency) => {
    if (isOpen) latencies.push(latency);
  });
  await sleep(LEAD_MS);
  isOpen = true;
  const start = performance.now();
  const before = cpuTime(server, postmaster);
  await sleep(seconds * 1000);
  const end = performance.now() + (LONGEST_SECONDS - 10) * 1000;
  while (latencies.length < CONNECTIONS && performance.now() < end) await sleep(10);
  isOpen = false;
  const after = cpuTime(server, postmaster);
  const elapsed = performance.now() - start;
  run.stop();
  refuseFailures(await run);
  await untilQuiet(server, postmaster);
  if (latencies.length === 0) throw new Error('no request was answered in time');
  latencies.sort((a, b) => a - b);
  const at = (share) => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))];
  return {
    requests: latencies.length,
    rps: (latencies.length * 1000) / elapsed,
    p50: at(0.5),
    p99: at(0.99),
    cpu: before && {
      server: after.server - before.server,
      database: difference(after.database, before.database),
    },
  };
}

/** Slow statements go on when nobody waits for them any more, and would slow the next contestant down. */
async function untilQuiet(server, postmaster) {
  const total = () => {
    const used = cpuTime(server, postmaster);
    return used ? used.server + (used.database ?? 0) : 0;
  };
  for (let before = Number.NEGATIVE_INFINITY, now = total(); now - before > QUIET_MS / 4; now = total()) {
    before = now;
    await sleep(QUIET_MS);
  }
}

/** What is not known stays so. */
function difference(after, before) {
  return after === null ? null : after - before;
}

/** Sends `amount` requests and waits for all answers. */
async function serve({ url, requests, amount }) {
  refuseFailures(await cannon({ url, requests, amount }, () => {}));
  return { requests: amount };
}

function cannon(options, onResponse) {
  let connection = 0;
  return autocannon({
    ...options,
    connections: CONNECTIONS,
    pipelining: 1,
    timeout: LONGEST_SECONDS,
    sampleInt: 100,
    verifyBody: isGood,
    setupClient(client) {
      // Connections begin at different cases, or they would all ask for the same at the same time.
      const from = Math.floor((options.requests.length * connection++) / CONNECTIONS);
      client.setRequests([...options.requests.slice(from), ...options.requests.slice(0, from)]);
      client.on('response', (_status, _bytes, latency) => onResponse(latency));
    },
  });
}

/** Data without errors. Parsing every answer would take the processor from the contestants. */
function isGood(body) {
  return body.startsWith('{"data":{') && !body.includes('"errors":');
}

function refuseFailures({ non2xx, errors, timeouts, mismatches }) {
  if (non2xx + errors + timeouts + mismatches === 0) return;
  throw new Error(
    `${non2xx} answers with another status than 2xx, ${mismatches} with errors or without data, ${errors} broken connections, ${timeouts} timeouts`,
  );
}

function sleep(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
