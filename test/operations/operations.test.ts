import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Kind, type OperationDefinitionNode, parse } from 'graphql';
import { type Answer, startTestHub, type TestHub } from '../support/hub.ts';

const FOLDER = new URL('../../schema/operations/', import.meta.url);

interface Saved {
  name: string;
  source: string;
  operation: OperationDefinitionNode;
  /** From `NAME.variables.json`, which GraphiQL shows with the example. */
  variables: Record<string, unknown>;
}

const FILES = readdirSync(FOLDER).sort();

function read(file: string): string {
  return readFileSync(new URL(file, FOLDER), 'utf8');
}

/** Every saved operation, in the sequence of the file names: those that write come last. */
const SAVED: Saved[] = FILES.filter((file) => file.endsWith('.graphql')).map((file) => {
  const name = file.replace(/\.graphql$/, '');
  const source = read(file);
  const [operation] = parse(source).definitions.filter((one) => one.kind === Kind.OPERATION_DEFINITION);
  const given = `${name}.variables.json`;
  const variables = FILES.includes(given) ? JSON.parse(read(given)) : {};
  return { name, source, operation: operation as OperationDefinitionNode, variables };
});

/** A day on which the demonstration's agreement is open for orders. */
const TODAY = new Date('2026-07-15T10:00:00+02:00');
/** What is of the real day: nothing of the demonstration is late long after it. */
const MAY_BE_EMPTY = new Set(['lateSuppliers']);

let hub: TestHub;
beforeAll(async () => {
  hub = await startTestHub('demonstration', { clock: () => TODAY });
});
afterAll(() => hub.close());

function run({ source, operation, variables }: Saved): Promise<Answer> {
  return operation.operation === 'mutation' ? hub.write(source, variables) : hub.query(source, variables);
}

function rootFields({ operation }: Saved): number {
  return operation.selectionSet.selections.filter(({ kind }) => kind === Kind.FIELD).length;
}

/** Whether a value says nothing: null, or a list without elements. */
function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined) return true;
  if (Array.isArray(value)) return value.every(isEmpty);
  if (typeof value !== 'object') return false;
  const { nodes, edges, rows } = value as Record<string, unknown>;
  const lists = [nodes, edges, rows].filter((list) => list !== undefined);
  return lists.length > 0 && lists.every(isEmpty);
}

// Before the operations that write: the answers are those of the data as it was seeded.
describe('answers', () => {
  const answer = async (name: string) => {
    const saved = SAVED.find((one) => one.name === name) as Saved;
    const { data } = await run(saved);
    return JSON.stringify(data, null, 2);
  };

  test.each(['01-overview', '07-published-figures'])('%s', async (name) => {
    expect(await answer(name)).toMatchSnapshot();
  });

  test('what the hub answers of today does not change with the day: the demonstration ends before it', async () => {
    const [latest] = await hub.sql<{ day: string }>(
      `select max(day)::text as day from (
        select requested_on from enrolment union all select active_from from enrolment union all select ended_on from enrolment
        union all select occurred_on from enrolment_event union all select occurred_on from usage_entry
        union all select valid_from from recognition union all select valid_until from recognition
        union all select valid_from from membership union all select valid_until from membership
      ) as days(day)`,
    );
    expect(latest).toEqual({ day: '2026-06-30' });
  });

  test('of today: partners with an active enrolment are those whose enrolment holds today', async () => {
    const [row] = await hub.sql(
      `select count(*)::int as n from enrolment where (status = 'ACTIVE') is distinct from
        (active_from is not null and active_from <= current_date and (ended_on is null or ended_on > current_date))`,
    );
    expect(row).toEqual({ n: 0 });
  });
});

describe('saved operations', () => {
  test('are files with one named operation, a number and a first line that says what it is for', () => {
    expect(SAVED.length).toBeGreaterThanOrEqual(16);
    for (const { name, source, operation } of SAVED) {
      expect(name).toMatch(/^\d\d-[a-z0-9-]+$/);
      expect(source).toMatch(/^# \S.+\.\n/);
      const words = name.slice(3).split('-');
      const expected = words.map((word) => (word[0] as string).toUpperCase() + word.slice(1)).join('');
      if (operation.name?.value !== expected)
        expect([name, operation.name?.value]).toEqual(['13-node', 'Nodes']);
    }
  });

  test('have the variables that they need, and no file is left over', () => {
    for (const { name, operation, variables } of SAVED) {
      const needed = (operation.variableDefinitions ?? [])
        .filter(({ type, defaultValue }) => type.kind === Kind.NON_NULL_TYPE && !defaultValue)
        .map(({ variable }) => variable.name.value);
      const missing = needed.filter((variable) => !(variable in variables));
      if (missing.length > 0) {
        throw new Error(`Give ${missing.join(', ')} in schema/operations/${name}.variables.json`);
      }
      const declared = (operation.variableDefinitions ?? []).map(({ variable }) => variable.name.value);
      expect(declared).toEqual(expect.arrayContaining(Object.keys(variables)));
    }
    const expected = SAVED.flatMap(({ name }) => [`${name}.graphql`, `${name}.variables.json`]);
    expect(expected).toEqual(expect.arrayContaining(FILES));
  });

  test.each(SAVED)('$name is answered with one read statement', async (saved) => {
    const { data, errors, statements, execution } = await run(saved);
    expect(errors).toBeUndefined();
    if (saved.operation.operation === 'mutation') {
      expect(statements.length).toBeLessThanOrEqual(rootFields(saved));
    } else {
      expect({ execution, statements: statements.length }).toEqual({
        execution: { whole: true },
        statements: 1,
      });
    }
    for (const [field, value] of Object.entries<Record<string, unknown>>(data)) {
      if (!MAY_BE_EMPTY.has(field)) expect([field, isEmpty(value)]).toEqual([field, false]);
      if (saved.operation.operation === 'mutation') expect(value.userErrors).toEqual([]);
    }
  });
});
