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
import { GRANTING, TokenScope } from '../access/roles.ts';
import type { HubContext } from '../graphql/context.ts';
import { UserErrorType, withUserErrors } from '../graphql/errors.ts';
import { PageArgs, pageOf } from '../graphql/pages.ts';
import type { Expression, Rows } from '../read/index.ts';
import type { ClientService } from './client.service.ts';
import {
  CloseClientInput,
  CreateClientInput,
  IssueAccessTokenInput,
  RevokeAccessTokenInput,
  RotateAccessTokenInput,
} from './identity.inputs.ts';
import * as read from './identity.read.ts';
import { AccessTokenType, ClientConnection, ClientType, RoleGrantType } from './identity.type.ts';
import type { IssuedToken, TokenService } from './token.service.ts';

@ObjectType({ description: 'What became of a client mutation.', simpleResolvers: true })
export class ClientPayload {
  @Field(() => ClientType, { nullable: true, description: 'The client; null where there are user errors.' })
  client?: Rows | null;

  @Field(() => [UserErrorType], { description: 'What to mend; empty when all was saved.' })
  userErrors!: UserErrorType[];
}

@ObjectType({ description: 'What became of a token mutation.', simpleResolvers: true })
export class AccessTokenPayload {
  @Field(() => AccessTokenType, {
    nullable: true,
    description: 'The token; null where there are user errors.',
  })
  accessToken?: Rows | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The whole token, to be sent as `Authorization: Bearer <token>`. It is shown this once and kept nowhere: null in the answer to a repeat with the same idempotency key, and where nothing was issued. Who lost it revokes the token and issues another.',
  })
  secret?: string | null;

  @Field(() => [UserErrorType], { description: 'What to mend; empty when all was saved.' })
  userErrors!: UserErrorType[];
}

const issued = ({ id, secret }: IssuedToken) => ({ accessToken: read.accessTokenById(id), secret });

@Resolver(() => ClientType)
export class ClientResolver {
  constructor(
    private readonly service: ClientService,
    private readonly tokens: TokenService,
  ) {}

  @Query(() => ClientConnection, {
    description:
      'Clients that you manage, the latest first: those all of whose roles you may grant. Errors: INVALID_PAGE, INVALID_CURSOR.',
  })
  clients(@Args(() => PageArgs) page: PageArgs): Rows {
    return read.clients(pageOf(page, read.CLIENT_ORDER, ['clients']));
  }

  @FieldResolver(() => [AccessTokenType], {
    description: 'Its tokens, those that ended too, the latest first.',
  })
  accessTokens(): Rows {
    return read.tokensOfClient();
  }

  @FieldResolver(() => [RoleGrantType], {
    description: 'Its roles, those that ended too, the first one first.',
  })
  roles(): Rows {
    return read.rolesOfClient();
  }

  @Authorized<Needed>(TokenScope.ACCESS, ...GRANTING)
  @Mutation(() => ClientPayload, {
    description:
      'Creates a client with its roles. You may give what you may grant: the roles of your own partner, service or federation. User errors: ROLES_MISSING, TOO_MANY_ROLES, ROLE_HELD, ROLE_NOT_GRANTABLE, INVALID_REFERENCE, INVALID_ID, NOT_FOUND, INVALID_PERIOD, SANDBOX_ONLY_SYNTHETIC, TEXT_MISSING, TEXT_TOO_LONG, IDEMPOTENCY_KEY_REUSED…',
  })
  createClient(
    @Arg('input', () => CreateClientInput, { description: 'The client.' }) input: CreateClientInput,
    @Ctx() context: HubContext,
  ): Promise<ClientPayload> {
    return withUserErrors(async () => ({
      client: read.clientById(await this.service.create(context.viewer, input)),
    }));
  }

  @Authorized<Needed>(TokenScope.ACCESS, ...GRANTING)
  @Mutation(() => ClientPayload, {
    description: 'Closes a client for good; its tokens end at once. User errors: NOT_FOUND, WRONG_STATE…',
  })
  closeClient(
    @Arg('input', () => CloseClientInput, { description: 'Which.' }) input: CloseClientInput,
    @Ctx() context: HubContext,
  ): Promise<ClientPayload> {
    return withUserErrors(async () => ({
      client: read.clientById(await this.service.close(context.viewer, input)),
    }));
  }

  @Authorized<Needed>(TokenScope.ACCESS, ...GRANTING)
  @Mutation(() => AccessTokenPayload, {
    description:
      'Issues a token to a client; two at most are live at a time. User errors: NOT_FOUND, TOO_MANY_TOKENS, SCOPES_MISSING, SCOPE_NOT_HELD, EXPIRY_OUT_OF_RANGE, WRONG_STATE…',
  })
  issueAccessToken(
    @Arg('input', () => IssueAccessTokenInput, { description: 'For whom, and for what.' })
    input: IssueAccessTokenInput,
    @Ctx() context: HubContext,
  ): Promise<AccessTokenPayload> {
    return withUserErrors(async () => issued(await this.tokens.issue(context.viewer, input)));
  }

  @Authorized<Needed>(TokenScope.ACCESS, ...GRANTING)
  @Mutation(() => AccessTokenPayload, {
    description:
      'Issues a token with the scopes of another, which goes on for some hours: the tool changes over without a pause. User errors: NOT_FOUND, TOO_MANY_TOKENS, INVALID_OVERLAP, EXPIRY_OUT_OF_RANGE, SCOPE_NOT_HELD, WRONG_STATE…',
  })
  rotateAccessToken(
    @Arg('input', () => RotateAccessTokenInput, { description: 'Which, and how long it goes on.' })
    input: RotateAccessTokenInput,
    @Ctx() context: HubContext,
  ): Promise<AccessTokenPayload> {
    return withUserErrors(async () => issued(await this.tokens.rotate(context.viewer, input)));
  }

  @Authorized<Needed>(TokenScope.ACCESS, ...GRANTING)
  @Mutation(() => AccessTokenPayload, {
    description:
      'Ends a token: at once where this hub process is asked, within a minute everywhere. User errors: NOT_FOUND…',
  })
  revokeAccessToken(
    @Arg('input', () => RevokeAccessTokenInput, { description: 'Which.' }) input: RevokeAccessTokenInput,
    @Ctx() context: HubContext,
  ): Promise<AccessTokenPayload> {
    return withUserErrors(async () => ({
      accessToken: read.accessTokenById(await this.tokens.revoke(context.viewer, input)),
    }));
  }
}

@Resolver(() => AccessTokenType)
export class AccessTokenResolver {
  @FieldResolver(() => Boolean, { description: 'Whether the hub takes it now.' })
  isLive(): Expression {
    return read.tokenIsLive();
  }
}
