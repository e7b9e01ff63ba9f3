import {
  defaultFieldResolver,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
} from 'graphql';
import type { Viewer } from '../access/viewer.ts';
import type { Bindings } from './bindings.ts';
import { Budget } from './budget.ts';
import { Compiler, ROW_TYPE } from './compiler.ts';
import { type Description, isDescription, Rows } from './description.ts';
import type { Reader, StatementObserver } from './reader.ts';

/** What a request's context must carry for its reads. */
export interface ReadContext {
  viewer: Viewer;
  observe?: StatementObserver | undefined;
}

/**
 * Makes a schema read through SQL: every resolver is wrapped once, so that on a row made by SQL it returns
 * the member that SQL wrote, and a description met anywhere else is compiled with its selection and read.
 */
export function readThroughSql(
  schema: GraphQLSchema,
  parts: {
    bindings: Bindings;
    reader: Reader;
    /** Whether a field has a resolver of ours, and whether that takes the row itself. */
    resolverOf: (typeName: string, fieldName: string) => 'none' | 'describing' | 'takes root';
  },
): void {
  const budgets = new WeakMap<ReadContext, Budget>();
  const describing = new Map<GraphQLField<unknown, unknown>, GraphQLFieldResolver<unknown, unknown>>();

  for (const type of Object.values(schema.getTypeMap())) {
    if (isIntrospectionType(type)) continue;
    if (isInterfaceType(type)) type.resolveType = (value) => (value as Record<string, string>)[ROW_TYPE];
    if (!isObjectType(type)) continue;
    const bound = parts.bindings.ofType(type.name);
    for (const field of Object.values(type.getFields())) {
      const { resolve } = field;
      if (bound) {
        const kind = parts.resolverOf(type.name, field.name);
        if (kind === 'takes root') {
          throw new Error(
            `${type.name}.${field.name} takes the row, but rows are read by SQL: describe the field instead (without @Root)`,
          );
        }
        if (kind === 'none' && !(field.name in bound.meta.properties)) {
          throw new Error(
            `${type.name}.${field.name} is neither a property of its entity nor described by a resolver`,
          );
        }
        if (kind === 'describing' && resolve) describing.set(field, resolve);
      } else if (resolve) {
        describing.set(field, resolve);
      }
      field.resolve = wrap(resolve ?? defaultFieldResolver);
    }
  }

  function wrap(resolve: GraphQLFieldResolver<unknown, unknown>): GraphQLFieldResolver<unknown, unknown> {
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
    const compiler = new Compiler({
      schema,
      bindings: parts.bindings,
      describe: (field) => describing.get(field),
      fragments: info.fragments,
      variables: info.variableValues,
      context,
      budget: budgetOf(context),
      info,
    });
    const expression = await compiler.field(description, info.returnType, info.fieldNodes);
    const value = await parts.reader.json(expression, context.viewer, context.observe);
    if (value === null && description instanceof Rows && description.absent) throw description.absent();
    return value;
  }
}

function isRow(source: unknown): source is Record<string | number, unknown> {
  return typeof source === 'object' && source !== null && ROW_TYPE in source;
}
