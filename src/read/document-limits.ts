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

/** Most times that the schema is asked for: each answer is as long as the schema. */
const MOST_INTROSPECTIONS = 10;

interface Extent {
  levels: number;
  aliases: number;
  introspections: number;
}

const NOTHING: Extent = { levels: 0, aliases: 0, introspections: 0 };

/** Why an operation is refused for its document; undefined when it is not. Fragments count where they are used. */
export function refusalOf(
  operation: OperationDefinitionNode,
  fragments: Record<string, FragmentDefinitionNode>,
): UserError | undefined {
  const extents = new Map<string, Extent>();
  const { levels, aliases, introspections } = extentOf(operation.selectionSet);
  if (introspections > MOST_INTROSPECTIONS) {
    return tooLarge(`asks ${introspections} times for the schema, and ${MOST_INTROSPECTIONS} are allowed`);
  }
  if (levels > MOST_LEVELS) {
    return tooLarge(`is ${levels} levels deep, and ${MOST_LEVELS} are allowed: start from a nearer record`);
  }
  if (aliases > MOST_ALIASES) {
    return tooLarge(`has ${aliases} aliases, and ${MOST_ALIASES} are allowed: ask in several requests`);
  }
  return undefined;

  function extentOf(selectionSet: SelectionSetNode): Extent {
    const extent = { ...NOTHING };
    for (const selection of selectionSet.selections) {
      const inner = innerOf(selection);
      const isField = selection.kind === Kind.FIELD;
      // How deep introspection goes is bounded by graphql-js.
      const isIntrospection = isField && /^__(schema|type)$/.test(selection.name.value);
      if (isIntrospection) extent.introspections += 1;
      else extent.levels = Math.max(extent.levels, inner.levels + (isField ? 1 : 0));
      extent.introspections += inner.introspections;
      extent.aliases += inner.aliases + (isField && selection.alias ? 1 : 0);
    }
    return extent;
  }

  function innerOf(selection: SelectionSetNode['selections'][number]): Extent {
    if (selection.kind !== Kind.FRAGMENT_SPREAD) {
      return selection.selectionSet ? extentOf(selection.selectionSet) : NOTHING;
    }
    const name = selection.name.value;
    let extent = extents.get(name);
    if (!extent) {
      const fragment = fragments[name];
      extent = fragment ? extentOf(fragment.selectionSet) : NOTHING;
      extents.set(name, extent);
    }
    return extent;
  }
}

function tooLarge(what: string): UserError {
  return new UserError('QUERY_TOO_LARGE', `This operation ${what}.`);
}
