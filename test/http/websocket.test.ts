import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Client, type ClientOptions, createClient, type FormattedExecutionResult } from 'graphql-ws';
import pg from 'pg';
import { ADMIN_TOKEN, startTestHub, type TestHub } from '../support/hub.ts';

let hub: TestHub;
let url: string;
const clients: Client[] = [];

beforeAll(async () => {
  hub = await startTestHub();
  await hub.http.listen({ port: 0, host: '127.0.0.1' });
  url = `ws://127.0.0.1:${(hub.http.server.address() as AddressInfo).port}/graphql`;
});
afterEach(() => Promise.all(clients.splice(0).map((client) => client.dispose())));
afterAll(() => hub.close());

function connect(options: Partial<ClientOptions> = {}): Client {
  const client = createClient({ url, webSocketImpl: WebSocket, retryAttempts: 0, lazy: true, ...options });
  clients.push(client);
  return client;
}

/** The only result of an operation, or what ended it: an array of errors, or the close of the socket. */
async function run(client: Client, query: string, variables?: Record<string, unknown>) {
  const results: FormattedExecutionResult<Record<string, unknown>>[] = [];
  await new Promise<void>((resolve, reject) => {
    client.subscribe<Record<string, unknown>>(
      { query, ...(variables ? { variables } : {}) },
      { next: (result) => results.push(result as never), error: reject, complete: resolve },
    );
  });
  expect(results).toHaveLength(1);
  return results[0] as FormattedExecutionResult<Record<string, unknown>>;
}

const VIEWER = '{ viewer { principal } }';

test('a query over a socket gets the answer that it gets over HTTP', async () => {
  const query = 'query ($first: Int) { partners(first: $first) { totalCount nodes { name } } }';
  const overHttp = await hub.query(query, { first: 2 });
  expect((await run(connect(), query, { first: 2 })).data).toEqual(overHttp.data);
});

test('the token comes in the parameters of the connection, under any spelling', async () => {
  for (const name of ['authorization', 'Authorization']) {
    const client = connect({ connectionParams: { [name]: `Bearer ${ADMIN_TOKEN}` } });
    expect((await run(client, VIEWER)).data).toEqual({ viewer: { principal: 'administrator' } });
  }
  expect((await run(connect(), VIEWER)).data).toEqual({ viewer: { principal: 'anonymous' } });
});

test('a wrong token closes the socket', async () => {
  const client = connect({ connectionParams: { authorization: 'Bearer wrong' } });
  await expect(run(client, VIEWER)).rejects.toMatchObject({ code: 4403, reason: 'Forbidden' });
});

test.each([[['Bearer x']], [5], [{}]])(
  'a token that is no text (%j) is a wrong one',
  async (authorization) => {
    const client = connect({ connectionParams: { authorization } });
    await expect(run(client, VIEWER)).rejects.toMatchObject({ code: 4403 });
  },
);

test('a page of another origin opens no socket', async () => {
  class FromElsewhere extends WebSocket {
    constructor(address: string, protocols: string[]) {
      super(address, { protocols, headers: { origin: 'http://elsewhere.example' } } as never);
    }
  }
  const client = connect({ webSocketImpl: FromElsewhere });
  await expect(run(client, VIEWER)).rejects.toMatchObject({ code: 4403 });
});

test('variables that do not fit are refused in a few words, however long they are', async () => {
  const client = connect();
  const filter = { unknown: 'x'.repeat(200_000), also: 1 };
  const refused: { message: string; extensions: { code: string } }[] = await run(
    client,
    'query ($f: PartnerFilter) { partners(filter: $f) { totalCount } }',
    { f: filter },
  ).then(
    () => [],
    (errors) => errors,
  );
  expect(refused[0]?.extensions.code).toBe('BAD_USER_INPUT');
  expect(JSON.stringify(refused).length).toBeLessThan(2000);
});

test('a mutation needs the token here too', async () => {
  const mutation =
    'mutation { createFederation(input: { idempotencyKey: "over-ws-1", slug: "y", name: { en: "Y" } }) { userErrors { code } } }';
  expect((await run(connect(), mutation)).errors).toMatchObject([
    { extensions: { code: 'UNAUTHENTICATED' } },
  ]);
  expect(await hub.sql(`select from federation where slug = 'y'`)).toEqual([]);
});

test.each([
  ['a syntax error', '{ viewer {', 'GRAPHQL_PARSE_FAILED'],
  ['an unknown field', '{ nothing }', 'GRAPHQL_VALIDATION_FAILED'],
  ['too many tokens', `{ ${'a: viewer { principal } '.repeat(1000)} }`, 'GRAPHQL_PARSE_FAILED'],
])('%s ends its operation with a code, and the socket stays open', async (_, query, code) => {
  const client = connect({ lazy: false });
  await expect(run(client, query)).rejects.toMatchObject([
    { message: expect.any(String), extensions: { code }, locations: [expect.anything()] },
  ]);
  let closed = false;
  client.on('closed', () => {
    closed = true;
  });
  expect((await run(client, VIEWER)).data).toEqual({ viewer: { principal: 'anonymous' } });
  expect(closed).toBe(false);
});

test('an error of ours has its code, its path and nothing of the code', async () => {
  const { data, errors } = await run(connect(), '{ node(id: "no-id") { id } }');
  expect(data).toEqual({ node: null });
  expect(errors).toEqual([
    {
      message: expect.stringContaining('no id of this hub'),
      path: ['node'],
      extensions: { code: 'INVALID_ID', field: 'id' },
    },
  ]);
});

test('a client of another protocol is turned away', async () => {
  const socket = new WebSocket(url, 'graphql-ws');
  const code = await new Promise<number>((resolve) => {
    socket.addEventListener('close', (event) => resolve(event.code));
  });
  expect([1002, 1006, 4406]).toContain(code);
  expect((await run(connect(), VIEWER)).errors).toBeUndefined();
});

test('a document that is too long is refused, and the socket lives', async () => {
  const client = connect();
  await expect(run(client, `#${'x'.repeat(100_000)}\n${VIEWER}`)).rejects.toMatchObject([
    { extensions: { code: 'QUERY_TOO_LARGE' } },
  ]);
  expect((await run(client, VIEWER)).data).toBeTruthy();
});

/** The embedded database has one session: nothing can hold its statements up. */
(process.env.HUB_TEST_DATABASE_URL ? describe : describe.skip)('operations that wait', () => {
  const PARTNERS = '{ partners { totalCount } }';
  const WAITING =
    "select count(*)::int as n from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()";
  let other: pg.Client;
  const waiting = async (): Promise<number> => (await other.query(WAITING)).rows[0].n;

  beforeEach(async () => {
    other = new pg.Client({ connectionString: hub.orm.config.get('clientUrl') as string });
    await other.connect();
    await other.query('begin; lock table partner in access exclusive mode');
  });
  afterEach(async () => {
    await other.query('rollback');
    await other.end();
  });

  test('are twenty on a socket; one more is refused, and runs when they have ended', async () => {
    const client = connect();
    const held = Array.from({ length: 20 }, () => run(client, PARTNERS));
    while ((await waiting()) === 0) await setTimeout(20);
    await expect(run(client, PARTNERS)).rejects.toMatchObject([{ extensions: { code: 'QUERY_TOO_LARGE' } }]);
    await other.query('rollback; begin');
    await Promise.all(held);
    expect((await run(client, PARTNERS)).data).toBeTruthy();
  });

  test('end with their socket, those too that have no connection yet', async () => {
    const client = connect();
    const held = Array.from({ length: 20 }, () => run(client, PARTNERS).catch(() => undefined));
    while ((await waiting()) < 8) await setTimeout(20);
    client.terminate();
    await Promise.all(held);
    while ((await waiting()) > 0) await setTimeout(20);
    // None that waited for its turn takes the place of those that ended.
    await setTimeout(300);
    expect(await waiting()).toBe(0);
  });
});
