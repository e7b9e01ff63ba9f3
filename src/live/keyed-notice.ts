/** Most records of a change: more are not worth being looked at one by one. */
const MOST_RECORDS = 100;

/**
 * The records that a notice of the database names: `<partner> <record>` each, and of none how it changed.
 * @param field of the notice that lists them
 * @throws Error for what the trigger did not write
 */
export function readKeys(payload: string, field: string): readonly string[] {
  const found = (JSON.parse(payload) as Record<string, unknown>)[field];
  if (!Array.isArray(found)) throw new Error(`This is no notice of ${field}: ${payload.slice(0, 80)}`);
  return found;
}

/** The records of two notices, each once; undefined where they are too many to look at. */
export function mergeKeys(one: readonly string[], other: readonly string[]): readonly string[] | undefined {
  const all = [...new Set([...one, ...other])];
  return all.length > MOST_RECORDS ? undefined : all;
}
