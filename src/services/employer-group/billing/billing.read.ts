import { Partner } from '../../../partners/partner.entity.ts';
import {
  and,
  connection,
  type Expression,
  expression,
  list,
  mustExist,
  type OrderKey,
  one,
  oneOf,
  type Page,
  type RowRef,
  type Rows,
  type Sql,
  sql,
} from '../../../read/index.ts';
import type { SharedService } from '../../service.entity.ts';
import {
  BillingRule,
  GroupDebt,
  Invoice,
  InvoiceLine,
  InvoiceRun,
  LiabilityShare,
} from '../billing.entity.ts';
import { CostComponent, CostSheet, ProvisionEntry } from '../cost.entity.ts';

/** A filter with its references turned into keys. */
export interface BillingCondition {
  partner?: string | undefined;
  service?: string | undefined;
  worker?: string | undefined;
  year?: number | null | undefined;
  on?: string | null | undefined;
  kinds?: readonly string[] | null | undefined;
  issuedFrom?: string | null | undefined;
  issuedTo?: string | null | undefined;
}

export const SHEET_ORDER: OrderKey<CostSheet>[] = [
  { by: (row) => row.year, direction: 'desc', type: 'int' },
  { by: (row) => row.id, direction: 'asc', type: 'uuid' },
];
export const RULE_ORDER: OrderKey<BillingRule>[] = [
  { by: (row) => row.validFrom, direction: 'desc', type: 'date' },
  { by: (row) => row.id, direction: 'asc', type: 'uuid' },
];
/** The latest first. */
export const INVOICE_ORDER: OrderKey<Invoice>[] = [
  { by: (row) => row.issuedOn, direction: 'desc', type: 'date' },
  { by: (row) => row.id, direction: 'desc', type: 'uuid' },
];

function named(table: string, key: string | undefined, field: string, column: Sql): Sql | undefined {
  return key ? and([mustExist(table, [key], `filter.${field}`), sql`${column} = ${key}::uuid`]) : undefined;
}

export function costSheets({ service, worker, year }: BillingCondition, page: Page): Rows {
  return connection(CostSheet, {
    where: (row) =>
      and([
        named('shared_service', service, 'service', row.service),
        named('shared_worker', worker, 'worker', row.worker),
        year ? sql`${row.year} = ${year}::int` : undefined,
      ]),
    orderBy: SHEET_ORDER,
    page,
  });
}

export function costSheetById(id: string): Rows {
  return one(CostSheet, (row) => sql`${row.id} = ${id}::uuid`);
}

export function componentsOfSheet(): Rows {
  return list<CostComponent, CostSheet>(CostComponent, {
    where: (row, sheet) => sql`${row.sheet} = ${sheet.id}`,
    orderBy: [{ by: (row) => row.kind, direction: 'asc', type: 'text' }],
  });
}

/** Sum of the components, a subsidy taken off. */
export function totalOfSheet(): Expression {
  return expression<CostSheet>(
    (sheet) =>
      sql`(select coalesce(sum(case c.kind when 'SUBSIDY' then -c.amount else c.amount end), 0) from cost_component c where c.sheet_id = ${sheet.id})`,
  );
}

export function billingRules({ partner, service, on }: BillingCondition, page: Page): Rows {
  return connection(BillingRule, {
    where: (row) =>
      and([
        named('partner', partner, 'partner', row.partner),
        named('shared_service', service, 'service', row.service),
        on
          ? sql`${row.validFrom} <= ${on}::date and (${row.validUntil} is null or ${on}::date < ${row.validUntil})`
          : undefined,
      ]),
    orderBy: RULE_ORDER,
    page,
  });
}

export function billingRuleById(id: string): Rows {
  return one(BillingRule, (row) => sql`${row.id} = ${id}::uuid`);
}

function invoiceCondition(row: RowRef<Invoice>, filter: BillingCondition): Sql | undefined {
  const { partner, service, kinds, issuedFrom, issuedTo } = filter;
  return and([
    named('partner', partner, 'partner', row.partner),
    named('shared_service', service, 'service', row.service),
    kinds ? oneOf(row.kind, kinds, 'text') : undefined,
    issuedFrom ? sql`${row.issuedOn} >= ${issuedFrom}::date` : undefined,
    issuedTo ? sql`${row.issuedOn} < ${issuedTo}::date` : undefined,
  ]);
}

export function invoices(filter: BillingCondition, page: Page): Rows {
  return connection(Invoice, { where: (row) => invoiceCondition(row, filter), orderBy: INVOICE_ORDER, page });
}

export function invoicesOfPartner(page: Page): Rows {
  return connection<Invoice, Partner>(Invoice, {
    where: (row, partner) => sql`${row.partner} = ${partner.id}`,
    orderBy: INVOICE_ORDER,
    page,
  });
}

export function invoicesOfRun(page: Page): Rows {
  return connection<Invoice, InvoiceRun>(Invoice, {
    where: (row, run) => sql`${row.run} = ${run.id}`,
    orderBy: INVOICE_ORDER,
    page,
  });
}

export function invoiceById(id: string): Rows {
  return one(Invoice, (row) => sql`${row.id} = ${id}::uuid`);
}

/** The credit note that took an invoice back. */
export function creditOfInvoice(): Rows {
  return one<Invoice, Invoice>(
    Invoice,
    (row, invoice) => sql`${row.partner} = ${invoice.partner} and ${row.credits} = ${invoice.id}`,
  );
}

export function linesOfInvoice(): Rows {
  return list<InvoiceLine, Invoice>(InvoiceLine, {
    where: (row, invoice) => sql`${row.partner} = ${invoice.partner} and ${row.invoice} = ${invoice.id}`,
    orderBy: [{ by: (row) => row.position, direction: 'asc', type: 'int' }],
  });
}

export function totalOfInvoice(): Expression {
  return expression<Invoice>((row) => sql`(${row.netAmount} + ${row.vatAmount})`);
}

/** The ground of the VAT that is, or is not, on an invoice, in a language. */
export function vatGround(texts: Readonly<Record<string, string>>): Expression {
  return expression<Invoice>(
    (row) =>
      sql`case ${row.vatTreatment} when 'STANDARD_RATE' then ${texts.STANDARD_RATE ?? ''}::text else ${texts.EXEMPT_INDEPENDENT_GROUP ?? ''}::text end`,
  );
}

export function memberById(id: string): Rows {
  return one(Partner, (row) => sql`${row.id} = ${id}::uuid`);
}

export function runById(id: string): Rows {
  return one(InvoiceRun, (row) => sql`${row.id} = ${id}::uuid`);
}

/** Runs of a group, the latest period first: a dozen or so a year. */
export function runsOfService(): Rows {
  return list<InvoiceRun, SharedService>(InvoiceRun, {
    where: (row, service) => sql`${row.service} = ${service.id}`,
    orderBy: [
      { by: (row) => row.periodFrom, direction: 'desc', type: 'date' },
      { by: (row) => row.id, direction: 'desc', type: 'uuid' },
    ],
    limit: 100,
  });
}

export function provisionById(id: string): Rows {
  return one(ProvisionEntry, (row) => sql`${row.id} = ${id}::uuid`);
}

export function provisionsOfService(): Rows {
  return list<ProvisionEntry, SharedService>(ProvisionEntry, {
    where: (row, service) => sql`${row.service} = ${service.id}`,
    orderBy: [
      { by: (row) => row.approvedOn, direction: 'desc', type: 'date' },
      { by: (row) => row.id, direction: 'desc', type: 'uuid' },
    ],
    limit: 200,
  });
}

/** What is put aside and not used, as far as the viewer sees the entries: all of them, or none. */
export function provisionBalance(): Expression {
  return expression<SharedService>(
    (service) =>
      sql`(select sum(case e.kind when 'ADDITION' then e.amount else -e.amount end) from provision_entry e where e.service_id = ${service.id})`,
  );
}

export function debtById(id: string): Rows {
  return one(GroupDebt, (row) => sql`${row.id} = ${id}::uuid`);
}

export function debtsOfService(): Rows {
  return list<GroupDebt, SharedService>(GroupDebt, {
    where: (row, service) => sql`${row.service} = ${service.id}`,
    orderBy: [{ by: (row) => row.asOf, direction: 'desc', type: 'date' }],
    limit: 100,
  });
}

/** A partner's parts in the debts of its groups, the latest first. */
export function liabilitySharesOfPartner(): Rows {
  return list<LiabilityShare, Partner>(LiabilityShare, {
    where: (row, partner) => sql`${row.partner} = ${partner.id}`,
    orderBy: [{ by: (row) => row.id, direction: 'desc', type: 'uuid' }],
    limit: 100,
  });
}
