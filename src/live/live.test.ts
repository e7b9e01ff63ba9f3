import { expect, test } from '@jest/globals';
import { ANONYMOUS } from '../access/viewer.ts';
import type { NoticeListener, Notices } from '../database/notices.ts';
import { UnauthenticatedError } from '../errors.ts';
import { sql } from '../read/index.ts';
import { Live } from './live.ts';
import { Mailbox } from './mailbox.ts';
import type { Topic } from './topic.ts';
import { Turns } from './turns.ts';

/** Numbers that are written; a subscriber wants those from a number on, and is told their sum. */
const numbers: Topic<{ sum: number }, number, { sum: number }> = {
  channel: 'numbers',
  read: (payload) => {
    const sum = Number(payload);
    if (Number.isNaN(sum)) throw new Error('no number');
    return { sum };
  },
  merge: (one, other) => (one.sum + other.sum > 100 ? undefined : { sum: one.sum + other.sum }),
  concerns: ({ sum }, least) => sum >= least,
  question: ({ sum }) => sql`${sum}::int`,
  event: (answer) => ({ sum: answer as number }),
  anything: () => ({ sum: -1 }),
};

/** A channel that this process writes to itself. */
class Written implements Notices {
  readonly listeners = new Map<string, NoticeListener>();
  async listen(channel: string, listener: NoticeListener): Promise<void> {
    this.listeners.set(channel, listener);
  }
  async close(): Promise<void> {
    this.listeners.clear();
  }
  write(...payloads: string[]): void {
    for (const payload of payloads) this.listeners.get('numbers')?.onNotice(payload);
  }
}

function start(answer: (sum: number) => unknown = (sum) => sum) {
  const notices = new Written();
  const asked: number[] = [];
  const troubles: unknown[] = [];
  const live = new Live({
    notices,
    ask: async ({ values: [sum] }) => {
      asked.push(sum as number);
      return answer(sum as number);
    },
    onTrouble: (error) => troubles.push(error),
  });
  return {
    notices,
    asked,
    troubles,
    live,
    begin: (least = 0) => live.changes(numbers, least, async () => ANONYMOUS),
  };
}

test('what comes together is told as one, and asked about once for all who see the same', async () => {
  const { notices, asked, live, begin } = start();
  const [one, other, more] = [await begin(), await begin(), await begin(50)];
  const first = more.next();
  notices.write('1', '2', '3');
  expect(await Promise.all([one.next(), other.next()])).toMatchObject([
    { value: { sum: 6 } },
    { value: { sum: 6 } },
  ]);
  expect(asked).toEqual([6]);
  notices.write('60');
  expect(await first).toMatchObject({ value: { sum: 60 } });
  await live.close();
});

test('who does not take what it is told finds it merged into one', async () => {
  const { notices, live, begin } = start();
  const [fast, slow] = [await begin(), await begin()];
  for (const payload of ['1', '2']) {
    notices.write(payload);
    await fast.next();
  }
  expect(await slow.next()).toMatchObject({ value: { sum: 3 } });
  await live.close();
});

test('what nobody can name is anything: too much, a notice of no meaning, a question without an answer', async () => {
  const { notices, troubles, live, begin } = start((sum) => {
    if (sum === 13) throw new Error('The database does not answer');
    return sum;
  });
  const told = await begin();
  for (const payloads of [['60', '70'], ['x'], ['13']]) {
    notices.write(...payloads);
    expect(await told.next()).toMatchObject({ value: { sum: -1 } });
  }
  expect(troubles).toHaveLength(2);
  await live.close();
});

test('what its viewer does not see is not told', async () => {
  const { notices, asked, live, begin } = start((sum) => (sum === 1 ? null : sum));
  const told = await begin();
  const next = told.next();
  notices.write('1');
  while (asked.length === 0) await new Promise(setImmediate);
  notices.write('2');
  expect(await next).toMatchObject({ value: { sum: 2 } });
  await live.close();
});

test('a subscription ends with its subscriber, its credential, and the hub, also while it waits', async () => {
  const { notices, live, begin } = start();
  const left = await begin();
  const waiting = left.next();
  await left.return?.();
  expect(await waiting).toEqual({ done: true, value: undefined });

  const expired = await live.changes(numbers, 0, () => Promise.reject(new UnauthenticatedError('over')));
  notices.write('1');
  expect(await expired.next()).toEqual({ done: true, value: undefined });
  expect(live.size).toBe(0);

  const last = (await begin()).next();
  await live.close();
  expect(await last).toEqual({ done: true, value: undefined });
  expect(await (await begin()).next()).toEqual({ done: true, value: undefined });
  expect(live.size).toBe(0);
});

test('a mailbox holds one thing, and nothing once it is closed', async () => {
  const mailbox = new Mailbox<number>((one, other) => one + other);
  for (const item of [1, 2, 3]) mailbox.put(item);
  expect(await mailbox.take()).toBe(6);
  mailbox.put(4);
  mailbox.close();
  mailbox.put(5);
  expect(await mailbox.take()).toBeUndefined();
});

test('only so many works run at a time, and all have their turn, failures too', async () => {
  const turns = new Turns(2);
  let running = 0;
  let most = 0;
  const works = Array.from({ length: 9 }, (_, n) =>
    turns.take(async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise(setImmediate);
      running -= 1;
      if (n % 3 === 0) throw new Error('failed');
      return n;
    }),
  );
  const outcomes = await Promise.allSettled(works);
  expect(most).toBe(2);
  expect(outcomes.flatMap((of) => (of.status === 'fulfilled' ? of.value : []))).toEqual([1, 2, 4, 5, 7, 8]);
});
