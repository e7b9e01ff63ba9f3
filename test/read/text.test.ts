import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Language } from '../../src/graphql/language.ts';
import { startTestHub, type TestHub } from '../support/hub.ts';
import { ask, createPartner } from './records.ts';

let hub: TestHub;
beforeAll(async () => {
  hub = await startTestHub();
});
afterAll(() => hub.close());

describe('text comes back as it was given', () => {
  test.each([
    ['quotes', `L'"École" 'des' «autres» ""`],
    ['backslashes', String.raw`C:\new\table \\ \" \u0041 \'`],
    ['line breaks and tabs', 'one\ntwo\r\nthree\tfour\u2028five\u2029six'],
    ['control characters', 'a\u0001b\u001fc\u007fd\u0080e\b\ff'],
    ['emoji and other scripts', '🏳️‍🌈 👩🏽‍⚕️ 漢字 عربى עברית ไทย 𝒜'],
    ['JSON', '{"$t":"Partner","id":null,"x":[1,2]}]}'],
    ['HTML and templates', `</script><script>alert(1)</script> \${x} {{y}} %s $1 $2::text <%= z %>`],
    ['SQL', `'); drop table partner; -- /* */ E'\\'' $$ $a$`],
  ])('%s', async (_, text) => {
    const id = await createPartner(hub, { fr: text, nl: `nl ${text}` }, { description: { en: text } });
    const { node } = await ask(
      hub,
      `query ($id: ID!) { node(id: $id) { ... on Partner { name nl: name(lang: NL) description nameTranslations { language text }
        sites { partner { name } } } } }`,
      { id },
    );
    expect(node).toEqual({
      name: text,
      nl: `nl ${text}`,
      description: text,
      nameTranslations: [
        { language: 'FR', text },
        { language: 'NL', text: `nl ${text}` },
      ],
      sites: [{ partner: { name: text } }],
    });
  });

  test('in the payload of a mutation too', async () => {
    const name = '"\\\n🏳️‍🌈';
    const id = await createPartner(hub, { fr: 'before' });
    const { data } = await hub.write(
      'mutation ($input: UpdatePartnerInput!) { updatePartner(input: $input) { partner { name } userErrors { code } } }',
      { input: { idempotencyKey: 'text-in-payload', id, name: { fr: name } } },
    );
    expect(data.updatePartner).toEqual({ partner: { name }, userErrors: [] });
  });
});

describe('languages', () => {
  const source = `query ($id: ID!) { node(id: $id) { ... on Partner {
    name fr: name(lang: FR) nl: name(lang: NL) de: name(lang: DE) en: name(lang: EN) description
    descriptionTranslations { language } nameTranslations { language text } } } }`;
  const read = async (id: string, language: Language) => {
    const { data, errors } = await hub.query(source, { id }, { language });
    expect(errors).toBeUndefined();
    return data.node;
  };

  test('a text comes in the language asked for, else in that of the request', async () => {
    const id = await createPartner(hub, { fr: 'Nom', nl: 'Naam', de: 'Name', en: 'English name' });
    for (const [language, name] of [
      [Language.FR, 'Nom'],
      [Language.NL, 'Naam'],
      [Language.DE, 'Name'],
      [Language.EN, 'English name'],
    ] as const) {
      const node = await read(id, language);
      expect(node).toMatchObject({ name, fr: 'Nom', nl: 'Naam', de: 'Name', en: 'English name' });
      expect(node.nameTranslations.map((one: { language: string }) => one.language)).toEqual([
        'FR',
        'NL',
        'EN',
        'DE',
      ]);
    }
  });

  test.each([
    [
      { nl: 'n', en: 'e', de: 'd' },
      { fr: 'n', nl: 'n', en: 'e', de: 'd' },
    ],
    [
      { en: 'e', de: 'd' },
      { fr: 'e', nl: 'e', en: 'e', de: 'd' },
    ],
    [{ de: 'd' }, { fr: 'd', nl: 'd', en: 'd', de: 'd' }],
    [
      { fr: 'f', de: 'd' },
      { fr: 'f', nl: 'f', en: 'f', de: 'd' },
    ],
    [
      { fr: '  ', nl: 'n' },
      { fr: 'n', nl: 'n', en: 'n', de: 'n' },
    ],
  ])('%j falls back in the sequence FR, NL, EN, DE', async (name, expected) => {
    expect(await read(await createPartner(hub, name), Language.DE)).toMatchObject(expected);
  });

  test('an optional text that is missing in every language is null, without translations', async () => {
    const node = await read(await createPartner(hub, { fr: 'x' }), Language.NL);
    expect(node).toMatchObject({ description: null, descriptionTranslations: [] });
  });

  test('lang may be a variable, and null is like none', async () => {
    const id = await createPartner(hub, { fr: 'f', nl: 'n' });
    const lang =
      'query ($id: ID!, $lang: Language) { node(id: $id) { ... on Partner { name(lang: $lang) } } }';
    expect((await ask(hub, lang, { id, lang: 'NL' })).node.name).toBe('n');
    expect((await ask(hub, lang, { id, lang: null })).node.name).toBe('f');
    expect((await ask(hub, lang, { id })).node.name).toBe('f');
  });

  test('the list of partners sorts by the name in the language of the request', async () => {
    await createPartner(hub, { fr: 'Sortable a', nl: 'Sortable z' });
    await createPartner(hub, { fr: 'Sortable é', nl: 'Sortable B' });
    await createPartner(hub, { de: 'Sortable C' });
    const names = async (language: Language) => {
      const { data } = await hub.query(
        '{ partners(filter: { search: "sortable" }) { nodes { name } } }',
        {},
        { language },
      );
      return data.partners.nodes.map(({ name }: { name: string }) => name);
    };
    expect(await names(Language.FR)).toEqual(['Sortable a', 'Sortable C', 'Sortable é']);
    expect(await names(Language.NL)).toEqual(['Sortable B', 'Sortable C', 'Sortable z']);
  });

  test.each([
    ['nl-BE,nl;q=0.9,fr;q=0.1', 'NL', 'Naam'],
    ['es, en;q=0.2, de;q=0.8', 'DE', 'Naam'],
    ['es', 'FR', 'Nom'],
  ])('over HTTP, Accept-Language %s reads in %s', async (header, language, name) => {
    const id = await createPartner(hub, { fr: 'Nom', nl: 'Naam', de: 'Naam' });
    const response = await hub.http.inject({
      method: 'POST',
      url: '/graphql',
      headers: { 'content-type': 'application/json', 'accept-language': header },
      payload: {
        query: 'query ($id: ID!) { viewer { language } node(id: $id) { ... on Partner { name } } }',
        variables: { id },
      },
    });
    expect(response.json().data).toEqual({ viewer: { language }, node: { name } });
  });
});
