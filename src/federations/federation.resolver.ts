import {
  Arg,
  Args,
  Authorized,
  Ctx,
  Field,
  FieldResolver,
  Mutation,
  ObjectType,
  Query,
  Resolver,
} from 'type-graphql';
import type { Needed } from '../access/rights.ts';
import { Role, TokenScope } from '../access/roles.ts';
import { NotFoundError, UserError } from '../errors.ts';
import type { HubContext } from '../graphql/context.ts';
import { DateRange } from '../graphql/date-range.ts';
import { UserErrorType, withUserErrors } from '../graphql/errors.ts';
import { languageCode } from '../graphql/language.ts';
import { localisedFields } from '../graphql/localised.ts';
import { PageArgs, pageOf } from '../graphql/pages.ts';
import { keyOf } from '../ids.ts';
import {
  PartnerConnection,
  PartnerFilter,
  PartnerOrder,
  PartnerType,
  partnerConditionOf,
  partnerOrder,
} from '../partners/index.ts';
import { type Fields, period, type Rows } from '../read/index.ts';
import type { Membership } from './federation.entity.ts';
import { CreateFederationInput, FederationReference } from './federation.inputs.ts';
import * as read from './federation.read.ts';
import type { FederationService } from './federation.service.ts';
import { FederationConnection, FederationType, MembershipType } from './federation.type.ts';

export const FederationTexts = localisedFields(() => FederationType, {
  name: { description: 'Name of the federation.' },
  description: { description: 'What the federation does.', optional: true },
});

@ObjectType({ description: 'What became of a federation mutation.', simpleResolvers: true })
export class FederationPayload {
  @Field(() => FederationType, {
    nullable: true,
    description: 'The federation; null where there are user errors.',
  })
  federation?: Rows | null;

  @Field(() => [UserErrorType], { description: 'What to mend; empty when all was saved.' })
  userErrors!: UserErrorType[];
}

@Resolver(() => FederationType)
export class FederationResolver {
  constructor(private readonly service: FederationService) {}

  @Query(() => FederationConnection, {
    description: 'Every federation, by slug. Errors: INVALID_PAGE, INVALID_CURSOR.',
  })
  federations(@Args(() => PageArgs) page: PageArgs): Rows {
    return read.federations(pageOf(page, read.FEDERATION_ORDER, ['federations']));
  }

  @Query(() => FederationType, {
    nullable: true,
    description: 'One federation. Errors: NOT_FOUND, INVALID_REFERENCE, INVALID_ID.',
  })
  federation(
    @Arg('reference', () => FederationReference, { description: 'Its id or slug.' })
    reference: FederationReference,
  ): Rows {
    const { id, slug } = reference;
    if (Boolean(id) === Boolean(slug)) {
      throw new UserError(
        'INVALID_REFERENCE',
        'Name the federation by exactly one of `id` and `slug`.',
        'reference',
      );
    }
    const absent = (): Error => new NotFoundError('The federation', 'reference');
    return id
      ? read.federationBy('id', keyOf('federation', id, 'reference.id'), absent)
      : read.federationBy('slug', slug as string, absent);
  }

  @FieldResolver(() => PartnerConnection, {
    description:
      'Its members of today. Errors: INVALID_PAGE, INVALID_CURSOR, INVALID_ID, TOO_MANY_IDS, TEXT_TOO_LONG; NOT_FOUND and UNKNOWN_CODE where the filter names what is not there.',
  })
  members(
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() context: HubContext,
    @Arg('filter', () => PartnerFilter, {
      nullable: true,
      description: 'Which members; all of them without it.',
    })
    filter?: PartnerFilter | null,
    @Arg('orderBy', () => PartnerOrder, {
      defaultValue: PartnerOrder.NAME,
      description: 'Order of the list.',
    })
    orderBy: PartnerOrder = PartnerOrder.NAME,
  ): Rows {
    const keys = partnerOrder(orderBy, languageCode(context.language));
    const question = ['Federation.members', filter, orderBy, context.language];
    return read.membersOfFederation(partnerConditionOf(filter), keys, pageOf(page, keys, question));
  }

  @Authorized<Needed>(TokenScope.DIRECTORY, Role.HUB_ADMIN)
  @Mutation(() => FederationPayload, {
    description:
      'Creates a federation. User errors: SLUG_TAKEN, INVALID_SLUG, TEXT_MISSING, IDEMPOTENCY_KEY_REUSED.',
  })
  createFederation(
    @Arg('input', () => CreateFederationInput, { description: 'The federation.' })
    input: CreateFederationInput,
    @Ctx() context: HubContext,
  ): Promise<FederationPayload> {
    return withUserErrors(async () => ({
      federation: read.federationBy('id', await this.service.create(context.viewer, input)),
    }));
  }
}

@Resolver(() => MembershipType)
export class MembershipResolver {
  @FieldResolver(() => DateRange, { description: 'Days on which the partner is a member.' })
  period(): Fields {
    return period<Membership>(
      (row) => row.validFrom,
      (row) => row.validUntil,
    );
  }
}

@Resolver(() => PartnerType)
export class PartnerMembershipResolver {
  @FieldResolver(() => [MembershipType], {
    description:
      'Its memberships of federations, past ones included, by first day. A partner without a federation is normal.',
  })
  memberships(): Rows {
    return read.membershipsOfPartner();
  }
}
