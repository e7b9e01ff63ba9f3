import { type FieldNode, type GraphQLOutputType, getNullableType, isListType, isNonNullType } from 'graphql';
import { UserError } from '../errors.ts';
import type { Describer } from './describe.ts';
import type { NodesById } from './description.ts';
import { identifier, sql } from './sql.ts';
import { ABSENT, type NodesNode, type RowsNode } from './tree.ts';

/**
 * Records of any kind by their ids: each kind that is asked for is one branch.
 * @throws UserError INVALID_ID for a kind that the hub does not have
 */
export async function describeNodes(
  describer: Describer,
  outputType: GraphQLOutputType,
  { ids, single }: NodesById,
  nodes: readonly FieldNode[],
): Promise<NodesNode> {
  const { parameters, of } = describer;
  const type = getNullableType(outputType);
  const alias = describer.nextAlias(ids.length);
  const branches: { prefix: string; row: RowsNode }[] = [];
  for (const prefix of [...new Set(ids.map((id) => id.prefix))].sort()) {
    const bound = of.plan.bindings.ofPrefix(prefix);
    if (!bound) {
      const field = single ? 'id' : `ids.${ids.findIndex((id) => id.prefix === prefix)}`;
      throw unknownKind(prefix, field);
    }
    parameters.note(prefix);
    const rows = describer.entityRows(bound, ids.length);
    const where = sql`${rows.row.id} = ${identifier(alias)}.id`;
    branches.push({ prefix, row: await describer.entityRow(rows, where, nodes, 'null') });
  }
  const asked = sql`unnest(${ids.map(({ prefix }) => prefix)}::text[], ${ids.map(({ id }) => id)}::uuid[])`;
  return {
    kind: 'nodes',
    alias,
    ids: branches.length > 0 ? parameters.text(asked) : '',
    branches,
    single,
    orElse: isNonNullType(isListType(type) ? type.ofType : outputType) ? ABSENT : 'null',
  };
}

function unknownKind(prefix: string, field: string): UserError {
  return new UserError('INVALID_ID', `There is no kind of record whose ids begin with "${prefix}_".`, field);
}
