import { defineEntity, p } from '@mikro-orm/core';
import { UserError } from '../errors.ts';

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

/** A text without line breaks or other control characters, for formats in which a line means something. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
}

/**
 * The text of an input, over what was there before: a language that is left out stays, an empty text empties.
 * @throws UserError TEXT_MISSING when a required text is empty in every language, TEXT_TOO_LONG.
 */
export function localisedText(
  input: Partial<Record<LanguageCode, string | null>> | null | undefined,
  options: { field: string; required?: boolean; longest?: number; before?: LocalisedText },
): LocalisedText {
  const { field, required = false, longest = 2000, before } = options;
  const text = LocalisedText.of(before ?? {});
  for (const language of LANGUAGES) {
    const given = input?.[language];
    if (given === undefined) continue;
    const trimmed = given?.normalize('NFC').trim() || null;
    if (trimmed && trimmed.length > longest) {
      throw new UserError(
        'TEXT_TOO_LONG',
        `A text here has at most ${longest} characters; this one has ${trimmed.length}.`,
        `${field}.${language}`,
      );
    }
    if (trimmed?.includes('\0')) {
      throw new UserError('TEXT_INVALID', 'A text cannot contain the character NUL.', `${field}.${language}`);
    }
    text[language] = trimmed;
  }
  if (required && LANGUAGES.every((language) => !text[language])) {
    throw new UserError(
      'TEXT_MISSING',
      `Fill \`${field}\` in one language at least: fr, nl, de or en.`,
      field,
    );
  }
  return text;
}
