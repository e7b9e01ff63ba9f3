import { defineEntity, p } from '@mikro-orm/core';
import { LocalisedText } from '../../database/localised-text.ts';
import { id, provenance, recordedAt, someLanguage } from '../../database/properties.ts';
import { rowSecurity } from '../../database/row-security.ts';
import { Partner } from '../../partners/partner.entity.ts';
import { Territory } from '../../reference/reference.entity.ts';
import { SharedService } from '../service.entity.ts';
import { attendanceRule, registrationRule, satisfactionRule, sessionRule } from './advice.policy.ts';

/** Kind of a session. */
export enum SessionKind {
  WORKING_GROUP = 'WORKING_GROUP',
  WORKSHOP = 'WORKSHOP',
  TRAINING = 'TRAINING',
  CONFERENCE = 'CONFERENCE',
  INTERVISION = 'INTERVISION',
  CO_SOLVING = 'CO_SOLVING',
  FIELD_VISIT = 'FIELD_VISIT',
  INFORMATION_MEETING = 'INFORMATION_MEETING',
}

/** As what somebody comes: a role in an organisation, and nothing about a person. */
export enum AttendeeRole {
  MANAGEMENT = 'MANAGEMENT',
  HUMAN_RESOURCES = 'HUMAN_RESOURCES',
  TEAM_LEAD = 'TEAM_LEAD',
  PREVENTION_ADVISER = 'PREVENTION_ADVISER',
  WORKER_REPRESENTATIVE = 'WORKER_REPRESENTATIVE',
  STAFF = 'STAFF',
}

export const AdviceSessionSchema = defineEntity({
  name: 'AdviceSession',
  tableName: 'advice_session',
  ...rowSecurity('advice_session', sessionRule),
  properties: {
    id: id(),
    service: () => p.manyToOne(SharedService),
    kind: p.enum(() => SessionKind),
    title: () => p.embedded(LocalisedText),
    startsAt: p.datetime(3),
    endsAt: p.datetime(3),
    /** Where it is; online alone without it. */
    municipality: () => p.manyToOne(Territory).nullable(),
    onlineUrl: p.text().nullable(),
    capacity: p.integer(),
    /** Seats of registrations that stand: kept by the database, which refuses more than there are. */
    seatsTaken: p.integer().default(0),
    registrationUntil: p.datetime(3),
    cancelledAt: p.datetime(3).nullable(),
    provenance: provenance(),
    createdAt: recordedAt(),
    version: p.integer().version(),
  },
  indexes: [{ properties: ['service', 'startsAt', 'id'] }, { properties: ['startsAt', 'id'] }],
  checks: [
    someLanguage('title'),
    {
      name: 'advice_session_times',
      expression: `ends_at > starts_at and ends_at <= (starts_at + '31 days'::interval)`,
    },
    { name: 'advice_session_deadline', expression: 'registration_until <= starts_at' },
    { name: 'advice_session_place', expression: 'num_nonnulls(municipality_id, online_url) > 0' },
    { name: 'advice_session_capacity', expression: 'capacity >= 1 and capacity <= 10000' },
    { name: 'advice_session_seats', expression: 'seats_taken >= 0 and seats_taken <= capacity' },
  ],
});
/** A meeting to which partners come: working group, workshop, training, visit. */
export class AdviceSession extends AdviceSessionSchema.class {}
AdviceSessionSchema.setClass(AdviceSession);

export const SessionRegistrationSchema = defineEntity({
  name: 'SessionRegistration',
  tableName: 'session_registration',
  ...rowSecurity('session_registration', registrationRule),
  properties: {
    partner: () => p.manyToOne(Partner).primary(),
    id: id(),
    service: () => p.manyToOne(SharedService),
    session: () => p.manyToOne(AdviceSession),
    seats: p.integer(),
    registeredAt: p.datetime(3),
    cancelledAt: p.datetime(3).nullable(),
    provenance: provenance(),
    createdAt: recordedAt(),
    version: p.integer().version(),
  },
  indexes: [
    { properties: ['id'] },
    { properties: ['session', 'registeredAt'] },
    { properties: ['service', 'registeredAt', 'id'] },
    { properties: ['registeredAt', 'id'] },
  ],
  checks: [
    { name: 'session_registration_seats', expression: 'seats >= 1 and seats <= 100' },
    { name: 'session_registration_in_order', expression: 'cancelled_at >= registered_at' },
  ],
});
/** Seats that a partner takes in a session; for whom, it knows itself. */
export class SessionRegistration extends SessionRegistrationSchema.class {}
SessionRegistrationSchema.setClass(SessionRegistration);

export const SessionAttendanceSchema = defineEntity({
  name: 'SessionAttendance',
  tableName: 'session_attendance',
  ...rowSecurity('session_attendance', attendanceRule),
  properties: {
    partner: () => p.manyToOne(Partner).primary(),
    id: id(),
    service: () => p.manyToOne(SharedService),
    session: () => p.manyToOne(AdviceSession),
    role: p.enum(() => AttendeeRole),
    attended: p.integer(),
    /** Of these, who came to a session of the service for the first time: a head is counted once. */
    firstTime: p.integer(),
    provenance: provenance(),
    createdAt: recordedAt(),
    version: p.integer().version(),
  },
  uniques: [{ name: 'session_attendance_once', properties: ['partner', 'session', 'role'] }],
  indexes: [{ properties: ['id'] }, { properties: ['session'] }, { properties: ['service', 'session'] }],
  checks: [
    {
      name: 'session_attendance_counts',
      expression: 'attended >= 0 and attended <= 1000 and first_time >= 0 and first_time <= attended',
    },
  ],
});
/** How many of a partner came to a session, by role. */
export class SessionAttendance extends SessionAttendanceSchema.class {}
SessionAttendanceSchema.setClass(SessionAttendance);

export const SatisfactionScoreSchema = defineEntity({
  name: 'SatisfactionScore',
  tableName: 'satisfaction_score',
  ...rowSecurity('satisfaction_score', satisfactionRule),
  properties: {
    id: id(),
    service: () => p.manyToOne(SharedService),
    session: () => p.manyToOne(AdviceSession),
    /** From 1, not at all satisfied, to 5, very satisfied. */
    grade: p.integer(),
    answers: p.integer(),
    provenance: provenance(),
    createdAt: recordedAt(),
    version: p.integer().version(),
  },
  uniques: [{ name: 'satisfaction_score_once', properties: ['session', 'grade'] }],
  checks: [
    { name: 'satisfaction_score_grade', expression: 'grade >= 1 and grade <= 5' },
    { name: 'satisfaction_score_answers', expression: 'answers >= 0 and answers <= 10000' },
  ],
});
/** How many gave a session a grade: counts, and never who. */
export class SatisfactionScore extends SatisfactionScoreSchema.class {}
SatisfactionScoreSchema.setClass(SatisfactionScore);
