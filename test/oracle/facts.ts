import { before, next, type Step, startOf, steps } from '../metrics/arithmetic.ts';
import type { Database, Row } from './database.ts';
import { isInForce, isWithin } from './values.ts';

/** Something that a metric adds up: an entry, or an enrolment in force. */
export interface Fact {
  partner: Row;
  service: Row;
  day: string;
  millionths: bigint;
  category: string | null;
  enrolment: Row | undefined;
}

/** One step of an answer, with what is counted in it. */
export interface CountedStep {
  from: string | null;
  to: string | null;
  facts: Fact[];
}

export interface Span {
  from: string | null;
  to: string | null;
  granularity?: Step | null | undefined;
}

const MOST_STEPS = 2000;

/** Most days that a step has. */
const LONGEST: Record<Step, number> = { DAY: 1, MONTH: 31, QUARTER: 92, YEAR: 366 };

/** The facts of a metric in each step of a period; undefined where the steps of a level are too many. */
export function countedSteps(db: Database, metric: Row, span: Span): CountedStep[] | undefined {
  return metric.kind === 'STOCK' ? levels(db, metric, span) : amounts(db, metric, span);
}

function amounts(db: Database, metric: Row, { from, to, granularity }: Span): CountedStep[] {
  const entries = entriesOf(db, metric).filter((entry) => isWithin(entry.occurred_on as string, from, to));
  const facts = entries
    .map((entry) => factOf(db, entry, entry.occurred_on as string))
    .filter(({ millionths }) => metric.aggregation !== 'DISTINCT_PARTNERS' || millionths !== 0n);
  if (!granularity) return [{ from, to, facts }];
  const byStep = new Map<string, Fact[]>();
  for (const fact of facts) {
    const start = startOf(fact.day, granularity);
    byStep.set(start, byStep.get(start) ?? []);
    byStep.get(start)?.push(fact);
  }
  const inOrder = [...byStep].sort(([a], [b]) => (a < b ? -1 : 1));
  return inOrder.map(([start, ofStep]) => ({
    ...within(start, next(start, granularity), from, to),
    facts: ofStep,
  }));
}

/** The part of a step that lies in the period asked for. */
function within(start: string, end: string, from: string | null, to: string | null) {
  return { from: from && from > start ? from : start, to: to && to < end ? to : end };
}

function levels(db: Database, metric: Row, { from, to, granularity }: Span): CountedStep[] | undefined {
  const tomorrow = next(db.today, 'DAY');
  const until = to ? earlier(to, tomorrow) : tomorrow;
  if (!granularity) return [{ from, to, facts: levelOn(db, metric, before(until)) }];
  const first = firstDay(db, metric);
  if (!first) return [];
  const since = from && from > first ? from : first;
  const days = (Date.parse(until) - Date.parse(since)) / 86_400_000;
  if (days > MOST_STEPS * LONGEST[granularity]) return undefined;
  return steps(since, until, granularity).map(({ start, end }) => ({
    ...within(start, end, from, to),
    facts: levelOn(db, metric, before(earlier(end, until))),
  }));
}

function earlier(...days: [string, string]): string {
  return days.sort()[0] as string;
}

function firstDay(db: Database, metric: Row): string | undefined {
  const days =
    metric.source === 'ENROLMENTS'
      ? db.all('enrolment').map(({ active_from }) => active_from)
      : db.where('usage_entry', 'metric_key', metric.key).map(({ occurred_on }) => occurred_on);
  return days.filter((day) => day !== null).sort()[0] as string | undefined;
}

/** Enrolments in force on a day, or the last entry of each partner, service and category until then. */
function levelOn(db: Database, metric: Row, day: string): Fact[] {
  if (metric.source === 'ENROLMENTS') {
    return db
      .all('enrolment')
      .filter((enrolment) => isInForce(enrolment, day))
      .map((enrolment) => enrolmentFact(db, enrolment, day));
  }
  const last = new Map<string, Row>();
  for (const entry of entriesOf(db, metric)) {
    if ((entry.occurred_on as string) > day) continue;
    const enrolment = db.one('enrolment', 'id', entry.enrolment_id);
    // A level under an enrolment falls away with it.
    if (metric.needs_enrolment && !(enrolment && isInForce(enrolment, day))) continue;
    const key = JSON.stringify([entry.partner_id, entry.service_id, entry.category]);
    const known = last.get(key);
    if (!known || isLater(entry, known)) last.set(key, entry);
  }
  return [...last.values()].map((entry) => factOf(db, entry, day));
}

/** Everything that a metric could ever count. */
export function allFacts(db: Database, metric: Row): Fact[] {
  if (metric.source !== 'ENROLMENTS')
    return entriesOf(db, metric).map((entry) => factOf(db, entry, entry.occurred_on as string));
  const enrolments = db.all('enrolment').filter(({ active_from }) => active_from !== null);
  return enrolments.map((enrolment) => enrolmentFact(db, enrolment, enrolment.active_from as string));
}

function isLater(a: Row, b: Row): boolean {
  for (const column of ['occurred_on', 'recorded_at', 'id'])
    if (a[column] !== b[column]) return (a[column] as string) > (b[column] as string);
  return false;
}

const ENTRIES = new WeakMap<Row, Row[]>();

/** Entries of a metric that neither take another back nor were taken back, looked for once. */
function entriesOf(db: Database, metric: Row): Row[] {
  const entries = ENTRIES.get(metric) ?? countedEntries(db, metric);
  ENTRIES.set(metric, entries);
  return entries;
}

function countedEntries(db: Database, metric: Row): Row[] {
  const keys =
    metric.source === 'ALL_USAGE'
      ? db.where('metric_definition', 'kind', 'FLOW').map(({ key }) => key)
      : [metric.key];
  return keys
    .flatMap((key) => db.where('usage_entry', 'metric_key', key))
    .filter((entry) => entry.reverses_id === null && !db.one('usage_entry', 'reverses_id', entry.id));
}

function factOf(db: Database, entry: Row, day: string): Fact {
  return {
    ...people(db, entry),
    day,
    millionths: millionthsOf(entry.quantity as string),
    category: entry.category as string | null,
    enrolment: db.one('enrolment', 'id', entry.enrolment_id),
  };
}

function enrolmentFact(db: Database, enrolment: Row, day: string): Fact {
  return { ...people(db, enrolment), day, millionths: 1_000_000n, category: null, enrolment };
}

function people(db: Database, row: Row): { partner: Row; service: Row } {
  return {
    partner: db.one('partner', 'id', row.partner_id) as Row,
    service: db.one('shared_service', 'id', row.service_id) as Row,
  };
}

/** An exact number in whole millionths. */
export function millionthsOf(text: string): bigint {
  const [whole = '', fraction = ''] = text.split('.');
  return BigInt(whole + fraction.padEnd(6, '0'));
}

/** What the facts of a metric come to, in millionths. */
export function total(metric: Row, facts: readonly Fact[]): bigint {
  if (metric.aggregation === 'DISTINCT_PARTNERS')
    return BigInt(new Set(facts.map(({ partner }) => partner)).size) * 1_000_000n;
  return facts.reduce((sum, { millionths }) => sum + millionths, 0n);
}
