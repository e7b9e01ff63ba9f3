import { describe, expect, test } from '@jest/globals';
import { agreementOf, frameworkOf, isFramework } from '../../src/services/purchasing/ocds/agreement-of.ts';
import { readBuyers, writeBuyers } from '../../src/services/purchasing/ocds/buyers.ts';
import { releasesOf } from '../../src/services/purchasing/ocds/document.ts';
import { amountOf, daysOf } from '../../src/services/purchasing/ocds/measures.ts';
import { compiled, inOrder } from '../../src/services/purchasing/ocds/merge.ts';
import { readRelease } from '../../src/services/purchasing/ocds/read-release.ts';
import type { Release } from '../../src/services/purchasing/ocds/release-shape.ts';
import { awardRelease, type Json, packageOf, tenderRelease } from './ocds-releases.ts';

const OCID = 'ocds-mh0001-gloves';

function releaseOf(given: unknown): Release {
  const read = readRelease(given);
  if (read.refusal) throw new Error(JSON.stringify(read.refusal));
  return read.value;
}

const agreement = (...given: unknown[]) => agreementOf(compiled(given.map(releaseOf)) as Release);

describe('a release', () => {
  test('is read as far as the hub needs it: contact points and addresses are left out', () => {
    const text = JSON.stringify(releaseOf(awardRelease(OCID)));
    expect(text).toContain('Gants du Nord');
    expect(text).not.toMatch(/contactPoint|example\.org|Rue du Port/);
  });

  test.each<[what: string, over: Json, path: string]>([
    ['no date', { date: undefined }, 'date'],
    ['a date without its offset', { date: '2026-01-01T09:00:00' }, 'date'],
    ['a day that does not exist', { date: '2026-02-30T09:00:00Z' }, 'date'],
    ['a tag that there is not', { tag: ['tendr'] }, 'tag.0'],
    ['an ocid with a space', { ocid: 'ocds 1' }, 'ocid'],
    ['an amount in words', { tender: { value: { amount: 'much' } } }, 'tender.value.amount'],
    ['a lot without an id', { tender: { lots: [{ title: 'Gants' }] } }, 'tender.lots.0.id'],
    ['the character NUL', { tender: { title: 'a\0b' } }, 'tender.title'],
  ])('with %s is refused, and where is said', (_, over, path) => {
    expect(readRelease({ ...tenderRelease(OCID), ...over }).refusal).toMatchObject({
      code: 'INVALID_RELEASE',
      path,
    });
  });

  test.each([[null], [[]], ['a text'], [7], [{}]])('is not %j', (given) => {
    expect(readRelease(given).refusal?.code).toBe('INVALID_RELEASE');
  });

  test('has texts of a bearable length, and none of half a character', () => {
    const { tender } = releaseOf(
      tenderRelease(OCID, {}, { title: `${'é'.repeat(300)}`, description: 'half \ud83d of one' }),
    );
    expect(tender?.title_fr).toHaveLength(200);
    expect(tender?.title_fr).toMatch(/é…$/);
    expect(tender?.description_fr).toBe('half \ufffd of one');
  });
});

describe('a document', () => {
  test('is a package, a record, a package of records or a release', () => {
    const tender = tenderRelease(OCID);
    const record = { ocid: OCID, releases: [tender], compiledRelease: { ...tender, tag: ['compiled'] } };
    const linked = { ocid: OCID, releases: [{ url: 'https://example.org/1.json#1', date: tender.date }] };
    const at = (document: unknown) => releasesOf(document).map((found) => found.refusal?.code ?? found.at);
    expect(at(tender)).toEqual(['']);
    expect(at(packageOf(tender, tender))).toEqual(['releases.0', 'releases.1']);
    expect(at(record)).toEqual(['releases.0']);
    expect(at({ records: [record, { ...record, releases: linked.releases }, linked, 7] })).toEqual([
      'records.0.releases.0',
      'records.1.compiledRelease',
      'NO_RELEASE_IN_RECORD',
      'NOT_OCDS',
    ]);
    expect(at({ releases: 'many' })).toEqual(['NOT_OCDS']);
    expect(at({ hello: 'world' })).toEqual(['NOT_OCDS']);
  });
});

describe('releases of one process', () => {
  test('are read in the order of their dates, whatever their offsets, then of their stages', () => {
    const at = (id: string, date: string, tag: string) =>
      releaseOf({ ...tenderRelease(OCID), id, date, tag: [tag] });
    const sorted = inOrder([
      at('3', '2026-01-01T12:00:00+02:00', 'award'),
      at('2', '2026-01-01T10:00:00Z', 'tender'),
      at('4', '2026-01-01T10:00:01Z', 'planning'),
      at('1', '2026-01-01T10:30:00+01:00', 'contract'),
    ]);
    expect(sorted.map(({ id }) => id)).toEqual(['1', '2', '3', '4']);
  });

  test('say together what the last one says of each thing, and null takes it back', () => {
    const together = compiled(
      [
        tenderRelease(OCID),
        awardRelease(OCID),
        {
          ...tenderRelease(OCID),
          id: 'u',
          date: '2026-02-01T00:00:00Z',
          tag: ['tenderUpdate'],
          tender: { description: null, lots: [{ id: '2', title: 'Masques FFP2' }] },
        },
      ]
        .map(releaseOf)
        .reverse(),
    );
    expect(together?.tender).toMatchObject({ title_fr: 'Gants et masques', status: 'complete' });
    expect(together?.tender).not.toHaveProperty('description_fr');
    expect(together?.tender?.lots?.map(({ id, title_fr }) => [id, title_fr])).toEqual([
      ['1', 'Gants'],
      ['2', 'Masques FFP2'],
    ]);
  });
});

test('releases of one process may be in several languages', () => {
  const dutch = tenderRelease(
    OCID,
    { id: 'nl', date: '2026-01-01T00:00:00Z', language: 'nl-BE' },
    { title: 'Handschoenen', title_nl: undefined, lots: [{ id: '1', title: 'Maten' }] },
  );
  const { value } = agreement(tenderRelease(OCID), dutch);
  expect(value?.title).toEqual({ fr: 'Gants et masques', nl: 'Handschoenen' });
  expect(value?.lots[0]?.title).toEqual({ fr: 'Gants', nl: 'Maten' });
  expect(agreement(tenderRelease(OCID, { language: 'es' })).value?.title).toEqual({
    nl: 'Handschoenen en maskers',
    en: 'Gants et masques',
  });
});

describe('an agreement', () => {
  test('has its lots, limits, days, suppliers and their numbers from tender and award', () => {
    expect(agreement(tenderRelease(OCID), awardRelease(OCID)).value).toMatchObject({
      ocid: OCID,
      title: { fr: 'Gants et masques', nl: 'Handschoenen en maskers' },
      method: 'OPEN',
      status: 'ACTIVE',
      validFrom: '2026-01-01',
      validUntil: '2030-01-01',
      maximumValue: '1500000.00',
      currency: 'EUR',
      lots: [
        { localId: '1', title: { fr: 'Gants' }, ceiling: '900000.00' },
        { localId: '2', title: { fr: 'Masques' }, ceiling: null },
      ],
      awards: [
        {
          id: 'A-1',
          lots: ['1'],
          suppliers: [
            { name: 'Gants du Nord', enterpriseNumber: '0999000129' },
            { name: 'Maskers Zuid', identifier: { scheme: 'NL-KVK', id: '99000001' } },
          ],
        },
        { id: 'A-2', lots: ['2'], suppliers: [{ name: 'Maskers Zuid' }] },
      ],
    });
  });

  test.each<[status: string, of: Json[]]>([
    ['PLANNED', [tenderRelease(OCID)]],
    ['ACTIVE', [tenderRelease(OCID, {}, { status: 'complete' })]],
    ['ACTIVE', [tenderRelease(OCID, { awards: [{ id: '1' }] })]],
    ['PLANNED', [tenderRelease(OCID, { awards: [{ id: '1', status: 'pending' }] }, { status: 'complete' })]],
    ['CANCELLED', [tenderRelease(OCID, {}, { status: 'withdrawn' })]],
    ['CANCELLED', [tenderRelease(OCID, { awards: [{ id: '1', status: 'cancelled' }] })]],
    [
      'COMPLETE',
      [
        tenderRelease(OCID, {
          awards: [{ id: '1', status: 'active' }],
          contracts: [{ id: '1', awardID: '1', status: 'terminated' }],
        }),
      ],
    ],
    [
      // A contract that is over is no end of the agreement while another award has none.
      'ACTIVE',
      [
        tenderRelease(OCID, {
          awards: [{ id: '1' }, { id: '2' }],
          contracts: [{ id: '1', awardID: '1', status: 'terminated' }],
        }),
      ],
    ],
  ])('is %s by its tender, awards and contracts', (status, of) => {
    expect(agreement(...of).value?.status).toBe(status);
  });

  test.each<[code: string, path: string, tender: Json, over?: Json]>([
    ['TITLE_MISSING', 'tender.title', { title: ' ', title_nl: null }],
    ['METHOD_MISSING', 'tender.procurementMethod', { procurementMethod: null }],
    ['PERIOD_MISSING', 'tender.contractPeriod', { contractPeriod: { startDate: '2026-01-01T00:00:00Z' } }],
    [
      'INVALID_PERIOD',
      'tender.contractPeriod',
      { contractPeriod: { startDate: '2026-01-02T00:00:00Z', endDate: '2026-01-01T00:00:00Z' } },
    ],
    ['INVALID_VALUE', 'tender.value.amount', { value: { amount: -1 } }],
    [
      'CURRENCIES_DIFFER',
      'tender.lots.0.value',
      { lots: [{ id: '1', value: { amount: 1, currency: 'GBP' } }] },
    ],
    [
      'REOPENS_COMPETITION',
      'tender.techniques.frameworkAgreement.method',
      { techniques: { frameworkAgreement: { method: 'withReopeningCompetition' } } },
    ],
    ['LOT_UNKNOWN', 'awards.0.relatedLots.0', {}, { awards: [{ id: '1', relatedLots: ['9'] }] }],
    ['SUPPLIER_UNKNOWN', 'awards.0.suppliers.0', {}, { awards: [{ id: '1', suppliers: [{ id: 'X' }] }] }],
    [
      'INVALID_ENTERPRISE_NUMBER',
      'awards.0.suppliers.0',
      {},
      {
        awards: [
          { id: '1', suppliers: [{ name: 'X', identifier: { scheme: 'BE-BCE_KBO', id: '0999000100' } }] },
        ],
      },
    ],
  ])('is refused with %s at %s', (code, path, tender, over = {}) => {
    expect(agreement(tenderRelease(OCID, over, tender)).refusal).toMatchObject({ code, path });
  });

  test('is one where its releases say so, in the tender or in a lot; an order under one is another process', () => {
    const no = { techniques: { hasFrameworkAgreement: false } };
    const inLot = { techniques: null, lots: [{ id: '1', techniques: { hasFrameworkAgreement: true } }] };
    const of = (tender: Json, over: Json = {}) => releaseOf(tenderRelease(OCID, over, tender));
    expect([of({}), of(inLot), of({ techniques: null }), of(no)].map(isFramework)).toEqual([
      true,
      true,
      false,
      false,
    ]);
    const relatedProcesses = [
      { id: '1', relationship: ['framework'], scheme: 'ocid', identifier: 'ocds-x-1' },
    ];
    expect(frameworkOf(of({}, { relatedProcesses }))).toBe('ocds-x-1');
    expect(frameworkOf(of({}))).toBeUndefined();
  });
});

describe('measures', () => {
  test.each([
    [1500000, '1500000.00'],
    [0.1, '0.10'],
    [945054.8, '945054.80'],
    // A limit never grows.
    [1.999, '1.99'],
    [1e-9, '0.00'],
    [9e12, '9000000000000.00'],
    [-1, undefined],
    [1e21, undefined],
    [Number.NaN, undefined],
  ])('an amount of %d is %s', (amount, text) => {
    expect(amountOf(amount)).toBe(text);
  });

  test.each([
    ['2026-12-31T23:59:59+01:00', '2027-01-01'],
    ['2027-01-01T00:00:00+01:00', '2027-01-01'],
    ['2027-01-01T00:00:01Z', '2027-01-02'],
  ])('what ends %s ends before %s', (endDate, until) => {
    expect(daysOf({ startDate: '2026-01-01T00:00:00Z', endDate })?.until).toBe(until);
  });

  test('who may order is written so that a hub reads it again, and nobody else’s words are taken for it', () => {
    const sentence = writeBuyers(['EVENT', 'CARE_INSTITUTION'], ['IRISCARE', 'COCOF']);
    expect(sentence).toBe('Kinds of buyers: CARE_INSTITUTION, EVENT. Recognised by: COCOF, IRISCARE.');
    expect(readBuyers(sentence)).toEqual({
      categories: ['CARE_INSTITUTION', 'EVENT'],
      authorities: ['COCOF', 'IRISCARE'],
    });
    expect(readBuyers(writeBuyers([], ['COCOF']))).toMatchObject({ categories: [], authorities: ['COCOF'] });
    expect(writeBuyers([], [])).toBeUndefined();
    expect(readBuyers(undefined)).toEqual({ categories: [], authorities: [] });
    expect(readBuyers('all hospitals')).toBeUndefined();
    expect(readBuyers('Kinds of buyers: EVERYBODY.')).toBeUndefined();
  });
});
