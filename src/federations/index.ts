import { bind } from '../read/index.ts';
import { DataSharingAgreement } from './agreement.entity.ts';
import {
  DataSharingResolver,
  FederationAgreementResolver,
  PartnerAgreementResolver,
} from './agreement.resolver.ts';
import { Federation, Membership } from './federation.entity.ts';
import { agreementRule, federationRule, membershipRule } from './federation.policy.ts';
import {
  FederationResolver,
  FederationTexts,
  MembershipResolver,
  PartnerMembershipResolver,
} from './federation.resolver.ts';

export { AgreementService } from './agreement.service.ts';
export { FederationService, recordMemberships } from './federation.service.ts';
export { FederationType } from './federation.type.ts';
export { leavingMemberships } from './leaving.service.ts';

/** Federations and their members. */
export const federationsRoom = {
  bindings: [
    bind({ entity: Federation, idPrefix: 'federation', rule: federationRule }),
    bind({ entity: Membership, idPrefix: 'membership', rule: membershipRule }),
    bind({ entity: DataSharingAgreement, idPrefix: 'data_sharing_agreement', rule: agreementRule }),
  ],
  resolvers: [
    FederationTexts,
    FederationResolver,
    MembershipResolver,
    PartnerMembershipResolver,
    DataSharingResolver,
    PartnerAgreementResolver,
    FederationAgreementResolver,
  ],
};
