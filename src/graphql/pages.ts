import { hash } from 'node:crypto';
import { ArgsType, Field, Int, ObjectType } from 'type-graphql';
import { UserError } from '../errors.ts';
import type { OrderKey, Page } from '../read/index.ts';

export const DEFAULT_PAGE = 20;
export const LARGEST_PAGE = 100;

/** All that a cursor needs to know of an order key. */
type KeyType = Pick<OrderKey, 'type'>;

/** Arguments of every connection (Relay). */
@ArgsType()
export class PageArgs {
  @Field(() => Int, {
    nullable: true,
    description: `Read this many from the start: 1 to ${LARGEST_PAGE}; ${DEFAULT_PAGE} without \`first\` and \`last\`.`,
  })
  first?: number | null;

  @Field(() => String, { nullable: true, description: 'Only what comes after this cursor; with `first`.' })
  after?: string | null;

  @Field(() => Int, { nullable: true, description: `Read this many from the end: 1 to ${LARGEST_PAGE}.` })
  last?: number | null;

  @Field(() => String, { nullable: true, description: 'Only what comes before this cursor; with `last`.' })
  before?: string | null;
}

/**
 * A page from its arguments. Its cursors carry a fingerprint of the question (order, filter, language), so
 * that a cursor of another question is refused instead of giving a page that means nothing.
 * @throws UserError INVALID_PAGE or INVALID_CURSOR, saying what to change.
 */
export function pageOf(args: PageArgs, orderBy: readonly KeyType[], question: unknown): Page {
  const { first, after, last, before } = args;
  if (isGiven(first) && isGiven(last)) {
    throw new UserError('INVALID_PAGE', 'Give either `first` or `last`, not both.', 'first');
  }
  if (isGiven(after) && (isGiven(last) || isGiven(before))) {
    throw new UserError('INVALID_PAGE', 'Use `after` with `first`, and `before` with `last`.', 'after');
  }
  if (isGiven(before) && !isGiven(last)) {
    throw new UserError('INVALID_PAGE', 'Use `before` together with `last`.', 'before');
  }
  const backward = isGiven(last);
  const size = (backward ? last : first) ?? DEFAULT_PAGE;
  if (size < 1 || size > LARGEST_PAGE) {
    throw new UserError(
      'INVALID_PAGE',
      `\`${backward ? 'last' : 'first'}\` is ${size}: ask for 1 to ${LARGEST_PAGE} at a time, and follow \`pageInfo\` for more.`,
      backward ? 'last' : 'first',
    );
  }
  const cursor = backward ? before : after;
  return {
    size,
    backward,
    boundary: isGiven(cursor)
      ? decodeCursor(cursor, fingerprint(question), orderBy, backward ? 'before' : 'after')
      : undefined,
    // Most pages are read without cursors.
    get question() {
      return fingerprint(question);
    },
  };
}

function fingerprint(question: unknown): string {
  return hash('sha256', JSON.stringify(question)).slice(0, 12);
}

function isGiven<T>(value: T | null | undefined): value is T {
  return value !== null && value !== undefined;
}

/** What a key looks like in a cursor. Anything else never reaches SQL. */
const KEY_TEXT: Record<OrderKey['type'], RegExp> = {
  text: /^[^\0]{0,8000}$/su,
  int: /^-?\d{1,9}$/,
  bool: /^(true|false)$/,
  numeric: /^-?\d{1,14}(\.\d{1,6})?$/,
  date: /^\d{4}-\d{2}-\d{2}$/,
  timestamptz: /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}\.\d{6}\+00$/,
  uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
};

function decodeCursor(
  cursor: string,
  expected: string,
  orderBy: readonly KeyType[],
  field: string,
): readonly string[] {
  const match = /^([0-9a-f]{12})\.([A-Za-z0-9_-]{4,20000})$/.exec(cursor);
  const keys = match && parseKeys(Buffer.from(match[2] as string, 'base64url').toString('utf8'));
  const valid =
    keys &&
    keys.length === orderBy.length &&
    keys.every((key, i) => isKey(key, (orderBy[i] as KeyType).type));
  if (!match || !valid) {
    throw new UserError(
      'INVALID_CURSOR',
      `\`${field}\` is not a cursor of this hub: take it from \`pageInfo\` or an edge.`,
      field,
    );
  }
  if (match[1] !== expected) {
    throw new UserError(
      'INVALID_CURSOR',
      `\`${field}\` comes from another question: keep filter, order and language while you page, or start again without it.`,
      field,
    );
  }
  return keys as string[];
}

function parseKeys(json: string): unknown[] | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isKey(key: unknown, type: OrderKey['type']): boolean {
  if (typeof key !== 'string' || !KEY_TEXT[type].test(key)) return false;
  if (type !== 'date' && type !== 'timestamptz') return true;
  const day = key.slice(0, 10);
  if (day.startsWith('0000')) return false;
  const instant = new Date(type === 'date' ? `${day}T00:00:00Z` : `${day}T${key.slice(11, 19)}Z`);
  return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(day);
}

@ObjectType({ description: 'Where a page stands in its connection (Relay).', simpleResolvers: true })
export class PageInfo {
  @Field(() => Boolean, { description: 'Whether more follows this page.' })
  hasNextPage!: boolean;

  @Field(() => Boolean, { description: 'Whether something comes before this page.' })
  hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true, description: 'Cursor of the first element; null on an empty page.' })
  startCursor?: string | null;

  @Field(() => String, { nullable: true, description: 'Cursor of the last element; null on an empty page.' })
  endCursor?: string | null;
}

/**
 * The Relay connection of a type, with its edge: `connectionOf(PartnerType, 'Partner')` is
 * `PartnerConnection` over `PartnerEdge`.
 */
export function connectionOf(nodeType: () => object, name: string, what: string): new () => object {
  @ObjectType(`${name}Edge`, { description: `One of ${what}, with its cursor.`, simpleResolvers: true })
  class Edge {
    @Field(() => String, { description: 'Place of the element in this order, to page from.' })
    cursor!: string;

    @Field(nodeType as () => never, { description: 'The element.' })
    node!: object;
  }

  @ObjectType(`${name}Connection`, { description: `A page of ${what}.`, simpleResolvers: true })
  class Connection {
    @Field(() => [Edge], { description: 'The elements with their cursors.' })
    edges!: Edge[];

    @Field(() => [nodeType()] as never, { description: 'The elements, where cursors are not needed.' })
    nodes!: object[];

    @Field(() => PageInfo, { description: 'Where this page stands.' })
    pageInfo!: PageInfo;

    @Field(() => Int, { description: 'How many there are in all, whatever the page.' })
    totalCount!: number;
  }
  return Connection;
}
