import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { type Client, createClient, type FormattedExecutionResult } from 'graphql-ws';
import { ADMIN_TOKEN, startTestHub, type TestHub } from '../support/hub.ts';
import { limits, post, StandingClock } from './support.ts';

const LIMIT = 30;
const SOCKETS = 3;
const RATE = '{ rateLimit { cost remaining } }';
/** Costs 22 points. */
const DEAR = `{ ${Array.from({ length: 20 }, (_, n) => `a${n}: partners(first: 1) { nodes { name } }`).join(' ')} }`;

const clock = new StandingClock();
let hub: TestHub;
let url: string;
const clients: Client[] = [];
beforeAll(async () => {
  hub = await startTestHub('demonstration', {
    clock: clock.read,
    limits: limits({ PUBLIC: LIMIT }, SOCKETS),
  });
  await hub.http.listen({ port: 0, host: '127.0.0.1' });
  url = `ws://127.0.0.1:${(hub.http.server.address() as AddressInfo).port}/graphql`;
});
afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.dispose()));
  clock.pass(60);
});
afterAll(() => hub.close());

function connect(token?: string): Client {
  const connectionParams = token ? { authorization: `Bearer ${token}` } : undefined;
  const client = createClient({
    url,
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    lazy: false,
    ...(connectionParams ? { connectionParams } : {}),
    onNonLazyError: () => undefined,
  });
  clients.push(client);
  return client;
}

/** The only result of an operation; rejected with what ended it: an array of errors, or the close of the socket. */
async function run(client: Client, query: string) {
  const results: FormattedExecutionResult<Record<string, unknown>>[] = [];
  await new Promise<void>((resolve, reject) => {
    client.subscribe<Record<string, unknown>>(
      { query },
      { next: (result) => results.push(result as never), error: reject, complete: resolve },
    );
  });
  return results[0] as FormattedExecutionResult<Record<string, unknown>>;
}

const closed = (client: Client): Promise<{ code: number; reason: string }> =>
  new Promise((resolve) => {
    client.on('closed', (event) => resolve(event as CloseEvent));
  });

describe('points over a socket', () => {
  test('are those that the client has over HTTP', async () => {
    await post(hub, RATE, { from: '127.0.0.1' });
    expect((await run(connect(), RATE)).data).toEqual({ rateLimit: { cost: 1, remaining: LIMIT - 2 } });
  });

  test('run out for one operation, and the socket stays open for the next', async () => {
    const client = connect();
    const { errors } = await run(client, DEAR).then(() => run(client, DEAR));
    expect(errors).toMatchObject([
      {
        message: expect.stringContaining('come back in'),
        extensions: { code: 'RATE_LIMITED', retryAfter: expect.any(Number) },
      },
    ]);
    // One of the points went to the refusal.
    expect((await run(client, RATE)).data).toEqual({ rateLimit: { cost: 1, remaining: LIMIT - 24 } });
    for (let asked = 24; asked < LIMIT; asked += 1) await run(client, RATE);
    await expect(run(client, RATE)).rejects.toMatchObject([
      { extensions: { code: 'RATE_LIMITED', retryAfter: 2 } },
    ]);
    clock.pass(2);
    expect((await run(client, RATE)).data).toMatchObject({ rateLimit: { cost: 1 } });
  });
});

describe('sockets', () => {
  test('are so many for each client; one more is closed, and one may come when another went', async () => {
    const open = Array.from({ length: SOCKETS }, () => connect());
    for (const client of open) expect((await run(client, RATE)).data).toBeTruthy();
    const further = connect();
    expect(await closed(further)).toMatchObject({ code: 4429, reason: expect.stringContaining('3 sockets') });
    expect((await run(connect(ADMIN_TOKEN), RATE)).data).toEqual({ rateLimit: null });
    expect((await run(open[0] as Client, RATE)).data).toBeTruthy();

    const gone = closed(open[1] as Client);
    await open[1]?.dispose();
    await gone;
    expect((await run(connect(), RATE)).data).toBeTruthy();
  });

  test('of wrong tokens are not counted', async () => {
    for (let n = 0; n <= SOCKETS; n += 1)
      expect(await closed(connect('wrong'))).toMatchObject({ code: 4403 });
    expect((await run(connect(), RATE)).data).toBeTruthy();
  });
});
