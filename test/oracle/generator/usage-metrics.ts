import type { Argument } from './plan.ts';

/**
 * Arguments of a question about usage that go together: at random, most would contradict one another, and all that
 * would be asked is how the hub says so.
 */
export function fitting(args: readonly Argument[]): Argument[] {
  const given = (name: string): unknown => args.find((one) => one.name === name && isGiven(one))?.value;
  const [metrics, groupBy] = [given('metrics'), given('groupBy')] as (string[] | undefined)[];
  const { from, to } = (given('period') ?? {}) as { from?: string | null; to?: string | null };
  const isCompared = Boolean(from && to && given('compareTo'));
  return args.flatMap((argument) => {
    const { name, value } = argument;
    if (name === 'having' && value && metrics?.[0]) {
      return [{ ...argument, value: { ...(value as object), metric: metrics[0] } }];
    }
    if (name === 'filter' && value) return [{ ...argument, value: ofOneMind(value as object) }];
    if (name === 'top' && !groupBy?.length) return [];
    if (name === 'compareTo' && !isCompared) return [];
    if (name === 'orderBy' && String(value).startsWith('CHANGE') && !isCompared) return [];
    return [argument];
  });
}

/** Where an empty list lets nothing through, the database may not come to look for what the rest names. */
function ofOneMind(filter: object): object {
  const empty = Object.entries(filter).filter(([, value]) => Array.isArray(value) && value.length === 0);
  return empty.length > 0 ? Object.fromEntries(empty) : filter;
}

function isGiven({ form }: Argument): boolean {
  return form !== 'variable without value';
}
