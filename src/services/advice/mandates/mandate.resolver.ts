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
import type { Needed } from '../../../access/rights.ts';
import { Role, TokenScope } from '../../../access/roles.ts';
import { UserError } from '../../../errors.ts';
import type { HubContext } from '../../../graphql/context.ts';
import { UserErrorType, withUserErrors } from '../../../graphql/errors.ts';
import { PageArgs, pageOf } from '../../../graphql/pages.ts';
import { DateScalar, DecimalScalar } from '../../../graphql/scalars.ts';
import { keyOf } from '../../../ids.ts';
import { PartnerType } from '../../../partners/index.ts';
import type { Expression, Rows } from '../../../read/index.ts';
import {
  AdviserBookingFilter,
  AdviserMandateFilter,
  BookAdviserInput,
  CancelAdviserBookingInput,
  CreateAdviserMandateInput,
  EndAdviserMandateInput,
} from './mandate.inputs.ts';
import * as read from './mandate.read.ts';
import type { MandateService } from './mandate.service.ts';
import {
  AdviserBookingConnection,
  AdviserBookingType,
  AdviserMandateConnection,
  AdviserMandateType,
} from './mandate.type.ts';

@ObjectType({ description: 'What became of a mandate.', simpleResolvers: true })
export class AdviserMandatePayload {
  @Field(() => AdviserMandateType, {
    nullable: true,
    description: 'The mandate; null where there are user errors.',
  })
  mandate?: Rows | null;

  @Field(() => [UserErrorType], { description: 'What to mend; empty when all was saved.' })
  userErrors!: UserErrorType[];
}

@ObjectType({ description: 'What became of a booking.', simpleResolvers: true })
export class AdviserBookingPayload {
  @Field(() => AdviserBookingType, {
    nullable: true,
    description: 'The booking; null where there are user errors.',
  })
  booking?: Rows | null;

  @Field(() => [UserErrorType], { description: 'What to mend; empty when all was saved.' })
  userErrors!: UserErrorType[];
}

const ERRORS =
  'Errors: INVALID_PAGE, INVALID_CURSOR, INVALID_ID; NOT_FOUND where the filter names what is not there.';

const savedMandate = (change: () => Promise<string>): Promise<AdviserMandatePayload> =>
  withUserErrors(async () => ({ mandate: read.mandateById(await change()) }));
const savedBooking = (change: () => Promise<string>): Promise<AdviserBookingPayload> =>
  withUserErrors(async () => ({ booking: read.bookingById(await change()) }));

@Resolver(() => AdviserMandateType)
export class MandateResolver {
  constructor(private readonly service: MandateService) {}

  @Query(() => AdviserMandateConnection, {
    description: `Mandates of advisers that you may see, the latest first. ${ERRORS}`,
  })
  adviserMandates(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => AdviserMandateFilter, {
      nullable: true,
      description: 'Which mandates; all that you see without it.',
    })
    filter?: AdviserMandateFilter | null,
  ): Rows {
    const { service, ...rest } = filter ?? {};
    return read.mandates(
      { ...rest, service: service ? keyOf('service', service, 'filter.service') : undefined },
      pageOf(page, read.MANDATE_ORDER, ['adviserMandates', filter]),
    );
  }

  @Query(() => AdviserBookingConnection, {
    description: `Booked hours of advisers that you may see, the latest first. ${ERRORS}`,
  })
  adviserBookings(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => AdviserBookingFilter, {
      nullable: true,
      description: 'Which bookings; all that you see without it.',
    })
    filter?: AdviserBookingFilter | null,
  ): Rows {
    const { partner, service, mandate } = filter ?? {};
    return read.bookings(
      {
        partner: partner ? keyOf('partner', partner, 'filter.partner') : undefined,
        service: service ? keyOf('service', service, 'filter.service') : undefined,
        mandate: mandate ? keyOf('adviser_mandate', mandate, 'filter.mandate') : undefined,
      },
      pageOf(page, read.BOOKING_ORDER, ['adviserBookings', filter]),
    );
  }

  @FieldResolver(() => DecimalScalar, {
    nullable: true,
    description:
      'Hours of a month that nobody has booked; 0 where the mandate does not hold, null for who does not see all bookings. Errors: INVALID_PERIOD.',
  })
  freeHours(
    @Arg('month', () => DateScalar, { description: 'First day of the month.' }) month: string,
  ): Expression {
    if (month.endsWith('-01')) return read.freeHours(month);
    throw new UserError('INVALID_PERIOD', 'Give the first day of a month.', 'month');
  }

  @Authorized<Needed>(TokenScope.ADVICE, Role.SERVICE_STAFF)
  @Mutation(() => AdviserMandatePayload, {
    description:
      'Gives an adviser hours a month for the partners of a service. User errors: NOT_FOUND, WRONG_SERVICE_KIND, INVALID_REFERENCE, INVALID_HOURS, INVALID_PERIOD, MANDATE_OVERLAPS.',
  })
  createAdviserMandate(
    @Arg('input', () => CreateAdviserMandateInput, { description: 'How many, and when.' })
    input: CreateAdviserMandateInput,
    @Ctx() context: HubContext,
  ): Promise<AdviserMandatePayload> {
    return savedMandate(() => this.service.create(context.viewer, input));
  }

  @Authorized<Needed>(TokenScope.ADVICE, Role.SERVICE_STAFF)
  @Mutation(() => AdviserMandatePayload, {
    description:
      'Gives a mandate its end, or another one. User errors: NOT_FOUND, INVALID_PERIOD, BOOKED_AFTER_END, MANDATE_OVERLAPS.',
  })
  endAdviserMandate(
    @Arg('input', () => EndAdviserMandateInput, { description: 'Which, and when.' })
    input: EndAdviserMandateInput,
    @Ctx() context: HubContext,
  ): Promise<AdviserMandatePayload> {
    return savedMandate(() => this.service.end(context.viewer, input));
  }

  @Authorized<Needed>(TokenScope.ADVICE, Role.SERVICE_STAFF)
  @Mutation(() => AdviserBookingPayload, {
    description:
      'Books hours of an adviser for a partner, never more in a month than the mandate has. User errors: NOT_FOUND, OUTSIDE_MANDATE, MANDATE_EXCEEDED, INVALID_HOURS, NOT_OF_THIS_SERVICE, PARTNER_CLOSED.',
  })
  bookAdviser(
    @Arg('input', () => BookAdviserInput, { description: 'Whose hours, for whom, and when.' })
    input: BookAdviserInput,
    @Ctx() context: HubContext,
  ): Promise<AdviserBookingPayload> {
    return savedBooking(() => this.service.book(context.viewer, input));
  }

  @Authorized<Needed>(TokenScope.ADVICE, Role.SERVICE_STAFF)
  @Mutation(() => AdviserBookingPayload, {
    description: 'Gives booked hours back. User errors: NOT_FOUND, WRONG_STATE.',
  })
  cancelAdviserBooking(
    @Arg('input', () => CancelAdviserBookingInput, { description: 'Which booking.' })
    input: CancelAdviserBookingInput,
    @Ctx() context: HubContext,
  ): Promise<AdviserBookingPayload> {
    return savedBooking(() => this.service.cancel(context.viewer, input));
  }
}

@Resolver(() => PartnerType)
export class PartnerBookingsResolver {
  @FieldResolver(() => AdviserBookingConnection, {
    description:
      'Hours of advisers booked for it, as far as you see them, the latest first. Errors: INVALID_PAGE, INVALID_CURSOR.',
  })
  adviserBookings(@Args(() => PageArgs) page: PageArgs): Rows {
    return read.bookingsOfPartner(pageOf(page, read.BOOKING_ORDER, ['Partner.adviserBookings']));
  }
}
