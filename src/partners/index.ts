import { bind } from '../read/index.ts';
import { ClosingResolver } from './closing.resolver.ts';
import {
  AuthorityRecognitionsResolver,
  SectorPartnersResolver,
  TerritoryPartnersResolver,
} from './code-list.resolver.ts';
import { Partner, Recognition, Site } from './partner.entity.ts';
import { headcountSeenBy, partnerPartRule, partnerRule } from './partner.policy.ts';
import {
  PartnerResolver,
  PartnerTexts,
  RecognitionResolver,
  SiteResolver,
  SiteTexts,
} from './partner.resolver.ts';

export { mustBeOpen } from './closed-partner.ts';
export { ClosingService } from './closing.service.ts';
export { parseEnterpriseNumber } from './enterprise-number.ts';
export { PartnerFilter, PartnerOrder } from './partner.inputs.ts';
export {
  type FilteredPartner,
  type PartnerCondition,
  partnerChecks,
  partnerCondition,
  partnerOrder,
  partnerPredicates,
} from './partner.read.ts';
export { nameColumns, PartnerService } from './partner.service.ts';
export { PartnerConnection, PartnerType, RecognitionType, SiteType } from './partner.type.ts';
export { partnerConditionOf } from './partner-filter.ts';

/** Partners: who could use a pooled service, where they are, and who recognises them. */
export const partnersRoom = {
  bindings: [
    bind({ entity: Partner, idPrefix: 'partner', rule: partnerRule, fields: { headcount: headcountSeenBy } }),
    bind({ entity: Site, idPrefix: 'site', rule: partnerPartRule }),
    bind({ entity: Recognition, idPrefix: 'recognition', rule: partnerPartRule }),
  ],
  resolvers: [
    PartnerTexts,
    SiteTexts,
    PartnerResolver,
    SiteResolver,
    RecognitionResolver,
    SectorPartnersResolver,
    TerritoryPartnersResolver,
    AuthorityRecognitionsResolver,
    ClosingResolver,
  ],
};
