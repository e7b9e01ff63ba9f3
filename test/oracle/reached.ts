import {
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
} from 'graphql';
import { RECOUNTED } from './recounted.ts';

/** Notes a field that was read, with the arguments and members of input objects that it was given. */
export function noteReached(
  reached: Set<string>,
  type: GraphQLObjectType,
  fieldName: string,
  args: Record<string, unknown>,
): void {
  const name = `${type.name}.${fieldName}`;
  reached.add(name);
  for (const arg of type.getFields()[fieldName]?.args ?? []) {
    if (args[arg.name] === undefined) continue;
    reached.add(`${name}(${arg.name})`);
    noteMembers(reached, arg.type, args[arg.name]);
  }
}

function noteMembers(reached: Set<string>, type: GraphQLInputType, value: unknown): void {
  const named = getNamedType(type);
  if (!isInputObjectType(named) || typeof value !== 'object' || value === null) return;
  for (const [member, given] of Object.entries(value)) {
    reached.add(`${named.name}.${member}`);
    noteMembers(reached, named.getFields()[member]?.type as GraphQLInputType, given);
  }
}

/** Object types that only answers to mutations and subscriptions have. */
const WRITES =
  /^Mutation$|^Subscription$|Payload$|^UserError$|^UsageEntryResult$|^UsageMetricsChange$|^OrderStatusChange$/;

/** Object types of which the demonstration holds nothing that its readers see; the tests of access read them. */
const NOT_SHOWN = /^(DataSharingAgreement(Connection|Edge)?|RateLimit|ReplacedReading)$/;

/** The object types that can be read, those apart to which only fields lead that are recounted elsewhere. */
export function readTypes(schema: GraphQLSchema): GraphQLObjectType[] {
  const found = new Set<GraphQLObjectType>();
  const visit = (type: GraphQLNamedType | null | undefined): void => {
    if (isInterfaceType(type)) for (const one of schema.getPossibleTypes(type)) visit(one);
    if (!isObjectType(type) || found.has(type)) return;
    found.add(type);
    for (const field of fieldsOf(type)) visit(getNamedType(field.type));
  };
  visit(schema.getQueryType());
  return [...found].filter((type) => !isIntrospectionType(type) && !WRITES.test(type.name));
}

/** The fields of a type that the oracle answers. */
export function fieldsOf(type: GraphQLObjectType): GraphQLField<unknown, unknown>[] {
  return Object.values(type.getFields()).filter(({ name }) => !RECOUNTED[`${type.name}.${name}`]);
}

/** All that there is to reach. */
export function reachable(schema: GraphQLSchema): string[] {
  const all = new Set<string>();
  const addMembers = (type: GraphQLInputType): void => {
    const named = getNamedType(type);
    if (!isInputObjectType(named)) return;
    for (const member of Object.values(named.getFields())) {
      all.add(`${named.name}.${member.name}`);
      addMembers(member.type);
    }
  };
  for (const type of readTypes(schema)) {
    if (NOT_SHOWN.test(type.name)) continue;
    for (const field of fieldsOf(type)) {
      all.add(`${type.name}.${field.name}`);
      for (const arg of field.args) {
        all.add(`${type.name}.${field.name}(${arg.name})`);
        addMembers(arg.type);
      }
    }
  }
  return [...all];
}
