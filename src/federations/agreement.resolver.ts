import {
  Arg,
  Args,
  Authorized,
  Ctx,
  Field,
  FieldResolver,
  Mutation,
  ObjectType,
  Resolver,
} from 'type-graphql';
import type { Needed } from '../access/rights.ts';
import { Role, TokenScope } from '../access/roles.ts';
import type { HubContext } from '../graphql/context.ts';
import { UserErrorType, withUserErrors } from '../graphql/errors.ts';
import { PageArgs, pageOf } from '../graphql/pages.ts';
import { PartnerType } from '../partners/index.ts';
import type { Rows } from '../read/index.ts';
import { GrantDataSharingInput, RevokeDataSharingInput } from './agreement.inputs.ts';
import * as read from './agreement.read.ts';
import type { AgreementService } from './agreement.service.ts';
import { DataSharingAgreementConnection, DataSharingAgreementType } from './agreement.type.ts';
import { FederationType } from './federation.type.ts';

@ObjectType({ description: 'What became of a data-sharing mutation.', simpleResolvers: true })
export class DataSharingPayload {
  @Field(() => DataSharingAgreementType, {
    nullable: true,
    description: 'The agreement as it is now; null where there are user errors.',
  })
  agreement?: Rows | null;

  @Field(() => [UserErrorType], { description: 'What to mend; empty when all was saved.' })
  userErrors!: UserErrorType[];
}

@Resolver(() => DataSharingAgreementType)
export class DataSharingResolver {
  constructor(private readonly service: AgreementService) {}

  @Authorized<Needed>(TokenScope.DIRECTORY, Role.PARTNER_EDITOR)
  @Mutation(() => DataSharingPayload, {
    description:
      'Shares records of a partner with a federation. User errors: NOT_FOUND, INVALID_ID, TEXT_MISSING, TEXT_TOO_LONG, ROOMS_MISSING, INVALID_PERIOD, IDEMPOTENCY_KEY_REUSED…',
  })
  grantDataSharing(
    @Arg('input', () => GrantDataSharingInput, { description: 'What is shared.' })
    input: GrantDataSharingInput,
    @Ctx() context: HubContext,
  ): Promise<DataSharingPayload> {
    return withUserErrors(async () => ({
      agreement: read.agreementById(await this.service.grant(context.viewer, input)),
    }));
  }

  @Authorized<Needed>(TokenScope.DIRECTORY, Role.PARTNER_EDITOR)
  @Mutation(() => DataSharingPayload, {
    description:
      'Revokes a data-sharing agreement, at once. User errors: NOT_FOUND, INVALID_ID, WRONG_STATE, IDEMPOTENCY_KEY_REUSED.',
  })
  revokeDataSharing(
    @Arg('input', () => RevokeDataSharingInput, { description: 'The agreement.' })
    input: RevokeDataSharingInput,
    @Ctx() context: HubContext,
  ): Promise<DataSharingPayload> {
    return withUserErrors(async () => ({
      agreement: read.agreementById(await this.service.revoke(context.viewer, input)),
    }));
  }
}

@Resolver(() => PartnerType)
export class PartnerAgreementResolver {
  @FieldResolver(() => DataSharingAgreementConnection, {
    description:
      'What it shares with federations, the latest first, past agreements included: for itself, and for a federation as far as it is shown something. Errors: INVALID_PAGE, INVALID_CURSOR.',
  })
  dataSharingAgreements(@Args(() => PageArgs) page: PageArgs): Rows {
    return read.agreementsOfPartner(pageOf(page, read.AGREEMENT_ORDER, ['Partner.dataSharingAgreements']));
  }
}

@Resolver(() => FederationType)
export class FederationAgreementResolver {
  @FieldResolver(() => DataSharingAgreementConnection, {
    description:
      'What partners share with it, the latest first, past agreements included: for itself, and for each partner its own. Errors: INVALID_PAGE, INVALID_CURSOR.',
  })
  dataSharingAgreements(@Args(() => PageArgs) page: PageArgs): Rows {
    return read.agreementsOfFederation(
      pageOf(page, read.AGREEMENT_ORDER, ['Federation.dataSharingAgreements']),
    );
  }
}
