import {
  connection,
  type Expression,
  expression,
  list,
  type OrderKey,
  one,
  type Page,
  type Rows,
  sql,
} from '../read/index.ts';
import { Account } from './account.entity.ts';
import { AccessToken, Client } from './client.entity.ts';
import { RoleGrant } from './role-grant.entity.ts';

/** The latest first. */
export const CLIENT_ORDER: OrderKey<Client>[] = [
  { by: (row) => row.createdAt, direction: 'desc', type: 'timestamptz' },
  { by: (row) => row.id, direction: 'desc', type: 'uuid' },
];

/** The latest first. */
export const ACCOUNT_ORDER: OrderKey<Account>[] = [
  { by: (row) => row.createdAt, direction: 'desc', type: 'timestamptz' },
  { by: (row) => row.id, direction: 'desc', type: 'uuid' },
];

const ROLE_ORDER: OrderKey<RoleGrant>[] = [
  { by: (row) => row.grantedAt, direction: 'asc', type: 'timestamptz' },
  { by: (row) => row.id, direction: 'asc', type: 'uuid' },
];

/** Clients that the viewer manages. */
export function clients(page: Page): Rows {
  return connection(Client, { orderBy: CLIENT_ORDER, page });
}

export function clientById(id: string): Rows {
  return one(Client, (row) => sql`${row.id} = ${id}::uuid`);
}

/** Accounts that the viewer may know of. */
export function accounts(page: Page): Rows {
  return connection(Account, { orderBy: ACCOUNT_ORDER, page });
}

export function accountById(id: string): Rows {
  return one(Account, (row) => sql`${row.id} = ${id}::uuid`);
}

export function accessTokenById(id: string): Rows {
  return one(AccessToken, (row) => sql`${row.id} = ${id}::uuid`);
}

/** Tokens of a client, those that ended too, the latest first. */
export function tokensOfClient(): Rows {
  return list<AccessToken, Client>(AccessToken, {
    where: (row, client) => sql`${row.client} = ${client.id}`,
    orderBy: [
      { by: (row) => row.createdAt, direction: 'desc', type: 'timestamptz' },
      { by: (row) => row.id, direction: 'desc', type: 'uuid' },
    ],
  });
}

/** Whether a token is taken now. */
export function tokenIsLive(): Expression {
  return expression<AccessToken>(
    (row) => sql`(${row.expiresAt} > now() and coalesce(${row.revokedAt}, 'infinity') > now()
      and exists (select from client c where c.id = ${row.client} and c.closed_at is null))`,
  );
}

export function roleById(id: string): Rows {
  return one(RoleGrant, (row) => sql`${row.id} = ${id}::uuid`);
}

/** Roles of a client, those that ended too, the first one first. */
export function rolesOfClient(): Rows {
  return list<RoleGrant, Client>(RoleGrant, {
    where: (row, client) => sql`${row.client} = ${client.id}`,
    orderBy: ROLE_ORDER,
  });
}

/** Roles of an account, as far as the viewer may see them. */
export function rolesOfAccount(): Rows {
  return list<RoleGrant, Account>(RoleGrant, {
    where: (row, account) => sql`${row.account} = ${account.id}`,
    orderBy: ROLE_ORDER,
  });
}

/** Global id of the record that a role is held for; null for one over the whole hub. */
export function recordOfRole(): Expression {
  return expression<RoleGrant>(
    (
      row,
    ) => sql`coalesce('partner_' || ${row.partner}, 'service_' || ${row.service}, 'supplier_' || ${row.supplier},
      'federation_' || ${row.federation}, 'authority_' || ${row.authority})`,
  );
}
