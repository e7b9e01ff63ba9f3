import { type Argument, CursorPick, type Item, isField, type Plan } from './plan.ts';

/** Most trials for one failure. */
const MOST_TRIALS = 1500;

/**
 * Leaves out one part of a plan after the other for as long as it still fails, which ends with less than
 * fast-check's own shrinking does: that does not come back to what it has passed.
 * @param ask throws where a plan fails; a plan that makes no valid operation does not.
 * @returns the error of the smallest plan that was found.
 */
export async function smallestFailing(plan: Plan, ask: (plan: Plan) => Promise<void>): Promise<Error> {
  const errorOf = async (one: Plan): Promise<Error | undefined> => {
    try {
      await ask(one);
      return undefined;
    } catch (error) {
      return error as Error;
    }
  };
  let smallest = plan;
  let found = (await errorOf(plan)) ?? new Error('It did not fail when it was asked again.');
  let trials = 0;
  for (let isSmaller = true; isSmaller; ) {
    isSmaller = false;
    for (const candidate of smaller(smallest)) {
      trials += 1;
      if (trials > MOST_TRIALS) return found;
      const error = await errorOf(candidate);
      if (!error) continue;
      smallest = candidate;
      found = error;
      isSmaller = true;
      break;
    }
  }
  return found;
}

function* smaller(plan: Plan): Generator<Plan> {
  // Not without asking again: what the hub keeps of earlier trials would fail all the same, and not say why.
  for (const items of smallerItems(plan.items)) yield { ...plan, items };
  if (plan.token) yield { ...plan, token: false };
  if (plan.language !== 'FR') yield { ...plan, language: 'FR' };
}

/** Without one of the items, or with one of them smaller. */
function* smallerItems(items: readonly Item[]): Generator<Item[]> {
  if (items.length > 1) for (const at of items.keys()) yield items.toSpliced(at, 1);
  for (const [at, item] of items.entries()) for (const one of smallerItem(item)) yield items.with(at, one);
}

function* smallerItem(item: Item): Generator<Item> {
  if (item.directives.length > 0) yield { ...item, directives: [] };
  if (isField(item)) {
    if (item.renamed) yield { ...item, renamed: false };
    for (const args of smallerArguments(item.args)) yield { ...item, args };
  } else if (item.form !== 'inline') {
    yield { ...item, form: 'inline' };
  }
  for (const items of smallerItems(item.items)) yield { ...item, items };
  // Much below an object can often be replaced by the least that can be asked of it.
  const [first] = item.items;
  if (isField(item) && first && isField(first) && first.name !== '__typename')
    yield { ...item, items: [{ ...first, name: '__typename', args: [], items: [] }] };
}

/** Without one of the arguments, where it need not be given, or with one of them smaller. */
function* smallerArguments(args: readonly Argument[]): Generator<Argument[]> {
  for (const at of args.keys()) yield args.toSpliced(at, 1);
  for (const [at, argument] of args.entries()) {
    if (argument.form === 'variable') yield args.with(at, { ...argument, form: 'literal' });
    if (argument.variableMembers?.length) yield args.with(at, { ...argument, variableMembers: [] });
    for (const value of smallerValues(argument.value)) yield args.with(at, { ...argument, value });
  }
}

function* smallerValues(value: unknown): Generator<unknown> {
  if (value instanceof CursorPick) {
    if (value.place > 0) yield new CursorPick(0, value.from);
  } else if (Array.isArray(value)) {
    for (const at of value.keys()) yield value.toSpliced(at, 1);
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, member] of Object.entries(value)) {
      const { [name]: _, ...others } = value as Record<string, unknown>;
      yield others;
      for (const one of smallerValues(member)) yield { ...value, [name]: one };
    }
  }
}
