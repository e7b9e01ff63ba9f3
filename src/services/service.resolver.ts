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
import { FederationType } from '../federations/index.ts';
import type { HubContext } from '../graphql/context.ts';
import { DateRange } from '../graphql/date-range.ts';
import { UserErrorType, withUserErrors } from '../graphql/errors.ts';
import { languageCode } from '../graphql/language.ts';
import { localisedFields } from '../graphql/localised.ts';
import { Money } from '../graphql/money.ts';
import { connectionOf, PageArgs, pageOf } from '../graphql/pages.ts';
import { DateScalar } from '../graphql/scalars.ts';
import { keyOf } from '../ids.ts';
import { PartnerConnection, PartnerOrder, partnerOrder } from '../partners/index.ts';
import { type Fields, period, type Rows } from '../read/index.ts';
import { AuthorityCount } from '../reference/index.ts';
import { coverageOfService, notReachedByService } from './population.read.ts';
import { Coverage } from './population.type.ts';
import { type Funding, ServiceKind } from './service.entity.ts';
import { CreateProviderInput, CreateSharedServiceInput, SharedServiceReference } from './service.inputs.ts';
import * as read from './service.read.ts';
import type { CatalogueService } from './service.service.ts';
import { FundingType, ProviderType, ServiceCarrier, SharedServiceType } from './service.type.ts';

export const SharedServiceConnection = connectionOf(
  () => SharedServiceType,
  'SharedService',
  'the shared services',
);

export const SharedServiceTexts = localisedFields(() => SharedServiceType as never, {
  name: { description: 'Name of the service.' },
  description: { description: 'What the service does.', optional: true },
  eligibility: { description: 'Who may use it.', optional: true },
  price: { description: 'What it costs its users.', optional: true },
  howToJoin: { description: 'How to join.', optional: true },
});

export const ProviderTexts = localisedFields(() => ProviderType, {
  name: { description: 'Name of the provider.' },
});

@ObjectType({ description: 'What became of a provider mutation.', simpleResolvers: true })
export class ProviderPayload {
  @Field(() => ProviderType, {
    nullable: true,
    description: 'The provider; null where there are user errors.',
  })
  provider?: Rows | null;

  @Field(() => [UserErrorType], { description: 'What to mend; empty when all was saved.' })
  userErrors!: UserErrorType[];
}

@ObjectType({ description: 'What became of a service mutation.', simpleResolvers: true })
export class SharedServicePayload {
  @Field(() => SharedServiceType, {
    nullable: true,
    description: 'The service; null where there are user errors.',
  })
  sharedService?: Rows | null;

  @Field(() => [UserErrorType], { description: 'What to mend; empty when all was saved.' })
  userErrors!: UserErrorType[];
}

@Resolver(() => SharedServiceType)
export class SharedServiceResolver {
  constructor(private readonly catalogue: CatalogueService) {}

  @Query(() => SharedServiceConnection, {
    description: 'The catalogue of services, by slug. Errors: INVALID_PAGE, INVALID_CURSOR.',
  })
  sharedServices(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('kind', () => ServiceKind, { nullable: true, description: 'Only this kind.' })
    kind?: ServiceKind | null,
  ): Rows {
    return read.sharedServices(kind, pageOf(page, read.SERVICE_ORDER, ['sharedServices', kind]));
  }

  @Query(() => SharedServiceType, {
    nullable: true,
    description: 'One service. Errors: NOT_FOUND, INVALID_REFERENCE, INVALID_ID.',
  })
  sharedService(
    @Arg('reference', () => SharedServiceReference, { description: 'Its id or slug.' })
    reference: SharedServiceReference,
  ): Rows {
    const { id, slug } = reference;
    if (Boolean(id) === Boolean(slug)) {
      throw new UserError(
        'INVALID_REFERENCE',
        'Name the service by exactly one of `id` and `slug`.',
        'reference',
      );
    }
    const absent = (): Error => new NotFoundError('The service', 'reference');
    return id
      ? read.sharedServiceBy('id', keyOf('service', id, 'reference.id'), absent)
      : read.sharedServiceBy('slug', slug as string, absent);
  }

  @Query(() => [ProviderType], { description: 'Every provider, by slug.' })
  providers(): Rows {
    return read.providers();
  }

  @FieldResolver(() => [ServiceCarrier], {
    description: 'The providers that carry it, the leading one first.',
  })
  carriers(): Rows {
    return read.carriersOfService();
  }

  @FieldResolver(() => [FundingType], { description: 'Who funds it, by first day.' })
  fundings(): Rows {
    return read.fundingsOfService();
  }

  @FieldResolver(() => [AuthorityCount], {
    description:
      'Active enrolments on a day by the authority of the recognition that they rest on, most first: directory facts.',
  })
  enrolledByAuthority(
    @Arg('asOf', () => DateScalar, { nullable: true, description: 'The day; today without it.' }) asOf?:
      | string
      | null,
  ): Rows {
    return read.enrolledByAuthority(asOf);
  }

  @FieldResolver(() => Coverage, {
    nullable: true,
    description:
      'How much of the population that it is for the service reaches today; null without a population.',
  })
  coverage(): Rows {
    return coverageOfService();
  }

  @FieldResolver(() => PartnerConnection, {
    nullable: true,
    description:
      'Who is left out: listed members of the population that it is for without an active enrolment in it, by name; null where there is no population, or none with a list. Errors: INVALID_PAGE, INVALID_CURSOR.',
  })
  notReached(@Args(() => PageArgs) page: PageArgs, @Ctx() context: HubContext): Rows {
    const keys = partnerOrder(PartnerOrder.NAME, languageCode(context.language));
    return notReachedByService(keys, pageOf(page, keys, ['SharedService.notReached', context.language]));
  }

  @Authorized<Needed>(TokenScope.DIRECTORY, Role.HUB_ADMIN)
  @Mutation(() => ProviderPayload, {
    description:
      'Creates a provider. User errors: SLUG_TAKEN, INVALID_SLUG, TEXT_MISSING, IDEMPOTENCY_KEY_REUSED.',
  })
  createProvider(
    @Arg('input', () => CreateProviderInput, { description: 'The provider.' }) input: CreateProviderInput,
    @Ctx() context: HubContext,
  ): Promise<ProviderPayload> {
    return withUserErrors(async () => ({
      provider: read.providerById(await this.catalogue.createProvider(context.viewer, input)),
    }));
  }

  @Authorized<Needed>(TokenScope.DIRECTORY, Role.FEDERATION_ADMIN)
  @Mutation(() => SharedServicePayload, {
    description:
      'Creates a shared service. User errors: NOT_FOUND, SLUG_TAKEN, INVALID_SLUG, TEXT_MISSING, USAGE_UNIT_OF_OTHER_ONLY, IDEMPOTENCY_KEY_REUSED…',
  })
  createSharedService(
    @Arg('input', () => CreateSharedServiceInput, { description: 'The service.' })
    input: CreateSharedServiceInput,
    @Ctx() context: HubContext,
  ): Promise<SharedServicePayload> {
    return withUserErrors(async () => ({
      sharedService: read.sharedServiceBy(
        'id',
        await this.catalogue.createSharedService(context.viewer, input),
      ),
    }));
  }
}

@Resolver(() => ProviderType)
export class ProviderResolver {
  @FieldResolver(() => [SharedServiceType], {
    description: 'The services that it carries, alone or with others.',
  })
  sharedServices(): Rows {
    return read.servicesOfProvider();
  }
}

@Resolver(() => FundingType)
export class FundingResolver {
  @FieldResolver(() => Money, { description: 'The amount for the whole period.' })
  amount(): Fields {
    return read.fundingAmount();
  }

  @FieldResolver(() => DateRange, { description: 'The period that it pays for.' })
  period(): Fields {
    return period<Funding>(
      (row) => row.periodFrom,
      (row) => row.periodUntil,
    );
  }
}

@Resolver(() => FederationType)
export class FederationServiceResolver {
  @FieldResolver(() => SharedServiceConnection, {
    description: 'The services that it set up. Errors: INVALID_PAGE, INVALID_CURSOR.',
  })
  sharedServices(@Args(() => PageArgs) page: PageArgs): Rows {
    return read.servicesOfFederation(pageOf(page, read.SERVICE_ORDER, ['Federation.sharedServices']));
  }
}
