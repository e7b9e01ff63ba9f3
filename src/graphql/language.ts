import { registerEnumType } from 'type-graphql';
import type { LanguageCode } from '../database/localised-text.ts';

/** Languages of the hub's texts. */
export enum Language {
  FR = 'FR',
  NL = 'NL',
  DE = 'DE',
  EN = 'EN',
}

registerEnumType(Language, {
  name: 'Language',
  description: 'A language of the hub (ISO 639-1). A text that is missing falls back to FR, then NL, EN, DE.',
  valuesConfig: {
    FR: { description: 'French · français · Frans' },
    NL: { description: 'Dutch · néerlandais · Nederlands' },
    DE: { description: 'German · allemand · Duits' },
    EN: { description: 'English · anglais · Engels' },
  },
});

/** The database's code of a language. */
export function languageCode(language: Language): LanguageCode {
  return language.toLowerCase() as LanguageCode;
}

/** The language that a request prefers among the hub's, from its Accept-Language header; FR without one. */
export function preferredLanguage(acceptLanguage: string | undefined): Language {
  const wanted = (acceptLanguage ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().split(';');
      const quality = parameters.map((p) => /^\s*q=([0-9.]+)\s*$/.exec(p)?.[1]).find((q) => q !== undefined);
      return {
        tag: (tag.trim().split('-')[0] as string).toUpperCase(),
        quality: quality === undefined ? 1 : Number(quality),
      };
    })
    .filter(({ tag, quality }) => tag in Language && quality > 0)
    .sort((a, b) => b.quality - a.quality);
  return (wanted[0]?.tag as Language | undefined) ?? Language.FR;
}
