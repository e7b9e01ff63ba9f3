/**
 * Lets members order and suppliers answer through several hubs over one database, lets answers be overdue, and kills the
 * hubs with SIGKILL: first between the events of a step, where a trigger stalls, then at random. No order may be lost,
 * none offered twice, none left half passed on. Runs on the real server of HUB_TEST_DATABASE_URL, for HUB_CRASH_SECONDS.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Centre } from './centre.mjs';
import { oneOf } from './directory.mjs';
import { CrashingHub } from './hub.mjs';
import { compareOrders } from './order-outcome.mjs';
import { assertNoDeadlock } from './outcome.mjs';
import { Buyer, Supplier } from './party.mjs';
import { connected, serverStore } from './store.mjs';

const HUBS = 4;
const SECONDS = Number(process.env.HUB_CRASH_SECONDS || 30);
/** For what comes before and after the traffic. */
const SPARE_SECONDS = 240;
const MOST_AWAY = 2;
/** A hub looks for what is overdue every 20 s, and when it has started, which takes its time. */
const LONGEST_WAIT_MS = 30_000;
/** Fewer prove nothing: on a slow machine the traffic goes on until there were as many. */
const FEWEST = { orders: 60, lost: 5, overdue: 20 };

/** Where a step is stopped for good: a trigger stalls there, and the hub is killed meanwhile. */
const STALLS = [
  ['placeOrder', 'before the event OFFERED', 'between an order and its first offer'],
  ['placeOrder', 'before insert on idempotency_record', 'between an order and the record of its key'],
  ['declineOrder', 'before the event OFFERED', 'between what was declined and the next offer'],
  ['confirmOrder', 'after insert on usage_entry', 'between what was confirmed and the end of its usage'],
  ['a time-out', 'before the event OFFERED', 'between a time-out and the next offer'],
  ['a time-out', 'deferred after insert on order_event', 'in its commit itself'],
];

if (!process.env.HUB_TEST_DATABASE_URL || !(SECONDS > 0)) {
  throw new Error('Set HUB_TEST_DATABASE_URL to a PostgreSQL server, and HUB_CRASH_SECONDS to a number');
}
const folder = await mkdtemp(join(tmpdir(), 'mutualhub-crash-'));
const store = await serverStore(process.env.HUB_TEST_DATABASE_URL, folder);
store.environment.HUB_RATE_LIMITS = 'off';
/** Answers whose time was made to be over: order, rank, state, and when. */
const overdue = [];
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
  console.log(
    `Orders through ${HUBS} hubs for ${SECONDS} s, one of them killed at random, on ${store.name}:`,
  );
  const first = await CrashingHub.start(store);
  const centre = await Centre.record(first);
  const buyers = centre.members.map((member) => new Buyer(centre, member));
  const suppliers = centre.suppliers.map((supplier) => new Supplier(centre, supplier));
  const parties = [...buyers, ...suppliers];
  await stalls(first, buyers[0], suppliers[0]);

  const kills = await traffic(parties);
  const compare = (isOver) => store.use((client) => compareOrders(client, { parties, overdue, isOver }));
  await compare(false);
  console.log(`  after ${kills} kills: acknowledged requests are whole, the others whole or absent`);

  // The only hub that is left does what all of them have left.
  const last = await CrashingHub.start(store);
  for (const party of parties) for (const request of party.unanswered()) await party.deliver(last, request);
  await nothingOverdue();
  const confirmed = await confirmedOf(last);
  await last.kill();
  const { orders, steps, longestWait } = await compare(true);
  const requests = parties.flatMap((party) => party.requests);
  const lost = requests.filter(({ wasLost }) => wasLost).length;
  console.log(`  ${orders} orders in ${requests.length} requests, ${lost} without an answer at first`);
  console.log(
    `  steps: ${Object.entries(steps)
      .map((step) => step.join(' '))
      .join(', ')}`,
  );
  console.log(`  the longest that an overdue order waited: ${(longestWait / 1000).toFixed(1)} s`);
  if (confirmed !== steps.CONFIRMED)
    throw new Error(`The hub counts ${confirmed} orders that were confirmed`);
  if (longestWait > LONGEST_WAIT_MS) throw new Error(`An order waited for ${longestWait} ms`);
  await store.use(assertNoDeadlock);
}

/** Kills a hub at each of the places: nothing may be left of the step, and the next hub takes it once. */
async function stalls(first, buyer, supplier) {
  const rest = [];
  for (const [step] of STALLS) {
    if (step !== 'placeOrder')
      rest.push((await buyer.send([first], 'placeOrder', buyer.centre.order(buyer))).order);
  }
  await first.kill();
  for (const [step, place, where] of STALLS) {
    const order = step === 'placeOrder' ? undefined : rest.shift();
    const before = await store.use(async (client) => {
      await store.stallAt(client, place);
      if (step === 'a time-out') await letBeOverdue(client, order);
      return everything(client);
    });
    const hub = await CrashingHub.start(store);
    const request = {
      placeOrder: () => buyer.send([hub], step, buyer.centre.order(buyer)),
      confirmOrder: () => supplier.send([hub], step, { order }),
      declineOrder: () => supplier.send([hub], step, { order, reason: 'OUT_OF_STOCK' }),
    }[step];
    await Promise.all([request?.(), store.waitForStall().finally(() => hub.kill())]);
    await store.use(async (client) => {
      if ((await everything(client)) !== before) throw new Error(`${step} killed ${where} left something`);
      await store.stallAt(client, undefined);
    });
    console.log(`  ${step} killed ${where}: nothing is left of it`);
  }
}

/** All that a step of an order writes, in short. */
async function everything(client) {
  const tables = [
    'purchase_order',
    'order_line',
    'order_event',
    'usage_entry',
    'spend_account',
    'idempotency_record',
  ];
  const parts = tables.map(
    (table) => `(select md5(string_agg(t::text, ' ' order by t::text)) from ${table} t)`,
  );
  const { rows } = await client.query(`select concat_ws(' ', ${parts.join(', ')}) as all`);
  return rows[0].all;
}

/**
 * The time of an answer is over: hours of work pass for nobody here, so the owner of the database sets the clock of a
 * single order. It is all that this run does behind the hub's back.
 */
async function letBeOverdue(client, order) {
  const { rows } = await client.query(
    `update purchase_order set answer_due_at = clock_timestamp() where id in (select id from purchase_order
        where answer_due_at > clock_timestamp() and ($1::text is null or 'order_' || id = $1)
        order by random() limit 1 for update skip locked)
      returning id as order, rank, state, answer_due_at as at`,
    [order ?? null],
  );
  // What waits for a hub to be started is no hub's fault.
  overdue.push(...rows.map((row) => ({ ...row, at: order ? undefined : row.at.getTime() })));
}

/** How many orders were confirmed, by the figures of a hub. */
async function confirmedOf(hub) {
  const data = await hub.ask('{ usageMetrics(metrics: [PURCHASING_ORDERS]) { rows { cell { value } } } }');
  return Number(data.usageMetrics.rows[0].cell.value);
}

/** Keeps hubs at work for all parties and kills one after another, for the time that was asked for at least. */
async function traffic(parties) {
  const slots = Array.from({ length: HUBS }, () => undefined);
  const alive = () => slots.filter((hub) => hub?.isAlive);
  let isOver = false;
  const kept = slots.map(async (_, index) => {
    while (!isOver) {
      if (!slots[index]?.isAlive) slots[index] = await CrashingHub.start(store);
      await sleep(50);
    }
  });
  const worked = parties.map(async (party) => {
    while (!isOver) {
      if (alive().length > 0) await party.work(alive());
      else await sleep(50);
    }
  });
  const requests = () => parties.flatMap((party) => party.requests);
  const isWorthwhile = () =>
    requests().filter(({ mutation }) => mutation === 'placeOrder').length >= FEWEST.orders &&
    requests().filter(({ wasLost }) => wasLost).length >= FEWEST.lost &&
    overdue.length >= FEWEST.overdue;
  const disturb = async (client) => {
    while (alive().length < HUBS) await sleep(100);
    console.log('  all are at work');
    const end = Date.now() + SECONDS * 1000;
    let kills = 0;
    for (let killAt = 0; Date.now() < end || !isWorthwhile(); ) {
      await letBeOverdue(client);
      await lookForForgotten(client);
      await sleep(100 + Math.random() * 400);
      // A start takes its time where processors are few, and most are to be at work.
      if (Date.now() < killAt || alive().length < HUBS - MOST_AWAY) continue;
      await oneOf(alive()).kill();
      kills += 1;
      killAt = Date.now() + 500 + Math.random() * 1500;
    }
    isOver = true;
    return kills;
  };
  const [kills] = await Promise.all([connected(store.environment.DATABASE_URL, disturb), ...worked, ...kept]);
  await Promise.all(alive().map((hub) => hub.kill()));
  return kills;
}

/** While hubs come and go, no order may wait for one for long. */
async function lookForForgotten(client) {
  const { rows } = await client.query(
    `select number from purchase_order where answer_due_at < clock_timestamp() - $1 * interval '1 ms'`,
    [LONGEST_WAIT_MS],
  );
  if (rows.length > 0)
    throw new Error(`Orders ${rows.map(({ number }) => number)} were not passed on in time`);
}

/** Waits until every overdue order has been passed on. */
async function nothingOverdue() {
  const since = Date.now();
  await connected(store.environment.DATABASE_URL, async (client) => {
    for (;;) {
      const { rows } = await client.query(
        'select count(*)::int as n from purchase_order where answer_due_at <= clock_timestamp()',
      );
      if (rows[0].n === 0) return;
      if (Date.now() > since + LONGEST_WAIT_MS) throw new Error(`${rows[0].n} orders are overdue still`);
      await sleep(100);
    }
  });
}
