import { defineEntity, p } from '@mikro-orm/core';
import { id, money, provenance, recordedAt } from '../../database/properties.ts';
import { rowSecurity } from '../../database/row-security.ts';
import { SharedService } from '../service.entity.ts';
import { SharedWorker } from './employer-group.entity.ts';
import { accountsRule, costComponentRule, costRule } from './employer-group.policy.ts';

/** What an employer pays for a worker, and what the group costs besides. */
export enum CostComponentKind {
  GROSS_PAY = 'GROSS_PAY',
  EMPLOYER_CONTRIBUTIONS = 'EMPLOYER_CONTRIBUTIONS',
  HOLIDAY_AND_YEAR_END_PAY = 'HOLIDAY_AND_YEAR_END_PAY',
  TRAVEL = 'TRAVEL',
  TRAINING = 'TRAINING',
  INSURANCE = 'INSURANCE',
  TOOLS = 'TOOLS',
  /** Support that lowers the cost: written as a positive amount, and taken off. */
  SUBSIDY = 'SUBSIDY',
  MANAGEMENT = 'MANAGEMENT',
  PREMISES = 'PREMISES',
  OTHER = 'OTHER',
}

/** Whether a provision grows or is used. */
export enum ProvisionKind {
  ADDITION = 'ADDITION',
  USE = 'USE',
}

/** A social liability that a provision is for. */
export enum SocialLiability {
  SEVERANCE = 'SEVERANCE',
  HOLIDAY_PAY = 'HOLIDAY_PAY',
  GUARANTEED_PAY = 'GUARANTEED_PAY',
  END_OF_CAREER = 'END_OF_CAREER',
  OTHER = 'OTHER',
}

export const CostSheetSchema = defineEntity({
  name: 'CostSheet',
  tableName: 'cost_sheet',
  ...rowSecurity('cost_sheet', costRule),
  properties: {
    id: id(),
    service: () => p.manyToOne(SharedService),
    /** Whose cost; none for what the group costs besides its placed workers. */
    worker: () => p.manyToOne(SharedWorker).nullable(),
    year: p.smallint(),
    provenance: provenance(),
    createdAt: recordedAt(),
    version: p.integer().version(),
  },
  indexes: [{ properties: ['service', 'year', 'worker'] }],
  checks: [{ name: 'cost_sheet_year', expression: 'year >= 2000 and year <= 2100' }],
});
/** What a worker, or the group itself, costs in a calendar year: expected until the year is settled, real from then on. */
export class CostSheet extends CostSheetSchema.class {}
CostSheetSchema.setClass(CostSheet);

export const CostComponentSchema = defineEntity({
  name: 'CostComponent',
  tableName: 'cost_component',
  ...rowSecurity('cost_component', costComponentRule),
  properties: {
    sheet: () => p.manyToOne(CostSheet).primary(),
    kind: p.enum(() => CostComponentKind).primary(),
    amount: money(),
  },
  checks: [{ name: 'cost_component_amount', expression: 'amount >= 0' }],
});
/** A component of a year's cost. */
export class CostComponent extends CostComponentSchema.class {}
CostComponentSchema.setClass(CostComponent);

export const ProvisionEntrySchema = defineEntity({
  name: 'ProvisionEntry',
  tableName: 'provision_entry',
  ...rowSecurity('provision_entry', accountsRule),
  properties: {
    id: id(),
    service: () => p.manyToOne(SharedService),
    /** Calendar year whose settlement it enters. */
    year: p.smallint(),
    kind: p.enum(() => ProvisionKind),
    liability: p.enum(() => SocialLiability),
    amount: money(),
    /** Day on which the group's general assembly or board approved it. */
    approvedOn: p.date(),
    provenance: provenance(),
    createdAt: recordedAt(),
  },
  indexes: [{ properties: ['service', 'year', 'approvedOn', 'id'] }],
  checks: [
    { name: 'provision_entry_amount', expression: 'amount > 0' },
    { name: 'provision_entry_year', expression: 'year >= 2000 and year <= 2100' },
  ],
});
/** What is put aside for social liabilities, or used of it; append-only. */
export class ProvisionEntry extends ProvisionEntrySchema.class {}
ProvisionEntrySchema.setClass(ProvisionEntry);
