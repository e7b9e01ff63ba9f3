import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startTestHub, type TestHub } from '../support/hub.ts';
import { limits, post, remaining, StandingClock } from './support.ts';

const LIMIT = 500;
const clock = new StandingClock();
const options = { clock: clock.read, limits: limits({ PUBLIC: 100, HUB_ADMIN: LIMIT }) };
const TOKEN = { token: true };

let hub: TestHub;
beforeAll(async () => {
  hub = await startTestHub('demonstration', options);
});
afterAll(() => hub.close());

const rows = () =>
  hub.sql<{ principal: string; spent: number }>('select principal, spent from rate_limit_use');

test('what is spent is never written by the request that spends it', async () => {
  for (let asked = 0; asked < 20; asked += 1) await post(hub, '{ rateLimit { cost } }', TOKEN);
  expect(await rows()).toEqual([]);
});

// The embedded database has one process, which knows all: `npm run test:postgres`.
(process.env.HUB_TEST_DATABASE_URL ? describe : describe.skip)('two hubs on one server', () => {
  let other: TestHub;
  beforeAll(async () => {
    other = await startTestHub('demonstration', { ...options, beside: hub });
  });
  afterAll(() => other.close());

  test('share what a principal may spend', async () => {
    // Both take part before anything is spent: what was spent earlier counts for less in a new minute.
    await remaining(other, TOKEN);
    await setTimeout(1500);
    clock.pass(60);
    const partners = '{ partners(first: 100) { nodes { name } } }';
    for (let asked = 0; asked < 100; asked += 1) expect((await post(hub, partners, TOKEN)).status).toBe(200);
    await until(async () => (await remaining(other, TOKEN)) < LIMIT - 300);
    while ((await post(other, partners, TOKEN)).status === 200);
    await until(async () => (await post(hub, partners, TOKEN)).status === 429);
    clock.pass(60);
    expect((await post(hub, partners, TOKEN)).status).toBe(200);
  });

  test('write a principal’s points in one row a minute, and no address', async () => {
    for (let asked = 0; asked < 50; asked += 1) await post(hub, '{ rateLimit { cost } }');
    await remaining(hub, TOKEN);
    await setTimeout(1500);
    const written = await rows();
    expect(new Set(written.map(({ principal }) => principal))).toEqual(new Set(['administrator']));
    // Two hubs, and a minute that may have ended meanwhile.
    expect(written.length).toBeLessThanOrEqual(4);
  });

  test('go on alone while the database does not answer, and tell it afterwards', async () => {
    clock.pass(60);
    await hub.sql('alter table rate_limit_use rename to rate_limit_use_hidden');
    const left = await remaining(hub, TOKEN);
    await setTimeout(1500);
    expect(await remaining(hub, TOKEN)).toBe(left - 1);
    for (let asked = 0; asked < 40; asked += 1) await post(hub, '{ rateLimit { cost } }', TOKEN);
    await hub.sql('alter table rate_limit_use_hidden rename to rate_limit_use');
    const before = await remaining(other, TOKEN);
    await until(async () => (await remaining(other, TOKEN)) < before - 40);
  });

  test('ask nothing while nobody asks them', async () => {
    /** Connections other than this one that did something in the last two seconds. */
    const busy = async (): Promise<string[]> => {
      const rows = await hub.sql<{ query: string }>(
        `select query from pg_stat_activity where datname = current_database() and backend_type = 'client backend'
           and pid <> pg_backend_pid() and state_change > clock_timestamp() - interval '2 seconds'`,
      );
      return rows.map(({ query }) => query);
    };
    const quiet = await startTestHub('demonstration', options);
    expect(await quiet.sql('select from rate_limit_use')).toEqual([]);
    await quiet.close();
    // Forgotten a minute after the last request, at the next exchange.
    clock.pass(61);
    await setTimeout(1500);
    await setTimeout(2500);
    expect(await busy()).toEqual([]);
  });
});

async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 50; tries += 1) {
    if (await isSo()) return;
    await setTimeout(100);
  }
  throw new Error('It never came to be so');
}
