import { list, one, type Rows, sql } from '../read/index.ts';
import { CompetentAuthority, Sector, Territory, type TerritoryLevel } from './reference.entity.ts';

export function sectors(): Rows {
  return list(Sector, { orderBy: [{ by: (row) => row.code, direction: 'asc', type: 'text' }] });
}

export function authorities(): Rows {
  return list(CompetentAuthority, { orderBy: [{ by: (row) => row.code, direction: 'asc', type: 'text' }] });
}

export function territories(level: TerritoryLevel | null | undefined): Rows {
  return list(Territory, {
    where: (row) => (level ? sql`${row.level} = ${level}::text` : undefined),
    orderBy: [{ by: (row) => row.nisCode, direction: 'asc', type: 'text' }],
  });
}

/** The wider territory whose code a territory carries. */
export function ancestor(code: 'regionCode' | 'provinceCode' | 'arrondissementCode'): Rows {
  return one<Territory, Territory>(Territory, (row, territory) => sql`${row.nisCode} = ${territory[code]}`);
}

export function administrations(): Rows {
  return list<CompetentAuthority, CompetentAuthority>(CompetentAuthority, {
    where: (row, authority) => sql`${row.partOf} = ${authority.id}`,
    orderBy: [{ by: (row) => row.code, direction: 'asc', type: 'text' }],
  });
}
