import type { EntityName } from '@mikro-orm/core';
import type { LocalisedText } from '../database/localised-text.ts';
import type { Sql } from './sql.ts';

/**
 * A row in scope: its columns by property name, as SQL. `row.headcount` is `"t1"."headcount"`; an embedded
 * object has its columns in turn (`row.name.fr`); a relation with one key is its foreign key.
 */
export type RowRef<T> = {
  readonly [P in keyof T & string]-?: NonNullable<T[P]> extends LocalisedText ? RowRef<LocalisedText> : Sql;
};

/** A row whose type is no longer known: what the compiler works with. */
export type AnyRow = { readonly [column: string]: Sql };

/** One key of an order. Its column is never null, so that every page has a boundary. */
export interface OrderKey<T = never> {
  by: (row: RowRef<T>) => Sql;
  direction: 'asc' | 'desc';
  /** PostgreSQL type that a cursor's text is cast to. */
  type: 'text' | 'int' | 'bool' | 'date' | 'timestamptz' | 'uuid' | 'numeric';
}

/** Where rows come from: an entity's table, or a subquery whose columns are named here. */
export type Source =
  | { entity: EntityName<object> }
  | {
      /** A subquery with parentheses. It may refer to the row that it is nested in. */
      subquery: (parent: AnyRow) => Sql;
      /** Column names of the subquery. */
      columns: readonly string[];
      /** What a field of the GraphQL type is made of, for each that is not a column of the same name. */
      fields?: Record<string, (row: AnyRow) => Description | Sql> | undefined;
    };

/**
 * Rows that a field returns, not yet read: the read compiler joins this with the client's selection. Made
 * by the functions below, which know the types; here they are erased.
 */
export class Rows {
  readonly kind: 'one' | 'list' | 'connection';
  readonly source: Source;
  readonly where: ((row: AnyRow, parent: AnyRow) => Sql | undefined) | undefined;
  readonly orderBy: readonly OrderKeyOfAny[];
  readonly limit: number | undefined;
  readonly page: Page | undefined;
  /** For one row that was asked for by name: the error when there is none that the viewer may see. */
  readonly absent: (() => Error) | undefined;
  /** For a connection: when it is null instead of empty. */
  readonly absentWhen: ((parent: AnyRow) => Sql) | undefined;
  /** How many plain rows one of these costs: more than 1 where a row is computed from many. */
  readonly weight: number;
  /** How many sources its SQL comes to, where its subquery has many. */
  readonly sources: number;
  /** What its rows tell the resolvers of their fields, as `toldBy(info)`: the question that they answer. */
  readonly told: unknown;

  constructor(init: {
    kind: 'one' | 'list' | 'connection';
    source: Source;
    where?: unknown;
    orderBy?: readonly unknown[] | undefined;
    limit?: number | undefined;
    page?: Page | undefined;
    absent?: (() => Error) | undefined;
    absentWhen?: unknown;
    weight?: number | undefined;
    sources?: number | undefined;
    told?: unknown;
  }) {
    this.kind = init.kind;
    this.source = init.source;
    this.where = init.where as Rows['where'];
    this.orderBy = (init.orderBy ?? []) as Rows['orderBy'];
    this.limit = init.limit;
    this.page = init.page;
    this.absent = init.absent;
    this.absentWhen = init.absentWhen as Rows['absentWhen'];
    this.weight = init.weight ?? 1;
    this.sources = init.sources ?? 1;
    this.told = init.told;
  }
}

/** An order key whose row type is erased. */
export type OrderKeyOfAny = Omit<OrderKey, 'by'> & { by: (row: AnyRow) => Sql };

/** A page of a connection, validated: what the arguments mean, and the boundary that a cursor gave. */
export interface Page {
  size: number;
  /** True for `last`/`before`: rows are read from the end and turned round. */
  backward: boolean;
  /** Values of the order's keys at the boundary, in the order's sequence. */
  boundary: readonly string[] | undefined;
  /** Fingerprint of the question, carried by its cursors. */
  readonly question: string;
}

/** A value of one row: SQL whose result the field's GraphQL type formats. */
export class Expression {
  constructor(readonly of: (row: AnyRow) => Sql) {}
}

/** An object made of expressions of the same row, e.g. a period from two columns. */
export class Fields {
  constructor(
    readonly of: Record<string, (row: AnyRow) => Sql | Description>,
    /** When it is true for a row, the object is null. */
    readonly absent?: ((row: AnyRow) => Sql) | undefined,
    /** What it tells the resolvers of its fields, as `toldBy(info)`. */
    readonly told?: unknown,
  ) {}
}

/** A list of known length whose elements are described one by one. */
export class Elements {
  constructor(readonly items: readonly Description[]) {}
}

/** Rows of several entities in the sequence of the given ids; what does not exist is null. */
export class NodesById {
  constructor(
    readonly ids: readonly { prefix: string; id: string }[],
    /** The value is the only element instead of the list. */
    readonly single = false,
  ) {}
}

export type Description = Rows | Expression | Fields | Elements | NodesById;

export function isDescription(value: unknown): value is Description {
  return (
    value instanceof Rows ||
    value instanceof Expression ||
    value instanceof Fields ||
    value instanceof Elements ||
    value instanceof NodesById
  );
}

function entityOf<T extends object>(entity: EntityName<T>): Source {
  return { entity: entity as unknown as EntityName<object> };
}

type Where<T, P> = (row: RowRef<T>, parent: RowRef<P>) => Sql | undefined;

/** One row of an entity, or null; or, with `absent`, an error where a client named one that is not there. */
export function one<T extends object, P = never>(
  entity: EntityName<T>,
  where: Where<T, P>,
  absent?: () => Error,
): Rows {
  return new Rows({ kind: 'one', source: entityOf(entity), where, limit: 1, absent });
}

/** All rows of an entity that meet a condition. Only for lists that stay short by their nature. */
export function list<T extends object, P = never>(
  entity: EntityName<T>,
  options: { where?: Where<T, P>; orderBy: readonly OrderKey<T>[]; limit?: number },
): Rows {
  return new Rows({ kind: 'list', source: entityOf(entity), ...options });
}

/** A page of rows of an entity, as a Relay connection; null where `absentWhen` holds. */
export function connection<T extends object, P = never>(
  entity: EntityName<T>,
  options: {
    where?: Where<T, P>;
    orderBy: readonly OrderKey<T>[];
    page: Page;
    absentWhen?: (parent: RowRef<P>) => Sql;
  },
): Rows {
  return new Rows({ kind: 'connection', source: entityOf(entity), ...options });
}

/** The rows of a subquery, with its columns `C` and the row `P` that it is nested in. */
export function derived<C extends string, P = never>(
  source: {
    subquery: (parent: RowRef<P>) => Sql;
    columns: readonly C[];
    fields?: { [field: string]: (row: Readonly<Record<C, Sql>>) => Description | Sql };
  },
  options: { kind?: 'one' | 'list'; limit?: number; weight?: number; sources?: number; told?: unknown } = {},
): Rows {
  return new Rows({
    kind: options.kind ?? 'list',
    source: source as unknown as Source,
    limit: options.limit,
    weight: options.weight,
    sources: options.sources,
    told: options.told,
  });
}

/** A value of the row that the field belongs to. */
export function expression<P>(of: (row: RowRef<P>) => Sql): Expression {
  return new Expression(of as unknown as Expression['of']);
}

/** An object of expressions of the row that the field belongs to; null where `absent` holds. */
export function fields<P>(
  of: Record<string, (row: RowRef<P>) => Sql | Description>,
  absent?: (row: RowRef<P>) => Sql,
  told?: unknown,
): Fields {
  return new Fields(of as unknown as Fields['of'], absent as unknown as Fields['absent'], told);
}

/** The half-open period between two columns; both may be open. */
export function period<P>(from: (row: RowRef<P>) => Sql, to: (row: RowRef<P>) => Sql): Fields {
  return fields<P>({ from, to });
}
