import type { Database, Row } from './database.ts';

export type LanguageName = 'FR' | 'NL' | 'EN' | 'DE';

/** Who asks, of what, and in which language: the same for a whole operation. */
export interface Asked {
  db: Database;
  viewer: { principal: string; isAdministrator: boolean };
  language: LanguageName;
  /** The question that a cursor was given for, where the test knows it. */
  questionOfCursor: ReadonlyMap<string, string>;
}

/** What the hub refuses to answer, as the client is told. */
export class Refusal extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly field?: string,
  ) {
    super(message);
  }
}

/** What the hub refuses only where the database comes to look at it: what it answers otherwise goes with it. */
export class PossibleRefusal extends Refusal {
  constructor(
    refusal: Refusal,
    readonly otherwise: unknown,
  ) {
    super(refusal.code, refusal.message, refusal.field);
  }
}

/** Gives the value of a field of a row. Each names the arguments that its field has. */
export type Read = (row: Row, args: never, asked: Asked) => unknown;

/** A field whose arguments can be wrong. They are checked wherever it is asked, also of no row at all. */
export interface CheckedField {
  check(args: never, asked: Asked): void;
  read: Read;
  /** For a connection: what its cursors belong to. */
  question?(args: never, asked: Asked): string;
  /** For a field of an interface: the kinds of record that the arguments ask for; all without it. */
  kinds?(args: never): readonly NodeKind[];
}

/** Records of a table as objects of the schema. */
export interface NodeKind {
  /** What their global ids begin with. */
  prefix: string;
  /** The names of the object types that they can be. */
  types: readonly string[];
  /** Whether the viewer sees such records; everybody does without it. */
  isSeen?(asked: Asked): boolean;
  /** The one that a row is. */
  typeOf(row: Row): string;
}

/** The part of the schema that a room of the hub answers. */
export interface Room {
  /** By the name of the object type, then of the field. */
  fields: Readonly<Record<string, Readonly<Record<string, Read | CheckedField>>>>;
  /** By the name of the table. */
  nodes?: Readonly<Record<string, NodeKind>>;
}

/** A kind of record that is always of one type. */
export function kind(prefix: string, type: string): NodeKind {
  return { prefix, types: [type], typeOf: () => type };
}

/** Fields that are properties of the same name. */
export function same(...names: string[]): Record<string, Read> {
  return Object.fromEntries(names.map((name) => [name, (row: Row) => row[name]]));
}

/** A field that is a column with another name. */
export function column(name: string): Read {
  return (row) => row[name];
}
