import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { startTestHub, type TestHub } from '../support/hub.ts';
import { recordOfUse, Subscribers, type Told, until } from './support.ts';

const CHANGED = 'subscription { usageMetricsChanged { period { from } isComplete } }';
const LISTENING = `select pid, application_name from pg_stat_activity
  where datname = current_database() and application_name = 'mutualhub notices'`;

const holds = (told: Told, from: string): boolean => told.events.some(({ period }) => period.from === from);

test('a hub that stops ends its subscriptions, and leaves nothing behind', async () => {
  const hub = await startTestHub('demonstration');
  const subscribers = await Subscribers.of(hub);
  const told = await subscribers.begin(CHANGED);
  await hub.close();
  await until(() => told.isOver);
  expect(told.errors).toEqual([]);
  expect(hub.live.size).toBe(0);
});

/** The embedded database has one process and one session. */
(process.env.HUB_TEST_DATABASE_URL ? describe : describe.skip)('on a server', () => {
  let hub: TestHub;
  let second: TestHub;
  let there: Subscribers;
  let report: (occurredOn: string) => Promise<unknown>;
  beforeAll(async () => {
    hub = await startTestHub('demonstration');
    second = await startTestHub('demonstration', { beside: hub });
    there = await Subscribers.of(second);
    report = await recordOfUse(hub);
  });
  afterEach(() => there.close());
  afterAll(async () => {
    await second.close();
    expect(await hub.sql(LISTENING)).toEqual([]);
    await hub.close();
  });

  test('what is written at one hub is told at another', async () => {
    const told = await there.begin(CHANGED);
    await report('2025-03-10');
    await until(() => holds(told, '2025-03-01'));
  });

  test('a connection that is lost comes back, and says that something may have been missed', async () => {
    const told = await there.begin(CHANGED);
    const [before] = await hub.sql<{ pid: number }>(LISTENING);
    await hub.sql('select pg_terminate_backend($1)', [before?.pid]);
    await until(() => told.events.some(({ isComplete }) => !isComplete));
    const [after] = await hub.sql<{ pid: number }>(LISTENING);
    expect(after?.pid).not.toBe(before?.pid);
    await report('2025-04-10');
    await until(() => holds(told, '2025-04-01'));
  });

  test('one connection listens for all who subscribe, and none before', async () => {
    const third = await startTestHub('demonstration', { beside: hub });
    await there.begin(CHANGED);
    await there.begin(CHANGED);
    expect(await hub.sql(LISTENING)).toHaveLength(1);
    await third.close();
  });
});
