import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isObjectType, parse } from 'graphql';
import { Bench, seedOf } from './generated.ts';
import { fieldsOf, reachable, readTypes } from './reached.ts';
import { RECOUNTED } from './recounted.ts';
import { FIELDS } from './rooms/index.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await Bench.start();
}, 120_000);
afterAll(() => bench.hub.close());

describe('the oracle', () => {
  test('knows every field that can be read, and no other', () => {
    const fields = readTypes(bench.oracle.schema).flatMap((type) =>
      fieldsOf(type).map(({ name }) => `${type.name}.${name}`),
    );
    expect(fields.length).toBeGreaterThan(400);
    // What is missing here belongs in its room: test/oracle/rooms.
    expect({ missing: fields.filter((name) => !FIELDS.has(name)) }).toEqual({ missing: [] });
    expect({ unknown: [...FIELDS.keys()].filter((name) => !fields.includes(name)) }).toEqual({ unknown: [] });
  });

  test.each(Object.entries(RECOUNTED))('leaves %s to a test that asks it: %s', (name, file) => {
    const [typeName, fieldName] = name.split('.') as [string, string];
    const type = bench.oracle.schema.getType(typeName);
    expect(isObjectType(type) && Object.keys(type.getFields())).toContain(fieldName);
    expect(readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8')).toMatch(
      new RegExp(`\\b${fieldName}\\b`),
    );
  });
});

describe('generated operations', () => {
  const RUNS = 2400;
  // It is about the generator and not about the database: once is enough, and on the embedded one.
  const once = process.env.HUB_TEST_DATABASE_URL ? test.skip : test;

  once(
    `of ${RUNS}, all are valid, and they reach almost every field and argument`,
    async () => {
      const { oracle, plans } = bench;
      for (const plan of fc.sample(plans, { seed: seedOf(0), numRuns: RUNS })) {
        expect(await bench.isValid(plan)).toBe(true);
        for (const { source, variables, language, token } of await bench.operations(plan))
          await oracle.answer(parse(source), variables, { language, token });
      }
      const all = reachable(oracle.schema);
      const missing = all.filter((name) => !oracle.reached.has(name));
      expect(missing.length / all.length).toBeLessThan(0.04);
    },
    300_000,
  );
});
