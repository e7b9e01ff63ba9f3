import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startTestHub, type TestHub } from '../support/hub.ts';
import { clock, keyOf, newPartner, save } from './records.ts';

let hub: TestHub;
let partner: string;
let federation: string;
let ids: { sector: string; cocof: string; municipality: string };
beforeAll(async () => {
  hub = await startTestHub('operation', { clock });
  federation = keyOf(await save(hub, 'createFederation', { slug: 'fed', name: { fr: 'F' } }));
  partner = keyOf(
    await newPartner(hub, { memberships: [], sites: [{ postalCode: '1000' }, { postalCode: '4000' }] }),
  );
  [ids] = (await hub.sql(`select (select id from sector where code = 'CULTURE') as sector,
    (select id from competent_authority where code = 'COCOF') as cocof,
    (select municipality_id from site limit 1) as municipality`)) as [typeof ids];
});
afterAll(() => hub.close());

/** The rule of the database that a statement breaks: a constraint's name, or the hub's own code. */
async function broken(text: string, values: unknown[] = []): Promise<string> {
  try {
    await hub.sql(text, values);
  } catch (error) {
    const { constraint, code } = error as { constraint?: string; code?: string };
    return constraint ?? code ?? String(error);
  }
  return 'nothing';
}

function membership(from: string, until: string | null): Promise<string> {
  return broken(
    'insert into membership (partner_id, id, federation_id, valid_from, valid_until) values ($1, $2, $3, $4, $5)',
    [partner, randomUUID(), federation, from, until],
  );
}

test('memberships of one federation may touch and never overlap', async () => {
  expect(await membership('2020-01-01', '2021-01-01')).toBe('nothing');
  expect(await membership('2021-01-01', null)).toBe('nothing');
  expect(await membership('2019-06-01', '2020-01-01')).toBe('nothing');
  expect(await membership('2020-12-31', '2021-01-01')).toBe('membership_no_overlap');
  expect(await membership('2030-01-01', null)).toBe('membership_no_overlap');
  expect(await membership('2018-01-01', '2018-01-01')).toBe('membership_period');
  const longer = `update membership set valid_until = '2020-01-02' where valid_from = '2019-06-01'`;
  expect(await broken(longer)).toBe('membership_no_overlap');
});

test('recognitions by one authority in one sector never overlap, for a site and for the whole partner alike', async () => {
  const [first, second] = await hub.sql<{ id: string }>(
    'select id from site where partner_id = $1 order by is_registered_office desc',
    [partner],
  );
  const recognise = (site: string | null | undefined, from: string, until: string | null) =>
    broken(
      `insert into recognition (partner_id, id, site_id, authority_id, sector_id, valid_from, valid_until)
       values ($1, $2, $3, $4, $5, $6, $7)`,
      [partner, randomUUID(), site, ids.cocof, ids.sector, from, until],
    );
  expect(await recognise(first?.id, '2020-01-01', null)).toBe('nothing');
  expect(await recognise(first?.id, '2025-01-01', null)).toBe('recognition_no_overlap');
  expect(await recognise(second?.id, '2025-01-01', null)).toBe('nothing');
  expect(await recognise(null, '2020-01-01', '2022-01-01')).toBe('nothing');
  expect(await recognise(null, '2021-12-31', null)).toBe('recognition_no_overlap');
  expect(await recognise(null, '2022-01-01', '2021-01-01')).toBe('recognition_period');
  expect(await recognise(randomUUID(), '2020-01-01', null)).toMatch(/recognition_.*foreign/);
});

describe('a partner is refused by the database itself with', () => {
  const rules: [name: string, assignment: string, rule: string][] = [
    ['a negative headcount', 'headcount = -1', 'partner_headcount'],
    ['wrong check digits', `enterprise_number = '0999000124'`, 'partner_enterprise_number'],
    [
      'an enterprise number that begins with 2',
      `enterprise_number = '2999000116'`,
      'partner_enterprise_number',
    ],
    ['an enterprise number of letters', `enterprise_number = 'abcdefghij'`, 'partner_enterprise_number'],
    ['a slug with a space', `slug = 'a b'`, 'partner_slug'],
    ['a language that the hub does not have', `languages = '{FR,ES}'`, 'partner_languages'],
    ['no name at all', 'name_fr = null', 'name_in_some_language'],
    ['an unknown legal form', `legal_form = 'CLUB'`, 'partner_legal_form_check'],
    ['an unknown sector', `sector_id = '00000000-0000-0000-0000-000000000000'`, 'partner_sector_id_foreign'],
    ['another provenance', `provenance = 'SYNTHETIC'`, 'MH003'],
  ];
  test.each(rules)('%s', async (_, assignment, rule) => {
    expect(await broken(`update partner set ${assignment} where id = $1`, [partner])).toBe(rule);
  });
});

test('a site has a Belgian postal code, and a partner one registered office', async () => {
  const site = (postalCode: string, isOffice: boolean) =>
    broken(
      `insert into site (partner_id, id, postal_code, municipality_id, is_registered_office) values ($1, $2, $3, $4, $5)`,
      [partner, randomUUID(), postalCode, ids.municipality, isOffice],
    );
  expect(await site('0999', false)).toBe('site_postal_code');
  expect(await site('1000', true)).toBe('site_one_registered_office');
  expect(await site('1000', false)).toBe('nothing');
});

test('a hub in operation takes no synthetic row in any table, also straight by SQL', async () => {
  const tables = await hub.sql<{ name: string }>(
    `select table_name as name from information_schema.columns where table_schema = 'public' and column_name = 'provenance'
       and table_name in (select tablename from pg_tables)`,
  );
  expect(tables.length).toBeGreaterThanOrEqual(11);
  const guarded = await hub.sql<{ name: string; triggers: number }>(
    `select event_object_table as name, count(*)::int as triggers from information_schema.triggers
     where trigger_name like '%\\_provenance' group by 1`,
  );
  expect(guarded.map(({ name }) => name).toSorted()).toEqual(tables.map(({ name }) => name).toSorted());
  expect(guarded.every(({ triggers }) => triggers === 2)).toBe(true);
  const synthetic = `insert into federation (id, slug, name_fr, provenance) values ($1, 's', 's', 'SYNTHETIC')`;
  expect(await broken(synthetic, [randomUUID()])).toBe('MH002');
});
