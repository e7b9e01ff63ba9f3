import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { GraphQLInputObjectType } from 'graphql';
import { startTestHub, type TestHub } from '../support/hub.ts';
import { CHARACTERISTICS, NAMES_AND_CODES, OWN_WORDS } from './free-texts.ts';

let hub: TestHub;
beforeAll(async () => {
  hub = await startTestHub('operation');
});
afterAll(() => hub.close());

/** Columns of text without a list of values, a pattern or another table that prescribes them; languages are one column. */
async function freeTexts(): Promise<string[]> {
  const rows = await hub.sql<{ name: string }>(
    `select distinct c.table_name || '.' || regexp_replace(c.column_name, '_(fr|nl|de|en)$', '') as name
      from information_schema.columns c join pg_tables t on t.schemaname = c.table_schema and t.tablename = c.table_name
      where c.table_schema = 'public' and c.data_type in ('text', 'character varying', 'json', 'jsonb', 'character')
        and not exists (select from pg_constraint k join pg_attribute a on a.attrelid = k.conrelid and a.attnum = any(k.conkey)
          where k.conrelid = format('%I', c.table_name)::regclass and a.attname = c.column_name
            and (k.contype = 'f' or k.contype = 'c' and pg_get_constraintdef(k.oid) ~ '= ANY|~ ''\\^'))
      order by 1`,
  );
  return rows.map(({ name }) => name);
}

/** Columns of the advisory services, as words. */
async function columnsOfAdvice(): Promise<string[]> {
  const rows = await hub.sql<{ name: string }>(
    `select c.table_name || '.' || c.column_name as name from information_schema.columns c
      where c.table_schema = 'public' and c.table_name in ('advice_session', 'session_registration', 'session_attendance',
        'satisfaction_score', 'advice_request', 'adviser_mandate', 'adviser_booking', 'advice_resource', 'toolbox_access', 'resource_download',
        'risk_analysis', 'risk_analysis_step', 'target_group', 'group_finding', 'prevention_measure')`,
  );
  return rows.map(({ name }) => name);
}

const listed = [...Object.keys(OWN_WORDS), ...Object.keys(NAMES_AND_CODES)];
const left = async (): Promise<string[]> => (await freeTexts()).filter((name) => !listed.includes(name));

test('of every free text it is said why it is there', async () => {
  expect(await left()).toEqual([]);
  const found = await freeTexts();
  expect(listed.filter((name) => !found.includes(name))).toEqual([]);
  expect(new Set(listed).size).toBe(listed.length);
});

test('whoever writes in own words is told to write of no person', () => {
  const silent = Object.values(OWN_WORDS)
    .flatMap(({ inputs }) => inputs)
    .filter((name) => {
      const [type = '', field = ''] = name.split('.');
      const input = hub.schema.getType(type) as GraphQLInputObjectType | undefined;
      return !/\bpersons?\b/i.test(input?.getFields()[field]?.description ?? '');
    });
  expect(silent).toEqual([]);
});

test('no column of the advisory services is made for what a person is', async () => {
  const made = (await columnsOfAdvice()).filter((name) =>
    CHARACTERISTICS.test(name.replaceAll(/[._]/g, ' ')),
  );
  expect(made).toEqual([]);
  expect(CHARACTERISTICS.test('participant birth date')).toBe(true);
});

test('a new free text without a line is found', async () => {
  await hub.sql('alter table advice_request add column remarks text');
  await hub.sql(`alter table advice_request add column mood text check (mood in ('GOOD', 'BAD'))`);
  expect(await left()).toEqual(['advice_request.remarks']);
});
