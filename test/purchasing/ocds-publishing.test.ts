import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { importOcds } from '../../src/app.ts';
import { startTestHub, type TestHub } from '../support/hub.ts';
import { Centre } from './centre.ts';
import { awardRelease, type Json, packageOf, party, tenderRelease } from './ocds-releases.ts';
import { faults } from './ocds-schema.ts';

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

async function take(document: unknown, frameworks: string[] = []): Promise<string[]> {
  const file = join(folder, 'file.json');
  await writeFile(file, JSON.stringify(document));
  const lines: string[] = [];
  await importOcds(
    hub.orm,
    { file, frameworks },
    { each: (line) => lines.push(line), progress: () => undefined },
  );
  return lines;
}

async function get(url: string, headers: Record<string, string> = {}) {
  const {
    statusCode,
    headers: answered,
    body,
  } = await hub.http.inject({ url, headers: { host: 'hub.example.org', ...headers } });
  return { status: statusCode, headers: answered, body, json: body ? JSON.parse(body) : undefined };
}

const record = (ocid: string) => get(`/ocds/records/${encodeURIComponent(ocid)}.json`);

/** Every page of the releases. */
async function releases(): Promise<Json[]> {
  const all: Json[] = [];
  for (let url: string | undefined = '/ocds/releases.json'; url; ) {
    const { json } = await get(url);
    expect(faults('releases', json)).toEqual([]);
    all.push(...json.releases);
    url = json.links?.next.replace('http://hub.example.org', '');
  }
  return all;
}

const OCID = 'ocds-mh0001-gloves';

describe('agreements as OCDS releases', () => {
  test('are valid by the published schema, and by the extensions’', async () => {
    await take(packageOf(tenderRelease(OCID), awardRelease(OCID)));
    const { status, headers, json } = await get('/ocds/releases.json');
    expect(status).toBe(200);
    expect(headers['content-type']).toBe('application/json; charset=utf-8');
    expect(faults('releases', json)).toEqual([]);
    expect(json).toMatchObject({ uri: 'http://hub.example.org/ocds/releases.json', version: '1.1' });
    expect(json.publisher.name).toMatch(/modelled on Iriscare|Centrale d'achat mutualisée/);
    const own = json.releases.find(({ ocid }: Json) => ocid === OCID);
    expect(own).toMatchObject({
      tag: ['tender', 'award'],
      language: 'fr',
      tender: {
        title: 'Gants et masques',
        title_nl: 'Handschoenen en maskers',
        status: 'complete',
        procurementMethod: 'open',
        value: { amount: 1500000, currency: 'EUR' },
        contractPeriod: { startDate: '2026-01-01T00:00:00+01:00', endDate: '2029-12-31T23:59:59+01:00' },
        techniques: {
          hasFrameworkAgreement: true,
          frameworkAgreement: { method: 'withoutReopeningCompetition' },
        },
        lots: [
          { id: '1', title: 'Gants', value: { amount: 900000, currency: 'EUR' } },
          { id: '2', title: 'Masques' },
        ],
      },
      awards: [
        { id: 'A-1', status: 'active', relatedLots: ['1'] },
        { id: 'A-2', status: 'active', relatedLots: ['2'], suppliers: [{ name: 'Maskers Zuid' }] },
      ],
    });
    expect(own.parties.map(({ identifier, roles }: Json) => [roles, identifier])).toEqual(
      expect.arrayContaining([[['supplier'], { scheme: 'BE-BCE_KBO', id: '0999000129' }]]),
    );
  });

  test('are one by one valid records, with the release that they come from', async () => {
    const { status, json } = await record(OCID);
    expect(status).toBe(200);
    expect(faults('records', json)).toEqual([]);
    expect(json.uri).toBe(`http://hub.example.org/ocds/records/${OCID}.json`);
    const [{ ocid, releases: held, compiledRelease }] = json.records;
    expect(ocid).toBe(OCID);
    expect(held).toEqual((await releases()).filter((one) => one.ocid === OCID));
    expect(compiledRelease).toMatchObject({
      tag: ['compiled'],
      tender: held[0].tender,
      awards: held[0].awards,
    });
  });

  test('that the schema would not take are found: what checks them can fail', async () => {
    const { json } = await get('/ocds/releases.json');
    const broken = structuredClone(json);
    broken.releases[0].tender.status = 'over';
    broken.releases[0].tender.techniques.frameworkAgreement.method = 'always';
    delete broken.releases[0].date;
    broken.releases[0].tender.value = { amount: 'much' };
    broken.releases[0].awardz = [];
    expect(faults('releases', broken).length).toBeGreaterThanOrEqual(5);
    expect(faults('releases', { ...json, releases: [] })).not.toEqual([]);
  });

  test('say of themselves that they are synthetic, where they are', async () => {
    const ocid = 'ocds-mh0001-synthetic';
    await take(tenderRelease(ocid, { provenance: 'SYNTHETIC' }));
    const { json } = await record(ocid);
    expect(faults('records', json)).toEqual([]);
    expect(json.notice).toMatch(/^SYNTHETIC/);
    expect(json.records[0].compiledRelease.provenance).toBe('SYNTHETIC');
    expect((await record(OCID)).json.notice).toBeUndefined();
  });

  test('have another id and date as soon as something in them changes, and only then', async () => {
    const of = async () => (await record(OCID)).json.records[0].releases[0];
    const before = await of();
    const where = `(select id from framework_agreement where ocid = '${OCID}')`;
    await hub.sql(`update framework_agreement set answer_hours = 3 where id = ${where}`);
    await hub.sql(`update framework_agreement set title_fr = title_fr where id = ${where}`);
    expect(await of()).toEqual(before);
    const changes = [
      `update framework_agreement set maximum_value = 1600000 where id = ${where}`,
      `update lot set title_nl = 'Handschoenen' where local_id = '1' and agreement_id = ${where}`,
      `insert into product (id, lot_id, code, cpv, unit, title_fr, search_text, provenance) select gen_random_uuid(), l.id, 'G1',
        '33141420-0', 'boîte de 100', 'Gants nitrile', 'gants', 'REPORTED' from lot l where l.local_id = '1' and l.agreement_id = ${where}`,
      `update product set unit = 'boîte de 200' where code = 'G1'`,
      `update supplier set name = 'Gants du Nord SA' where name = 'Gants du Nord'`,
      `insert into agreement_authority (agreement_id, authority_id) select ${where}, c.id from competent_authority c where c.code = 'COCOF'`,
      `delete from agreement_authority where agreement_id = ${where}`,
    ];
    const seen = [before];
    for (const change of changes) {
      await hub.sql(change);
      const now = await of();
      expect(now.id).not.toBe(seen.at(-1).id);
      expect(now.date > seen.at(-1).date).toBe(true);
      seen.push(now);
    }
    expect(seen.at(-1).tender.items).toEqual([
      {
        id: '1/G1',
        description: 'Gants nitrile',
        classification: { scheme: 'CPV', id: '33141420' },
        unit: { name: 'boîte de 200' },
        relatedLot: '1',
      },
    ]);
    expect(faults('records', (await record(OCID)).json)).toEqual([]);
  });

  test('tell of orders, prices and ranks nothing: who has a price has the lot, and that is all', async () => {
    await hub.sql(`insert into supplier (id, service_id, name, provenance) select gen_random_uuid(), service_id, 'Savons de l’Est', 'REPORTED'
      from framework_agreement where ocid = '${OCID}'`);
    await hub.sql(`insert into cascade_rank (id, product_id, supplier_id, rank, unit_price, vat_rate, valid_from, provenance)
      select gen_random_uuid(), p.id, s.id, 4, 7.7777, 21, '2026-01-01', 'REPORTED' from product p, supplier s where p.code = 'G1' and s.name = 'Savons de l’Est'`);
    await hub.sql(
      `update spend_account set committed = 4242.42, spent = 1313.13 where id = (select id from framework_agreement where ocid = '${OCID}')`,
    );
    const { json, body } = await record(OCID);
    expect(
      json.records[0].compiledRelease.awards.map(({ id, suppliers }: Json) => [
        id,
        (suppliers as Json[]).map((one) => one.name).sort(),
      ]),
    ).toEqual([
      ['A-1', ['Gants du Nord SA', 'Maskers Zuid']],
      ['A-2', ['Maskers Zuid']],
      ['lot-1', ['Savons de l’Est']],
    ]);
    expect(body).not.toMatch(/7\.7777|4242|1313|"rank"|"value":\{[^}]*\}[^}]*"awards"/);
    for (const award of json.records[0].compiledRelease.awards) expect(award).not.toHaveProperty('value');
  });
});

describe('over HTTP', () => {
  test('an unchanged document is not sent again', async () => {
    const first = await get('/ocds/releases.json');
    expect(first.headers['cache-control']).toBe('public, max-age=60');
    const etag = first.headers.etag as string;
    for (const known of [etag, `W/${etag}, "other"`, '*']) {
      expect(await get('/ocds/releases.json', { 'if-none-match': known })).toMatchObject({
        status: 304,
        body: '',
      });
    }
    expect((await get('/ocds/releases.json', { 'if-none-match': '"other"' })).status).toBe(200);
    expect((await get(`/ocds/records/${OCID}.json`)).headers.etag).not.toBe(etag);
    const head = await hub.http.inject({
      method: 'HEAD',
      url: '/ocds/releases.json',
      headers: { host: 'hub.example.org' },
    });
    expect([head.statusCode, head.body, head.headers.etag]).toEqual([200, '', etag]);
  });

  test('what there is not, and what is no request, is refused as everywhere', async () => {
    const refused = async (url: string, headers = {}) => {
      const { status, json } = await get(url, headers);
      return [status, json.errors[0].extensions.code];
    };
    expect(await refused('/ocds/records/ocds-nothing.json')).toEqual([404, 'NOT_FOUND']);
    expect(await refused(`/ocds/records/${OCID}`)).toEqual([404, 'NOT_FOUND']);
    expect(await refused(`/ocds/records/${'x'.repeat(90)}%00.json`)).toEqual([404, 'NOT_FOUND']);
    expect(await refused('/ocds/releases.json?after=zzz')).toEqual([404, 'NOT_FOUND']);
    expect(await refused('/ocds/releases.json?after=a&after=b')).toEqual([400, 'INVALID_PAGE']);
    expect(await refused(`/ocds/releases.json?after=${'x'.repeat(201)}`)).toEqual([400, 'INVALID_PAGE']);
    expect(await refused('/ocds/releases.json', { host: 'a b"c' })).toEqual([400, 'BAD_REQUEST']);
    expect(await refused('/ocds/releases.json', { authorization: 'Bearer nonsense' })).toEqual([
      401,
      'UNAUTHENTICATED',
    ]);
  });

  test('a hub in operation shows them to everybody; without any there is no package', async () => {
    const real = await startTestHub('operation');
    expect((await real.http.inject('/ocds/releases.json')).statusCode).toBe(404);
    await real.close();
  });

  test('many come page by page, each once and in order', async () => {
    const many = Array.from({ length: 120 }, (_, at) =>
      tenderRelease(`ocds-mh0002-${String(at).padStart(3, '0')}`),
    );
    await take(packageOf(...many));
    const all = (await releases()).map(({ ocid }) => ocid as string);
    expect(all).toEqual([...new Set(all)].sort());
    expect(all).toEqual(expect.arrayContaining(many.map(({ ocid }) => ocid)));
    const { json } = await get('/ocds/releases.json');
    expect(json.releases).toHaveLength(50);
    expect(json.extensions).toContainEqual(expect.stringContaining('ocds_pagination_extension'));
  });
});

describe('what is imported, given out and imported again', () => {
  const text = fc.constantFrom('Gants', 'Masques «FFP2»', 'Ĳzer & ßoe', 'a'.repeat(200), '日本');
  const translated = (field: string) =>
    fc.record({
      [field]: text,
      [`${field}_nl`]: fc.option(text, { nil: undefined }),
      [`${field}_de`]: fc.option(text, { nil: undefined }),
    });
  const amount = fc.oneof(
    fc.constant(undefined),
    fc.nat(10 ** 9),
    fc.nat(10 ** 9).map((cents) => cents / 100),
  );
  const value = amount.map((one) => (one === undefined ? undefined : { amount: one, currency: 'EUR' }));
  const supplier = fc.record({
    name: fc.constantFrom('Nord', 'Zuid', 'Est'),
    identifier: fc.constantFrom(
      undefined,
      { scheme: 'BE-BCE_KBO', id: '0999000129' },
      { scheme: 'GB-COH', id: '01' },
      { scheme: 'GB-COH', id: '02' },
    ),
  });
  const process = fc.record({
    language: fc.constantFrom('fr', 'nl', 'de-AT', 'en', 'es', undefined),
    title: translated('title'),
    description: fc.option(translated('description'), { nil: undefined }),
    status: fc.constantFrom('planned', 'active', 'complete', 'cancelled', undefined),
    method: fc.constantFrom('open', 'selective', 'limited', 'direct'),
    value,
    from: fc.constantFrom('2025-03-30', '2026-01-01', '2024-02-29'),
    end: fc.constantFrom('2028-10-29T23:59:59+01:00', '2028-10-29T00:00:00Z', '2027-03-28T12:00:00+02:00'),
    buyers: fc.constantFrom(undefined, 'Kinds of buyers: EVENT.', 'Recognised by: COCOF.', 'everybody'),
    lots: fc.uniqueArray(
      fc.record({ id: fc.constantFrom('1', '2a', 'Lot é/3'), title: translated('title'), value }),
      { selector: ({ id }) => id },
    ),
    awards: fc.array(
      fc.record({
        status: fc.constantFrom('active', 'pending', undefined),
        suppliers: fc.array(supplier, { maxLength: 3 }),
        isOfFirst: fc.boolean(),
      }),
      { maxLength: 3 },
    ),
    isOver: fc.boolean(),
    isRenewed: fc.boolean(),
    provenance: fc.constantFrom(undefined, 'SYNTHETIC'),
  });

  test('is unchanged, valid all the way, and given out the same', async () => {
    const UNCHANGED = expect.stringMatching(/^unchanged/);
    let processes = 0;
    const outcomes = new Set<string>();
    await fc.assert(
      fc.asyncProperty(process, async (of) => {
        processes += 1;
        const ocid = `ocds-mh0003-${processes}`;
        const firstLot = of.lots[0]?.id;
        const awards = of.awards.map(({ status, suppliers, isOfFirst }, at) => ({
          id: String(at),
          status,
          suppliers: suppliers.map((one, index) => ({ id: `${at}-${index}`, name: one.name })),
          relatedLots: isOfFirst && firstLot ? [firstLot] : undefined,
        }));
        const parties = of.awards.flatMap(({ suppliers }, at) =>
          suppliers.map((one, index) => party(`${at}-${index}`, one.name, one.identifier)),
        );
        const given = {
          ocid,
          id: 'one',
          date: '2026-01-02T00:00:00Z',
          tag: ['tender', 'award'],
          initiationType: 'tender',
          language: of.language,
          provenance: of.provenance,
          parties,
          tender: {
            id: '1',
            ...of.title,
            ...of.description,
            status: of.status,
            procurementMethod: of.method,
            value: of.value,
            contractPeriod: { startDate: `${of.from}T00:00:00+01:00`, endDate: of.end },
            techniques: { hasFrameworkAgreement: true, frameworkAgreement: { buyerCategories: of.buyers } },
            lots: of.lots.map(({ id, title, value }) => ({ id, ...title, value })),
          },
          awards,
          contracts: of.isOver
            ? awards.map(({ id }) => ({ id, awardID: id, status: 'terminated' }))
            : undefined,
          relatedProcesses: of.isRenewed
            ? [{ id: '1', relationship: ['prior'], scheme: 'ocid', identifier: 'ocds-x-1', title: 'Avant' }]
            : undefined,
        };
        expect(await take(given)).toEqual([expect.stringMatching(/^imported/)]);
        const { json } = await record(ocid);
        expect(faults('records', json)).toEqual([]);
        outcomes.add(json.records[0].releases[0].tender.status);
        const published = packageOf(json.records[0].releases[0]);
        expect(await take(published)).toEqual([UNCHANGED]);
        expect(await take(json)).toEqual([UNCHANGED]);
        expect((await record(ocid)).json).toEqual(json);
        expect(await take(given)).toEqual([UNCHANGED]);
      }),
      { numRuns: 60 },
    );
    expect(outcomes).toEqual(new Set(['planned', 'complete', 'cancelled']));
  }, 120_000);

  test('is unchanged where an agreement was made here, in whatever state', async () => {
    const centre = await Centre.open({
      agreement: {
        buyerCategories: ['EVENT', 'ADMINISTRATION'],
        eligibleAuthorities: ['COCOF'],
        maximumValue: '250000.5',
      },
    });
    await centre.another({
      agreement: { status: 'PLANNED', description: { nl: 'Nog niet' } },
      lot: { localId: 'a/b', ceiling: '99.99' },
    });
    const file = join(folder, 'own.json');
    const statuses = new Set<string>();
    for (const { ocid, slug } of await centre.hub.sql<{ ocid: string; slug: string }>(
      'select a.ocid, s.slug from framework_agreement a join shared_service s on s.id = a.service_id',
    )) {
      for (const status of ['PLANNED', 'ACTIVE', 'CANCELLED', 'COMPLETE']) {
        await centre.hub.sql('update framework_agreement set status = $1 where ocid = $2', [status, ocid]);
        // Without any trace of an earlier import, as where it was made.
        await centre.hub.sql('delete from ocds_release');
        const { body } = await centre.hub.http.inject(`/ocds/records/${encodeURIComponent(ocid)}.json`);
        expect(faults('records', JSON.parse(body))).toEqual([]);
        await writeFile(file, body);
        const lines: string[] = [];
        const report = { each: (line: string) => lines.push(line), progress: () => undefined };
        await importOcds(centre.hub.orm, { file, service: slug }, report);
        expect(lines).toEqual([expect.stringMatching(/^unchanged .*it says nothing new$/)]);
        statuses.add(JSON.parse(body).records[0].releases[0].tender.status);
      }
    }
    expect(statuses).toEqual(new Set(['planned', 'complete', 'cancelled']));
    await centre.close();
  });

  test('is the same in another hub', async () => {
    const other = await startTestHub('operation');
    const { newService } = await import('../partners/records.ts');
    await newService(other, 'PURCHASING');
    const { json } = await record(OCID);
    const file = join(folder, 'moved.json');
    await writeFile(file, JSON.stringify(json));
    const lines: string[] = [];
    await importOcds(other.orm, { file }, { each: (line) => lines.push(line), progress: () => undefined });
    expect(lines).toEqual([expect.stringMatching(/^imported/)]);
    const there = JSON.parse((await other.http.inject(`/ocds/records/${OCID}.json`)).body);
    expect(faults('records', there)).toEqual([]);
    // Products are of the hub that sells them.
    const { items: _, procuringEntity: __, ...told } = json.records[0].compiledRelease.tender;
    expect(there.records[0].compiledRelease.tender).toMatchObject(told);
    expect(there.records[0].compiledRelease.awards).toHaveLength(
      json.records[0].compiledRelease.awards.length,
    );
    await other.close();
  });
});
