import { expect } from '@jest/globals';
import type { TestHub } from '../support/hub.ts';

export interface PartnerFilter {
  search?: string | undefined;
  sectors?: string[] | undefined;
  sizeBands?: string[] | undefined;
  territories?: string[] | undefined;
  authorities?: string[] | undefined;
  federation?: string | undefined;
  population?: string | undefined;
  usesServices?: string[] | undefined;
  usesNoService?: boolean | undefined;
  doesNotUseServices?: string[] | undefined;
}

/** A partner with everything that a filter may look at, gathered by plain SQL. */
interface Entry {
  slug: string;
  words: string[];
  headcount: number;
  sector: string;
  places: string[];
  authorities: string[];
  federations: string[];
  populations: string[];
  services: string[];
}

/** The partners as a list in memory: what the hub's filters must find is counted here once more. */
export class Directory {
  private constructor(
    readonly partners: Entry[],
    readonly federations: string[],
    readonly populations: string[],
    readonly services: string[],
  ) {}

  static async of(hub: TestHub): Promise<Directory> {
    const [{ today } = { today: '' }] = await hub.sql<{ today: string }>(
      `select (now() at time zone 'Europe/Brussels')::date::text as today`,
    );
    const partners = await hub.sql<Omit<Entry, 'words'> & { names: string[] }>(
      `select p.slug, p.headcount, x.code as sector,
         array_remove(array[p.name_fr, p.name_nl, p.name_de, p.name_en], null) as names,
         array(select c from site s join territory t on t.id = s.municipality_id,
           unnest(array[t.nis_code, t.arrondissement_code, t.province_code, t.region_code]) c where s.partner_id = p.id) as places,
         array(select codes.code from recognition r join competent_authority a on a.id = r.authority_id
           left join lateral (select a.code union select o.code from competent_authority o where o.id = a.part_of_id) codes(code) on true
           where r.partner_id = p.id and r.valid_from <= $1 and coalesce(r.valid_until > $1, true)) as authorities,
         array(select 'federation_' || federation_id from membership m
           where m.partner_id = p.id and m.valid_from <= $1 and coalesce(m.valid_until > $1, true)) as federations,
         array(select 'population_' || population_id from population_member m where m.partner_id = p.id) as populations,
         array(select 'service_' || service_id from enrolment e
           where e.partner_id = p.id and e.active_from <= $1 and coalesce(e.ended_on > $1, true)) as services
       from partner p join sector x on x.id = p.sector_id`,
      [today],
    );
    const ids = async (table: string, prefix: string): Promise<string[]> =>
      (await hub.sql<{ id: string }>(`select id from ${table} order by slug`)).map(
        ({ id }) => `${prefix}_${id}`,
      );
    return new Directory(
      partners.map(({ names, ...partner }) => ({ ...partner, words: names.flatMap(wordsOf) })),
      await ids('federation', 'federation'),
      await ids('population', 'population'),
      await ids('shared_service', 'service'),
    );
  }

  /** Slugs of the partners that a filter must find, in order of slug. */
  matching(filter: PartnerFilter): string[] {
    const among = (list: string[] | undefined, values: string[]): boolean =>
      list === undefined || values.some((value) => list.includes(value));
    const belongs = (id: string | undefined, values: string[]): boolean =>
      id === undefined || values.includes(id);
    return this.partners
      .filter(
        (one) =>
          this.isFound(filter.search, one.words) &&
          among(filter.sectors, [one.sector]) &&
          among(filter.sizeBands, [bandOf(one.headcount)]) &&
          among(filter.territories, one.places) &&
          among(filter.authorities, one.authorities) &&
          belongs(filter.federation, one.federations) &&
          belongs(filter.population, one.populations) &&
          (filter.usesServices ?? []).every((service) => one.services.includes(service)) &&
          !(filter.doesNotUseServices ?? []).some((service) => one.services.includes(service)) &&
          (filter.usesNoService === undefined || filter.usesNoService === (one.services.length === 0)),
      )
      .map(({ slug }) => slug)
      .sort();
  }

  private isFound(search: string | undefined, words: string[]): boolean {
    if (search === undefined) return true;
    const terms = wordsOf(search);
    return terms.length > 0 && terms.every((term) => words.some((word) => word.startsWith(term)));
  }
}

/** Words in lower case without accents. */
function wordsOf(text: string): string[] {
  const bare = text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase();
  return bare.replaceAll('œ', 'oe').match(/[a-z0-9]+/g) ?? [];
}

function bandOf(headcount: number): string {
  if (headcount >= 200) return 'FROM_200';
  if (headcount >= 100) return 'FROM_100_TO_199';
  if (headcount >= 50) return 'FROM_50_TO_99';
  if (headcount >= 20) return 'FROM_20_TO_49';
  if (headcount >= 10) return 'FROM_10_TO_19';
  return headcount >= 5 ? 'FROM_5_TO_9' : 'UNDER_5';
}

/** Every page of a filtered list of partners, or only the first ones; each page takes one statement. */
export async function allPartners(
  hub: TestHub,
  filter: PartnerFilter,
  pages = 20,
): Promise<{ slugs: string[]; totalCount: number }> {
  const slugs: string[] = [];
  let after: string | null = null;
  let totalCount = 0;
  for (let page = 0; page < pages; page++) {
    const { data, errors, statements } = await hub.query(
      `query ($filter: PartnerFilter, $after: String) {
        partners(first: 100, after: $after, filter: $filter) { totalCount nodes { slug } pageInfo { hasNextPage endCursor } }
      }`,
      { filter, after },
    );
    expect(errors).toBeUndefined();
    expect(statements).toHaveLength(1);
    slugs.push(...data.partners.nodes.map(({ slug }: { slug: string }) => slug));
    totalCount = data.partners.totalCount;
    after = data.partners.pageInfo.endCursor;
    if (!data.partners.pageInfo.hasNextPage) break;
  }
  return { slugs, totalCount };
}
