import { type Asked, type CheckedField, type Read, Refusal } from './asked.ts';
import type { Row, Table } from './database.ts';

/** One key of an order. */
export interface OrderKey {
  of(row: Row): string | number;
  type: 'text' | 'int' | 'date' | 'timestamptz' | 'uuid';
  descending?: boolean;
}

/** Orders that many lists share; each ends with what is unique. */
export const BY_SLUG: readonly OrderKey[] = [
  { of: (row) => row.slug as string, type: 'text' },
  { of: (row) => row.id as string, type: 'uuid' },
];

/** By a day, then by the key. */
export function byDay(column: string, descending = false): OrderKey[] {
  return [
    { of: (row) => row[column] as string, type: 'date', descending },
    { of: (row) => row.id as string, type: 'uuid', descending },
  ];
}

/** By an instant as a cursor tells it, the latest first, then by the key. */
export function byInstant(column: string): OrderKey[] {
  const instant = (row: Row): string => `${String(row[column]).replace('T', ' ').replace('Z', '')}000+00`;
  return [
    { of: instant, type: 'timestamptz', descending: true },
    { of: (row) => row.id as string, type: 'uuid', descending: true },
  ];
}

/** By the bytes of a text column. */
export function byText(column: string): OrderKey[] {
  return [{ of: (row) => row[column] as string, type: 'text' }];
}

/** The sequence of bytes is that of UTF-16 for all that stands in the demonstration data. */
function compareKeys(a: string | number, b: string | number): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function compare(order: readonly OrderKey[], a: readonly (string | number)[], b: typeof a): number {
  for (const [at, key] of order.entries()) {
    const difference = compareKeys(a[at] as string | number, b[at] as string | number);
    if (difference !== 0) return key.descending ? -difference : difference;
  }
  return 0;
}

function keysOf(order: readonly OrderKey[], row: Row): (string | number)[] {
  return order.map((key) => key.of(row));
}

/** Rows in an order. */
export function sorted(rows: readonly Row[], order: readonly OrderKey[]): Row[] {
  const keyed = rows.map((row) => ({ row, keys: keysOf(order, row) }));
  return keyed.sort((a, b) => compare(order, a.keys, b.keys)).map(({ row }) => row);
}

export interface PageArgs {
  first?: number | null;
  after?: string | null;
  last?: number | null;
  before?: string | null;
}

/** What a key looks like in a cursor. */
const KEY_TEXT: Record<OrderKey['type'], RegExp> = {
  text: /^/,
  int: /^-?\d{1,9}$/,
  date: /^\d{4}-\d\d-\d\d$/,
  timestamptz: /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}\+00$/,
  uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
};

/** The keys in a cursor: what stands after its point; undefined for what is no cursor. */
export function keysIn(cursor: string): string[] | undefined {
  const [, encoded] = /^[0-9a-f]{12}\.([\w-]{4,})$/.exec(cursor) ?? [];
  if (!encoded) return undefined;
  try {
    const keys: unknown = JSON.parse(Buffer.from(encoded, 'base64url').toString('utf8'));
    return Array.isArray(keys) ? keys : undefined;
  } catch {
    return undefined;
  }
}

/** Throws INVALID_PAGE or INVALID_CURSOR for arguments that make no page of a question. */
function checkPage(args: PageArgs, order: readonly OrderKey[], question: string, asked: Asked): void {
  const given = (value: unknown): boolean => value !== null && value !== undefined;
  const refuse = (message: string, field: string): never => {
    throw new Refusal('INVALID_PAGE', message, field);
  };
  const { first, after, last, before } = args;
  if (given(first) && given(last)) refuse('Give either `first` or `last`, not both.', 'first');
  if (given(after) && (given(last) || given(before)))
    refuse('Use `after` with `first`, and `before` with `last`.', 'after');
  if (given(before) && !given(last)) refuse('Use `before` together with `last`.', 'before');
  const name = given(last) ? 'last' : 'first';
  const size = args[name] ?? 20;
  if (size < 1 || size > 100)
    refuse(`\`${name}\` is ${size}: ask for 1 to 100 at a time, and follow \`pageInfo\` for more.`, name);

  const field = given(last) ? 'before' : 'after';
  const cursor = args[field];
  if (typeof cursor !== 'string') return;
  const keys = keysIn(cursor);
  const fits =
    keys?.length === order.length && order.every(({ type }, at) => KEY_TEXT[type].test(String(keys[at])));
  if (!fits) {
    throw new Refusal(
      'INVALID_CURSOR',
      `\`${field}\` is not a cursor of this hub: take it from \`pageInfo\` or an edge.`,
      field,
    );
  }
  if ((asked.questionOfCursor.get(cursor) ?? question) !== question) {
    throw new Refusal(
      'INVALID_CURSOR',
      `\`${field}\` comes from another question: keep filter, order and language while you page, or start again without it.`,
      field,
    );
  }
}

/** A page of rows. What is not asked of it is not looked up, as a refused filter shows only then. */
class Page {
  private found: readonly Row[] | undefined;

  constructor(
    private readonly find: () => readonly Row[],
    private readonly order: readonly OrderKey[],
    private readonly args: PageArgs,
  ) {}

  all(): readonly Row[] {
    this.found ??= sorted(this.find(), this.order);
    return this.found;
  }

  get isBackward(): boolean {
    return typeof this.args.last === 'number';
  }

  get hasBoundary(): boolean {
    return typeof (this.isBackward ? this.args.before : this.args.after) === 'string';
  }

  /** Everything on the page's side of the cursor. */
  private side(): readonly Row[] {
    const cursor = this.isBackward ? this.args.before : this.args.after;
    if (typeof cursor !== 'string') return this.all();
    const boundary = (keysIn(cursor) as string[]).map((key, at) =>
      this.order[at]?.type === 'int' ? Number(key) : key,
    );
    return this.all().filter((row) => {
      const place = compare(this.order, keysOf(this.order, row), boundary);
      return this.isBackward ? place < 0 : place > 0;
    });
  }

  rows(): readonly Row[] {
    const { first, last } = this.args;
    return this.isBackward ? this.side().slice(-(last as number)) : this.side().slice(0, first ?? 20);
  }

  hasMore(): boolean {
    return this.side().length > this.rows().length;
  }

  /** The hub's own cursors begin with a fingerprint of the question, which is nobody else's business. */
  cursorOf(row: Row | undefined): string | null {
    if (!row) return null;
    const keys = keysOf(this.order, row).map(String);
    return `${'0'.repeat(12)}.${Buffer.from(JSON.stringify(keys)).toString('base64url')}`;
  }
}

/**
 * A connection.
 * @param of.question what its cursors belong to.
 * @param of.rows all of its rows, in any sequence.
 * @param of.isAbsent when it is null instead of empty.
 */
export function connection<A>(of: {
  question(args: A, asked: Asked): unknown[];
  order: readonly OrderKey[] | ((args: A, asked: Asked) => readonly OrderKey[]);
  check?(args: A, asked: Asked): void;
  rows(parent: Row, args: A, asked: Asked): readonly Row[];
  isAbsent?(parent: Row, args: A, asked: Asked): boolean;
}): CheckedField {
  const orderOf = (args: A, asked: Asked): readonly OrderKey[] =>
    typeof of.order === 'function' ? of.order(args, asked) : of.order;
  const question = (args: A, asked: Asked): string => JSON.stringify(of.question(args, asked));
  return {
    question,
    check(args: A & PageArgs, asked: Asked) {
      of.check?.(args, asked);
      checkPage(args, orderOf(args, asked), question(args, asked), asked);
    },
    read: (parent: Row, args: A & PageArgs, asked: Asked) =>
      of.isAbsent?.(parent, args, asked)
        ? null
        : new Page(() => of.rows(parent, args, asked), orderOf(args, asked), args),
  };
}

const read = (of: (page: Page) => unknown): Read => of as unknown as Read;

/** The fields of the connection over a type, and of its edge. */
export function connectionTypes(name: string): Record<string, Record<string, Read>> {
  return {
    [`${name}Connection`]: {
      edges: read((page) => page.rows().map((row) => ({ node: row, cursor: page.cursorOf(row) }))),
      nodes: read((page) => page.rows()),
      pageInfo: read((page) => page),
      totalCount: read((page) => page.all().length),
    },
    [`${name}Edge`]: { cursor: (edge) => edge.cursor, node: (edge) => edge.node },
  };
}

/** Past a cursor there was the row that the cursor was made of. */
export const PAGE_INFO: Record<string, Read> = {
  hasNextPage: read((page) => (page.isBackward ? page.hasBoundary : page.hasMore())),
  hasPreviousPage: read((page) => (page.isBackward ? page.hasMore() : page.hasBoundary)),
  startCursor: read((page) => page.cursorOf(page.rows()[0])),
  endCursor: read((page) => page.cursorOf(page.rows().at(-1))),
};

/** Rows of a table that a column of theirs ties to a row's key, in an order. */
export function listOf(table: Table, column: string, order: readonly OrderKey[]): Read {
  return (row, _, { db }) => sorted(db.where(table, column, row.id), order);
}
