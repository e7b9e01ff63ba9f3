import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { getIntrospectionQuery } from 'graphql';
import { ADMIN_TOKEN, startTestHub, type TestHub } from '../support/hub.ts';

let hub: TestHub;
beforeAll(async () => {
  hub = await startTestHub();
});
afterAll(() => hub.close());

const JSON_TYPE = { 'content-type': 'application/json' };

async function post(payload: unknown, headers: Record<string, string> = JSON_TYPE) {
  const text = typeof payload === 'string' ? payload : JSON.stringify(payload);
  const response = await hub.http.inject({ method: 'POST', url: '/graphql', headers, payload: text });
  return { status: response.statusCode, headers: response.headers, body: response.json() };
}

async function get(query: Record<string, string>, headers: Record<string, string> = {}) {
  const response = await hub.http.inject({ method: 'GET', url: '/graphql', headers, query });
  return { status: response.statusCode, body: response.json() };
}

/** What a client programs against: the status and the code, in the one shape that errors have. */
const refused = (status: number, code: string, message: RegExp = /./) => ({
  status,
  body: { errors: [{ message: expect.stringMatching(message), extensions: { code } }] },
});

const VIEWER = '{ viewer { principal } }';
const ANONYMOUS = { data: { viewer: { principal: 'anonymous' } } };
const CREATE =
  'mutation { createFederation(input: { idempotencyKey: "over-http-1", slug: "x", name: { en: "X" } }) { userErrors { code } } }';

describe('POST /graphql', () => {
  test('takes JSON, with or without a charset', async () => {
    expect(await post({ query: VIEWER })).toMatchObject({ status: 200, body: ANONYMOUS });
    const headers = { 'content-type': 'application/json; charset=utf-8' };
    expect(await post({ query: VIEWER }, headers)).toMatchObject({ status: 200, body: ANONYMOUS });
  });

  test('runs the operation that is named, with its variables', async () => {
    const query = `query A { viewer { principal } } query B($size: Int) { partners(first: $size) { nodes { id } } }`;
    const { body } = await post({ query, operationName: 'B', variables: { size: 3 } });
    expect(body.data.partners.nodes).toHaveLength(3);
    expect((await post({ query })).body.errors[0].extensions.code).toBe('OPERATION_RESOLUTION_FAILURE');
  });

  test('runs nothing under a name that no operation has, however alone it is', async () => {
    const headers = { ...JSON_TYPE, authorization: `Bearer ${ADMIN_TOKEN}` };
    const slug = 'never-made';
    const mutation = `mutation A { createFederation(input: { idempotencyKey: "${slug}", slug: "${slug}", name: { en: "X" } }) { federation { slug } } }`;
    for (const query of [mutation, 'query A { partners { totalCount } }']) {
      const { body } = await post({ query, operationName: 'B' }, headers);
      expect(body.data).toBeUndefined();
      expect(body.errors[0].message).toBe('Unknown operation named "B".');
    }
    expect(await hub.sql('select from federation where slug = $1', [slug])).toEqual([]);
  });

  test('answers with the new media type where a client asks for it', async () => {
    const type = 'application/graphql-response+json';
    const { status, headers } = await post({ query: VIEWER }, { ...JSON_TYPE, accept: type });
    expect([status, headers['content-type']]).toEqual([200, expect.stringContaining(type)]);
  });

  test.each([
    ['a type that a form can send, as a page elsewhere might', VIEWER, 'text/plain', 400, 'BAD_REQUEST'],
    ['a form', 'query=%7Bviewer%7D', 'application/x-www-form-urlencoded', 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['a type that is not JSON', VIEWER, 'application/xml', 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['malformed JSON', '{"query":', 'application/json', 400, 'BAD_REQUEST'],
    ['an empty body', '', 'application/json', 400, 'BAD_REQUEST'],
    ['JSON without a query', '{}', 'application/json', 400, 'BAD_REQUEST'],
    ['a query that is no text', '{"query": 7}', 'application/json', 400, 'BAD_REQUEST'],
    [
      'variables that are no object',
      `{"query": "${VIEWER}", "variables": 7}`,
      'application/json',
      400,
      'BAD_REQUEST',
    ],
    ['several operations at once', `[{"query": "${VIEWER}"}]`, 'application/json', 400, 'BAD_REQUEST'],
    ['JSON that would change objects', '{"__proto__": {"x": 1}}', 'application/json', 400, 'BAD_REQUEST'],
  ])('refuses %s', async (_, payload, type, status, code) => {
    expect(await post(payload, { 'content-type': type })).toMatchObject(refused(status, code));
  });

  test('refuses a body over two megabytes', async () => {
    const payload = { query: VIEWER, variables: { filler: 'x'.repeat(2 * 1024 * 1024) } };
    expect(await post(payload)).toMatchObject(refused(413, 'PAYLOAD_TOO_LARGE'));
  });

  test('says what is wrong with a document', async () => {
    expect(await post({ query: '{ viewer {' })).toMatchObject(
      refused(400, 'GRAPHQL_PARSE_FAILED', /Syntax Error/),
    );
    expect(await post({ query: '{ nothing }' })).toMatchObject(
      refused(400, 'GRAPHQL_VALIDATION_FAILED', /Cannot query field "nothing"/),
    );
    expect(await post({ query: '{ partners(first: "two") { totalCount } }' })).toMatchObject(
      refused(400, 'GRAPHQL_VALIDATION_FAILED'),
    );
    const query = 'query ($size: Int!) { partners(first: $size) { totalCount } }';
    expect(await post({ query, variables: { size: 'two' } })).toMatchObject(refused(400, 'BAD_USER_INPUT'));
  });

  test('says that subscriptions need a socket', async () => {
    const { status, body } = await post({ query: 'subscription { usageMetricsChanged { at } }' });
    expect({ status, code: body.errors[0].extensions.code }).toEqual({
      status: 400,
      code: 'SUBSCRIPTION_NEEDS_SOCKET',
    });
  });

  test('never shows a stack or where the code stands', async () => {
    const answers = await Promise.all([
      post({ query: '{ viewer {' }),
      post({ query: '{ nothing }' }),
      post('{"query":'),
      post({ query: '{ node(id: "no-id") { id } }' }),
      post({ query: CREATE }),
    ]);
    for (const { body } of answers) {
      expect(body.errors).toHaveLength(1);
      expect(Object.keys(body.errors[0].extensions)).toEqual(
        expect.not.arrayContaining(['stacktrace', 'exception']),
      );
      expect(JSON.stringify(body)).not.toMatch(/stacktrace|node_modules|\/src\/|\.ts:\d/);
    }
  });
});

describe('the token', () => {
  test('makes a caller the administrator', async () => {
    const { body } = await post({ query: VIEWER }, { ...JSON_TYPE, authorization: `Bearer ${ADMIN_TOKEN}` });
    expect(body.data.viewer.principal).toBe('administrator');
  });

  test.each([['Bearer wrong'], ['Basic YTpi'], [ADMIN_TOKEN], ['Bearer'], ['']])(
    'is refused when it is "%s", and never taken for none',
    async (authorization) => {
      expect(await post({ query: VIEWER }, { ...JSON_TYPE, authorization })).toMatchObject(
        refused(401, 'UNAUTHENTICATED', /token is not valid/),
      );
    },
  );

  test('is asked for by a mutation', async () => {
    const { body } = await post({ query: CREATE });
    expect(body).toMatchObject({ data: null, errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
  });
});

describe('GET /graphql', () => {
  const PREFLIGHT = { 'apollo-require-preflight': '1' };

  test('answers a query that a page elsewhere could not have sent', async () => {
    expect(await get({ query: VIEWER }, PREFLIGHT)).toMatchObject({ status: 200, body: ANONYMOUS });
    expect(await get({ query: VIEWER })).toMatchObject(
      refused(400, 'BAD_REQUEST', /Cross-Site Request Forgery/),
    );
  });

  test('never runs a mutation, not even with the token', async () => {
    const headers = { ...PREFLIGHT, authorization: `Bearer ${ADMIN_TOKEN}` };
    expect(await get({ query: CREATE }, headers)).toMatchObject(
      refused(405, 'BAD_REQUEST', /only support query/),
    );
    expect(await hub.sql(`select from federation where slug = 'x'`)).toEqual([]);
  });
});

describe('documents that are too much', () => {
  test('of more than 4,000 tokens are not parsed', async () => {
    const flood = `{ ${Array.from({ length: 1000 }, (_, i) => `a${i}: viewer { principal }`).join(' ')} }`;
    expect(await post({ query: flood })).toMatchObject(refused(400, 'GRAPHQL_PARSE_FAILED', /4000 tokens/));
  });

  test('with many aliases are answered in full, and with hundreds refused as a whole', async () => {
    const flood = (size: number): string =>
      `{ ${Array.from({ length: size }, (_, i) => `a${i}: partners(first: 1) { totalCount }`).join(' ')} }`;
    const { status, body } = await post({ query: flood(50) });
    expect([status, Object.keys(body.data).length, body.data.a49.totalCount]).toEqual([200, 50, 977]);
    const refusal = (await post({ query: flood(300) })).body;
    expect(refusal).not.toHaveProperty('data');
    expect(refusal).toMatchObject({ errors: [{ extensions: { code: 'QUERY_TOO_LARGE' } }] });
  });

  test('with pages inside pages are refused before they reach the database', async () => {
    let nested = 'id';
    for (let depth = 0; depth < 3; depth++) {
      nested = `enrolments(first: 100) { nodes { service { enrolments(first: 100) { nodes { partner { ${nested} } } } } } }`;
    }
    const query = `{ partners(first: 100) { nodes { ${nested} } } }`;
    expect((await post({ query })).body).toMatchObject({
      errors: [{ extensions: { code: 'QUERY_TOO_LARGE' } }],
    });
    expect((await hub.query(query)).statements).toEqual([]);
  });

  test('of fifteen levels are answered', async () => {
    let nested = 'id';
    for (let depth = 0; depth < 2; depth++) {
      nested = `enrolments(first: 1) { nodes { service { enrolments(first: 1) { nodes { partner { ${nested} } } } } } }`;
    }
    const { status, body } = await post({ query: `{ partners(first: 1) { nodes { ${nested} } } }` });
    expect([status, body.errors]).toEqual([200, undefined]);
  });

  test('with a fragment that holds itself are refused', async () => {
    const query =
      '{ partners { nodes { ...A } } } fragment A on Partner { ...B } fragment B on Partner { ...A }';
    expect(await post({ query })).toMatchObject(refused(400, 'GRAPHQL_VALIDATION_FAILED', /itself/));
  });

  test('leave the hub as it was', async () => {
    expect(await post({ query: VIEWER })).toMatchObject({ status: 200, body: ANONYMOUS });
  });
});

test('tools can ask for the schema', async () => {
  const { status, body } = await post({ query: getIntrospectionQuery() });
  expect(status).toBe(200);
  expect(body.data.__schema.types.map((type: { name: string }) => type.name)).toContain('Partner');
});

test('an address that does not exist says where to go', async () => {
  for (const [method, url] of [
    ['GET', '/nothing?secret=1'],
    ['DELETE', '/graphql'],
  ] as const) {
    const response = await hub.http.inject({ method, url });
    expect({ status: response.statusCode, body: response.json() }).toMatchObject(
      refused(404, 'NOT_FOUND', /GraphQL is at \/graphql/),
    );
    expect(response.body).not.toContain('secret');
  }
});

test('the hub says that it lives while its database is busy with one long statement', async () => {
  let finished = false;
  const long = hub.sql('select count(*) from generate_series(1, 5000000) as n where n % 7 = 3').then(() => {
    finished = true;
  });
  const response = await hub.http.inject('/healthz');
  expect([response.statusCode, response.json(), finished]).toEqual([200, { status: 'ok' }, false]);
  await long;
});
