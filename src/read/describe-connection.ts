import { type FieldNode, type GraphQLObjectType, getNamedType } from 'graphql';
import type { Describer } from './describe.ts';
import type { Rows } from './description.ts';
import { sql } from './sql.ts';
import type { ConnectionNode, EdgeNode, ReadNode, Scope } from './tree.ts';

/**
 * A Relay connection: what the client asks of it, and no more. `from` and `condition` bind their values when
 * they are called: a connection of which nothing is read has no parameters.
 * Source: GraphQL Cursor Connections Specification, https://relay.dev/graphql/connections.htm
 */
export async function describeConnection(
  describer: Describer,
  of: {
    type: GraphQLObjectType;
    description: Rows;
    nodes: readonly FieldNode[];
    scope: Scope;
    from: () => string;
    condition: () => string;
  },
): Promise<Omit<ConnectionNode, 'absent' | 'orElse'>> {
  const { parameters } = describer;
  const { description, scope } = of;
  const { page } = description;
  if (!page) throw new Error('A connection has a page');
  const object = describer.selected(of.type, of.nodes);
  const names = new Set(object.fields.map(({ name }) => name));
  const readsRows = names.has('nodes') || names.has('edges') || names.has('pageInfo');
  const reads = readsRows || names.has('totalCount');

  const children: ConnectionNode['children'][number][] = [];
  let cursors = false;
  for (const { name, field, nodes } of object.fields) {
    if (field && name === 'nodes') children.push(await describer.rowObject(field.type, nodes, scope));
    else if (field && name === 'edges') {
      const type = getNamedType(field.type) as GraphQLObjectType;
      const edge = await describeEdge(describer, type, nodes, scope);
      cursors ||= edge.object.fields.some((own) => own.name === 'cursor');
      children.push(edge);
    } else if (field && name === 'pageInfo') {
      const info = describer.selected(getNamedType(field.type) as GraphQLObjectType, nodes);
      cursors ||= info.fields.some((own) => own.name === 'startCursor' || own.name === 'endCursor');
      children.push({ kind: 'pageInfo', object: info });
    } else children.push(undefined);
  }
  parameters.note(`${page.backward ? 'backward' : 'forward'} ${page.boundary ? 'from a boundary' : ''}`);
  return {
    kind: 'connection',
    object,
    alias: scope.alias,
    from: reads ? of.from() : '',
    condition: reads ? of.condition() : '',
    children,
    backward: page.backward,
    keys: readsRows ? describer.keys(description, scope) : [],
    size: readsRows ? parameters.number(page.size) : '',
    boundary: readsRows ? page.boundary?.map((value) => parameters.text(sql`${value}::text`)) : undefined,
    question: cursors ? parameters.text(sql`${page.question}::text`) : '',
  };
}

async function describeEdge(
  describer: Describer,
  type: GraphQLObjectType,
  edgeNodes: readonly FieldNode[],
  scope: Scope,
): Promise<EdgeNode> {
  const object = describer.selected(type, edgeNodes);
  const children: (ReadNode | undefined)[] = [];
  for (const { name, field, nodes } of object.fields) {
    children.push(
      field && name !== 'cursor' ? await describer.rowObject(field.type, nodes, scope) : undefined,
    );
  }
  return { kind: 'edge', object, children };
}
