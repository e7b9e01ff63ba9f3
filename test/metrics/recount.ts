import type { TestHub } from '../support/hub.ts';
import { before, decimal, next, type Step, startOf, steps } from './arithmetic.ts';
import type { Enrolment, Entry, Fact, Membership, Partner } from './facts.ts';

/**
 * An independent recount of usage: every row is read with plain SQL, and TypeScript adds up. It shares no
 * code with the hub, and works in whole millionths so that nothing is rounded.
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
  value: string;
}

export class Recount {
  private constructor(
    private readonly partners: Map<string, Partner>,
    private readonly kinds: Map<string, string>,
    private readonly memberships: Map<string, Membership[]>,
    private readonly enrolments: Enrolment[],
    /** Entries that neither were taken back nor take one back, the oldest first. */
    private readonly entries: Entry[],
    private readonly definitions: Map<string, { kind: string; aggregation: string; source: string }>,
    private readonly today: string,
  ) {}

  static async of(hub: TestHub): Promise<Recount> {
    const partners = await hub.sql<Partner>(
      `select p.id, x.code as sector, p.size_band as band, t.nis_code as municipality, t.province_code as province,
         t.region_code as region, (select array_agg(c) from site s join territory st on st.id = s.municipality_id,
           unnest(array[st.nis_code, st.arrondissement_code, st.province_code, st.region_code]) c where s.partner_id = p.id) as places
       from partner p join sector x on x.id = p.sector_id join territory t on t.id = p.municipality_id`,
    );
    const services = await hub.sql<{ id: string; kind: string }>('select id, kind from shared_service');
    const members = await hub.sql<Membership>(
      `select partner_id as partner, federation_id as federation, valid_from::text as "from", valid_until::text as until from membership`,
    );
    const enrolments = await hub.sql<Enrolment & { id: string }>(
      `select e.id, e.partner_id as partner, e.service_id as service, e.active_from::text as "from", e.ended_on::text as until, a.code as authority
       from enrolment e left join recognition r on r.id = e.recognition_id left join competent_authority a on a.id = r.authority_id`,
    );
    const entries = await hub.sql<
      Entry & { id: string; reverses: string | null; enrolment: string | null; q: string }
    >(
      `select id, reverses_id as reverses, metric_key as metric, partner_id as partner, service_id as service, enrolment_id as enrolment,
         occurred_on::text as day, (quantity * 1000000)::bigint::text as q, category
       from usage_entry order by occurred_on, recorded_at, id`,
    );
    const definitions = await hub.sql<{
      key: string;
      kind: string;
      aggregation: string;
      source: string;
      needs: boolean;
    }>('select key, kind, aggregation, source, needs_enrolment as needs from metric_definition');
    const needing = new Set(definitions.filter(({ needs }) => needs).map(({ key }) => key));
    const [now] = await hub.sql<{ day: string }>(
      `select (now() at time zone 'Europe/Brussels')::date::text as day`,
    );
    const authorities = new Map(enrolments.map(({ id, authority }) => [id, authority]));
    const ends = new Map(enrolments.map(({ id, until }) => [id, until]));
    const takenBack = new Set(entries.map(({ reverses }) => reverses));
    const byPartner = new Map<string, Membership[]>();
    for (const one of members) byPartner.set(one.partner, [...(byPartner.get(one.partner) ?? []), one]);
    return new Recount(
      new Map(partners.map((one) => [one.id, one])),
      new Map(services.map(({ id, kind }) => [id, kind])),
      byPartner,
      enrolments.filter(({ from }) => from !== null),
      entries
        .filter(({ id, reverses }) => reverses === null && !takenBack.has(id))
        .map(({ q, enrolment, ...entry }) => ({
          ...entry,
          millionths: BigInt(q),
          authority: enrolment ? (authorities.get(enrolment) ?? null) : null,
          heldUntil: enrolment && needing.has(entry.metric) ? (ends.get(enrolment) ?? null) : null,
        })),
      new Map(definitions.map((one) => [one.key, one])),
      (now as { day: string }).day,
    );
  }

  /** The rows of the answer in their sequence; undefined where they are more than may be asked for. */
  rows(question: Question): CountedRow[] | undefined {
    const definition = this.definitions.get(question.metric);
    if (!definition) throw new Error(`There is no metric ${question.metric}`);
    const isStock = definition.kind === 'STOCK';
    const dimensions = [...new Set(question.groupBy)];
    const isWhole = dimensions.length === 0 && !question.granularity;
    const isDistinct = definition.aggregation === 'DISTINCT_PARTNERS';
    const all = this.candidates(question.metric, definition.source);
    const facts = all.filter((one) => this.meets(one, question) && !(isDistinct && one.millionths === 0n));
    const steps = isStock ? this.stepsOfLevel(question, all) : this.stepsOfFlow(question);
    if (!steps) return undefined;
    const rows: CountedRow[] = [];
    for (const step of steps) {
      const groups = new Map<string, Fact[]>();
      if (isWhole) groups.set('[]', []);
      for (const fact of isStock ? levels(facts, step.readOn as string) : within(facts, step)) {
        for (const values of this.valuesOf(fact, dimensions)) {
          const key = JSON.stringify(values);
          groups.set(key, [...(groups.get(key) ?? []), fact]);
        }
      }
      const ofStep = [...groups].map(([key, group]) => ({
        period: { from: step.from, to: step.to },
        values: JSON.parse(key) as (string | null)[],
        value: isDistinct
          ? String(new Set(group.map(({ partner }) => partner)).size)
          : decimal(group.reduce((sum, { millionths }) => sum + millionths, 0n)),
      }));
      rows.push(...ofStep.sort((a, b) => byValues(a.values, b.values)));
    }
    return rows.length > 2000 ? undefined : rows;
  }

  /** Everything that a metric is made of; an enrolment is a fact of its first day. */
  private candidates(metric: string, source: string): Fact[] {
    if (source === 'ENROLMENTS') {
      return this.enrolments.map((one) => ({
        ...one,
        day: one.from,
        millionths: 1_000_000n,
        category: null,
      }));
    }
    return this.entries.filter((entry) =>
      source === 'ALL_USAGE' ? this.definitions.get(entry.metric)?.kind === 'FLOW' : entry.metric === metric,
    );
  }

  private stepsOfFlow({ from, to, granularity }: Question): CountedStep[] {
    if (!granularity) return [{ from: from ?? null, to: to ?? null }];
    const last = to ?? next(startOf(this.today, granularity), granularity);
    return steps(from ?? '2000-01-01', last, granularity).map(({ start, end }) => ({
      from: from && from > start ? from : start,
      to: to && to < end ? to : end,
    }));
  }

  /** Undefined where the days from the first fact on are more than may be asked for. */
  private stepsOfLevel(question: Question, facts: Fact[]): CountedStep[] | undefined {
    const tomorrow = next(this.today, 'DAY');
    const { from, to, granularity } = question;
    const until = to && to < tomorrow ? to : tomorrow;
    if (!granularity) return [{ from: from ?? null, to: to ?? null, readOn: before(until) }];
    const first = facts.map(({ day }) => day).sort()[0] as string;
    const since = from && from > first ? from : first;
    if (granularity === 'DAY' && Date.parse(until) - Date.parse(since) > 2000 * 86_400_000) return undefined;
    return this.stepsOfFlow({ ...question, from: from ?? first })
      .map((step) => (from ? step : { ...step, from: startOf(step.from as string, granularity) }))
      .filter((step) => (step.from as string) < until)
      .map((step) => ({
        ...step,
        readOn: before((step.to as string) < until ? (step.to as string) : until),
      }));
  }

  private meets(fact: Fact, question: Question): boolean {
    const partner = this.partners.get(fact.partner) as Partner;
    const isIn = (list: string[] | undefined, ...values: (string | null)[]): boolean =>
      list === undefined || values.some((value) => value !== null && list.includes(value));
    return (
      isIn(question.services, `service_${fact.service}`) &&
      isIn(question.serviceKinds, this.kinds.get(fact.service) as string) &&
      isIn(question.categories, fact.category) &&
      isIn(question.sectors, partner.sector) &&
      isIn(question.sizeBands, partner.band) &&
      isIn(question.territories, ...partner.places)
    );
  }

  /** The combinations of values that a fact counts in: one, but for a partner in two federations. */
  private valuesOf(fact: Fact, dimensions: string[]): (string | null)[][] {
    const partner = this.partners.get(fact.partner) as Partner;
    const federations = (this.memberships.get(fact.partner) ?? [])
      .filter(({ from, until }) => from <= fact.day && (!until || fact.day < until))
      .map(({ federation }) => `federation_${federation}`);
    const values: Record<string, (string | null)[]> = {
      SERVICE: [`service_${fact.service}`],
      SERVICE_KIND: [this.kinds.get(fact.service) as string],
      SECTOR: [partner.sector],
      SIZE_BAND: [partner.band],
      REGION: [partner.region],
      PROVINCE: [partner.province],
      MUNICIPALITY: [partner.municipality],
      AUTHORITY: [fact.authority],
      FEDERATION: federations.length > 0 ? federations : [null],
      PARTNER: [`partner_${fact.partner}`],
      CATEGORY: [fact.category],
    };
    return dimensions.reduce<(string | null)[][]>(
      (all, dimension) =>
        all.flatMap((one) => (values[dimension] as string[]).map((value) => [...one, value])),
      [[]],
    );
  }
}

interface CountedStep {
  from: string | null;
  to: string | null;
  /** The day on which a level is read. */
  readOn?: string;
}

function within(facts: Fact[], { from, to }: CountedStep): Fact[] {
  return facts.filter(({ day }) => (!from || day >= from) && (!to || day < to));
}

/** Enrolments in force on a day, or the last entry of each partner, service and category. */
function levels(facts: Fact[], day: string): Fact[] {
  const last = new Map<string, Fact>();
  for (const fact of facts) {
    if (fact.day > day || (fact.until && fact.until <= day)) continue;
    if (fact.heldUntil && fact.heldUntil <= day) continue;
    const key = fact.until === undefined ? [fact.partner, fact.service, fact.category] : [last.size];
    last.set(JSON.stringify(key), { ...fact, day });
  }
  return [...last.values()];
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
