import { bind } from '../read/index.ts';
import { Federation, Membership } from './federation.entity.ts';
import { federationRule, membershipRule } from './federation.policy.ts';
import {
  FederationResolver,
  FederationTexts,
  MembershipResolver,
  PartnerMembershipResolver,
} from './federation.resolver.ts';

export { FederationService, recordMemberships } from './federation.service.ts';
export { FederationType } from './federation.type.ts';

/** Federations and their members. */
export const federationsRoom = {
  bindings: [
    bind({ entity: Federation, idPrefix: 'federation', rule: federationRule }),
    bind({ entity: Membership, idPrefix: 'membership', rule: membershipRule }),
  ],
  resolvers: [FederationTexts, FederationResolver, MembershipResolver, PartnerMembershipResolver],
};
