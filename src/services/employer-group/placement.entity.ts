import { defineEntity, p } from '@mikro-orm/core';
import { newSecretKey } from '../../database/keys.ts';
import { id, provenance, recordedAt } from '../../database/properties.ts';
import { rowSecurity } from '../../database/row-security.ts';
import { Partner } from '../../partners/partner.entity.ts';
import { Territory } from '../../reference/reference.entity.ts';
import { SharedService } from '../service.entity.ts';
import { SharedWorker, WorkerFunction } from './employer-group.entity.ts';
import { disputeRule, placementRule, requestRule, timesheetRule } from './employer-group.policy.ts';

/** State of what a member asks for. */
export enum PlacementRequestState {
  OPEN = 'OPEN',
  PLACED = 'PLACED',
  WITHDRAWN = 'WITHDRAWN',
}

/** State of a placement: the group proposes it, and the member agrees or not. */
export enum PlacementState {
  PROPOSED = 'PROPOSED',
  AGREED = 'AGREED',
  DECLINED = 'DECLINED',
  CANCELLED = 'CANCELLED',
}

/** State of a timesheet: the group submits it, the member who has the control approves it, an invoice closes it. */
export enum TimesheetState {
  DRAFT = 'DRAFT',
  SUBMITTED = 'SUBMITTED',
  APPROVED = 'APPROVED',
  INVOICED = 'INVOICED',
}

/** Days of a week, in its sequence. */
export enum Weekday {
  MONDAY = 'MONDAY',
  TUESDAY = 'TUESDAY',
  WEDNESDAY = 'WEDNESDAY',
  THURSDAY = 'THURSDAY',
  FRIDAY = 'FRIDAY',
  SATURDAY = 'SATURDAY',
  SUNDAY = 'SUNDAY',
}

/** Hours: exact, in quarters. */
const hours = () => p.decimal('string').precision(5).scale(2);

export const PlacementRequestSchema = defineEntity({
  name: 'PlacementRequest',
  tableName: 'placement_request',
  ...rowSecurity('placement_request', requestRule),
  properties: {
    partner: () => p.manyToOne(Partner).primary(),
    id: id(),
    service: () => p.manyToOne(SharedService),
    jobFunction: p.enum(() => WorkerFunction),
    weeklyHours: hours(),
    startsOn: p.date(),
    /** First day on which it is no longer needed; for good without it. */
    endsOn: p.date().nullable(),
    municipality: () => p.manyToOne(Territory),
    state: p.enum(() => PlacementRequestState).default(PlacementRequestState.OPEN),
    requestedOn: p.date(),
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
      name: 'placement_request_hours',
      expression: 'weekly_hours > 0 and weekly_hours <= 50 and mod(weekly_hours, 0.25) = 0',
    },
    { name: 'placement_request_period', expression: 'ends_on > starts_on' },
  ],
});
/** A member's request for a function and hours. */
export class PlacementRequest extends PlacementRequestSchema.class {}
PlacementRequestSchema.setClass(PlacementRequest);

export const PlacementSchema = defineEntity({
  name: 'Placement',
  tableName: 'placement',
  ...rowSecurity('placement', placementRule),
  properties: {
    partner: () => p.manyToOne(Partner).primary(),
    id: id(),
    service: () => p.manyToOne(SharedService),
    worker: () => p.manyToOne(SharedWorker),
    /** The request that it answers, if any. */
    request: () =>
      p
        .manyToOne(PlacementRequest)
        .joinColumns('partner_id', 'request_id')
        .ownColumns('request_id')
        .deleteRule('no action')
        .updateRule('no action')
        .nullable(),
    weeklyHours: hours(),
    /** Minutes of each day of a week, from Monday to Sunday; together the weekly hours. */
    minutesByWeekday: p.array().columnType('integer[]').$type<number[]>(),
    startsOn: p.date(),
    /** First day on which it no longer holds; as long as the contract without it. */
    endsOn: p.date().nullable(),
    /** Where the work is done. */
    municipality: () => p.manyToOne(Territory),
    state: p.enum(() => PlacementState).default(PlacementState.PROPOSED),
    proposedOn: p.date(),
    decidedOn: p.date().nullable(),
    /** Who knows it reads the calendar of the placement: it is told to those who see the placement. */
    calendarKey: p
      .uuid()
      .onCreate(() => newSecretKey())
      .unique(),
    provenance: provenance(),
    createdAt: recordedAt(),
    version: p.integer().version(),
  },
  indexes: [
    { properties: ['id'] },
    { properties: ['worker', 'startsOn'] },
    { properties: ['service', 'startsOn', 'id'] },
    { properties: ['startsOn', 'id'] },
  ],
  checks: [
    {
      name: 'placement_hours',
      expression: 'weekly_hours > 0 and weekly_hours <= 50 and mod(weekly_hours, 0.25) = 0',
    },
    {
      name: 'placement_schedule',
      expression:
        'cardinality(minutes_by_weekday) = 7 and 0 <= all (minutes_by_weekday) and 660 >= all (minutes_by_weekday) and weekly_hours * 60 = minutes_by_weekday[1] + minutes_by_weekday[2] + minutes_by_weekday[3] + minutes_by_weekday[4] + minutes_by_weekday[5] + minutes_by_weekday[6] + minutes_by_weekday[7]',
    },
    { name: 'placement_period', expression: 'ends_on > starts_on' },
    { name: 'placement_decided', expression: `(state = 'PROPOSED') = (decided_on is null)` },
    { name: 'placement_in_order', expression: 'decided_on >= proposed_on' },
  ],
});
/** A worker placed with a member (mise à disposition, terbeschikkingstelling). */
export class Placement extends PlacementSchema.class {}
PlacementSchema.setClass(Placement);

export const LabourDisputeSchema = defineEntity({
  name: 'LabourDispute',
  tableName: 'labour_dispute',
  ...rowSecurity('labour_dispute', disputeRule),
  properties: {
    partner: () => p.manyToOne(Partner).primary(),
    id: id(),
    service: () => p.manyToOne(SharedService),
    startedOn: p.date(),
    /** First day on which it is over. */
    endedOn: p.date().nullable(),
    provenance: provenance(),
    createdAt: recordedAt(),
    version: p.integer().version(),
  },
  indexes: [{ properties: ['id'] }, { properties: ['service', 'startedOn', 'id'] }],
  checks: [{ name: 'labour_dispute_period', expression: 'ended_on > started_on' }],
});
/** A strike or lock-out at a member: nobody is placed there meanwhile (law of 12 August 2000). */
export class LabourDispute extends LabourDisputeSchema.class {}
LabourDisputeSchema.setClass(LabourDispute);

export const TimesheetSchema = defineEntity({
  name: 'Timesheet',
  tableName: 'timesheet',
  ...rowSecurity('timesheet', timesheetRule),
  properties: {
    partner: () => p.manyToOne(Partner).primary(),
    id: id(),
    service: () => p.manyToOne(SharedService),
    worker: () => p.manyToOne(SharedWorker),
    placement: () =>
      p
        .manyToOne(Placement)
        .joinColumns('partner_id', 'placement_id')
        .ownColumns('placement_id')
        .deleteRule('no action')
        .updateRule('no action'),
    /** Monday of the week. */
    week: p.date(),
    hours: hours(),
    state: p.enum(() => TimesheetState).default(TimesheetState.DRAFT),
    submittedAt: p.datetime(3).nullable(),
    approvedAt: p.datetime(3).nullable(),
    /** The invoice that closed it: of the same partner. */
    invoiceId: p.uuid().nullable(),
    provenance: provenance(),
    createdAt: recordedAt(),
    version: p.integer().version(),
  },
  uniques: [{ name: 'timesheet_once', properties: ['placement', 'week'] }],
  indexes: [
    { properties: ['id'] },
    { properties: ['worker', 'week'] },
    { properties: ['service', 'week', 'id'] },
    { properties: ['week', 'id'] },
  ],
  checks: [
    { name: 'timesheet_week', expression: 'extract(isodow from week) = 1' },
    { name: 'timesheet_hours', expression: 'hours >= 0 and hours <= 168 and mod(hours, 0.25) = 0' },
    {
      name: 'timesheet_parts_of_state',
      expression: `case state when 'DRAFT' then num_nonnulls(submitted_at, approved_at, invoice_id) = 0 when 'SUBMITTED' then submitted_at is not null and num_nonnulls(approved_at, invoice_id) = 0 when 'APPROVED' then num_nulls(submitted_at, approved_at) = 0 and invoice_id is null else num_nulls(submitted_at, approved_at, invoice_id) = 0 end`,
    },
  ],
});
/** Hours worked at a member in a week (relevé de prestations, prestatiestaat). */
export class Timesheet extends TimesheetSchema.class {}
TimesheetSchema.setClass(Timesheet);
