import { type FieldNode, type GraphQLObjectType, getNamedType } from 'graphql';
import { type Compiler, ROW_TYPE, type Scope } from './compiler.ts';
import type { AnyRow, OrderKeyOfAny, Rows } from './description.ts';
import { concat, objectJson } from './json.ts';
import { comparable, orderClause } from './order.ts';
import { and, join, raw, type Sql, sql } from './sql.ts';

/**
 * A Relay connection as one expression. One row more than the page is read to know whether there is a next
 * one; `totalCount` is its own count, and only when it is asked for.
 * Source: GraphQL Cursor Connections Specification, https://relay.dev/graphql/connections.htm
 */
export async function connectionJson(
  compiler: Compiler,
  of: {
    type: GraphQLObjectType;
    description: Rows;
    nodes: readonly FieldNode[];
    scope: Scope;
    from: Sql;
    condition: Sql;
  },
): Promise<Sql> {
  const { description, scope, from, condition } = of;
  const page = description.page;
  if (!page) throw new Error('A connection has a page');
  const keys = description.orderBy;
  const as = raw(`"${scope.alias}"`);
  const number = raw(`"${scope.alias}"."#"`);
  const size = sql`${page.size}::int`;
  const inPage = sql`filter (where ${number} <= ${size})`;
  const inOrder = page.backward ? sql` order by ${number} desc` : sql` order by ${number}`;
  const cursor = cursorText(keys, scope.row, page.question);

  const members: { key: string; value: Sql | string }[] = [
    { key: ROW_TYPE, value: JSON.stringify(of.type.name) },
  ];
  let readsRows = false;
  for (const [key, nodes] of compiler.selection(of.type, of.nodes)) {
    const name = (nodes[0] as FieldNode).name.value;
    const field = of.type.getFields()[name];
    if (name === '__typename') {
      members.push({ key, value: JSON.stringify(of.type.name) });
    } else if (name === 'totalCount') {
      members.push({ key, value: sql`(select count(*) from ${from} as ${as} where ${condition})::text` });
    } else if (field && name === 'nodes') {
      readsRows = true;
      const node = await compiler.rowObject(field.type, nodes, scope);
      members.push({ key, value: sql`${pageArray(node, inOrder, inPage)}` });
    } else if (field && name === 'edges') {
      readsRows = true;
      const edge = await edgeJson(
        compiler,
        getNamedType(field.type) as GraphQLObjectType,
        nodes,
        scope,
        cursor,
      );
      members.push({ key, value: sql`${pageArray(edge, inOrder, inPage)}` });
    } else if (field && name === 'pageInfo') {
      readsRows = true;
      const type = getNamedType(field.type) as GraphQLObjectType;
      members.push({ key, value: pageInfoJson(compiler, type, nodes, page, { number, size, cursor }) });
    }
  }
  const json = objectJson(members);
  if (!readsRows) return sql`(select ${json})`;

  const boundary = page.boundary && keysetCondition(keys, scope.row, page.boundary, page.backward);
  const order = orderClause(keys, scope.row, page.backward);
  const rows = sql`select ${as}.* from ${from} as ${as} where ${and([condition, boundary])}${order} limit ${page.size + 1}::int`;
  // `having` makes one row of it also where nothing that was asked for is an aggregate.
  return sql`(select ${json} from (select ${as}.*, row_number() over () as "#" from (${rows}) as ${as}) as ${as} having true)`;
}

function pageArray(element: Sql, inOrder: Sql, inPage: Sql): Sql {
  return sql`'[' || coalesce(string_agg(${element}, ','${inOrder}) ${inPage}, '') || ']'`;
}

async function edgeJson(
  compiler: Compiler,
  type: GraphQLObjectType,
  edgeNodes: readonly FieldNode[],
  scope: Scope,
  cursor: Sql,
): Promise<Sql> {
  const members: { key: string; value: Sql | string }[] = [
    { key: ROW_TYPE, value: JSON.stringify(type.name) },
  ];
  for (const [key, nodes] of compiler.selection(type, edgeNodes)) {
    const name = (nodes[0] as FieldNode).name.value;
    const field = type.getFields()[name];
    if (name === '__typename') members.push({ key, value: JSON.stringify(type.name) });
    else if (name === 'cursor') members.push({ key, value: concat(['"', cursor, '"']) });
    else if (field) members.push({ key, value: await compiler.rowObject(field.type, nodes, scope) });
  }
  return objectJson(members);
}

function pageInfoJson(
  compiler: Compiler,
  type: GraphQLObjectType,
  infoNodes: readonly FieldNode[],
  page: NonNullable<Rows['page']>,
  sqlOf: { number: Sql; size: Sql; cursor: Sql },
): Sql {
  const more = sql`(count(*) > ${sqlOf.size})::text`;
  // Past a boundary there was at least the row that the cursor was made of.
  const before = page.boundary ? 'true' : 'false';
  const first = sql`min(${sqlOf.number})`;
  const last = sql`least(max(${sqlOf.number}), ${sqlOf.size})`;
  const cursorAt = (position: Sql): Sql =>
    sql`coalesce('"' || (array_agg(${sqlOf.cursor} order by ${sqlOf.number}))[${position}] || '"', 'null')`;
  const members: { key: string; value: Sql | string }[] = [
    { key: ROW_TYPE, value: JSON.stringify(type.name) },
  ];
  for (const [key, nodes] of compiler.selection(type, infoNodes)) {
    switch ((nodes[0] as FieldNode).name.value) {
      case '__typename':
        members.push({ key, value: JSON.stringify(type.name) });
        break;
      case 'hasNextPage':
        members.push({ key, value: page.backward ? before : more });
        break;
      case 'hasPreviousPage':
        members.push({ key, value: page.backward ? more : before });
        break;
      case 'startCursor':
        members.push({ key, value: cursorAt(page.backward ? last : first) });
        break;
      case 'endCursor':
        members.push({ key, value: cursorAt(page.backward ? first : last) });
        break;
    }
  }
  return objectJson(members);
}

/** A key as text that {@link keysetCondition} can cast back without loss, whatever the session's DateStyle. */
function keyText(key: OrderKeyOfAny, of: AnyRow): Sql {
  const value = key.by(of);
  switch (key.type) {
    case 'text':
      return value;
    case 'date':
      return sql`to_char(${value}, 'YYYY-MM-DD')`;
    case 'timestamptz':
      return sql`(to_char(${value} at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.US') || '+00')`;
    default:
      return sql`(${value})::text`;
  }
}

/** `<question>.<base64url of the JSON array of the keys>` */
function cursorText(keys: Rows['orderBy'], of: AnyRow, question: string): Sql {
  const array = concat([
    '[',
    ...keys.flatMap((key, index) => [index === 0 ? '' : ',', sql`to_json(${keyText(key, of)})::text`]),
    ']',
  ]);
  return sql`${question}::text || '.' || translate(encode(convert_to(${array}, 'UTF8'), 'base64'), E'+/=\\n', '-_')`;
}

/** The rows past a boundary. Keys of one direction are compared as a row, which an index can follow. */
function keysetCondition(
  keys: Rows['orderBy'],
  of: AnyRow,
  boundary: readonly string[],
  backward: boolean,
): Sql {
  const columns = keys.map((key) => comparable(key, of));
  const values = keys.map((key, index) => sql`${boundary[index]}::text::${raw(key.type)}`);
  const operator = (key: OrderKeyOfAny): Sql => raw((key.direction === 'asc') !== backward ? '>' : '<');
  const first = keys[0] as OrderKeyOfAny;
  if (keys.every((key) => key.direction === first.direction)) {
    return sql`(${join(columns, ', ')}) ${operator(first)} (${join(values, ', ')})`;
  }
  const cases = keys.map((key, index) => {
    const equal = columns.slice(0, index).map((column, i) => sql`${column} = ${values[i]}`);
    return and([...equal, sql`${columns[index]} ${operator(key)} ${values[index]}`]);
  });
  return sql`(${join(cases, ' or ')})`;
}
