import { foldText, type LanguageCode } from '../database/localised-text.ts';
import {
  and,
  connection,
  list,
  literal,
  mustBeKnown,
  mustExist,
  type OrderKey,
  one,
  oneOf,
  type Page,
  type RowRef,
  type Rows,
  type Sql,
  sql,
  today,
} from '../read/index.ts';
import type { CompetentAuthority, Sector, Territory } from '../reference/reference.entity.ts';
import { Partner, Recognition, Site } from './partner.entity.ts';
import type { PartnerOrder } from './partner.inputs.ts';

/** A partner filter with its references turned into keys. */
export interface PartnerCondition {
  search?: string | null | undefined;
  sectors?: readonly string[] | null | undefined;
  sizeBands?: readonly string[] | null | undefined;
  territories?: readonly string[] | null | undefined;
  authorities?: readonly string[] | null | undefined;
  federation?: string | undefined;
  population?: string | undefined;
  usesServices?: readonly string[] | undefined;
  doesNotUseServices?: readonly string[] | undefined;
  usesNoService?: boolean | null | undefined;
}

/** What a partner filter looks at. */
export type FilteredPartner = Pick<RowRef<Partner>, 'id' | 'searchVector' | 'sector' | 'sizeBand'>;

/** The SQL of a partner filter, on a row of `partner`; whether what it names is there is {@link partnerChecks}. */
export function partnerPredicates(row: FilteredPartner, filter: PartnerCondition): Sql[] {
  const conditions: Sql[] = [];
  const terms = [...new Set(filter.search ? foldText(filter.search).split(' ').filter(Boolean) : [])];
  if (terms.length > 0) {
    // Folded words hold letters and digits alone, so nothing in them has a meaning to tsquery.
    conditions.push(
      sql`${row.searchVector} @@ to_tsquery('simple', ${terms.map((term) => `${term}:*`).join(' & ')}::text)`,
    );
  } else if (filter.search) {
    conditions.push(sql`false`);
  }
  if (filter.sectors) conditions.push(inSectors(row, filter.sectors));
  if (filter.sizeBands) conditions.push(oneOf(row.sizeBand, filter.sizeBands, 'text'));
  if (filter.territories) {
    conditions.push(sql`exists (select from site s join territory t on t.id = s.municipality_id where s.partner_id = ${row.id}
      and (${oneOf(sql`t.nis_code`, filter.territories, 'text')} or ${oneOf(sql`t.arrondissement_code`, filter.territories, 'text')}
        or ${oneOf(sql`t.province_code`, filter.territories, 'text')} or ${oneOf(sql`t.region_code`, filter.territories, 'text')}))`);
  }
  if (filter.authorities) {
    conditions.push(sql`exists (select from recognition r join competent_authority a on a.id = r.authority_id
      left join competent_authority w on w.id = a.part_of_id
      where r.partner_id = ${row.id} and (${oneOf(sql`a.code`, filter.authorities, 'text')} or ${oneOf(sql`w.code`, filter.authorities, 'text')})
        and r.valid_from <= ${today} and (r.valid_until is null or ${today} < r.valid_until))`);
  }
  if (filter.federation) {
    conditions.push(sql`exists (select from membership m where m.partner_id = ${row.id} and m.federation_id = ${filter.federation}::uuid
      and m.valid_from <= ${today} and (m.valid_until is null or ${today} < m.valid_until))`);
  }
  if (filter.population) {
    conditions.push(
      sql`exists (select from population_member m where m.partner_id = ${row.id} and m.population_id = ${filter.population}::uuid)`,
    );
  }
  const uses = filter.usesServices ?? [];
  const doesNotUse = filter.doesNotUseServices ?? [];
  // One subquery for a list of any length: the planner's time grows with their number.
  if (uses.length > 0) {
    conditions.push(
      sql`not exists (select from unnest(${uses}::uuid[]) as wanted(id) where not ${isEnrolled(row, sql`e.service_id = wanted.id`)})`,
    );
  }
  if (doesNotUse.length > 0)
    conditions.push(sql`not ${isEnrolled(row, oneOf(sql`e.service_id`, doesNotUse, 'uuid'))}`);
  if (typeof filter.usesNoService === 'boolean') {
    const usesAny = isEnrolled(row, sql`true`);
    conditions.push(filter.usesNoService ? sql`not ${usesAny}` : usesAny);
  }
  return conditions;
}

/**
 * Whether all that a partner filter names is there, and seen: true, or the read fails with the field's error.
 * @param path where the filter stands in the arguments: errors name their field by it
 */
export function partnerChecks(filter: PartnerCondition, path: string): Sql[] {
  const checks: Sql[] = [];
  const { sectors, territories, authorities, federation, population } = filter;
  if (sectors) checks.push(mustBeKnown('sector', 'code', sectors, `${path}.sectors`));
  if (territories) checks.push(mustBeKnown('territory', 'nis_code', territories, `${path}.territories`));
  if (authorities)
    checks.push(mustBeKnown('competent_authority', 'code', authorities, `${path}.authorities`));
  if (federation) checks.push(mustExist('federation', [federation], `${path}.federation`));
  if (population) checks.push(mustExist('population', [population], `${path}.population`));
  const uses = filter.usesServices ?? [];
  if (uses.length > 0) checks.push(mustExist('shared_service', uses, `${path}.usesServices`));
  const doesNotUse = filter.doesNotUseServices ?? [];
  if (doesNotUse.length > 0) {
    checks.push(
      mustExist('shared_service', doesNotUse, `${path}.doesNotUseServices`),
      mustSeeAll(sql`s.id = any(${doesNotUse}::uuid[])`, `${path}.doesNotUseServices`),
    );
  }
  if (filter.usesNoService) checks.push(mustSeeAll(sql`true`, `${path}.usesNoService`));
  return checks;
}

/** The SQL of a partner filter, on a row of `partner`, with its checks. */
export function partnerCondition(
  row: FilteredPartner,
  filter: PartnerCondition,
  path = 'filter',
): Sql | undefined {
  const conditions = [...partnerChecks(filter, path), ...partnerPredicates(row, filter)];
  return conditions.length > 0 ? and(conditions) : undefined;
}

/** One sector is a comparison, so that an index gives its partners in order: a page then reads no others. */
function inSectors(row: Pick<FilteredPartner, 'sector'>, codes: readonly string[]): Sql {
  const keys = sql`(select s.id from sector s where ${oneOf(sql`s.code`, codes, 'text')})`;
  return codes.length === 1 ? sql`${row.sector} = ${keys}` : sql`${row.sector} in ${keys}`;
}

/** Who does not use a service is known to those alone who see all that do; others would take the hidden for absent. */
function mustSeeAll(services: Sql, field: string): Sql {
  return sql`(select not refuse_if(exists (select from shared_service s where ${services} and not hub_sees_all_of(s.id)), 'MH056', ${literal(field)}))`;
}

function isEnrolled(row: Pick<FilteredPartner, 'id'>, where: Sql): Sql {
  return sql`exists (select from enrolment e where e.partner_id = ${row.id} and e.status = 'ACTIVE' and ${where})`;
}

/** The keys of an order of partners; every order ends with the key, so that it is total. */
export function partnerOrder(order: PartnerOrder, language: LanguageCode): OrderKey<Partner>[] {
  const byId = (direction: 'asc' | 'desc'): OrderKey<Partner> => ({
    by: (row) => row.id,
    direction,
    type: 'uuid',
  });
  switch (order) {
    case 'HEADCOUNT_DESC':
      return [{ by: (row) => row.headcount, direction: 'desc', type: 'int' }, byId('desc')];
    case 'NEWEST':
      return [{ by: (row) => row.createdAt, direction: 'desc', type: 'timestamptz' }, byId('desc')];
    default:
      return [
        {
          by: (row) => (row.sortName as unknown as Record<LanguageCode, Sql>)[language],
          direction: 'asc',
          type: 'text',
        },
        byId('asc'),
      ];
  }
}

export function partners(filter: PartnerCondition, orderBy: readonly OrderKey<Partner>[], page: Page): Rows {
  return connection(Partner, { where: (row) => partnerCondition(row, filter), orderBy, page });
}

/** The partner with a value in a unique column. */
export function partnerBy(
  column: 'id' | 'slug' | 'enterpriseNumber',
  value: string,
  absent?: () => Error,
): Rows {
  return one(
    Partner,
    (row) => (column === 'id' ? sql`${row.id} = ${value}::uuid` : sql`${row[column]} = ${value}::text`),
    absent,
  );
}

export function sitesOfPartner(): Rows {
  return list<Site, Partner>(Site, {
    where: (row, partner) => sql`${row.partner} = ${partner.id}`,
    orderBy: [
      { by: (row) => row.isRegisteredOffice, direction: 'desc', type: 'bool' },
      { by: (row) => row.id, direction: 'asc', type: 'uuid' },
    ],
  });
}

export const RECOGNITION_ORDER: OrderKey<Recognition>[] = [
  { by: (row) => row.validFrom, direction: 'asc', type: 'date' },
  { by: (row) => row.id, direction: 'asc', type: 'uuid' },
];

export function recognitionsOfPartner(): Rows {
  return list<Recognition, Partner>(Recognition, {
    where: (row, partner) => sql`${row.partner} = ${partner.id}`,
    orderBy: RECOGNITION_ORDER,
  });
}

export function recognitionsOfSite(): Rows {
  return list<Recognition, Site>(Recognition, {
    where: (row, site) => sql`${row.partner} = ${site.partner} and ${row.site} = ${site.id}`,
    orderBy: RECOGNITION_ORDER,
  });
}

/** `0999.000.123` from ten digits. */
export function formattedEnterpriseNumber(row: RowRef<Partner>): Sql {
  return sql`(substr(${row.enterpriseNumber}, 1, 4) || '.' || substr(${row.enterpriseNumber}, 5, 3) || '.' || substr(${row.enterpriseNumber}, 8, 3))`;
}

export function partnersOfSector(orderBy: readonly OrderKey<Partner>[], page: Page): Rows {
  return connection<Partner, Sector>(Partner, {
    where: (row, sector) => sql`${row.sector} = ${sector.id}`,
    orderBy,
    page,
  });
}

/** Partners with a site in a territory of any level. */
export function partnersOfTerritory(orderBy: readonly OrderKey<Partner>[], page: Page): Rows {
  return connection<Partner, Territory>(Partner, {
    where: (row, territory) => sql`exists (select from site s join territory t on t.id = s.municipality_id
      where s.partner_id = ${row.id} and ${territory.nisCode} in (t.nis_code, t.arrondissement_code, t.province_code, t.region_code))`,
    orderBy,
    page,
  });
}

/** Recognitions by an authority itself; those of its administrations are theirs. */
export function recognitionsOfAuthority(page: Page): Rows {
  return connection<Recognition, CompetentAuthority>(Recognition, {
    where: (row, authority) => sql`${row.authority} = ${authority.id}`,
    orderBy: RECOGNITION_ORDER,
    page,
  });
}
