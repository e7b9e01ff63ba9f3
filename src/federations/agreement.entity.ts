import { defineEntity, p } from '@mikro-orm/core';
import { id, recordedAt } from '../database/properties.ts';
import { DataRoom, rowSecurity } from '../database/row-security.ts';
import { Partner } from '../partners/partner.entity.ts';
import { Federation } from './federation.entity.ts';
import { agreementRule } from './federation.policy.ts';

const ROOMS = Object.values(DataRoom)
  .map((room) => `'${room}'`)
  .join(', ');

export const DataSharingAgreementSchema = defineEntity({
  name: 'DataSharingAgreement',
  tableName: 'data_sharing_agreement',
  ...rowSecurity('data_sharing_agreement', agreementRule),
  properties: {
    partner: () => p.manyToOne(Partner).primary(),
    id: id(),
    federation: () => p.manyToOne(Federation),
    purpose: p.text(),
    rooms: p.array().columnType('text[]').$type<DataRoom[]>(),
    /** First day on which it no longer holds. */
    validUntil: p.date(),
    grantedAt: recordedAt(),
    /** Principals, who are no names. */
    grantedBy: p.string().length(120),
    revokedAt: p.datetime(3).nullable(),
    revokedBy: p.string().length(120).nullable(),
  },
  indexes: [{ properties: ['id'] }, { properties: ['federation', 'partner'] }],
  checks: [
    {
      name: 'data_sharing_agreement_rooms',
      expression: `rooms <@ array[${ROOMS}]::text[] and cardinality(rooms) > 0`,
    },
    { name: 'data_sharing_agreement_revoked', expression: '(revoked_at is null) = (revoked_by is null)' },
  ],
});
/** What a partner lets a federation see of its records, one by one, until when; revoked at once. */
export class DataSharingAgreement extends DataSharingAgreementSchema.class {}
DataSharingAgreementSchema.setClass(DataSharingAgreement);
