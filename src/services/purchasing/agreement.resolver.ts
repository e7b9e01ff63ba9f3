import {
  Arg,
  Args,
  Authorized,
  Ctx,
  Field,
  FieldResolver,
  ID,
  Mutation,
  ObjectType,
  Query,
  Resolver,
} from 'type-graphql';
import type { Needed } from '../../access/rights.ts';
import { Role, TokenScope } from '../../access/roles.ts';
import type { HubContext } from '../../graphql/context.ts';
import { DateRange } from '../../graphql/date-range.ts';
import { UserErrorType, withUserErrors } from '../../graphql/errors.ts';
import { localisedFields } from '../../graphql/localised.ts';
import { Money } from '../../graphql/money.ts';
import { PageArgs, pageOf } from '../../graphql/pages.ts';
import { keyOf } from '../../ids.ts';
import { type Expression, type Fields, period, type Rows } from '../../read/index.ts';
import { CompetentAuthorityType } from '../../reference/index.ts';
import { AgreementStatus, type FrameworkAgreement } from './agreement.entity.ts';
import * as read from './agreement.read.ts';
import {
  FrameworkAgreementConnection,
  FrameworkAgreementType,
  LateSupplier,
  LotType,
  SupplierConnection,
  SupplierType,
} from './agreement.type.ts';
import {
  CreateFrameworkAgreementInput,
  CreateSupplierInput,
  SaveLotsInput,
  UpdateFrameworkAgreementInput,
} from './offer.inputs.ts';
import type { OfferService } from './offer.service.ts';
import { EVENT_ORDER, historyOfSupplier } from './order.read.ts';
import { OrderEventConnection } from './order.type.ts';

export const AgreementTexts = localisedFields(() => FrameworkAgreementType, {
  title: { description: 'Title of the agreement.' },
  description: { description: 'What it is for.', optional: true },
});
export const LotTexts = localisedFields(() => LotType, { title: { description: 'Title of the lot.' } });

@ObjectType({ description: 'What became of a supplier mutation.', simpleResolvers: true })
export class SupplierPayload {
  @Field(() => SupplierType, {
    nullable: true,
    description: 'The supplier; null where there are user errors.',
  })
  supplier?: Rows | null;

  @Field(() => [UserErrorType], { description: 'What to mend; empty when all was saved.' })
  userErrors!: UserErrorType[];
}

@ObjectType({ description: 'What became of an agreement mutation.', simpleResolvers: true })
export class FrameworkAgreementPayload {
  @Field(() => FrameworkAgreementType, {
    nullable: true,
    description: 'The agreement as it is now; null where there are user errors.',
  })
  frameworkAgreement?: Rows | null;

  @Field(() => [UserErrorType], { description: 'What to mend; empty when all was saved.' })
  userErrors!: UserErrorType[];
}

const OF_SERVICE = { nullable: true, description: 'Of this purchasing service; of all without it.' } as const;
const PAGE_ERRORS = 'Errors: INVALID_PAGE, INVALID_CURSOR, INVALID_ID, NOT_FOUND.';
const SPENDING =
  'Null for who does not see it: it is for the staff of the service, because over few members it would tell one’s orders.';

const keyOfService = (service: string | null | undefined): string | undefined =>
  service ? keyOf('service', service, 'service') : undefined;

@Resolver(() => FrameworkAgreementType)
export class AgreementResolver {
  constructor(private readonly service: OfferService) {}

  @Query(() => FrameworkAgreementConnection, {
    description: `Framework agreements, the latest first. ${PAGE_ERRORS}`,
  })
  frameworkAgreements(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('service', () => ID, OF_SERVICE) service?: string | null,
    @Arg('status', () => AgreementStatus, {
      nullable: true,
      description: 'In this state; in any without it.',
    })
    status?: AgreementStatus | null,
  ): Rows {
    const question = ['frameworkAgreements', service, status];
    const of = { service: keyOfService(service), status };
    return read.frameworkAgreements(of, pageOf(page, read.AGREEMENT_ORDER, question));
  }

  @FieldResolver(() => DateRange, { description: 'Days on which orders are placed under it.' })
  period(): Fields {
    return period<FrameworkAgreement>(
      (row) => row.validFrom,
      (row) => row.validUntil,
    );
  }

  @FieldResolver(() => Money, {
    nullable: true,
    description: 'Most that is ordered under it, without VAT; null for no limit.',
  })
  maximumValue(): Fields {
    return read.maximumValue();
  }

  @FieldResolver(() => Money, {
    nullable: true,
    description: `Ordered under it and not yet delivered, without VAT. ${SPENDING}`,
  })
  committed(): Fields {
    return read.spending('agreement', 'committed');
  }

  @FieldResolver(() => Money, {
    nullable: true,
    description: `Delivered under it, without VAT. ${SPENDING}`,
  })
  spent(): Fields {
    return read.spending('agreement', 'spent');
  }

  @FieldResolver(() => [CompetentAuthorityType], {
    description:
      'Authorities whose recognised organisations may order, those of their administrations too; all may where it is empty.',
  })
  eligibleAuthorities(): Rows {
    return read.authoritiesOfAgreement();
  }

  @FieldResolver(() => [LotType], { description: 'Its lots, by their names.' })
  lots(): Rows {
    return read.lotsOfAgreement();
  }

  @Authorized<Needed>(TokenScope.DIRECTORY, Role.SERVICE_STAFF)
  @Mutation(() => FrameworkAgreementPayload, {
    description:
      'Publishes a framework agreement. User errors: NOT_FOUND, NOT_PURCHASING, OCID_TAKEN, INVALID_OCID, INVALID_PERIOD, INVALID_AMOUNT, INVALID_HOURS, UNKNOWN_CODE, TEXT_MISSING, TEXT_TOO_LONG…',
  })
  createFrameworkAgreement(
    @Arg('input', () => CreateFrameworkAgreementInput, { description: 'The agreement.' })
    input: CreateFrameworkAgreementInput,
    @Ctx() context: HubContext,
  ): Promise<FrameworkAgreementPayload> {
    return withUserErrors(async () => ({
      frameworkAgreement: read.agreementById(await this.service.createAgreement(context.viewer, input)),
    }));
  }

  @Authorized<Needed>(TokenScope.DIRECTORY, Role.SERVICE_STAFF)
  @Mutation(() => FrameworkAgreementPayload, {
    description:
      'Changes the state, the end or the maximum value of a framework agreement. User errors: NOT_FOUND, INVALID_PERIOD, INVALID_AMOUNT, CEILING_BELOW_SPEND…',
  })
  updateFrameworkAgreement(
    @Arg('input', () => UpdateFrameworkAgreementInput, { description: 'What changes.' })
    input: UpdateFrameworkAgreementInput,
    @Ctx() context: HubContext,
  ): Promise<FrameworkAgreementPayload> {
    return withUserErrors(async () => ({
      frameworkAgreement: read.agreementById(await this.service.updateAgreement(context.viewer, input)),
    }));
  }

  @Authorized<Needed>(TokenScope.DIRECTORY, Role.SERVICE_STAFF)
  @Mutation(() => FrameworkAgreementPayload, {
    description:
      'Adds lots to a framework agreement, or changes those that it has. User errors: NOT_FOUND, INVALID_LINES, INVALID_AMOUNT, CEILING_BELOW_SPEND, TEXT_MISSING, TEXT_TOO_LONG…',
  })
  saveLots(
    @Arg('input', () => SaveLotsInput, { description: 'The lots.' }) input: SaveLotsInput,
    @Ctx() context: HubContext,
  ): Promise<FrameworkAgreementPayload> {
    return withUserErrors(async () => ({
      frameworkAgreement: read.agreementById(await this.service.saveLots(context.viewer, input)),
    }));
  }

  @Authorized<Needed>(TokenScope.DIRECTORY, Role.SERVICE_STAFF)
  @Mutation(() => SupplierPayload, {
    description:
      'Registers a supplier with a purchasing service. User errors: NOT_FOUND, NOT_PURCHASING, ENTERPRISE_NUMBER_TAKEN, INVALID_ENTERPRISE_NUMBER, IDENTIFIER_TAKEN, IDENTIFIER_INCOMPLETE, INVALID_URL, TEXT_MISSING, TEXT_TOO_LONG…',
  })
  createSupplier(
    @Arg('input', () => CreateSupplierInput, { description: 'The supplier.' }) input: CreateSupplierInput,
    @Ctx() context: HubContext,
  ): Promise<SupplierPayload> {
    return withUserErrors(async () => ({
      supplier: read.supplierById(await this.service.createSupplier(context.viewer, input)),
    }));
  }
}

@Resolver(() => LotType)
export class LotResolver {
  @FieldResolver(() => Money, {
    nullable: true,
    description: 'Most that is ordered of it, without VAT; null for no limit of its own.',
  })
  ceiling(): Fields {
    return read.ceilingOfLot();
  }

  @FieldResolver(() => Money, {
    nullable: true,
    description: `Ordered of it and not yet delivered, without VAT. ${SPENDING}`,
  })
  committed(): Fields {
    return read.spending('lot', 'committed');
  }

  @FieldResolver(() => Money, {
    nullable: true,
    description: `Delivered of it, without VAT. ${SPENDING}`,
  })
  spent(): Fields {
    return read.spending('lot', 'spent');
  }
}

@Resolver(() => SupplierType)
export class SupplierResolver {
  @Query(() => SupplierConnection, { description: `Suppliers, by name. ${PAGE_ERRORS}` })
  suppliers(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('service', () => ID, OF_SERVICE) service?: string | null,
  ): Rows {
    const question = ['suppliers', service];
    return read.suppliers(keyOfService(service), pageOf(page, read.SUPPLIER_ORDER, question));
  }

  @Query(() => [LateSupplier], {
    description:
      'Suppliers of a purchasing service whose deliveries are late today, the one that is late for longest first, as far as you see the orders. Errors: INVALID_ID, NOT_FOUND.',
  })
  lateSuppliers(@Arg('service', () => ID, { description: 'The purchasing service.' }) service: string): Rows {
    return read.lateSuppliers(keyOf('service', service, 'service'));
  }

  @FieldResolver(() => Boolean, {
    description: 'Whether a delivery of it is late today, as far as you see the orders.',
  })
  isLate(): Expression {
    return read.isLateSupplier();
  }

  @FieldResolver(() => OrderEventConnection, {
    description:
      'Steps of orders that are about it, the latest first, as far as you see them. Errors: INVALID_PAGE, INVALID_CURSOR.',
  })
  events(@Args(() => PageArgs) page: PageArgs): Rows {
    return historyOfSupplier(pageOf(page, EVENT_ORDER, ['Supplier.events']));
  }
}
