import type { GraphQLLeafType } from 'graphql';
import type { BoundEntity } from './bindings.ts';
import type { AnyRow, Description } from './description.ts';
import type { Piece } from './json.ts';
import type { BoundKey } from './order.ts';
import type { PlannedGroup, PlannedObject } from './plan.ts';
import type { Sql } from './sql.ts';

/*
 * What a statement reads, after descriptions and policies were asked and before it is written: SQL texts in
 * which every value is numbered. Two trees of one plan and equal parameters' shape are written alike.
 */

/** The row that fields are read from. */
export interface Scope {
  alias: string;
  /** About how many rows of it the answer has in all. */
  rows: number;
  row: AnyRow;
  bound?: BoundEntity | undefined;
  fields?: Record<string, (row: AnyRow) => Description | Sql> | undefined;
  /** What its description tells the resolvers of its fields. */
  told?: unknown;
}

/** The scope of fields that belong to no row. */
export const NO_ROW: Scope = { alias: '', rows: 1, row: {} };

/** JSON text where there is no value: `null`, or the mark of an absence that GraphQL has to deal with. */
export type OrElse = 'null' | typeof ABSENT;

/**
 * Stands in the JSON text where `null` may not: under a non-null field, or for what was asked by name and is not
 * there. No JSON text has this character otherwise; the operation then runs field by field.
 */
export const ABSENT = '\u0001';

/** JSON text that is known from the resolver alone: bound, or nothing at all. */
export interface KnownNode {
  kind: 'known';
  text: Piece;
}

/** The value of an expression, in the form of its type. */
export interface LeafNode {
  kind: 'leaf';
  type: GraphQLLeafType;
  isList: boolean;
  value: string;
  orElse: OrElse;
}

/** An object of one type; `children` stand beside its fields, undefined where the field is a column. */
export interface ObjectNode {
  kind: 'object';
  object: PlannedObject;
  scope: Scope;
  children: readonly (ReadNode | undefined)[];
  /** The object is null where this holds. */
  absent: string | undefined;
  orElse: OrElse;
}

/** An object of one of several types, told by a column of the row. */
export interface VariantsNode {
  kind: 'variants';
  scope: Scope;
  discriminator: string;
  types: readonly { value: string; object: PlannedObject }[];
  members: readonly VariantMember[];
}

/** A response key of a variant object, with what the types make of it: alike ones together. */
export interface VariantMember {
  key: string;
  groups: readonly (PlannedGroup & { child: ReadNode | undefined })[];
}

export interface ElementsNode {
  kind: 'elements';
  items: readonly ReadNode[];
}

/** Rows of a table or a subquery. */
export interface RowsNode {
  kind: 'one' | 'list';
  from: string;
  alias: string;
  condition: string;
  orderBy: string;
  limit: string;
  row: ReadNode;
  orElse: OrElse;
}

/** A page of rows; what the client did not ask for is not there. */
export interface ConnectionNode {
  kind: 'connection';
  object: PlannedObject;
  from: string;
  alias: string;
  condition: string;
  /** Beside the fields: the object of a row under `nodes`, an edge, or what is asked of `pageInfo`. */
  children: readonly (ReadNode | EdgeNode | PageInfoNode | undefined)[];
  backward: boolean;
  /** The order's keys; none where only `totalCount` is asked for. */
  keys: readonly BoundKey[];
  size: string;
  boundary: readonly string[] | undefined;
  /** The question's fingerprint, where cursors are asked for. */
  question: string;
  absent: string | undefined;
  orElse: OrElse;
}

/** An edge; `children` stand beside its fields, undefined for its cursor. */
export interface EdgeNode {
  kind: 'edge';
  object: PlannedObject;
  children: readonly (ReadNode | undefined)[];
}

export interface PageInfoNode {
  kind: 'pageInfo';
  object: PlannedObject;
}

/** Rows of several entities by their ids. */
export interface NodesNode {
  kind: 'nodes';
  alias: string;
  ids: string;
  branches: readonly { prefix: string; row: RowsNode }[];
  single: boolean;
  orElse: OrElse;
}

export type ReadNode =
  | KnownNode
  | LeafNode
  | ObjectNode
  | VariantsNode
  | ElementsNode
  | RowsNode
  | ConnectionNode
  | NodesNode;
