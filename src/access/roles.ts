/**
 * What a principal may be to the hub. A role is held for one organisation (or service, or authority), except
 * `HUB_ADMIN`; what nobody was given is `PUBLIC`.
 */
export enum Role {
  PUBLIC = 'PUBLIC',
  PARTNER_READER = 'PARTNER_READER',
  PARTNER_EDITOR = 'PARTNER_EDITOR',
  SERVICE_STAFF = 'SERVICE_STAFF',
  SUPPLIER = 'SUPPLIER',
  FEDERATION_ANALYST = 'FEDERATION_ANALYST',
  FEDERATION_ADMIN = 'FEDERATION_ADMIN',
  AUTHORITY_READER = 'AUTHORITY_READER',
  HUB_ADMIN = 'HUB_ADMIN',
}

/** What a machine token may be used for. A person may use all that the roles allow. */
export enum TokenScope {
  /** Reads what the roles show; without it a token reads what is public. */
  READ = 'READ',
  /** Writes the directory: partners, services and what they offer, federations, data-sharing agreements. */
  DIRECTORY = 'DIRECTORY',
  /** Requests, activates and ends enrolments. */
  ENROLMENTS = 'ENROLMENTS',
  /** Reports usage. */
  USAGE = 'USAGE',
  /** Places orders, answers and follows them. */
  ORDERS = 'ORDERS',
  /** Keeps buildings, meters and their readings, visits, measures and savings of energy. */
  ENERGY = 'ENERGY',
  /** Keeps shared workers, their placements, timesheets and costs, and the invoices of an employer group. */
  EMPLOYER_GROUP = 'EMPLOYER_GROUP',
  /** Keeps what the advisory services of prevention and diversity do: sessions, requests, mandates, tools. */
  ADVICE = 'ADVICE',
  /** Manages clients, tokens, accounts and roles. */
  ACCESS = 'ACCESS',
}

/** Kind of record that a role is held for; the same words as in global ids. */
export type GrantOn = 'partner' | 'service' | 'supplier' | 'federation' | 'authority';

/** What each role is held for; none for a role over the whole hub. */
export const HELD_FOR: Readonly<Record<Role, GrantOn | undefined>> = {
  PUBLIC: undefined,
  PARTNER_READER: 'partner',
  PARTNER_EDITOR: 'partner',
  SERVICE_STAFF: 'service',
  SUPPLIER: 'supplier',
  FEDERATION_ANALYST: 'federation',
  FEDERATION_ADMIN: 'federation',
  AUTHORITY_READER: 'authority',
  HUB_ADMIN: undefined,
};

/** Roles by which others are let in, each for its own record. */
export const GRANTING: readonly Role[] = [Role.PARTNER_EDITOR, Role.SERVICE_STAFF, Role.FEDERATION_ADMIN];

/** A role that a principal holds, and the key of the record that it is held for. */
export interface Grant {
  readonly role: Role;
  readonly of?: string | undefined;
  /** When it ends, in milliseconds since 1970; never without. */
  readonly until?: number | undefined;
}
