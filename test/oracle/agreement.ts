import { expect } from '@jest/globals';
import { parse } from 'graphql';
import type { Language } from '../../src/graphql/language.ts';
import type { Answer, TestHub } from '../support/hub.ts';
import type { LanguageName, Refusal } from './asked.ts';
import { certain, type Oracle, type OracleAnswer } from './oracle.ts';
import { keysIn } from './pages.ts';

/** An operation as a client sends it. */
export interface Operation {
  source: string;
  variables: Record<string, unknown>;
  language: LanguageName;
  /** Whether it comes with the administrator's token. */
  token: boolean;
}

/** Ways in which the hub can execute an operation: each has to agree with the oracle. */
const WAYS: readonly { way: string; as: { fieldByField?: boolean } }[] = [
  { way: 'whole where it can be', as: {} },
  { way: 'field by field', as: { fieldByField: true } },
];

/** What became of a comparison: operations that are too large for the hub are not compared. */
export type Outcome = 'too large' | 'whole' | 'field by field';

/** Asks the hub and the oracle, and throws where they differ. */
export async function agree(hub: TestHub, oracle: Oracle, operation: Operation): Promise<Outcome> {
  const { source, variables, language, token } = operation;
  const expected = await oracle.answer(parse(source), variables, { language, token });
  const answers: Answer[] = [];
  for (const { as } of WAYS) {
    answers.push(await hub.query(source, variables, { language: language as Language, token, ...as }));
  }
  // What one way refuses as too large, the other one has to refuse too, if for what it comes to first.
  if (answers.some(isTooLarge) && answers.every((answer) => isTooLarge(answer) || !answer.data))
    return 'too large';
  for (const [index, answer] of answers.entries()) {
    try {
      compare(answer, expected);
    } catch (error) {
      throw new Error(`${described(operation)}\nWay: ${WAYS[index]?.way}\n\n${(error as Error).message}`);
    }
  }
  return answers.some(({ execution }) => execution?.whole) ? 'whole' : 'field by field';
}

function isTooLarge({ errors }: Answer): boolean {
  return errors?.some(({ extensions }) => extensions?.code === 'QUERY_TOO_LARGE') ?? false;
}

/** An operation as a person can send it again. */
export function described({ source, variables, language, token }: Operation): string {
  const viewer = token ? 'administrator' : 'anonymous';
  return `${source}\nVariables: ${JSON.stringify(variables)}\nLanguage: ${language}, viewer: ${viewer}`;
}

function compare({ data, errors = [] }: Answer, { refusals, ...expected }: OracleAnswer): void {
  const found = errors.map(({ message, path, extensions }) => ({
    path,
    code: extensions?.code,
    ...(extensions?.field ? { field: extensions.field } : {}),
    message,
  }));
  for (const error of found) {
    const key = String(error.path?.[0]);
    const possible = (refusals.get(key) ?? []).map((refusal) => refused(key, refusal));
    const isPossible = possible.some((one) => JSON.stringify(one) === JSON.stringify(error));
    if (!isPossible) expect(error).toEqual(possible.length === 1 ? possible[0] : possible);
  }
  const keys = found.map(({ path }) => String(path?.[0]));
  // Each refused root field has one error, unless all data is null: then the first one is enough.
  if (data !== null) expect(keys).toEqual(expect.arrayContaining(certain(refusals)));
  else expect(keys).not.toEqual([]);
  expect(keys.length).toBe(new Set(keys).size);

  const received = withReadableCursors(data);
  const wanted = withReadableCursors(expected.data(keys));
  // As text, because members come in the sequence of the selection.
  if (JSON.stringify(received) === JSON.stringify(wanted)) return;
  expect(received).toEqual(wanted);
  expect(JSON.stringify(received)).toBe(JSON.stringify(wanted));
}

function refused(key: string, { code, field, message }: Refusal): object {
  return { path: [key], code, ...(field ? { field } : {}), message };
}

/** Cursors as the keys in them: what stands before those is the hub's own. */
function withReadableCursors(value: unknown): unknown {
  if (typeof value === 'string') return keysIn(value) ?? value;
  if (Array.isArray(value)) return value.map(withReadableCursors);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, withReadableCursors(member)]));
}
