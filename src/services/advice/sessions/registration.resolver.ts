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
  Root,
  Subscription,
} from 'type-graphql';
import type { Needed } from '../../../access/rights.ts';
import { Role, TokenScope } from '../../../access/roles.ts';
import { changesOf, type HubContext } from '../../../graphql/context.ts';
import { UserErrorType, withUserErrors } from '../../../graphql/errors.ts';
import { PageArgs, pageOf } from '../../../graphql/pages.ts';
import { keyOf } from '../../../ids.ts';
import { PartnerType } from '../../../partners/index.ts';
import type { Fields, Rows } from '../../../read/index.ts';
import type { SeenRecords } from '../../record-notice.read.ts';
import * as read from './registration.read.ts';
import type { RegistrationService } from './registration.service.ts';
import { sessionRegistrations } from './registration.topic.ts';
import {
  CancelRegistrationInput,
  RegisterForSessionInput,
  SessionRegistrationFilter,
  SessionScopeInput,
} from './session.inputs.ts';
import { AdviceSessionType, SessionRegistrationConnection, SessionRegistrationType } from './session.type.ts';

@ObjectType({ description: 'What became of a registration.', simpleResolvers: true })
export class SessionRegistrationPayload {
  @Field(() => SessionRegistrationType, {
    nullable: true,
    description: 'The registration; null where there are user errors.',
  })
  registration?: Rows | null;

  @Field(() => [UserErrorType], { description: 'What to mend; empty when all was saved.' })
  userErrors!: UserErrorType[];
}

@ObjectType({
  simpleResolvers: true,
  description: 'That seats were taken or given back, as far as you see it.',
})
export class SessionSeatsChange {
  @Field(() => [SessionRegistrationType], {
    description: 'The registrations, as they are now: at most 100 at a time.',
  })
  registrations!: SessionRegistrationType[];

  @Field(() => Boolean, {
    description:
      'Whether these are all of them; false after a pause or a flood of changes: ask `sessionRegistrations` again.',
  })
  isComplete!: boolean;
}

const PAGE_ERRORS = 'Errors: INVALID_PAGE, INVALID_CURSOR.';

const saved = (change: () => Promise<string>): Promise<SessionRegistrationPayload> =>
  withUserErrors(async () => ({ registration: read.registrationById(await change()) }));

@Resolver(() => SessionRegistrationType)
export class RegistrationResolver {
  constructor(private readonly service: RegistrationService) {}

  @Query(() => SessionRegistrationConnection, {
    description:
      'Registrations that you may see, the latest first. Errors: INVALID_PAGE, INVALID_CURSOR, INVALID_ID; NOT_FOUND where the filter names what is not there.',
  })
  sessionRegistrations(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => SessionRegistrationFilter, {
      nullable: true,
      description: 'Which registrations; all that you see without it.',
    })
    filter?: SessionRegistrationFilter | null,
  ): Rows {
    const { partner, service, session } = filter ?? {};
    return read.registrations(
      {
        partner: partner ? keyOf('partner', partner, 'filter.partner') : undefined,
        service: service ? keyOf('service', service, 'filter.service') : undefined,
        session: session ? keyOf('advice_session', session, 'filter.session') : undefined,
      },
      pageOf(page, read.REGISTRATION_ORDER, ['sessionRegistrations', filter]),
    );
  }

  @Authorized<Needed>(TokenScope.ADVICE, Role.PARTNER_EDITOR, Role.SERVICE_STAFF)
  @Mutation(() => SessionRegistrationPayload, {
    description:
      'Takes seats in a session, for as long as some are free and the deadline has not passed. User errors: NOT_FOUND, SESSION_FULL, REGISTRATION_CLOSED, SESSION_CANCELLED, ALREADY_REGISTERED, INVALID_COUNT, PARTNER_CLOSED.',
  })
  registerForSession(
    @Arg('input', () => RegisterForSessionInput, { description: 'Who, to what, and how many.' })
    input: RegisterForSessionInput,
    @Ctx() context: HubContext,
  ): Promise<SessionRegistrationPayload> {
    return saved(() => this.service.register(context.viewer, input));
  }

  @Authorized<Needed>(TokenScope.ADVICE, Role.PARTNER_EDITOR, Role.SERVICE_STAFF)
  @Mutation(() => SessionRegistrationPayload, {
    description:
      'Gives seats back, before the session begins; who wants others registers again. User errors: NOT_FOUND, WRONG_STATE, SESSION_BEGUN, SESSION_CANCELLED.',
  })
  cancelRegistration(
    @Arg('input', () => CancelRegistrationInput, { description: 'Which registration.' })
    input: CancelRegistrationInput,
    @Ctx() context: HubContext,
  ): Promise<SessionRegistrationPayload> {
    return saved(() => this.service.cancel(context.viewer, input));
  }

  @Subscription(() => SessionSeatsChange, {
    description:
      'Tells within a second of seats that are taken and given back, as far as you see them. Errors: INVALID_ID, NOT_FOUND.',
    subscribe: ({ args, context }: { args: { scope?: SessionScopeInput | null }; context: HubContext }) => {
      const { partner, service } = args.scope ?? {};
      return changesOf(context, sessionRegistrations, {
        partner: partner ? keyOf('partner', partner, 'scope.partner') : undefined,
        service: service ? keyOf('service', service, 'scope.service') : undefined,
      });
    },
  })
  sessionSeatsChanged(
    @Root() change: SeenRecords,
    @Arg('scope', () => SessionScopeInput, {
      nullable: true,
      description: 'Of what; all that you see without it.',
    })
    _scope?: SessionScopeInput | null,
  ): Fields {
    return read.seatsTaken(change);
  }
}

@Resolver(() => AdviceSessionType)
export class SessionRegistrationsResolver {
  @FieldResolver(() => SessionRegistrationConnection, {
    description: `Who registered, as far as you see it, the latest first. ${PAGE_ERRORS}`,
  })
  registrations(@Args(() => PageArgs) page: PageArgs): Rows {
    return read.registrationsOfSession(
      pageOf(page, read.REGISTRATION_ORDER, ['AdviceSession.registrations']),
    );
  }
}

@Resolver(() => PartnerType)
export class PartnerRegistrationsResolver {
  @FieldResolver(() => SessionRegistrationConnection, {
    description: `Sessions that it registered for, as far as you see them, the latest first. ${PAGE_ERRORS}`,
  })
  sessionRegistrations(@Args(() => PageArgs) page: PageArgs): Rows {
    return read.registrationsOfPartner(
      pageOf(page, read.REGISTRATION_ORDER, ['Partner.sessionRegistrations']),
    );
  }
}
