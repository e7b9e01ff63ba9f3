import {
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { UserError } from '../errors.ts';

/*
 * What a document alone tells of an operation's size, before its arguments are looked at. What its pages come to
 * is the budget's (budget.ts), and how long a document may be is said where it is parsed.
 */

/** Most fields inside one another; the deepest of schema/operations has half as many. */
const MOST_LEVELS = 16;

/** Most fields under another name. A page for every service of a dashboard is some dozens. */
const MOST_ALIASES = 100;

interface Extent {
  levels: number;
  aliases: number;
}

/** Why an operation is refused for its document; undefined when it is not. Fragments count where they are used. */
export function refusalOf(
  operation: OperationDefinitionNode,
  fragments: Record<string, FragmentDefinitionNode>,
): UserError | undefined {
  // Introspection is bounded by graphql-js itself.
  const extents = new Map<string, Extent>();
  const { levels, aliases } = extentOf(operation.selectionSet);
  if (levels > MOST_LEVELS) {
    return tooLarge(`is ${levels} levels deep, and ${MOST_LEVELS} are allowed: start from a nearer record`);
  }
  if (aliases > MOST_ALIASES) {
    return tooLarge(`has ${aliases} aliases, and ${MOST_ALIASES} are allowed: ask in several requests`);
  }
  return undefined;

  function extentOf(selectionSet: SelectionSetNode): Extent {
    const extent = { levels: 0, aliases: 0 };
    for (const selection of selectionSet.selections) {
      if (selection.kind === Kind.FIELD && selection.name.value.startsWith('__')) continue;
      const inner = innerOf(selection);
      const isField = selection.kind === Kind.FIELD;
      extent.levels = Math.max(extent.levels, inner.levels + (isField ? 1 : 0));
      extent.aliases += inner.aliases + (isField && selection.alias ? 1 : 0);
    }
    return extent;
  }

  function innerOf(selection: SelectionSetNode['selections'][number]): Extent {
    if (selection.kind !== Kind.FRAGMENT_SPREAD) {
      return selection.selectionSet ? extentOf(selection.selectionSet) : { levels: 0, aliases: 0 };
    }
    const name = selection.name.value;
    let extent = extents.get(name);
    if (!extent) {
      const fragment = fragments[name];
      extent = fragment ? extentOf(fragment.selectionSet) : { levels: 0, aliases: 0 };
      extents.set(name, extent);
    }
    return extent;
  }
}

function tooLarge(what: string): UserError {
  return new UserError('QUERY_TOO_LARGE', `This operation ${what}.`);
}
