import { before, next, ONE, ratio } from '../metrics/arithmetic.ts';
import type { Database, Row } from './database.ts';
import { isInForce, isWithin } from './values.ts';

/** Something that a metric adds up: an entry, an enrolment, a member of a population, a part of a funding. */
export interface Fact {
  /** None of a funding, and of what a population counts beyond its list. */
  partner: Row | undefined;
  /** What the partner was then. */
  profile: Row | undefined;
  service: Row;
  /** Day on which its partner is a member of federations. */
  day: string;
  /** In the grain of `ONE`. */
  amount: bigint;
  category: string | null;
  authority: Row | undefined;
  entry?: Row;
}

export interface Span {
  from: string | null;
  to: string | null;
}

/** The facts of a metric in a period, or in one step of a series. */
export function factsIn(db: Database, metric: Row, span: Span): Fact[] {
  const lastDay = lastDayOf(db, span);
  switch (metric.source) {
    case 'FUNDINGS':
      return db.all('funding').flatMap((funding) => fundingIn(db, funding, span));
    case 'POPULATIONS':
      return db.all('shared_service').flatMap((service) => populationOf(db, metric, service, lastDay));
    case 'ENROLMENTS':
      return enrolmentsIn(db, metric, span, lastDay).map((enrolment) => ({
        ...about(db, enrolment, enrolment, lastDay),
        day: lastDay,
        amount: ONE,
        category: null,
      }));
    default:
      return metric.kind === 'STOCK' ? levelsOn(db, metric, lastDay) : within(entriesOf(db, metric), span);
  }
}

/** The last day of a period that has come: on it levels are read. */
export function lastDayOf(db: Database, { to }: Span): string {
  const tomorrow = next(db.today, 'DAY');
  return before(to && to < tomorrow ? to : tomorrow);
}

/** Everything that a metric could ever count. */
export function allFacts(db: Database, metric: Row): Fact[] {
  const isLevelOfEntries = metric.kind === 'STOCK' && metric.source === 'USAGE_ENTRIES';
  if (isLevelOfEntries) return entriesOf(db, metric);
  if (metric.key !== 'ENROLMENTS_ACTIVE') return factsIn(db, metric, { from: null, to: null });
  return factsIn(db, db.one('metric_definition', 'key', 'REPORTING_EXPECTED') as Row, {
    from: null,
    to: null,
  });
}

/** First day of which anything is known, and the day after the last: a series lies between them. */
export function knownSpan(db: Database, { key, source }: Row): { first: string | undefined; end: string } {
  const fundings = db.all('funding');
  const days =
    source === 'FUNDINGS'
      ? fundings.map(({ period_from }) => period_from)
      : source === 'USAGE_ENTRIES'
        ? db.where('usage_entry', 'metric_key', key).map(({ occurred_on }) => occurred_on)
        : db.all('enrolment').map(({ active_from }) => active_from);
  const ends = source === 'FUNDINGS' ? fundings.map(({ period_until }) => period_until as string) : [];
  return {
    first: days.filter((day) => day !== null).sort()[0] as string | undefined,
    end: ends.sort().at(-1) ?? next(db.today, 'DAY'),
  };
}

const ENTRIES = new WeakMap<Row, Fact[]>();

/** Entries of a metric that neither take another back nor were taken back, looked for once. */
export function entriesOf(db: Database, metric: Row): Fact[] {
  const entries = ENTRIES.get(metric) ?? countedEntries(db, metric);
  ENTRIES.set(metric, entries);
  return entries;
}

function countedEntries(db: Database, metric: Row): Fact[] {
  const keys =
    metric.source === 'ALL_USAGE'
      ? db.where('metric_definition', 'kind', 'FLOW').map(({ key }) => key)
      : [metric.key];
  return keys
    .flatMap((key) => db.where('usage_entry', 'metric_key', key))
    .filter((entry) => entry.reverses_id === null && !db.one('usage_entry', 'reverses_id', entry.id))
    .map((entry) => {
      const day = entry.occurred_on as string;
      return {
        ...about(db, entry, db.one('enrolment', 'id', entry.enrolment_id), day),
        day,
        amount: millionthsOf(entry.quantity as string) * (ONE / 1_000_000n),
        category: entry.category as string | null,
        entry,
      };
    });
}

function within(facts: readonly Fact[], { from, to }: Span): Fact[] {
  return facts.filter(({ day }) => isWithin(day, from, to));
}

/** The last entry of each partner, service and category until a day. */
function levelsOn(db: Database, metric: Row, day: string): Fact[] {
  const last = new Map<string, Fact>();
  for (const fact of entriesOf(db, metric)) {
    const entry = fact.entry as Row;
    if (fact.day > day) continue;
    const enrolment = db.one('enrolment', 'id', entry.enrolment_id);
    // A level under an enrolment falls away with it.
    if (metric.needs_enrolment && !(enrolment && isInForce(enrolment, day))) continue;
    const key = JSON.stringify([entry.partner_id, entry.service_id, entry.category]);
    const known = last.get(key)?.entry;
    if (!known || isLater(entry, known)) last.set(key, fact);
  }
  return [...last.values()].map((fact) => ({ ...fact, day }));
}

function isLater(a: Row, b: Row): boolean {
  for (const column of ['occurred_on', 'recorded_at', 'id'])
    if (a[column] !== b[column]) return (a[column] as string) > (b[column] as string);
  return false;
}

/** Enrolments in force on the last day; or on any day, or those of which use was reported then. */
function enrolmentsIn(db: Database, metric: Row, span: Span, lastDay: string): Row[] {
  if (metric.kind === 'STOCK') return db.all('enrolment').filter((one) => isInForce(one, lastDay));
  const { from } = span;
  if (from && from > lastDay) return [];
  const held = db
    .all('enrolment')
    .filter(
      ({ active_from, ended_on }) =>
        active_from !== null &&
        (active_from as string) <= lastDay &&
        (!ended_on || !from || (ended_on as string) > from),
    );
  if (metric.key === 'REPORTING_EXPECTED') return held;
  return held.filter(({ id }) =>
    db
      .where('usage_entry', 'enrolment_id', id)
      .some(
        (entry) =>
          isWithin(entry.occurred_on as string, span.from, span.to) &&
          entry.reverses_id === null &&
          !db.one('usage_entry', 'reverses_id', entry.id),
      ),
  );
}

/** Members of the population that a service is for, or those it serves; and what is declared beyond the list. */
function populationOf(db: Database, metric: Row, service: Row, day: string): Fact[] {
  const population = db.one('population', 'id', service.population_id);
  if (!population) return [];
  const members = db.where('population_member', 'population_id', population.id);
  const isAsked = metric.key === 'POPULATION_SIZE';
  const isServed = (partner: unknown): boolean =>
    db
      .where('enrolment', 'partner_id', partner)
      .some((one) => one.service_id === service.id && isInForce(one, day));
  const none = { service, day, category: null, authority: undefined };
  const listed = members.map(({ partner_id }) => ({
    ...none,
    partner: db.one('partner', 'id', partner_id),
    profile: profileOn(db, partner_id, day),
    amount: isAsked || isServed(partner_id) ? ONE : 0n,
  }));
  const unlisted =
    population.declared_count === null ? 0 : (population.declared_count as number) - members.length;
  const amount = isAsked ? BigInt(unlisted) * ONE : 0n;
  return unlisted === 0 ? listed : [...listed, { ...none, partner: undefined, profile: undefined, amount }];
}

const daysFrom = (from: string, to: string): bigint =>
  BigInt((Date.parse(to) - Date.parse(from)) / 86_400_000);

/** Each day of a funding bears the same part of it. */
function fundingIn(db: Database, funding: Row, { from, to }: Span): Fact[] {
  const [begins, ends] = [funding.period_from as string, funding.period_until as string];
  const first = from && from > begins ? from : begins;
  const end = to && to < ends ? to : ends;
  if (first >= end) return [];
  const whole = millionthsOf(funding.amount as string) * (ONE / 1_000_000n);
  return [
    {
      partner: undefined,
      profile: undefined,
      service: db.one('shared_service', 'id', funding.service_id) as Row,
      authority: db.one('competent_authority', 'id', funding.authority_id),
      day: first,
      category: null,
      amount: (whole * daysFrom(first, end)) / daysFrom(begins, ends),
    },
  ];
}

/** Whom a record is about, as it was on a day. */
function about(db: Database, row: Row, enrolment: Row | undefined, day: string) {
  const recognition = db.one('recognition', 'id', enrolment?.recognition_id);
  return {
    partner: db.one('partner', 'id', row.partner_id),
    profile: profileOn(db, row.partner_id, day),
    service: db.one('shared_service', 'id', row.service_id) as Row,
    authority: db.one('competent_authority', 'id', recognition?.authority_id),
  };
}

/** By their letters `-infinity` comes before every day, and `infinity` after. */
function profileOn(db: Database, partner: unknown, day: string): Row | undefined {
  return db
    .where('partner_profile', 'partner_id', partner)
    .find((one) => isWithin(day, one.valid_from, one.valid_until));
}

/** An exact number in whole millionths. */
export function millionthsOf(text: string): bigint {
  const [whole = '', fraction = ''] = text.split('.');
  return BigInt(whole + fraction.padEnd(6, '0'));
}

/** What the facts of a metric come to, in the grain of `ONE`; null for the mean of none. */
export function total({ aggregation }: Row, facts: readonly Fact[]): bigint | null {
  if (aggregation === 'DISTINCT_PARTNERS') {
    const served = facts.filter(({ amount }) => amount !== 0n).map(({ partner }) => partner);
    return BigInt(new Set(served).size) * ONE;
  }
  const sum = facts.reduce((so, { amount }) => so + amount, 0n);
  return aggregation === 'AVERAGE' ? ratio(sum, BigInt(facts.length) * ONE) : sum;
}
