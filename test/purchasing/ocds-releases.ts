/** Releases of a made-up framework agreement for gloves and masks, as another publisher would write them. */

export type Json = Record<string, unknown>;

/** Enterprise numbers of the range that was never issued. */
export const NUMBERS = ['0999000129', '0999000228'] as const;

export const party = (id: string, name: string, identifier?: Json): Json => ({
  id,
  name,
  roles: ['supplier'],
  ...(identifier ? { identifier } : {}),
  address: { streetAddress: 'Rue du Port 1' },
  contactPoint: { name: 'Somebody', email: 'somebody@example.org' },
});

/** The call for tenders: two lots, four years, one and a half million. */
export function tenderRelease(ocid: string, over: Json = {}, tender: Json = {}): Json {
  return {
    ocid,
    id: `${ocid}-tender`,
    date: '2025-11-03T09:00:00+01:00',
    tag: ['tender'],
    initiationType: 'tender',
    language: 'fr',
    tender: {
      id: 'T-1',
      title: 'Gants et masques',
      title_nl: 'Handschoenen en maskers',
      description: 'Accord-cadre pour des institutions de soins',
      status: 'active',
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
      ...tender,
    },
    ...over,
  };
}

/** Who has which lot. */
export function awardRelease(ocid: string, over: Json = {}): Json {
  return {
    ocid,
    id: `${ocid}-award`,
    date: '2025-12-15T09:00:00+01:00',
    tag: ['award'],
    initiationType: 'tender',
    language: 'fr',
    parties: [
      party('S-1', 'Gants du Nord', { scheme: 'BE-BCE_KBO', id: '0999.000.129' }),
      party('S-2', 'Maskers Zuid', { scheme: 'NL-KVK', id: '99000001' }),
    ],
    tender: { id: 'T-1', status: 'complete' },
    awards: [
      {
        id: 'A-1',
        status: 'active',
        relatedLots: ['1'],
        suppliers: [
          { id: 'S-1', name: 'Gants du Nord' },
          { id: 'S-2', name: 'Maskers Zuid' },
        ],
      },
      { id: 'A-2', status: 'active', relatedLots: ['2'], suppliers: [{ id: 'S-2', name: 'Maskers Zuid' }] },
    ],
    ...over,
  };
}

export const packageOf = (...releases: unknown[]): Json => ({
  uri: 'https://example.org/releases.json',
  version: '1.1',
  publishedDate: '2026-01-05T00:00:00Z',
  publisher: { name: 'A publisher' },
  releases,
});
