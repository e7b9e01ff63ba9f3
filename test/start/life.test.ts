import { readFile, stat } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import {
  type HubProcess,
  refusedStart,
  START_TIMEOUT,
  startHubProcess,
  temporaryFolder,
  tidyUp,
} from './hub-process.ts';

// The life of one data folder with the embedded database, from the first start on. The tests follow each other.
jest.setTimeout(START_TIMEOUT);

let folder: string;
let hub: HubProcess;
let token: string;

beforeAll(async () => {
  folder = await temporaryFolder();
  hub = await startHubProcess({ HUB_DATA_DIR: folder });
});
afterAll(async () => {
  agent.destroy();
  await tidyUp();
});

async function ask(query: string, headers: Record<string, string> = {}) {
  const response = await fetch(`${hub.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
  });
  return { status: response.status, body: (await response.json()) as { data: Record<string, unknown> } };
}

const FEDERATION = '{ federation(reference: { slug: "kept" }) { name } }';

/** A few seconds of work on the database, within what one operation may cost. */
const LONG = `{ ${Array.from(
  { length: 8 },
  (_, index) => `a${index}: publishedFigures(first: 100) { nodes { computed { value } } }`,
).join(' ')} }`;

// A client that keeps its connection, as browsers and routers do, must not keep the hub from ending.
const agent = new Agent({ keepAlive: true });

/** Sends a request and answers when all of it is on its way; `answer` is what comes back. */
async function sendOff(query: string): Promise<{ answer: Promise<{ status: number; text: string }> }> {
  const sent = request(`${hub.url}/graphql`, {
    method: 'POST',
    agent,
    headers: { 'content-type': 'application/json' },
  });
  const answer = new Promise<{ status: number; text: string }>((resolve, reject) => {
    sent.on('error', reject);
    sent.on('response', async (response) => {
      let text = '';
      for await (const part of response) text += part;
      resolve({ status: response.statusCode as number, text });
    });
  });
  await new Promise<void>((resolve) => sent.end(JSON.stringify({ query }), resolve));
  return { answer };
}

describe('a first start', () => {
  test('says where to go, and that every record is synthetic', () => {
    expect(hub.stdout()).toContain(`${hub.url}/graphiql\n`);
    expect(hub.stdout()).toContain(`${hub.url}/graphql\n`);
    expect(hub.stdout()).toContain(`${hub.url}/healthz`);
    expect(hub.stdout()).toMatch(/demonstration mode · embedded database/);
    expect(hub.stdout()).toMatch(/Every record here is SYNTHETIC/);
    expect(hub.stdout()).toMatch(/Writing the demonstration data: synthetic/);
  });

  test('prints no warning', () => {
    expect(hub.stderr()).toBe('');
  });

  test('prints the administrator’s token once, and keeps it where only its user reads it', async () => {
    const file = join(folder, 'admin-token');
    token = (await readFile(file, 'utf8')).trim();
    expect(token.length).toBeGreaterThanOrEqual(40);
    expect(hub.stdout().split(token)).toHaveLength(2);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await stat(folder)).mode & 0o077).not.toBe(0o077);
  });

  test('answers without a token, and writes with it alone', async () => {
    const write = `mutation { createFederation(input: {
      idempotencyKey: "start-life-1", slug: "kept", name: { en: "Kept" }, provenance: SYNTHETIC
    }) { federation { slug } userErrors { code } } }`;
    expect((await ask('{ partners { totalCount } }')).body).toEqual({
      data: { partners: { totalCount: 977 } },
    });
    expect((await ask(write)).body).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
    const { body } = await ask(write, { authorization: `Bearer ${token}` });
    expect(body.data.createFederation).toEqual({ federation: { slug: 'kept' }, userErrors: [] });
  });

  test('keeps a second hub from its data folder, in one line', async () => {
    const { code, stdout, stderr } = await refusedStart({ HUB_DATA_DIR: folder });
    expect(code).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^The data folder \S+ is in use by process \d+\. Stop that hub.*\n$/);
    expect((await ask('{ viewer { principal } }')).status).toBe(200);
  });
});

describe('SIGTERM', () => {
  test('lets the request under way end, and the process ends by itself', async () => {
    const { answer } = await sendOff(LONG);
    // The hub lives while its database works, and has read the long request before this one.
    expect((await fetch(`${hub.url}/healthz`)).status).toBe(200);
    let answered = false;
    void answer.then(() => {
      answered = true;
    });
    hub.child.kill('SIGTERM');
    await new Promise((resolve) => hub.child.stdout?.once('data', resolve));
    expect(answered).toBe(false);

    const { status, text } = await answer;
    expect(status).toBe(200);
    expect(Object.keys(JSON.parse(text).data)).toHaveLength(8);
    expect(await hub.ended).toMatchObject({ code: 0, signal: null, stderr: '' });
  });

  test('leaves a folder that another hub can take', async () => {
    await expect(stat(join(folder, 'hub.lock'))).rejects.toThrow('ENOENT');
  });
});

describe('a second start', () => {
  beforeAll(async () => {
    hub = await startHubProcess({ HUB_DATA_DIR: folder });
  });

  test('neither seeds nor migrates, and shows no token', () => {
    expect(hub.stdout()).not.toMatch(/Writing|Applying/);
    expect(hub.stdout()).not.toContain(token);
    expect(hub.stdout()).toContain(`${folder}/admin-token`);
  });

  test('finds what was written', async () => {
    expect((await ask(FEDERATION)).body.data).toEqual({ federation: { name: 'Kept' } });
    expect((await ask('{ partners { totalCount } }')).body.data).toEqual({ partners: { totalCount: 977 } });
  });

  test('works after a hub that was killed', async () => {
    hub.child.kill('SIGKILL');
    expect(await hub.ended).toMatchObject({ signal: 'SIGKILL' });
    hub = await startHubProcess({ HUB_DATA_DIR: folder });
    expect((await ask(FEDERATION)).body.data).toEqual({ federation: { name: 'Kept' } });
    hub.child.kill('SIGINT');
    expect(await hub.ended).toMatchObject({ code: 0, stderr: '' });
  });

  test('in operation is refused, and the demonstration stays as it is', async () => {
    const { code, stderr } = await refusedStart({ HUB_DATA_DIR: folder, HUB_MODE: 'operation' });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^This database holds synthetic demonstration data.*HUB_MODE=demonstration\.\n$/);
    hub = await startHubProcess({ HUB_DATA_DIR: folder });
    expect((await ask('{ viewer { isDemonstration } }')).body.data).toEqual({
      viewer: { isDemonstration: true },
    });
  });
});
