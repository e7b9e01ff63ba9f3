import { defineEntity, p } from '@mikro-orm/core';
import { LocalisedText } from '../database/localised-text.ts';
import { id, provenance, recordedAt, someLanguage } from '../database/properties.ts';
import { rowSecurity } from '../database/row-security.ts';
import { Partner } from '../partners/partner.entity.ts';
import { federationRule, membershipRule } from './federation.policy.ts';

export const FederationSchema = defineEntity({
  name: 'Federation',
  tableName: 'federation',
  ...rowSecurity('federation', federationRule),
  properties: {
    id: id(),
    slug: p.string().length(80).unique(),
    name: () => p.embedded(LocalisedText),
    description: () => p.embedded(LocalisedText),
    website: p.text().nullable(),
    /** For a demonstration record: the real organisation whose published figures it follows. */
    modelledOn: p.text().nullable(),
    provenance: provenance(),
    createdAt: recordedAt(),
  },
  checks: [
    someLanguage('name'),
    { name: 'federation_slug', expression: `slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'` },
  ],
});
/** A federation of social-profit organisations. */
export class Federation extends FederationSchema.class {}
FederationSchema.setClass(Federation);

export const MembershipSchema = defineEntity({
  name: 'Membership',
  tableName: 'membership',
  ...rowSecurity('membership', membershipRule),
  properties: {
    partner: () => p.manyToOne(Partner).primary(),
    id: id(),
    federation: () => p.manyToOne(Federation),
    validFrom: p.date(),
    validUntil: p.date().nullable(),
    provenance: provenance(),
  },
  indexes: [{ properties: ['id'] }, { properties: ['federation', 'partner'] }],
  checks: [{ name: 'membership_period', expression: 'valid_until is null or valid_until > valid_from' }],
});
/** A partner's membership of a federation, over a half-open period. */
export class Membership extends MembershipSchema.class {}
MembershipSchema.setClass(Membership);
