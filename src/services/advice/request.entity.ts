import { defineEntity, p } from '@mikro-orm/core';
import { id, provenance, recordedAt } from '../../database/properties.ts';
import { rowSecurity } from '../../database/row-security.ts';
import { Partner } from '../../partners/partner.entity.ts';
import { SharedService } from '../service.entity.ts';
import { requestRule } from './advice.policy.ts';

/** What advice is asked about: the subject of an organisation's question, and nothing about a person. */
export enum AdviceTopic {
  WELL_BEING_POLICY = 'WELL_BEING_POLICY',
  RISK_ANALYSIS = 'RISK_ANALYSIS',
  PSYCHOSOCIAL_RISKS = 'PSYCHOSOCIAL_RISKS',
  ERGONOMICS = 'ERGONOMICS',
  WORKPLACE_SAFETY = 'WORKPLACE_SAFETY',
  FIRE_AND_EVACUATION = 'FIRE_AND_EVACUATION',
  LEGAL_DUTIES = 'LEGAL_DUTIES',
  DIVERSITY_POLICY = 'DIVERSITY_POLICY',
  INCLUSIVE_RECRUITMENT = 'INCLUSIVE_RECRUITMENT',
  WELCOMING_STAFF = 'WELCOMING_STAFF',
  DISCRIMINATION = 'DISCRIMINATION',
  WORKING_ACROSS_CULTURES = 'WORKING_ACROSS_CULTURES',
  OTHER = 'OTHER',
}

/** Through what a request came. */
export enum AdviceChannel {
  TELEPHONE = 'TELEPHONE',
  E_MAIL = 'E_MAIL',
  WEBSITE = 'WEBSITE',
  VISIT = 'VISIT',
  SESSION = 'SESSION',
  HUB = 'HUB',
}

/** How soon an answer is needed. */
export enum AdviceUrgency {
  LOW = 'LOW',
  NORMAL = 'NORMAL',
  HIGH = 'HIGH',
}

/** How far a request has come. */
export enum AdviceRequestState {
  RECEIVED = 'RECEIVED',
  IN_PROGRESS = 'IN_PROGRESS',
  ANSWERED = 'ANSWERED',
  WITHDRAWN = 'WITHDRAWN',
}

/** As what somebody advises: a role, and no name. */
export enum AdviserRole {
  PREVENTION_ADVISER = 'PREVENTION_ADVISER',
  PSYCHOSOCIAL_ADVISER = 'PSYCHOSOCIAL_ADVISER',
  ERGONOMIST = 'ERGONOMIST',
  DIVERSITY_ADVISER = 'DIVERSITY_ADVISER',
  PROJECT_OFFICER = 'PROJECT_OFFICER',
  OUTSIDE_EXPERT = 'OUTSIDE_EXPERT',
}

export const AdviceRequestSchema = defineEntity({
  name: 'AdviceRequest',
  tableName: 'advice_request',
  ...rowSecurity('advice_request', requestRule),
  properties: {
    partner: () => p.manyToOne(Partner).primary(),
    id: id(),
    service: () => p.manyToOne(SharedService),
    topic: p.enum(() => AdviceTopic),
    channel: p.enum(() => AdviceChannel),
    urgency: p.enum(() => AdviceUrgency).default(AdviceUrgency.NORMAL),
    question: p.text().nullable(),
    state: p.enum(() => AdviceRequestState).default(AdviceRequestState.RECEIVED),
    /** As what it is handled; known from when somebody takes it. */
    handledBy: p.enum(() => AdviserRole).nullable(),
    requestedAt: p.datetime(3),
    takenAt: p.datetime(3).nullable(),
    /** When it was answered or withdrawn. */
    closedAt: p.datetime(3).nullable(),
    provenance: provenance(),
    createdAt: recordedAt(),
    version: p.integer().version(),
  },
  indexes: [
    { properties: ['id'] },
    { properties: ['service', 'requestedAt', 'id'] },
    { properties: ['requestedAt', 'id'] },
  ],
  checks: [
    {
      name: 'advice_request_parts_of_state',
      expression: `case state when 'RECEIVED' then num_nonnulls(taken_at, handled_by, closed_at) = 0 when 'IN_PROGRESS' then num_nulls(taken_at, handled_by) = 0 and closed_at is null when 'ANSWERED' then num_nulls(taken_at, handled_by, closed_at) = 0 else closed_at is not null and num_nulls(taken_at, handled_by) <> 1 end`,
    },
    {
      name: 'advice_request_in_order',
      expression: 'taken_at >= requested_at and closed_at >= coalesce(taken_at, requested_at)',
    },
  ],
});
/** A partner's question to an advisory service. */
export class AdviceRequest extends AdviceRequestSchema.class {}
AdviceRequestSchema.setClass(AdviceRequest);
