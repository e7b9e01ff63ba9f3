import { describe, expect, test } from '@jest/globals';
import { startTestHub } from '../support/hub.ts';
import { Importing } from './ocds-hub.ts';
import { awardRelease, type Json, packageOf, tenderRelease } from './ocds-releases.ts';
import { faults } from './ocds-schema.ts';

const importing = Importing.forThisFile();

/** Every page of the releases. */
async function releases(): Promise<Json[]> {
  const all: Json[] = [];
  for (let url: string | undefined = '/ocds/releases.json'; url; ) {
    const { json } = await importing.get(url);
    expect(faults('releases', json)).toEqual([]);
    all.push(...json.releases);
    url = json.links?.next.replace('http://hub.example.org', '');
  }
  return all;
}

const OCID = 'ocds-mh0001-gloves';

describe('agreements as OCDS releases', () => {
  test('are valid by the published schema, and by the extensions’', async () => {
    await importing.takeOne(packageOf(tenderRelease(OCID), awardRelease(OCID)));
    const { status, headers, json } = await importing.get('/ocds/releases.json');
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
    const { status, json } = await importing.record(OCID);
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
    const { json } = await importing.get('/ocds/releases.json');
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
    await importing.takeOne(tenderRelease(ocid, { provenance: 'SYNTHETIC' }));
    const { json } = await importing.record(ocid);
    expect(faults('records', json)).toEqual([]);
    expect(json.notice).toMatch(/^SYNTHETIC/);
    expect(json.records[0].compiledRelease.provenance).toBe('SYNTHETIC');
    expect((await importing.record(OCID)).json.notice).toBeUndefined();
  });

  test('have another id and date as soon as something in them changes, and only then', async () => {
    const of = async () => (await importing.record(OCID)).json.records[0].releases[0];
    const before = await of();
    const where = `(select id from framework_agreement where ocid = '${OCID}')`;
    await importing.hub.sql(`update framework_agreement set answer_hours = 3 where id = ${where}`);
    await importing.hub.sql(`update framework_agreement set title_fr = title_fr where id = ${where}`);
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
      await importing.hub.sql(change);
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
    expect(faults('records', (await importing.record(OCID)).json)).toEqual([]);
  });

  test('tell of orders, prices and ranks nothing: who has a price has the lot, and that is all', async () => {
    await importing.hub.sql(`insert into supplier (id, service_id, name, provenance) select gen_random_uuid(), service_id, 'Savons de l’Est', 'REPORTED'
      from framework_agreement where ocid = '${OCID}'`);
    await importing.hub.sql(`insert into cascade_rank (id, product_id, supplier_id, rank, unit_price, vat_rate, valid_from, provenance)
      select gen_random_uuid(), p.id, s.id, 4, 7.7777, 21, '2026-01-01', 'REPORTED' from product p, supplier s where p.code = 'G1' and s.name = 'Savons de l’Est'`);
    await importing.hub.sql(
      `update spend_account set committed = 4242.42, spent = 1313.13 where id = (select id from framework_agreement where ocid = '${OCID}')`,
    );
    const { json, body } = await importing.record(OCID);
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
    const first = await importing.get('/ocds/releases.json');
    expect(first.headers['cache-control']).toBe('public, max-age=60');
    const etag = first.headers.etag as string;
    for (const known of [etag, `W/${etag}, "other"`, '*']) {
      expect(await importing.get('/ocds/releases.json', { 'if-none-match': known })).toMatchObject({
        status: 304,
        body: '',
      });
    }
    expect((await importing.get('/ocds/releases.json', { 'if-none-match': '"other"' })).status).toBe(200);
    expect((await importing.get(`/ocds/records/${OCID}.json`)).headers.etag).not.toBe(etag);
    const head = await importing.hub.http.inject({
      method: 'HEAD',
      url: '/ocds/releases.json',
      headers: { host: 'hub.example.org' },
    });
    expect([head.statusCode, head.body, head.headers.etag]).toEqual([200, '', etag]);
  });

  test('what there is not, and what is no request, is refused as everywhere', async () => {
    const refused = async (url: string, headers = {}) => {
      const { status, json } = await importing.get(url, headers);
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
    await importing.takeOne(packageOf(...many));
    const all = (await releases()).map(({ ocid }) => ocid as string);
    expect(all).toEqual([...new Set(all)].sort());
    expect(all).toEqual(expect.arrayContaining(many.map(({ ocid }) => ocid)));
    const { json } = await importing.get('/ocds/releases.json');
    expect(json.releases).toHaveLength(50);
    expect(json.extensions).toContainEqual(expect.stringContaining('ocds_pagination_extension'));
  });
});
