import { next, type Step, startOf, steps } from '../metrics/arithmetic.ts';
import type { Database, Row } from './database.ts';
import { type Fact, factsIn, knownSpan, type Span } from './facts.ts';

/** One step of a series, with what is counted in it; the whole period has no bucket. */
export interface CountedStep {
  /** The first day of the step, also where the period begins later. */
  bucket: string | null;
  facts: Fact[];
}

const MOST_STEPS = 2000;

/** Most days that a step has. */
const LONGEST: Record<Step, number> = { DAY: 1, MONTH: 31, QUARTER: 92, YEAR: 366 };

type Steps = readonly CountedStep[] | undefined;

/** What was counted before: of one question, nested in a page, it is counted for each record. */
const COUNTED = new WeakMap<Row, Map<string, Steps>>();

/** The facts of a metric in each step of a period; undefined where the steps are too many. */
export function countedSteps(db: Database, metric: Row, span: Span, granularity: Step | undefined): Steps {
  const known = COUNTED.get(metric) ?? new Map<string, Steps>();
  COUNTED.set(metric, known);
  const key = JSON.stringify([span.from, span.to, granularity]);
  if (!known.has(key)) {
    if (known.size > 20) known.clear();
    known.set(key, counted(db, metric, span, granularity));
  }
  return known.get(key);
}

function counted(db: Database, metric: Row, span: Span, granularity: Step | undefined): Steps {
  if (!granularity) return [{ bucket: null, facts: factsIn(db, metric, span) }];
  const isOfEntries = metric.source === 'USAGE_ENTRIES' || metric.source === 'ALL_USAGE';
  return isOfEntries && metric.kind === 'FLOW'
    ? withEntries(db, metric, span, granularity)
    : everyStep(db, metric, span, granularity);
}

/** Only steps that have entries. */
function withEntries(db: Database, metric: Row, span: Span, granularity: Step): CountedStep[] {
  const byStep = new Map<string, Fact[]>();
  for (const fact of factsIn(db, metric, span)) {
    const start = startOf(fact.day, granularity);
    byStep.set(start, byStep.get(start) ?? []);
    byStep.get(start)?.push(fact);
  }
  return [...byStep].map(([bucket, facts]) => ({ bucket, facts }));
}

function everyStep(db: Database, metric: Row, { from, to }: Span, granularity: Step): Steps {
  const { first, end } = knownSpan(db, metric);
  if (!first) return [];
  const until = to && to < end ? to : end;
  const since = from && from > first ? from : first;
  const days = (Date.parse(until) - Date.parse(since)) / 86_400_000;
  if (days > MOST_STEPS * LONGEST[granularity]) return undefined;
  return steps(since, until, granularity).map(({ start: bucket }) => ({
    bucket,
    facts: factsIn(db, metric, clipped(bucket, granularity, { from, to })),
  }));
}

/** The part of a step that lies in a period. */
export function clipped(bucket: string, granularity: Step, { from, to }: Span): Span {
  const end = next(bucket, granularity);
  return { from: from && from > bucket ? from : bucket, to: to && to < end ? to : end };
}
