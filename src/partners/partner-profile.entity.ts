import { defineEntity, p } from '@mikro-orm/core';
import { rowSecurity } from '../database/row-security.ts';
import { Sector, Territory } from '../reference/reference.entity.ts';
import { Partner, SizeBand } from './partner.entity.ts';
import { partnerProfileRule } from './partner.policy.ts';

export const PartnerProfileSchema = defineEntity({
  name: 'PartnerProfile',
  tableName: 'partner_profile',
  ...rowSecurity('partner_profile', partnerProfileRule),
  properties: {
    partner: () => p.manyToOne(Partner).primary(),
    /** The first one begins at -infinity, the last one ends at infinity. */
    validFrom: p.date().primary(),
    validUntil: p.date(),
    sector: () => p.manyToOne(Sector),
    sizeBand: p.enum(() => SizeBand),
    municipality: () => p.manyToOne(Territory),
    regionCode: p.string().length(5),
    provinceCode: p.string().length(5).nullable(),
    /** What is changed on the day on which it was recorded is a mistake that is mended. */
    recordedOn: p.date(),
  },
});
/** What a partner was in a period, as figures break it down; written by a trigger of the partner's row. */
export class PartnerProfile extends PartnerProfileSchema.class {}
PartnerProfileSchema.setClass(PartnerProfile);
