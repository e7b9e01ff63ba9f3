import { and, type RowPolicy, type Sql, sql } from '../read/index.ts';
import type { Account } from './account.entity.ts';
import type { AccessToken, Client } from './client.entity.ts';
import { grantableRecords } from './grantable.ts';
import type { RoleGrant } from './role-grant.entity.ts';

type Viewer = Parameters<RowPolicy<Client>>[1];

const records = (viewer: Viewer): Sql => sql`${grantableRecords(viewer)}::uuid[]`;

/** Whether the row of a client, under an alias or as columns, is the viewer's to manage, or is the viewer. */
function managed(id: Sql, heldFor: Sql, isSandbox: Sql, viewer: Viewer): Sql {
  return sql`('client_' || ${id} = ${viewer.principal}::text or (cardinality(${heldFor}) > 0
    and ${heldFor} <@ ${records(viewer)} and (${isSandbox} or not ${viewer.isSandbox}::bool)))`;
}

/** A client is seen by who manages it (who may grant all the roles that it ever held), and by itself. */
export const clientPolicy: RowPolicy<Client> = (row, viewer) =>
  viewer.isAdministrator ? undefined : managed(row.id, row.heldFor, row.isSandbox, viewer);

/** A token is seen with its client. */
export const accessTokenPolicy: RowPolicy<AccessToken> = (row, viewer) =>
  viewer.isAdministrator
    ? undefined
    : sql`exists (select from client c where c.id = ${row.client} and ${managed(sql`c.id`, sql`c.held_for`, sql`c.is_sandbox`, viewer)})`;

/** An account is seen by who may grant one of the roles that it ever held, and by itself. */
export const accountPolicy: RowPolicy<Account> = (row, viewer) =>
  viewer.isAdministrator
    ? undefined
    : sql`('account_' || ${row.id} = ${viewer.principal}::text or ${row.heldFor} && ${administered(viewer)})`;

/** A role is seen by who may grant it, and by its holder. */
export const roleGrantPolicy: RowPolicy<RoleGrant> = (row, viewer) =>
  viewer.isAdministrator
    ? undefined
    : sql`(coalesce('client_' || ${row.client}, 'account_' || ${row.account}) = ${viewer.principal}::text
      or (${row.client} is not null and coalesce(${row.partner}, ${row.service}, ${row.federation}) = any (${records(viewer)})
        and ${and([sql`exists (select from client c where c.id = ${row.client} and (c.is_sandbox or not ${viewer.isSandbox}::bool))`])})
      or (${row.account} is not null and ${row.federation} = any (${administered(viewer)})))`;

/** People are let in for federations: their administrators see them. */
function administered(viewer: Viewer): Sql {
  return sql`${viewer.isSandbox ? [] : viewer.reach.administered}::uuid[]`;
}
