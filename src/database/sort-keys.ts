import { defineEntity, p } from '@mikro-orm/core';
import { fallbackOrder, foldText, LANGUAGES, type LocalisedText } from './localised-text.ts';

/** A name as it sorts in each language: folded, with the fallback filled in, compared byte by byte. */
export class SortKeys {
  fr!: string;
  nl!: string;
  en!: string;
  de!: string;

  static of(name: LocalisedText): SortKeys {
    const keys = new SortKeys();
    for (const language of LANGUAGES) {
      const text =
        fallbackOrder(language)
          .map((code) => name[code])
          .find((candidate) => candidate) ?? '';
      keys[language] = foldText(text);
    }
    return keys;
  }
}

export const SortKeysSchema = defineEntity({
  class: SortKeys,
  embeddable: true,
  properties: {
    fr: p.text().collation('C'),
    nl: p.text().collation('C'),
    en: p.text().collation('C'),
    de: p.text().collation('C'),
  },
});
