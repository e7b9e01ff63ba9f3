import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { importOcds } from '../../src/app.ts';
import { newService } from '../partners/records.ts';
import { preparedDatabase } from '../start/hub-process.ts';
import { startTestHub, type TestHub } from '../support/hub.ts';
import { awardRelease, type Json, NUMBERS, packageOf, party, tenderRelease } from './ocds-releases.ts';

let hub: TestHub;
let folder: string;
beforeAll(async () => {
  hub = await startTestHub();
  folder = await mkdtemp(join(tmpdir(), 'mutualhub-ocds-'));
});
afterAll(async () => {
  await hub.close();
  await rm(folder, { recursive: true });
});

let files = 0;
let processes = 0;
const newOcid = (): string => {
  processes += 1;
  return `ocds-mh0001-${processes}`;
};

/** Imports a file of one release a line, or any text; gives its lines without the names of the releases. */
async function take(
  content: readonly unknown[] | string,
  of: { service?: string; frameworks?: string[] } = {},
): Promise<string[]> {
  files += 1;
  const file = join(folder, `${files}.json`);
  const text = typeof content === 'string' ? content : content.map((one) => JSON.stringify(one)).join('\n');
  await writeFile(file, text);
  return takeFile(file, of);
}

async function takeFile(
  file: string,
  of: { service?: string; frameworks?: string[] } = {},
): Promise<string[]> {
  const lines: string[] = [];
  const counts = await importOcds(
    hub.orm,
    { file, ...of },
    { each: (line) => lines.push(line), progress: () => undefined },
  );
  expect(lines).toHaveLength(counts.imported + counts.unchanged + counts.refused);
  return lines.map((line) => line.replace(/^(\w+) +\S+ \S+( \([^)]*\))?: /, '$1: '));
}

/** What the hub holds of a process. */
async function held(ocid: string): Promise<Json | undefined> {
  const [row] = await hub.sql<Json>(
    `select a.status, a.title_fr as title, a.title_nl as translation, a.method, a.valid_from::text as from, a.valid_until::text as until,
      a.maximum_value as maximum, a.provenance,
      (select json_agg(json_build_array(l.local_id, l.title_fr, l.ceiling::text) order by l.local_id) from lot l where l.agreement_id = a.id) as lots,
      (select json_agg(json_build_array(l.local_id, s.name, s.enterprise_number, s.identifier, w.award_id) order by l.local_id, s.name)
        from lot_award w join lot l on l.id = w.lot_id join supplier s on s.id = w.supplier_id where l.agreement_id = a.id) as awards
     from framework_agreement a where a.ocid = $1`,
    [ocid],
  );
  return row;
}

/** Every row that an import may write, to see that nothing changed. */
async function everything(): Promise<unknown> {
  const tables = [
    'framework_agreement',
    'agreement_authority',
    'lot',
    'supplier',
    'lot_award',
    'ocds_release',
    'ocds_process',
    'audit_entry',
  ];
  return Promise.all(
    tables.map((table) => hub.sql(`select md5(string_agg(t::text, '|' order by t::text)) from ${table} t`)),
  );
}

describe('a framework agreement that another publisher tells of', () => {
  test('is made with its lots, limits and suppliers, and in force once it is awarded', async () => {
    const ocid = newOcid();
    expect(await take([awardRelease(ocid), tenderRelease(ocid)])).toEqual([
      'imported: agreement PLANNED, 2026-01-01 to 2030-01-01; 2 lots',
      'imported: status PLANNED → ACTIVE; 2 suppliers; 3 awards of lots',
    ]);
    expect(await held(ocid)).toEqual({
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
    const ocid = newOcid();
    const [tender, award] = [tenderRelease(ocid), awardRelease(ocid)];
    await take(JSON.stringify(packageOf(tender, award)));
    const before = await everything();
    for (const file of [[tender, award], [award, tender, award], [packageOf(award, tender)]]) {
      expect(new Set(await take(file))).toEqual(new Set(['unchanged: imported before']));
    }
    const record = { ocid, releases: [tender, award] };
    expect(new Set(await take(JSON.stringify({ records: [record] }, null, 2)))).toEqual(
      new Set(['unchanged: imported before']),
    );
    expect(await everything()).toEqual(before);
  });

  test('has suppliers that the hub knows already, by a number of theirs or by their name', async () => {
    const [first, second] = [newOcid(), newOcid()];
    await take([tenderRelease(first), awardRelease(first)]);
    const suppliers = await hub.sql('select count(*) from supplier');
    const others = awardRelease(second, {
      parties: [
        party('X', 'Another name of it', { scheme: 'BE-BCE_KBO', id: `BE ${NUMBERS[0]}` }),
        party('Y', 'Maskers', { scheme: 'NL-KVK', id: '99000001' }),
      ],
      awards: [{ id: 'A', suppliers: [{ id: 'X' }, { id: 'Y' }, { id: 'Z', name: 'Savons de l’Est' }] }],
    });
    expect((await take([tenderRelease(second), others]))[1]).toMatch(/1 supplier; 6 awards of lots$/);
    const known = awardRelease(second, {
      id: 'again',
      date: '2026-03-01T00:00:00Z',
      parties: [party('Z', 'Savons de l’Est', { scheme: 'BE-BCE_KBO', id: NUMBERS[1] })],
      awards: undefined,
    });
    expect(await take([known])).toEqual(['imported: identifiers of suppliers']);
    const [{ count }] = (await hub.sql<{ count: string }>('select count(*) from supplier')) as [
      { count: string },
    ];
    expect(Number(count)).toBe(Number((suppliers[0] as { count: string }).count) + 1);
  });

  test('changes as later releases say; earlier ones that come late change nothing of that', async () => {
    const ocid = newOcid();
    const update = (id: string, date: string, tender: Json) =>
      tenderRelease(ocid, { id, date, tag: ['tenderUpdate'], language: 'fr', tender });
    await take([
      tenderRelease(ocid),
      update('late', '2026-03-01T00:00:00Z', { title: 'Gants, masques et savons' }),
    ]);
    expect(
      await take([
        update('early', '2026-02-01T00:00:00Z', { title: 'Gants', value: { amount: 2e6, currency: 'EUR' } }),
      ]),
    ).toEqual(['imported: maximumValue 1500000.00 → 2000000.00']);
    expect(await held(ocid)).toMatchObject({ title: 'Gants, masques et savons', maximum: '2000000.00' });
    expect(
      await take([
        update('end', '2026-05-01T00:00:00Z', { status: 'cancelled', lots: [{ id: '3', title: 'Savons' }] }),
      ]),
    ).toEqual(['imported: status PLANNED → CANCELLED; 1 lot']);
  });

  test('keeps what the staff changed, as long as no release says something else', async () => {
    const ocid = newOcid();
    await take([tenderRelease(ocid)]);
    await hub.sql(`update framework_agreement set title_fr = 'Gants (mieux dit)' where ocid = $1`, [ocid]);
    await hub.sql(
      `update lot set title_fr = 'Gants nitrile' where title_fr = 'Gants' and agreement_id =
      (select id from framework_agreement where ocid = $1)`,
      [ocid],
    );
    await take([awardRelease(ocid)]);
    expect(await held(ocid)).toMatchObject({
      status: 'ACTIVE',
      title: 'Gants (mieux dit)',
      lots: [
        ['1', 'Gants nitrile', '900000.00'],
        ['2', 'Masques', null],
      ],
    });
  });

  test('loses an award that is taken back, unless prices rest on it', async () => {
    const ocid = newOcid();
    await take([tenderRelease(ocid), awardRelease(ocid)]);
    await hub.sql(
      `insert into product (id, lot_id, code, cpv, unit, title_fr, search_text, provenance)
      select gen_random_uuid(), l.id, 'G1', '33141420-0', 'boîte', 'Gants', 'gants', 'REPORTED' from lot l
      join framework_agreement a on a.id = l.agreement_id where a.ocid = $1 and l.local_id = '1'`,
      [ocid],
    );
    await hub.sql(
      `insert into cascade_rank (id, product_id, supplier_id, rank, unit_price, vat_rate, valid_from, provenance)
      select gen_random_uuid(), p.id, w.supplier_id, 1, 5, 21, '2026-01-01', 'REPORTED' from product p join lot l on l.id = p.lot_id
      join framework_agreement a on a.id = l.agreement_id join lot_award w on w.lot_id = l.id join supplier s on s.id = w.supplier_id
      where a.ocid = $1 and s.enterprise_number = $2`,
      [ocid, NUMBERS[0]],
    );
    const cancelled = (id: string, awards: string[]) =>
      awardRelease(ocid, {
        id: `cancel-${id}`,
        date: '2026-04-01T00:00:00Z',
        tag: ['awardCancellation'],
        parties: undefined,
        awards: awards.map((award) => ({ id: award, status: 'cancelled' })),
      });
    const before = await held(ocid);
    expect(await take([cancelled('1', ['A-1'])])).toEqual([
      expect.stringMatching(/^refused: AWARD_IN_USE at awards: .*end them first/),
    ]);
    expect(await held(ocid)).toEqual(before);
    expect(await take([cancelled('2', ['A-2'])])).toEqual([
      'imported: lot 2 no longer awarded to Maskers Zuid',
    ]);
    await hub.sql(
      `update cascade_rank set valid_until = '2026-01-02' where valid_until is null and lot_id in (select l.id from lot l
      join framework_agreement a on a.id = l.agreement_id where a.ocid = $1)`,
      [ocid],
    );
    expect((await take([cancelled('1', ['A-1'])]))[0]).toMatch(/^imported: status ACTIVE → CANCELLED/);
  });

  test('that is told piece by piece is made when enough is told', async () => {
    const ocid = newOcid();
    const planning = tenderRelease(
      ocid,
      { id: 'planning', date: '2025-01-01T00:00:00Z', tag: ['planning'] },
      { contractPeriod: null, status: 'planned' },
    );
    for (let run = 0; run < 2; run += 1) {
      expect(await take([planning])).toEqual([
        expect.stringMatching(/^refused: PERIOD_MISSING at tender.contractPeriod: .* The release is kept/),
      ]);
    }
    expect(await held(ocid)).toBeUndefined();
    const award = awardRelease(ocid, {
      awards: [
        { id: 'A', contractPeriod: { startDate: '2026-01-01T00:00:00Z', endDate: '2027-01-01T00:00:00Z' } },
      ],
    });
    expect(await take([planning, award])).toEqual([
      expect.stringMatching(/^refused: PERIOD_MISSING/),
      'imported: agreement ACTIVE, 2026-01-01 to 2027-01-01; 2 lots',
    ]);
    expect(await take([planning, award])).toEqual([
      'unchanged: imported before',
      'unchanged: imported before',
    ]);
  });

  test('that is not divided has one lot, of which it is ordered', async () => {
    const ocid = newOcid();
    const award = awardRelease(ocid, { awards: [{ id: 'A', suppliers: [{ id: 'S-1' }] }] });
    await take([tenderRelease(ocid, {}, { lots: undefined }), award]);
    expect(await held(ocid)).toMatchObject({
      lots: [['1', 'Gants et masques', null]],
      awards: [['1', 'Gants du Nord', NUMBERS[0], null, 'A']],
    });
  });

  test('that the hub has keeps what a release says nothing of, and is opened to nobody by words alone', async () => {
    const ocid = newOcid();
    await take([
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
    await hub.sql('delete from ocds_release where ocid = $1', [ocid]);
    const open = async () =>
      hub.sql(
        `select a.buyer_categories as kinds, a.description_fr as description, c.code from framework_agreement a
      join agreement_authority g on g.agreement_id = a.id join competent_authority c on c.id = g.authority_id where a.ocid = $1`,
        [ocid],
      );
    const before = [await open(), await held(ocid)];
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
    expect(await take([short('a', '2026-03-01T00:00:00Z')])).toEqual(['unchanged: it says nothing new']);
    const words = await take([
      short('b', '2026-03-02T00:00:00Z', 'everybody'),
      short('c', '2026-03-03T00:00:00Z', 'Recognised by: NOBODY.'),
    ]);
    expect(words).toEqual(['unchanged: it says nothing new', 'unchanged: it says nothing new']);
    expect([await open(), await held(ocid)]).toEqual(before);
    const told = await take([
      short('d', '2026-03-04T00:00:00Z', 'Kinds of buyers: ADMINISTRATION. Recognised by: VGC.'),
    ]);
    expect(told).toEqual(['imported: kinds of buyers ADMINISTRATION; open to VGC']);
    expect(await take([short('e', '2026-03-05T00:00:00Z', 'Kinds of buyers: ADMINISTRATION.')])).toEqual([
      'imported: no longer open to VGC',
    ]);
  });

  test('says who may order in the hub’s words, or in words that people have to read', async () => {
    const [own, other] = [newOcid(), newOcid()];
    const open = (buyerCategories: string) => ({ techniques: { frameworkAgreement: { buyerCategories } } });
    const [ours] = await take([
      tenderRelease(own, {}, open('Kinds of buyers: EVENT. Recognised by: COCOF, NOBODY.')),
    ]);
    expect(ours).toMatch(/open to COCOF; 2 lots; the hub knows no authority NOBODY/);
    const [theirs] = await take([tenderRelease(other, {}, open('all hospitals of the region'))]);
    expect(theirs).toMatch(/who may order is said in words alone \("all hospitals of the region"\)/);
    expect(await hub.sql('select buyer_categories from framework_agreement where ocid = $1', [own])).toEqual([
      { buyer_categories: ['EVENT'] },
    ]);
  });
});

describe('what is refused', () => {
  test('stops nothing else: each release is taken or not by itself', async () => {
    const [good, bad] = [newOcid(), newOcid()];
    const lines = await take([
      tenderRelease(bad, {}, { value: { amount: 'much' } }),
      { hello: 'world' },
      tenderRelease(good),
      awardRelease(good, { awards: [{ id: '1', relatedLots: ['9'] }] }),
      awardRelease(good, { id: 'right' }),
    ]);
    expect(lines.map((line) => line.split(': ').slice(0, 2).join(': '))).toEqual([
      'refused: NOT_OCDS',
      'refused: INVALID_RELEASE at tender.value.amount',
      'imported: agreement PLANNED, 2026-01-01 to 2030-01-01; 2 lots',
      'refused: LOT_UNKNOWN at awards.0.relatedLots.0',
      'imported: status PLANNED → ACTIVE; 2 suppliers; 3 awards of lots'.replace('2 suppliers; ', ''),
    ]);
    expect(await held(bad)).toBeUndefined();
    expect(await held(good)).toMatchObject({ status: 'ACTIVE' });
  });

  test('a release that says something else under an id that was imported', async () => {
    const ocid = newOcid();
    await take([tenderRelease(ocid)]);
    expect(await take([tenderRelease(ocid, {}, { title: 'Autre chose' })])).toEqual([
      expect.stringMatching(/^refused: RELEASE_CHANGED at id/),
    ]);
    expect(await held(ocid)).toMatchObject({ title: 'Gants et masques' });
  });

  test('an order under an agreement, and a process that does not say that it is one, unless the importer does', async () => {
    const [order, once] = [newOcid(), newOcid()];
    const relatedProcesses = [
      { id: '1', relationship: ['framework'], scheme: 'ocid', identifier: 'ocds-x-1' },
    ];
    expect(
      await take([tenderRelease(order, { relatedProcesses }), tenderRelease(once, {}, { techniques: null })]),
    ).toEqual([
      expect.stringMatching(/^refused: CALL_OFF at relatedProcesses: This is an order under ocds-x-1/),
      expect.stringMatching(/^refused: NOT_A_FRAMEWORK_AGREEMENT at tender.techniques/),
    ]);
    const said = await take([tenderRelease(once, {}, { techniques: null })], { frameworks: [once] });
    expect(said).toEqual([expect.stringMatching(/^imported: agreement PLANNED/)]);
  });

  test('a limit below what was ordered already', async () => {
    const ocid = newOcid();
    await take([tenderRelease(ocid)]);
    await hub.sql(
      `update spend_account set committed = 100 where id = (select id from framework_agreement where ocid = $1)`,
      [ocid],
    );
    const less = tenderRelease(
      ocid,
      { id: 'less', date: '2026-03-01T00:00:00Z' },
      { value: { amount: 99, currency: 'EUR' } },
    );
    expect(await take([less])).toEqual([expect.stringMatching(/^refused: CEILING_BELOW_SPEND/)]);
    expect(await held(ocid)).toMatchObject({ maximum: '1500000.00' });
  });

  test('prices in an agreement that is not in euro, for they are', async () => {
    const ocid = newOcid();
    const pounds = { value: { amount: 1000, currency: 'GBP' }, lots: [{ id: '1', title: 'Gants' }] };
    await take([
      tenderRelease(ocid, {}, pounds),
      awardRelease(ocid, { awards: [{ id: 'A', suppliers: [{ id: 'S-1' }] }] }),
    ]);
    await hub.sql(
      `insert into product (id, lot_id, code, cpv, unit, title_fr, search_text, provenance)
        select gen_random_uuid(), l.id, 'P1', '33141420-0', 'boîte', 'Gants', 'gants', 'REPORTED' from lot l
        join framework_agreement a on a.id = l.agreement_id where a.ocid = $1`,
      [ocid],
    );
    const price = () =>
      hub.sql(
        `insert into cascade_rank (id, product_id, supplier_id, rank, unit_price, vat_rate, valid_from, provenance)
          select gen_random_uuid(), p.id, w.supplier_id, 1, 5, 21, '2026-01-01', 'REPORTED' from product p
          join lot l on l.id = p.lot_id join framework_agreement a on a.id = l.agreement_id
          join lot_award w on w.lot_id = l.id where a.ocid = $1`,
        [ocid],
      );
    await expect(price()).rejects.toMatchObject({ code: 'MH083' });
    const inEuro = { value: { amount: 1000, currency: 'EUR' } };
    const next = (id: string, date: string, tender: Json) =>
      tenderRelease(ocid, { id, date, tag: ['tenderUpdate'], tender });
    expect(await take([next('euro', '2026-03-01T00:00:00Z', inEuro)])).toEqual([
      'imported: currency GBP → EUR',
    ]);
    await price();
    expect(await take([next('pounds', '2026-04-01T00:00:00Z', { value: pounds.value })])).toEqual([
      expect.stringMatching(/^refused: CURRENCY_NOT_EURO/),
    ]);
  });

  test('a made-up agreement, by a hub in operation', async () => {
    const real = await startTestHub('operation');
    const lines: string[] = [];
    const file = join(folder, 'synthetic.json');
    await writeFile(file, JSON.stringify(tenderRelease('ocds-mh0001-made-up', { provenance: 'SYNTHETIC' })));
    const report = { each: (line: string) => lines.push(line), progress: () => undefined };
    await expect(importOcds(real.orm, { file }, report)).rejects.toThrow(/none yet: create one first/);
    await newService(real, 'PURCHASING');
    await importOcds(real.orm, { file }, report);
    expect(lines).toEqual([expect.stringMatching(/^refused .*SYNTHETIC_REFUSED/)]);
    await real.close();
  });
});

describe('two imports at once', () => {
  test('of the same file take each release once', async () => {
    const ocids = Array.from({ length: 8 }, newOcid);
    const content = ocids.flatMap((ocid) => [tenderRelease(ocid), awardRelease(ocid)]);
    const runs = await Promise.all([take(content), take(content), take(content)]);
    const outcomes = runs.flat().map((line) => line.split(':')[0]);
    expect(outcomes.filter((one) => one === 'refused')).toEqual([]);
    expect(outcomes.filter((one) => one === 'imported')).toHaveLength(content.length);
    const rows = await hub.sql('select 1 from ocds_release where ocid = any($1)', [ocids]);
    expect(rows).toHaveLength(content.length);
  });
});

describe('the command', () => {
  const CLI = fileURLToPath(new URL('../../dist/src/cli.js', import.meta.url));

  test('says what became of each release, and by its exit code whether some were refused', async () => {
    const settings = await preparedDatabase('demonstration');
    const run = async (...args: string[]) => {
      const child = spawn(process.execPath, [CLI, 'import', 'ocds', ...args], {
        stdio: ['ignore', 'pipe', 'pipe'],
        env: { PATH: process.env.PATH, ...settings },
      });
      const text = { stdout: '', stderr: '' };
      for (const name of ['stdout', 'stderr'] as const) {
        child[name].on('data', (data) => {
          text[name] += data;
        });
      }
      const code = await new Promise((resolve) => child.on('close', resolve));
      return { code, ...text };
    };
    const ocid = newOcid();
    const good = join(folder, 'good.json');
    const mixed = join(folder, 'mixed.json');
    await writeFile(good, JSON.stringify(packageOf(tenderRelease(ocid), awardRelease(ocid))));
    await writeFile(mixed, JSON.stringify(packageOf(tenderRelease(ocid), {})));

    const first = await run(good);
    expect(first).toMatchObject({ code: 0, stderr: '' });
    expect(first.stdout).toMatch(
      /^imported {2}ocds-\S+ ocds-\S+-tender \(releases\.0\): agreement PLANNED.*\nimported .*\n2 releases: 2 imported, 0 unchanged, 0 refused\.\n$/,
    );
    expect(await run(good, '--service', 'purchasing')).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/\n2 releases: 0 imported, 2 unchanged, 0 refused\.\n$/),
    });
    expect(await run(mixed)).toMatchObject({
      code: 2,
      stdout: expect.stringMatching(
        /^refused .*INVALID_RELEASE.*\nunchanged .*\n2 releases: 0 imported, 1 unchanged, 1 refused\.\n$/,
      ),
    });
    expect(await run(join(folder, 'nowhere.json'))).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/^\S+ cannot be read \(ENOENT\)[^\n]*\n$/),
    });
    expect(await run(good, '--servise', 'x')).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/import ocds FILE/),
    });
    expect(await run()).toMatchObject({ code: 1, stderr: expect.stringMatching(/^Give one file/) });
  }, 120_000);
});

describe('the file', () => {
  test('that is not there, and a service that is not, are said in one line', async () => {
    await expect(takeFile(join(folder, 'nowhere.json'))).rejects.toThrow(/cannot be read \(ENOENT\)/);
    await expect(takeFile(folder)).rejects.toThrow(/cannot be read \(EISDIR\)/);
    await expect(take([tenderRelease(newOcid())], { service: 'nobody' })).rejects.toThrow(
      /There is purchasing/,
    );
  });

  test('obeys no terminal: what it says of itself is printed without control characters', async () => {
    expect((await take([{ ...tenderRelease(newOcid()), id: '\u001b[2Jgone' }]))[0]).not.toMatch(/\p{C}/u);
  });
});

describe('published releases', () => {
  const FOLDER = new URL('../../../shared/data/ocds/', import.meta.url);
  const hasData = existsSync(FOLDER);
  const testWithData = hasData ? test : test.skip;
  const skipped =
    'skipped: the data are not beside this checkout (../shared/data/ocds), so that no real release is tried';
  const path = (name: string): string => fileURLToPath(new URL(name, FOLDER));
  const LIFECYCLE = 'ocds-213czf-000-00001';

  testWithData(hasData ? 'of single tenders are refused, each with its reason' : skipped, async () => {
    const before = await everything();
    const lines = await takeFile(path('uk_contracts_finder_releases.ndjson'));
    expect(lines).toHaveLength(11);
    for (const line of lines) expect(line).toMatch(/^refused: NOT_A_FRAMEWORK_AGREEMENT/);
    expect(await everything()).toEqual(before);
  });

  testWithData(
    hasData
      ? 'of a whole life cycle make an agreement of it, where the importer says that it is one'
      : skipped,
    async () => {
      const file = path(`fictional-lifecycle/${LIFECYCLE}.json`);
      expect(new Set((await takeFile(file)).map((line) => line.slice(0, 34)))).toEqual(
        new Set(['refused: NOT_A_FRAMEWORK_AGREEMENT']),
      );
      const lines = await takeFile(file, { frameworks: [LIFECYCLE] });
      expect(lines).toHaveLength(6);
      expect(lines.filter((line) => line.startsWith('refused'))).toEqual([]);
      expect(await held(LIFECYCLE)).toMatchObject({
        status: 'ACTIVE',
        maximum: '1100000.00',
        awards: [['1', 'AnyCorp Cycle Provision', null, '11111111.0', `${LIFECYCLE}-award-01`]],
      });
      const record = await takeFile(path(`fictional-lifecycle/record-${LIFECYCLE}.json`), {
        frameworks: [LIFECYCLE],
      });
      expect(record).toEqual(['unchanged: it says nothing new']);
      const again = new Set(await takeFile(file, { frameworks: [LIFECYCLE] }));
      expect(again).toEqual(new Set(['unchanged: imported before']));
    },
  );
});
