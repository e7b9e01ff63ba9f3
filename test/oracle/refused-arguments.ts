import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLError,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  getArgumentValues,
  getNamedType,
  getOperationAST,
  getVariableValues,
  isAbstractType,
  isObjectType,
  Kind,
} from 'graphql';
import { collectFields, collectSubfields } from 'graphql/execution/collectFields.js';
import { type Asked, Refusal } from './asked.ts';
import { FIELDS } from './rooms/index.ts';

interface Operation {
  schema: GraphQLSchema;
  fragments: Record<string, FragmentDefinitionNode>;
  variables: Record<string, unknown>;
  asked: Asked;
}

type Selected = ReadonlyMap<string, readonly FieldNode[]>;

function fragmentsOf(document: DocumentNode): Record<string, FragmentDefinitionNode> {
  const fragments = document.definitions.filter((one) => one.kind === Kind.FRAGMENT_DEFINITION);
  return Object.fromEntries(fragments.map((one) => [one.name.value, one]));
}

function selectedAtRoot(
  schema: GraphQLSchema,
  document: DocumentNode,
  given: Record<string, unknown>,
): { selected: Selected; variables: Record<string, unknown> } {
  const operation = getOperationAST(document);
  if (!operation) throw new Error('An operation document has one operation');
  const { coerced, errors } = getVariableValues(schema, operation.variableDefinitions ?? [], given);
  if (!coerced) throw new GraphQLError(`Variables that do not fit: ${errors.join(' ')}`);
  const query = schema.getQueryType() as GraphQLObjectType;
  const fragments = fragmentsOf(document);
  return {
    selected: collectFields(schema, fragments, coerced, query, operation.selectionSet),
    variables: coerced,
  };
}

/** The root fields of an operation by their response keys. */
export function rootFields(
  schema: GraphQLSchema,
  document: DocumentNode,
  given: Record<string, unknown>,
): Map<string, GraphQLField<unknown, unknown>> {
  const fields = new Map<string, GraphQLField<unknown, unknown>>();
  for (const [key, [node]] of selectedAtRoot(schema, document, given).selected) {
    const field = schema.getQueryType()?.getFields()[node?.name.value as string];
    if (field) fields.set(key, field);
  }
  return fields;
}

/**
 * What root fields are refused for before anything is read: arguments are looked at in the sequence of the
 * selection, also below lists that turn out to be empty, and the first that is wrong is what is said. Below
 * an interface several types are asked at once, so that it may be any of theirs.
 */
export function refusedArguments(
  schema: GraphQLSchema,
  document: DocumentNode,
  given: Record<string, unknown>,
  asked: Asked,
): Map<string, Refusal[]> {
  const { selected, variables } = selectedAtRoot(schema, document, given);
  const operation = { schema, fragments: fragmentsOf(document), variables, asked };
  const refused = new Map<string, Refusal[]>();
  for (const [key, nodes] of selected) {
    const found = inField(operation, schema.getQueryType() as GraphQLObjectType, nodes);
    if (found.length > 0) refused.set(key, found);
  }
  return refused;
}

function inField(operation: Operation, parent: GraphQLObjectType, nodes: readonly FieldNode[]): Refusal[] {
  const [node] = nodes as [FieldNode];
  const field = parent.getFields()[node.name.value];
  if (!field) return [];
  const known = FIELDS.get(`${parent.name}.${field.name}`);
  const args = getArgumentValues(field, node, operation.variables) as never;
  const checked = typeof known === 'object' ? known : undefined;
  try {
    checked?.check(args, operation.asked);
  } catch (error) {
    if (error instanceof Refusal) return [error];
    throw error;
  }
  const type = getNamedType(field.type);
  if (isObjectType(type)) return inSelection(operation, type, nodes);
  if (!isAbstractType(type)) return [];
  const asked = checked?.kinds?.(args).flatMap(({ types }) => types);
  return operation.schema
    .getPossibleTypes(type)
    .filter(({ name }) => asked?.includes(name) ?? true)
    .flatMap((possible) => inSelection(operation, possible, nodes));
}

function inSelection(operation: Operation, type: GraphQLObjectType, nodes: readonly FieldNode[]): Refusal[] {
  const { schema, fragments, variables } = operation;
  const selected: Selected = collectSubfields(schema, fragments, variables, type, nodes as FieldNode[]);
  for (const ofKey of selected.values()) {
    const found = inField(operation, type, ofKey);
    if (found.length > 0) return found;
  }
  return [];
}
