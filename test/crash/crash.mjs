/**
 * Kills the hub with SIGKILL while it writes, and looks at what it left: every acknowledged mutation as a
 * whole, and of every other one all or nothing. Runs on the embedded database, and on a real server too when
 * HUB_TEST_DATABASE_URL is set.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CrashingHub } from './hub.mjs';
import { Ledger } from './ledger.mjs';
import { embeddedStore, serverStore } from './store.mjs';

const ROUNDS = 8;
const SENDERS = 3;
const FEWEST_ANSWERS = 5;
const MOST_ANSWERS = 25;
/** About one mutation's time: the kill falls anywhere in those under way. */
const LONGEST_DELAY_MS = 40;

/** Where a mutation is stopped for good: a trigger stalls there, and the hub is killed meanwhile. */
const STALLS = [
  ['createPartner', 'before insert on site', 'between the partner and its sites'],
  ['createPartner', 'before insert on idempotency_record', 'between the partner and the record of its key'],
  ['createPartner', 'deferred after insert on idempotency_record', 'in the commit itself'],
  ['reportUsage', 'after insert on usage_entry', 'after its usage entries'],
  ['reportUsage', 'before insert on idempotency_record', 'between its entries and the record of its key'],
];

const counts = { passed: 0, failed: 0 };
const folder = await mkdtemp(join(tmpdir(), 'mutualhub-crash-'));
try {
  await crashOn(embeddedStore(join(folder, 'embedded')));
  if (process.env.HUB_TEST_DATABASE_URL) {
    await crashOn(await serverStore(process.env.HUB_TEST_DATABASE_URL, join(folder, 'server')));
  }
} finally {
  CrashingHub.killAll();
  await rm(folder, { recursive: true, force: true });
}
console.log(`${counts.passed} passed, ${counts.failed} failed`);
process.exitCode = counts.failed > 0 ? 1 : 0;

async function crashOn(store) {
  console.log(`On ${store.name}:`);
  const ledger = new Ledger();
  try {
    let hub = await CrashingHub.start(store);
    await ledger.prepare(hub);
    for (let round = 1; round <= ROUNDS; round++) {
      await trafficUntilKilled(hub, ledger);
      if (round % 2 === 1) {
        // After every second kill the hub itself comes back first, on the folder as it was left.
        const { pid } = hub;
        if (store.assertLeftLocked)
          await checked(`hub ${round} left its lock when it was killed`, () => store.assertLeftLocked(pid));
      } else await look(store, ledger, `after kill ${round}`);
      hub = await checked(`the hub starts again after kill ${round}`, () => CrashingHub.start(store));
      if (round % 2 === 0) await repeatLost(hub, ledger);
    }
    await hub.kill();

    await look(store, ledger, 'after the traffic', STALLS[0][1]);
    for (const [index, [mutation, , where]] of STALLS.entries()) {
      const request = await stallAndKill(store, ledger, mutation);
      await look(store, ledger, `${mutation} killed ${where}`, STALLS[index + 1]?.[1]);
      check(`nothing is left of ${mutation} killed ${where}`, () => {
        if (request.found !== 'nothing') throw new Error(`it left ${request.found}`);
      });
    }

    hub = await CrashingHub.start(store);
    await repeatLost(hub, ledger);
    await checked('the totals that the hub gives are those of what it holds', () =>
      ledger.compareTotals(hub),
    );
    await hub.kill();
    await look(store, ledger, 'in the end');
    check('there was something to lose', () => ledger.assertWorthwhile());
  } catch (error) {
    fail(`the run on ${store.name}`, error);
  } finally {
    CrashingHub.killAll();
    await store.remove();
  }
}

/** Sends mutations from several sides until the hub is killed at a random moment. */
async function trafficUntilKilled(hub, ledger) {
  const enough = FEWEST_ANSWERS + Math.floor(Math.random() * (MOST_ANSWERS - FEWEST_ANSWERS));
  let answers = 0;
  const { promise: killed, resolve, reject } = Promise.withResolvers();
  const senders = Array.from({ length: SENDERS }, async (_, sender) => {
    for (let n = sender; hub.isAlive; n++) {
      const { ids } = await ledger.send(hub, n % 2 === 0 ? 'createPartner' : 'reportUsage');
      if (ids) answers += 1;
      if (ids && answers === enough) {
        setTimeout(() => hub.kill().then(resolve, reject), Math.random() * LONGEST_DELAY_MS);
      }
    }
  });
  await Promise.all([killed, ...senders]);
}

/** Starts a mutation that stalls where the database was told to, and kills the hub while it does. */
async function stallAndKill(store, ledger, mutation) {
  const hub = await CrashingHub.start(store);
  const [request] = await Promise.all([
    ledger.send(hub, mutation),
    store.waitForStall().finally(() => hub.kill()),
  ]);
  return request;
}

/** Looks at the database without a hub, and puts or takes away the stall for what comes next. */
async function look(store, ledger, when, nextStall) {
  await checked(`${when}: acknowledged mutations are whole, the others whole or absent`, () =>
    store.use(async (client) => {
      await ledger.compare(client);
      await store.stallAt(client, nextStall);
    }),
  );
}

/** What got no answer is sent again under its key, as a client would: it must be there once. */
async function repeatLost(hub, ledger) {
  await checked('mutations without an answer are repeated under their keys', () => ledger.repeatLost(hub));
}

async function checked(name, work) {
  try {
    const result = await work();
    pass(name);
    return result;
  } catch (error) {
    fail(name, error);
    throw new Error('the run ends here');
  }
}

function check(name, work) {
  try {
    work();
    pass(name);
  } catch (error) {
    fail(name, error);
  }
}

function pass(name) {
  counts.passed += 1;
  console.log(`  ✓ ${name}`);
}

function fail(name, error) {
  counts.failed += 1;
  console.log(`  ✕ ${name}\n    ${error instanceof Error ? error.message : error}`);
}
