import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { buildSchema, getOperationAST, Kind, parse, TypeInfo, visit, visitWithTypeInfo } from 'graphql';
import { startTestHub, type TestHub } from '../support/hub.ts';
import { agree } from './agreement.ts';
import { Database } from './database.ts';
import { Oracle } from './oracle.ts';
import { RECOUNTED } from './recounted.ts';

const FOLDER = new URL('../../schema/operations/', import.meta.url);
const SCHEMA = readFileSync(new URL('../../schema/schema.graphql', import.meta.url), 'utf8');
const FILES = readdirSync(FOLDER).sort();
const read = (file: string): string => readFileSync(new URL(file, FOLDER), 'utf8');

const READS = FILES.filter((file) => file.endsWith('.graphql'))
  .map((file) => {
    const name = file.replace('.graphql', '');
    const given = `${name}.variables.json`;
    return { name, source: read(file), variables: FILES.includes(given) ? JSON.parse(read(given)) : {} };
  })
  .filter(({ source }) => getOperationAST(parse(source))?.operation === 'query')
  .filter(({ source }) => !isRecounted(source));

/** Whether an operation asks for what other tests recount. */
function isRecounted(source: string): boolean {
  const types = new TypeInfo(buildSchema(SCHEMA));
  let found = false;
  visit(
    parse(source),
    visitWithTypeInfo(types, {
      enter(node) {
        if (node.kind === Kind.FIELD)
          found ||= `${types.getParentType()?.name}.${node.name.value}` in RECOUNTED;
      },
    }),
  );
  return found;
}

let hub: TestHub;
let oracle: Oracle;
beforeAll(async () => {
  hub = await startTestHub();
  oracle = new Oracle(await Database.load(hub));
});
afterAll(() => hub.close());

test.each(READS)('$name: hub and oracle agree', async ({ source, variables }) => {
  for (const language of ['FR', 'NL', 'EN', 'DE'] as const) {
    const outcome = await agree(hub, oracle, { source, variables, language, token: language === 'NL' });
    expect(outcome).not.toBe('too large');
  }
});
