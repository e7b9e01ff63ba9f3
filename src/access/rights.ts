import { Provenance } from '../database/properties.ts';
import { ForbiddenError, UnauthenticatedError, UserError } from '../errors.ts';
import { type Role, TokenScope } from './roles.ts';
import type { Viewer } from './viewer.ts';

/*
 * What a viewer may write. The services ask these before they write, with the keys of the records that are meant;
 * the database's row security holds the same rules for whoever forgets to ask.
 */

/** What a mutation asks for before it is looked at: a scope of the token, and one of some roles. */
export type Needed = TokenScope | Role;

const SCOPES = new Set<string>(Object.values(TokenScope));

/**
 * Refuses a viewer who may not try this at all.
 * @throws UnauthenticatedError for nobody, ForbiddenError for a token without the scope or a principal without a role
 */
export function mustHold(viewer: Viewer, needed: readonly Needed[]): void {
  if (viewer.principal === 'anonymous') {
    throw new UnauthenticatedError(
      'This needs a token. Send it as "Authorization: Bearer <token>"; the hub printed the administrator’s at its first start.',
    );
  }
  for (const scope of needed.filter((one) => SCOPES.has(one)) as TokenScope[]) {
    if (viewer.scopes && !viewer.scopes.has(scope)) {
      throw new ForbiddenError(`Your token does not allow this: it lacks the scope ${scope}.`);
    }
  }
  const roles = needed.filter((one) => !SCOPES.has(one)) as Role[];
  if (
    roles.length > 0 &&
    !viewer.isAdministrator &&
    !viewer.grants.some(({ role }) => roles.includes(role))
  ) {
    throw new ForbiddenError(`This is for ${roles.join(', ')}: your roles do not allow it.`);
  }
}

/** Whether a viewer may write for a partner. */
export function mayEdit(viewer: Viewer, partner: string): boolean {
  return viewer.isAdministrator || viewer.reach.editable.includes(partner);
}

/** Whether a viewer may run a service. */
export function mayRun(viewer: Viewer, service: string): boolean {
  return viewer.isAdministrator || viewer.reach.services.includes(service);
}

/** Whether a viewer may write for a federation. */
export function mayAdminister(viewer: Viewer, federation: string | undefined): boolean {
  return (
    viewer.isAdministrator || (federation !== undefined && viewer.reach.administered.includes(federation))
  );
}

/** @throws ForbiddenError when it is not allowed */
export function allow(isAllowed: boolean, what: string): void {
  if (!isAllowed) throw new ForbiddenError(`Your roles do not allow this: ${what}.`);
}

/** @throws UserError SANDBOX_ONLY_SYNTHETIC when a sandbox would write for a record that is not synthetic */
export function checkSandbox(viewer: Viewer, provenance: Provenance, field?: string): void {
  if (!viewer.isSandbox || provenance === Provenance.SYNTHETIC) return;
  throw new UserError(
    'SANDBOX_ONLY_SYNTHETIC',
    'A sandbox token writes to synthetic records only: use one of those, or a token of another client.',
    field,
  );
}

/**
 * Where a new record of the directory comes from: what a sandbox makes is synthetic, and only an administrator says so
 * of something else.
 * @throws UserError PROVENANCE_NOT_ALLOWED
 */
export function provenanceFor(viewer: Viewer, wanted: Provenance | null | undefined): Provenance {
  if (viewer.isSandbox) return Provenance.SYNTHETIC;
  if (wanted === Provenance.SYNTHETIC && !viewer.isAdministrator) {
    throw new UserError(
      'PROVENANCE_NOT_ALLOWED',
      'Only administrators and sandboxes make synthetic records: leave `provenance` out.',
      'provenance',
    );
  }
  return wanted ?? Provenance.REPORTED;
}

/** Whether a viewer may try what needs these: {@link mustHold} as a question. */
export function mayTry(viewer: Viewer, needed: readonly Needed[]): boolean {
  try {
    mustHold(viewer, needed);
    return true;
  } catch (error) {
    if (error instanceof UnauthenticatedError || error instanceof ForbiddenError) return false;
    throw error;
  }
}
