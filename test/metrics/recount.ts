import type { TestHub } from '../support/hub.ts';
import { next, ONE, ratio, type Step, shown, startOf, steps } from './arithmetic.ts';
import type { Definition, Fact, Partner } from './facts.ts';
import { KnownFacts, type Span } from './known-facts.ts';

/**
 * An independent recount of usage: every row is read with plain SQL, and TypeScript adds up. It shares no
 * code with the hub, and works in whole numbers of a fine grain so that nothing is rounded before it is shown.
 */
export interface Question {
  metric: string;
  from?: string | null;
  to?: string | null;
  granularity?: Step | null;
  groupBy: string[];
  services?: string[];
  serviceKinds?: string[];
  categories?: string[];
  sectors?: string[];
  sizeBands?: string[];
  territories?: string[];
}

export interface CountedRow {
  period: { from: string | null; to: string | null };
  values: (string | null)[];
  value: string | null;
}

/** A row of one metric, or of one part of a ratio. */
interface Cell {
  period: Span;
  values: (string | null)[];
  amount: bigint | null;
}

const MOST_ROWS = 2000;

export class Recount {
  private constructor(private readonly known: KnownFacts) {}

  static async of(hub: TestHub): Promise<Recount> {
    return new Recount(await KnownFacts.of(hub));
  }

  /** The rows of the answer in their sequence; undefined where they are more than may be asked for. */
  rows(question: Question): CountedRow[] | undefined {
    const metric = this.definition(question.metric);
    const cells =
      metric.aggregation === 'RATIO' ? this.ratios(metric, question) : this.cells(metric, question);
    if (!cells || cells.length > MOST_ROWS) return undefined;
    return cells
      .sort((a, b) => byDay(a.period.from, b.period.from) || byValues(a.values, b.values))
      .map(({ period, values, amount }) => ({
        period,
        values,
        value: amount === null ? null : shown(amount),
      }));
  }

  private definition(key: string | null): Definition {
    const definition = this.known.definitions.get(key as string);
    if (!definition) throw new Error(`There is no metric ${key}`);
    return definition;
  }

  /** A ratio of sums: a combination that only one of its parts has is a row, too. */
  private ratios(metric: Definition, question: Question): Cell[] | undefined {
    const above = this.definition(metric.numerator);
    const parts = [above, this.definition(metric.denominator)].map((part) => this.cells(part, question));
    const rows = new Map<string, Cell & { amounts: [bigint, bigint] }>();
    for (const [at, cells] of parts.entries()) {
      if (!cells) return undefined;
      for (const { period, values, amount } of cells) {
        const key = JSON.stringify([period, values]);
        const row = rows.get(key) ?? { period, values, amount: null, amounts: [0n, 0n] };
        row.amounts[at] = amount as bigint;
        rows.set(key, row);
      }
    }
    return [...rows.values()].map(({ amounts: [sum, below], ...row }) => {
      // What no funding is known of has no known cost.
      const isUnknown = above.source === 'FUNDINGS' && sum === 0n;
      return { ...row, amount: isUnknown ? null : ratio(sum, below) };
    });
  }

  private cells(metric: Definition, question: Question): Cell[] | undefined {
    // An average is over the entries of another metric.
    const counted = metric.aggregation === 'AVERAGE' ? this.definition(metric.numerator) : metric;
    const dimensions = [...new Set(question.groupBy)];
    const isWhole = dimensions.length === 0 && !question.granularity;
    const steps = this.steps(counted, question);
    return steps?.flatMap(({ facts, ...period }) => {
      const groups = new Map<string, Fact[]>(isWhole ? [['[]', []]] : []);
      for (const fact of facts.filter((one) => this.meets(one, question))) {
        if (metric.aggregation === 'DISTINCT_PARTNERS' && fact.amount === 0n) continue;
        for (const values of this.valuesOf(fact, dimensions)) {
          const key = JSON.stringify(values);
          groups.set(key, groups.get(key) ?? []);
          groups.get(key)?.push(fact);
        }
      }
      return [...groups].map(([key, group]) => ({
        period,
        values: JSON.parse(key) as (string | null)[],
        amount: amountOf(metric, group),
      }));
    });
  }

  /** The steps of a series with their facts; undefined where they are too many. */
  private steps(metric: Definition, question: Question): (Span & { facts: Fact[] })[] | undefined {
    const { from = null, to = null, granularity } = question;
    if (!granularity) return [{ from, to, facts: this.known.within(metric, { from, to }) }];
    // What has no category has no step where one is asked for, however many there would be.
    if (question.categories && !/USAGE/.test(metric.source)) return [];
    const { first, end } = this.known.spanOf(metric);
    const isEntries = metric.kind === 'FLOW' && /USAGE/.test(metric.source);
    const since = from && (isEntries || from > first) ? from : isEntries ? '2000-01-01' : first;
    const until = to && to < end ? to : end;
    const days = (Date.parse(until) - Date.parse(since)) / 86_400_000;
    if (!isEntries && granularity === 'DAY' && days > MOST_ROWS) return undefined;
    if (isEntries) return this.stepsOfEntries(metric, { from, to }, granularity);
    return steps(since, until, granularity).map(({ start, end }) => {
      const step = clipped(start, end, { from, to });
      return { ...step, facts: this.known.within(metric, step) };
    });
  }

  /** Only steps with entries, each entry in its own. */
  private stepsOfEntries(metric: Definition, span: Span, granularity: Step): (Span & { facts: Fact[] })[] {
    const byStep = new Map<string, Fact[]>();
    for (const fact of this.known.within(metric, span)) {
      const start = startOf(fact.day, granularity);
      byStep.set(start, byStep.get(start) ?? []);
      byStep.get(start)?.push(fact);
    }
    return [...byStep].map(([start, facts]) => ({
      ...clipped(start, next(start, granularity), span),
      facts,
    }));
  }

  /** Whether a fact is asked for: by what its partner is today. */
  private meets({ partner, service, category }: Fact, question: Question): boolean {
    const { sectors, sizeBands, territories } = question;
    const isIn = (list: string[] | undefined, ...values: (string | null)[]): boolean =>
      list === undefined || values.some((value) => value !== null && list.includes(value));
    const { sector, band, places } = this.known.partners.get(partner ?? '') ?? ({} as Partial<Partner>);
    return (
      isIn(question.services, `service_${service}`) &&
      isIn(question.serviceKinds, this.known.kinds.get(service) as string) &&
      isIn(question.categories, category) &&
      isIn(sectors, sector ?? null) &&
      isIn(sizeBands, band ?? null) &&
      isIn(territories, ...(places ?? []))
    );
  }

  /** The combinations of values that a fact counts in: one, but for a partner in two federations. */
  private valuesOf(fact: Fact, dimensions: string[]): (string | null)[][] {
    const { partner, service, day, asOn = day } = fact;
    const profile = this.known.profileOf(partner, asOn);
    const federations = this.known.federationsOf(partner, day).map((id) => `federation_${id}`);
    const values: Record<string, (string | null)[]> = {
      SERVICE: [`service_${service}`],
      SERVICE_KIND: [this.known.kinds.get(service) as string],
      SECTOR: [profile?.sector ?? null],
      SIZE_BAND: [profile?.band ?? null],
      REGION: [profile?.region ?? null],
      PROVINCE: [profile?.province ?? null],
      MUNICIPALITY: [profile?.municipality ?? null],
      AUTHORITY: [fact.authority],
      FEDERATION: federations.length > 0 ? federations : [null],
      PARTNER: [partner && `partner_${partner}`],
      CATEGORY: [fact.category],
    };
    return dimensions.reduce<(string | null)[][]>(
      (all, dimension) =>
        all.flatMap((one) => (values[dimension] as string[]).map((value) => [...one, value])),
      [[]],
    );
  }
}

function amountOf({ aggregation }: Definition, facts: Fact[]): bigint | null {
  const sum = facts.reduce((total, { amount }) => total + amount, 0n);
  if (aggregation === 'AVERAGE') return ratio(sum, BigInt(facts.length) * ONE);
  if (aggregation !== 'DISTINCT_PARTNERS') return sum;
  return BigInt(new Set(facts.map(({ partner }) => partner)).size) * ONE;
}

/** The part of a step that lies in the period asked for. */
function clipped(start: string, end: string, { from, to }: Span): Span {
  return { from: from && from > start ? from : start, to: to && to < end ? to : end };
}

function byDay(a: string | null, b: string | null): number {
  return a === b ? 0 : (a ?? '') < (b ?? '') ? -1 : 1;
}

/** By the bytes of each value in turn, what has none last. */
function byValues(a: (string | null)[], b: (string | null)[]): number {
  for (const [at, left] of a.entries()) {
    const right = b[at] as string | null;
    if (left === right) continue;
    if (left === null) return 1;
    if (right === null) return -1;
    return left < right ? -1 : 1;
  }
  return 0;
}
