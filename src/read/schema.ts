import {
  defaultFieldResolver,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  responsePathAsArray,
} from 'graphql';
import type { Bindings, BoundEntity } from './bindings.ts';
import { Budget } from './budget.ts';
import { Describer } from './describe.ts';
import { type Description, isDescription, Rows } from './description.ts';
import { Executor, type ReadContext } from './executor.ts';
import { type FieldRules, Plan } from './plan.ts';
import type { Reader } from './reader.ts';
import { statementOf } from './statement.ts';
import { ABSENT } from './tree.ts';
import { NEEDED, ROW_TYPE, Writer } from './write.ts';

/** What a schema is read through SQL with. */
export interface ReadParts {
  bindings: Bindings;
  reader: Reader;
  /** Whether a field has a resolver of ours, and whether that takes the row itself. */
  resolverOf: (typeName: string, fieldName: string) => 'none' | 'describing' | 'takes root';
}

/** Field extension that names the columns which a computed field takes of its row. */
export const NEEDS = 'needs';

type Resolver = GraphQLFieldResolver<unknown, unknown>;

/**
 * Makes a schema read through SQL, and gives what executes its operations. Every resolver is wrapped once: on a row
 * made by SQL it returns the member that SQL wrote, and a description met anywhere else is read with its selection.
 */
export function readThroughSql(schema: GraphQLSchema, parts: ReadParts): Executor {
  const rules = rulesOf(schema, parts);
  const marked = new Writer(true);
  const budgets = new WeakMap<ReadContext, Budget>();

  for (const type of Object.values(schema.getTypeMap())) {
    if (isIntrospectionType(type)) continue;
    if (isInterfaceType(type)) type.resolveType = (value) => (value as Record<string, string>)[ROW_TYPE];
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      const resolve = field.resolve ?? defaultFieldResolver;
      const needs = rules.needs.get(field);
      field.resolve = needs ? computed(resolve, needs) : readable(resolve);
    }
  }
  return new Executor(schema, rules, parts.reader);

  function readable(resolve: Resolver): Resolver {
    return (source, args, context, info) => {
      if (isRow(source)) return source[info.path.key];
      const value = resolve(source, args, context, info);
      if (isDescription(value)) return read(value, info, context as ReadContext);
      if (value instanceof Promise) {
        return value.then((settled) =>
          isDescription(settled) ? read(settled, info, context as ReadContext) : settled,
        );
      }
      return value;
    };
  }

  /** One budget for all root fields of an operation: they share its context. */
  function budgetOf(context: ReadContext): Budget {
    const budget = budgets.get(context) ?? new Budget();
    budgets.set(context, budget);
    return budget;
  }

  async function read(
    description: Description,
    info: GraphQLResolveInfo,
    context: ReadContext,
  ): Promise<unknown> {
    const describer = new Describer({
      plan: new Plan(schema, rules, info.fragments, info.variableValues),
      context,
      variables: info.variableValues,
      budget: budgetOf(context),
      info,
    });
    describer.path = responsePathAsArray(info.path);
    const node = await describer.value(info.returnType, description, info.fieldNodes);
    // A query has been charged as a whole; what a mutation reads back cannot be refused any more.
    context.meter?.owe(describer.of.budget.points);
    const statement = statementOf(context.viewer, describer.parameters, () => marked.pieces(node))();
    const { text } = await parts.reader.text(statement, describer.parameters.values, context);
    const value: unknown = JSON.parse(text.replaceAll(ABSENT, 'null'));
    if (value === null && description instanceof Rows && description.absent) throw description.absent();
    return value;
  }
}

/** What each field is; a field that is nothing of what can be read is refused. */
function rulesOf(schema: GraphQLSchema, { bindings, resolverOf }: ReadParts): FieldRules {
  const describing = new Map<GraphQLField<unknown, unknown>, Resolver>();
  const needs = new Map<GraphQLField<unknown, unknown>, readonly string[]>();
  for (const type of Object.values(schema.getTypeMap())) {
    if (isIntrospectionType(type) || !isObjectType(type)) continue;
    const bound = bindings.ofType(type.name);
    for (const field of Object.values(type.getFields())) {
      const kind = bound ? resolverOf(type.name, field.name) : 'describing';
      if (bound && kind === 'takes root') needs.set(field, neededBy(bound, type.name, field));
      else if (bound && kind === 'none' && !(field.name in bound.meta.properties)) {
        throw new Error(
          `${type.name}.${field.name} is neither a property of its entity nor described by a resolver`,
        );
      } else if (kind === 'describing' && field.resolve) describing.set(field, field.resolve);
    }
  }
  return { bindings, describing, needs };
}

/** The columns that a computed field says it takes. */
function neededBy(
  { meta }: BoundEntity,
  typeName: string,
  field: GraphQLField<unknown, unknown>,
): readonly string[] {
  const names = field.extensions[NEEDS] as readonly string[] | undefined;
  if (!names) {
    throw new Error(
      `${typeName}.${field.name} takes the row, but rows are read by SQL: describe the field (without @Root), or say with @Computed which columns it takes`,
    );
  }
  const unknown = names.find((name) => !(name in meta.properties));
  if (unknown)
    throw new Error(`${typeName}.${field.name} takes ${unknown}, which is no column of its entity`);
  return names;
}

/** A resolver that works on a row: it receives the columns it said it takes. */
function computed(resolve: Resolver, needs: readonly string[]): Resolver {
  return (source, args, context, info) => {
    const row = isRow(source)
      ? Object.fromEntries(needs.map((name) => [name, source[`${NEEDED}${name}`]]))
      : source;
    return resolve(row, args, context, info);
  };
}

function isRow(source: unknown): source is Record<string | number, unknown> {
  return typeof source === 'object' && source !== null && ROW_TYPE in source;
}
