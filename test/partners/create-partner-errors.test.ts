import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startTestHub, type TestHub } from '../support/hub.ts';
import { clock, newPartner, partnerInput, refused, save, unknownId } from './records.ts';

let hub: TestHub;
let federation: { id: string };
beforeAll(async () => {
  hub = await startTestHub('operation', { clock });
  federation = await save(hub, 'createFederation', { slug: 'fed', name: { fr: 'Fédération' } });
  await newPartner(hub, { slug: 'taken' });
});
afterAll(() => hub.close());

const period = { validFrom: '2020-01-01', validUntil: '2020-01-01' };
const recognition = { authority: 'COCOF', validFrom: '2020-01-01' };
const wrong: [name: string, change: object, code: string, field: string | null][] = [
  [
    'an enterprise number with wrong check digits',
    { enterpriseNumber: '0999.000.124' },
    'INVALID_ENTERPRISE_NUMBER',
    'enterpriseNumber',
  ],
  [
    'an enterprise number of nine letters',
    { enterpriseNumber: 'abcdefghi' },
    'INVALID_ENTERPRISE_NUMBER',
    'enterpriseNumber',
  ],
  ['a name that is empty in every language', { name: { fr: '  ' } }, 'TEXT_MISSING', 'name'],
  ['a name of 201 characters', { name: { fr: 'a'.repeat(201) } }, 'TEXT_TOO_LONG', 'name.fr'],
  ['a name with the character NUL', { name: { fr: 'a\0b' } }, 'TEXT_INVALID', 'name.fr'],
  [
    'a description of 2,001 characters',
    { description: { de: 'a'.repeat(2001) } },
    'TEXT_TOO_LONG',
    'description.de',
  ],
  ['a slug with capitals', { slug: 'Maison' }, 'INVALID_SLUG', 'slug'],
  ['a slug with two hyphens together', { slug: 'maison--bleue' }, 'INVALID_SLUG', 'slug'],
  ['a slug that another partner has', { slug: 'taken' }, 'SLUG_TAKEN', 'slug'],
  ['an unknown sector', { sector: 'MINING' }, 'UNKNOWN_CODE', 'sector'],
  ['a sector with the character NUL', { sector: 'A\0' }, 'TEXT_INVALID', 'sector'],
  ['a headcount below zero', { headcount: -1 }, 'INVALID_HEADCOUNT', 'headcount'],
  ['a headcount over a million', { headcount: 1_000_001 }, 'INVALID_HEADCOUNT', 'headcount'],
  ['no language', { languages: [] }, 'LANGUAGE_MISSING', 'languages'],
  ['a website that is a script', { website: 'javascript:alert(1)' }, 'INVALID_WEBSITE', 'website'],
  ['a website with credentials', { website: 'https://me:secret@x.example' }, 'INVALID_WEBSITE', 'website'],
  ['no site', { sites: [] }, 'INVALID_SITES', 'sites'],
  ['51 sites', { sites: Array(51).fill({ postalCode: '1000' }) }, 'INVALID_SITES', 'sites'],
  [
    'an unknown postal code',
    { sites: [{ postalCode: '1000' }, { postalCode: '9999' }] },
    'UNKNOWN_POSTAL_CODE',
    'sites.1.postalCode',
  ],
  [
    'a postal code that is none',
    { sites: [{ postalCode: "1000'" }] },
    'UNKNOWN_POSTAL_CODE',
    'sites.0.postalCode',
  ],
  [
    'a site name that is too long',
    { sites: [{ postalCode: '1000', name: { nl: 'a'.repeat(201) } }] },
    'TEXT_TOO_LONG',
    'sites.0.name.nl',
  ],
  [
    'a recognition by an unknown authority',
    { recognitions: [{ ...recognition, authority: 'X' }] },
    'UNKNOWN_CODE',
    'recognitions.0.authority',
  ],
  [
    'a recognition in an unknown sector',
    { recognitions: [{ ...recognition, sector: 'X' }] },
    'UNKNOWN_CODE',
    'recognitions.0.sector',
  ],
  [
    'a recognition of a site that is not there',
    { recognitions: [{ ...recognition, site: 1 }] },
    'INVALID_SITE',
    'recognitions.0.site',
  ],
  [
    'a recognition that ends as it begins',
    { recognitions: [{ ...recognition, ...period }] },
    'INVALID_PERIOD',
    'recognitions.0.validUntil',
  ],
  ['the same recognition twice', { recognitions: [recognition, recognition] }, 'RECOGNITION_OVERLAPS', null],
  [
    'a membership of an unknown federation',
    { memberships: [{ federation: unknownId('federation'), validFrom: '2020-01-01' }] },
    'NOT_FOUND',
    'memberships.0.federation',
  ],
  [
    'a membership of what is no federation',
    { memberships: [{ federation: unknownId('partner'), validFrom: '2020-01-01' }] },
    'INVALID_ID',
    'memberships.0.federation',
  ],
  ['a synthetic partner in operation', { provenance: 'SYNTHETIC' }, 'SYNTHETIC_REFUSED', 'provenance'],
  ['a key that is too short', { idempotencyKey: 'short' }, 'INVALID_IDEMPOTENCY_KEY', 'idempotencyKey'],
  [
    'a key with a space',
    { idempotencyKey: 'a key with spaces' },
    'INVALID_IDEMPOTENCY_KEY',
    'idempotencyKey',
  ],
];

test.each(wrong)('%s is refused and nothing is saved', async (_, change, code, field) => {
  expect(await refused(hub, 'createPartner', partnerInput(change))).toEqual({ code, field });
});

test('overlapping and backward memberships are refused and nothing is saved', async () => {
  const membership = { federation: federation.id, validFrom: '2020-01-01' };
  const twice = partnerInput({ memberships: [membership, { ...membership, validFrom: '2021-01-01' }] });
  expect(await refused(hub, 'createPartner', twice)).toEqual({ code: 'MEMBERSHIP_OVERLAPS', field: null });
  const backward = partnerInput({ memberships: [{ ...membership, validUntil: '2019-01-01' }] });
  expect(await refused(hub, 'createPartner', backward)).toEqual({
    code: 'INVALID_PERIOD',
    field: 'memberships.0.validUntil',
  });
});
