import type { EntityMetadata, EntityName, EntityProperty } from '@mikro-orm/core';
import type { RowRule, Way } from '../database/row-security.ts';
import type { AnyRow } from './description.ts';
import { type RowPolicy, waysFor } from './row-policy.ts';
import { and, identifier, raw, type Sql } from './sql.ts';

/** How an entity appears in the schema. A GraphQL type is bound to its entity by name. */
export interface Binding {
  entity: EntityName<object>;
  /** Prefix of the entity's global ids (`partner` in `partner_<uuid>`); none for what is not a Node. */
  idPrefix?: string;
  /** Which rows a viewer sees. */
  rule: RowRule;
  /** Columns that not everybody sees who sees the row: who does. To the others they are null. */
  fields?: Readonly<Record<string, readonly Way[]>>;
  /** For an entity behind an interface: the property that tells which object type a row is. */
  variants?: { property: string; types: Readonly<Record<string, string>> };
}

/** Keeps the entity's type while a room writes its binding, and forgets it for the list of all of them. */
export function bind<T extends object>(binding: {
  entity: EntityName<T>;
  idPrefix?: string;
  rule: RowRule;
  fields?: { readonly [P in keyof T & string]?: readonly Way[] };
  variants?: { property: keyof T & string; types: Readonly<Record<string, string>> };
}): Binding {
  return binding as unknown as Binding;
}

export interface BoundEntity extends Binding {
  /** Which rows of the entity under an alias a viewer sees; `undefined` is all of them. */
  visible: RowPolicy;
  /** Whether the database may hold synthetic rows. */
  holdsSynthetic: boolean;
  /** For each column that not everybody sees, whether the viewer does. */
  shown: Readonly<Record<string, RowPolicy>>;
  meta: EntityMetadata;
  /** The entity's table. */
  table: Sql;
  /** The row under an alias, by the alias: they are few, and every operation begins with the same ones. */
  rows: Map<string, AnyRow>;
}

/** The bindings of all rooms, joined with the ORM's metadata. */
export class Bindings {
  private readonly byMeta = new Map<EntityMetadata, BoundEntity>();
  private readonly byPrefix = new Map<string, BoundEntity>();

  constructor(
    bindings: readonly Binding[],
    private readonly metadata: { find(entity: EntityName<object>): EntityMetadata | undefined },
    /** Whether the database may hold synthetic rows: a hub in operation refuses them, and needs not look. */
    { holdsSynthetic = true } = {},
  ) {
    const seen = (ways: readonly Way[]): RowPolicy =>
      waysFor(holdsSynthetic ? ways : ways.filter((way) => !('synthetic' in way)));
    for (const binding of bindings) {
      const meta = metadata.find(binding.entity);
      if (!meta)
        throw new Error(`The entity of a binding is not registered with the ORM: ${String(binding.entity)}`);
      const bound = {
        ...binding,
        visible: seen(binding.rule.see),
        shown: Object.fromEntries(
          Object.entries(binding.fields ?? {}).map(([name, ways]) => [name, seen(ways)]),
        ),
        holdsSynthetic,
        meta,
        table: identifier(meta.tableName),
        rows: new Map(),
      };
      this.byMeta.set(meta, bound);
      if (binding.idPrefix) this.byPrefix.set(binding.idPrefix, bound);
    }
  }

  of(entity: EntityName<object>): BoundEntity {
    const meta = this.metadata.find(entity);
    const bound = meta && this.byMeta.get(meta);
    if (!bound) throw new Error(`No binding for entity ${String(entity)}: list it in its room's index.ts`);
    return bound;
  }

  ofPrefix(prefix: string): BoundEntity | undefined {
    return this.byPrefix.get(prefix);
  }

  /** The entity that a GraphQL type is bound to: by its own name, or as a variant of an interface's entity. */
  ofType(typeName: string): BoundEntity | undefined {
    for (const bound of this.byMeta.values()) {
      if (bound.meta.className === typeName) return bound;
      if (bound.variants && Object.values(bound.variants.types).includes(typeName)) return bound;
    }
    return undefined;
  }
}

/** The column of a property that has exactly one. */
export function columnOf(meta: EntityMetadata, property: string): string | undefined {
  const names = (meta.properties as Record<string, EntityProperty>)[property]?.fieldNames;
  return names?.length === 1 ? names[0] : undefined;
}

/** The columns of an entity's row under an alias, by property name; each is looked up once. */
export function rowOf(bound: BoundEntity, alias: string): AnyRow {
  let row = bound.rows.get(alias);
  if (!row) {
    row = new Proxy({} as Record<string, Sql>, {
      get(columns, name) {
        if (typeof name !== 'string') return undefined;
        columns[name] ??= columnSql(bound.meta, alias, name);
        return columns[name];
      },
    });
    bound.rows.set(alias, row);
  }
  return row;
}

function columnSql(meta: EntityMetadata, alias: string, name: string): Sql {
  const prefix = `"${alias}".`;
  const property = (meta.properties as Record<string, EntityProperty>)[name];
  if (!property) throw new Error(`${meta.className} has no property ${name}`);
  if (property.embeddedProps && Object.keys(property.embeddedProps).length > 0) {
    return Object.fromEntries(
      Object.entries(property.embeddedProps as Record<string, EntityProperty>).map(([part, own]) => [
        part,
        raw(`${prefix}${identifier(own.fieldNames[0] as string).texts[0]}`),
      ]),
    ) as unknown as Sql;
  }
  // A relation that shares the partner's column with its owner: its own key is the last column.
  const column = property.fieldNames.at(-1);
  if (!column) throw new Error(`${meta.className}.${name} has no column`);
  return raw(`${prefix}${identifier(column).texts[0]}`);
}

/** The columns of a subquery's row under an alias. */
export function rowOfColumns(columns: readonly string[], alias: string): AnyRow {
  return Object.fromEntries(
    columns.map((column) => [column, raw(`"${alias}".${identifier(column).texts[0]}`)]),
  ) as AnyRow;
}

/** The join from a row's relation to the related row's key, column by column. */
export function relationJoin(property: EntityProperty, fromAlias: string, toAlias: string): Sql {
  const own = property.joinColumns ?? property.fieldNames;
  return and(
    own.map((column, index) =>
      raw(
        `"${toAlias}".${identifier(property.referencedColumnNames[index] as string).texts[0]} = "${fromAlias}".${identifier(column).texts[0]}`,
      ),
    ),
  );
}
