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
  disputeRule,
  groupRule,
  invoiceLineRule,
  invoiceRule,
  legalParameterRule,
  placementRule,
  requestRule,
  runRule,
  timesheetRule,
  workerRule,
} from './employer-group.policy.ts';
import { EmployerGroupServiceType } from './employer-group.type.ts';
import { DisputeResolver } from './placement/dispute.resolver.ts';
import { GroupNoticeResolver } from './placement/notice.resolver.ts';
import {
  PartnerPlacementsResolver,
  PlacementResolver,
  WorkerPlacementsResolver,
} from './placement/placement.resolver.ts';
import { PlacementTimesheetsResolver, TimesheetResolver } from './placement/timesheet.resolver.ts';
import { LabourDispute, Placement, PlacementRequest, Timesheet } from './placement.entity.ts';
import {
  GroupPlanningResolver,
  PartnerRequestsResolver,
  PlanningResolver,
} from './planning/planning.resolver.ts';
import { EmployerGroupServiceResolver, StaffResolver } from './staff/staff.resolver.ts';

export { AccountsService } from './billing/accounts.service.ts';
export { BillingRuleService } from './billing/billing-rule.service.ts';
export { InvoiceService } from './billing/invoice.service.ts';
export { DisputeService } from './placement/dispute.service.ts';
export { leavingPlacements } from './placement/leaving.service.ts';
export { placementProposals, timesheetSubmissions } from './placement/notice.topic.ts';
export { PlacementService } from './placement/placement.service.ts';
export { PlacementCalendar } from './placement/placement-calendar.ts';
export { TimesheetService } from './placement/timesheet.service.ts';
export { PlanningService } from './planning/planning.service.ts';
export { StaffService } from './staff/staff.service.ts';

export const employerGroupRoom: ServiceRoom = {
  kind: ServiceKind.EMPLOYER_GROUP,
  type: EmployerGroupServiceType,
  metrics: employerGroupMetrics,
  bindings: [
    bind({ entity: LegalParameter, rule: legalParameterRule }),
    bind({ entity: EmployerGroup, idPrefix: 'employer_group', rule: groupRule }),
    bind({ entity: SharedWorker, idPrefix: 'shared_worker', rule: workerRule }),
    bind({ entity: Placement, idPrefix: 'placement', rule: placementRule }),
    bind({ entity: LabourDispute, idPrefix: 'labour_dispute', rule: disputeRule }),
    bind({ entity: Timesheet, idPrefix: 'timesheet', rule: timesheetRule }),
    bind({ entity: PlacementRequest, idPrefix: 'placement_request', rule: requestRule }),
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
    PlacementResolver,
    PartnerPlacementsResolver,
    WorkerPlacementsResolver,
    DisputeResolver,
    TimesheetResolver,
    PlacementTimesheetsResolver,
    GroupNoticeResolver,
    PlanningResolver,
    PartnerRequestsResolver,
    GroupPlanningResolver,
    AccountsResolver,
    BillingRuleResolver,
    GroupAccountsResolver,
    InvoiceResolver,
    InvoiceRunResolver,
    GroupInvoicesResolver,
    PartnerInvoicesResolver,
  ],
};
