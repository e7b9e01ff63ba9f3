import { type Asked, Refusal } from '../asked.ts';
import type { Row, Table } from '../database.ts';
import { folded, isIn, isWithin, keyOf, mustBeKnown, mustExist } from '../values.ts';

export interface PartnerFilter {
  search?: string | null;
  sectors?: string[] | null;
  sizeBands?: string[] | null;
  territories?: string[] | null;
  authorities?: string[] | null;
  federation?: string | null;
  population?: string | null;
  usesServices?: string[] | null;
  doesNotUseServices?: string[] | null;
  usesNoService?: boolean | null;
}

type GivenFilter = PartnerFilter | null | undefined;

function keyIn(id: string): string {
  return id.slice(id.lastIndexOf('_') + 1);
}

/** Refuses what is wrong in a filter by itself, whatever the database holds. */
export function checkPartnerFilter(filter: GivenFilter, path = 'filter'): void {
  if (!filter) return;
  const { search, federation, population } = filter;
  if (search && (search.length > 1000 || new Set(folded(search)).size > 12)) {
    throw new Refusal(
      'TEXT_TOO_LONG',
      'A search has at most 12 words and 1000 characters: look for the ones that matter.',
      `${path}.search`,
    );
  }
  if (federation) keyOf('federation', federation, `${path}.federation`);
  if (population) keyOf('population', population, `${path}.population`);
  for (const field of ['usesServices', 'doesNotUseServices'] as const) {
    const ids = filter[field] ?? [];
    if (ids.length > 100) {
      throw new Refusal(
        'TOO_MANY_IDS',
        `${ids.length} ids at once: name at most 100 services.`,
        `${path}.${field}`,
      );
    }
    ids.forEach((id, at) => {
      keyOf('service', id, `${path}.${field}.${at}`);
    });
  }
}

/** Whether no name can meet a search: it has no letter and no digit. */
function isHopeless(search: string | null | undefined): boolean {
  return Boolean(search) && folded(search as string).length === 0;
}

/** Whether a filter lets every partner through, and also what is of no known one. */
export function asksNothing(filter: GivenFilter): boolean {
  return Object.values(filter ?? {}).every(
    (condition) => condition === null || condition === undefined || condition === '',
  );
}

/** Refuses what a filter names and the database does not hold. */
function checkNames(filter: PartnerFilter, asked: Asked, path: string): void {
  if (filter.sectors) mustBeKnown(asked, ['sector', `${path}.sectors`], filter.sectors);
  if (filter.territories) mustBeKnown(asked, ['territory', `${path}.territories`], filter.territories);
  if (filter.authorities)
    mustBeKnown(asked, ['competent_authority', `${path}.authorities`], filter.authorities);
  if (filter.federation) mustExist(asked, 'federation', [keyIn(filter.federation)], `${path}.federation`);
  if (filter.population) mustExist(asked, 'population', [keyIn(filter.population)], `${path}.population`);
  for (const field of ['usesServices', 'doesNotUseServices'] as const) {
    mustExist(asked, 'shared_service', (filter[field] ?? []).map(keyIn), `${path}.${field}`);
  }
}

/** The partners among some that meet a filter. Throws NOT_FOUND and UNKNOWN_CODE. */
export function partnersThatMeet(
  partners: readonly Row[],
  filter: GivenFilter,
  asked: Asked,
  path = 'filter',
): readonly Row[] {
  if (!filter) return partners;
  if (isHopeless(filter.search)) return [];
  checkNames(filter, asked, path);
  return partners.filter((partner) => meets(partner, filter, asked));
}

function meets(partner: Row, filter: PartnerFilter, asked: Asked): boolean {
  const { db } = asked;
  const { sectors, territories, authorities, federation, population, usesNoService } = filter;
  const uses = (service: string): boolean => servicesOf(partner, asked).includes(service);
  const isNamed = (table: Table, column: string, key: string): boolean =>
    db
      .where(table, 'partner_id', partner.id)
      .some(
        (row) => row[column] === key && isWithin(db.today, row.valid_from ?? null, row.valid_until ?? null),
      );
  return (
    isFound(partner, filter.search) &&
    isIn(filter.sizeBands, partner.size_band) &&
    (!sectors || isIn(sectors, db.one('sector', 'id', partner.sector_id)?.code)) &&
    (!territories || isIn(territories, ...placesOf(partner, asked))) &&
    (!authorities || isIn(authorities, ...authoritiesOf(partner, asked))) &&
    (!federation || isNamed('membership', 'federation_id', keyIn(federation))) &&
    (!population || isNamed('population_member', 'population_id', keyIn(population))) &&
    (filter.usesServices ?? []).every(uses) &&
    !(filter.doesNotUseServices ?? []).some(uses) &&
    (typeof usesNoService !== 'boolean' || usesNoService === (servicesOf(partner, asked).length === 0))
  );
}

/** Global ids of the services in which a partner has an active enrolment. */
function servicesOf(partner: Row, { db }: Asked): string[] {
  return db
    .where('enrolment', 'partner_id', partner.id)
    .filter(({ status }) => status === 'ACTIVE')
    .map(({ service_id }) => `service_${service_id}`);
}

/** Every word of a search is the beginning of a word of a name, in whatever language. */
function isFound(partner: Row, search: string | null | undefined): boolean {
  if (!search) return true;
  const names = ['fr', 'nl', 'en', 'de'].map((language) => partner[`name_${language}`] ?? '');
  const words = folded(names.join(' '));
  return folded(search).every((beginning) => words.some((word) => word.startsWith(beginning)));
}

/** Codes of every territory, of whatever level, in which a partner has a site. */
export function placesOf(partner: Row, { db }: Asked): unknown[] {
  return db.where('site', 'partner_id', partner.id).flatMap((site) => {
    const territory = db.one('territory', 'id', site.municipality_id) as Row;
    const { nis_code, arrondissement_code, province_code, region_code } = territory;
    return [nis_code, arrondissement_code, province_code, region_code];
  });
}

/** Codes of the authorities that recognise a partner today, and of those whose administrations do. */
function authoritiesOf(partner: Row, asked: Asked): unknown[] {
  return asked.db
    .where('recognition', 'partner_id', partner.id)
    .filter((one) => isWithin(asked.db.today, one.valid_from, one.valid_until))
    .flatMap((one) => authorityCodes(one, asked));
}

/** Codes of the authority of a recognition, and of the one whose administration that is. */
export function authorityCodes(recognition: Row | undefined, { db }: Asked): unknown[] {
  const authority = db.one('competent_authority', 'id', recognition?.authority_id);
  return [authority?.code, db.one('competent_authority', 'id', authority?.part_of_id)?.code];
}
