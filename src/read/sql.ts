/**
 * SQL as a value: static text with bound parameters in between. Text comes only from template literals in
 * the program, so nothing that a client sends can become SQL; every other value is bound.
 */
export class Sql {
  constructor(
    /** Pieces of static text; parameter `i` stands between `texts[i]` and `texts[i + 1]`. */
    readonly texts: readonly string[],
    readonly values: readonly unknown[],
  ) {}
}

/** Template tag. An interpolated {@link Sql} is spliced in, anything else becomes a bound parameter. */
export function sql(strings: TemplateStringsArray, ...parts: readonly unknown[]): Sql {
  const builder = new Builder();
  builder.text(strings[0] as string);
  parts.forEach((part, index) => {
    if (part instanceof Sql) builder.splice(part);
    else builder.value(part);
    builder.text(strings[index + 1] as string);
  });
  return builder.done();
}

class Builder {
  private readonly texts: string[] = [];
  private readonly values: unknown[] = [];
  private current = '';

  text(text: string): void {
    this.current += text;
  }

  value(value: unknown): void {
    // NULL is written as null; undefined is a column or an option that was forgotten.
    if (value === undefined) throw new Error('A value in SQL is undefined');
    this.values.push(value);
    this.texts.push(this.current);
    this.current = '';
  }

  splice(part: Sql): void {
    this.current += part.texts[0];
    part.values.forEach((value, index) => {
      this.value(value);
      this.current = part.texts[index + 1] as string;
    });
  }

  done(): Sql {
    return new Sql([...this.texts, this.current], this.values);
  }
}

/** Static text as SQL. Only for text that the program itself made: aliases, keywords, escaped literals. */
export function raw(text: string): Sql {
  return new Sql([text], []);
}

/** A quoted identifier. */
export function identifier(name: string): Sql {
  return raw(`"${name.replaceAll('"', '""')}"`);
}

/** A quoted string literal for text of the program (response keys, type names), never of a client. */
export function literal(text: string): Sql {
  const escaped = text.replaceAll("'", "''");
  return raw(text.includes('\\') ? `E'${escaped.replaceAll('\\', '\\\\')}'` : `'${escaped}'`);
}

export function join(parts: readonly Sql[], separator: string): Sql {
  const builder = new Builder();
  parts.forEach((part, index) => {
    if (index > 0) builder.text(separator);
    builder.splice(part);
  });
  return builder.done();
}

/** Text and values as the unit of work takes them, whose placeholders are question marks. */
export function executable({ texts, values }: Sql): [text: string, values: unknown[]] {
  return [texts.join('?'), [...values]];
}

/** All conditions together; no condition is `true`. */
export function and(conditions: readonly (Sql | undefined)[]): Sql {
  const present = conditions.filter((condition) => condition !== undefined);
  return present.length === 0 ? raw('true') : sql`(${join(present, ' and ')})`;
}

/**
 * The parameters of one statement, and the shape of its text. Fragments become text in which their values are
 * numbered `$1…`, so that a fragment may stand at several places; equal shapes make equal statements.
 */
export class Parameters {
  readonly values: unknown[] = [];
  private parts = '';

  /** The text of a fragment, its values bound. Take only what the statement uses: a value has no type alone. */
  text(fragment: Sql): string {
    const { texts, values } = fragment;
    let text = texts[0] as string;
    for (let i = 0; i < values.length; i++) {
      this.values.push(values[i]);
      text += `$${this.values.length}${texts[i + 1]}`;
    }
    this.note(text);
    return text;
  }

  /**
   * A whole number as text: how many rows are wanted is part of the plan, and unknown it is taken for a tenth of the
   * table.
   */
  number(value: number): string {
    if (!Number.isSafeInteger(value)) throw new Error(`${value} is no whole number`);
    this.note(String(value));
    return String(value);
  }

  /** Something else on which the text depends. */
  note(part: string): void {
    this.parts += `${part}\u0000`;
  }

  /** All on which the statement's text depends beside the selection. */
  get shape(): string {
    return this.parts;
  }
}
