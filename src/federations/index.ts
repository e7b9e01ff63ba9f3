import { bind } from '../read/index.ts';
import { Federation, Membership } from './federation.entity.ts';
import { federationPolicy } from './federation.policy.ts';
import {
  FederationResolver,
  FederationTexts,
  MembershipResolver,
  PartnerMembershipResolver,
} from './federation.resolver.ts';

export { FederationService, recordMemberships } from './federation.service.ts';
export { FederationType } from './federation.type.ts';
export { leavingMemberships } from './leaving.service.ts';

/** Federations and their members. */
export const federationsRoom = {
  bindings: [
    bind({ entity: Federation, idPrefix: 'federation', policy: federationPolicy }),
    bind({ entity: Membership, idPrefix: 'membership', policy: federationPolicy }),
  ],
  resolvers: [FederationTexts, FederationResolver, MembershipResolver, PartnerMembershipResolver],
};
