import { defineEntity, p } from '@mikro-orm/core';
import { id, provenance, recordedAt } from '../../database/properties.ts';
import { rowSecurity } from '../../database/row-security.ts';
import { Partner } from '../../partners/partner.entity.ts';
import { SharedService } from '../service.entity.ts';
import { preventionMeasureRule } from './advice.policy.ts';
import { AnalysisRubric, PsychosocialComponent, RiskAnalysis } from './analysis.entity.ts';

/** Who sees to a measure: a role, and no name. */
export enum ResponsibleRole {
  MANAGEMENT = 'MANAGEMENT',
  LINE_MANAGEMENT = 'LINE_MANAGEMENT',
  HUMAN_RESOURCES = 'HUMAN_RESOURCES',
  PREVENTION_ADVISER = 'PREVENTION_ADVISER',
  FACILITY_MANAGEMENT = 'FACILITY_MANAGEMENT',
  WORKERS_REPRESENTATION = 'WORKERS_REPRESENTATION',
  OUTSIDE_SERVICE = 'OUTSIDE_SERVICE',
}

/** How soon a measure is needed. */
export enum MeasurePriority {
  LOW = 'LOW',
  NORMAL = 'NORMAL',
  HIGH = 'HIGH',
}

/** How far a measure of an action plan has come. */
export enum PreventionMeasureState {
  PLANNED = 'PLANNED',
  IN_PROGRESS = 'IN_PROGRESS',
  DONE = 'DONE',
  DROPPED = 'DROPPED',
}

export const PreventionMeasureSchema = defineEntity({
  name: 'PreventionMeasure',
  tableName: 'prevention_measure',
  ...rowSecurity('prevention_measure', preventionMeasureRule),
  properties: {
    partner: () => p.manyToOne(Partner).primary(),
    id: id(),
    service: () => p.manyToOne(SharedService),
    analysis: () =>
      p
        .manyToOne(RiskAnalysis)
        .joinColumns('partner_id', 'analysis_id')
        .ownColumns('analysis_id')
        .deleteRule('no action')
        .updateRule('no action'),
    /** What it is about, where it answers a rubric or a component. */
    rubric: p.enum(() => AnalysisRubric).nullable(),
    component: p.enum(() => PsychosocialComponent).nullable(),
    title: p.string().length(200),
    responsible: p.enum(() => ResponsibleRole),
    /** The last day on which it is in time. */
    deadline: p.date(),
    priority: p.enum(() => MeasurePriority).default(MeasurePriority.NORMAL),
    budget: p.decimal('string').precision(12).scale(2).nullable(),
    state: p.enum(() => PreventionMeasureState).default(PreventionMeasureState.PLANNED),
    plannedOn: p.date(),
    /** Day on which it was done or dropped. */
    closedOn: p.date().nullable(),
    dropReason: p.text().nullable(),
    provenance: provenance(),
    createdAt: recordedAt(),
    version: p.integer().version(),
  },
  indexes: [
    { properties: ['id'] },
    { properties: ['partner', 'analysis'] },
    { properties: ['service', 'deadline', 'id'] },
    { properties: ['deadline', 'id'] },
  ],
  checks: [
    {
      name: 'prevention_measure_closed',
      expression: `(state in ('DONE', 'DROPPED')) = (closed_on is not null)`,
    },
    // By itself: a column in a check beside a list of values would pass for one that has such a list.
    { name: 'prevention_measure_dropped', expression: `(state = 'DROPPED') = (drop_reason is not null)` },
    {
      name: 'prevention_measure_in_order',
      expression: 'deadline >= planned_on and (closed_on is null or closed_on >= planned_on)',
    },
    { name: 'prevention_measure_budget', expression: 'budget >= 0' },
  ],
});
/** A measure of an action plan. */
export class PreventionMeasure extends PreventionMeasureSchema.class {}
PreventionMeasureSchema.setClass(PreventionMeasure);
