import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { parse } from 'graphql';
import { Ctx, Field, FieldResolver, Int, ObjectType, Query, Resolver, Root } from 'type-graphql';
import { IdempotencyRecord } from '../../src/access/idempotency.entity.ts';
import { ADMINISTRATOR } from '../../src/access/viewer.ts';
import { PUBLIC_RECORDS } from '../../src/database/row-security.ts';
import { Computed, loader } from '../../src/graphql/computed.ts';
import type { HubContext } from '../../src/graphql/context.ts';
import { Language } from '../../src/graphql/language.ts';
import { buildHubSchema, resolverOf } from '../../src/graphql/schema.ts';
import {
  Bindings,
  bind,
  type Execution,
  type Executor,
  list,
  Reader,
  type Rows,
  readThroughSql,
} from '../../src/read/index.ts';
import { startTestHub, type TestHub } from '../support/hub.ts';

const batches: string[][] = [];

/** How long each text is, worked out for all of a request at once. */
async function lengths(texts: readonly string[]): Promise<number[]> {
  batches.push([...texts]);
  return texts.map((text) => text.length);
}

/** A type of this test alone, on a table of which the hub's own schema shows nothing. */
@ObjectType('IdempotencyRecord', { description: 'A row with a figure that SQL does not give.' })
class RecordType {
  @Field(() => String, { description: 'A column.' })
  key!: string;

  @Field(() => String, { description: 'A column.' })
  mutation!: string;
}

@Resolver(() => RecordType)
class RecordResolver {
  @Query(() => [RecordType], { description: 'All of them.' })
  records(): Rows {
    return list(IdempotencyRecord, { orderBy: [{ by: (row) => row.key, direction: 'asc', type: 'text' }] });
  }

  @FieldResolver(() => Int, { description: 'Computed for each row.' })
  @Computed('mutation')
  length(@Root() { mutation }: RecordType, @Ctx() context: HubContext): Promise<number> {
    return loader(context, lengths).load(mutation);
  }
}

let hub: TestHub;
let executor: Executor;
beforeAll(async () => {
  hub = await startTestHub();
  await hub.sql(`insert into idempotency_record (principal, key, mutation, fingerprint, outcome)
    select 'test', 'key ' || n, repeat('m', 1 + n % 3), repeat('0', 64), '{}' from generate_series(1, 5) as n`);
  const schema = buildHubSchema({
    resolvers: [RecordResolver],
    types: [],
    instances: new Map(),
  });
  executor = readThroughSql(schema, {
    bindings: new Bindings(
      [bind({ entity: IdempotencyRecord, rule: PUBLIC_RECORDS })],
      hub.orm.getMetadata(),
    ),
    reader: new Reader({ pool: () => hub.orm.em.getConnection().getNativeClient(), prepared: false }),
    resolverOf,
  });
});
afterAll(() => hub.close());

async function ask(source: string) {
  const statements: string[] = [];
  let execution: Execution | undefined;
  const context: HubContext = {
    viewer: ADMINISTRATOR,
    language: Language.FR,
    observe: ({ text }) => statements.push(text),
    onExecution: (way) => {
      execution = way;
    },
  };
  const { data, errors } = await executor.execute({ document: parse(source), context });
  expect(errors).toBeUndefined();
  return { records: JSON.parse(JSON.stringify(data)).records, statements, execution };
}

test('a computed field receives the columns it names, in one statement and one batch', async () => {
  // The client need not ask for the column.
  const { records, statements, execution } = await ask('{ records { key again: length length } }');
  expect(records).toEqual(
    [1, 2, 3, 4, 5].map((n) => ({ key: `key ${n}`, again: 1 + (n % 3), length: 1 + (n % 3) })),
  );
  expect(Object.keys(records[0])).toEqual(['key', 'again', 'length']);
  expect(statements).toHaveLength(1);
  // Once each, however many rows and fields ask.
  expect(batches).toEqual([['mm', 'mmm', 'm']]);
  expect(execution).toEqual({ whole: false, why: 'IdempotencyRecord.length is computed for each row' });
});

test('without a computed field the same type is read whole', async () => {
  const { execution } = await ask('{ records { key mutation } }');
  expect(execution).toEqual({ whole: true });
});
