import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startTestHub, type TestHub } from '../support/hub.ts';
import { limits, post, remaining, StandingClock } from './support.ts';

const FOLDER = new URL('../../schema/operations/', import.meta.url);
const FILES = readdirSync(FOLDER);
const read = (file: string): string => readFileSync(new URL(file, FOLDER), 'utf8');

const clock = new StandingClock();
let hub: TestHub;
beforeAll(async () => {
  hub = await startTestHub('demonstration', { clock: clock.read, limits: limits() });
});
afterAll(() => hub.close());

test('a page without a token may ask all saved questions every five seconds, for as long as it likes', async () => {
  const questions = FILES.filter((file) => file.endsWith('.graphql')).filter(
    (file) => !/^\s*mutation/m.test(read(file)),
  );
  expect(questions.length).toBeGreaterThan(10);
  const costs: Record<string, number> = {};
  for (const file of questions) {
    const variables = file.replace(/graphql$/, 'variables.json');
    const given = FILES.includes(variables) ? JSON.parse(read(variables)) : undefined;
    const before = await remaining(hub);
    const { status, body } = await post(hub, read(file), {}, given);
    expect([file, status, body.errors]).toEqual([file, 200, undefined]);
    costs[file] = before - (await remaining(hub)) - 1;
  }
  const each = Object.values(costs).reduce((sum, cost) => sum + cost, 0);
  clock.pass(60);
  const limit = await remaining(hub);
  expect(each * 12).toBeLessThan(limit);
});
