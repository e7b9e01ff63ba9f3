import type { PlannedField } from './plan.ts';

/** Points of a mutation, and the items of its lists that cost one more. */
const MUTATION_POINTS = 10;
const ITEMS_A_POINT = 10;

/** Points with which a subscription begins; each of its events is charged like a question. */
export const SUBSCRIPTION_POINTS = 10;

/** What the mutations of an operation cost: 10 points each, and one for each 10 items begun in its lists. */
export function mutationPoints(
  fields: readonly Pick<PlannedField, 'field' | 'args'>[],
  variables: Record<string, unknown>,
): number {
  let points = 0;
  for (const { field, args } of fields) {
    if (field) points += MUTATION_POINTS + Math.ceil(itemsGiven(args, variables) / ITEMS_A_POINT);
  }
  return points;
}

function itemsGiven(args: PlannedField['args'], variables: Record<string, unknown>): number {
  try {
    return itemsIn(args(variables));
  } catch {
    // GraphQL refuses such arguments, and the mutation is not run.
    return 0;
  }
}

/** Items of all lists inside a value. */
function itemsIn(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  let items = Array.isArray(value) ? value.length : 0;
  for (const part of Object.values(value)) items += itemsIn(part);
  return items;
}
