import { UserError } from './errors.ts';

const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const GLOBAL_ID = new RegExp(`^([a-z][a-z_]*)_(${UUID})$`);

/** A global id taken apart; undefined when it is none. */
export function parseGlobalId(globalId: string): { prefix: string; id: string } | undefined {
  const match = GLOBAL_ID.exec(globalId);
  return match ? { prefix: match[1] as string, id: match[2] as string } : undefined;
}

/**
 * The key behind a global id of a given kind.
 * @throws UserError INVALID_ID when it is no id, or one of another kind.
 */
export function keyOf(prefix: string, globalId: string, field?: string): string {
  const parsed = parseGlobalId(globalId);
  if (!parsed || parsed.prefix !== prefix) {
    throw new UserError(
      'INVALID_ID',
      `${JSON.stringify(globalId.slice(0, 80))} is no id of this kind: ids look like "${prefix}_01890a5d-ac96-774b-bcce-b302099a8057". Copy it from the \`id\` field.`,
      field,
    );
  }
  return parsed.id;
}

/** The key in a global id, of one kind where that is given; undefined when it is none: for rows that are refused one by one. */
export function keyIn(globalId: string | null | undefined, prefix?: string): string | undefined {
  const parsed = globalId ? parseGlobalId(globalId) : undefined;
  return parsed && (!prefix || parsed.prefix === prefix) ? parsed.id : undefined;
}

export function globalId(prefix: string, id: string): string {
  return `${prefix}_${id}`;
}
