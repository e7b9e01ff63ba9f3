import { type Asked, column, kind, type Read, type Room, same } from '../asked.ts';
import type { Row } from '../database.ts';
import { connection, connectionTypes, type OrderKey, sorted } from '../pages.ts';
import { globalId, reference } from '../values.ts';

const instant = (row: Row, name: string): string =>
  (row[name] as string).replace('T', ' ').replace('Z', '000+00');
const byInstant = (name: string, descending: boolean): OrderKey[] => [
  { of: (row) => instant(row, name), type: 'timestamptz', descending },
  { of: (row) => row.id as string, type: 'uuid', descending },
];
const LATEST_FIRST = byInstant('created_at', true);

/** Who is known to the hub is shown to administrators; the oracle knows nobody else who may see it. */
const forAdministrators = { isSeen: ({ viewer }: Asked): boolean => viewer.isAdministrator };

const all = (name: string, table: 'client' | 'account') =>
  connection({
    question: () => [name],
    order: LATEST_FIRST,
    rows: (_, __, { db, viewer }) => (viewer.isAdministrator ? db.all(table) : []),
  });

const rolesBy =
  (name: string): Read =>
  (row, _, { db }) =>
    sorted(db.where('role_grant', name, row.id), byInstant('granted_at', false));

const RECORDS = ['partner', 'service', 'supplier', 'federation', 'authority'] as const;

/** Tools, people, and their roles. */
export const identityRoom: Room = {
  nodes: {
    client: { ...kind('client', 'Client'), ...forAdministrators },
    access_token: { ...kind('access_token', 'AccessToken'), ...forAdministrators },
    account: { ...kind('account', 'Account'), ...forAdministrators },
    role_grant: { ...kind('role_grant', 'RoleGrant'), ...forAdministrators },
  },
  fields: {
    Query: { clients: all('clients', 'client'), accounts: all('accounts', 'account') },
    Client: {
      id: globalId('client'),
      ...same('name'),
      isSandbox: column('is_sandbox'),
      createdAt: column('created_at'),
      closedAt: column('closed_at'),
      accessTokens: (row, _, { db }) => sorted(db.where('access_token', 'client_id', row.id), LATEST_FIRST),
      roles: rolesBy('client_id'),
    },
    AccessToken: {
      id: globalId('access_token'),
      ...same('prefix', 'scopes'),
      client: reference('client', 'client_id'),
      createdAt: column('created_at'),
      expiresAt: column('expires_at'),
      lastUsedOn: column('last_used_on'),
      revokedAt: column('revoked_at'),
      isLive: (row, _, { db }) => {
        const now = new Date().toISOString();
        return (
          (row.expires_at as string) > now &&
          (row.revoked_at === null || (row.revoked_at as string) > now) &&
          db.one('client', 'id', row.client_id)?.closed_at === null
        );
      },
    },
    Account: {
      id: globalId('account'),
      ...same('issuer', 'subject'),
      createdAt: column('created_at'),
      closedAt: column('closed_at'),
      roles: rolesBy('account_id'),
    },
    RoleGrant: {
      id: globalId('role_grant'),
      ...same('role'),
      client: reference('client', 'client_id'),
      account: reference('account', 'account_id'),
      reference: (row) => {
        const name = RECORDS.find((one) => row[`${one}_id`] !== null);
        return name ? `${name}_${row[`${name}_id`]}` : null;
      },
      grantedAt: column('granted_at'),
      grantedBy: column('granted_by'),
      validUntil: column('valid_until'),
    },
    ...connectionTypes('Client'),
    ...connectionTypes('Account'),
  },
};
