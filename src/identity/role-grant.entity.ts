import { defineEntity, p } from '@mikro-orm/core';
import { id, recordedAt } from '../database/properties.ts';
import { rowSecurity } from '../database/row-security.ts';
import { Federation } from '../federations/federation.entity.ts';
import { Partner } from '../partners/partner.entity.ts';
import { CompetentAuthority } from '../reference/reference.entity.ts';
import { Supplier } from '../services/purchasing/supplier.entity.ts';
import { SharedService } from '../services/service.entity.ts';
import { Account } from './account.entity.ts';
import { Client } from './client.entity.ts';
import { roleGrantRule } from './identity.policy.ts';

const HOLDS = 'num_nonnulls(partner_id, service_id, supplier_id, federation_id, authority_id)';

export const RoleGrantSchema = defineEntity({
  name: 'RoleGrant',
  tableName: 'role_grant',
  ...rowSecurity('role_grant', roleGrantRule),
  properties: {
    id: id(),
    client: () => p.manyToOne(Client).deleteRule('no action').nullable(),
    account: () => p.manyToOne(Account).deleteRule('no action').nullable(),
    /** A value of `Role`, written as text: the check below knows which are granted, and for what. */
    role: p.string().length(40),
    partner: () => p.manyToOne(Partner).deleteRule('no action').nullable(),
    service: () => p.manyToOne(SharedService).deleteRule('no action').nullable(),
    supplier: () => p.manyToOne(Supplier).deleteRule('no action').nullable(),
    federation: () => p.manyToOne(Federation).deleteRule('no action').nullable(),
    authority: () => p.manyToOne(CompetentAuthority).deleteRule('no action').nullable(),
    grantedAt: recordedAt(),
    /** Principal that granted it. */
    grantedBy: p.string().length(120),
    /** From when on it no longer counts. */
    validUntil: p.datetime(3).nullable(),
  },
  indexes: [
    { properties: ['client'] },
    { properties: ['account'] },
    { properties: ['partner'] },
    { properties: ['service'] },
    { properties: ['federation'] },
  ],
  checks: [
    { name: 'role_grant_one_holder', expression: 'num_nonnulls(client_id, account_id) = 1' },
    {
      name: 'role_grant_record_of_role',
      expression: `case role
        when 'PARTNER_READER' then partner_id is not null and ${HOLDS} = 1
        when 'PARTNER_EDITOR' then partner_id is not null and ${HOLDS} = 1
        when 'SERVICE_STAFF' then service_id is not null and ${HOLDS} = 1
        when 'SUPPLIER' then supplier_id is not null and ${HOLDS} = 1
        when 'FEDERATION_ANALYST' then federation_id is not null and ${HOLDS} = 1
        when 'FEDERATION_ADMIN' then federation_id is not null and ${HOLDS} = 1
        when 'AUTHORITY_READER' then authority_id is not null and ${HOLDS} = 1
        when 'HUB_ADMIN' then ${HOLDS} = 0
        else false end`.replaceAll(/\s+/g, ' '),
    },
  ],
});
/** A role that a client or an account holds, for the one record that such a role is held for. */
export class RoleGrant extends RoleGrantSchema.class {}
RoleGrantSchema.setClass(RoleGrant);
