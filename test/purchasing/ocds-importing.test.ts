import { describe, expect, test } from '@jest/globals';
import { Importing } from './ocds-hub.ts';
import { awardRelease, type Json, NUMBERS, packageOf, party, tenderRelease } from './ocds-releases.ts';

const importing = Importing.forThisFile();

describe('a framework agreement that another publisher tells of', () => {
  test('is made with its lots, limits and suppliers, and in force once it is awarded', async () => {
    const ocid = importing.newOcid();
    expect(await importing.take([awardRelease(ocid), tenderRelease(ocid)])).toEqual([
      'imported: agreement PLANNED, 2026-01-01 to 2030-01-01; 2 lots',
      'imported: status PLANNED → ACTIVE; 2 suppliers; 3 awards of lots',
    ]);
    expect(await importing.held(ocid)).toEqual({
      status: 'ACTIVE',
      title: 'Gants et masques',
      translation: 'Handschoenen en maskers',
      method: 'OPEN',
      from: '2026-01-01',
      until: '2030-01-01',
      maximum: '1500000.00',
      provenance: 'REPORTED',
      lots: [
        ['1', 'Gants', '900000.00'],
        ['2', 'Masques', null],
      ],
      awards: [
        ['1', 'Gants du Nord', NUMBERS[0], null, 'A-1'],
        ['1', 'Maskers Zuid', null, '99000001', 'A-1'],
        ['2', 'Maskers Zuid', null, '99000001', 'A-2'],
      ],
    });
  });

  test('is there once, however often its releases come, in whatever file and order', async () => {
    const ocid = importing.newOcid();
    const [tender, award] = [tenderRelease(ocid), awardRelease(ocid)];
    await importing.take(JSON.stringify(packageOf(tender, award)));
    const before = await importing.everything();
    for (const file of [[tender, award], [award, tender, award], [packageOf(award, tender)]]) {
      expect(new Set(await importing.take(file))).toEqual(new Set(['unchanged: imported before']));
    }
    const record = { ocid, releases: [tender, award] };
    expect(new Set(await importing.take(JSON.stringify({ records: [record] }, null, 2)))).toEqual(
      new Set(['unchanged: imported before']),
    );
    expect(await importing.everything()).toEqual(before);
  });

  test('has suppliers that the hub knows already, by a number of theirs or by their name', async () => {
    const [first, second] = [importing.newOcid(), importing.newOcid()];
    await importing.take([tenderRelease(first), awardRelease(first)]);
    const suppliers = await importing.hub.sql('select count(*) from supplier');
    const others = awardRelease(second, {
      parties: [
        party('X', 'Another name of it', { scheme: 'BE-BCE_KBO', id: `BE ${NUMBERS[0]}` }),
        party('Y', 'Maskers', { scheme: 'NL-KVK', id: '99000001' }),
      ],
      awards: [{ id: 'A', suppliers: [{ id: 'X' }, { id: 'Y' }, { id: 'Z', name: 'Savons de l’Est' }] }],
    });
    expect((await importing.take([tenderRelease(second), others]))[1]).toMatch(
      /1 supplier; 6 awards of lots$/,
    );
    const known = awardRelease(second, {
      id: 'again',
      date: '2026-03-01T00:00:00Z',
      parties: [party('Z', 'Savons de l’Est', { scheme: 'BE-BCE_KBO', id: NUMBERS[1] })],
      awards: undefined,
    });
    expect(await importing.take([known])).toEqual(['imported: identifiers of suppliers']);
    const [{ count }] = (await importing.hub.sql<{ count: string }>('select count(*) from supplier')) as [
      { count: string },
    ];
    expect(Number(count)).toBe(Number((suppliers[0] as { count: string }).count) + 1);
  });

  test('changes as later releases say; earlier ones that come late change nothing of that', async () => {
    const ocid = importing.newOcid();
    const update = (id: string, date: string, tender: Json) =>
      tenderRelease(ocid, { id, date, tag: ['tenderUpdate'], language: 'fr', tender });
    await importing.take([
      tenderRelease(ocid),
      update('late', '2026-03-01T00:00:00Z', { title: 'Gants, masques et savons' }),
    ]);
    expect(
      await importing.take([
        update('early', '2026-02-01T00:00:00Z', { title: 'Gants', value: { amount: 2e6, currency: 'EUR' } }),
      ]),
    ).toEqual(['imported: maximumValue 1500000.00 → 2000000.00']);
    expect(await importing.held(ocid)).toMatchObject({
      title: 'Gants, masques et savons',
      maximum: '2000000.00',
    });
    expect(
      await importing.take([
        update('end', '2026-05-01T00:00:00Z', { status: 'cancelled', lots: [{ id: '3', title: 'Savons' }] }),
      ]),
    ).toEqual(['imported: status PLANNED → CANCELLED; 1 lot']);
  });

  test('keeps what the staff changed, as long as no release says something else', async () => {
    const ocid = importing.newOcid();
    await importing.take([tenderRelease(ocid)]);
    await importing.hub.sql(`update framework_agreement set title_fr = 'Gants (mieux dit)' where ocid = $1`, [
      ocid,
    ]);
    await importing.hub.sql(
      `update lot set title_fr = 'Gants nitrile' where title_fr = 'Gants' and agreement_id =
      (select id from framework_agreement where ocid = $1)`,
      [ocid],
    );
    await importing.take([awardRelease(ocid)]);
    expect(await importing.held(ocid)).toMatchObject({
      status: 'ACTIVE',
      title: 'Gants (mieux dit)',
      lots: [
        ['1', 'Gants nitrile', '900000.00'],
        ['2', 'Masques', null],
      ],
    });
  });

  test('loses an award that is taken back, unless prices rest on it', async () => {
    const ocid = importing.newOcid();
    await importing.take([tenderRelease(ocid), awardRelease(ocid)]);
    await importing.addPrices(ocid, '1', 'Gants du Nord');
    const cancelled = (id: string, awards: string[]) =>
      awardRelease(ocid, {
        id: `cancel-${id}`,
        date: '2026-04-01T00:00:00Z',
        tag: ['awardCancellation'],
        parties: undefined,
        awards: awards.map((award) => ({ id: award, status: 'cancelled' })),
      });
    const before = await importing.held(ocid);
    expect(await importing.take([cancelled('1', ['A-1'])])).toEqual([
      expect.stringMatching(/^refused: AWARD_IN_USE at awards: .*end them first/),
    ]);
    expect(await importing.held(ocid)).toEqual(before);
    expect(await importing.take([cancelled('2', ['A-2'])])).toEqual([
      'imported: lot 2 no longer awarded to Maskers Zuid',
    ]);
    await importing.hub.sql(
      `update cascade_rank set valid_until = '2026-01-02' where valid_until is null and lot_id in (select l.id from lot l
      join framework_agreement a on a.id = l.agreement_id where a.ocid = $1)`,
      [ocid],
    );
    expect((await importing.take([cancelled('1', ['A-1'])]))[0]).toMatch(
      /^imported: status ACTIVE → CANCELLED/,
    );
  });

  test('that is told piece by piece is made when enough is told', async () => {
    const ocid = importing.newOcid();
    const planning = tenderRelease(
      ocid,
      { id: 'planning', date: '2025-01-01T00:00:00Z', tag: ['planning'] },
      { contractPeriod: null, status: 'planned' },
    );
    for (let run = 0; run < 2; run += 1) {
      expect(await importing.take([planning])).toEqual([
        expect.stringMatching(/^refused: PERIOD_MISSING at tender.contractPeriod: .* The release is kept/),
      ]);
    }
    expect(await importing.held(ocid)).toBeUndefined();
    const award = awardRelease(ocid, {
      awards: [
        { id: 'A', contractPeriod: { startDate: '2026-01-01T00:00:00Z', endDate: '2027-01-01T00:00:00Z' } },
      ],
    });
    expect(await importing.take([planning, award])).toEqual([
      expect.stringMatching(/^refused: PERIOD_MISSING/),
      'imported: agreement ACTIVE, 2026-01-01 to 2027-01-01; 2 lots',
    ]);
    expect(await importing.take([planning, award])).toEqual([
      'unchanged: imported before',
      'unchanged: imported before',
    ]);
  });

  test('that is not divided has one lot, of which it is ordered', async () => {
    const ocid = importing.newOcid();
    const award = awardRelease(ocid, { awards: [{ id: 'A', suppliers: [{ id: 'S-1' }] }] });
    await importing.take([tenderRelease(ocid, {}, { lots: undefined }), award]);
    expect(await importing.held(ocid)).toMatchObject({
      lots: [['1', 'Gants et masques', null]],
      awards: [['1', 'Gants du Nord', NUMBERS[0], null, 'A']],
    });
  });

  test('that the hub has keeps what a release says nothing of, and is opened to nobody by words alone', async () => {
    const ocid = importing.newOcid();
    await importing.take([
      tenderRelease(
        ocid,
        {},
        {
          techniques: {
            frameworkAgreement: { buyerCategories: 'Kinds of buyers: EVENT. Recognised by: COCOF.' },
          },
        },
      ),
    ]);
    // As where it was made in the hub.
    await importing.hub.sql('delete from ocds_release where ocid = $1', [ocid]);
    const open = async () =>
      importing.hub.sql(
        `select a.buyer_categories as kinds, a.description_fr as description, c.code from framework_agreement a
      join agreement_authority g on g.agreement_id = a.id join competent_authority c on c.id = g.authority_id where a.ocid = $1`,
        [ocid],
      );
    const before = [await open(), await importing.held(ocid)];
    const short = (id: string, date: string, buyerCategories?: string) =>
      tenderRelease(
        ocid,
        { id, date },
        {
          description: undefined,
          value: undefined,
          lots: [{ id: '1' }],
          techniques: { hasFrameworkAgreement: true, frameworkAgreement: { buyerCategories } },
        },
      );
    expect(await importing.take([short('a', '2026-03-01T00:00:00Z')])).toEqual([
      'unchanged: it says nothing new',
    ]);
    const words = await importing.take([
      short('b', '2026-03-02T00:00:00Z', 'everybody'),
      short('c', '2026-03-03T00:00:00Z', 'Recognised by: NOBODY.'),
    ]);
    expect(words).toEqual([
      expect.stringMatching(/^unchanged: it says nothing new; who may order is said in words alone/),
      expect.stringMatching(/^unchanged: it says nothing new; the hub knows no authority NOBODY/),
    ]);
    expect([await open(), await importing.held(ocid)]).toEqual(before);
    const told = await importing.take([
      short('d', '2026-03-04T00:00:00Z', 'Kinds of buyers: ADMINISTRATION. Recognised by: VGC.'),
    ]);
    expect(told).toEqual(['imported: kinds of buyers ADMINISTRATION; open to VGC']);
    expect(
      await importing.take([short('e', '2026-03-05T00:00:00Z', 'Kinds of buyers: ADMINISTRATION.')]),
    ).toEqual(['imported: no longer open to VGC']);
  });

  test('says who may order in the hub’s words, or in words that people have to read', async () => {
    const [own, other] = [importing.newOcid(), importing.newOcid()];
    const open = (buyerCategories: string) => ({ techniques: { frameworkAgreement: { buyerCategories } } });
    const [ours] = await importing.take([
      tenderRelease(own, {}, open('Kinds of buyers: EVENT. Recognised by: COCOF, NOBODY.')),
    ]);
    expect(ours).toMatch(/open to COCOF; 2 lots; the hub knows no authority NOBODY/);
    const [theirs] = await importing.take([tenderRelease(other, {}, open('all hospitals of the region'))]);
    expect(theirs).toMatch(/who may order is said in words alone \("all hospitals of the region"\)/);
    expect(
      await importing.hub.sql('select buyer_categories from framework_agreement where ocid = $1', [own]),
    ).toEqual([{ buyer_categories: ['EVENT'] }]);
  });
});

describe('two imports at once', () => {
  test('of the same file take each release once', async () => {
    const ocids = Array.from({ length: 8 }, () => importing.newOcid());
    const content = ocids.flatMap((ocid) => [tenderRelease(ocid), awardRelease(ocid)]);
    const runs = await Promise.all([
      importing.take(content),
      importing.take(content),
      importing.take(content),
    ]);
    const outcomes = runs.flat().map((line) => line.split(':')[0]);
    expect(outcomes.filter((one) => one === 'refused')).toEqual([]);
    expect(outcomes.filter((one) => one === 'imported')).toHaveLength(content.length);
    const rows = await importing.hub.sql('select 1 from ocds_release where ocid = any($1)', [ocids]);
    expect(rows).toHaveLength(content.length);
  });
});
