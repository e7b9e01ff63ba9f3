import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { ADMIN_TOKEN, startTestHub, type TestHub } from '../support/hub.ts';

let hub: TestHub;
beforeAll(async () => {
  hub = await startTestHub();
});
afterAll(() => hub.close());

async function post(query: string, headers: Record<string, string> = {}) {
  const response = await hub.http.inject({
    method: 'POST',
    url: '/graphql',
    headers: { 'content-type': 'application/json', ...headers },
    payload: JSON.stringify({ query }),
  });
  return { way: response.headers['hub-execution'], body: response.body };
}

const ADMINISTRATOR = { authorization: `Bearer ${ADMIN_TOKEN}` };
const PARTNERS = '{ partners(first: 2) { totalCount edges { cursor node { id name } } } }';

describe('an administrator sees how an operation ran', () => {
  test.each([
    ['a read', PARTNERS, 'whole'],
    ['introspection', '{ __typename __schema { queryType { name } } }', /^field by field: __schema is/],
    [
      'a mutation',
      'mutation { createFederation(input: { idempotencyKey: "debug", slug: "debug", name: { en: "D" } }) { federation { slug } } }',
      'field by field: it is no query',
    ],
    [
      'a page that is refused',
      '{ a: partners(first: 0) { totalCount } b: partners { totalCount } }',
      /^field by field: it failed: `first` is 0/,
    ],
    [
      'what is not there',
      '{ partner(reference: { slug: "é" }) { id } }',
      /^field by field: something is missing/,
    ],
  ])('%s', async (_, query, way) => {
    const { way: told } = await post(query, { ...ADMINISTRATOR, 'hub-debug': 'execution' });
    if (way instanceof RegExp) expect(told).toMatch(way);
    else expect(told).toBe(way);
  });

  test('and can have it run field by field, with the same answer to the letter', async () => {
    const whole = await post(PARTNERS, { ...ADMINISTRATOR, 'hub-debug': 'execution' });
    const fields = await post(PARTNERS, { ...ADMINISTRATOR, 'hub-debug': 'fields' });
    expect([whole.way, fields.way]).toEqual(['whole', 'field by field: this was asked for']);
    expect(fields.body.trim()).toBe(whole.body.trim());
  });

  test('nobody else does', async () => {
    expect((await post(PARTNERS, { 'hub-debug': 'execution' })).way).toBeUndefined();
    expect((await post(PARTNERS, ADMINISTRATOR)).way).toBeUndefined();
  });
});

describe('limits before any SQL', () => {
  const deep = (levels: number): string =>
    `{ usageEntries(first: 1) { nodes { ${'reverses { '.repeat(levels - 3)} id ${'}'.repeat(levels - 3)} } } }`;

  test.each([
    ['depth', deep(17), /17 levels deep, and 16 are allowed/],
    [
      'aliases',
      `{ partners { ${Array.from({ length: 101 }, (_, n) => `a${n}: totalCount`).join(' ')} } }`,
      /has 101 aliases, and 100/,
    ],
    [
      'aliases in a fragment that is used often',
      `query { ${'a: partners { ...F } '.repeat(1)} b: partners { ...F } c: partners { ...F } } fragment F on PartnerConnection { ${Array.from({ length: 40 }, (_, n) => `a${n}: totalCount`).join(' ')} }`,
      /has 123 aliases/,
    ],
    [
      'rows',
      '{ partners(first: 100) { nodes { usage(first: 100) { nodes { partner { usage(first: 100) { nodes { id } } } } } } } }',
      /50000 rows/,
    ],
  ])('%s', async (_, query, message) => {
    const { errors, statements } = await hub.query(query);
    expect(errors).toEqual([
      expect.objectContaining({
        message: expect.stringMatching(message),
        extensions: { code: 'QUERY_TOO_LARGE' },
      }),
    ]);
    expect(statements).toEqual([]);
  });

  test('asking for the schema again and again', async () => {
    const schemas = (times: number): string =>
      `{ ${Array.from({ length: times }, (_, n) => `a${n}: __schema { queryType { name } }`).join(' ')} }`;
    expect((await hub.query(schemas(10))).errors).toBeUndefined();
    expect((await hub.query(schemas(11))).errors).toMatchObject([
      { extensions: { code: 'QUERY_TOO_LARGE' } },
    ]);
  });

  test('values that are dear to compute', async () => {
    const figures = (times: number): string =>
      `{ ${Array.from({ length: times }, (_, n) => `a${n}: publishedFigures(first: 1) { nodes { computed { value } } }`).join(' ')} }`;
    expect((await hub.query(figures(5))).errors).toBeUndefined();
    const { errors, statements } = await hub.query(figures(40));
    expect(errors).toMatchObject([{ extensions: { code: 'QUERY_TOO_LARGE' } }]);
    expect(statements).toEqual([]);
  });

  test('characters, of which comments are as many as text', async () => {
    const long = `#${'x'.repeat(100_000)}\n{ partners { totalCount } }`;
    for (const query of [long, `${' '.repeat(100_001)}{ __typename }`]) {
      const { body } = await post(query);
      expect(JSON.parse(body)).toEqual({
        errors: [
          {
            message: expect.stringMatching(/characters, and 100000 are allowed/),
            extensions: { code: 'QUERY_TOO_LARGE' },
          },
        ],
      });
    }
  });

  test('tokens', async () => {
    const { body } = await post(`{ ${'__typename '.repeat(4001)} }`);
    expect(JSON.parse(body).errors[0].extensions.code).toBe('GRAPHQL_PARSE_FAILED');
  });

  test('what is a level and an alias less is answered', async () => {
    expect((await hub.query(deep(16))).errors).toBeUndefined();
    const aliases = Array.from({ length: 100 }, (_, n) => `a${n}: totalCount`).join(' ');
    expect((await hub.query(`{ partners { ${aliases} } }`)).errors).toBeUndefined();
  });
});

/** The embedded database has one session, and nobody to tell it to stop. */
(process.env.HUB_TEST_DATABASE_URL ? describe : describe.skip)('a client that goes away', () => {
  test('ends its statement', async () => {
    await hub.http.listen({ port: 0, host: '127.0.0.1' });
    const { port } = hub.http.server.address() as AddressInfo;
    // Something that the statement has to wait for.
    const other = new pg.Client({ connectionString: hub.orm.config.get('clientUrl') as string });
    await other.connect();
    await other.query('begin; lock table partner in access exclusive mode');
    const waiting = async (): Promise<number> => {
      const { rows } = await other.query(
        "select count(*)::int as n from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()",
      );
      return rows[0].n;
    };
    try {
      const client = request({
        port,
        host: '127.0.0.1',
        path: '/graphql',
        method: 'POST',
        headers: { 'content-type': 'application/json' },
      });
      client.on('error', () => undefined);
      client.end(JSON.stringify({ query: PARTNERS }));
      while ((await waiting()) === 0) await setTimeout(20);
      client.destroy();
      while ((await waiting()) > 0) await setTimeout(20);
    } finally {
      await other.query('rollback');
      await other.end();
    }
    expect((await post(PARTNERS)).body).toContain('totalCount');
  });
});
