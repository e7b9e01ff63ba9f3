import { expect } from '@jest/globals';
import type { TestHub } from '../support/hub.ts';

/** A key that no record has. */
export const UNKNOWN = '01890a5d-ac96-774b-bcce-b302099a8057';

/** A question that must be refused, and how. */
export interface Case {
  what: string;
  source: string;
  variables?: Record<string, unknown>;
  code: string;
  field?: string;
  /** What the message must tell its reader. */
  says: RegExp;
  path?: (string | number)[] | undefined;
}

/** Asks, and checks that the one error says what it must and that nothing was read. */
export async function expectRefusal(
  hub: TestHub,
  { source, variables, code, field, says, path }: Case,
): Promise<void> {
  const { data, errors, statements } = await hub.query(source, variables);
  expect(errors).toHaveLength(1);
  const [error] = errors as [NonNullable<typeof errors>[0]];
  expect(error.extensions).toEqual({ code, ...(field ? { field } : {}) });
  expect(error.message).toMatch(says);
  expect(error.path).toEqual(path);
  expect(error.locations).toHaveLength(1);
  if (code !== 'NOT_FOUND') expect(statements).toEqual([]);
  if (path) expect(data === null || data[path[0] as string] === null).toBe(true);
}
