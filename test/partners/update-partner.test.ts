import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startTestHub, type TestHub } from '../support/hub.ts';
import { clock, keyOf, newPartner, refused, save, send, unknownId } from './records.ts';

let hub: TestHub;
beforeAll(async () => {
  hub = await startTestHub('operation', { clock });
});
afterAll(() => hub.close());

test('what is given changes, what is left out stays, and the name is found under its new form', async () => {
  const { id } = await newPartner(hub, {
    name: { fr: 'Ancien nom', nl: 'Oude naam' },
    description: { fr: 'Avant' },
    website: 'https://avant.example',
    headcount: 4,
  });
  const changed = await save(hub, 'updatePartner', {
    id,
    name: { fr: 'Été nouveau' },
    sector: 'CULTURE',
    headcount: 200,
    languages: ['DE', 'FR'],
    legalForm: 'COOPERATIVE',
  });
  expect(changed).toMatchObject({
    id,
    slug: 'ancien-nom',
    name: 'Été nouveau',
    nameTranslations: [
      { language: 'FR', text: 'Été nouveau' },
      { language: 'NL', text: 'Oude naam' },
    ],
    description: 'Avant',
    website: 'https://avant.example/',
    sector: { code: 'CULTURE' },
    headcount: 200,
    sizeBand: 'FROM_200',
    languages: ['DE', 'FR'],
    legalForm: 'COOPERATIVE',
  });
  const find = 'query ($search: String!) { partners(filter: { search: $search }) { totalCount } }';
  expect((await hub.write(find, { search: 'ete nouv' })).data.partners.totalCount).toBe(1);
  expect((await hub.write(find, { search: 'ancien' })).data.partners.totalCount).toBe(0);
  expect((await hub.write(find, { search: 'oude' })).data.partners.totalCount).toBe(1);
});

test('null empties a text of one language and the website', async () => {
  const { id } = await newPartner(hub, {
    name: { fr: 'Deux', nl: 'Twee' },
    description: { fr: 'Texte' },
    website: 'https://x.example',
  });
  const input = { id, name: { fr: null }, description: { fr: null }, website: null };
  const changed = await save(hub, 'updatePartner', input);
  expect(changed).toMatchObject({ name: 'Twee', description: null, website: null });
});

test('changes that arrive together are all kept', async () => {
  const { id } = await newPartner(hub);
  for (let round = 1; round <= 5; round++) {
    const website = `https://round-${round}.example/`;
    await Promise.all([
      save(hub, 'updatePartner', { id, headcount: round }),
      save(hub, 'updatePartner', { id, website }),
      save(hub, 'updatePartner', { id, name: { de: `Runde ${round}` } }),
      save(hub, 'updatePartner', { id, description: { en: `Round ${round}` } }),
    ]);
    const [row] = await hub.sql(
      'select headcount, website, name_de, description_en, version from partner where id = $1',
      [keyOf({ id })],
    );
    expect(row).toEqual({
      headcount: round,
      website,
      name_de: `Runde ${round}`,
      description_en: `Round ${round}`,
      version: 1 + 4 * round,
    });
  }
});

describe('a change that is refused leaves the partner as it was:', () => {
  let id: string;
  beforeAll(async () => {
    id = (await newPartner(hub, { name: { fr: 'Reste' } })).id;
  });
  const wrong: [name: string, change: object, code: string, field: string][] = [
    ['an unknown partner', { id: unknownId('partner') }, 'NOT_FOUND', 'id'],
    ['an id of another kind', { id: unknownId('site') }, 'INVALID_ID', 'id'],
    ['an id that is none', { id: "1' or true" }, 'INVALID_ID', 'id'],
    ['a name emptied in its only language', { name: { fr: '' } }, 'TEXT_MISSING', 'name'],
    ['a name that is too long', { name: { en: 'a'.repeat(201) } }, 'TEXT_TOO_LONG', 'name.en'],
    ['a good headcount beside an unknown sector', { headcount: 5, sector: 'X' }, 'UNKNOWN_CODE', 'sector'],
    ['an empty sector', { sector: '' }, 'UNKNOWN_CODE', 'sector'],
    ['a negative headcount', { headcount: -5 }, 'INVALID_HEADCOUNT', 'headcount'],
    ['no language', { languages: [] }, 'LANGUAGE_MISSING', 'languages'],
    ['a website that is none', { website: 'etoile' }, 'INVALID_WEBSITE', 'website'],
    [
      'a key of 121 characters',
      { idempotencyKey: 'k'.repeat(121) },
      'INVALID_IDEMPOTENCY_KEY',
      'idempotencyKey',
    ],
  ];
  test.each(wrong)('%s', async (_, change, code, field) => {
    expect(await refused(hub, 'updatePartner', { id, ...change })).toEqual({ code, field });
  });
});

test('a user error in one mutation of a request does not undo the other', async () => {
  const { id } = await newPartner(hub, { headcount: 1 });
  const { data, errors } = await hub.write(
    `mutation ($id: ID!) {
      good: updatePartner(input: { idempotencyKey: "good-${id}", id: $id, headcount: 2 }) { partner { headcount } userErrors { code } }
      bad: updatePartner(input: { idempotencyKey: "bad-${id}", id: $id, headcount: -2 }) { partner { headcount } userErrors { code } }
    }`,
    { id },
  );
  expect(errors).toBeUndefined();
  expect(data).toEqual({
    good: { partner: { headcount: 2 }, userErrors: [] },
    bad: { partner: null, userErrors: [{ code: 'INVALID_HEADCOUNT' }] },
  });
  expect((await send(hub, 'updatePartner', { id })).partner.headcount).toBe(2);
});
