import { mayAdminister, mayEdit, mayRun } from '../access/rights.ts';
import { GRANTING, type Grant, HELD_FOR, TokenScope } from '../access/roles.ts';
import type { Viewer } from '../access/viewer.ts';

/*
 * Who may grant what, to whom. The one rule behind it: nobody grants what would reach more than itself.
 */

/** What holds roles. */
export type HolderKind = 'client' | 'account';

/**
 * Whether a viewer may grant a role, or end it. A partner's editors and a service's staff let tools in; people are
 * let in by an administrator or, for a federation, by those who administer it. A federation grants nothing for its
 * partners.
 */
export function mayGrant(viewer: Viewer, { role, of }: Grant, to: HolderKind): boolean {
  if (viewer.isAdministrator) return true;
  if (of === undefined) return false;
  switch (HELD_FOR[role]) {
    case 'partner':
      return to === 'client' && mayEdit(viewer, of);
    case 'service':
      return to === 'client' && mayRun(viewer, of);
    case 'federation':
      return !viewer.isSandbox && mayAdminister(viewer, of);
    default:
      return false;
  }
}

/** Whether a viewer manages a client: it may grant all the roles that the client ever held. */
export function mayManage(
  viewer: Viewer,
  client: { heldFor: readonly string[]; isSandbox: boolean },
): boolean {
  if (viewer.isSandbox && !client.isSandbox) return false;
  if (viewer.isAdministrator) return true;
  const { grantable } = viewer.reach;
  return client.heldFor.length > 0 && client.heldFor.every((key) => grantable.includes(key));
}

/** Scopes among some that the viewer's own token does not have, and so cannot pass on. */
export function scopesBeyond(viewer: Viewer, scopes: readonly TokenScope[]): TokenScope[] {
  const { scopes: own } = viewer;
  return own ? scopes.filter((scope) => !own.has(scope)) : [];
}

/** Every scope: what a person's token has. */
export const ALL_SCOPES: readonly TokenScope[] = Object.values(TokenScope);

/** When the last role ends by which a viewer may grant another, in milliseconds since 1970; undefined for never. */
export function lastsUntil(viewer: Viewer, { of }: Grant): number | undefined {
  if (viewer.isAdministrator) return undefined;
  const ends = viewer.grants
    .filter((own) => own.of === of && GRANTING.includes(own.role))
    .map(({ until }) => until ?? Infinity);
  const last = Math.max(...ends);
  return Number.isFinite(last) ? last : undefined;
}
