import { foldText } from '../database/localised-text.ts';
import { UserError } from '../errors.ts';
import { keyOf } from '../ids.ts';
import type { PartnerFilter } from './partner.inputs.ts';
import type { PartnerCondition } from './partner.read.ts';

/** Each word is looked up by its beginning, so that many short ones are expensive. */
const MOST_WORDS = 12;
const LONGEST_SEARCH = 1_000;
const MOST_SERVICES = 100;

function checkSearch(search: string | null | undefined, field: string): void {
  if (!search) return;
  const isLong = search.length > LONGEST_SEARCH;
  if (isLong || new Set(foldText(search).split(' ')).size > MOST_WORDS) {
    throw new UserError(
      'TEXT_TOO_LONG',
      `A search has at most ${MOST_WORDS} words and ${LONGEST_SEARCH} characters: look for the ones that matter.`,
      field,
    );
  }
}

/**
 * The condition that a filter stands for, its ids decoded before any SQL.
 * @throws UserError INVALID_ID
 */
export function partnerConditionOf(
  filter: PartnerFilter | null | undefined,
  path = 'filter',
): PartnerCondition {
  if (!filter) return {};
  checkSearch(filter.search, `${path}.search`);
  const keys = (field: 'usesServices' | 'doesNotUseServices'): string[] => {
    const ids = filter[field] ?? [];
    if (ids.length > MOST_SERVICES) {
      throw new UserError(
        'TOO_MANY_IDS',
        `${ids.length} ids at once: name at most ${MOST_SERVICES} services.`,
        `${path}.${field}`,
      );
    }
    return [...new Set(ids.map((id, index) => keyOf('service', id, `${path}.${field}.${index}`)))];
  };
  return {
    search: filter.search,
    sectors: filter.sectors,
    sizeBands: filter.sizeBands,
    territories: filter.territories,
    authorities: filter.authorities,
    ...(filter.federation
      ? { federation: keyOf('federation', filter.federation, `${path}.federation`) }
      : {}),
    ...(filter.population
      ? { population: keyOf('population', filter.population, `${path}.population`) }
      : {}),
    // An empty list of services asks for nothing; any other empty list finds nobody.
    ...(filter.usesServices?.length ? { usesServices: keys('usesServices') } : {}),
    ...(filter.doesNotUseServices?.length ? { doesNotUseServices: keys('doesNotUseServices') } : {}),
    usesNoService: filter.usesNoService,
  };
}
