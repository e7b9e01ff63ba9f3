import { describe, expect, test } from '@jest/globals';
import { newService } from '../partners/records.ts';
import { startTestHub } from '../support/hub.ts';
import { Importing } from './ocds-hub.ts';
import { awardRelease, type Json, tenderRelease } from './ocds-releases.ts';

const importing = Importing.forThisFile();

describe('what is refused', () => {
  test('stops nothing else: each release is taken or not by itself', async () => {
    const [good, bad] = [importing.newOcid(), importing.newOcid()];
    const lines = await importing.take([
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
      'imported: status PLANNED → ACTIVE; 2 suppliers; 3 awards of lots',
    ]);
    expect(await importing.held(bad)).toBeUndefined();
    expect(await importing.held(good)).toMatchObject({ status: 'ACTIVE' });
  });

  test('a release that says something else under an id that was imported', async () => {
    const ocid = importing.newOcid();
    await importing.take([tenderRelease(ocid)]);
    expect(await importing.take([tenderRelease(ocid, {}, { title: 'Autre chose' })])).toEqual([
      expect.stringMatching(/^refused: RELEASE_CHANGED at id/),
    ]);
    expect(await importing.held(ocid)).toMatchObject({ title: 'Gants et masques' });
  });

  test('an order under an agreement, and a process that does not say that it is one, unless the importer does', async () => {
    const [order, once] = [importing.newOcid(), importing.newOcid()];
    const relatedProcesses = [
      { id: '1', relationship: ['framework'], scheme: 'ocid', identifier: 'ocds-x-1' },
    ];
    expect(
      await importing.take([
        tenderRelease(order, { relatedProcesses }),
        tenderRelease(once, {}, { techniques: null }),
      ]),
    ).toEqual([
      expect.stringMatching(/^refused: CALL_OFF at relatedProcesses: This is an order under ocds-x-1/),
      expect.stringMatching(/^refused: NOT_A_FRAMEWORK_AGREEMENT at tender.techniques/),
    ]);
    const said = await importing.take([tenderRelease(once, {}, { techniques: null })], {
      frameworks: [once],
    });
    expect(said).toEqual([expect.stringMatching(/^imported: agreement PLANNED/)]);
  });

  test('a limit below what was ordered already', async () => {
    const ocid = importing.newOcid();
    await importing.take([tenderRelease(ocid)]);
    await importing.hub.sql(
      `update spend_account set committed = 100 where id = (select id from framework_agreement where ocid = $1)`,
      [ocid],
    );
    const less = tenderRelease(
      ocid,
      { id: 'less', date: '2026-03-01T00:00:00Z' },
      { value: { amount: 99, currency: 'EUR' } },
    );
    expect(await importing.take([less])).toEqual([expect.stringMatching(/^refused: CEILING_BELOW_SPEND/)]);
    expect(await importing.held(ocid)).toMatchObject({ maximum: '1500000.00' });
  });

  test('prices in an agreement that is not in euro, for they are', async () => {
    const ocid = importing.newOcid();
    const pounds = { value: { amount: 1000, currency: 'GBP' }, lots: [{ id: '1', title: 'Gants' }] };
    await importing.take([
      tenderRelease(ocid, {}, pounds),
      awardRelease(ocid, { awards: [{ id: 'A', suppliers: [{ id: 'S-1' }] }] }),
    ]);
    const price = () => importing.addPrices(ocid, '1');
    await expect(price()).rejects.toMatchObject({ code: 'MH083' });
    const inEuro = { value: { amount: 1000, currency: 'EUR' } };
    const next = (id: string, date: string, tender: Json) =>
      tenderRelease(ocid, { id, date, tag: ['tenderUpdate'], tender });
    expect(await importing.take([next('euro', '2026-03-01T00:00:00Z', inEuro)])).toEqual([
      'imported: currency GBP → EUR',
    ]);
    await price();
    expect(await importing.take([next('pounds', '2026-04-01T00:00:00Z', { value: pounds.value })])).toEqual([
      expect.stringMatching(/^refused: CURRENCY_NOT_EURO/),
    ]);
  });

  test('a made-up agreement, by a hub in operation', async () => {
    const real = await startTestHub('operation');
    const releases = [tenderRelease(importing.newOcid(), { provenance: 'SYNTHETIC' })];
    await expect(importing.take(releases, { into: real })).rejects.toThrow(/none yet: create one first/);
    await newService(real, 'PURCHASING');
    expect(await importing.take(releases, { into: real })).toEqual([
      expect.stringMatching(/^refused: SYNTHETIC_REFUSED/),
    ]);
    await real.close();
  });
});
