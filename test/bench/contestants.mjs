/** The contestants: how each is started, and what a request to it is. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { freePort } from '../support/postgres-server.mjs';
import { root, start, untilReady } from './processes.mjs';

/** Connections of each pool to the database. */
export const POOL = 8;

/** Dashboards send a token; with it the hub reads whatever the provenance of the rows. */
const ADMIN_TOKEN = 'benchmark-only-9fK2vQ7xLw3pZt';

const JSON_HEADERS = { 'content-type': 'application/json' };

/**
 * Starts the contestants that are asked for, each a process of its own on the loopback interface.
 * @param databaseUrl the database with the data
 * @param options `hub`: folder of the hub that is measured; `dataDir`: a folder for what it writes
 * @param names of those that take part beside the hub
 */
export async function startContestants(databaseUrl, { hub, dataDir }, names) {
  const hubItself = await startHub(databaseUrl, { hub, dataDir });
  const contestants = [hubItself];
  // The same process, asked by others: what it costs to tell who asks.
  if (names.includes('anonymous')) contestants.push({ ...hubItself, name: 'anonymous' });
  if (names.includes('member'))
    contestants.push({ ...hubItself, name: 'member', token: await letIn(hubItself) });
  if (names.includes('postgraphile')) {
    const env = { DATABASE_URL: databaseUrl, POOL: String(POOL) };
    contestants.push(await startOne('postgraphile', [file('postgraphile')], root, env));
  }
  if (names.includes('limit')) contestants.push(await startStatements('limit', databaseUrl));
  return contestants;
}

/** Starts the hub itself; `options` as for all contestants. */
export function startHub(databaseUrl, { hub, dataDir }) {
  return startOne('hub', ['dist/src/main.js'], hub, hubEnvironment(databaseUrl, dataDir));
}

/**
 * Starts a contestant whose answers are statements written by hand.
 * @param name what the shapes have its statements under
 * @param ofMetrics whether its shapes are those of the metrics
 */
export async function startStatements(name, databaseUrl, ofMetrics = false) {
  const env = {
    ...{ DATABASE_URL: databaseUrl, POOL: String(POOL), STATEMENTS: name },
    ...(ofMetrics ? { OF_METRICS: '1' } : {}),
  };
  return { ...(await startOne(name, [file('limit')], root, env, true)), isByNumber: true };
}

/** Starts the server that always gives the same answer. */
export async function startConstant(hub, answer) {
  const env = { HUB: hub, ANSWER: answer, HUB_ADMIN_TOKEN: ADMIN_TOKEN };
  return startOne('constant', [file('constant')], hub, env);
}

const file = (name) => join(root, 'test/bench', `contestant-${name}.mjs`);

function hubEnvironment(databaseUrl, dataDir) {
  return {
    DATABASE_URL: databaseUrl,
    HUB_MODE: 'demonstration',
    HUB_DATA_DIR: dataDir,
    HUB_DB_POOL: String(POOL),
    HUB_ADMIN_TOKEN: ADMIN_TOKEN,
    // Counted, and never refused.
    HUB_RATE_LIMITS: 'PUBLIC=100000000,HUB_ADMIN=100000000',
    HUB_LOG_LEVEL: 'warn',
    HOST: '127.0.0.1',
  };
}

async function startOne(name, args, cwd, env, isByNumber = false) {
  const port = await freePort();
  const child = start(args, { cwd, env: { ...env, PORT: String(port), GRAPHILE_ENV: 'production' } });
  const contestant = { name, child, url: `http://127.0.0.1:${port}` };
  const probe = {
    method: 'POST',
    headers: headersOf(contestant),
    body: JSON.stringify({ query: '{ __typename }' }),
  };
  if (isByNumber) await untilReady(child, contestant.url, { method: 'GET' });
  else await untilReady(child, `${contestant.url}/graphql`, probe);
  return contestant;
}

/** `token` is what a contestant is asked with: null is none, and without it the hub's administrator asks. */
function headersOf({ name, token }) {
  const sent = token === undefined && (name === 'hub' || name === 'constant') ? ADMIN_TOKEN : token;
  return sent ? { ...JSON_HEADERS, authorization: `Bearer ${sent}` } : JSON_HEADERS;
}

/** A tool of one partner, and its token. */
async function letIn(hub) {
  const send = async (query, variables = {}) => {
    const { data } = await ask(hub, requestTo(hub, { query, variables }));
    return data;
  };
  const { partners } = await send('{ partners(first: 1) { nodes { id } } }');
  const input = {
    idempotencyKey: randomUUID(),
    name: 'Benchmark',
    roles: [{ role: 'PARTNER_READER', reference: partners.nodes[0].id }],
  };
  const { createClient } = await send(
    'mutation ($input: CreateClientInput!) { createClient(input: $input) { client { id } } }',
    { input },
  );
  const { issueAccessToken } = await send(
    'mutation ($input: IssueAccessTokenInput!) { issueAccessToken(input: $input) { secret } }',
    { input: { idempotencyKey: randomUUID(), client: createClient.client.id, scopes: ['READ'] } },
  );
  return issueAccessToken.secret;
}

/**
 * The request of a case to a contestant, in the words of its kind.
 * @param number the position of the shape among all shapes
 */
export function requestOf(contestant, shape, number, given) {
  const words = contestant.name === 'postgraphile' ? shape.postgraphile : shape.hub;
  const request = requestTo(contestant, { query: words.query, variables: words.variables(given) });
  return contestant.isByNumber ? { ...request, path: `/${number}` } : request;
}

/** An operation as a request. */
export function requestTo(contestant, operation) {
  return {
    method: 'POST',
    path: '/graphql',
    headers: headersOf(contestant),
    body: JSON.stringify(operation),
  };
}

/**
 * Asks once.
 * @throws Error for anything but status 200 and `data` without errors
 */
export async function ask(contestant, request) {
  const { path, ...init } = request;
  const response = await fetch(`${contestant.url}${path}`, init);
  const text = await response.text();
  const answer = response.status === 200 ? JSON.parse(text) : {};
  if (!answer.data || answer.errors) {
    throw new Error(`${contestant.name} answers with status ${response.status}: ${text.slice(0, 1000)}`);
  }
  return { text, data: answer.data };
}
