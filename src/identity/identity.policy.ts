import { ROW, type RowRule, type Way } from '../database/row-security.ts';

/** A sandbox manages sandboxes alone. */
const NO_SANDBOX_BEYOND = (isSandbox: string): string => `(${isSandbox} or not (select hub_is('sandbox')))`;

/** The principal's own row. */
const itself = (kind: string, id: string): Way => ({
  where: `'${kind}_' || ${id} = current_setting('hub.viewer', true)`,
});

/**
 * Who may grant every role that a client ever held manages it. One that never held any is being made: its roles
 * follow in the same transaction.
 */
const managed = (client: string): string =>
  `(${client}.held_for <@ {list} and cardinality({list}) > 0 and ${NO_SANDBOX_BEYOND(`${client}.is_sandbox`)})`;

const ofManagedClient: Way = {
  reach: 'grantable',
  where: `exists (select from client mc where mc.id = ${ROW}.client_id and ${managed('mc')})`,
};

/** A client is seen by who manages it, and by itself. */
export const clientRule: RowRule = {
  see: [{ reach: 'grantable', where: managed(ROW) }, itself('client', `${ROW}.id`)],
  make: [{ reach: 'grantable', where: managed(ROW) }],
  change: [{ reach: 'grantable', where: managed(ROW) }],
};

/** A token is seen with its client. */
export const accessTokenRule: RowRule = {
  see: [ofManagedClient, itself('client', `${ROW}.client_id`)],
  make: [ofManagedClient],
  change: [ofManagedClient],
};

/** People are let in for federations: their administrators see them. */
const ofFederation: Way = {
  reach: 'administered',
  where: `(${ROW}.held_for && {list} and not (select hub_is('sandbox')))`,
};

/** An account is seen by who may grant one of the roles that it ever held, and by itself. */
export const accountRule: RowRule = {
  see: [ofFederation, itself('account', `${ROW}.id`)],
  change: [ofFederation],
};

const clientsGrant: Way = {
  reach: 'grantable',
  where: `(${ROW}.client_id is not null and coalesce(${ROW}.partner_id, ${ROW}.service_id, ${ROW}.federation_id) = any ({list})
    and exists (select from client gc where gc.id = ${ROW}.client_id and ${NO_SANDBOX_BEYOND('gc.is_sandbox')}))`,
};
const accountsGrant: Way = {
  reach: 'administered',
  where: `(${ROW}.account_id is not null and ${ROW}.federation_id = any ({list}) and not (select hub_is('sandbox')))`,
};

/** A role is seen by who may grant it, and by its holder. */
export const roleGrantRule: RowRule = {
  see: [
    clientsGrant,
    accountsGrant,
    itself('client', `${ROW}.client_id`),
    itself('account', `${ROW}.account_id`),
  ],
  make: [clientsGrant, accountsGrant],
  change: [clientsGrant, accountsGrant],
};
