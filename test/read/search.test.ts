import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { startTestHub, type TestHub } from '../support/hub.ts';
import { createPartner } from './records.ts';

let hub: TestHub;
/** Ids of partners by the words of their names; `qzx` keeps them apart from the demonstration's. */
const known = new Map<string, string[]>();
const NAMES = [
  {
    fr: 'Qzx Crèche Œuvre de la Cité',
    nl: 'Kinderkribbe ’t Zonnetje',
    de: 'Großmütterchen Straße',
    en: 'Nursery',
  },
  { nl: 'Qzx Coöperatie Ijzerlaan 12bis', de: 'Überall Ægir-Weg 3e', fr: 'L’Été à l’Île n°7' },
  { en: 'Qzx Naïve Façade 1e5 2020', fr: 'Maison d’accueil 2.0', de: 'ÄÖÜ äöü ẞ' },
  { fr: 'Qzx العربية 漢字 Ελληνικά Кириллица', nl: 'Ĳzer ﬁn' },
];

beforeAll(async () => {
  hub = await startTestHub();
  for (const name of NAMES) {
    const id = await createPartner(hub, name);
    known.set(
      id,
      Object.values(name).flatMap((text) => text.match(/[\p{L}\p{N}]+/gu) ?? []),
    );
  }
});
afterAll(() => hub.close());

async function search(text: string) {
  const { data, errors } = await hub.query(
    'query ($search: String) { partners(first: 100, filter: { search: $search }) { totalCount nodes { id } } }',
    { search: text },
  );
  return {
    errors,
    ids: data?.partners?.nodes.map(({ id }: { id: string }) => id),
    count: data?.partners?.totalCount,
  };
}

/** Ways to write a word that do not matter. */
const WRITINGS: ((word: string) => string)[] = [
  (word) => word,
  (word) => word.toLowerCase(),
  (word) => word.toUpperCase(),
  (word) => word.normalize('NFD'),
  (word) => word.normalize('NFKD').replace(/\p{M}/gu, ''),
  (word) => `«${word}»`,
];

test('any beginnings of a name’s words find it, in every language, in any sequence, case and accents', async () => {
  const [least, most] = [1, 4];
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...known.entries()),
      fc.array(fc.tuple(fc.nat(), fc.nat(), fc.constantFrom(...WRITINGS)), {
        minLength: least,
        maxLength: most,
      }),
      fc.constantFrom(' ', '  ', ' - ', ', ', '\n'),
      async ([id, words], picks, gap) => {
        const terms = picks.map(([which, length, write]) => {
          const letters = [...(words[which % words.length] as string)];
          return write(letters.slice(0, 1 + (length % letters.length)).join(''));
        });
        const { errors, ids } = await search(['qzx', ...terms].join(gap));
        expect(errors).toBeUndefined();
        expect(ids).toContain(id);
      },
    ),
    { numRuns: 120 },
  );
});

test.each([
  ['oeuvre cite', 1],
  ['ŒUVRE CITÉ', 1],
  ['qzx grossmutter', 1],
  ['qzx STRASSE', 1],
  ['qzx aegir', 1],
  ['qzx coop', 1],
  ['qzx fin ijzer', 1],
  ['qzx ijzer', 2],
  ['qzx', 4],
  ['qzx creche coop', 0],
  ['qzx uvre', 0],
])('%j finds %d partners', async (text, count) => {
  expect((await search(text)).count).toBe(count);
});

test('what has no letter and no digit finds nothing', async () => {
  for (const text of ['!!!', '& | ! ( ) : * <->', "'", '"', '\\', ' ', '—', '★', '\0']) {
    expect(await search(text)).toMatchObject({ errors: undefined, count: 0 });
  }
});

test('a name without letters is kept, and sorts first', async () => {
  const id = await createPartner(hub, { fr: '★ ★ ★' });
  const { data } = await hub.query('{ partners(first: 1) { nodes { id name } } }');
  expect(data.partners.nodes).toEqual([{ id, name: '★ ★ ★' }]);
});

/** An odd search is answered, or refused because it is too long: never a failure. */
async function expectAnswerOrRefusal(text: string): Promise<void> {
  const { errors, count } = await search(text);
  if (!errors) {
    expect(count).toBeGreaterThanOrEqual(0);
    return;
  }
  expect(errors).toMatchObject([{ path: ['partners'], message: expect.stringMatching(/at most/) }]);
  expect(['QUERY_TOO_LARGE', 'TEXT_TOO_LONG']).toContain(errors[0]?.extensions?.code);
}

test('no text makes the search fail', async () => {
  const operators = fc.stringMatching(/^[&|!:*()<>'"\\ %_$;a-c0-9-]{0,40}$/);
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 80 }),
    fc.string({ unit: 'grapheme' }),
    operators,
  );
  await fc.assert(fc.asyncProperty(text, expectAnswerOrRefusal), { numRuns: 150 });
});

test.each([
  ['one long word', 'x'.repeat(9_000)],
  ['one word that is too long', 'x'.repeat(100_000)],
  ['many short words', 'a b '.repeat(2_000)],
  ['many words', Array.from({ length: 1_500 }, (_, i) => `w${i}`).join(' ')],
  ['a hundred thousand words', Array.from({ length: 100_000 }, (_, i) => `w${i}`).join(' ')],
  ['accents without end', 'é'.repeat(1_000_000)],
])('%s make no failure', async (_, text) => {
  await expectAnswerOrRefusal(text);
  expect((await search('qzx')).count).toBe(4);
});
