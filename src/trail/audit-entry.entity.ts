import { defineEntity, p } from '@mikro-orm/core';
import { id, recordedAt } from '../database/properties.ts';
import { rowSecurity } from '../database/row-security.ts';
import { Partner } from '../partners/partner.entity.ts';
import { trailRule } from './trail.policy.ts';

/** What a mutation did to a record. */
export enum AuditAction {
  CREATED = 'CREATED',
  UPDATED = 'UPDATED',
  DELETED = 'DELETED',
}

export const AuditEntrySchema = defineEntity({
  name: 'AuditEntry',
  tableName: 'audit_entry',
  ...rowSecurity('audit_entry', trailRule),
  properties: {
    id: id(),
    occurredAt: recordedAt(),
    /** Who changed it; emptied when its retention is over. */
    principal: p.string().length(120).nullable(),
    mutation: p.string().length(80),
    /** Kind of the record: the name of its class. */
    entity: p.string().length(80),
    /** Its key; none for what is known by two others, and for a summary of many records. */
    record: p.uuid().nullable(),
    /** The partner that the record belongs to. */
    partner: () => p.manyToOne(Partner).deleteRule('no action').updateRule('no action').nullable(),
    action: p.enum(() => AuditAction),
    /** Changed columns by name, as they were and as they are; null where there are none, or when they were erased. */
    before: p.json().$type<Record<string, unknown>>().nullable(),
    after: p.json().$type<Record<string, unknown>>().nullable(),
  },
  indexes: [
    { properties: ['occurredAt', 'id'] },
    { properties: ['partner', 'id'] },
    { properties: ['principal', 'occurredAt', 'id'] },
  ],
});
/** One record that a mutation created, changed or deleted; append-only. */
export class AuditEntry extends AuditEntrySchema.class {}
AuditEntrySchema.setClass(AuditEntry);
