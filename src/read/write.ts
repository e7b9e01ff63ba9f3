import type { EntityProperty } from '@mikro-orm/core';
import { type GraphQLLeafType, getNamedType, getNullableType, isListType, isNonNullType } from 'graphql';
import { columnOf } from './bindings.ts';
import { arrayPieces, concat, type Member, objectPieces, type Piece, quoted } from './json.ts';
import { leafJson, leafListJson, rawJson } from './leaf.ts';
import type { PlannedField, PlannedObject } from './plan.ts';
import {
  ABSENT,
  type NodesNode,
  type ObjectNode,
  type ReadNode,
  type RowsNode,
  type Scope,
  type VariantsNode,
} from './tree.ts';
import { ConnectionWriter } from './write-connection.ts';

/** Member of every object that resolvers go on from: it names the object type, and that SQL made it. */
export const ROW_TYPE = '$t';

/** Beginning of the members that hold what computed fields need of their row. */
export const NEEDED = '$c:';

/** Writes a tree as SQL whose value is JSON text and never NULL. */
export class Writer {
  /** @param marked whether resolvers go on from the objects: they then carry their type and computed needs. */
  constructor(private readonly marked: boolean) {}

  /** What a node is written as, to stand between other pieces. */
  pieces(node: ReadNode): readonly Piece[] {
    switch (node.kind) {
      case 'known':
        return [node.text];
      case 'leaf': {
        const json = node.isList ? leafListJson(node.value) : leafJson(node.type, node.value);
        return [{ sql: `coalesce(${concat(json)}, ${quoted(node.orElse)})` }];
      }
      case 'object':
        return unless(node, this.object(node));
      case 'variants':
        return this.variants(node);
      case 'elements': {
        const items = node.items.flatMap((item, index): Piece[] => [
          { json: index === 0 ? '' : ',' },
          ...this.pieces(item),
        ]);
        return [{ json: '[' }, ...items, { json: ']' }];
      }
      case 'one':
        return [{ sql: `coalesce((${this.select(node)}), ${quoted(node.orElse)})` }];
      case 'list': {
        // The aggregate takes the rows in the sequence in which the ordered subquery gives them.
        const rows = `(select "${node.alias}".* from ${source(node)}) as "${node.alias}"`;
        return arrayPieces(`(select string_agg(${this.text(node.row)}, ',') from ${rows})`);
      }
      case 'connection':
        return unless(node, new ConnectionWriter(this, node).pieces());
      case 'nodes':
        return this.nodes(node);
    }
  }

  /** A node as one SQL expression. */
  text(node: ReadNode): string {
    return concat(this.pieces(node));
  }

  /** The members that an object of a type begins with. */
  marks(type: { name: string }): Member[] {
    return this.marked ? [{ key: ROW_TYPE, value: [{ json: JSON.stringify(type.name) }] }] : [];
  }

  private object({ object, scope, children }: ObjectNode): readonly Piece[] {
    const members = this.marks(object.type);
    object.fields.forEach((planned, index) => {
      const value = this.member(object, planned, children[index], scope);
      if (value) members.push({ key: planned.key, value });
    });
    if (this.marked) members.push(...needed([object], scope));
    return objectPieces(members);
  }

  /** The value of a selected field; none for a computed one, which its resolver adds. */
  private member(
    { type }: PlannedObject,
    planned: PlannedField,
    child: ReadNode | undefined,
    scope: Scope,
  ): readonly Piece[] | undefined {
    if (child) return this.pieces(child);
    if (planned.needs) return undefined;
    if (!planned.field) return [{ json: JSON.stringify(type.name) }];
    return column(planned.field, scope);
  }

  private variants({ scope, discriminator, types, members }: VariantsNode): readonly Piece[] {
    const names = types.map(
      ({ value, object }) => `when ${quoted(value)} then ${quoted(JSON.stringify(object.type.name))}`,
    );
    const typeName = { sql: `case ${discriminator} ${names.join(' ')} end` };
    const pieces: Piece[] = this.marked ? [{ json: `,${JSON.stringify(ROW_TYPE)}:` }, typeName] : [];
    for (const { key, groups } of members) {
      const name = { json: `,${JSON.stringify(key)}:` };
      const branches: string[] = [];
      for (const { values, object, field, child } of groups) {
        const value = field.field ? this.member(object, field, child, scope) : [typeName];
        if (!value) continue;
        if (values.length === types.length) pieces.push(name, ...value);
        else {
          const own = values.map(quoted).join(', ');
          branches.push(`when ${discriminator} in (${own}) then ${concat([name, ...value])}`);
        }
      }
      if (branches.length > 0) pieces.push({ sql: `case ${branches.join(' ')} else '' end` });
    }
    if (this.marked) {
      const objects = types.map(({ object }) => object);
      for (const { key, value } of needed(objects, scope)) {
        pieces.push({ json: `,${JSON.stringify(key)}:` }, ...value);
      }
    }
    const [first, ...rest] = pieces;
    // Every member begins with a comma; that of the first one is taken off, here or in SQL.
    if (first && 'json' in first) {
      return [{ json: `{${first.json.slice(1)}` }, ...rest, { json: '}' }];
    }
    return [{ json: '{' }, { sql: `substr(${concat([...pieces, { json: '' }])}, 2)` }, { json: '}' }];
  }

  private select(node: RowsNode): string {
    return `select ${this.text(node.row)} from ${source(node)}`;
  }

  private nodes({ alias, ids, branches, single, orElse }: NodesNode): readonly Piece[] {
    if (branches.length === 0) return [{ json: '[]' }];
    const rows = branches.map(({ prefix, row }) => `when ${quoted(prefix)} then (${this.select(row)})`);
    const element = `coalesce(case "${alias}".prefix ${rows.join(' ')} end, ${quoted(orElse)})`;
    const asked = `${ids} with ordinality as "${alias}"(prefix, id, n)`;
    if (single) return [{ sql: `coalesce((select ${element} from ${asked}), ${quoted(orElse)})` }];
    return arrayPieces(`(select string_agg(${element}, ',' order by "${alias}".n) from ${asked})`);
  }
}

/** Pieces that give nothing where a condition holds. */
function unless(
  { absent, orElse }: { absent: string | undefined; orElse: string },
  pieces: readonly Piece[],
) {
  if (!absent) return pieces;
  return [{ sql: `case when ${absent} then ${quoted(orElse)} else ${concat(pieces)} end` }];
}

function source({ from, alias, condition, orderBy, limit }: RowsNode): string {
  return `${from} as "${alias}" where ${condition}${orderBy}${limit}`;
}

/** The JSON text of a column of an entity's row. */
function column(field: NonNullable<PlannedField['field']>, { bound, row, alias }: Scope): readonly Piece[] {
  const property = bound && (bound.meta.properties as Record<string, EntityProperty>)[field.name];
  if (!property || columnOf(bound.meta, field.name) === undefined) {
    throw new Error(`${field.name} of ${alias} is neither a column nor described`);
  }
  const value = row[field.name]?.texts[0] as string;
  if (field.name === 'id' && bound.idPrefix) {
    return [{ json: `"${bound.idPrefix}_` }, { sql: value }, { json: '"' }];
  }
  const json = isListType(getNullableType(field.type))
    ? leafListJson(value)
    : leafJson(getNamedType(field.type) as GraphQLLeafType, value);
  if (!property.nullable) return json;
  return [{ sql: `coalesce(${concat(json)}, ${quoted(isNonNullType(field.type) ? ABSENT : 'null')})` }];
}

/** The columns that the computed fields of a selection take, each once. */
function needed(objects: readonly PlannedObject[], { row }: Scope): Member[] {
  const names = new Set(objects.flatMap(({ fields }) => fields.flatMap(({ needs }) => needs ?? [])));
  return [...names].map((name) => ({
    key: `${NEEDED}${name}`,
    value: [{ sql: `coalesce(${rawJson(row[name]?.texts[0] as string)}, 'null')` }],
  }));
}
