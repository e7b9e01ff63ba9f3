import { Arg, Args, Authorized, Ctx, FieldResolver, Mutation, Query, Resolver } from 'type-graphql';
import type { Needed } from '../access/rights.ts';
import { Role, TokenScope } from '../access/roles.ts';
import { NotFoundError, UserError } from '../errors.ts';
import type { HubContext } from '../graphql/context.ts';
import { DateRange } from '../graphql/date-range.ts';
import { withUserErrors } from '../graphql/errors.ts';
import { languageCode } from '../graphql/language.ts';
import { localisedFields } from '../graphql/localised.ts';
import { PageArgs, pageOf } from '../graphql/pages.ts';
import { keyOf } from '../ids.ts';
import { type Expression, expression, type Fields, period, type Rows } from '../read/index.ts';
import { parseEnterpriseNumber } from './enterprise-number.ts';
import type { Partner, Recognition } from './partner.entity.ts';
import {
  CreatePartnerInput,
  PartnerFilter,
  PartnerOrder,
  PartnerReference,
  UpdatePartnerInput,
} from './partner.inputs.ts';
import { PartnerPayload } from './partner.payload.ts';
import * as read from './partner.read.ts';
import type { PartnerService } from './partner.service.ts';
import { PartnerConnection, PartnerType, RecognitionType, SiteType } from './partner.type.ts';
import { partnerConditionOf } from './partner-filter.ts';

export const PartnerTexts = localisedFields(() => PartnerType, {
  name: { description: 'Name of the partner.' },
  description: { description: 'What the partner does.', optional: true },
});

export const SiteTexts = localisedFields(() => SiteType, {
  name: { description: 'Name of the site, where it has one of its own.', optional: true },
});

@Resolver(() => PartnerType)
export class PartnerResolver {
  constructor(private readonly service: PartnerService) {}

  @Query(() => PartnerConnection, {
    description:
      'The directory of partners. Errors: INVALID_PAGE, INVALID_CURSOR, INVALID_ID, TOO_MANY_IDS, TEXT_TOO_LONG; NOT_FOUND and UNKNOWN_CODE where the filter names what is not there.',
  })
  partners(
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() context: HubContext,
    @Arg('filter', () => PartnerFilter, {
      nullable: true,
      description: 'Which partners; all of them without it.',
    })
    filter?: PartnerFilter | null,
    @Arg('orderBy', () => PartnerOrder, {
      defaultValue: PartnerOrder.NAME,
      description: 'Order of the list.',
    })
    orderBy: PartnerOrder = PartnerOrder.NAME,
  ): Rows {
    const keys = read.partnerOrder(orderBy, languageCode(context.language));
    const question = ['partners', filter, orderBy, context.language];
    return read.partners(partnerConditionOf(filter), keys, pageOf(page, keys, question));
  }

  @Query(() => PartnerType, {
    nullable: true,
    description: 'One partner. Errors: NOT_FOUND, INVALID_REFERENCE, INVALID_ID, INVALID_ENTERPRISE_NUMBER.',
  })
  partner(
    @Arg('reference', () => PartnerReference, { description: 'Its id, slug or enterprise number.' })
    reference: PartnerReference,
  ): Rows {
    const given = Object.entries(reference).filter(([, value]) => value !== undefined && value !== null);
    if (given.length !== 1) {
      throw new UserError(
        'INVALID_REFERENCE',
        'Name the partner by exactly one of `id`, `slug` and `enterpriseNumber`.',
        'reference',
      );
    }
    const absent = (): Error => new NotFoundError('The partner', 'reference');
    if (reference.id) return read.partnerBy('id', keyOf('partner', reference.id, 'reference.id'), absent);
    if (reference.slug) return read.partnerBy('slug', reference.slug, absent);
    const number = parseEnterpriseNumber(reference.enterpriseNumber ?? '', 'reference.enterpriseNumber');
    return read.partnerBy('enterpriseNumber', number, absent);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      'Enterprise number (BCE/KBO), as `0999.000.123`; null once a partner that left has been made anonymous.',
  })
  enterpriseNumber(): Expression {
    return expression<Partner>(read.formattedEnterpriseNumber);
  }

  @FieldResolver(() => [SiteType], { description: 'Its sites, the registered office first.' })
  sites(): Rows {
    return read.sitesOfPartner();
  }

  @FieldResolver(() => [RecognitionType], {
    description: 'Its recognitions, past ones included, by first day.',
  })
  recognitions(): Rows {
    return read.recognitionsOfPartner();
  }

  @Authorized<Needed>(TokenScope.DIRECTORY, Role.FEDERATION_ADMIN)
  @Mutation(() => PartnerPayload, {
    description:
      'Records a partner with its sites, recognitions and memberships. User errors: INVALID_ENTERPRISE_NUMBER, ENTERPRISE_NUMBER_TAKEN, SLUG_TAKEN, TEXT_MISSING, UNKNOWN_CODE, UNKNOWN_POSTAL_CODE, INVALID_PERIOD, IDEMPOTENCY_KEY_REUSED…',
  })
  createPartner(
    @Arg('input', () => CreatePartnerInput, { description: 'The partner.' }) input: CreatePartnerInput,
    @Ctx() context: HubContext,
  ): Promise<PartnerPayload> {
    return withUserErrors(async () => ({
      partner: read.partnerBy('id', await this.service.create(context.viewer, input)),
    }));
  }

  @Authorized<Needed>(TokenScope.DIRECTORY, Role.PARTNER_EDITOR)
  @Mutation(() => PartnerPayload, {
    description:
      'Changes a partner. User errors: NOT_FOUND, INVALID_ID, PARTNER_CLOSED, TEXT_MISSING, UNKNOWN_CODE, IDEMPOTENCY_KEY_REUSED…',
  })
  updatePartner(
    @Arg('input', () => UpdatePartnerInput, { description: 'What to change.' }) input: UpdatePartnerInput,
    @Ctx() context: HubContext,
  ): Promise<PartnerPayload> {
    return withUserErrors(async () => ({
      partner: read.partnerBy('id', await this.service.update(context.viewer, input)),
    }));
  }
}

@Resolver(() => SiteType)
export class SiteResolver {
  @FieldResolver(() => [RecognitionType], { description: 'Recognitions of this site.' })
  recognitions(): Rows {
    return read.recognitionsOfSite();
  }
}

@Resolver(() => RecognitionType)
export class RecognitionResolver {
  @FieldResolver(() => DateRange, { description: 'Days on which it holds.' })
  period(): Fields {
    return period<Recognition>(
      (row) => row.validFrom,
      (row) => row.validUntil,
    );
  }
}
