import { expect, test } from '@jest/globals';
import type { PoolClient } from 'pg';
import { Prepared } from './prepared.ts';
import type { Statement } from './statement.ts';

/** What a connection is to this rule: something to count by. */
const connection = (): PoolClient => ({}) as PoolClient;

function statement(length: number): Statement {
  return { text: 'x'.repeat(length), fixed: [''], uses: 0, name: undefined };
}

/** Uses a statement until it has its name. */
function use(prepared: Prepared, of: Statement, client: PoolClient): string | undefined {
  for (let time = 0; time < 3; time++) expect(prepared.name(of, client)).toBeUndefined();
  return prepared.name(of, client);
}

test('a statement keeps its name, and counts once on a connection', () => {
  const prepared = new Prepared(true);
  const client = connection();
  const long = statement(600_000);
  const name = use(prepared, long, client);
  expect(prepared.name(long, client)).toBe(name);
  expect(prepared.isFull(client)).toBe(false);
  expect(use(prepared, statement(1), client)).not.toBe(name);
});

test('a connection is full of few long statements as of many short ones', () => {
  const prepared = new Prepared(true);
  const [long, short] = [connection(), connection()];
  for (let n = 0; n < 2; n++) use(prepared, statement(500_000), long);
  expect(prepared.isFull(long)).toBe(true);
  for (let n = 0; n < 200; n++) {
    expect(prepared.isFull(short)).toBe(false);
    use(prepared, statement(10), short);
  }
  expect(prepared.isFull(short)).toBe(true);
});
