import { GRANTING, type Grant, Role, TokenScope } from './roles.ts';

/** Keys of the records that a viewer's roles are held for, sorted: what row rules compare with. */
export interface Reach {
  /** Own partners: their records are shown. */
  readonly partners: readonly string[];
  /** Own partners that may be written for. */
  readonly editable: readonly string[];
  /** Own services, as their staff. */
  readonly services: readonly string[];
  /** Own suppliers: what they are offered and what they sell. */
  readonly suppliers: readonly string[];
  /** Own federations: their members' aggregates, and records under an agreement. */
  readonly federations: readonly string[];
  /** Own federations that may be written for. */
  readonly administered: readonly string[];
  /** Records that roles may be granted for: what is written for. */
  readonly grantable: readonly string[];
  /** Authorities whose recognitions and fundings are looked at. */
  readonly authorities: readonly string[];
}

/**
 * Who asks. The row policies of the rooms receive it as an argument, and every transaction and read statement
 * tells the database of it: `hub.viewer` is its name, `hub.scope` what its roles reach.
 */
export interface Viewer {
  /**
   * Stable name of the principal: `anonymous`, `administrator`, `client_<uuid>`, `account_<uuid>`, `person_<hash>` of
   * somebody without an account, or `system`, the hub itself. Idempotency keys, limits and the trail are per principal.
   */
  readonly principal: string;
  readonly grants: readonly Grant[];
  /** What its token may be used for; all that the roles allow where it is no machine token. */
  readonly scopes: ReadonlySet<TokenScope> | undefined;
  /** Whether it writes synthetic records alone. */
  readonly isSandbox: boolean;
  /** When its credentials end, in milliseconds since 1970; never without. */
  readonly expiresAt: number | undefined;
  readonly isAdministrator: boolean;
  /** What it may write for, and what its transactions find. */
  readonly reach: Reach;
  /** The reach as the database is told it: JSON of the lists that are not empty. */
  readonly scope: string;
  /** What its questions are answered from: the same, or what is public for a token without the scope READ. */
  readonly reads: Reading;
}

/** What a viewer sees. */
export interface Reading {
  readonly isAdministrator: boolean;
  readonly reach: Reach;
  readonly scope: string;
}

const NOWHERE: Reach = {
  partners: [],
  editable: [],
  services: [],
  suppliers: [],
  federations: [],
  administered: [],
  grantable: [],
  authorities: [],
};

const REACHED_BY: { readonly [List in keyof Reach]: readonly Role[] } = {
  partners: [Role.PARTNER_READER, Role.PARTNER_EDITOR],
  editable: [Role.PARTNER_EDITOR],
  services: [Role.SERVICE_STAFF],
  suppliers: [Role.SUPPLIER],
  federations: [Role.FEDERATION_ANALYST, Role.FEDERATION_ADMIN],
  administered: [Role.FEDERATION_ADMIN],
  grantable: GRANTING,
  authorities: [Role.AUTHORITY_READER],
};

/** The viewer that a principal with these roles is. */
export function viewerOf(of: {
  principal: string;
  grants: readonly Grant[];
  scopes?: ReadonlySet<TokenScope> | undefined;
  isSandbox?: boolean;
  expiresAt?: number | undefined;
}): Viewer {
  const { grants, isSandbox = false } = of;
  const isAdministrator = grants.some(({ role }) => role === Role.HUB_ADMIN);
  const reach = Object.fromEntries(
    Object.entries(REACHED_BY).map(([list, roles]) => {
      const keys = grants.flatMap(({ role, of: key }) => (key && roles.includes(role) ? [key] : []));
      return [list, [...new Set(keys)].sort()];
    }),
  ) as unknown as Reach;
  const scope = scopeText(reach, { administrator: isAdministrator, sandbox: isSandbox });
  const canRead = of.scopes?.has(TokenScope.READ) ?? true;
  return {
    principal: of.principal,
    grants,
    scopes: of.scopes,
    isSandbox,
    expiresAt: of.expiresAt,
    isAdministrator,
    reach,
    scope,
    reads: canRead
      ? { isAdministrator, reach, scope }
      : { isAdministrator: false, reach: NOWHERE, scope: scopeText(NOWHERE, {}) },
  };
}

function scopeText(reach: Reach, marks: Record<string, boolean>): string {
  const lists = Object.entries(reach).filter(([, keys]) => keys.length > 0);
  const set = Object.entries(marks).filter(([, isSet]) => isSet);
  return JSON.stringify(Object.fromEntries([...set, ...lists]));
}

export const ANONYMOUS: Viewer = viewerOf({ principal: 'anonymous', grants: [] });

/** The bearer of the administrator token. */
export const ADMINISTRATOR: Viewer = viewerOf({
  principal: 'administrator',
  grants: [{ role: Role.HUB_ADMIN }],
});

/** The hub itself: preparing its database, looking up who sends a request. */
export const SYSTEM: Viewer = viewerOf({ principal: 'system', grants: [{ role: Role.HUB_ADMIN }] });
