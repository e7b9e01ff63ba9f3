import { type PartnerCondition, partnerCondition } from '../partners/index.ts';
import { Partner } from '../partners/partner.entity.ts';
import {
  and,
  connection,
  list,
  type OrderKey,
  one,
  type Page,
  type Rows,
  sql,
  today,
} from '../read/index.ts';
import { Federation, Membership } from './federation.entity.ts';

export const FEDERATION_ORDER: OrderKey<Federation>[] = [
  { by: (row) => row.slug, direction: 'asc', type: 'text' },
  { by: (row) => row.id, direction: 'asc', type: 'uuid' },
];

export function federations(page: Page): Rows {
  return connection(Federation, { orderBy: FEDERATION_ORDER, page });
}

export function federationBy(column: 'id' | 'slug', value: string, absent?: () => Error): Rows {
  return one(
    Federation,
    (row) => (column === 'id' ? sql`${row.id} = ${value}::uuid` : sql`${row.slug} = ${value}::text`),
    absent,
  );
}

/** Partners that are members of the federation today. */
export function membersOfFederation(
  filter: PartnerCondition,
  orderBy: readonly OrderKey<Partner>[],
  page: Page,
): Rows {
  return connection<Partner, Federation>(Partner, {
    where: (row, federation) =>
      and([
        sql`exists (select from membership m where m.partner_id = ${row.id} and m.federation_id = ${federation.id}
          and m.valid_from <= ${today} and (m.valid_until is null or ${today} < m.valid_until))`,
        partnerCondition(row, filter),
      ]),
    orderBy,
    page,
  });
}

export function membershipsOfPartner(): Rows {
  return list<Membership, Partner>(Membership, {
    where: (row, partner) => sql`${row.partner} = ${partner.id}`,
    orderBy: [
      { by: (row) => row.validFrom, direction: 'asc', type: 'date' },
      { by: (row) => row.id, direction: 'asc', type: 'uuid' },
    ],
  });
}
