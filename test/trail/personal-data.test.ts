import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { IMPERSONAL_COLUMNS, IMPERSONAL_TABLES, PERSONAL_DATA } from '../../src/trail/personal-data.ts';
import { startTestHub, type TestHub } from '../support/hub.ts';

let hub: TestHub;
beforeAll(async () => {
  hub = await startTestHub('operation');
});
afterAll(() => hub.close());

/** Every column of the migrated database, as `table.column`. */
async function columns(): Promise<{ table: string; name: string }[]> {
  const rows = await hub.sql<{ table_name: string; column_name: string }>(
    `select table_name, column_name from information_schema.columns where table_schema = 'public' and table_name in (select tablename from pg_tables) order by 1, 2`,
  );
  return rows.map(({ table_name, column_name }) => ({
    table: table_name,
    name: `${table_name}.${column_name}`,
  }));
}

const personal = PERSONAL_DATA.map(({ table, column }) => `${table}.${column}`);
const impersonal = Object.entries(IMPERSONAL_COLUMNS).flatMap(([table, names]) =>
  names.map((name) => `${table}.${name}`),
);
const undecided = async (): Promise<string[]> =>
  (await columns())
    .filter(
      ({ table, name }) => !IMPERSONAL_TABLES.has(table) && ![...personal, ...impersonal].includes(name),
    )
    .map(({ name }) => name);

test('of every column it is decided whether it holds personal data', async () => {
  expect(await undecided()).toEqual([]);
});

test('of no column it is decided twice', () => {
  const all = [...personal, ...impersonal];
  expect(all.filter((name, at) => all.indexOf(name) !== at)).toEqual([]);
  const whole = all.filter((name) => IMPERSONAL_TABLES.has(name.split('.')[0] as string));
  expect(whole).toEqual([]);
});

test('what is registered is there', async () => {
  const found = await columns();
  const tables = new Set(found.map(({ table }) => table));
  const names = new Set(found.map(({ name }) => name));
  const missing = [...personal, ...impersonal].filter((name) => !names.has(name));
  expect(missing).toEqual([]);
  expect([...IMPERSONAL_TABLES].filter((table) => !tables.has(table))).toEqual([]);
});

test('a column that nobody has looked at is found', async () => {
  await hub.sql('alter table partner add column contact_person text');
  await hub.sql('create table diary (id uuid primary key)');
  expect(await undecided()).toEqual(['diary.id', 'partner.contact_person']);
});

test('the register is public, and says of each column why it is kept, for how long, and how it goes', async () => {
  const { data, errors } = await hub.query(
    '{ personalData { table column purpose controller retention erasure } }',
  );
  expect(errors).toBeUndefined();
  expect(data.personalData).toHaveLength(personal.length);
  for (const line of data.personalData) {
    expect(line.retention).toMatch(/^P\d+[DMY]$/);
    for (const text of [line.purpose, line.controller, line.erasure]) expect(text.length).toBeGreaterThan(10);
  }
  expect(data.personalData).toContainEqual(
    expect.objectContaining({ table: 'audit_entry', column: 'principal', retention: 'P3Y' }),
  );
});
