import { readFile } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import {
  buildSchema,
  type GraphQLEnumType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  type GraphQLType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isNonNullType,
  isObjectType,
  isSpecifiedScalarType,
  isUnionType,
} from 'graphql';
import { composeSchema } from '../../src/app.ts';
import type { UnitOfWork } from '../../src/database/unit-of-work.ts';
import { printedSchema } from '../../src/graphql/schema.ts';

const schema = composeSchema(undefined as unknown as UnitOfWork, 'demonstration', () => new Date());

/** Something of the schema that has a name: a type, a field, an argument, an input field or an enum value. */
interface Member {
  path: string;
  description?: string | null | undefined;
  deprecationReason?: string | null | undefined;
  /** Named type of its value; none for a type and an enum value. */
  type?: string;
}

/** What a type is under its lists and non-nulls. */
const namedType = (type: GraphQLType | undefined): GraphQLNamedType =>
  getNamedType(type as GraphQLType) as GraphQLNamedType;

function membersOf(of: GraphQLSchema): Member[] {
  const types = Object.values(of.getTypeMap()).filter(
    (type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type),
  );
  return types.flatMap((type): Member[] => {
    // The three roots say what they are by their names.
    const isRoot = [of.getQueryType(), of.getMutationType(), of.getSubscriptionType()].includes(
      type as GraphQLObjectType,
    );
    const members: Member[] = isRoot ? [] : [{ path: type.name, description: type.description }];
    if (isEnumType(type)) {
      for (const value of type.getValues()) members.push({ ...value, path: `${type.name}.${value.name}` });
    }
    if (isInputObjectType(type) || isObjectType(type) || isInterfaceType(type)) {
      for (const field of Object.values(type.getFields())) {
        const path = `${type.name}.${field.name}`;
        members.push({ ...field, path, type: namedType(field.type).name });
        for (const arg of 'args' in field ? field.args : []) {
          members.push({ ...arg, path: `${path}(${arg.name}:)`, type: namedType(arg.type).name });
        }
      }
    }
    return members;
  });
}

const members = membersOf(schema);
const objects = Object.values(schema.getTypeMap()).filter(isObjectType);
const mutations = Object.values((schema.getMutationType() as GraphQLObjectType).getFields());
const undescribed = (of: Member[]): string[] =>
  of.filter((member) => !member.description?.trim()).map((member) => member.path);

/** English · French · Dutch. */
const inThreeLanguages = (text: string | null | undefined): boolean =>
  text?.split(' · ').filter((term) => term.trim()).length === 3;
const enumsWithoutTerms = (of: GraphQLEnumType[]): string[] =>
  of.flatMap((type) =>
    type
      .getValues()
      .filter((value) => !inThreeLanguages(value.description))
      .map((value) => `${type.name}.${value.name}`),
  );

test('the committed schema is the one that the code makes', async () => {
  expect(await readFile('schema/schema.graphql', 'utf8')).toBe(printedSchema(schema));
});

test('everything has a description', () => {
  expect(members.length).toBeGreaterThan(400);
  expect(undescribed(members)).toEqual([]);
});

test('what has no description is found', () => {
  const bare = buildSchema(
    'type Query { a: Int } enum E { "It is." V } input I { "It is." f(: Int }'.replace('(', ''),
  );
  expect(undescribed(membersOf(bare))).toEqual(['Query.a', 'E', 'I']);
});

test('every value of an enum carries its French and its Dutch term', () => {
  const enums = Object.values(schema.getTypeMap()).filter(
    (type): type is GraphQLEnumType => isEnumType(type) && !isIntrospectionType(type),
  );
  expect(enums.length).toBeGreaterThan(10);
  expect(enumsWithoutTerms(enums)).toEqual([]);
  const bare = buildSchema('type Query { e: E } enum E { "Day · jour · dag" DAY "Month · mois" MONTH YEAR }');
  expect(enumsWithoutTerms([bare.getType('E') as GraphQLEnumType])).toEqual(['E.MONTH', 'E.YEAR']);
});

test('no number is a Float', () => {
  expect(members.filter((member) => member.type === 'Float')).toEqual([]);
});

test('every connection has edges, nodes, pageInfo and totalCount, and takes the arguments of a page', () => {
  const connections = objects.filter((type) => type.name.endsWith('Connection'));
  expect(connections.length).toBeGreaterThan(4);
  for (const connection of connections) {
    const fields = connection.getFields();
    expect([connection.name, Object.keys(fields).sort()]).toEqual([
      connection.name,
      ['edges', 'nodes', 'pageInfo', 'totalCount'],
    ]);
    const element = namedType(fields.nodes?.type).name;
    const edge = schema.getType(namedType(fields.edges?.type).name) as GraphQLObjectType;
    expect(namedType(edge.getFields().node?.type).name).toBe(element);
    expect(edge.getFields().cursor?.type.toString()).toBe('String!');
    expect(fields.pageInfo?.type.toString()).toBe('PageInfo!');
    expect(fields.totalCount?.type.toString()).toBe('Int!');
  }
  const takers = objects.flatMap((type) => Object.values(type.getFields()));
  for (const field of takers.filter((field) => /Connection!?$/.test(field.type.toString()))) {
    expect([field.name, field.args.map((arg) => arg.name)]).toEqual([
      field.name,
      expect.arrayContaining(['first', 'after', 'last', 'before']),
    ]);
  }
});

test('every mutation takes one input with an idempotency key, and answers with user errors', () => {
  expect(mutations.length).toBeGreaterThan(5);
  for (const { name, args, type } of mutations) {
    expect([name, args.map((arg) => arg.name)]).toEqual([name, ['input']]);
    const input = args[0]?.type;
    expect([name, isNonNullType(input)]).toEqual([name, true]);
    const named = namedType(input);
    const key = isInputObjectType(named) ? named.getFields().idempotencyKey?.type.toString() : undefined;
    expect([name, key]).toEqual([name, 'String!']);
    const payload = namedType(type);
    expect(payload.name).toMatch(/Payload$/);
    const errors = isObjectType(payload) ? payload.getFields().userErrors?.type.toString() : undefined;
    expect([name, errors]).toEqual([name, '[UserError!]!']);
  }
});

test('every global id belongs to a node, and every node has one', () => {
  const node = schema.getType('Node');
  const withId = objects.filter((type) => type.getFields().id?.type.toString() === 'ID!');
  const nodes = objects.filter((type) => type.getInterfaces().some((of) => of === node));
  expect(withId.map((type) => type.name)).toEqual(nodes.map((type) => type.name));
});

test('what is deprecated says since when and what to use', () => {
  const undated = members.filter(
    ({ deprecationReason: reason }) => typeof reason === 'string' && !/\b20\d\d-\d\d-\d\d\b/.test(reason),
  );
  expect(undated.map((member) => member.path)).toEqual([]);
});

test('the schema has no unions, whose members could not share a description of rows', () => {
  expect(Object.values(schema.getTypeMap()).filter(isUnionType)).toEqual([]);
});
