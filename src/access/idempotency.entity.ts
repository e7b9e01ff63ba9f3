import { defineEntity, p } from '@mikro-orm/core';
import { recordedAt } from '../database/properties.ts';
import { rowSecurity } from '../database/row-security.ts';
import { idempotencyRule } from './idempotency.policy.ts';

export const IdempotencyRecordSchema = defineEntity({
  name: 'IdempotencyRecord',
  tableName: 'idempotency_record',
  ...rowSecurity('idempotency_record', idempotencyRule),
  properties: {
    principal: p.string().length(120).primary(),
    key: p.string().length(120).primary(),
    mutation: p.string().length(80),
    /** SHA-256 of the mutation's input, to tell a repeat from another request under the same key. */
    fingerprint: p.character().length(64),
    /** What the mutation answered: ids and user errors, never a secret. */
    outcome: p.json().$type<unknown>(),
    createdAt: recordedAt(),
  },
  indexes: [{ properties: ['createdAt'] }],
});
/** The outcome of a mutation under its idempotency key, written in the mutation's own transaction. */
export class IdempotencyRecord extends IdempotencyRecordSchema.class {}
IdempotencyRecordSchema.setClass(IdempotencyRecord);
