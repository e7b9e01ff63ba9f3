import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { ANONYMOUS } from '../../src/access/viewer.ts';
import { RateLimiter } from '../../src/limits/limiter.ts';
import { DEFAULT_RATES } from '../../src/limits/rates.ts';
import { startTestHub, type TestHub } from '../support/hub.ts';
import { limits, post, remaining, type Sender, StandingClock } from './support.ts';

const LIMIT = 100;
const RATE = '{ rateLimit { limit cost remaining resetAt } }';
const PARTNERS = 'query ($first: Int) { partners(first: $first) { nodes { name } } }';

const clock = new StandingClock();
let hub: TestHub;
beforeAll(async () => {
  hub = await startTestHub('demonstration', {
    clock: clock.read,
    limits: limits({ PUBLIC: LIMIT, HUB_ADMIN: 1000 }),
  });
});
afterAll(() => hub.close());

/** Every test has points of its own. */
let from: string;
let addresses = 0;
beforeEach(() => {
  addresses += 1;
  from = `198.51.100.${addresses}`;
});

const refusedFor = (seconds: number) => ({
  errors: [
    {
      message: expect.stringContaining(`come back in ${seconds} second`),
      extensions: { code: 'RATE_LIMITED', retryAfter: seconds },
    },
  ],
});

/** What an operation costs, by what is left before and after. */
async function costOf(query: string, as: Sender = { from }, variables?: object): Promise<number> {
  const before = await remaining(hub, as);
  const { body } = await post(hub, query, as, variables);
  expect(body.data).toBeTruthy();
  // The second question is paid too.
  return before - (await remaining(hub, as)) - 1;
}

describe('a reader that asks too much', () => {
  test('is refused with the seconds to wait, and served again after them', async () => {
    for (let asked = 0; asked < LIMIT; asked += 1) expect((await post(hub, RATE, { from })).status).toBe(200);
    const refused = await post(hub, RATE, { from });
    expect(refused).toMatchObject({ status: 429, body: refusedFor(1) });
    expect(refused.headers['retry-after']).toBe('1');
    clock.pass(1);
    expect((await post(hub, RATE, { from })).status).toBe(200);
    clock.pass(60);
    expect((await post(hub, RATE, { from })).body.data).toEqual({
      rateLimit: { limit: LIMIT, cost: 1, remaining: LIMIT - 1, resetAt: '2026-03-02T10:01:01.600Z' },
    });
  });

  test('is refused for the whole operation, before any SQL, and pays one point for asking', async () => {
    const dear = `{ ${Array.from({ length: 20 }, (_, n) => `a${n}: partners(first: 100) { nodes { name } }`).join(' ')} }`;
    const left = await remaining(hub, { from });
    const cost = 1 + 20 * 2;
    expect((await post(hub, dear, { from })).status).toBe(200);
    expect((await post(hub, dear, { from })).status).toBe(200);
    const { status, body, headers } = await post(hub, dear, { from });
    const missing = cost - (left - 2 * cost - 1);
    const seconds = Math.ceil((missing * 60) / LIMIT);
    expect({ status, body }).toEqual({
      status: 429,
      body: refusedFor(seconds),
    });
    expect(headers['retry-after']).toBe(String(seconds));
    expect(await remaining(hub, { from })).toBe(left - 2 * cost - 2);
    clock.pass(seconds + 1);
    expect((await post(hub, dear, { from })).status).toBe(200);
  });

  test('is told of an operation that never fits, which waiting does not help', async () => {
    const query = '{ partners(first: 100) { nodes { enrolments(first: 100) { nodes { id } } } } }';
    const { status, body } = await post(hub, query, { from });
    expect(status).not.toBe(429);
    expect(body.errors).toMatchObject([
      {
        message: expect.stringMatching(/costs \d+ points, and you have 100/),
        extensions: { code: 'QUERY_TOO_LARGE' },
      },
    ]);
    expect(await remaining(hub, { from })).toBe(LIMIT - 2);
  });

  test('pays for what is no valid operation, and for a wrong token', async () => {
    await post(hub, '{ nothing }', { from });
    await post(hub, '{', { from });
    const wrong = { from, headers: { authorization: 'Bearer wrong' } };
    expect((await post(hub, RATE, wrong)).status).toBe(401);
    expect(await remaining(hub, { from })).toBe(LIMIT - 4);
    for (let asked = 4; asked < LIMIT; asked += 1) await post(hub, '{', { from });
    expect(await post(hub, RATE, wrong)).toMatchObject({ status: 429, body: refusedFor(1) });
  });
});

test.each([{ fieldByField: false }, { fieldByField: true }])(
  'of what is refused, nothing reaches the database (%j)',
  async (way) => {
    const limiter = new RateLimiter({ ...DEFAULT_RATES, PUBLIC: 30 }, clock.read);
    const begin = () => limiter.begin(ANONYMOUS, from);
    const query = `{ ${Array.from({ length: 20 }, (_, n) => `a${n}: partners { totalCount }`).join(' ')} }`;
    const answered = await hub.query(query, {}, { ...way, meter: begin() });
    expect(answered.errors).toBeUndefined();
    expect(answered.statements.length).toBeGreaterThan(0);
    const refused = await hub.query(query, {}, { ...way, meter: begin() });
    expect(refused.errors).toMatchObject([{ extensions: { code: 'RATE_LIMITED' } }]);
    expect(refused.statements).toEqual([]);
  },
);

describe('points belong', () => {
  test('to an address where there is no token: one does not starve another', async () => {
    for (let asked = 0; asked < LIMIT; asked += 1) await post(hub, RATE, { from });
    expect((await post(hub, RATE, { from })).status).toBe(429);
    expect((await post(hub, RATE, { from: '203.0.113.9' })).status).toBe(200);
    expect((await post(hub, RATE, { from, token: true })).status).toBe(200);
  });

  test('to the first half of an IPv6 address', async () => {
    const left = await remaining(hub, { from: '2001:db8:1:1::1' });
    expect(await remaining(hub, { from: '2001:db8:1:1:ffff::2' })).toBe(left - 1);
    expect(await remaining(hub, { from: '2001:db8:1:2::1' })).toBe(left);
  });

  test('to a principal by its role, wherever it asks from', async () => {
    const { body } = await post(hub, RATE, { token: true, from });
    expect(body.data.rateLimit.limit).toBe(1000);
    const left = await remaining(hub, { token: true, from });
    expect(await remaining(hub, { token: true, from: '203.0.113.77' })).toBe(left - 1);
  });

  test('to who sent the request, whatever it says of itself, where no proxy is trusted', async () => {
    const left = await remaining(hub, { from });
    const headers = { 'x-forwarded-for': '203.0.113.200' };
    expect(await remaining(hub, { from, headers })).toBe(left - 1);
  });
});

test('behind a proxy they belong to whom the proxy names, not to whom the client names', async () => {
  const behind = await startTestHub('demonstration', { clock: clock.read, limits: limits(), proxies: 1 });
  const as = (forwarded: string) => ({ from, headers: { 'x-forwarded-for': forwarded } });
  const left = await remaining(behind, as('203.0.113.1'));
  expect(await remaining(behind, as('203.0.113.2'))).toBe(left);
  expect(await remaining(behind, as('198.18.0.1, 203.0.113.1'))).toBe(left - 1);
  await behind.close();
});

describe('the cost of an operation', () => {
  test('grows with the tables and the rows that it may come to', async () => {
    expect(await costOf('{ viewer { principal } }')).toBe(1);
    expect(await costOf(PARTNERS, { from }, { first: 1 })).toBe(3);
    const nested = '{ partners(first: 50) { nodes { enrolments { nodes { service { slug } } } } } }';
    expect(await costOf(nested)).toBeGreaterThan(8);
    clock.pass(60);
    const usage = '{ usageMetrics(metrics: [PURCHASING_ORDERS]) { rows { cell { value } } } }';
    expect(await costOf(usage)).toBeGreaterThan(await costOf(PARTNERS, { from }, { first: 100 }));
  });

  test('is told beside the answer, in the same statement', async () => {
    const query = `query ($first: Int) { rateLimit { cost remaining } partners(first: $first) { nodes { name } } }`;
    const as = { token: true, headers: { 'hub-debug': 'execution' } };
    const left = await remaining(hub, as);
    const { body, headers } = await post(hub, query, as, { first: 1 });
    expect(headers['hub-execution']).toBe('whole');
    expect(body.data.rateLimit).toEqual({ cost: 3, remaining: left - 3 });
    expect(body.data.partners.nodes).toHaveLength(1);
    expect(Object.keys(body.data)).toEqual(['rateLimit', 'partners']);
  });

  test.each([
    [
      'as asked',
      'fields',
      '{ a: partners(first: 30) { nodes { name } } b: partners { nodes { id } } rateLimit { cost } }',
    ],
    [
      'with introspection',
      'execution',
      '{ __typename a: partners(first: 30) { nodes { name } } rateLimit { cost } __schema { __typename } }',
    ],
    [
      'with a field that fails',
      'execution',
      '{ node(id: "no-id") { id } a: partners(first: 30) { nodes { name } } rateLimit { cost } }',
    ],
  ])('is the same field by field, %s', async (_, debug, query) => {
    const as = { token: true, headers: { 'hub-debug': debug } };
    const left = await remaining(hub, as);
    const { body, headers } = await post(hub, query, as);
    expect(headers['hub-execution']).toMatch(/^field by field/);
    const tables = query.includes('b:') ? 2 : 1;
    expect(body.data.rateLimit.cost).toBe(1 + tables + 1);
    expect(await remaining(hub, as)).toBe(left - body.data.rateLimit.cost - 1);
  });

  test('is ten points for a mutation, and more for long lists', async () => {
    const mutation = `mutation ($input: ReportUsageInput!) { reportUsage(input: $input) { userErrors { code } } }`;
    const entry = {
      partner: 'partner_x',
      service: 'service_x',
      metric: 'PURCHASING_ORDERS',
      quantity: '1',
      occurredOn: '2026-01-01',
      externalReference: 'x',
    };
    const report = (entries: number) => ({
      input: { idempotencyKey: `limits-${entries}`, source: 'limits', entries: Array(entries).fill(entry) },
    });
    expect(await costOf(mutation, { token: true }, report(1))).toBe(11);
    expect(await costOf(mutation, { token: true }, report(95))).toBe(20);
  });

  test('refuses a mutation before anything is written', async () => {
    const before = await remaining(hub, { token: true });
    const create = (key: string) =>
      `createFederation(input: { idempotencyKey: "limits-${key}", slug: "limits-${key}", name: { en: "Limits" } }) { userErrors { code } }`;
    const all = Array.from({ length: 60 }, (_, n) => `f${n}: ${create(String(n))}`).join(' ');
    const first = Math.ceil(before / 600);
    let refused: Awaited<ReturnType<typeof post>> | undefined;
    for (let n = 0; n <= first && !refused; n += 1) {
      const answer = await post(hub, `mutation { ${all.replaceAll('limits-', `limits-${n}-`)} }`, {
        token: true,
      });
      if (answer.status === 429) refused = answer;
    }
    expect(refused?.body.errors).toMatchObject([{ extensions: { code: 'RATE_LIMITED' } }]);
    const saved = await hub.sql<{ n: number }>(
      `select count(*)::int as n from federation where slug like 'limits-%'`,
    );
    expect((saved[0]?.n ?? 0) % 60).toBe(0);
  });
});

test('who has no limit has no points to count', async () => {
  const free = await startTestHub('demonstration', { limits: limits() });
  expect((await post(free, RATE, { token: true })).body).toEqual({ data: { rateLimit: null } });
  expect((await post(free, RATE)).body.data.rateLimit.limit).toBeGreaterThan(1000);
  await free.close();
  const open = await startTestHub('demonstration', { limits: { rates: undefined, sockets: 20 } });
  expect((await post(open, RATE)).body).toEqual({ data: { rateLimit: null } });
  await open.close();
});
