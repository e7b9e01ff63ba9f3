import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startTestHub, type TestHub } from '../support/hub.ts';
import {
  clock,
  count,
  enterpriseNumber,
  keyOf,
  newPartner,
  partnerInput,
  refused,
  save,
  send,
} from './records.ts';

let hub: TestHub;
let federation: { id: string };
beforeAll(async () => {
  hub = await startTestHub('operation', { clock });
  federation = await save(hub, 'createFederation', { slug: 'fed', name: { fr: 'Fédération' } });
});
afterAll(() => hub.close());

test('a partner is recorded with its sites, recognitions and memberships, and reads back the same', async () => {
  const input = {
    enterpriseNumber: 'BE 0999.000.123'.replace('0999.000.123', enterpriseNumber(123)),
    name: { fr: ' Maison de l’Étoile ', nl: 'Sterrenhuis' },
    description: { fr: 'Accueil de nuit' },
    legalForm: 'FOUNDATION',
    sector: 'CARE_HOMES',
    headcount: 49,
    languages: ['FR', 'NL', 'FR'],
    website: 'https://etoile.example',
    sites: [{ postalCode: '1000' }, { postalCode: '4000', name: { fr: 'Liège' } }],
    recognitions: [
      { authority: 'COCOF', validFrom: '2020-01-01', site: 1 },
      { authority: 'IRISCARE', sector: 'HOSPITALS', validFrom: '2019-01-01', validUntil: '2021-01-01' },
    ],
    memberships: [{ federation: federation.id, validFrom: '2018-03-01' }],
  };
  const partner = await save(hub, 'createPartner', input);
  expect(partner).toMatchObject({
    slug: 'maison-de-l-etoile',
    name: 'Maison de l’Étoile',
    nameTranslations: [
      { language: 'FR', text: 'Maison de l’Étoile' },
      { language: 'NL', text: 'Sterrenhuis' },
    ],
    description: 'Accueil de nuit',
    legalForm: 'FOUNDATION',
    sector: { code: 'CARE_HOMES' },
    municipality: { nisCode: '21004' },
    headcount: 49,
    sizeBand: 'FROM_20_TO_49',
    languages: ['FR', 'NL'],
    website: 'https://etoile.example/',
    provenance: 'REPORTED',
    memberships: [{ federation: { id: federation.id }, period: { from: '2018-03-01', to: null } }],
  });
  const [office, other] = partner.sites;
  expect(office).toMatchObject({ postalCode: '1000', isRegisteredOffice: true, name: null });
  expect(other).toMatchObject({ postalCode: '4000', isRegisteredOffice: false, name: 'Liège' });
  expect(partner.recognitions).toMatchObject([
    {
      authority: { code: 'IRISCARE' },
      sector: { code: 'HOSPITALS' },
      site: null,
      period: { from: '2019-01-01', to: '2021-01-01' },
    },
    {
      authority: { code: 'COCOF' },
      sector: { code: 'CARE_HOMES' },
      site: { id: other.id },
      period: { from: '2020-01-01', to: null },
    },
  ]);

  const digits = enterpriseNumber(123);
  const { data } = await hub.write('query ($r: PartnerReference!) { partner(reference: $r) { id } }', {
    r: { enterpriseNumber: digits },
  });
  expect(data.partner.id).toBe(partner.id);
  expect(partner.enterpriseNumber).toBe(`${digits.slice(0, 4)}.${digits.slice(4, 7)}.${digits.slice(7)}`);
});

test('partners of one name get slugs of their own', async () => {
  const name = { nl: 'Ons Huis' };
  const partners = [await newPartner(hub, { name }), await newPartner(hub, { name })];
  expect(partners.map(({ slug }) => slug)).toEqual(['ons-huis', 'ons-huis-2']);
});

test('partners of one name that arrive together get slugs of their own too', async () => {
  const name = { nl: 'Samen Sterk' };
  const partners = await Promise.all([1, 2, 3, 4].map(() => newPartner(hub, { name })));
  const slugs = partners.map(({ slug }) => slug).toSorted();
  expect(slugs).toEqual(['samen-sterk', 'samen-sterk-2', 'samen-sterk-3', 'samen-sterk-4']);
});

test('a name without Latin letters still gives a slug', async () => {
  expect((await newPartner(hub, { name: { en: '北京' } })).slug).toBe('partner');
});

test('an enterprise number belongs to one partner, also when two come together', async () => {
  const input = partnerInput();
  const both = await Promise.all([send(hub, 'createPartner', input), send(hub, 'createPartner', input)]);
  const codes = both.map(({ userErrors }) => userErrors[0]?.code ?? 'saved').toSorted();
  expect(codes).toEqual(['ENTERPRISE_NUMBER_TAKEN', 'saved']);
  const { code } = await refused(hub, 'createPartner', input);
  expect(code).toBe('ENTERPRISE_NUMBER_TAKEN');
});

test('what GraphQL itself refuses is a coded error and saves nothing', async () => {
  const before = await count(hub, 'partner');
  const source = (headcount: string) =>
    `mutation { createPartner(input: { idempotencyKey: "12345678", enterpriseNumber: "1", name: {}, legalForm: ASBL_VZW,
      sector: "X", headcount: ${headcount}, languages: [FR], sites: [] }) { partner { id } } }`;
  for (const headcount of ['1.5', '"3"', '3000000000', 'null']) {
    const { data, errors } = await hub.write(source(headcount));
    expect(data?.createPartner).toBeUndefined();
    expect(errors?.[0]?.extensions?.code).toMatch(/^(GRAPHQL_VALIDATION_FAILED|BAD_USER_INPUT)$/);
  }
  expect(await count(hub, 'partner')).toBe(before);
});

test('a partner is found by its site, sector and folded name as soon as it is recorded', async () => {
  const partner = await newPartner(hub, { name: { fr: 'Cœur à Ouvrage' }, sites: [{ postalCode: '1030' }] });
  const { data } = await hub.write(
    '{ partners(filter: { search: "coeur ouvr", territories: ["21015"] }) { nodes { id } totalCount } }',
  );
  expect(data.partners).toEqual({ nodes: [{ id: partner.id }], totalCount: 1 });
  expect(await count(hub, 'site', 'partner_id = $1', [keyOf(partner)])).toBe(1);
});
