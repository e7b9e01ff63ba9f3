import { bind } from '../read/index.ts';
import { Account } from './account.entity.ts';
import { AccountResolver, RoleGrantResolver } from './account.resolver.ts';
import { AccessToken, Client } from './client.entity.ts';
import { AccessTokenResolver, ClientResolver } from './client.resolver.ts';
import { accessTokenRule, accountRule, clientRule, roleGrantRule } from './identity.policy.ts';
import { RoleGrant } from './role-grant.entity.ts';

export { AccountService } from './account.service.ts';
export { ClientService } from './client.service.ts';
export { CredentialService } from './credentials.service.ts';
export { RoleService } from './role.service.ts';
export { TokenService } from './token.service.ts';

/** Who speaks to the hub: tools with tokens, people with accounts, and their roles. */
export const identityRoom = {
  bindings: [
    bind({ entity: Client, idPrefix: 'client', rule: clientRule }),
    bind({ entity: AccessToken, idPrefix: 'access_token', rule: accessTokenRule }),
    bind({ entity: Account, idPrefix: 'account', rule: accountRule }),
    bind({ entity: RoleGrant, idPrefix: 'role_grant', rule: roleGrantRule }),
  ],
  resolvers: [ClientResolver, AccessTokenResolver, AccountResolver, RoleGrantResolver],
};
