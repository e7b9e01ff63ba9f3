import { Arg, Authorized, Ctx, Mutation, Resolver } from 'type-graphql';
import type { Needed } from '../access/rights.ts';
import { Role, TokenScope } from '../access/roles.ts';
import type { HubContext } from '../graphql/context.ts';
import { withUserErrors } from '../graphql/errors.ts';
import { ClosePartnerInput } from './closing.inputs.ts';
import type { ClosingService } from './closing.service.ts';
import { PartnerPayload } from './partner.payload.ts';
import { partnerBy } from './partner.read.ts';

@Resolver()
export class ClosingResolver {
  constructor(private readonly service: ClosingService) {}

  @Authorized<Needed>(TokenScope.DIRECTORY, TokenScope.ENROLMENTS, Role.PARTNER_EDITOR)
  @Mutation(() => PartnerPayload, {
    description:
      'Ends a partner’s enrolments and memberships on the day on which it leaves. Its records stay, and `/partners/<id>/records.json` gives them all; years later the partner is made anonymous. User errors: NOT_FOUND, INVALID_ID, PARTNER_CLOSED, DATE_IN_FUTURE, DATES_OUT_OF_ORDER, USAGE_AFTER_END, ORDERS_OPEN, IDEMPOTENCY_KEY_REUSED…',
  })
  closePartner(
    @Arg('input', () => ClosePartnerInput, { description: 'Which, and from when.' }) input: ClosePartnerInput,
    @Ctx() context: HubContext,
  ): Promise<PartnerPayload> {
    return withUserErrors(async () => ({
      partner: partnerBy('id', await this.service.close(context.viewer, input)),
    }));
  }
}
