import type { Row } from '../database.ts';
import type { Argument } from './plan.ts';

/**
 * Arguments of a question about usage that go together: at random, most would contradict one another, and all that
 * would be asked is how the hub says so.
 */
export function fitting(args: readonly Argument[]): Argument[] {
  const given = (name: string): unknown => args.find((one) => one.name === name && isGiven(one))?.value;
  const [metrics, groupBy] = [given('metrics'), given('groupBy')] as (string[] | undefined)[];
  const { from, to } = (given('period') ?? {}) as { from?: string | null; to?: string | null };
  const isCompared = Boolean(given('compareTo'));
  const whole: Argument = {
    name: 'period',
    value: { from: '2021-01-01', to: '2023-01-01' },
    form: 'literal',
  };
  const hasEnds = Boolean(from && to);
  const all = isCompared && !hasEnds ? [...args.filter(({ name }) => name !== 'period'), whole] : args;
  return all.flatMap((argument) => {
    const { name, value } = argument;
    if (name === 'having' && value && metrics?.[0]) {
      return [{ ...argument, value: { ...(value as object), metric: metrics[0] } }];
    }
    if (name === 'filter' && value) return [{ ...argument, value: ofOneMind(value as object) }];
    if (name === 'top' && !groupBy?.length) return [];
    if (name === 'orderBy' && String(value).startsWith('CHANGE') && !isCompared) return [];
    return [argument];
  });
}

/** The question that a published figure answers, in which it stands beside its cell. */
export function ofFigure(figure: Row): Argument[] {
  const of = { service_id: 'SERVICE', authority_id: 'AUTHORITY', category: 'CATEGORY' };
  const groupBy = Object.entries(of).flatMap(([column, dimension]) => (figure[column] ? [dimension] : []));
  const { metric_key, period_from, period_until } = figure;
  const values = { metrics: [metric_key], groupBy, period: { from: period_from, to: period_until } };
  return Object.entries(values).map(([name, value]) => ({ name, value, form: 'literal' }));
}

/** Where an empty list lets nothing through, the database may not come to look for what the rest names. */
function ofOneMind(filter: object): object {
  const empty = Object.entries(filter).filter(([, value]) => Array.isArray(value) && value.length === 0);
  return empty.length > 0 ? Object.fromEntries(empty) : filter;
}

function isGiven({ form }: Argument): boolean {
  return form !== 'variable without value';
}
