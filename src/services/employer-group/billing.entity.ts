import { defineEntity, p } from '@mikro-orm/core';
import { id, money, provenance, recordedAt } from '../../database/properties.ts';
import { rowSecurity } from '../../database/row-security.ts';
import { Partner } from '../../partners/partner.entity.ts';
import { SharedService } from '../service.entity.ts';
import { WorkerFunction } from './employer-group.entity.ts';
import { accountsRule, billingRule, invoiceLineRule, invoiceRule, runRule } from './employer-group.policy.ts';

/** How a member pays its part of what its workers cost. */
export enum BillingMode {
  /** By the hours worked (régie). */
  TIME_AND_MATERIALS = 'TIME_AND_MATERIALS',
  /** A provisional amount a month, settled by the hours placed (forfait). */
  FLAT_RATE = 'FLAT_RATE',
  /** By a key that the members agreed on. */
  PRO_RATA = 'PRO_RATA',
}

/** Key of a cost that is shared pro rata. */
export enum SharingKey {
  PLACED_HOURS = 'PLACED_HOURS',
  HEADCOUNT = 'HEADCOUNT',
  EQUAL = 'EQUAL',
  /** A weight that the members agreed on. */
  WEIGHT = 'WEIGHT',
}

/** How often a member is invoiced. */
export enum BillingRhythm {
  MONTHLY = 'MONTHLY',
  YEARLY = 'YEARLY',
}

/** How VAT applies to what a member pays. */
export enum VatTreatment {
  /** An independent group of persons serves its members at cost: article 44, § 2bis, of the VAT Code. */
  EXEMPT_INDEPENDENT_GROUP = 'EXEMPT_INDEPENDENT_GROUP',
  STANDARD_RATE = 'STANDARD_RATE',
}

/** What a run invoices. */
export enum InvoiceRunKind {
  MONTH = 'MONTH',
  /** The real cost of a calendar year, less what was invoiced of it. */
  SETTLEMENT = 'SETTLEMENT',
}

/** What an invoice is. */
export enum InvoiceKind {
  INVOICE = 'INVOICE',
  SETTLEMENT = 'SETTLEMENT',
  CREDIT_NOTE = 'CREDIT_NOTE',
}

/** What a line of an invoice is about. */
export enum InvoiceLineKind {
  /** Part of the cost of workers of a function. */
  STAFF_COST = 'STAFF_COST',
  /** Part of what the group costs besides. */
  FIXED_COST = 'FIXED_COST',
  /** A provisional amount. */
  FLAT_RATE = 'FLAT_RATE',
  /** Part of what is put aside for social liabilities, less what is used of it. */
  PROVISION = 'PROVISION',
  /** What was invoiced of the year before. */
  ALREADY_INVOICED = 'ALREADY_INVOICED',
  /** What a credit note takes back. */
  CREDIT = 'CREDIT',
}

export const BillingRuleSchema = defineEntity({
  name: 'BillingRule',
  tableName: 'billing_rule',
  ...rowSecurity('billing_rule', billingRule),
  properties: {
    partner: () => p.manyToOne(Partner).primary(),
    id: id(),
    service: () => p.manyToOne(SharedService),
    mode: p.enum(() => BillingMode),
    rhythm: p.enum(() => BillingRhythm),
    /** Provisional amount of a month, without VAT; of a flat rate alone. */
    flatAmount: money().nullable(),
    /** Of a sharing pro rata alone. */
    sharingKey: p.enum(() => SharingKey).nullable(),
    weight: p.decimal('string').precision(10).scale(2).nullable(),
    /** Of the key HEADCOUNT: as it was when the rule was made, since a member changes its own. */
    headcount: p.integer().nullable(),
    vatTreatment: p.enum(() => VatTreatment),
    validFrom: p.date(),
    /** First day on which it no longer holds. */
    validUntil: p.date().nullable(),
    provenance: provenance(),
    createdAt: recordedAt(),
    version: p.integer().version(),
  },
  indexes: [{ properties: ['id'] }, { properties: ['service', 'validFrom', 'id'] }],
  checks: [
    { name: 'billing_rule_period', expression: 'valid_until > valid_from' },
    {
      name: 'billing_rule_parts_of_mode',
      expression: `(mode = 'FLAT_RATE') = (flat_amount is not null) and (mode = 'PRO_RATA') = (sharing_key is not null) and (coalesce(sharing_key, '') = 'WEIGHT') = (weight is not null)`,
    },
    { name: 'billing_rule_amounts', expression: 'flat_amount >= 0 and weight > 0 and headcount >= 0' },
  ],
});
/** How a member pays, for a time. */
export class BillingRule extends BillingRuleSchema.class {}
BillingRuleSchema.setClass(BillingRule);

export const InvoiceRunSchema = defineEntity({
  name: 'InvoiceRun',
  tableName: 'invoice_run',
  ...rowSecurity('invoice_run', runRule),
  properties: {
    id: id(),
    service: () => p.manyToOne(SharedService),
    kind: p.enum(() => InvoiceRunKind),
    periodFrom: p.date(),
    /** First day after it. */
    periodUntil: p.date(),
    /** What the workers cost in the period, without VAT. */
    staffCost: money(),
    /** What the group cost besides. */
    fixedCost: money(),
    /** What was put aside less what was used; in settlements alone. */
    provision: money(),
    /** All invoices of the run, without VAT. */
    netAmount: money(),
    issuedOn: p.date(),
    provenance: provenance(),
    createdAt: recordedAt(),
  },
  uniques: [{ name: 'invoice_run_once', properties: ['service', 'kind', 'periodFrom'] }],
  indexes: [{ properties: ['service', 'periodFrom', 'id'] }],
  checks: [
    {
      name: 'invoice_run_period',
      expression: `period_until = (period_from + case kind when 'MONTH' then interval '1 month' else interval '1 year' end)::date and extract(day from period_from) = 1 and (kind = 'MONTH' or extract(month from period_from) = 1)`,
    },
  ],
});
/** A run of invoices: one for a month, one to settle a year. */
export class InvoiceRun extends InvoiceRunSchema.class {}
InvoiceRunSchema.setClass(InvoiceRun);

export const InvoiceSchema = defineEntity({
  name: 'Invoice',
  tableName: 'invoice',
  ...rowSecurity('invoice', invoiceRule),
  properties: {
    partner: () => p.manyToOne(Partner).primary(),
    id: id(),
    service: () => p.manyToOne(SharedService),
    /** The run that made it; none of a credit note that somebody wrote. */
    run: () => p.manyToOne(InvoiceRun).nullable(),
    /** Year and a number without gaps within it: 2026-0001. */
    number: p.string().length(20),
    kind: p.enum(() => InvoiceKind),
    periodFrom: p.date(),
    periodUntil: p.date(),
    /** Whether the settlement of the year will take its place. */
    isProvisional: p.boolean(),
    /** Of a credit note: the invoice that it takes back. */
    credits: () =>
      p
        .manyToOne(Invoice)
        .joinColumns('partner_id', 'credits_id')
        .ownColumns('credits_id')
        .deleteRule('no action')
        .updateRule('no action')
        .nullable(),
    netAmount: money(),
    vatTreatment: p.enum(() => VatTreatment),
    /** Per cent. */
    vatRate: p.decimal('string').precision(5).scale(2),
    vatAmount: money(),
    issuedOn: p.date(),
    provenance: provenance(),
    createdAt: recordedAt(),
  },
  uniques: [{ name: 'invoice_number_unique', properties: ['service', 'number'] }],
  indexes: [
    { properties: ['id'] },
    { properties: ['service', 'periodFrom', 'id'] },
    { properties: ['run', 'number'] },
    { properties: ['issuedOn', 'id'] },
  ],
  checks: [
    { name: 'invoice_period', expression: 'period_until > period_from' },
    { name: 'invoice_credit', expression: `(kind = 'CREDIT_NOTE') = (credits_id is not null)` },
    {
      name: 'invoice_vat',
      expression: `vat_amount = round(net_amount * vat_rate / 100, 2) and (vat_treatment = 'STANDARD_RATE') = (vat_rate > 0)`,
    },
  ],
});
/** An invoice, or a credit note, to a member: written once, and taken back by a credit note alone. */
export class Invoice extends InvoiceSchema.class {}
InvoiceSchema.setClass(Invoice);

export const InvoiceLineSchema = defineEntity({
  name: 'InvoiceLine',
  tableName: 'invoice_line',
  ...rowSecurity('invoice_line', invoiceLineRule),
  properties: {
    partner: () => p.manyToOne(Partner).primary(),
    id: id(),
    invoice: () =>
      p
        .manyToOne(Invoice)
        .joinColumns('partner_id', 'invoice_id')
        .ownColumns('invoice_id')
        .deleteRule('no action')
        .updateRule('no action'),
    position: p.smallint(),
    kind: p.enum(() => InvoiceLineKind),
    jobFunction: p.enum(() => WorkerFunction).nullable(),
    /** Hours behind it: worked, or placed where they rule. */
    hours: p.decimal('string').precision(10).scale(2).nullable(),
    /** Without VAT. */
    amount: money(),
  },
  uniques: [{ name: 'invoice_line_position', properties: ['invoice', 'position'] }],
});
/** A line of an invoice. */
export class InvoiceLine extends InvoiceLineSchema.class {}
InvoiceLineSchema.setClass(InvoiceLine);

export const GroupDebtSchema = defineEntity({
  name: 'GroupDebt',
  tableName: 'group_debt',
  ...rowSecurity('group_debt', accountsRule),
  properties: {
    id: id(),
    service: () => p.manyToOne(SharedService),
    asOf: p.date(),
    taxDebt: money(),
    socialDebt: money(),
    provenance: provenance(),
    createdAt: recordedAt(),
  },
  uniques: [{ name: 'group_debt_once', properties: ['service', 'asOf'] }],
  checks: [{ name: 'group_debt_amounts', expression: 'tax_debt >= 0 and social_debt >= 0' }],
});
/** What the group owes the tax office and social security on a day: its members answer for it jointly. */
export class GroupDebt extends GroupDebtSchema.class {}
GroupDebtSchema.setClass(GroupDebt);

export const LiabilityShareSchema = defineEntity({
  name: 'LiabilityShare',
  tableName: 'liability_share',
  ...rowSecurity('liability_share', invoiceRule),
  properties: {
    partner: () => p.manyToOne(Partner).primary(),
    id: id(),
    service: () => p.manyToOne(SharedService),
    debt: () => p.manyToOne(GroupDebt),
    /** Part of the debt that it would bear in the end among the members: by what it was invoiced in the twelve months before. */
    amount: money(),
    provenance: provenance(),
    createdAt: recordedAt(),
  },
  uniques: [{ name: 'liability_share_once', properties: ['partner', 'debt'] }],
  indexes: [{ properties: ['id'] }, { properties: ['debt'] }],
  checks: [{ name: 'liability_share_amount', expression: 'amount >= 0' }],
});
/** A member's part of the group's debts among the members; towards creditors each answers for the whole. */
export class LiabilityShare extends LiabilityShareSchema.class {}
LiabilityShareSchema.setClass(LiabilityShare);
