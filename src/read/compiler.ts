import type { EntityProperty } from '@mikro-orm/core';
import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  getArgumentValues,
  getNamedType,
  getNullableType,
  isLeafType,
  isListType,
  isObjectType,
  locatedError,
  responsePathAsArray,
} from 'graphql';
import { collectSubfields } from 'graphql/execution/collectFields.js';
import type { Viewer } from '../access/viewer.ts';
import { UserError } from '../errors.ts';
import { type Bindings, type BoundEntity, columnOf, relationJoin, rowOf, rowOfColumns } from './bindings.ts';
import { type Budget, LIST_ESTIMATE } from './budget.ts';
import { connectionJson } from './connection.ts';
import {
  type AnyRow,
  type Description,
  Elements,
  Expression,
  Fields,
  NodesById,
  Rows,
} from './description.ts';
import { groupBy } from './grouping.ts';
import { arrayJson, concat, objectJson } from './json.ts';
import { leafJson, leafListJson, NULL_JSON } from './leaf.ts';
import { orderClause } from './order.ts';
import { and, identifier, join, literal, raw, Sql, sql } from './sql.ts';

/** Member that every object read by SQL carries: it names the object type, and that resolvers are done. */
export const ROW_TYPE = '$t';

/** What the compiler knows of one operation. */
export interface Compilation {
  schema: GraphQLSchema;
  bindings: Bindings;
  /** The resolver of a described field, before the executor wrapped it. */
  describe: (field: GraphQLField<unknown, unknown>) => GraphQLField<unknown, unknown>['resolve'] | undefined;
  fragments: Record<string, FragmentDefinitionNode>;
  variables: Record<string, unknown>;
  context: { viewer: Viewer };
  /** Shared by all statements of the operation. */
  budget: Budget;
  info: GraphQLResolveInfo;
}

/** The row that fields are read from. */
export interface Scope {
  alias: string;
  /** About how many rows of it the answer has in all. */
  rows: number;
  row: AnyRow;
  bound?: BoundEntity | undefined;
  fields?: Record<string, (row: AnyRow) => Description | Sql> | undefined;
}

/**
 * Joins descriptions with the client's selection into SQL whose value is the JSON text of the answer.
 * Static text depends on the document and the descriptions' shape alone; everything else is bound.
 */
export class Compiler {
  private aliases = 0;

  constructor(private readonly of: Compilation) {}

  /** The JSON text of a described field: an expression that is never NULL. */
  async field(description: Description, type: GraphQLOutputType, nodes: readonly FieldNode[]): Promise<Sql> {
    return this.value(type, description, nodes, undefined);
  }

  /** An alias for a source of about so many rows in all. */
  private nextAlias(rows: number): string {
    this.of.budget.source(rows);
    this.aliases += 1;
    return `t${this.aliases}`;
  }

  /** The fields that the selection asks of an object type, merged by GraphQL's own rules. */
  selection(type: GraphQLObjectType, nodes: readonly FieldNode[]): Map<string, readonly FieldNode[]> {
    const { schema, fragments, variables } = this.of;
    const selected = collectSubfields(schema, fragments, variables, type, nodes as FieldNode[]);
    this.of.budget.select(selected.size);
    return selected;
  }

  private async value(
    outputType: GraphQLOutputType,
    value: unknown,
    nodes: readonly FieldNode[],
    scope: Scope | undefined,
  ): Promise<Sql> {
    const type = getNullableType(outputType);
    if (value === null || value === undefined) return NULL_JSON;
    if (value instanceof Rows) return this.rows(type, value, nodes, scope);
    if (value instanceof Elements) {
      if (!isListType(type)) throw new Error('Elements describe a list');
      return this.elements(value.items, type.ofType as GraphQLOutputType, nodes, scope);
    }
    if (value instanceof NodesById) return this.nodesById(value, nodes);
    if (value instanceof Expression || value instanceof Sql) {
      const expression = value instanceof Sql ? value : value.of(row(scope));
      if (isListType(type)) return sql`coalesce(${leafListJson(expression)}, 'null')`;
      if (!isLeafType(type)) throw new Error(`An expression cannot be a ${String(type)}`);
      return sql`coalesce(${leafJson(type, expression)}, 'null')`;
    }
    if (value instanceof Fields) {
      if (!isObjectType(type)) throw new Error(`Fields cannot be a ${String(type)}`);
      const own = { ...(scope as Scope), bound: undefined, fields: value.of };
      const object = await this.object(type, nodes, own);
      return value.absent
        ? sql`case when ${value.absent(row(scope))} then 'null' else ${object} end`
        : object;
    }
    return this.constant(type, value, nodes);
  }

  /** A list of known length. One after the other, so that aliases come in the same sequence every time. */
  private async elements(
    values: Iterable<unknown>,
    type: GraphQLOutputType,
    nodes: readonly FieldNode[],
    scope: Scope | undefined,
  ): Promise<Sql> {
    const pieces: (string | Sql)[] = [];
    for (const item of values)
      pieces.push(pieces.length === 0 ? '[' : ',', await this.value(type, item, nodes, scope));
    return concat([...(pieces.length === 0 ? ['['] : pieces), ']']);
  }

  /** A value that the resolver knows without the database. */
  private async constant(type: GraphQLOutputType, value: unknown, nodes: readonly FieldNode[]): Promise<Sql> {
    if (isLeafType(type)) return sql`${JSON.stringify(type.serialize(value))}::text`;
    if (isListType(type)) {
      return this.elements(value as Iterable<unknown>, type.ofType as GraphQLOutputType, nodes, undefined);
    }
    if (!isObjectType(type)) throw new Error(`A constant cannot be a ${String(type)}`);
    const constant = value as Record<string, unknown>;
    return this.object(type, nodes, { alias: '', rows: 1, row: {} as AnyRow }, constant);
  }

  private async object(
    type: GraphQLObjectType,
    nodes: readonly FieldNode[],
    scope: Scope,
    constant?: Record<string, unknown>,
  ): Promise<Sql> {
    const name = JSON.stringify(type.name);
    const members: { key: string; value: Sql | string }[] = [{ key: ROW_TYPE, value: name }];
    for (const [key, fieldNodes] of this.selection(type, nodes)) {
      const value = await this.member(type, fieldNodes, scope, name, constant);
      if (value) members.push({ key, value });
    }
    return objectJson(members);
  }

  /** The value of one selected field of an object; undefined for a field that the type does not have. */
  private async member(
    type: GraphQLObjectType,
    nodes: readonly FieldNode[],
    scope: Scope,
    typeName: Sql | string,
    constant?: Record<string, unknown>,
  ): Promise<Sql | string | undefined> {
    const { value: name } = (nodes[0] as FieldNode).name;
    if (name === '__typename') return typeName;
    const field = type.getFields()[name];
    if (!field) return undefined;
    return constant
      ? this.value(field.type, constant[name], nodes, undefined)
      : this.objectField(type, field, nodes, scope);
  }

  private async objectField(
    type: GraphQLObjectType,
    field: GraphQLField<unknown, unknown>,
    nodes: readonly FieldNode[],
    scope: Scope,
  ): Promise<Sql> {
    const given = scope.fields?.[field.name];
    if (given) return this.value(field.type, given(scope.row), nodes, scope);
    const resolve = this.of.describe(field);
    if (resolve) {
      try {
        const args = getArgumentValues(field, nodes[0] as FieldNode, this.of.variables);
        const info = {
          ...this.of.info,
          fieldName: field.name,
          fieldNodes: nodes,
          returnType: field.type,
          parentType: type,
        };
        const described = await resolve(undefined, args, this.of.context, info as GraphQLResolveInfo);
        return await this.value(field.type, described, nodes, scope);
      } catch (error) {
        // The root field is what becomes null; the location says which of its fields is meant.
        throw locatedError(error, nodes as FieldNode[], responsePathAsArray(this.of.info.path));
      }
    }
    return this.column(type, field, nodes, scope);
  }

  private async column(
    type: GraphQLObjectType,
    field: GraphQLField<unknown, unknown>,
    nodes: readonly FieldNode[],
    scope: Scope,
  ): Promise<Sql> {
    const bound = scope.bound;
    if (!bound) {
      const column = columnRef(scope.row, field.name);
      if (!column) throw new Error(`${type.name}.${field.name} is not a column of its rows`);
      return this.value(field.type, column, nodes, scope);
    }
    const property = (bound.meta.properties as Record<string, EntityProperty>)[field.name];
    if (!property) throw new Error(`${type.name}.${field.name} is neither a column nor described`);
    if (field.name === 'id' && bound.idPrefix) {
      return concat([`"${bound.idPrefix}_`, columnRef(scope.row, 'id'), '"']);
    }
    const target = property.targetMeta?.class;
    if (property.kind === 'm:1' && target) {
      const rows = this.entityRows(this.of.bindings.of(target), scope.rows);
      const where = and([
        relationJoin(property, scope.alias, rows.alias),
        rows.bound.policy(rows.row, this.of.context.viewer),
      ]);
      const json = await this.entityObject(rows.bound, nodes, rows);
      return sql`coalesce((select ${json} from ${rows.from} where ${where}), 'null')`;
    }
    const named = getNamedType(field.type);
    if (!isLeafType(named) || columnOf(bound.meta, field.name) === undefined) {
      throw new Error(`${type.name}.${field.name} cannot be read from a column`);
    }
    const column = columnRef(scope.row, field.name);
    const json = isListType(getNullableType(field.type)) ? leafListJson(column) : leafJson(named, column);
    return property.nullable ? sql`coalesce(${json}, 'null')` : json;
  }

  /** An entity's table under a new alias. */
  private entityRows(bound: BoundEntity, rows: number): Scope & { bound: BoundEntity; from: Sql } {
    const alias = this.nextAlias(rows);
    return {
      alias,
      rows,
      bound,
      row: rowOf(bound.meta, alias),
      from: sql`${identifier(bound.meta.tableName)} as ${identifier(alias)}`,
    };
  }

  /** The object of an entity's row; behind an interface, the object of the type that the row has. */
  async entityObject(bound: BoundEntity, nodes: readonly FieldNode[], scope: Scope): Promise<Sql> {
    return bound.variants
      ? this.variantObject(bound.variants, nodes, scope)
      : this.object(this.objectType(bound.meta.className), nodes, scope);
  }

  /** An object of one of several types. What they are asked alike is written once, the rest for its types. */
  private async variantObject(
    variants: NonNullable<BoundEntity['variants']>,
    nodes: readonly FieldNode[],
    scope: Scope,
  ): Promise<Sql> {
    const property = columnRef(scope.row, variants.property);
    const types = Object.entries(variants.types).map(([value, name]) => {
      const type = this.objectType(name);
      return { value: literal(value), type, selected: this.selection(type, nodes) };
    });
    const names = types.map(
      ({ value, type }) => sql`when ${value} then ${literal(JSON.stringify(type.name))}`,
    );
    const typeName = sql`case ${property} ${join(names, ' ')} end`;
    const pieces: (string | Sql)[] = [`{${JSON.stringify(ROW_TYPE)}:`, typeName];
    for (const key of new Set(types.flatMap(({ selected }) => [...selected.keys()]))) {
      const asking = types.filter(({ selected }) => selected.has(key));
      const groups = groupBy(asking, ({ selected }) => selected.get(key) as readonly FieldNode[], sameNodes);
      const name = `,${JSON.stringify(key)}:`;
      const branches: Sql[] = [];
      for (const { key: fieldNodes, items } of groups) {
        const value = await this.member(
          (items[0] as (typeof types)[number]).type,
          fieldNodes,
          scope,
          typeName,
        );
        if (!value) continue;
        if (items.length === types.length) {
          pieces.push(name, value);
          break;
        }
        const values = join(
          items.map((item) => item.value),
          ', ',
        );
        branches.push(sql`when ${property} in (${values}) then ${concat([name, value])}`);
      }
      if (branches.length > 0) pieces.push(sql`case ${join(branches, ' ')} else '' end`);
    }
    return concat([...pieces, '}']);
  }

  private objectType(name: string): GraphQLObjectType {
    const type = this.of.schema.getType(name);
    if (!isObjectType(type)) throw new Error(`${name} is not an object type of the schema`);
    return type;
  }

  private async rows(
    type: GraphQLOutputType,
    description: Rows,
    nodes: readonly FieldNode[],
    parent: Scope | undefined,
  ): Promise<Sql> {
    const { source } = description;
    const size =
      description.kind === 'one' ? 1 : (description.page?.size ?? description.limit ?? LIST_ESTIMATE);
    const rows = (parent?.rows ?? 1) * size;
    const alias = this.nextAlias(rows * description.weight);
    let scope: Scope;
    let from: Sql;
    let policy: Sql | undefined;
    if ('entity' in source) {
      const bound = this.of.bindings.of(source.entity);
      scope = { alias, rows, bound, row: rowOf(bound.meta, alias) };
      from = identifier(bound.meta.tableName);
      policy = bound.policy(scope.row, this.of.context.viewer);
    } else {
      scope = { alias, rows, row: rowOfColumns(source.columns, alias), fields: source.fields };
      from = source.subquery((parent?.row ?? {}) as AnyRow);
    }
    const condition = and([policy, description.where?.(scope.row, (parent?.row ?? {}) as AnyRow)]);
    const as = raw(`"${alias}"`);

    if (description.kind === 'connection') {
      if (!isObjectType(type)) throw new Error(`A connection cannot be a ${String(type)}`);
      const json = await connectionJson(this, { type, description, nodes, scope, from, condition });
      return description.absentWhen
        ? sql`case when ${description.absentWhen((parent?.row ?? {}) as AnyRow)} then 'null' else ${json} end`
        : json;
    }
    const object = await this.rowObject(type, nodes, scope);
    const order = orderClause(description.orderBy, scope.row, false);
    const limit = description.limit === undefined ? raw('') : sql` limit ${description.limit}::int`;
    if (description.kind === 'one') {
      return sql`coalesce((select ${object} from ${from} as ${as} where ${condition}${order}${limit}), 'null')`;
    }
    // The aggregate takes the rows in the sequence in which the ordered subquery gives them.
    return sql`(select ${arrayJson(object)} from (select ${as}.* from ${from} as ${as} where ${condition}${order}${limit}) as ${as})`;
  }

  /** The JSON of one row of a source, for a field that returns such rows or a list of them. */
  async rowObject(outputType: GraphQLOutputType, nodes: readonly FieldNode[], scope: Scope): Promise<Sql> {
    if (scope.bound) return this.entityObject(scope.bound, nodes, scope);
    const type = getNamedType(outputType);
    if (!isObjectType(type)) throw new Error(`Rows cannot be a ${String(type)}`);
    return this.object(type, nodes, scope);
  }

  private async nodesById(description: NodesById, nodes: readonly FieldNode[]): Promise<Sql> {
    const prefixes = [...new Set(description.ids.map((id) => id.prefix))].sort();
    const asked = identifier(this.nextAlias(description.ids.length));
    const branches: Sql[] = [];
    for (const prefix of prefixes) {
      const bound = this.of.bindings.ofPrefix(prefix);
      if (!bound) throw unknownKind(prefix);
      const rows = this.entityRows(bound, description.ids.length);
      const where = and([
        sql`${columnRef(rows.row, 'id')} = ${asked}.id`,
        bound.policy(rows.row, this.of.context.viewer),
      ]);
      const json = await this.entityObject(bound, nodes, rows);
      branches.push(sql`when ${literal(prefix)} then (select ${json} from ${rows.from} where ${where})`);
    }
    if (branches.length === 0) return sql`'[]'`;
    const element = sql`coalesce(case ${asked}.prefix ${join(branches, ' ')} end, 'null')`;
    const ids = sql`unnest(${description.ids.map((id) => id.prefix)}::text[], ${description.ids.map((id) => id.id)}::uuid[]) with ordinality as ${asked}(prefix, id, n)`;
    if (description.single) return sql`coalesce((select ${element} from ${ids}), 'null')`;
    return sql`(select ${arrayJson(element, sql` order by ${asked}.n`)} from ${ids})`;
  }
}

function unknownKind(prefix: string): UserError {
  return new UserError('INVALID_ID', `There is no kind of record whose ids begin with "${prefix}_".`, 'id');
}

function columnRef(row: AnyRow, name: string): Sql {
  return row[name] as Sql;
}

function row(scope: Scope | undefined): AnyRow {
  if (!scope) throw new Error('An expression needs a row: it cannot be a root field');
  return scope.row;
}

function sameNodes(a: readonly FieldNode[], b: readonly FieldNode[]): boolean {
  return a.length === b.length && a.every((node, index) => node === b[index]);
}
