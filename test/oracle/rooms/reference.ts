import { type Asked, column, kind, type Read, type Room, same } from '../asked.ts';
import { byText, listOf, sorted } from '../pages.ts';
import { globalId, localised, reference } from '../values.ts';

function wider(code: string): Read {
  return (row, _, { db }) => db.one('territory', 'nis_code', row[code]) ?? null;
}

/** Sectors, territories and competent authorities. */
export const referenceRoom: Room = {
  nodes: {
    sector: kind('sector', 'Sector'),
    territory: kind('territory', 'Territory'),
    competent_authority: kind('authority', 'CompetentAuthority'),
  },
  fields: {
    Query: {
      sectors: (_, __, { db }) => sorted(db.all('sector'), byText('code')),
      competentAuthorities: (_, __, { db }) => sorted(db.all('competent_authority'), byText('code')),
      territories: (_, { level }: { level?: string | null }, { db }: Asked) => {
        const all = level ? db.where('territory', 'level', level) : db.all('territory');
        return sorted(all, byText('nis_code'));
      },
    },
    Sector: {
      id: globalId('sector'),
      ...same('code'),
      naceCode: column('nace_code'),
      ...localised('name'),
    },
    Territory: {
      id: globalId('territory'),
      ...same('level'),
      nisCode: column('nis_code'),
      postalCodes: column('postal_codes'),
      region: wider('region_code'),
      province: wider('province_code'),
      arrondissement: wider('arrondissement_code'),
      ...localised('name'),
    },
    CompetentAuthority: {
      id: globalId('authority'),
      ...same('code'),
      partOf: reference('competent_authority', 'part_of_id'),
      administrations: listOf('competent_authority', 'part_of_id', byText('code')),
      ...localised('name'),
    },
    AuthorityCount: same('authority', 'count'),
  },
};
