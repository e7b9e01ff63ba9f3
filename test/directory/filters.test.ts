import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { startTestHub, type TestHub } from '../support/hub.ts';
import { allPartners, Directory, type PartnerFilter } from './directory.ts';

let hub: TestHub;
let directory: Directory;

beforeAll(async () => {
  hub = await startTestHub();
  directory = await Directory.of(hub);
});
afterAll(() => hub.close());

/** The filtered list equals the recount, whole, in the order of names, and in one statement a page. */
async function expectFiltered(filter: PartnerFilter): Promise<string[]> {
  const expected = directory.matching(filter);
  const { slugs, totalCount } = await allPartners(hub, filter);
  expect([...slugs].sort()).toEqual(expected);
  expect(totalCount).toBe(expected.length);
  return slugs;
}

const BANDS = [
  'UNDER_5',
  'FROM_5_TO_9',
  'FROM_10_TO_19',
  'FROM_20_TO_49',
  'FROM_50_TO_99',
  'FROM_100_TO_199',
  'FROM_200',
];

describe('each condition alone', () => {
  test('a sector, and two sectors: one or the other', async () => {
    const homes = await expectFiltered({ sectors: ['CARE_HOMES'] });
    const both = await expectFiltered({ sectors: ['CARE_HOMES', 'HOSPITALS'] });
    expect(homes.length).toBeGreaterThan(0);
    expect(both.length).toBeGreaterThan(homes.length);
  });

  test('the size bands part the partners', async () => {
    const counts = [];
    for (const band of BANDS) counts.push((await expectFiltered({ sizeBands: [band] })).length);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(directory.partners.length);
    expect(Math.min(...counts)).toBeGreaterThan(0);
  });

  test.each([
    ['a region', '04000'],
    ['another region', '03000'],
    ['a province', '20002'],
    ['an arrondissement', '62000'],
    ['a municipality', '21004'],
  ])('%s in which the partner has a site', async (_, code) => {
    expect((await expectFiltered({ territories: [code] })).length).toBeGreaterThan(0);
  });

  test('a territory finds the partners of every site, not of the registered office alone', async () => {
    const [second] = await hub.sql<{ slug: string; code: string }>(
      `select p.slug, t.nis_code as code from site s join partner p on p.id = s.partner_id join territory t on t.id = s.municipality_id
       where not s.is_registered_office and s.municipality_id <> p.municipality_id order by p.slug limit 1`,
    );
    expect(await expectFiltered({ territories: [second?.code as string] })).toContain(second?.slug);
  });

  test('an authority; COCOM stands for Iriscare and DVC, its administrations', async () => {
    const [cocom, iriscare, dvc, both, cocof] = await Promise.all(
      [['COCOM'], ['IRISCARE'], ['DVC'], ['IRISCARE', 'DVC'], ['COCOF']].map((authorities) =>
        expectFiltered({ authorities }),
      ),
    );
    expect(cocom).toEqual(both);
    expect(iriscare?.length).toBeGreaterThan(0);
    expect(dvc?.length).toBeGreaterThan(0);
    expect(new Set([...(iriscare ?? []), ...(dvc ?? [])])).toEqual(new Set(cocom));
    // The administrations do not stand for one another.
    expect(dvc).not.toEqual(cocom);
    expect(cocof).not.toEqual(cocom);
  });

  test('a federation has its members of today, without those who left', async () => {
    for (const federation of directory.federations) {
      const members = await expectFiltered({ federation });
      expect(members.length).toBeGreaterThan(0);
    }
    const [left] = await hub.sql<{ count: number }>(
      'select count(*)::int as count from membership where valid_until <= now()::date',
    );
    expect(left?.count).toBeGreaterThan(0);
  });

  test('a population has those who are on its list, and none where it is a count alone', async () => {
    const sizes = [];
    for (const population of directory.populations) sizes.push((await expectFiltered({ population })).length);
    expect(sizes).toContain(74);
    expect(sizes).toContain(0);
  });

  test('who uses a service and who does not part the partners', async () => {
    for (const service of directory.services) {
      const uses = await expectFiltered({ usesServices: [service] });
      const doesNot = await expectFiltered({ doesNotUseServices: [service] });
      expect(uses.length).toBeGreaterThan(0);
      expect(uses.length + doesNot.length).toBe(directory.partners.length);
    }
  });

  test('who uses no service at all, and who uses one at least', async () => {
    const none = await expectFiltered({ usesNoService: true });
    const some = await expectFiltered({ usesNoService: false });
    expect(none.length).toBeGreaterThan(0);
    expect(none.length + some.length).toBe(directory.partners.length);
    await expectFiltered({ usesNoService: true, sectors: ['CARE_HOMES'], territories: ['04000'] });
  });

  test('several services: each of them is used, or none of them is', async () => {
    const [first, second] = directory.services as [string, string];
    await expectFiltered({ usesServices: [first, second] });
    await expectFiltered({ doesNotUseServices: [first, second] });
    expect(await expectFiltered({ usesServices: [first], doesNotUseServices: [first] })).toEqual([]);
  });

  test('beginnings of words in any name, without regard to case and accents', async () => {
    expect((await expectFiltered({ search: 'ecole' })).length).toBeGreaterThan(0);
    expect(await expectFiltered({ search: 'ÉCOLE' })).toEqual(await expectFiltered({ search: 'ecole' }));
    expect((await expectFiltered({ search: 'groupement plusieurs' })).length).toBe(1);
    expect((await expectFiltered({ search: 'samen werkgevers' })).length).toBe(1);
    // The end of a word is no beginning, and punctuation alone says nothing.
    expect(await expectFiltered({ search: 'roupement' })).toEqual([]);
    expect(await expectFiltered({ search: "'!& |" })).toEqual([]);
  });

  test('a list of conditions that is empty matches nobody; a list of services that is empty asks for nothing', async () => {
    for (const filter of [{ sectors: [] }, { sizeBands: [] }, { territories: [] }, { authorities: [] }]) {
      expect(await expectFiltered(filter)).toEqual([]);
    }
    const { totalCount } = await allPartners(hub, { usesServices: [], doesNotUseServices: [] }, 1);
    expect(totalCount).toBe(directory.partners.length);
  });
});

describe('codes and ids that do not exist', () => {
  const NONE = '00000000-0000-7000-8000-000000000000';

  test.each<[string, PartnerFilter, string, string]>([
    ['sector', { sectors: ['CULTURE', 'NO_SUCH_SECTOR'] }, 'UNKNOWN_CODE', 'sectors'],
    ['territory', { territories: ['99999'] }, 'UNKNOWN_CODE', 'territories'],
    ['territory of an odd form', { territories: ["' or true --"] }, 'UNKNOWN_CODE', 'territories'],
    ['authority', { authorities: ['NO_SUCH_AUTHORITY'] }, 'UNKNOWN_CODE', 'authorities'],
    ['federation', { federation: `federation_${NONE}` }, 'NOT_FOUND', 'federation'],
    ['population', { population: `population_${NONE}` }, 'NOT_FOUND', 'population'],
    ['service that is used', { usesServices: [`service_${NONE}`] }, 'NOT_FOUND', 'usesServices'],
    [
      'service that is not used',
      { doesNotUseServices: [`service_${NONE}`] },
      'NOT_FOUND',
      'doesNotUseServices',
    ],
  ])(
    'an unknown %s is refused, for it would answer with nobody or everybody',
    async (_, filter, code, field) => {
      const { data, errors } = await hub.query(
        'query ($filter: PartnerFilter) { partners(filter: $filter) { totalCount } }',
        { filter },
      );
      expect(data).toBeNull();
      expect(errors?.[0]?.extensions).toMatchObject({ code, field: `filter.${field}` });
      expect(errors?.[0]?.message).not.toBe('');
    },
  );

  test('an unknown name gives an empty list', async () => {
    expect(await expectFiltered({ search: 'zzzzqqqq' })).toEqual([]);
  });

  test('an id of another kind of record is refused with the place where it stands', async () => {
    const { errors, statements } = await hub.query(
      `query ($filter: PartnerFilter) { partners(filter: $filter) { totalCount } }`,
      { filter: { usesServices: [directory.services[0], `partner_${NONE}`] } },
    );
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'INVALID_ID', field: 'filter.usesServices.1' });
    expect(statements).toEqual([]);
  });
});

describe('conditions together', () => {
  test('every condition that is given must hold', async () => {
    const maybe = <T>(arbitrary: fc.Arbitrary<T>) =>
      fc.oneof({ arbitrary: fc.constant(undefined), weight: 2 }, { arbitrary, weight: 1 });
    const some = <T>(choices: T[], most = 2) =>
      maybe(fc.uniqueArray(fc.constantFrom(...choices), { minLength: 1, maxLength: most }));
    const one = <T>(choices: T[]) => maybe(fc.constantFrom(...choices));
    const filters = fc.record({
      search: one(['maison', 'cen', 'éc', 'l', 'de la', 'huis']),
      sectors: some(['CULTURE', 'CARE_HOMES', 'EDUCATION', 'SOCIAL_WORK', 'WORK_INTEGRATION'], 4),
      sizeBands: some(BANDS, 4),
      territories: some(['04000', '03000', '21004', '21015', '62000'], 3),
      authorities: some(['COCOF', 'COCOM', 'IRISCARE', 'FWB', 'WALLONIA'], 3),
      federation: one(directory.federations),
      population: one(directory.populations),
      usesServices: some(directory.services),
      doesNotUseServices: some(directory.services),
    });
    let found = 0;
    await fc.assert(
      fc.asyncProperty(filters, async (filter) => {
        if ((await expectFiltered(filter)).length > 0) found += 1;
      }),
      { numRuns: 50, seed: 2026 },
    );
    expect(found).toBeGreaterThan(20);
  });

  test('the members of a federation take the same filter', async () => {
    const [federation] = directory.federations as [string];
    const filter = {
      sizeBands: ['UNDER_5', 'FROM_5_TO_9'],
      doesNotUseServices: [directory.services[0] as string],
    };
    const { data, statements } = await hub.query(
      `query ($id: ID!, $filter: PartnerFilter) { federation(reference: { id: $id }) { members(first: 100, filter: $filter) { totalCount nodes { slug } } } }`,
      { id: federation, filter },
    );
    expect(statements).toHaveLength(1);
    const expected = directory.matching({ ...filter, federation });
    const slugs = data.federation.members.nodes.map(({ slug }: { slug: string }) => slug);
    expect(expected.length).toBeGreaterThan(0);
    expect([data.federation.members.totalCount, slugs.sort()]).toEqual([expected.length, expected]);
  });
});
