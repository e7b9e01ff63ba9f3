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
import type { Needed } from '../access/rights.ts';
import { GRANTING, Role, TokenScope } from '../access/roles.ts';
import type { HubContext } from '../graphql/context.ts';
import { UserErrorType, withUserErrors } from '../graphql/errors.ts';
import { PageArgs, pageOf } from '../graphql/pages.ts';
import type { Expression, Rows } from '../read/index.ts';
import type { AccountService } from './account.service.ts';
import {
  CloseAccountInput,
  GrantRoleInput,
  RegisterAccountInput,
  RevokeRoleInput,
} from './identity.inputs.ts';
import * as read from './identity.read.ts';
import { AccountConnection, AccountType, RoleGrantType } from './identity.type.ts';
import type { RoleService } from './role.service.ts';

@ObjectType({ description: 'What became of an account mutation.', simpleResolvers: true })
export class AccountPayload {
  @Field(() => AccountType, { nullable: true, description: 'The account; null where there are user errors.' })
  account?: Rows | null;

  @Field(() => [UserErrorType], { description: 'What to mend; empty when all was saved.' })
  userErrors!: UserErrorType[];
}

@ObjectType({ description: 'What became of a role mutation.', simpleResolvers: true })
export class RoleGrantPayload {
  @Field(() => RoleGrantType, { nullable: true, description: 'The role; null where there are user errors.' })
  roleGrant?: Rows | null;

  @Field(() => [UserErrorType], { description: 'What to mend; empty when all was saved.' })
  userErrors!: UserErrorType[];
}

@Resolver(() => AccountType)
export class AccountResolver {
  constructor(private readonly service: AccountService) {}

  @Query(() => AccountConnection, {
    description:
      'Accounts that hold or held a role for your federation, the latest first; all of them for an administrator. Errors: INVALID_PAGE, INVALID_CURSOR.',
  })
  accounts(@Args(() => PageArgs) page: PageArgs): Rows {
    return read.accounts(pageOf(page, read.ACCOUNT_ORDER, ['accounts']));
  }

  @FieldResolver(() => [RoleGrantType], {
    description:
      'Its roles that you may grant, those that ended too, the first one first; all of them for the account itself.',
  })
  roles(): Rows {
    return read.rolesOfAccount();
  }

  @Authorized<Needed>(TokenScope.ACCESS, Role.FEDERATION_ADMIN)
  @Mutation(() => AccountPayload, {
    description:
      'Registers a person who signs in with an identity provider, with roles; one who is registered gets the roles. An administrator also opens a closed account again. User errors: INVALID_ACCOUNT, ROLES_MISSING, TOO_MANY_ROLES, ROLE_HELD, NOT_FOUND, SCOPE_NOT_HELD, WRONG_STATE…',
  })
  registerAccount(
    @Arg('input', () => RegisterAccountInput, { description: 'The person, and the roles.' })
    input: RegisterAccountInput,
    @Ctx() context: HubContext,
  ): Promise<AccountPayload> {
    return withUserErrors(async () => ({
      account: read.accountById(await this.service.register(context.viewer, input)),
    }));
  }

  @Authorized<Needed>(TokenScope.ACCESS, Role.HUB_ADMIN)
  @Mutation(() => AccountPayload, {
    description:
      'Closes an account: its roles end, and its tokens are no longer taken. User errors: NOT_FOUND, WRONG_STATE…',
  })
  closeAccount(
    @Arg('input', () => CloseAccountInput, { description: 'Which.' }) input: CloseAccountInput,
    @Ctx() context: HubContext,
  ): Promise<AccountPayload> {
    return withUserErrors(async () => ({
      account: read.accountById(await this.service.close(context.viewer, input)),
    }));
  }
}

@Resolver(() => RoleGrantType)
export class RoleGrantResolver {
  constructor(private readonly service: RoleService) {}

  @FieldResolver(() => ID, {
    nullable: true,
    description: 'Global id of the record that it is held for; null for a role over the whole hub.',
  })
  reference(): Expression {
    return read.recordOfRole();
  }

  @Authorized<Needed>(TokenScope.ACCESS, ...GRANTING)
  @Mutation(() => RoleGrantPayload, {
    description:
      'Grants a role to a client or an account. Nobody grants what reaches more than itself. User errors: NOT_FOUND, INVALID_REFERENCE, INVALID_ID, ROLE_HELD, ROLE_NOT_GRANTABLE, INVALID_PERIOD, SANDBOX_ONLY_SYNTHETIC, SCOPE_NOT_HELD, WRONG_STATE…',
  })
  grantRole(
    @Arg('input', () => GrantRoleInput, { description: 'Which role, and to whom.' }) input: GrantRoleInput,
    @Ctx() context: HubContext,
  ): Promise<RoleGrantPayload> {
    return withUserErrors(async () => ({
      roleGrant: read.roleById(await this.service.grant(context.viewer, input)),
    }));
  }

  @Authorized<Needed>(TokenScope.ACCESS, ...GRANTING)
  @Mutation(() => RoleGrantPayload, {
    description: 'Ends a role that you may grant. User errors: NOT_FOUND, WRONG_STATE…',
  })
  revokeRole(
    @Arg('input', () => RevokeRoleInput, { description: 'Which.' }) input: RevokeRoleInput,
    @Ctx() context: HubContext,
  ): Promise<RoleGrantPayload> {
    return withUserErrors(async () => ({
      roleGrant: read.roleById(await this.service.revoke(context.viewer, input)),
    }));
  }
}
