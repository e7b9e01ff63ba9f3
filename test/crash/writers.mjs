/**
 * Lets eight hubs write usage at once while a ninth moves partners between cells, and kills one of them at random
 * with SIGKILL again and again. The rollups must be what the entries say, meanwhile and in the end. Runs on the real
 * server of HUB_TEST_DATABASE_URL, for HUB_CRASH_SECONDS.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openHubOrm, verifyUsageRollups } from '../../dist/src/app.js';
import { Directory, oneOf } from './directory.mjs';
import { CrashingHub } from './hub.mjs';
import { assertNoDeadlock, compareEntries, compareTotals } from './outcome.mjs';
import { serverStore } from './store.mjs';
import { Mover, Writer } from './writer.mjs';

const WRITERS = 8;
const SECONDS = Number(process.env.HUB_CRASH_SECONDS || 60);
/** For what comes before and after the traffic. */
const SPARE_SECONDS = 240;
const LOOK_EVERY_MS = 10_000;
const MOST_AWAY = 2;
/** Fewer prove nothing: on a slow machine the traffic goes on until there were as many. */
const FEWEST_REPORTS = 100;
const FEWEST_LOST = 3;

if (!process.env.HUB_TEST_DATABASE_URL || !(SECONDS > 0)) {
  throw new Error('Set HUB_TEST_DATABASE_URL to a PostgreSQL server, and HUB_CRASH_SECONDS to a number');
}
const folder = await mkdtemp(join(tmpdir(), 'mutualhub-crash-'));
const store = await serverStore(process.env.HUB_TEST_DATABASE_URL, folder);
const interruption = Promise.withResolvers();
for (const signal of ['SIGINT', 'SIGTERM'])
  process.once(signal, () => interruption.reject(new Error(signal)));
const late = setTimeout(
  () => interruption.reject(new Error('The run did not end in time')),
  (SECONDS + SPARE_SECONDS) * 1000,
);
try {
  await Promise.race([run(), interruption.promise]);
  console.log('passed');
} catch (error) {
  console.error(error);
  process.exitCode = 1;
} finally {
  clearTimeout(late);
  CrashingHub.killAll();
  await store.remove();
  await rm(folder, { recursive: true, force: true });
  // After a failure others may still wait for answers that do not come.
  process.exit();
}

async function run() {
  console.log(`${WRITERS} writers at once for ${SECONDS} s, one of them killed at random, on ${store.name}:`);
  const first = await CrashingHub.start(store);
  const directory = await Directory.record(first);
  const writers = Array.from({ length: WRITERS }, (_, index) => new Writer(directory, `writer-${index}`));
  const mover = new Mover(directory);
  const reports = () => writers.flatMap(({ requests }) => requests);
  const isWorthwhile = () =>
    mover.changes > 0 &&
    reports().length >= FEWEST_REPORTS &&
    reports().filter(({ wasLost }) => wasLost).length >= FEWEST_LOST;
  const kills = await traffic([...writers, mover], first, isWorthwhile);

  const entries = await store.use((client) => compareEntries(client, writers));
  const reversals = entries.filter(({ reverses }) => reverses).length;
  const lost = reports().filter(({ wasLost }) => wasLost).length;
  console.log(`  ${entries.length} entries in ${reports().length} reports, ${reversals} of them reversals`);
  console.log(
    `  ${kills} kills, ${lost} reports without an answer at first, ${mover.changes} changes of partners`,
  );
  await store.use(assertNoDeadlock);
  await lookAtRollups('in the end');
  await compareTotals(await CrashingHub.start(store), entries);
}

/** Keeps a hub at work for each worker and kills one after another, for the time that was asked for at least. */
async function traffic(workers, first, isWorthwhile) {
  const slots = workers.map((worker, index) => ({ worker, hub: index === 0 ? first : undefined }));
  const alive = () => slots.filter(({ hub }) => hub?.isAlive);
  let isOver = false;
  const worked = slots.map(async (slot) => {
    while (!isOver) {
      if (!slot.hub?.isAlive) slot.hub = await CrashingHub.start(store);
      while (slot.hub.isAlive && !isOver) await slot.worker.work(slot.hub);
    }
  });
  const disturb = async () => {
    while (alive().length < slots.length) await sleep(100);
    console.log('  all are at work');
    const end = Date.now() + SECONDS * 1000;
    let lookAt = Date.now() + LOOK_EVERY_MS;
    let kills = 0;
    while (Date.now() < end || !isWorthwhile()) {
      await sleep(1000 + Math.random() * 1000);
      if (Date.now() > lookAt) {
        await lookAtRollups(`after ${kills} kills`);
        lookAt = Date.now() + LOOK_EVERY_MS;
      }
      // A start takes its time where processors are few, and most are to be at work.
      if (alive().length < slots.length - MOST_AWAY) continue;
      await oneOf(alive()).hub.kill();
      kills += 1;
    }
    isOver = true;
    return kills;
  };
  const [kills] = await Promise.all([disturb(), ...worked]);
  await Promise.all(alive().map(({ hub }) => hub.kill()));
  return kills;
}

async function lookAtRollups(when) {
  const orm = await openHubOrm(store.environment.DATABASE_URL, 2, 'owner');
  const { differences, rows } = await verifyUsageRollups(orm).finally(() => orm.close(true));
  if (differences.length > 0) {
    const shown = differences.slice(0, 5).map((difference) => JSON.stringify(difference));
    throw new Error(`${when}, ${differences.length} rows or more differ:\n    ${shown.join('\n    ')}`);
  }
  console.log(`  ${when}: ${rows} rows of the rollups are what the entries say`);
}
