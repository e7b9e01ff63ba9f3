import { defineEntity, p } from '@mikro-orm/core';

/** The hub's languages, in the order in which a missing text falls back. */
export const LANGUAGES = ['fr', 'nl', 'en', 'de'] as const;
export type LanguageCode = (typeof LANGUAGES)[number];

/** A text in up to four languages, one column each (`name_fr`, `name_nl`, `name_de`, `name_en`). */
export class LocalisedText {
  fr?: string | null;
  nl?: string | null;
  en?: string | null;
  de?: string | null;

  static of(texts: Partial<Record<LanguageCode, string | null>>): LocalisedText {
    const text = new LocalisedText();
    for (const language of LANGUAGES) text[language] = texts[language] ?? null;
    return text;
  }
}

export const LocalisedTextSchema = defineEntity({
  class: LocalisedText,
  embeddable: true,
  properties: {
    fr: p.text().nullable(),
    nl: p.text().nullable(),
    en: p.text().nullable(),
    de: p.text().nullable(),
  },
});

/** The languages to look in for a viewer who prefers one: that one, then the hub's order. */
export function fallbackOrder(preferred: LanguageCode): LanguageCode[] {
  return [preferred, ...LANGUAGES.filter((language) => language !== preferred)];
}

/**
 * Text as it is compared and searched: lower case, no accents or ligatures, single spaces. The same function
 * makes the stored columns and the search terms, so that it needs no extension of the database.
 */
export function foldText(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/œ/g, 'oe')
    .replace(/æ/g, 'ae')
    .replace(/ß/g, 'ss')
    .replace(/ø/g, 'o')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
