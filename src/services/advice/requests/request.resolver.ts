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
import type { HubContext } from '../../../graphql/context.ts';
import { UserErrorType, withUserErrors } from '../../../graphql/errors.ts';
import { PageArgs, pageOf } from '../../../graphql/pages.ts';
import { DecimalScalar } from '../../../graphql/scalars.ts';
import { keyOf } from '../../../ids.ts';
import { PartnerType } from '../../../partners/index.ts';
import type { Expression, Rows } from '../../../read/index.ts';
import {
  AdviceRequestFilter,
  AnswerAdviceRequestInput,
  RequestAdviceInput,
  TakeAdviceRequestInput,
  WithdrawAdviceRequestInput,
} from './request.inputs.ts';
import * as read from './request.read.ts';
import type { AdviceRequestService } from './request.service.ts';
import { AdviceRequestConnection, AdviceRequestType } from './request.type.ts';

@ObjectType({ description: 'What became of a request for advice.', simpleResolvers: true })
export class AdviceRequestPayload {
  @Field(() => AdviceRequestType, {
    nullable: true,
    description: 'The request; null where there are user errors.',
  })
  request?: Rows | null;

  @Field(() => [UserErrorType], { description: 'What to mend; empty when all was saved.' })
  userErrors!: UserErrorType[];
}

const saved = (change: () => Promise<string>): Promise<AdviceRequestPayload> =>
  withUserErrors(async () => ({ request: read.requestById(await change()) }));

@Resolver(() => AdviceRequestType)
export class AdviceRequestResolver {
  constructor(private readonly service: AdviceRequestService) {}

  @Query(() => AdviceRequestConnection, {
    description:
      'Requests for advice that you may see, the latest first. Errors: INVALID_PAGE, INVALID_CURSOR, INVALID_ID; NOT_FOUND where the filter names what is not there.',
  })
  adviceRequests(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => AdviceRequestFilter, {
      nullable: true,
      description: 'Which requests; all that you see without it.',
    })
    filter?: AdviceRequestFilter | null,
  ): Rows {
    const { partner, service, ...rest } = filter ?? {};
    return read.requests(
      {
        ...rest,
        partner: partner ? keyOf('partner', partner, 'filter.partner') : undefined,
        service: service ? keyOf('service', service, 'filter.service') : undefined,
      },
      pageOf(page, read.REQUEST_ORDER, ['adviceRequests', filter]),
    );
  }

  @FieldResolver(() => DecimalScalar, {
    nullable: true,
    description: 'Hours from the request to its answer, to two decimals; null before it is answered.',
  })
  responseHours(): Expression {
    return read.responseHours();
  }

  @Authorized<Needed>(TokenScope.ADVICE, Role.PARTNER_EDITOR, Role.SERVICE_STAFF)
  @Mutation(() => AdviceRequestPayload, {
    description:
      'Asks an advisory service; no enrolment is needed. User errors: NOT_FOUND, WRONG_SERVICE_KIND, TEXT_TOO_LONG, PARTNER_CLOSED.',
  })
  requestAdvice(
    @Arg('input', () => RequestAdviceInput, { description: 'Who asks whom, and what about.' })
    input: RequestAdviceInput,
    @Ctx() context: HubContext,
  ): Promise<AdviceRequestPayload> {
    return saved(() => this.service.ask(context.viewer, input));
  }

  @Authorized<Needed>(TokenScope.ADVICE, Role.SERVICE_STAFF)
  @Mutation(() => AdviceRequestPayload, {
    description: 'Takes a request, or hands it over to another role. User errors: NOT_FOUND, WRONG_STATE.',
  })
  takeAdviceRequest(
    @Arg('input', () => TakeAdviceRequestInput, { description: 'Which, and as what.' })
    input: TakeAdviceRequestInput,
    @Ctx() context: HubContext,
  ): Promise<AdviceRequestPayload> {
    return saved(() => this.service.take(context.viewer, input));
  }

  @Authorized<Needed>(TokenScope.ADVICE, Role.SERVICE_STAFF)
  @Mutation(() => AdviceRequestPayload, {
    description: 'Says that a request that was taken is answered. User errors: NOT_FOUND, WRONG_STATE.',
  })
  answerAdviceRequest(
    @Arg('input', () => AnswerAdviceRequestInput, { description: 'Which request.' })
    input: AnswerAdviceRequestInput,
    @Ctx() context: HubContext,
  ): Promise<AdviceRequestPayload> {
    return saved(() => this.service.answer(context.viewer, input));
  }

  @Authorized<Needed>(TokenScope.ADVICE, Role.PARTNER_EDITOR, Role.SERVICE_STAFF)
  @Mutation(() => AdviceRequestPayload, {
    description: 'Takes a request back that is not answered yet. User errors: NOT_FOUND, WRONG_STATE.',
  })
  withdrawAdviceRequest(
    @Arg('input', () => WithdrawAdviceRequestInput, { description: 'Which request.' })
    input: WithdrawAdviceRequestInput,
    @Ctx() context: HubContext,
  ): Promise<AdviceRequestPayload> {
    return saved(() => this.service.withdraw(context.viewer, input));
  }
}

@Resolver(() => PartnerType)
export class PartnerAdviceRequestsResolver {
  @FieldResolver(() => AdviceRequestConnection, {
    description:
      'What it asked advisory services, as far as you see it, the latest first. Errors: INVALID_PAGE, INVALID_CURSOR.',
  })
  adviceRequests(@Args(() => PageArgs) page: PageArgs): Rows {
    return read.requestsOfPartner(pageOf(page, read.REQUEST_ORDER, ['Partner.adviceRequests']));
  }
}
