import { GraphQLError, GraphQLScalarType, Kind, type ValueNode } from 'graphql';

/**
 * Scalars whose values are text all the way: SQL writes them in their final form, so that nothing is
 * rounded, and no time zone or float gets between the database and the client.
 */
function textScalar(options: {
  name: string;
  description: string;
  specifiedByURL?: string;
  /** The canonical text, or undefined when it is not one. */
  parse: (text: string) => string | undefined;
  expects: string;
}): GraphQLScalarType<string, string> {
  const read = (value: unknown, node?: ValueNode): string => {
    const parsed = typeof value === 'string' ? options.parse(value) : undefined;
    if (parsed === undefined) {
      const shown =
        typeof value === 'string' ? JSON.stringify(value.slice(0, 60)) : String(value).slice(0, 60);
      throw new GraphQLError(`${options.name} expects ${options.expects}; got ${shown}.`, {
        ...(node ? { nodes: [node] } : {}),
        extensions: { code: 'BAD_USER_INPUT' },
      });
    }
    return parsed;
  };
  return new GraphQLScalarType({
    name: options.name,
    description: options.description,
    specifiedByURL: options.specifiedByURL ?? null,
    serialize: (value) => String(value),
    parseValue: (value) => read(value),
    parseLiteral: (node) =>
      // What is written without quotes is shown as it is written, and is no text.
      node.kind === Kind.STRING
        ? read(node.value, node)
        : read({ toString: () => ('value' in node ? `${node.value}, without quotes` : node.kind) }, node),
  });
}

function isCalendarDate(text: string): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!match || match[1] === '0000') return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

/** A day of the calendar, `YYYY-MM-DD` (ISO 8601). */
export const DateScalar = textScalar({
  name: 'Date',
  description: 'A day of the calendar in Europe/Brussels, as `YYYY-MM-DD` (ISO 8601).',
  expects: 'a day of the calendar as a string "YYYY-MM-DD"',
  parse: (text) => (isCalendarDate(text) ? text : undefined),
});

/** An instant in UTC, to the millisecond. */
export const DateTimeScalar = textScalar({
  name: 'DateTime',
  description: 'An instant in UTC to the millisecond, as `YYYY-MM-DDThh:mm:ss.sssZ` (RFC 3339).',
  specifiedByURL: 'https://scalars.graphql.org/andimarek/date-time.html',
  expects: 'an instant as a string "YYYY-MM-DDThh:mm:ssZ"',
  parse: (text) => {
    if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/.test(text)) return undefined;
    if (!isCalendarDate(text.slice(0, 10))) return undefined;
    const instant = new Date(text);
    return Number.isNaN(instant.getTime()) ? undefined : instant.toISOString();
  },
});

/** An exact decimal number, as a string. */
export const DecimalScalar = textScalar({
  name: 'Decimal',
  description:
    'An exact decimal number as a string, never a float: at most 14 digits before and 6 after the point, without trailing zeros ("945054.8").',
  expects:
    'an exact number as a string such as "945054.80", with at most 14 digits before and 6 after the point',
  parse: (text) => {
    const match = /^(-?)0*(\d{1,14})(?:\.(\d{1,6}))?$/.exec(text);
    if (!match) return undefined;
    const fraction = (match[3] ?? '').replace(/0+$/, '');
    const digits = fraction ? `${match[2]}.${fraction}` : (match[2] as string);
    return digits === '0' ? '0' : `${match[1]}${digits}`;
  },
});
