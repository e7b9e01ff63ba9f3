/**
 * Data that is JSON text already: the database wrote it, and the answer is put together around it. Whoever needs the
 * data themselves reads {@link JsonText.parsed}; `JSON.stringify` takes it as what it stands for.
 */
export class JsonText {
  constructor(readonly text: string) {}

  parsed(): Record<string, unknown> {
    return JSON.parse(this.text);
  }

  toJSON(): Record<string, unknown> {
    return this.parsed();
  }
}

/** The text of a GraphQL result, with data that may be text already. */
export function stringifyResult(result: { data?: unknown; errors?: unknown; extensions?: unknown }): string {
  const { data, ...rest } = result;
  if (!(data instanceof JsonText)) return JSON.stringify(result);
  const others = JSON.stringify(rest);
  return others === '{}' ? `{"data":${data.text}}` : `{"data":${data.text},${others.slice(1)}`;
}
