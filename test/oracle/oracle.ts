import { readFileSync } from 'node:fs';
import {
  buildSchema,
  type DocumentNode,
  execute,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInterfaceType,
  isIntrospectionType,
  isListType,
  isNonNullType,
  isObjectType,
  responsePathAsArray,
} from 'graphql';
import {
  type Asked,
  type CheckedField,
  type LanguageName,
  PossibleRefusal,
  type Read,
  Refusal,
} from './asked.ts';
import type { Database, Row } from './database.ts';
import { noteReached } from './reached.ts';
import { refusedArguments, rootFields } from './refused-arguments.ts';
import { FIELDS, NODES } from './rooms/index.ts';

const SCHEMA = readFileSync(new URL('../../schema/schema.graphql', import.meta.url), 'utf8');

/** What a root field may be refused for; where it is several things, the hub says one of them. */
export type Refusals = ReadonlyMap<string, readonly Refusal[]>;

export interface OracleAnswer {
  refusals: Refusals;
  /** The data where the hub refused some of the root fields that it may refuse. */
  data(refused: readonly string[]): Record<string, unknown> | null;
}

/** Stands for an object below a field that was refused: what follows is read, so that all refusals are found. */
const REFUSED = Symbol('refused') as unknown as Row;

/** Answers operations from rows alone, the simplest way that can be thought of. */
export class Oracle {
  readonly schema: GraphQLSchema = buildSchema(SCHEMA);
  /** Cursors of the hub with the questions that they were given for. */
  readonly questionOfCursor = new Map<string, string>();
  /** Fields, arguments and members of input objects that were read. */
  readonly reached = new Set<string>();

  constructor(readonly db: Database) {
    if (db.holdsRealRows) throw new Error('The oracle knows no row policies: it reads demonstration data');
    for (const type of Object.values(this.schema.getTypeMap())) {
      if (isIntrospectionType(type)) continue;
      if (isInterfaceType(type)) type.resolveType = (row) => this.typeOf(row as Row, type);
      if (!isObjectType(type)) continue;
      for (const field of Object.values(type.getFields())) {
        const known = FIELDS.get(`${type.name}.${field.name}`);
        if (known) field.resolve = this.resolver(known);
      }
    }
  }

  /** The answer to an operation that is valid. */
  async answer(
    document: DocumentNode,
    variableValues: Record<string, unknown>,
    as: { token?: boolean | undefined; language: LanguageName },
  ): Promise<OracleAnswer> {
    const asked: Asked = {
      db: this.db,
      viewer: as.token
        ? { principal: 'administrator', isAdministrator: true }
        : { principal: 'anonymous', isAdministrator: false },
      language: as.language,
      questionOfCursor: this.questionOfCursor,
    };
    const refusals = refusedArguments(this.schema, document, variableValues, asked);
    const late = new Map<string, Refusal[]>();
    const { data, errors = [] } = await execute({
      schema: this.schema,
      document,
      variableValues,
      contextValue: { asked, late, refusals },
    });
    const all = new Map([...late, ...refusals]);
    for (const error of errors) {
      if (!all.has(String(error.path?.[0]))) throw error.originalError ?? error;
    }
    const fields = rootFields(this.schema, document, variableValues);
    return {
      refusals: all,
      data: (refused) => withoutRefused(fields, data ?? {}, [...certain(all), ...refused]),
    };
  }

  /** What the cursors of a connection belong to. */
  questionOf(typeName: string, fieldName: string, args: object, language: LanguageName): string {
    const field = FIELDS.get(`${typeName}.${fieldName}`) as CheckedField;
    return field.question?.(args as never, { language } as Asked) as string;
  }

  private typeOf(row: Row, of: GraphQLNamedType): string {
    if (row === REFUSED) return this.schema.getPossibleTypes(of as never)[0]?.name as string;
    return NODES[this.db.tableOf(row) as string]?.typeOf(row) as string;
  }

  private resolver(known: Read | CheckedField): GraphQLField<unknown, unknown>['resolve'] {
    const read = typeof known === 'function' ? known : known.read;
    return (source, args, context, info) => {
      const { asked, late, refusals } = context as {
        asked: Asked;
        late: Map<string, Refusal[]>;
        refusals: Refusals;
      };
      const root = String(responsePathAsArray(info.path)[0]);
      if (source === REFUSED || refusals.has(root)) return blank(info.returnType);
      noteReached(this.reached, info.parentType, info.fieldName, args);
      try {
        return read(source as Row, args as never, asked);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        late.set(root, [...(late.get(root) ?? []), error]);
        return error instanceof PossibleRefusal ? error.otherwise : blank(info.returnType);
      }
    };
  }
}

/** The least that a type allows. */
function blank(type: GraphQLOutputType): unknown {
  if (!isNonNullType(type)) return null;
  if (isListType(type.ofType)) return [];
  const named = getNamedType(type);
  if (isObjectType(named) || isInterfaceType(named)) return REFUSED;
  if (isEnumType(named)) return named.getValues()[0]?.value;
  return { Int: 0, Boolean: false }[named.name] ?? '';
}

/** The root fields that are refused in any case. */
export function certain(refusals: Refusals): string[] {
  return [...refusals]
    .filter(([, ofKey]) => ofKey.some((one) => !(one instanceof PossibleRefusal)))
    .map(([key]) => key);
}

/** A root field that is refused is null, and all data with it where it cannot be. */
function withoutRefused(
  fields: ReadonlyMap<string, GraphQLField<unknown, unknown>>,
  data: Record<string, unknown>,
  refused: readonly string[],
): Record<string, unknown> | null {
  if (refused.some((key) => isNonNullType(fields.get(key)?.type))) return null;
  return Object.fromEntries(
    Object.entries(data).map(([key, value]) => [key, refused.includes(key) ? null : value]),
  );
}
