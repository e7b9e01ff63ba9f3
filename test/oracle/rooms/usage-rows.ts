import { next, ratio, rounded, type Step, startOf, steps } from '../../metrics/arithmetic.ts';
import { type Asked, PossibleRefusal, Refusal } from '../asked.ts';
import type { Row } from '../database.ts';
import { allFacts, type Fact, type Span, total } from '../facts.ts';
import { countedSteps } from '../steps.ts';
import { type DimensionValue, valuesOf } from './dimensions.ts';
import { byAmount, type CountedRow, compare, inOrder, keyOf, thatHave } from './usage-order.ts';
import { conditionOf, earlierOf, moved, type Scope, type UsageMetricsArgs } from './usage-question.ts';

const MOST_ROWS = 2000;

function tooManyCells(): Refusal {
  return new Refusal(
    'TOO_MANY_CELLS',
    'This question has more than 2,000 cells: ask for fewer dimensions, a coarser granularity or a shorter period.',
    'groupBy',
  );
}

/** The rows of an answer, in their sequence. Throws TOO_MANY_CELLS. */
export function countedRows(args: UsageMetricsArgs, scope: Scope | undefined, asked: Asked): CountedRow[] {
  const answer = new Answer(args, scope, asked);
  const rows = answer.rows();
  if (rows.length > MOST_ROWS) throw tooManyCells();
  if (answer.mayBeTooMany) throw new PossibleRefusal(tooManyCells(), rows);
  return rows;
}

/** Amounts of the parts of a metric: one, or above and below the line of a ratio. */
type Parts = (bigint | null | undefined)[];

interface Cell extends Pick<CountedRow, 'bucket' | 'dimensions' | 'isOthers'> {
  parts: Parts;
  earlier: Parts;
}

class Answer {
  /** Where nothing can be counted, the database may not come to count the steps. */
  mayBeTooMany = false;
  private readonly counts: (fact: Fact) => boolean;
  private readonly groupBy: readonly string[];
  private readonly metrics: readonly Row[];
  private readonly span: Span;

  constructor(
    private readonly args: UsageMetricsArgs,
    scope: Scope | undefined,
    private readonly asked: Asked,
  ) {
    this.counts = conditionOf(args, scope, asked);
    this.groupBy = [...new Set(args.groupBy)];
    this.metrics = [...new Set(args.metrics)].map((key) => this.metric(key));
    this.span = { from: args.period?.from ?? null, to: args.period?.to ?? null };
  }

  rows(): CountedRow[] {
    const { args } = this;
    const largest = typeof args.top === 'number' ? this.largest(args.top) : undefined;
    const granularity = args.granularity ?? undefined;
    const known = this.metrics.flatMap((metric) =>
      this.rowsOf(metric, granularity, largest, earlierOf(args)),
    );
    const all = args.fillGaps && granularity ? this.withGaps(known, granularity) : known;
    return inOrder(thatHave(all, args.having), args);
  }

  private metric(key: unknown): Row {
    return this.asked.db.one('metric_definition', 'key', key) as Row;
  }

  /** Combinations with the largest value of the first metric over the whole period. */
  private largest(most: number): Set<string> {
    const ranked = this.rowsOf(this.metrics[0] as Row, undefined, undefined, undefined).sort(
      (a, b) => byAmount(b.value, a.value) || compareRanked(a.dimensions, b.dimensions),
    );
    return new Set(ranked.slice(0, most).map(({ dimensions }) => keyOf(dimensions)));
  }

  private rowsOf(
    metric: Row,
    granularity: Step | undefined,
    largest: Set<string> | undefined,
    earlier: ReturnType<typeof earlierOf>,
  ): CountedRow[] {
    const isRatio = metric.aggregation === 'RATIO';
    const parts = isRatio
      ? [this.metric(metric.numerator_key), this.metric(metric.denominator_key)]
      : [metric];
    const cells = new Map<string, Cell>();
    const cellOf = (cell: Pick<Cell, 'bucket' | 'dimensions' | 'isOthers'>): Cell => {
      const key = JSON.stringify([cell.bucket, cell.isOthers, keyOf(cell.dimensions)]);
      const found = cells.get(key) ?? { ...cell, parts: [], earlier: [] };
      cells.set(key, found);
      return found;
    };
    for (const [at, part] of parts.entries()) {
      for (const one of this.cellsOf(metric, part, this.span, granularity, largest))
        cellOf(one).parts[at] = one.amount;
      if (!earlier) continue;
      for (const one of this.cellsOf(metric, part, earlier, granularity, largest)) {
        const bucket = one.bucket && moved(one.bucket, earlier.shift, 1);
        // A 29th of February is compared with nothing in a year that has none.
        if (bucket && moved(bucket, earlier.shift, -1) !== one.bucket) continue;
        cellOf({ ...one, bucket }).earlier[at] = one.amount;
      }
    }
    return [...cells.values()].map(({ parts: amounts, earlier: before, ...cell }) => ({
      ...cell,
      metric: metric.key as string,
      value: this.valueOf(metric, amounts),
      previous: earlier ? this.valueOf(metric, before) : null,
    }));
  }

  private valueOf(metric: Row, [first, second]: Parts): bigint | null {
    if (metric.aggregation !== 'RATIO') {
      if (first === undefined || first === null) return isZeroWithout(metric) ? 0n : null;
      return rounded(first);
    }
    // What no funding is known of has no known cost.
    if (!first && this.metric(metric.numerator_key).source === 'FUNDINGS') return null;
    const share = ratio(first ?? 0n, second ?? 0n);
    return share === null ? null : rounded(share);
  }

  private cellsOf(
    metric: Row,
    part: Row,
    span: Span,
    granularity: Step | undefined,
    largest: Set<string> | undefined,
  ) {
    // An average is over the entries of another metric.
    const isAverage = metric.aggregation === 'AVERAGE';
    const counted = isAverage ? this.metric(metric.numerator_key) : part;
    const steps = countedSteps(this.asked.db, counted, span, granularity);
    if (!steps) {
      if (allFacts(this.asked.db, counted).some(this.counts)) throw tooManyCells();
      this.mayBeTooMany = true;
      return [];
    }
    return steps.flatMap(({ bucket, facts }) => {
      const isUse = ({ amount }: Fact): boolean => part.aggregation !== 'DISTINCT_PARTNERS' || amount !== 0n;
      const groups = this.grouped(facts.filter(this.counts).filter(isUse), largest);
      // Only what is asked for as a whole has a row without a record.
      if (groups.length === 0 && this.groupBy.length === 0 && !granularity)
        groups.push({ dimensions: [], isOthers: false, facts: [] });
      return groups.map(({ facts: ofGroup, ...group }) => ({
        ...group,
        bucket,
        amount: total(isAverage ? metric : part, ofGroup),
      }));
    });
  }

  /** Facts by the values of the dimensions; one counts in each of its combinations. */
  private grouped(facts: readonly Fact[], largest: Set<string> | undefined) {
    const groups = new Map<string, { dimensions: DimensionValue[]; isOthers: boolean; facts: Fact[] }>();
    const others = this.groupBy.map((dimension) => ({ dimension, value: null, label: null, key: null }));
    for (const fact of facts) {
      const combinations = this.groupBy.reduce<DimensionValue[][]>(
        (all, dimension) =>
          all.flatMap((one) => valuesOf(dimension, fact, this.asked).map((value) => [...one, value])),
        [[]],
      );
      for (const combination of combinations) {
        const isOthers = largest !== undefined && !largest.has(keyOf(combination));
        const dimensions = isOthers ? others : combination;
        const key = `${isOthers} ${keyOf(dimensions)}`;
        const group = groups.get(key) ?? { dimensions, isOthers, facts: [] };
        group.facts.push(fact);
        groups.set(key, group);
      }
    }
    return [...groups.values()];
  }

  /** A row in every step up to today for each combination that has one in any. */
  private withGaps(known: CountedRow[], granularity: Step): CountedRow[] {
    const tomorrow = next(this.asked.db.today, 'DAY');
    const until = this.span.to && this.span.to < tomorrow ? this.span.to : tomorrow;
    const since = this.span.from ?? known.map(({ bucket }) => bucket as string).sort()[0];
    if (!since) return known;
    const rowOf = ({ metric, isOthers, dimensions }: CountedRow): string =>
      JSON.stringify([metric, isOthers, keyOf(dimensions)]);
    const present = new Set(known.map((row) => `${row.bucket} ${rowOf(row)}`));
    const series = new Map(known.map((row) => [rowOf(row), row]));
    const buckets = steps(startOf(since, granularity), until, granularity).map(({ start }) => start);
    const missing = [...series].flatMap(([key, row]) => {
      const value = isZeroWithout(this.metric(row.metric)) ? 0n : null;
      return buckets
        .filter((bucket) => !present.has(`${bucket} ${key}`))
        .map((bucket) => ({ ...row, bucket, value, previous: this.args.compareTo ? value : null }));
    });
    return [...known, ...missing];
  }
}

/** Whether nothing of a metric is 0. */
function isZeroWithout({ kind, aggregation }: Row): boolean {
  return kind === 'FLOW' && aggregation !== 'RATIO' && aggregation !== 'AVERAGE';
}

/** Combinations of the same value are ranked by the keys of their records. */
function compareRanked(a: readonly DimensionValue[], b: readonly DimensionValue[]): number {
  return compare(a, b, (one) => one?.key ?? null);
}
