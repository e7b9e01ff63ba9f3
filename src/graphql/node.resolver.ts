import { Arg, ID, Query, Resolver } from 'type-graphql';
import { UserError } from '../errors.ts';
import { parseGlobalId } from '../ids.ts';
import { NodesById } from '../read/index.ts';
import { NodeType } from './node.type.ts';
import { LARGEST_PAGE } from './pages.ts';

function parsed(id: string, field: string): { prefix: string; id: string } {
  const node = parseGlobalId(id);
  if (!node) {
    throw new UserError(
      'INVALID_ID',
      `${JSON.stringify(id.slice(0, 80))} is no id of this hub: take it from an \`id\` field.`,
      field,
    );
  }
  return node;
}

@Resolver()
export class NodeResolver {
  @Query(() => NodeType, {
    nullable: true,
    description:
      'The record with a global id; null where there is none, or none that you may see. Errors: INVALID_ID.',
  })
  node(@Arg('id', () => ID, { description: 'Global id of the record.' }) id: string): NodesById {
    return new NodesById([parsed(id, 'id')], true);
  }

  @Query(() => [NodeType], {
    nullable: 'items',
    description: `The records with these global ids, in the same sequence, null where there is none; at most ${LARGEST_PAGE}. Errors: INVALID_ID, TOO_MANY_IDS.`,
  })
  nodes(@Arg('ids', () => [ID], { description: 'Global ids of the records.' }) ids: string[]): NodesById {
    if (ids.length > LARGEST_PAGE) {
      throw new UserError(
        'TOO_MANY_IDS',
        `${ids.length} ids at once: ask for at most ${LARGEST_PAGE}.`,
        'ids',
      );
    }
    return new NodesById(ids.map((id, index) => parsed(id, `ids.${index}`)));
  }
}
