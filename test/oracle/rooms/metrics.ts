import { decimal, type Step } from '../../metrics/arithmetic.ts';
import { type Asked, PossibleRefusal, type Read, Refusal, type Room, same } from '../asked.ts';
import type { Row } from '../database.ts';
import { allFacts, countedSteps, type Fact, total } from '../facts.ts';
import { checkPeriod, type DateRange, isIn, keyOf, mustExist } from '../values.ts';
import { type DimensionValue, valuesOf } from './dimensions.ts';
import { checkPartnerFilter, type PartnerFilter, partnersThatMeet } from './partner-filter.ts';

interface UsageMetricsArgs {
  metrics: string[];
  period?: DateRange | null;
  groupBy?: string[] | null;
  granularity?: Step | null;
  filter?: {
    services?: string[] | null;
    serviceKinds?: string[] | null;
    categories?: string[] | null;
    partners?: PartnerFilter | null;
  } | null;
}

const MOST_ROWS = 2000;

function check({ metrics, period, groupBy, filter }: UsageMetricsArgs): void {
  checkPeriod(period, 'period');
  const distinct = new Set(metrics).size;
  if (distinct < 1 || distinct > 6)
    throw new Refusal('TOO_MANY_METRICS', 'Ask for 1 to 6 metrics at a time.', 'metrics');
  if (new Set(groupBy).size > 3)
    throw new Refusal('TOO_MANY_DIMENSIONS', 'Ask for at most 3 dimensions at a time.', 'groupBy');
  for (const [at, id] of (filter?.services ?? []).entries()) keyOf('service', id, `filter.services.${at}`);
  checkPartnerFilter(filter?.partners, 'filter.partners');
}

/** Which facts count. */
function conditionOf({ filter }: UsageMetricsArgs, asked: Asked): (fact: Fact) => boolean {
  const services = filter?.services?.map((id, at) => keyOf('service', id, `filter.services.${at}`));
  if (services) mustExist(asked, 'shared_service', services, 'services');
  const partners = new Set(partnersThatMeet(asked.db.all('partner'), filter?.partners, asked));
  return ({ partner, service, category }) =>
    partners.has(partner) &&
    isIn(services, service.id) &&
    isIn(filter?.serviceKinds, service.kind) &&
    isIn(filter?.categories, category);
}

function tooManyCells(): Refusal {
  return new Refusal(
    'TOO_MANY_CELLS',
    'This question has more than 2,000 cells: ask for fewer dimensions, a coarser granularity or a shorter period.',
    'groupBy',
  );
}

function rows(args: UsageMetricsArgs, asked: Asked) {
  const counts = conditionOf(args, asked);
  const { granularity } = args;
  const groupBy = [...new Set(args.groupBy)];
  const span = { from: args.period?.from ?? null, to: args.period?.to ?? null, granularity };
  // Where nothing can be counted, the database may not come to count the steps.
  let mayBeTooMany = false;
  const answer = [...new Set(args.metrics)].flatMap((key) => {
    const metric = asked.db.one('metric_definition', 'key', key) as Row;
    const steps = countedSteps(asked.db, metric, span);
    if (!steps) {
      if (allFacts(asked.db, metric).some(counts)) throw tooManyCells();
      mayBeTooMany = true;
      return [];
    }
    return steps.flatMap(({ from, to, facts }) => {
      const groups = grouped(facts.filter(counts), groupBy, asked);
      // Only what is asked for as a whole has a row without a record.
      if (groups.length === 0 && groupBy.length === 0 && !granularity)
        groups.push({ dimensions: [], facts: [] });
      return groups.map((group) => ({
        metric: key,
        period: { from, to },
        dimensions: group.dimensions,
        cell: { value: decimal(total(metric, group.facts)), status: 'OK' },
      }));
    });
  });
  if (answer.length > MOST_ROWS) throw tooManyCells();
  if (mayBeTooMany) throw new PossibleRefusal(tooManyCells(), answer);
  return answer;
}

interface Group {
  dimensions: DimensionValue[];
  facts: Fact[];
}

/** Facts by the values of the dimensions; one counts in each of its combinations. */
function grouped(facts: readonly Fact[], dimensions: readonly string[], asked: Asked): Group[] {
  const groups = new Map<string, Group>();
  for (const fact of facts) {
    const combinations = dimensions.reduce<DimensionValue[][]>(
      (all, dimension) =>
        all.flatMap((one) => valuesOf(dimension, fact, asked).map((value) => [...one, value])),
      [[]],
    );
    for (const combination of combinations) {
      const key = JSON.stringify(combination.map(({ value }) => value));
      const group = groups.get(key) ?? { dimensions: combination, facts: [] };
      group.facts.push(fact);
      groups.set(key, group);
    }
  }
  return [...groups.values()].sort((a, b) => compare(a.dimensions, b.dimensions));
}

/** By the values in their sequence; what has none comes last. */
function compare(a: readonly DimensionValue[], b: readonly DimensionValue[]): number {
  for (const [at, { value: left }] of a.entries()) {
    const right = b[at]?.value ?? null;
    if (left === right) continue;
    if (left === null) return 1;
    if (right === null) return -1;
    return left < right ? -1 : 1;
  }
  return 0;
}

/** The definitions in the sequence in which they were asked for. */
const metricsAskedFor: Read = (answer, _, { db }) =>
  [...new Set((answer as unknown as UsageMetricsArgs).metrics)].map((key) =>
    db.one('metric_definition', 'key', key),
  );

/** Usage, added up. */
export const metricsRoom: Room = {
  fields: {
    Query: { usageMetrics: { check, read: (_, args: UsageMetricsArgs) => args } },
    UsageMetrics: {
      metrics: metricsAskedFor,
      rows: (answer, _, asked) => rows(answer as unknown as UsageMetricsArgs, asked),
    },
    UsageMetricsRow: same('metric', 'dimensions', 'period', 'cell'),
    DimensionValue: same('dimension', 'value', 'label'),
    MetricCell: same('value', 'status'),
  },
};
