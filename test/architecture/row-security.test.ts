import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { EntityMetadata } from '@mikro-orm/core';
import type { GraphQLObjectType } from 'graphql';
import { getMetadataStorage } from 'type-graphql';
import { Role, TokenScope } from '../../src/access/roles.ts';
import { bindings } from '../../src/app.ts';
import { rowSecurity } from '../../src/database/row-security.ts';
import { startTestHub, type TestHub } from '../support/hub.ts';

let hub: TestHub;
beforeAll(async () => {
  hub = await startTestHub('operation');
});
afterAll(() => hub.close());

/** What the hub knows of itself: everybody reads it, and triggers and the start alone write it. */
const UNPROTECTED = ['hub_migration', 'hub_state'];

async function unprotected(): Promise<string[]> {
  const rows = await hub.sql<{ name: string }>(
    `select c.relname as name from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
       and not (c.relrowsecurity and c.relforcerowsecurity) order by 1`,
  );
  return rows.map(({ name }) => name);
}

test('every table is bound by row security, for its owner too', async () => {
  expect(await unprotected()).toEqual(UNPROTECTED);
  await hub.sql('create table forgotten (id uuid primary key)');
  expect(await unprotected()).toEqual(['forgotten', ...UNPROTECTED]);
  await hub.sql('drop table forgotten');
});

test('what the compiler writes and what the database holds are one rule', () => {
  for (const { entity, rule } of bindings) {
    const meta = hub.orm.getMetadata().find(entity) as EntityMetadata;
    expect([meta.tableName, meta.policies.map(({ name, using, check }) => ({ name, using, check }))]).toEqual(
      [
        meta.tableName,
        rowSecurity(meta.tableName, rule).policies.map(({ name, using, check }) => ({ name, using, check })),
      ],
    );
  }
});

test('a sandbox is stopped, and real records are noticed, in every table whose rows say where they come from', async () => {
  const tables = await hub.sql<{ name: string; policies: number; triggers: number }>(
    `select c.table_name as name,
       (select count(*)::int from pg_policies p where p.tablename = c.table_name and p.cmd in ('INSERT', 'UPDATE')
         and p.with_check like '%sandbox%' and p.with_check like '%provenance%') as policies,
       (select count(*)::int from pg_trigger t where t.tgrelid = c.table_name::regclass
         and t.tgname in (c.table_name || '_provenance', c.table_name || '_same_provenance')) as triggers
     from information_schema.columns c where c.table_schema = 'public' and c.column_name = 'provenance'
       and c.table_name in (select tablename from pg_tables) order by 1`,
  );
  expect(tables.length).toBeGreaterThan(9);
  expect(tables.filter(({ policies, triggers }) => policies !== 2 || triggers !== 2)).toEqual([]);
});

test('every mutation says which scopes and which roles it is for', () => {
  const type = hub.schema.getMutationType() as GraphQLObjectType;
  const declared = getMetadataStorage().authorizedFields;
  const isScope = (one: string): boolean => one in TokenScope;
  const isRole = (one: string): boolean => one in Role;
  for (const name of Object.keys(type.getFields())) {
    const needed = (declared.find(({ fieldName }) => fieldName === name)?.roles ?? []) as string[];
    expect([
      name,
      needed.some(isScope),
      needed.some(isRole),
      needed.every((one) => isScope(one) || isRole(one)),
    ]).toEqual([name, true, true, true]);
  }
});
