import { defineEntity, p } from '@mikro-orm/core';
import { id, recordedAt } from '../database/properties.ts';
import { rowSecurity } from '../database/row-security.ts';
import { accountRule } from './identity.policy.ts';

export const AccountSchema = defineEntity({
  name: 'Account',
  tableName: 'account',
  ...rowSecurity('account', accountRule),
  properties: {
    id: id(),
    issuer: p.string().length(500),
    subject: p.string().length(255),
    /** As for a client: see there. */
    heldFor: p.array().columnType('uuid[]').default([]),
    createdAt: recordedAt(),
    closedAt: p.datetime(3).nullable(),
  },
  uniques: [{ name: 'account_issuer_subject_unique', properties: ['issuer', 'subject'] }],
  indexes: [{ properties: ['createdAt', 'id'] }],
});
/** A person as an identity provider names them: no name and no address is kept. */
export class Account extends AccountSchema.class {}
AccountSchema.setClass(Account);
