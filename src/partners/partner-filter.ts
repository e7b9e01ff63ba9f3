import { keyOf } from '../ids.ts';
import type { PartnerFilter } from './partner.inputs.ts';
import type { PartnerCondition } from './partner.read.ts';

/**
 * The condition that a filter stands for, its ids decoded before any SQL.
 * @throws UserError INVALID_ID
 */
export function partnerConditionOf(
  filter: PartnerFilter | null | undefined,
  path = 'filter',
): PartnerCondition {
  if (!filter) return {};
  const keys = (field: 'usesServices' | 'doesNotUseServices'): string[] =>
    (filter[field] ?? []).map((id, index) => keyOf('service', id, `${path}.${field}.${index}`));
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
    usesServices: keys('usesServices'),
    doesNotUseServices: keys('doesNotUseServices'),
    usesNoService: filter.usesNoService,
  };
}
