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
import type { HubContext } from '../graphql/context.ts';
import { UserErrorType, withUserErrors } from '../graphql/errors.ts';
import { PageArgs, pageOf } from '../graphql/pages.ts';
import { keyOf } from '../ids.ts';
import { PartnerType, RecognitionType } from '../partners/index.ts';
import type { Rows } from '../read/index.ts';
import {
  ActivateEnrolmentInput,
  EndEnrolmentInput,
  EnrolmentFilter,
  EnrolPartnerInput,
} from './enrolment.inputs.ts';
import * as read from './enrolment.read.ts';
import type { EnrolmentService } from './enrolment.service.ts';
import { EnrolmentConnection, EnrolmentEventType, EnrolmentType } from './enrolment.type.ts';
import { SharedServiceType } from './service.type.ts';

@ObjectType({ description: 'What became of an enrolment mutation.', simpleResolvers: true })
export class EnrolmentPayload {
  @Field(() => EnrolmentType, {
    nullable: true,
    description: 'The enrolment as it is now; null where there are user errors.',
  })
  enrolment?: Rows | null;

  @Field(() => [UserErrorType], { description: 'What to mend; empty when all was saved.' })
  userErrors!: UserErrorType[];
}

const FILTER = { nullable: true, description: 'Which enrolments; all of them without it.' } as const;
const ERRORS =
  'Errors: INVALID_PAGE, INVALID_CURSOR, INVALID_ID; NOT_FOUND and UNKNOWN_CODE where the filter names what is not there.';

/** The condition that a filter stands for, its ids decoded before any SQL. */
function conditionOf(filter: EnrolmentFilter | null | undefined): read.EnrolmentCondition {
  if (!filter) return {};
  const { service, partner, ...rest } = filter;
  return {
    ...rest,
    ...(service ? { service: keyOf('service', service, 'filter.service') } : {}),
    ...(partner ? { partner: keyOf('partner', partner, 'filter.partner') } : {}),
  };
}

@Resolver(() => EnrolmentType)
export class EnrolmentResolver {
  constructor(private readonly service: EnrolmentService) {}

  @Query(() => EnrolmentConnection, {
    description: `Enrolments that you may see, the latest first. ${ERRORS}`,
  })
  enrolments(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => EnrolmentFilter, FILTER) filter?: EnrolmentFilter | null,
  ): Rows {
    return read.enrolments(conditionOf(filter), pageOf(page, read.ENROLMENT_ORDER, ['enrolments', filter]));
  }

  @FieldResolver(() => [EnrolmentEventType], { description: 'Its history, the first step first.' })
  history(): Rows {
    return read.historyOfEnrolment();
  }

  @Authorized<Needed>(TokenScope.ENROLMENTS, Role.PARTNER_EDITOR, Role.SERVICE_STAFF)
  @Mutation(() => EnrolmentPayload, {
    description:
      'Requests the enrolment of a partner in a service. User errors: NOT_FOUND, PARTNER_CLOSED, ENROLMENT_OVERLAPS, RECOGNITION_NOT_VALID, DATE_IN_FUTURE, IDEMPOTENCY_KEY_REUSED…',
  })
  enrolPartner(
    @Arg('input', () => EnrolPartnerInput, { description: 'The request.' }) input: EnrolPartnerInput,
    @Ctx() context: HubContext,
  ): Promise<EnrolmentPayload> {
    return withUserErrors(async () => ({
      enrolment: read.enrolmentById(await this.service.request(context.viewer, input)),
    }));
  }

  @Authorized<Needed>(TokenScope.ENROLMENTS, Role.SERVICE_STAFF)
  @Mutation(() => EnrolmentPayload, {
    description:
      'Puts a requested enrolment in force. User errors: NOT_FOUND, WRONG_STATE, DATES_OUT_OF_ORDER, DATE_IN_FUTURE…',
  })
  activateEnrolment(
    @Arg('input', () => ActivateEnrolmentInput, { description: 'Which, and from when.' })
    input: ActivateEnrolmentInput,
    @Ctx() context: HubContext,
  ): Promise<EnrolmentPayload> {
    return withUserErrors(async () => ({
      enrolment: read.enrolmentById(await this.service.activate(context.viewer, input)),
    }));
  }

  @Authorized<Needed>(TokenScope.ENROLMENTS, Role.PARTNER_EDITOR, Role.SERVICE_STAFF)
  @Mutation(() => EnrolmentPayload, {
    description:
      'Ends an enrolment, whether it was in force or only requested. User errors: NOT_FOUND, WRONG_STATE, DATES_OUT_OF_ORDER, USAGE_AFTER_END, ORDERS_OPEN, DATE_IN_FUTURE…',
  })
  endEnrolment(
    @Arg('input', () => EndEnrolmentInput, { description: 'Which, and from when.' }) input: EndEnrolmentInput,
    @Ctx() context: HubContext,
  ): Promise<EnrolmentPayload> {
    return withUserErrors(async () => ({
      enrolment: read.enrolmentById(await this.service.end(context.viewer, input)),
    }));
  }
}

@Resolver(() => PartnerType)
export class PartnerEnrolmentResolver {
  @FieldResolver(() => EnrolmentConnection, {
    description: `Its enrolments in services, the latest first. ${ERRORS}`,
  })
  enrolments(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => EnrolmentFilter, FILTER) filter?: EnrolmentFilter | null,
  ): Rows {
    return read.enrolmentsOfPartner(
      conditionOf(filter),
      pageOf(page, read.ENROLMENT_ORDER, ['Partner.enrolments', filter]),
    );
  }
}

@Resolver(() => SharedServiceType)
export class ServiceEnrolmentResolver {
  @FieldResolver(() => EnrolmentConnection, { description: `Enrolments in it, the latest first. ${ERRORS}` })
  enrolments(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => EnrolmentFilter, FILTER) filter?: EnrolmentFilter | null,
  ): Rows {
    return read.enrolmentsOfService(
      conditionOf(filter),
      pageOf(page, read.ENROLMENT_ORDER, ['SharedService.enrolments', filter]),
    );
  }
}

@Resolver(() => RecognitionType)
export class RecognitionEnrolmentResolver {
  @FieldResolver(() => [EnrolmentType], { description: 'Enrolments that rest on it, the latest first.' })
  enrolments(): Rows {
    return read.enrolmentsOfRecognition();
  }
}
