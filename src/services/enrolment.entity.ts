import { defineEntity, p } from '@mikro-orm/core';
import { id, provenance, recordedAt } from '../database/properties.ts';
import { rowSecurity } from '../database/row-security.ts';
import { Partner, Recognition } from '../partners/partner.entity.ts';
import { SharedService } from './service.entity.ts';
import { enrolmentHistoryRule, enrolmentRule } from './service.policy.ts';

/** State of an enrolment. */
export enum EnrolmentStatus {
  REQUESTED = 'REQUESTED',
  ACTIVE = 'ACTIVE',
  ENDED = 'ENDED',
}

export const EnrolmentSchema = defineEntity({
  name: 'Enrolment',
  tableName: 'enrolment',
  ...rowSecurity('enrolment', enrolmentRule),
  properties: {
    partner: () => p.manyToOne(Partner).primary(),
    id: id(),
    service: () => p.manyToOne(SharedService),
    /** The recognition that it rests on, where eligibility asks for one. */
    recognition: () =>
      p
        .manyToOne(Recognition)
        .joinColumns('partner_id', 'recognition_id')
        .ownColumns('recognition_id')
        .deleteRule('no action')
        .updateRule('no action')
        .nullable(),
    status: p.enum(() => EnrolmentStatus),
    requestedOn: p.date(),
    activeFrom: p.date().nullable(),
    /** First day on which it no longer holds. */
    endedOn: p.date().nullable(),
    provenance: provenance(),
    createdAt: recordedAt(),
    version: p.integer().version(),
  },
  indexes: [
    { properties: ['id'] },
    { properties: ['service', 'partner'] },
    { properties: ['service', 'requestedOn', 'id'] },
    { properties: ['partner', 'requestedOn', 'id'] },
    // Where a series of levels begins.
    { properties: ['activeFrom'] },
    // All that a level on a day is counted from: the table itself is not read.
    {
      name: 'enrolment_level_index',
      properties: ['service', 'activeFrom', 'endedOn', 'partner', 'id'],
    },
  ],
  checks: [
    {
      name: 'enrolment_dates_of_status',
      expression: `case status when 'REQUESTED' then active_from is null and ended_on is null when 'ACTIVE' then active_from is not null and ended_on is null else ended_on is not null end`,
    },
    {
      name: 'enrolment_dates_in_order',
      expression: 'active_from >= requested_on and ended_on >= coalesce(active_from, requested_on)',
    },
  ],
});
/** A partner's enrolment in a shared service: requested, active, ended. */
export class Enrolment extends EnrolmentSchema.class {}
EnrolmentSchema.setClass(Enrolment);

export const EnrolmentEventSchema = defineEntity({
  name: 'EnrolmentEvent',
  tableName: 'enrolment_event',
  ...rowSecurity('enrolment_event', enrolmentHistoryRule),
  properties: {
    partner: () => p.manyToOne(Partner).primary(),
    id: id(),
    enrolment: () =>
      p
        .manyToOne(Enrolment)
        .joinColumns('partner_id', 'enrolment_id')
        .ownColumns('enrolment_id')
        .deleteRule('no action')
        .updateRule('no action'),
    status: p.enum(() => EnrolmentStatus),
    occurredOn: p.date(),
    recordedAt: recordedAt(),
  },
});
/** A step in the history of an enrolment; append-only. */
export class EnrolmentEvent extends EnrolmentEventSchema.class {}
EnrolmentEventSchema.setClass(EnrolmentEvent);
