import { defineEntity, p } from '@mikro-orm/core';
import { id, provenance, recordedAt } from '../../database/properties.ts';
import { rowSecurity } from '../../database/row-security.ts';
import { Partner } from '../../partners/partner.entity.ts';
import { SharedService } from '../service.entity.ts';
import { groupRule, legalParameterRule, workerRule } from './employer-group.policy.ts';

/** A number that the law sets. */
export enum LegalParameterKind {
  /** Workers that a group may employ on one day. */
  MAX_WORKERS = 'MAX_WORKERS',
  /** Hours a week of a contract, at least. */
  MIN_CONTRACT_HOURS = 'MIN_CONTRACT_HOURS',
  /** Hours that a worker may work in one week. */
  MAX_HOURS_WORKED = 'MAX_HOURS_WORKED',
  /** Standard rate of VAT, per cent. */
  STANDARD_VAT_RATE = 'STANDARD_VAT_RATE',
}

/** Form in which a group is set up (law of 12 August 2000). */
export enum GroupLegalForm {
  NON_PROFIT_ASSOCIATION = 'NON_PROFIT_ASSOCIATION',
  ECONOMIC_INTEREST_GROUPING = 'ECONOMIC_INTEREST_GROUPING',
}

/** What a shared worker does. */
export enum WorkerFunction {
  ACCOUNTANT = 'ACCOUNTANT',
  PREVENTION_ADVISER = 'PREVENTION_ADVISER',
  ENERGY_ADVISER = 'ENERGY_ADVISER',
  DPO = 'DPO',
  LAWYER = 'LAWYER',
  ASSISTANT_ACCOUNTANT = 'ASSISTANT_ACCOUNTANT',
  GRAPHIC_DESIGNER = 'GRAPHIC_DESIGNER',
  SECRETARY = 'SECRETARY',
  BUILDING_MANAGER = 'BUILDING_MANAGER',
  ACTIVITY_LEADER = 'ACTIVITY_LEADER',
  CLEANER = 'CLEANER',
  MANUAL_WORKER = 'MANUAL_WORKER',
  OTHER = 'OTHER',
}

export const LegalParameterSchema = defineEntity({
  name: 'LegalParameter',
  tableName: 'legal_parameter',
  ...rowSecurity('legal_parameter', legalParameterRule),
  properties: {
    id: id(),
    kind: p.enum(() => LegalParameterKind),
    value: p.decimal('string').precision(10).scale(2),
    validFrom: p.date(),
    /** First day on which it no longer holds. */
    validUntil: p.date().nullable(),
    /** The law, with its article. */
    source: p.string().length(300),
  },
  checks: [
    { name: 'legal_parameter_value', expression: 'value >= 0' },
    { name: 'legal_parameter_period', expression: 'valid_until > valid_from' },
    { name: 'legal_parameter_source', expression: `source ~ '\\S'` },
  ],
});
/** A number of the law, and the time for which it holds. */
export class LegalParameter extends LegalParameterSchema.class {}
LegalParameterSchema.setClass(LegalParameter);

export const EmployerGroupSchema = defineEntity({
  name: 'EmployerGroup',
  tableName: 'employer_group',
  ...rowSecurity('employer_group', groupRule),
  properties: {
    id: id(),
    service: () => p.manyToOne(SharedService).unique(),
    /** The group itself, as an organisation of the hub: its workers are counted as its own. */
    partner: () => p.manyToOne(Partner),
    legalForm: p.enum(() => GroupLegalForm),
    /** Number of the joint committee whose rules its workers have: three digits, and two for a subcommittee. */
    jointCommittee: p.string().length(6),
    authorisedFrom: p.date(),
    /** First day on which the authorisation no longer holds. */
    authorisedUntil: p.date().nullable(),
    /** Hours of a full-time week. */
    fullTimeHours: p.decimal('string').precision(4).scale(2),
    provenance: provenance(),
    createdAt: recordedAt(),
    version: p.integer().version(),
  },
  checks: [
    { name: 'employer_group_joint_committee', expression: `joint_committee ~ '^[0-9]{3}(\\.[0-9]{2})?$'` },
    { name: 'employer_group_authorised', expression: 'authorised_until > authorised_from' },
    { name: 'employer_group_full_time', expression: 'full_time_hours >= 30 and full_time_hours <= 40' },
  ],
});
/** The employer of shared workers (groupement d'employeurs, werkgeversgroepering). */
export class EmployerGroup extends EmployerGroupSchema.class {}
EmployerGroupSchema.setClass(EmployerGroup);

export const SharedWorkerSchema = defineEntity({
  name: 'SharedWorker',
  tableName: 'shared_worker',
  ...rowSecurity('shared_worker', workerRule),
  properties: {
    id: id(),
    service: () => p.manyToOne(SharedService),
    /** A pseudonym of digits, so that no name fits in it: the group knows whose it is, the hub does not. */
    reference: p.string().length(12),
    /** Not `function`: the word is SQL's own. */
    jobFunction: p.enum(() => WorkerFunction),
    /** Whether one member alone has the worker. */
    isDedicated: p.boolean().default(false),
    /** Hours a week of the contract. */
    contractHours: p.decimal('string').precision(4).scale(2),
    employedFrom: p.date(),
    /** First day on which it is no longer employed. */
    employedUntil: p.date().nullable(),
    provenance: provenance(),
    createdAt: recordedAt(),
    version: p.integer().version(),
  },
  indexes: [
    { properties: ['service', 'reference', 'id'] },
    { properties: ['service', 'employedFrom', 'employedUntil'] },
    { properties: ['reference', 'id'] },
  ],
  checks: [
    { name: 'shared_worker_reference', expression: `reference ~ '^[A-Z]{0,3}-?[0-9]{1,8}$'` },
    { name: 'shared_worker_contract_hours', expression: 'contract_hours > 0 and contract_hours <= 50' },
    { name: 'shared_worker_employed', expression: 'employed_until > employed_from' },
  ],
});
/** A contract of a worker whom members share; other hours are another contract of the same reference. */
export class SharedWorker extends SharedWorkerSchema.class {}
SharedWorkerSchema.setClass(SharedWorker);
