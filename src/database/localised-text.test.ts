import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { fallbackOrder, foldText, LocalisedText, localisedText } from './localised-text.ts';
import { SortKeys } from './sort-keys.ts';

describe('folded text', () => {
  test.each([
    ['Crèche de l’Île', 'creche de l ile'],
    ['ŒUVRE Œuvre œuvre', 'oeuvre oeuvre oeuvre'],
    ['Straße STRAẞE', 'strasse strasse'],
    ['Ægir Øst', 'aegir ost'],
    ['Coöperatie’t Ĳzer', 'cooperatie t ijzer'],
    ['  A--b\t\nC  ', 'a b c'],
    ['n°7 ½ x²', 'n 7 1 2 x2'],
    ['★ & | ! :*', ''],
  ])('%j is %j', (text, folded) => expect(foldText(text)).toBe(folded));

  test('is the same for every way of writing a text, and when it is folded again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const folded = foldText(text);
        expect(foldText(folded)).toBe(folded);
        expect(foldText(text.normalize('NFD'))).toBe(folded);
        expect(foldText(` ${text}!`)).toBe(folded);
      }),
    );
  });

  test('holds letters, digits and single spaces alone', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(foldText(text)).toMatch(/^([\p{L}\p{N}]+( [\p{L}\p{N}]+)*)?$/u);
      }),
    );
  });
});

test('a language falls back to the others in the sequence FR, NL, EN, DE', () => {
  expect(fallbackOrder('fr')).toEqual(['fr', 'nl', 'en', 'de']);
  expect(fallbackOrder('de')).toEqual(['de', 'fr', 'nl', 'en']);
  expect(fallbackOrder('en')).toEqual(['en', 'fr', 'nl', 'de']);
  expect(SortKeys.of(LocalisedText.of({ nl: 'Één', de: 'Eins' }))).toEqual({
    fr: 'een',
    nl: 'een',
    en: 'een',
    de: 'eins',
  });
});

describe('a text of an input', () => {
  const options = { field: 'name', required: true, longest: 10 };
  const problem = (input: Record<string, string | null> | null, more = {}) => {
    try {
      localisedText(input, { ...options, ...more });
    } catch (error) {
      const { code, field } = error as { code: string; field: string };
      return { code, field };
    }
    return undefined;
  };

  test('is trimmed and composed; an empty one counts as none', () => {
    expect(localisedText({ fr: ' e\u0301te\u0301 ', nl: '  ' }, options)).toMatchObject({
      fr: 'été',
      nl: null,
    });
  });

  test('changes the languages that are given alone', () => {
    const before = LocalisedText.of({ fr: 'a', nl: 'b', en: 'c' });
    expect(localisedText({ nl: null, en: 'd' }, { ...options, before })).toEqual(
      LocalisedText.of({ fr: 'a', nl: null, en: 'd', de: null }),
    );
    expect(before.nl).toBe('b');
  });

  test('is refused when it is missing, too long or holds NUL', () => {
    expect(problem(null)).toEqual({ code: 'TEXT_MISSING', field: 'name' });
    expect(problem({ fr: ' ', nl: null })).toEqual({ code: 'TEXT_MISSING', field: 'name' });
    expect(problem({ fr: null }, { before: LocalisedText.of({ fr: 'a' }) })).toMatchObject({
      code: 'TEXT_MISSING',
    });
    expect(problem({ de: 'x'.repeat(11) })).toEqual({ code: 'TEXT_TOO_LONG', field: 'name.de' });
    expect(problem({ en: 'a\0b' })).toEqual({ code: 'TEXT_INVALID', field: 'name.en' });
    expect(problem(null, { required: false })).toBeUndefined();
  });
});
