import { Arg, type ClassType, Ctx, Field, FieldResolver, ObjectType, Resolver } from 'type-graphql';
import { fallbackOrder, LANGUAGES, type LocalisedText } from '../database/localised-text.ts';
import {
  derived,
  type Expression,
  expression,
  join,
  literal,
  type RowRef,
  type Rows,
  sql,
} from '../read/index.ts';
import type { HubContext } from './context.ts';
import { Language, languageCode } from './language.ts';

@ObjectType({ description: 'A text in one language.', simpleResolvers: true })
export class Translation {
  @Field(() => Language, { description: 'The language of the text.' })
  language!: Language;

  @Field(() => String, { description: 'The text.' })
  text!: string;
}

/** A text in the first language that has it: the preferred one, then FR, NL, EN, DE. */
export function localised(field: string, language: Language): Expression {
  return expression((row: RowRef<never>) => {
    const text = textOf(row, field);
    return sql`coalesce(${join(
      fallbackOrder(languageCode(language)).map((code) => text[code]),
      ', ',
    )})`;
  });
}

function textOf(row: RowRef<never>, field: string): RowRef<LocalisedText> {
  return (row as unknown as Record<string, RowRef<LocalisedText>>)[field] as RowRef<LocalisedText>;
}

/** All languages in which a text is filled. */
function translations(field: string): Rows {
  return derived({
    subquery: (row: RowRef<never>) => {
      const text = textOf(row, field);
      const values = LANGUAGES.map((code) => sql`(${literal(code.toUpperCase())}, ${text[code]})`);
      return sql`(select l.language, l.text from (values ${join(values, ', ')}) as l(language, text) where l.text is not null)`;
    },
    columns: ['language', 'text'],
  });
}

/**
 * Resolvers for the texts of a type: `name(lang)` with the hub's fallback, and `nameTranslations`.
 * @param texts description of each text; `optional` where it may be missing in every language.
 */
export function localisedFields(
  type: () => ClassType,
  texts: Readonly<Record<string, { description: string; optional?: boolean }>>,
): ClassType {
  @Resolver(type)
  class LocalisedFields {}

  const prototype = LocalisedFields.prototype as unknown as Record<string, unknown>;
  for (const [field, { description, optional = false }] of Object.entries(texts)) {
    const inLanguage = (lang: Language | null | undefined, context: HubContext): Expression =>
      localised(field, lang ?? context.language);
    prototype[field] = inLanguage;
    describe(field, () => String, {
      nullable: optional,
      description: `${description} In \`lang\`, else in the language of the request; a missing text falls back to FR, NL, EN, DE.`,
    });
    Arg('lang', () => Language, {
      nullable: true,
      description: 'Language wanted; the language of the request without it.',
    })(prototype, field, 0);
    Ctx()(prototype, field, 1);

    const all = `${field}Translations`;
    prototype[all] = (): Rows => translations(field);
    describe(all, () => [Translation], {
      description: `${description} In every language in which it is filled.`,
    });
  }
  return LocalisedFields;

  function describe(
    method: string,
    returns: () => never | object,
    options: { nullable?: boolean; description: string },
  ): void {
    FieldResolver(returns as never, options)(prototype, method, {
      value: prototype[method],
    } as PropertyDescriptor);
  }
}
