import { defineEntity, p } from '@mikro-orm/core';
import { id, money, provenance, recordedAt } from '../../database/properties.ts';
import { rowSecurity } from '../../database/row-security.ts';
import { Partner } from '../../partners/partner.entity.ts';
import { SharedService } from '../service.entity.ts';
import { Building } from './building.entity.ts';
import { adviceRule } from './energy.policy.ts';
import { EnergyCarrier } from './meter.entity.ts';

/** State of a visit: the last step that it took. */
export enum VisitState {
  REQUESTED = 'REQUESTED',
  PLANNED = 'PLANNED',
  VISITED = 'VISITED',
  REPORTED = 'REPORTED',
  CANCELLED = 'CANCELLED',
}

/** State of a measure: the last step that it took. */
export enum MeasureState {
  PROPOSED = 'PROPOSED',
  DECIDED = 'DECIDED',
  DONE = 'DONE',
  DROPPED = 'DROPPED',
}

/** What is done to save energy. */
export enum MeasureKind {
  INSULATION = 'INSULATION',
  GLAZING = 'GLAZING',
  HEATING_SYSTEM = 'HEATING_SYSTEM',
  HEATING_CONTROL = 'HEATING_CONTROL',
  HOT_WATER = 'HOT_WATER',
  VENTILATION = 'VENTILATION',
  LIGHTING = 'LIGHTING',
  APPLIANCES = 'APPLIANCES',
  SOLAR_PANELS = 'SOLAR_PANELS',
  BEHAVIOUR = 'BEHAVIOUR',
  OTHER = 'OTHER',
}

const ofBuilding = () =>
  p
    .manyToOne(Building)
    .joinColumns('partner_id', 'building_id')
    .ownColumns('building_id')
    .deleteRule('no action')
    .updateRule('no action');

export const EnergyVisitSchema = defineEntity({
  name: 'EnergyVisit',
  tableName: 'energy_visit',
  ...rowSecurity('energy_visit', adviceRule),
  properties: {
    partner: () => p.manyToOne(Partner).primary(),
    id: id(),
    service: () => p.manyToOne(SharedService),
    building: ofBuilding,
    state: p.enum(() => VisitState).default(VisitState.REQUESTED),
    requestedOn: p.date(),
    /** Day for which it is planned. */
    plannedFor: p.date().nullable(),
    visitedOn: p.date().nullable(),
    reportedOn: p.date().nullable(),
    cancelledOn: p.date().nullable(),
    reportUrl: p.text().nullable(),
    /** What the report says in short: about the building, and about no person. */
    conclusions: p.text().nullable(),
    provenance: provenance(),
    createdAt: recordedAt(),
    version: p.integer().version(),
  },
  indexes: [
    { properties: ['id'] },
    { properties: ['building', 'requestedOn', 'id'] },
    { properties: ['service', 'requestedOn', 'id'] },
    { properties: ['requestedOn', 'id'] },
  ],
  checks: [
    {
      name: 'energy_visit_parts_of_state',
      expression: `case state when 'REQUESTED' then num_nonnulls(planned_for, visited_on, reported_on, cancelled_on) = 0 when 'PLANNED' then planned_for is not null and num_nonnulls(visited_on, reported_on, cancelled_on) = 0 when 'VISITED' then visited_on is not null and num_nonnulls(reported_on, cancelled_on) = 0 when 'REPORTED' then num_nulls(visited_on, reported_on) = 0 and cancelled_on is null else cancelled_on is not null and num_nonnulls(visited_on, reported_on) = 0 end`,
    },
    {
      name: 'energy_visit_in_order',
      expression:
        'planned_for >= requested_on and visited_on >= requested_on and reported_on >= visited_on and cancelled_on >= requested_on',
    },
    {
      name: 'energy_visit_report',
      expression: 'reported_on is not null or num_nonnulls(report_url, conclusions) = 0',
    },
  ],
});
/** A visit of a building by an adviser, from the request to the report (visite, bezoek). */
export class EnergyVisit extends EnergyVisitSchema.class {}
EnergyVisitSchema.setClass(EnergyVisit);

export const EnergyMeasureSchema = defineEntity({
  name: 'EnergyMeasure',
  tableName: 'energy_measure',
  ...rowSecurity('energy_measure', adviceRule),
  properties: {
    partner: () => p.manyToOne(Partner).primary(),
    id: id(),
    service: () => p.manyToOne(SharedService),
    building: ofBuilding,
    /** The visit that it was proposed at, if any. */
    visit: () =>
      p
        .manyToOne(EnergyVisit)
        .joinColumns('partner_id', 'visit_id')
        .ownColumns('visit_id')
        .deleteRule('no action')
        .updateRule('no action')
        .nullable(),
    kind: p.enum(() => MeasureKind),
    title: p.string().length(200),
    /** What it saves. */
    carrier: p.enum(() => EnergyCarrier),
    state: p.enum(() => MeasureState).default(MeasureState.PROPOSED),
    proposedOn: p.date(),
    decidedOn: p.date().nullable(),
    doneOn: p.date().nullable(),
    droppedOn: p.date().nullable(),
    /** What it costs, VAT included where the partner does not take it back. */
    investment: money().nullable(),
    grantAsked: money().nullable(),
    grantObtained: money().nullable(),
    /** What the adviser expects it to save in a year: an estimate, never added to what is measured. */
    estimatedKwhYear: p.decimal('string').precision(14).scale(2).nullable(),
    provenance: provenance(),
    createdAt: recordedAt(),
    version: p.integer().version(),
  },
  indexes: [
    { properties: ['id'] },
    { properties: ['building', 'proposedOn', 'id'] },
    { properties: ['service', 'proposedOn', 'id'] },
    { properties: ['visit'] },
  ],
  checks: [
    { name: 'energy_measure_title', expression: `title ~ '\\S'` },
    {
      name: 'energy_measure_parts_of_state',
      expression: `case state when 'PROPOSED' then num_nonnulls(decided_on, done_on, dropped_on) = 0 when 'DECIDED' then decided_on is not null and num_nonnulls(done_on, dropped_on) = 0 when 'DONE' then num_nulls(decided_on, done_on) = 0 and dropped_on is null else dropped_on is not null and done_on is null end`,
    },
    {
      name: 'energy_measure_in_order',
      expression:
        'decided_on >= proposed_on and done_on >= decided_on and dropped_on >= proposed_on and dropped_on >= decided_on',
    },
    {
      name: 'energy_measure_amounts',
      expression:
        'investment >= 0 and grant_asked >= 0 and grant_obtained >= 0 and grant_asked <= investment and grant_obtained <= investment',
    },
    { name: 'energy_measure_estimate', expression: 'estimated_kwh_year >= 0' },
  ],
});
/** Something to be done, or done, to save energy in a building (mesure, maatregel). */
export class EnergyMeasure extends EnergyMeasureSchema.class {}
EnergyMeasureSchema.setClass(EnergyMeasure);
