import { expect, test } from '@jest/globals';
import { preferredLanguage } from './language.ts';

test.each([
  [undefined, 'FR'],
  ['', 'FR'],
  ['*', 'FR'],
  ['nl', 'NL'],
  ['NL-be', 'NL'],
  ['nl-BE,nl;q=0.9,fr;q=0.8', 'NL'],
  ['fr;q=0.3, de;q=0.7, en;q=0.5', 'DE'],
  ['es-ES, en;q=0.1', 'EN'],
  ['nl;q=0, en;q=0.1', 'EN'],
  ['en; q=0.4 , nl ; q=0.6', 'NL'],
  ['de, nl', 'DE'],
  ['frr, nl;q=0.1', 'NL'],
  ['es', 'FR'],
  ['toString, constructor, __proto__', 'FR'],
  [';;;,,,q=1;nl', 'FR'],
  ['nl;q=x, en;q=0.5', 'NL'],
])('Accept-Language %j is read as %s', (header, language) => {
  expect(preferredLanguage(header)).toBe(language);
});
