import type { Partner } from '../../partners/partner.entity.ts';
import {
  and,
  connection,
  derived,
  type Expression,
  expression,
  type Fields,
  fields,
  list,
  mustExist,
  type OrderKey,
  one,
  type Page,
  type RowRef,
  type Rows,
  type Sql,
  sql,
  today,
} from '../../read/index.ts';
import { CompetentAuthority } from '../../reference/reference.entity.ts';
import { type AgreementStatus, FrameworkAgreement, Lot } from './agreement.entity.ts';
import { BuyerAccount } from './catalogue.entity.ts';
import { Supplier } from './supplier.entity.ts';

export const SUPPLIER_ORDER: OrderKey<Supplier>[] = [
  { by: (row) => row.name, direction: 'asc', type: 'text' },
  { by: (row) => row.id, direction: 'asc', type: 'uuid' },
];

/** The latest first. */
export const AGREEMENT_ORDER: OrderKey<FrameworkAgreement>[] = [
  { by: (row) => row.validFrom, direction: 'desc', type: 'date' },
  { by: (row) => row.id, direction: 'desc', type: 'uuid' },
];

export const LOT_ORDER: OrderKey<Lot>[] = [
  { by: (row) => row.localId, direction: 'asc', type: 'text' },
  { by: (row) => row.id, direction: 'asc', type: 'uuid' },
];

/** Rows of one purchasing service, where one is named. */
export function ofService(column: Sql, service: string | undefined): Sql | undefined {
  return service
    ? and([mustExist('shared_service', [service], 'service'), sql`${column} = ${service}::uuid`])
    : undefined;
}

export function suppliers(service: string | undefined, page: Page): Rows {
  return connection(Supplier, {
    where: (row) => ofService(row.service, service),
    orderBy: SUPPLIER_ORDER,
    page,
  });
}

export function supplierById(id: string): Rows {
  return one(Supplier, (row) => sql`${row.id} = ${id}::uuid`);
}

export function frameworkAgreements(
  { service, status }: { service: string | undefined; status: AgreementStatus | null | undefined },
  page: Page,
): Rows {
  return connection(FrameworkAgreement, {
    where: (row) =>
      and([ofService(row.service, service), status ? sql`${row.status} = ${status}::text` : undefined]),
    orderBy: AGREEMENT_ORDER,
    page,
  });
}

export function agreementById(id: string): Rows {
  return one(FrameworkAgreement, (row) => sql`${row.id} = ${id}::uuid`);
}

export function lotById(id: string): Rows {
  return one(Lot, (row) => sql`${row.id} = ${id}::uuid`);
}

export function lotsOfAgreement(): Rows {
  return list<Lot, FrameworkAgreement>(Lot, {
    where: (row, agreement) => sql`${row.agreement} = ${agreement.id}`,
    orderBy: LOT_ORDER,
  });
}

export function authoritiesOfAgreement(): Rows {
  return list<CompetentAuthority, FrameworkAgreement>(CompetentAuthority, {
    where: (row, agreement) =>
      sql`exists (select from agreement_authority x where x.agreement_id = ${agreement.id} and x.authority_id = ${row.id})`,
    orderBy: [{ by: (row) => row.code, direction: 'asc', type: 'text' }],
  });
}

type Currency<P> = (row: RowRef<P>) => Sql;
const ofAgreement: Currency<FrameworkAgreement> = (row) => row.currency;
const ofLot: Currency<Lot> = (row) =>
  sql`(select f.currency from framework_agreement f where f.id = ${row.agreement})`;

export function maximumValue(): Fields {
  return fields<FrameworkAgreement>(
    { amount: (row) => row.maximumValue, currency: ofAgreement },
    (row) => sql`${row.maximumValue} is null`,
  );
}

export function ceilingOfLot(): Fields {
  return fields<Lot>({ amount: (row) => row.ceiling, currency: ofLot }, (row) => sql`${row.ceiling} is null`);
}

/** What was ordered of an agreement or a lot; null for who does not see its account. */
export function spending(of: 'agreement' | 'lot', what: 'committed' | 'spent'): Fields {
  const column = what === 'committed' ? sql`a.committed` : sql`a.spent`;
  const amount = (row: RowRef<{ id: string }>): Sql =>
    sql`(select ${column} from spend_account a where a.id = ${row.id})`;
  return fields<never>(
    { amount: amount as never, currency: (of === 'lot' ? ofLot : ofAgreement) as never },
    ((row: RowRef<{ id: string }>) => sql`${amount(row)} is null`) as never,
  );
}

export function buyerAccountById(id: string): Rows {
  return one(BuyerAccount, (row) => sql`${row.id} = ${id}::uuid`);
}

/** What a partner is to each purchasing service, as far as the viewer sees it. */
export function buyerAccountsOfPartner(): Rows {
  return list<BuyerAccount, Partner>(BuyerAccount, {
    where: (row, partner) => sql`${row.partner} = ${partner.id}`,
    orderBy: [{ by: (row) => row.id, direction: 'asc', type: 'uuid' }],
  });
}

/** Suppliers of a service with deliveries that are late, the one that is late for longest first. */
export function lateSuppliers(service: string): Rows {
  return derived({
    subquery:
      () => sql`(select o.supplier_id as supplier, count(*)::int as orders, min(o.delivery_due_on) as "dueSince",
          sum(o.total_excl_vat - o.delivered_excl_vat) as "undeliveredExclVat"
        from purchase_order o where ${mustExist('shared_service', [service], 'service')} and o.service_id = ${service}::uuid
          and o.state in ('CONFIRMED', 'PARTLY_DELIVERED') and o.delivery_due_on < ${today}
        group by o.supplier_id order by min(o.delivery_due_on), o.supplier_id)`,
    columns: ['supplier', 'orders', 'dueSince', 'undeliveredExclVat'],
    fields: { supplier: (late) => one(Supplier, (row) => sql`${row.id} = ${late.supplier}`) },
  });
}

/** Whether a supplier is late with something that the viewer sees. */
export function isLateSupplier(): Expression {
  return expression<Supplier>(
    (row) => sql`exists (select from purchase_order o where o.supplier_id = ${row.id}
      and o.state in ('CONFIRMED', 'PARTLY_DELIVERED') and o.delivery_due_on < ${today})`,
  );
}
