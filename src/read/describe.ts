import type { EntityProperty } from '@mikro-orm/core';
import {
  type FieldNode,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  getNamedType,
  getNullableType,
  isLeafType,
  isListType,
  isNonNullType,
  locatedError,
} from 'graphql';
import type { Viewer } from '../access/viewer.ts';
import { type BoundEntity, relationJoin, rowOf } from './bindings.ts';
import type { Budget } from './budget.ts';
import { describeNodes } from './describe-nodes.ts';
import { describeRows } from './describe-rows.ts';
import { Elements, Expression, Fields, NodesById, Rows } from './description.ts';
import type { BoundKey } from './order.ts';
import { objectTypeOf, type Plan, type PlannedField, type PlannedObject } from './plan.ts';
import { and, Parameters, Sql, sql } from './sql.ts';
import {
  ABSENT,
  NO_ROW,
  type ObjectNode,
  type OrElse,
  type ReadNode,
  type RowsNode,
  type Scope,
  type VariantMember,
  type VariantsNode,
} from './tree.ts';

/** Where resolvers find what the rows told that their field belongs to. */
const TOLD = Symbol('told');

/** What the rows tell that a describing resolver's field belongs to, from its `@Info`. */
export function toldBy<T>(info: GraphQLResolveInfo): T {
  return (info as GraphQLResolveInfo & { [TOLD]: T })[TOLD];
}

/** What is read, by whom. */
export interface Reading {
  plan: Plan;
  context: { viewer: Viewer };
  variables: Record<string, unknown>;
  /** Shared by all statements of the operation. */
  budget: Budget;
  /** What resolvers are told of the operation. */
  info: Omit<GraphQLResolveInfo, 'fieldName' | 'fieldNodes' | 'returnType' | 'parentType' | 'cacheControl'>;
}

/**
 * Asks every description and policy of a selection once, and says what is to be read. One after the other, so
 * that parameters and aliases are numbered alike each time.
 */
export class Describer {
  readonly parameters = new Parameters();
  /** Where the root field stands in the answer: errors of its fields are its own. */
  path: readonly (string | number)[] = [];
  /** False where the types behind an interface ask for their fields in sequences that contradict each other. */
  isInSelectionOrder = true;
  private aliases = 0;

  constructor(readonly of: Reading) {}

  /** What a field reads whose resolver gave this value: a description, or what it knows without the database. */
  async value(
    outputType: GraphQLOutputType,
    value: unknown,
    nodes: readonly FieldNode[],
    scope: Scope = NO_ROW,
  ): Promise<ReadNode> {
    const type = getNullableType(outputType);
    const orElse: OrElse = isNonNullType(outputType) ? ABSENT : 'null';
    if (value === null || value === undefined) return this.nothing(orElse);
    if (value instanceof Rows) {
      return describeRows(this, type, value, nodes, scope, value.absent ? ABSENT : orElse);
    }
    if (value instanceof Expression) return this.leaf(type, value.of(scope.row), orElse);
    if (value instanceof Sql) return this.leaf(type, value, orElse);
    if (value instanceof Elements) return this.elements(type, value.items, nodes, scope);
    if (value instanceof NodesById) return describeNodes(this, outputType, value, nodes);
    if (value instanceof Fields) {
      this.parameters.note(value.absent ? 'fields or nothing' : 'fields');
      const absent = value.absent && this.parameters.text(value.absent(scope.row));
      const own = { ...scope, bound: undefined, fields: value.of, told: value.told };
      return { ...(await this.object(objectTypeOf(type), nodes, own)), absent, orElse };
    }
    if (isListType(type)) return this.elements(type, value as Iterable<unknown>, nodes, NO_ROW);
    if (isLeafType(type)) {
      this.parameters.note('constant');
      return {
        kind: 'known',
        text: { sql: this.parameters.text(sql`${JSON.stringify(type.serialize(value))}::text`) },
      };
    }
    this.parameters.note('object');
    return this.object(objectTypeOf(type), nodes, NO_ROW, value as Record<string, unknown>);
  }

  /** Whether anything at all comes from the database. */
  get reads(): boolean {
    return this.aliases > 0;
  }

  /** An alias for a source of about so many rows in all. */
  nextAlias(rows: number, sources = 1): string {
    this.of.budget.source(rows, sources);
    this.aliases += 1;
    return `t${this.aliases}`;
  }

  /** The fields selected of an object type, counted. */
  selected(type: GraphQLObjectType, nodes: readonly FieldNode[]): PlannedObject {
    const object = this.of.plan.object(type, nodes);
    this.of.budget.select(object.fields.length);
    return object;
  }

  private nothing(orElse: OrElse): ReadNode {
    this.parameters.note('nothing');
    return { kind: 'known', text: { json: orElse } };
  }

  private leaf(type: GraphQLOutputType, value: Sql, orElse: OrElse): ReadNode {
    this.parameters.note('expression');
    const leaf = getNamedType(type);
    if (!isLeafType(leaf)) throw new Error(`An expression cannot be a ${String(type)}`);
    return { kind: 'leaf', type: leaf, isList: isListType(type), value: this.parameters.text(value), orElse };
  }

  private async elements(
    type: GraphQLOutputType,
    values: Iterable<unknown>,
    nodes: readonly FieldNode[],
    scope: Scope,
  ): Promise<ReadNode> {
    if (!isListType(type)) throw new Error('Elements describe a list');
    const items: ReadNode[] = [];
    for (const item of values) items.push(await this.value(type.ofType, item, nodes, scope));
    this.parameters.note(`${items.length} elements`);
    return { kind: 'elements', items };
  }

  private async object(
    type: GraphQLObjectType,
    nodes: readonly FieldNode[],
    scope: Scope,
    constant?: Record<string, unknown>,
  ): Promise<ObjectNode> {
    const object = this.selected(type, nodes);
    const children: (ReadNode | undefined)[] = [];
    for (const planned of object.fields) {
      const child = constant ? this.constant(planned, constant) : this.child(type, planned, scope);
      children.push(child && (await child));
    }
    return { kind: 'object', object, scope, children, absent: undefined, orElse: 'null' };
  }

  private constant(planned: PlannedField, value: Record<string, unknown>): Promise<ReadNode> | undefined {
    return planned.field && this.value(planned.field.type, value[planned.name], planned.nodes);
  }

  /** What a selected field of a row reads; undefined where its text is the same each time. */
  private child(type: GraphQLObjectType, planned: PlannedField, scope: Scope): Promise<ReadNode> | undefined {
    const { field, name, nodes } = planned;
    if (!field || planned.needs) return undefined;
    const given = scope.fields?.[name];
    if (given) return this.value(field.type, given(scope.row), nodes, scope);
    if (planned.describe) return this.described(type, planned, scope);
    const { bound } = scope;
    const isShown = bound?.shown[name]?.(scope.alias, this.of.context.viewer);
    if (isShown) return this.shownColumn(planned, scope, isShown);
    if (bound && planned.isColumn) return undefined;
    if (bound) return this.relation(type, planned, scope, bound);
    const column = scope.row[name];
    if (!column) throw new Error(`${type.name}.${name} is not a column of its rows`);
    return this.value(field.type, column, nodes, scope);
  }

  /** What a field reads whose resolver describes it. The resolver runs as in any execution, but without a row. */
  async described(
    parentType: GraphQLObjectType,
    planned: PlannedField,
    scope: Scope = NO_ROW,
  ): Promise<ReadNode> {
    const { variables, context, info } = this.of;
    try {
      const own = {
        ...info,
        fieldName: planned.name,
        fieldNodes: planned.nodes,
        returnType: fieldOf(planned).type,
        parentType,
        [TOLD]: scope.told,
      };
      const description = await planned.describe?.(
        undefined,
        planned.args(variables),
        context,
        own as GraphQLResolveInfo,
      );
      return await this.value(fieldOf(planned).type, description, planned.nodes, scope);
    } catch (error) {
      // The root field is what becomes null; the location says which of its fields is meant.
      throw locatedError(error, planned.nodes as FieldNode[], this.path);
    }
  }

  /** A column that the viewer sees in some rows, and as null in the others. */
  private shownColumn({ field, name, nodes }: PlannedField, scope: Scope, isShown: Sql): Promise<ReadNode> {
    const value = sql`case when ${isShown} then ${scope.row[name]} end`;
    return this.value((field as NonNullable<PlannedField['field']>).type, value, nodes, scope);
  }

  /** The row that a relation of an entity leads to. */
  private async relation(
    type: GraphQLObjectType,
    { field, name, nodes }: PlannedField,
    scope: Scope,
    { meta }: BoundEntity,
  ): Promise<RowsNode> {
    const property = (meta.properties as Record<string, EntityProperty>)[name];
    const target = property?.kind === 'm:1' ? property.targetMeta?.class : undefined;
    if (!property || !target) throw new Error(`${type.name}.${name} cannot be read from a column`);
    const related = this.entityRows(this.of.plan.bindings.of(target), scope.rows);
    const join = relationJoin(property, scope.alias, related.alias);
    const orElse = field && isNonNullType(field.type) ? ABSENT : 'null';
    return this.entityRow(related, join, nodes, orElse);
  }

  /** An entity's table under a new alias. */
  entityRows(bound: BoundEntity, rows: number): Scope & { bound: BoundEntity } {
    const alias = this.nextAlias(rows);
    return { alias, rows, bound, row: rowOf(bound, alias) };
  }

  /** The row of an entity that meets a condition, as far as the viewer may see it. */
  async entityRow(
    scope: Scope & { bound: BoundEntity },
    where: Sql,
    nodes: readonly FieldNode[],
    orElse: OrElse,
  ): Promise<RowsNode> {
    const { bound, alias } = scope;
    return {
      kind: 'one',
      from: this.parameters.text(bound.table),
      alias,
      condition: this.parameters.text(and([where, bound.visible(alias, this.of.context.viewer)])),
      orderBy: '',
      limit: '',
      row: await this.entityObject(bound, nodes, scope),
      orElse,
    };
  }

  private async entityObject(
    bound: BoundEntity,
    nodes: readonly FieldNode[],
    scope: Scope,
  ): Promise<ReadNode> {
    return bound.variants
      ? this.variantObject(bound.variants, nodes, scope)
      : this.object(this.of.plan.objectType(bound.meta.className), nodes, scope);
  }

  /** An object of one of several types. What they are asked alike is read once, the rest for its types. */
  private async variantObject(
    variants: NonNullable<BoundEntity['variants']>,
    nodes: readonly FieldNode[],
    scope: Scope,
  ): Promise<VariantsNode> {
    const { types, layout, agree } = this.of.plan.variants(variants.types, nodes);
    for (const { object } of types) this.of.budget.select(object.fields.length);
    this.isInSelectionOrder &&= agree;
    const members: VariantMember[] = [];
    for (const { key, groups } of layout) {
      const described: VariantMember['groups'][number][] = [];
      for (const group of groups) {
        const child = await this.child(group.object.type, group.field, scope);
        described.push({ ...group, child });
      }
      members.push({ key, groups: described });
    }
    const discriminator = this.parameters.text(scope.row[variants.property] as Sql);
    return { kind: 'variants', scope, discriminator, types, members };
  }

  /** The object of one row of a source, for a field that returns such rows or a list of them. */
  rowObject(outputType: GraphQLOutputType, nodes: readonly FieldNode[], scope: Scope): Promise<ReadNode> {
    if (scope.bound) return this.entityObject(scope.bound, nodes, scope);
    return this.object(objectTypeOf(getNamedType(outputType)), nodes, scope);
  }

  /** The keys of an order, for the rows of a scope. */
  keys(description: Rows, scope: Scope): BoundKey[] {
    return description.orderBy.map((key) => {
      this.parameters.note(`${key.direction} ${key.type}`);
      return { key, value: this.parameters.text(key.by(scope.row)) };
    });
  }
}

function fieldOf({ name, field }: PlannedField): NonNullable<PlannedField['field']> {
  if (!field) throw new Error(`${name} has no definition`);
  return field;
}
