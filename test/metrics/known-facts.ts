import type { TestHub } from '../support/hub.ts';
import { before, next, ONE } from './arithmetic.ts';
import type {
  Definition,
  Enrolment,
  Entry,
  Fact,
  Funding,
  Membership,
  Partner,
  Profile,
  ServedPopulation,
} from './facts.ts';

const DAY_MS = 86_400_000;

/** A half-open period; null where it is open. */
export interface Span {
  from: string | null;
  to: string | null;
}

/** Everything that figures are made of, read with plain SQL. */
export class KnownFacts {
  readonly partners = new Map<string, Partner>();
  readonly kinds = new Map<string, string>();
  readonly definitions = new Map<string, Definition>();
  private readonly memberships = new Map<string, Membership[]>();
  private readonly profiles = new Map<string, Profile[]>();
  private enrolments: Enrolment[] = [];
  private entries: Entry[] = [];
  private readonly entriesOfMetric = new Map<string, Entry[]>();
  private fundings: Funding[] = [];
  private populations: ServedPopulation[] = [];
  today = '';

  static async of(hub: TestHub): Promise<KnownFacts> {
    const known = new KnownFacts();
    for (const one of await hub.sql<Partner>(
      `select p.id, x.code as sector, p.size_band as band, (select array_agg(c) from site s join territory st on st.id = s.municipality_id,
           unnest(array[st.nis_code, st.arrondissement_code, st.province_code, st.region_code]) c where s.partner_id = p.id) as places
       from partner p join sector x on x.id = p.sector_id`,
    ))
      known.partners.set(one.id, one);
    for (const { id, kind } of await hub.sql<{ id: string; kind: string }>(
      'select id, kind from shared_service',
    ))
      known.kinds.set(id, kind);
    for (const one of await hub.sql<Definition>(
      `select key, kind, aggregation, source, needs_enrolment as needs, numerator_key as numerator, denominator_key as denominator
       from metric_definition`,
    ))
      known.definitions.set(one.key, one);
    for (const one of await hub.sql<Membership>(
      `select partner_id as partner, federation_id as federation, valid_from::text as "from", valid_until::text as until from membership`,
    ))
      append(known.memberships, one);
    for (const one of await hub.sql<Profile>(
      `select f.partner_id as partner, f.valid_from::text as "from", f.valid_until::text as until, x.code as sector, f.size_band as band,
         t.nis_code as municipality, t.province_code as province, t.region_code as region
       from partner_profile f join sector x on x.id = f.sector_id join territory t on t.id = f.municipality_id`,
    ))
      append(known.profiles, one);
    known.enrolments = await hub.sql<Enrolment>(
      `select e.id, e.partner_id as partner, e.service_id as service, e.active_from::text as "from", e.ended_on::text as until, a.code as authority
       from enrolment e left join recognition r on r.id = e.recognition_id left join competent_authority a on a.id = r.authority_id
       where e.active_from is not null`,
    );
    known.fundings = await hub.sql<Funding>(
      `select f.service_id as service, a.code as authority, (f.amount * 1000000)::bigint::text as amount, f.period_from::text as "from",
         f.period_until::text as until from funding f left join competent_authority a on a.id = f.authority_id`,
    );
    known.populations = await hub.sql<ServedPopulation>(
      `select s.id as service, po.declared_count as declared,
         array(select pm.partner_id::text from population_member pm where pm.population_id = po.id) as members
       from shared_service s join population po on po.id = s.population_id`,
    );
    known.entries = await entriesOf(hub, known.enrolments);
    const [now] = await hub.sql<{ day: string }>(
      `select (now() at time zone 'Europe/Brussels')::date::text as day`,
    );
    known.today = (now as { day: string }).day;
    return known;
  }

  /** The federations of which a partner is a member on a day. */
  federationsOf(partner: string | null, day: string): string[] {
    return (this.memberships.get(partner ?? '') ?? [])
      .filter(({ from, until }) => from <= day && (!until || day < until))
      .map(({ federation }) => federation);
  }

  /** What a partner was on a day. */
  profileOf(partner: string | null, day: string): Profile | undefined {
    // By their letters `-infinity` comes before every day, and `infinity` after.
    return this.profiles.get(partner ?? '')?.find(({ from, until }) => from <= day && day < until);
  }

  /** Entries of a metric's own, or of every FLOW metric, the oldest first. */
  entriesOf({ key, source }: Definition): Entry[] {
    const entries =
      this.entriesOfMetric.get(key) ??
      this.entries.filter(({ metric }) =>
        source === 'ALL_USAGE' ? this.definitions.get(metric)?.kind === 'FLOW' : metric === key,
      );
    this.entriesOfMetric.set(key, entries);
    return entries;
  }

  /** First day from which a series of levels goes, and the day after its last. */
  spanOf(metric: Definition): { first: string; end: string } {
    const end = next(this.today, 'DAY');
    const first = (days: string[]): string => [...days].sort()[0] ?? end;
    if (metric.source === 'USAGE_ENTRIES')
      return { first: first(this.entriesOf(metric).map(({ day }) => day)), end };
    if (metric.source !== 'FUNDINGS') return { first: first(this.enrolments.map(({ from }) => from)), end };
    const ends = this.fundings.map(({ until }) => until).sort();
    return { first: first(this.fundings.map(({ from }) => from)), end: ends.at(-1) ?? end };
  }

  /** The facts of a metric in a period or a step. */
  within(metric: Definition, span: Span): Fact[] {
    const until = next(this.today, 'DAY');
    const lastDay = before(span.to && span.to < until ? span.to : until);
    const isLevel = metric.kind === 'STOCK';
    switch (metric.source) {
      case 'FUNDINGS':
        return this.fundingIn(span);
      case 'POPULATIONS':
        return this.populationOn(metric, lastDay);
      case 'ENROLMENTS':
        return (
          isLevel ? this.inForce({ from: lastDay, to: null }, lastDay) : this.expected(metric, span, lastDay)
        ).map(({ partner, service, authority }) => ({
          partner,
          service,
          authority,
          day: lastDay,
          amount: ONE,
          category: null,
        }));
      default:
        return isLevel
          ? this.levelsOn(metric, lastDay)
          : this.entriesOf(metric).filter(({ day }) => isIn(day, span));
    }
  }

  /** The last entry of each partner, service and category; one that needs an enrolment falls away with it. */
  private levelsOn(metric: Definition, day: string): Fact[] {
    const held = new Set(this.inForce({ from: day, to: null }, day).map(({ id }) => id));
    const last = new Map<string, Fact>();
    for (const entry of this.entriesOf(metric)) {
      if (entry.day > day || (metric.needs && !held.has(entry.enrolment ?? ''))) continue;
      const { partner, service, category } = entry;
      last.set(JSON.stringify([partner, service, category]), { ...entry, day, asOn: entry.day });
    }
    return [...last.values()];
  }

  /** Enrolments in force on a day of a period, up to its last day. */
  private inForce({ from }: Span, lastDay: string): Enrolment[] {
    return this.enrolments.filter(
      (one) => one.from <= lastDay && (!from || from <= lastDay) && (!one.until || !from || one.until > from),
    );
  }

  private expected({ key }: Definition, span: Span, lastDay: string): Enrolment[] {
    const all = this.inForce(span, lastDay);
    if (key === 'REPORTING_EXPECTED') return all;
    const reported = new Set(
      this.entries.filter(({ day }) => isIn(day, span)).map(({ enrolment }) => enrolment),
    );
    return all.filter(({ id }) => reported.has(id));
  }

  /** Members of the populations of services, and what is declared beyond them. */
  private populationOn({ key }: Definition, day: string): Fact[] {
    const inForce = new Set(
      this.inForce({ from: day, to: null }, day).map((one) => `${one.partner} ${one.service}`),
    );
    return this.populations.flatMap(({ service, declared, members }) => {
      const rest = declared === null ? 0 : declared - members.length;
      const one = { service, day, category: null, authority: null };
      const isServed = (partner: string): boolean => inForce.has(`${partner} ${service}`);
      return [
        ...members.map((partner) => ({
          ...one,
          partner,
          amount: key === 'POPULATION_SERVED' && !isServed(partner) ? 0n : ONE,
        })),
        ...(rest === 0
          ? []
          : [{ ...one, partner: null, amount: key === 'POPULATION_SERVED' ? 0n : BigInt(rest) * ONE }]),
      ];
    });
  }

  /** Each day of a funding bears the same part of it. */
  private fundingIn({ from, to }: Span): Fact[] {
    return this.fundings.flatMap(({ service, authority, amount, ...funding }) => {
      const first = from && from > funding.from ? from : funding.from;
      const end = to && to < funding.until ? to : funding.until;
      if (first >= end) return [];
      const part = BigInt(amount) * (ONE / 1_000_000n) * daysBetween(first, end);
      const day = first;
      return [
        {
          partner: null,
          service,
          authority,
          day,
          category: null,
          amount: part / daysBetween(funding.from, funding.until),
        },
      ];
    });
  }
}

async function entriesOf(hub: TestHub, enrolments: Enrolment[]): Promise<Entry[]> {
  const authorities = new Map(enrolments.map(({ id, authority }) => [id, authority]));
  const entries = await hub.sql<Entry & { id: string; reverses: string | null; millionths: string }>(
    `select id, reverses_id as reverses, metric_key as metric, partner_id as partner, service_id as service, enrolment_id as enrolment,
       occurred_on::text as day, (quantity * 1000000)::bigint::text as millionths, category
     from usage_entry order by occurred_on, recorded_at, id`,
  );
  const takenBack = new Set(entries.map(({ reverses }) => reverses));
  return entries
    .filter(({ id, reverses }) => reverses === null && !takenBack.has(id))
    .map(({ millionths, ...entry }) => ({
      ...entry,
      amount: BigInt(millionths) * (ONE / 1_000_000n),
      authority: authorities.get(entry.enrolment ?? '') ?? null,
    }));
}

function append<T extends { partner: string }>(map: Map<string, T[]>, one: T): void {
  map.set(one.partner, [...(map.get(one.partner) ?? []), one]);
}

export function isIn(day: string, { from, to }: Span): boolean {
  return (!from || day >= from) && (!to || day < to);
}

function daysBetween(from: string, to: string): bigint {
  return BigInt((Date.parse(to) - Date.parse(from)) / DAY_MS);
}
