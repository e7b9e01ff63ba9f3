import type { FieldNode, GraphQLOutputType } from 'graphql';
import { type BoundEntity, rowOf, rowOfColumns } from './bindings.ts';
import { LIST_ESTIMATE } from './budget.ts';
import type { Describer } from './describe.ts';
import { describeConnection } from './describe-connection.ts';
import type { Rows } from './description.ts';
import { mayOrder } from './may-order.ts';
import { orderClause } from './order.ts';
import { objectTypeOf } from './plan.ts';
import { and } from './sql.ts';
import { NO_ROW, type OrElse, type ReadNode, type Scope } from './tree.ts';

/** The rows of a table or a subquery, below the row of `parent`: one, a list, or a page of them. */
export async function describeRows(
  describer: Describer,
  type: GraphQLOutputType,
  description: Rows,
  nodes: readonly FieldNode[],
  parent: Scope,
  orElse: OrElse,
): Promise<ReadNode> {
  const { parameters, of } = describer;
  const { source, kind } = description;
  const size = kind === 'one' ? 1 : (description.page?.size ?? description.limit ?? LIST_ESTIMATE);
  const rows = parent.rows * size;
  const alias = describer.nextAlias(rows * description.weight, description.sources);
  parameters.note(`${kind} ${orElse} ${description.absentWhen ? 'or nothing' : ''}`);
  const bound = 'entity' in source ? of.plan.bindings.of(source.entity) : undefined;
  const scope: Scope = bound
    ? { alias, rows, bound, row: rowOf(bound, alias) }
    : 'columns' in source
      ? {
          alias,
          rows,
          row: rowOfColumns(source.columns, alias),
          fields: source.fields,
          told: description.told,
        }
      : NO_ROW;
  const from = (): string =>
    parameters.text('entity' in source ? (bound as BoundEntity).table : source.subquery(parent.row));
  const condition = (): string =>
    parameters.text(
      and([
        bound && mayOrder(bound, description, scope, of.context.viewer),
        bound?.visible(alias, of.context.viewer),
        description.where?.(scope.row, parent.row),
      ]),
    );
  if (kind === 'connection') {
    const absent = description.absentWhen && parameters.text(description.absentWhen(parent.row));
    const connection = await describeConnection(describer, {
      type: objectTypeOf(type),
      description,
      nodes,
      scope,
      from,
      condition,
    });
    return { ...connection, absent, orElse };
  }
  return {
    kind,
    alias,
    from: from(),
    condition: condition(),
    orderBy: orderClause(describer.keys(description, scope), false),
    limit: description.limit === undefined ? '' : ` limit ${parameters.number(description.limit)}`,
    row: await describer.rowObject(type, nodes, scope),
    orElse,
  };
}
