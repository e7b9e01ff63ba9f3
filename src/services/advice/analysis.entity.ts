import { defineEntity, p } from '@mikro-orm/core';
import { id, provenance, recordedAt } from '../../database/properties.ts';
import { rowSecurity } from '../../database/row-security.ts';
import { Partner } from '../../partners/partner.entity.ts';
import { SharedService } from '../service.entity.ts';
import { analysisRule, analysisStepRule, findingRule, targetGroupRule } from './advice.policy.ts';

/** The four levels of the SOBANE strategy, each deeper than the one before. */
export enum SobaneLevel {
  SCREENING = 'SCREENING',
  OBSERVATION = 'OBSERVATION',
  ANALYSIS = 'ANALYSIS',
  EXPERTISE = 'EXPERTISE',
}

/** The steps of a participatory risk analysis (DÉPARIS), in their sequence. */
export enum AnalysisStep {
  REQUESTED = 'REQUESTED',
  MANAGEMENT_MET = 'MANAGEMENT_MET',
  GROUPS_MET = 'GROUPS_MET',
  REPORTS_APPROVED = 'REPORTS_APPROVED',
  CONCLUSIONS_PRESENTED = 'CONCLUSIONS_PRESENTED',
  WORKERS_CONSULTED = 'WORKERS_CONSULTED',
  ACTION_PLANNED = 'ACTION_PLANNED',
}

/** The 18 rubrics of a DÉPARIS meeting: facets of the work of a group. */
export enum AnalysisRubric {
  PREMISES = 'PREMISES',
  ORGANISATION_BETWEEN_POSTS = 'ORGANISATION_BETWEEN_POSTS',
  WORKSTATIONS = 'WORKSTATIONS',
  ACCIDENT_RISKS = 'ACCIDENT_RISKS',
  CONTROLS_AND_SIGNALS = 'CONTROLS_AND_SIGNALS',
  TOOLS_AND_EQUIPMENT = 'TOOLS_AND_EQUIPMENT',
  REPETITIVE_WORK = 'REPETITIVE_WORK',
  HANDLING_OF_LOADS = 'HANDLING_OF_LOADS',
  MENTAL_LOAD = 'MENTAL_LOAD',
  LIGHTING = 'LIGHTING',
  NOISE = 'NOISE',
  AIR_HYGIENE = 'AIR_HYGIENE',
  THERMAL_CONDITIONS = 'THERMAL_CONDITIONS',
  VIBRATIONS = 'VIBRATIONS',
  AUTONOMY_AND_RESPONSIBILITIES = 'AUTONOMY_AND_RESPONSIBILITIES',
  CONTENT_OF_WORK = 'CONTENT_OF_WORK',
  TIME_CONSTRAINTS = 'TIME_CONSTRAINTS',
  WORKING_RELATIONS = 'WORKING_RELATIONS',
}

/** The five components of psychosocial risks (Belgian law of 28 February 2014). */
export enum PsychosocialComponent {
  WORK_ORGANISATION = 'WORK_ORGANISATION',
  WORK_CONTENT = 'WORK_CONTENT',
  WORKING_CONDITIONS = 'WORKING_CONDITIONS',
  CONDITIONS_OF_LIFE_AT_WORK = 'CONDITIONS_OF_LIFE_AT_WORK',
  RELATIONS_AT_WORK = 'RELATIONS_AT_WORK',
}

/** Of fewer people a group is never spoken of: who said what could be told. */
export const LEAST_GROUP = 4;

export const RiskAnalysisSchema = defineEntity({
  name: 'RiskAnalysis',
  tableName: 'risk_analysis',
  ...rowSecurity('risk_analysis', analysisRule),
  properties: {
    partner: () => p.manyToOne(Partner).primary(),
    id: id(),
    service: () => p.manyToOne(SharedService),
    level: p.enum(() => SobaneLevel).default(SobaneLevel.SCREENING),
    /** Why it went deeper than a screening. */
    levelReason: p.text().nullable(),
    step: p.enum(() => AnalysisStep).default(AnalysisStep.REQUESTED),
    requestedOn: p.date(),
    /** People whom each of its groups has at least. */
    leastGroup: p.integer().default(LEAST_GROUP),
    provenance: provenance(),
    createdAt: recordedAt(),
    version: p.integer().version(),
  },
  indexes: [
    { properties: ['id'] },
    { properties: ['service', 'requestedOn', 'id'] },
    { properties: ['requestedOn', 'id'] },
  ],
  checks: [
    {
      name: 'risk_analysis_level_reason',
      expression: `(level = 'SCREENING') = (level_reason is null)`,
    },
    { name: 'risk_analysis_least_group', expression: 'least_group >= 4 and least_group <= 100' },
  ],
});
/** A participatory risk analysis at a partner. */
export class RiskAnalysis extends RiskAnalysisSchema.class {}
RiskAnalysisSchema.setClass(RiskAnalysis);

const analysis = () =>
  p
    .manyToOne(RiskAnalysis)
    .joinColumns('partner_id', 'analysis_id')
    .ownColumns('analysis_id')
    .deleteRule('no action')
    .updateRule('no action');

export const RiskAnalysisStepSchema = defineEntity({
  name: 'RiskAnalysisStep',
  tableName: 'risk_analysis_step',
  ...rowSecurity('risk_analysis_step', analysisStepRule),
  properties: {
    partner: () => p.manyToOne(Partner).primary(),
    id: id(),
    service: () => p.manyToOne(SharedService),
    analysis,
    step: p.enum(() => AnalysisStep),
    doneOn: p.date(),
    /** By what it can be shown: minutes, a list of those present, where the report is. */
    evidence: p.text().nullable(),
    provenance: provenance(),
    createdAt: recordedAt(),
  },
  uniques: [{ name: 'risk_analysis_step_once', properties: ['partner', 'analysis', 'step'] }],
  checks: [{ name: 'risk_analysis_step_evidence', expression: `step = 'REQUESTED' or evidence is not null` }],
});
/** A step that an analysis took, with its day and evidence. */
export class RiskAnalysisStep extends RiskAnalysisStepSchema.class {}
RiskAnalysisStepSchema.setClass(RiskAnalysisStep);

export const TargetGroupSchema = defineEntity({
  name: 'TargetGroup',
  tableName: 'target_group',
  ...rowSecurity('target_group', targetGroupRule),
  properties: {
    partner: () => p.manyToOne(Partner).primary(),
    id: id(),
    service: () => p.manyToOne(SharedService),
    analysis,
    name: p.string().length(120),
    /** How many people. */
    size: p.integer(),
    /** Day of its meeting; null before it. */
    metOn: p.date().nullable(),
    /** Day on which it approved the report of its meeting. */
    approvedOn: p.date().nullable(),
    provenance: provenance(),
    createdAt: recordedAt(),
    version: p.integer().version(),
  },
  uniques: [{ name: 'target_group_name', properties: ['partner', 'analysis', 'name'] }],
  indexes: [{ properties: ['id'] }],
  checks: [
    { name: 'target_group_size', expression: 'size >= 4 and size <= 1000' },
    { name: 'target_group_in_order', expression: 'approved_on is null or approved_on >= met_on' },
  ],
});
/** A group of people whose work is alike, of whom no one is known. */
export class TargetGroup extends TargetGroupSchema.class {}
TargetGroupSchema.setClass(TargetGroup);

const words = () => p.text().nullable();

export const GroupFindingSchema = defineEntity({
  name: 'GroupFinding',
  tableName: 'group_finding',
  ...rowSecurity('group_finding', findingRule),
  properties: {
    partner: () => p.manyToOne(Partner).primary(),
    id: id(),
    service: () => p.manyToOne(SharedService),
    group: () =>
      p
        .manyToOne(TargetGroup)
        .joinColumns('partner_id', 'group_id')
        .ownColumns('group_id')
        .deleteRule('no action')
        .updateRule('no action'),
    rubric: p.enum(() => AnalysisRubric),
    component: p.enum(() => PsychosocialComponent).nullable(),
    goesWell: words(),
    goesNotWell: words(),
    ideas: words(),
    provenance: provenance(),
    createdAt: recordedAt(),
  },
  uniques: [{ name: 'group_finding_once', properties: ['partner', 'group', 'rubric'] }],
  checks: [
    { name: 'group_finding_says_something', expression: 'num_nonnulls(goes_well, goes_not_well, ideas) > 0' },
  ],
});
/** What a group says of a rubric of its work. */
export class GroupFinding extends GroupFindingSchema.class {}
GroupFindingSchema.setClass(GroupFinding);
