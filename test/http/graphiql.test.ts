import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import Fastify, { type FastifyInstance } from 'fastify';
import { routeGraphiql } from '../../src/http/graphiql.ts';

const FOLDER = join(process.cwd(), 'dist/graphiql/');
// The bundle is made once, in seconds on an idle machine.
jest.setTimeout(120_000);

let http: FastifyInstance;
beforeAll(async () => {
  // Nothing to do where the bundle is fresh.
  const build = spawnSync(process.execPath, ['src/build.mjs', '--step', 'graphiql'], { encoding: 'utf8' });
  expect([build.status, build.stderr]).toEqual([0, '']);
  http = Fastify();
  await routeGraphiql(http, FOLDER);
});
afterAll(() => http.close());

describe('GraphiQL', () => {
  test.each(['/', '/graphiql'])('%s leads to the page', async (url) => {
    const response = await http.inject(url);
    expect([response.statusCode, response.headers.location]).toEqual([302, '/graphiql/']);
  });

  test('the page comes with a policy that allows this origin alone', async () => {
    const { statusCode, headers } = await http.inject('/graphiql/');
    expect([statusCode, headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    const policy = String(headers['content-security-policy']);
    expect(policy).toMatch(/default-src 'none'/);
    expect(policy).toMatch(/script-src 'self';/);
    expect(policy).toMatch(/connect-src 'self';/);
    expect(policy).not.toMatch(/https?:|\*|unsafe-eval/);
    expect(headers['cache-control']).toBe('no-cache');
    expect(headers['x-content-type-options']).toBe('nosniff');
  });

  test('the page loads nothing from outside', async () => {
    const { body } = await http.inject('/graphiql/');
    const addresses = [...body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address = '']) => address);
    expect(addresses.length).toBeGreaterThan(2);
    for (const address of addresses) expect(address).toMatch(/^(\/graphiql\/assets\/|data:image\/)/);
    for (const address of addresses.filter((given) => given.startsWith('/'))) {
      const asset = await http.inject(address);
      expect([address, asset.statusCode]).toEqual([address, 200]);
      expect(asset.headers['cache-control']).toMatch(/immutable/);
    }
  });

  test('its styles and fonts are its own', () => {
    const styles = readdirSync(join(FOLDER, 'assets')).filter((name) => name.endsWith('.css'));
    expect(styles.length).toBeGreaterThan(0);
    for (const name of styles) {
      expect(readFileSync(join(FOLDER, 'assets', name), 'utf8')).not.toMatch(
        /url\(["']?(https?:)?\/\/|@import/,
      );
    }
  });

  test('no script loads another from outside', () => {
    const scripts = readdirSync(join(FOLDER, 'assets')).filter((name) => name.endsWith('.js'));
    expect(scripts.length).toBeGreaterThan(3);
    for (const name of scripts) {
      const text = readFileSync(join(FOLDER, 'assets', name), 'utf8');
      expect([name, /(import|importScripts|new Worker)\(["'`](https?:)?\/\//.test(text)]).toEqual([
        name,
        false,
      ]);
      expect([name, /https:\/\/(cdn|unpkg|esm\.sh|cdnjs)/.test(text)]).toEqual([name, false]);
    }
  });

  test('it holds the operations of schema/operations', () => {
    const operations = readdirSync('schema/operations').filter((name) => name.endsWith('.graphql'));
    const scripts = readdirSync(join(FOLDER, 'assets')).filter((name) => name.endsWith('.js'));
    const bundle = scripts.map((name) => readFileSync(join(FOLDER, 'assets', name), 'utf8')).join('');
    for (const file of operations) {
      const text = readFileSync(join('schema/operations', file), 'utf8');
      const name = /^(?:query|mutation) (\w+)/m.exec(text)?.[1];
      expect([file, name && bundle.includes(name)]).toEqual([file, true]);
    }
  });

  test('no file beside it is served', async () => {
    for (const url of ['/graphiql/../src/main.js', '/graphiql/%2e%2e/src/main.js', '/graphiql/none.js']) {
      expect([url, (await http.inject(url)).statusCode]).toEqual([url, 404]);
    }
  });
});

test('without a build the hub still starts, and says how to make the page', async () => {
  const warnings: string[] = [];
  const stream = { write: (line: string) => warnings.push(line) };
  const bare = Fastify({ logger: { level: 'warn', stream } });
  await routeGraphiql(bare, '/nowhere/graphiql/');
  expect(warnings.join()).toMatch(/npm run build/);
  expect((await bare.inject('/graphiql')).statusCode).toBe(404);
  await bare.close();
});
