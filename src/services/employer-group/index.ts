import { bind } from '../../read/index.ts';
import { ServiceKind } from '../service.entity.ts';
import type { ServiceRoom } from '../service-room.ts';
import { AccountsResolver, BillingRuleResolver, GroupAccountsResolver } from './billing/billing.resolver.ts';
import {
  GroupInvoicesResolver,
  InvoiceResolver,
  InvoiceRunResolver,
  PartnerInvoicesResolver,
} from './billing/invoice.resolver.ts';
import {
  BillingRule,
  GroupDebt,
  Invoice,
  InvoiceLine,
  InvoiceRun,
  LiabilityShare,
} from './billing.entity.ts';
import { CostComponent, CostSheet, ProvisionEntry } from './cost.entity.ts';
import { EmployerGroup, LegalParameter, SharedWorker } from './employer-group.entity.ts';
import { employerGroupMetrics } from './employer-group.metrics.ts';
import {
  accountsRule,
  billingRule,
  costComponentRule,
  costRule,
  groupRule,
  invoiceLineRule,
  invoiceRule,
  legalParameterRule,
  runRule,
  workerRule,
} from './employer-group.policy.ts';
import { EmployerGroupServiceType } from './employer-group.type.ts';
import { EmployerGroupServiceResolver, StaffResolver } from './staff/staff.resolver.ts';

export { AccountsService } from './billing/accounts.service.ts';
export { BillingRuleService } from './billing/billing-rule.service.ts';
export { InvoiceService } from './billing/invoice.service.ts';
export { StaffService } from './staff/staff.service.ts';

export const employerGroupRoom: ServiceRoom = {
  kind: ServiceKind.EMPLOYER_GROUP,
  type: EmployerGroupServiceType,
  metrics: employerGroupMetrics,
  bindings: [
    bind({ entity: LegalParameter, rule: legalParameterRule }),
    bind({ entity: EmployerGroup, idPrefix: 'employer_group', rule: groupRule }),
    bind({ entity: SharedWorker, idPrefix: 'shared_worker', rule: workerRule }),
    bind({ entity: CostSheet, idPrefix: 'cost_sheet', rule: costRule }),
    bind({ entity: CostComponent, rule: costComponentRule }),
    bind({ entity: ProvisionEntry, idPrefix: 'provision_entry', rule: accountsRule }),
    bind({ entity: BillingRule, idPrefix: 'billing_rule', rule: billingRule }),
    bind({ entity: InvoiceRun, idPrefix: 'invoice_run', rule: runRule }),
    bind({ entity: Invoice, idPrefix: 'invoice', rule: invoiceRule }),
    bind({ entity: InvoiceLine, rule: invoiceLineRule }),
    bind({ entity: GroupDebt, idPrefix: 'group_debt', rule: accountsRule }),
    bind({ entity: LiabilityShare, idPrefix: 'liability_share', rule: invoiceRule }),
  ],
  resolvers: [
    StaffResolver,
    EmployerGroupServiceResolver,
    AccountsResolver,
    BillingRuleResolver,
    GroupAccountsResolver,
    InvoiceResolver,
    InvoiceRunResolver,
    GroupInvoicesResolver,
    PartnerInvoicesResolver,
  ],
};
