import { MUTATIONS as DOCUMENTS } from '../../partners/records.ts';
import { type Asked, type NodeKind, Refusal, type Room, same } from '../asked.ts';
import type { Row, Table } from '../database.ts';
import { PAGE_INFO } from '../pages.ts';
import { parsedId } from '../values.ts';

/** Every mutation asks for a token. */
const MUTATIONS = Object.keys(DOCUMENTS).toSorted();

function parsed(id: string, field: string): { prefix: string; key: string } {
  const found = parsedId(id);
  if (found) return found;
  throw new Refusal(
    'INVALID_ID',
    `${JSON.stringify(id.slice(0, 80))} is no id of this hub: take it from an \`id\` field.`,
    field,
  );
}

/** What is common to all rooms: the viewer, pages, and records by their global id. */
export function hubRoom(nodes: Readonly<Record<string, NodeKind>>): Room {
  const tableOf = (prefix: string): Table | undefined =>
    Object.keys(nodes).find((table) => nodes[table]?.prefix === prefix) as Table | undefined;

  const check = (ids: readonly string[], field: (at: number) => string): void => {
    if (ids.length > 100)
      throw new Refusal('TOO_MANY_IDS', `${ids.length} ids at once: ask for at most 100.`, 'ids');
    const prefixes = ids.map((id, at) => parsed(id, field(at)).prefix);
    const unknown = prefixes.toSorted().find((prefix) => !tableOf(prefix));
    if (unknown) {
      const message = `There is no kind of record whose ids begin with "${unknown}_".`;
      throw new Refusal('INVALID_ID', message, field(prefixes.indexOf(unknown)));
    }
  };
  const recordOf = (id: string, asked: Asked): Row | null => {
    const { prefix, key } = parsed(id, 'id');
    const table = tableOf(prefix) as Table;
    if (nodes[table]?.isSeen?.(asked) === false) return null;
    return asked.db.one(table, 'id', key) ?? null;
  };
  const kindsOf = (ids: readonly string[]): NodeKind[] => {
    const tables = new Set(ids.map((id) => tableOf(parsed(id, 'id').prefix) as string));
    return [...tables].map((table) => nodes[table] as NodeKind);
  };

  return {
    fields: {
      Query: {
        // The oracle asks past HTTP, where nothing is limited.
        rateLimit: () => null,
        viewer: (_, __, { viewer, language }) => ({
          ...viewer,
          language,
          isDemonstration: true,
          roles: viewer.isAdministrator ? [{ role: 'HUB_ADMIN', reference: null }] : [],
          scopes: null,
          isSandbox: false,
          expiresAt: null,
          mutations: viewer.isAdministrator ? MUTATIONS : [],
        }),
        node: {
          check: ({ id }: { id: string }) => check([id], () => 'id'),
          read: (_, { id }: { id: string }, asked) => recordOf(id, asked),
          kinds: ({ id }: { id: string }) => kindsOf([id]),
        },
        nodes: {
          check: ({ ids }: { ids: string[] }) => check(ids, (at) => `ids.${at}`),
          read: (_, { ids }: { ids: string[] }, asked) => ids.map((id) => recordOf(id, asked)),
          kinds: ({ ids }: { ids: string[] }) => kindsOf(ids),
        },
      },
      RateLimit: same('limit', 'cost', 'remaining', 'resetAt'),
      Viewer: same(
        'principal',
        'isAdministrator',
        'roles',
        'scopes',
        'isSandbox',
        'expiresAt',
        'mutations',
        'language',
        'isDemonstration',
      ),
      ViewerRole: same('role', 'reference'),
      PageInfo: PAGE_INFO,
    },
  };
}
