import type { Partner } from '../partners/partner.entity.ts';
import { connection, type OrderKey, one, type Page, type Rows, sql } from '../read/index.ts';
import { DataSharingAgreement } from './agreement.entity.ts';
import type { Federation } from './federation.entity.ts';

/** The latest first. */
export const AGREEMENT_ORDER: OrderKey<DataSharingAgreement>[] = [
  { by: (row) => row.grantedAt, direction: 'desc', type: 'timestamptz' },
  { by: (row) => row.id, direction: 'desc', type: 'uuid' },
];

export function agreementsOfPartner(page: Page): Rows {
  return connection<DataSharingAgreement, Partner>(DataSharingAgreement, {
    where: (row, partner) => sql`${row.partner} = ${partner.id}`,
    orderBy: AGREEMENT_ORDER,
    page,
  });
}

export function agreementsOfFederation(page: Page): Rows {
  return connection<DataSharingAgreement, Federation>(DataSharingAgreement, {
    where: (row, federation) => sql`${row.federation} = ${federation.id}`,
    orderBy: AGREEMENT_ORDER,
    page,
  });
}

export function agreementById(id: string): Rows {
  return one(DataSharingAgreement, (row) => sql`${row.id} = ${id}::uuid`);
}
