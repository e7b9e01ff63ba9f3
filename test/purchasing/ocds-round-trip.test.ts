import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { newService } from '../partners/records.ts';
import { startTestHub } from '../support/hub.ts';
import { SEED } from '../support/seed.ts';
import { Centre } from './centre.ts';
import { Importing } from './ocds-hub.ts';
import { awardRelease, packageOf, party, tenderRelease } from './ocds-releases.ts';
import { faults } from './ocds-schema.ts';

const importing = Importing.forThisFile();

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
        expect(await importing.takeOne(given)).toEqual([expect.stringMatching(/^imported/)]);
        const { json } = await importing.record(ocid);
        expect(faults('records', json)).toEqual([]);
        outcomes.add(json.records[0].releases[0].tender.status);
        const published = packageOf(json.records[0].releases[0]);
        expect(await importing.takeOne(published)).toEqual([UNCHANGED]);
        expect(await importing.takeOne(json)).toEqual([UNCHANGED]);
        expect((await importing.record(ocid)).json).toEqual(json);
        expect(await importing.takeOne(given)).toEqual([UNCHANGED]);
      }),
      { numRuns: 60, seed: SEED },
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
    const statuses = new Set<string>();
    for (const { ocid, slug } of await centre.hub.sql<{ ocid: string; slug: string }>(
      'select a.ocid, s.slug from framework_agreement a join shared_service s on s.id = a.service_id',
    )) {
      for (const status of ['PLANNED', 'ACTIVE', 'CANCELLED', 'COMPLETE']) {
        await centre.hub.sql('update framework_agreement set status = $1 where ocid = $2', [status, ocid]);
        // Without any trace of an earlier import, as where it was made.
        await centre.hub.sql('delete from ocds_release');
        const { json } = await importing.record(ocid, centre.hub);
        expect(faults('records', json)).toEqual([]);
        expect(await importing.take([json], { service: slug, into: centre.hub })).toEqual([
          'unchanged: it says nothing new',
        ]);
        statuses.add(json.records[0].releases[0].tender.status);
      }
    }
    expect(statuses).toEqual(new Set(['planned', 'complete', 'cancelled']));
    await centre.close();
  });

  test('is the same in another hub', async () => {
    const other = await startTestHub('operation');
    await newService(other, 'PURCHASING');
    const ocid = importing.newOcid();
    await importing.take([tenderRelease(ocid), awardRelease(ocid)]);
    await importing.addPrices(ocid, '1', 'Gants du Nord');
    const { json: here } = await importing.record(ocid);
    expect(await importing.take([here], { into: other })).toEqual([expect.stringMatching(/^imported/)]);
    const { json: there } = await importing.record(ocid, other);
    expect(faults('records', there)).toEqual([]);
    // Products are of the hub that sells them, and so is the body that runs it.
    const { items, procuringEntity, ...told } = here.records[0].compiledRelease.tender;
    expect([items, procuringEntity]).not.toContain(undefined);
    expect(there.records[0].compiledRelease.tender).toMatchObject(told);
    expect(there.records[0].compiledRelease.awards).toEqual(here.records[0].compiledRelease.awards);
    await other.close();
  });
});
