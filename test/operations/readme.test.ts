import { readdir, readFile, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startTestHub, type TestHub } from '../support/hub.ts';

/** What the README shows must be so: its outputs are real. UPDATE_README=1 writes them anew. */
const README = new URL('../../README.md', import.meta.url);
const OPERATIONS = new URL('../../schema/operations/', import.meta.url);

let hub: TestHub;
beforeAll(async () => {
  hub = await startTestHub();
});
afterAll(() => hub.close());

async function answer(query: string, variables?: Record<string, unknown>): Promise<string> {
  const { data, errors } = await hub.query(query, variables);
  expect(errors).toBeUndefined();
  return JSON.stringify({ data }, null, 2);
}

/** The README with each marked block filled: a file of the project, or the answer to a query. */
async function filled(readme: string): Promise<string> {
  const [, body] = /curl [^\n]+-d '(\{[^']+\})'/.exec(readme) ?? [];
  const { query } = JSON.parse(body as string) as { query: string };
  const overview = await readFile(new URL('01-overview.graphql', OPERATIONS), 'utf8');
  const blocks: Record<string, string> = {
    'answer: first question': await answer(query),
    'file: schema/operations/01-overview.graphql': overview.trimEnd(),
    'answer: 01-overview': await answer(overview),
  };
  let text = readme;
  for (const [marker, content] of Object.entries(blocks)) {
    const pattern = new RegExp(`(<!-- ${marker} -->\n\`\`\`\\w+\n)[\\s\\S]*?(\`\`\`)`);
    expect(readme).toMatch(pattern);
    text = text.replace(pattern, (_, before: string, after: string) => `${before}${content}\n${after}`);
  }
  return text;
}

test('the outputs in the README are what the hub answers', async () => {
  const readme = await readFile(README, 'utf8');
  const expected = await filled(readme);
  if (process.env.UPDATE_README) await writeFile(README, expected);
  else expect(readme).toBe(expected);
});

test('every error code of the hub stands in the README', async () => {
  const readme = await readFile(README, 'utf8');
  const source = new URL('../../src/', import.meta.url);
  const files = (await readdir(source, { recursive: true })).filter((file) => /\.ts$/.test(file));
  const texts = await Promise.all(files.map((file) => readFile(new URL(file, source), 'utf8')));
  const codes = new Set(
    texts.flatMap((text) =>
      [...text.matchAll(/(?:Error\(\s*|: \[\s*)'([A-Z]+(?:_[A-Z]+)+)',/g)].map(([, code]) => code as string),
    ),
  );
  expect(codes.size).toBeGreaterThan(40);
  expect([...codes].filter((code) => !readme.includes(`\`${code}\``))).toEqual([]);
});
