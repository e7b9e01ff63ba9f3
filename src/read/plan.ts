import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLObjectType,
  type GraphQLSchema,
  getArgumentValues,
  getNamedType,
  isLeafType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type ValueNode,
} from 'graphql';
import { collectFields, collectSubfields } from 'graphql/execution/collectFields.js';
import type { Bindings } from './bindings.ts';
import { groupBy, mergedKeys } from './grouping.ts';

/** What a schema's fields are to the compiler; each is known from the start. */
export interface FieldRules {
  bindings: Bindings;
  /** Resolvers of described fields, before the executor wrapped them. */
  describing: ReadonlyMap<GraphQLField<unknown, unknown>, GraphQLFieldResolver<unknown, unknown>>;
  /** Columns that a computed field takes. */
  needs: ReadonlyMap<GraphQLField<unknown, unknown>, readonly string[]>;
}

/** Field extension of a root field that tells what the operation costs: it is described after the others. */
export const TELLS_COST = 'tellsCost';

/** A field of the selection, its nodes merged by GraphQL's own rules. */
export interface PlannedField {
  /** Response key. */
  key: string;
  name: string;
  nodes: readonly FieldNode[];
  /** The field's definition; none for `__typename`. */
  field: GraphQLField<unknown, unknown> | undefined;
  describe: GraphQLFieldResolver<unknown, unknown> | undefined;
  needs: readonly string[] | undefined;
  /** A column of the type's entity that is no relation: it has the same text each time. */
  isColumn: boolean;
  /** Described after the other root fields: see {@link TELLS_COST}. */
  tellsCost: boolean;
  args(variables: Record<string, unknown>): Record<string, unknown>;
}

/** What is selected of an object type. */
export interface PlannedObject {
  type: GraphQLObjectType;
  fields: readonly PlannedField[];
}

/** What is selected of the types behind an interface, told apart by a value. */
export interface PlannedVariants {
  types: readonly { value: string; object: PlannedObject }[];
  /** The response keys, each with the types that are asked alike. */
  layout: readonly { key: string; groups: readonly PlannedGroup[] }[];
  /** Whether the keys come in a sequence in which every type keeps its own. */
  agree: boolean;
}

/** Types of which a response key asks the same. */
export interface PlannedGroup {
  values: readonly string[];
  object: PlannedObject;
  field: PlannedField;
}

/**
 * The selection of an operation, merged once and kept: it depends on the document, the operation and the
 * variables that `@skip` and `@include` name.
 */
export class Plan {
  private readonly objects = new Map<readonly FieldNode[], Map<GraphQLObjectType, PlannedObject>>();
  private readonly layouts = new Map<readonly FieldNode[], PlannedVariants>();
  readonly id = nextId();
  private firstComputed: string | undefined;

  constructor(
    readonly schema: GraphQLSchema,
    private readonly rules: FieldRules,
    private readonly fragments: Record<string, FragmentDefinitionNode>,
    private readonly conditions: Record<string, unknown>,
  ) {}

  /** A selected field that a resolver computes for each row, once the objects were planned. */
  get computed(): string | undefined {
    return this.firstComputed;
  }

  get bindings(): Bindings {
    return this.rules.bindings;
  }

  root(type: GraphQLObjectType, operation: OperationDefinitionNode): PlannedObject {
    const fields = collectFields(this.schema, this.fragments, this.conditions, type, operation.selectionSet);
    return { type, fields: this.planned(type, fields) };
  }

  /** The fields selected of an object type by the nodes of the field that gives it. */
  object(type: GraphQLObjectType, nodes: readonly FieldNode[]): PlannedObject {
    let byType = this.objects.get(nodes);
    if (!byType) {
      byType = new Map();
      this.objects.set(nodes, byType);
    }
    let object = byType.get(type);
    if (!object) {
      const fields = collectSubfields(
        this.schema,
        this.fragments,
        this.conditions,
        type,
        nodes as FieldNode[],
      );
      object = { type, fields: this.planned(type, fields) };
      byType.set(type, object);
    }
    return object;
  }

  /** The fields selected of each type behind an interface: what they are asked alike is one group. */
  variants(types: Readonly<Record<string, string>>, nodes: readonly FieldNode[]): PlannedVariants {
    let planned = this.layouts.get(nodes);
    if (!planned) {
      planned = layoutOf(
        Object.entries(types).map(([value, name]) => ({
          value,
          object: this.object(this.objectType(name), nodes),
        })),
      );
      this.layouts.set(nodes, planned);
    }
    return planned;
  }

  objectType(name: string): GraphQLObjectType {
    const type = this.schema.getType(name);
    if (!isObjectType(type)) throw new Error(`${name} is not an object type of the schema`);
    return type;
  }

  private planned(
    type: GraphQLObjectType,
    fields: ReadonlyMap<string, readonly FieldNode[]>,
  ): PlannedField[] {
    const bound = this.bindings.ofType(type.name);
    return [...fields].map(([key, nodes]) => {
      const [node] = nodes as [FieldNode];
      const field = type.getFields()[node.name.value];
      const describe = field && this.rules.describing.get(field);
      const needs = field && this.rules.needs.get(field);
      if (needs) this.firstComputed ??= `${type.name}.${node.name.value}`;
      return {
        key,
        name: node.name.value,
        nodes,
        field,
        describe,
        needs,
        isColumn: Boolean(bound && field && !describe && !needs && isLeafType(getNamedType(field.type))),
        tellsCost: Boolean(field?.extensions[TELLS_COST]),
        args: argumentsOf(field, node),
      };
    });
  }
}

/** An object type; anything else is a description under a field that it does not fit. */
export function objectTypeOf(type: unknown): GraphQLObjectType {
  if (!isObjectType(type)) throw new Error(`${String(type)} is no object type: rows and fields make objects`);
  return type;
}

function layoutOf(types: PlannedVariants['types']): PlannedVariants {
  const { merged, agree } = mergedKeys(types.map(({ object }) => object.fields.map(({ key }) => key)));
  const layout = merged.map((key) => {
    const asking = types.flatMap(({ value, object }) => {
      const field = object.fields.find((candidate) => candidate.key === key);
      return field ? [{ value, object, field }] : [];
    });
    const groups = groupBy(asking, ({ field }) => field, isAskedAlike).map(({ items }) => {
      const [{ object, field }] = items as [(typeof items)[number]];
      return { values: items.map(({ value }) => value), object, field };
    });
    return { key, groups };
  });
  return { types, layout, agree };
}

/** Whether two types are asked the same of a field that they share through their interface. */
function isAskedAlike(a: PlannedField, b: PlannedField): boolean {
  return (
    String(a.field?.type) === String(b.field?.type) &&
    a.needs === b.needs &&
    a.nodes.length === b.nodes.length &&
    a.nodes.every((node, index) => node === b.nodes[index])
  );
}

let plans = 0;
function nextId(): number {
  plans += 1;
  return plans;
}

/** Arguments without a variable are the same each time. */
function argumentsOf(
  field: GraphQLField<unknown, unknown> | undefined,
  node: FieldNode,
): PlannedField['args'] {
  if (!field || field.args.length === 0) return () => ({});
  if ((node.arguments ?? []).some(({ value }) => namesVariable(value))) {
    return (variables) => getArgumentValues(field, node, variables);
  }
  let known: Record<string, unknown> | undefined;
  return () => {
    known ??= getArgumentValues(field, node, {});
    return { ...known };
  };
}

function namesVariable(value: ValueNode): boolean {
  switch (value.kind) {
    case Kind.VARIABLE:
      return true;
    case Kind.LIST:
      return value.values.some(namesVariable);
    case Kind.OBJECT:
      return value.fields.some((field) => namesVariable(field.value));
    default:
      return false;
  }
}
