import type { EntityManager } from '@mikro-orm/postgresql';
import { idempotently } from '../access/idempotency.ts';
import { type Grant, type GrantOn, HELD_FOR, Role, type TokenScope } from '../access/roles.ts';
import type { Viewer } from '../access/viewer.ts';
import type { Clock } from '../clock.ts';
import { newId } from '../database/keys.ts';
import { Provenance } from '../database/properties.ts';
import type { UnitOfWork } from '../database/unit-of-work.ts';
import { ForbiddenError, NotFoundError, UserError } from '../errors.ts';
import { Federation } from '../federations/federation.entity.ts';
import { keyOf } from '../ids.ts';
import { Partner } from '../partners/partner.entity.ts';
import { CompetentAuthority } from '../reference/reference.entity.ts';
import { Supplier } from '../services/purchasing/supplier.entity.ts';
import { SharedService } from '../services/service.entity.ts';
import { Account } from './account.entity.ts';
import { AccessToken, Client } from './client.entity.ts';
import { ALL_SCOPES, type HolderKind, lastsUntil, mayGrant, mayManage, scopesBeyond } from './grantable.ts';
import type { GrantRoleInput, RevokeRoleInput, RoleInput } from './identity.inputs.ts';
import { RoleGrant } from './role-grant.entity.ts';
import { earlier, roleEnd } from './token-lifetime.ts';

const ENTITY_OF = {
  partner: Partner,
  service: SharedService,
  supplier: Supplier,
  federation: Federation,
  authority: CompetentAuthority,
} as const;

/** Who is given roles. */
export type Holder = { client: Client } | { account: Account };

/** Rules and transactions of roles: granted, and ended. */
export class RoleService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly onChange: () => void,
  ) {}

  /** Grants a role and answers the grant's key. */
  async grant(viewer: Viewer, input: GrantRoleInput): Promise<string> {
    const request = { viewer, mutation: 'grantRole', key: input.idempotencyKey, input };
    const { id } = await idempotently(this.unitOfWork, request, async (em) => {
      const holder = await holderOf(em, viewer, input);
      const [grant] = await grantRoles(em, viewer, holder, { roles: [input], field: '', now: this.clock() });
      return { id: (grant as RoleGrant).id };
    });
    this.onChange();
    return id;
  }

  /** Ends a role and answers the grant's key. */
  async revoke(viewer: Viewer, input: RevokeRoleInput): Promise<string> {
    const id = keyOf('role_grant', input.id, 'id');
    const request = { viewer, mutation: 'revokeRole', key: input.idempotencyKey, input };
    await idempotently(this.unitOfWork, request, async (em) => {
      const grant = await em.findOne(RoleGrant, { id });
      const to: HolderKind = grant?.client ? 'client' : 'account';
      if (!grant || !mayGrant(viewer, grantOf(grant), to)) throw new NotFoundError('The role', 'id');
      const now = this.clock();
      if (grant.validUntil && grant.validUntil <= now) {
        throw new UserError(
          'WRONG_STATE',
          `This role ended at ${grant.validUntil.toISOString()} already.`,
          'id',
        );
      }
      grant.validUntil = earlier(grant.validUntil, now);
      await em.flush();
      return { id };
    });
    this.onChange();
    return id;
  }
}

/** The role that a grant gives, and the key of the record that it is held for. */
export function grantOf({ role, partner, service, supplier, federation, authority }: RoleGrant): Grant {
  const record = partner ?? service ?? supplier ?? federation ?? authority;
  return { role: role as Role, ...(record ? { of: record.id } : {}) };
}

/** Grants roles to who may have them from this viewer, within its transaction. */
export async function grantRoles(
  em: EntityManager,
  viewer: Viewer,
  holder: Holder,
  { roles, field, now }: { roles: readonly RoleInput[]; field: string; now: Date },
): Promise<RoleGrant[]> {
  const to: HolderKind = 'client' in holder ? 'client' : 'account';
  const before = await em.find(RoleGrant, holder);
  const grants: RoleGrant[] = [];
  for (const [index, input] of roles.entries()) {
    const path = (name: string): string => (field ? `${field}.${index}.${name}` : name);
    const held = heldFor(input, path);
    const grant: Grant = { role: input.role, ...(held ? { of: held.key } : {}) };
    if (!mayGrant(viewer, grant, to)) {
      throw new ForbiddenError(`Your roles do not allow this: to grant ${input.role} to this ${to}.`);
    }
    const record = held && (await em.findOne(ENTITY_OF[held.on] as typeof Partner, { id: held.key }));
    if (held && !record) throw new NotFoundError(`The ${held.on}`, path('reference'));
    if ('client' in holder && holder.client.isSandbox) mustBeForSandbox(held?.on, record, path('reference'));
    const isHeld = [...before, ...grants].some(
      (one) =>
        one.role === input.role &&
        grantOf(one).of === held?.key &&
        !(one.validUntil && one.validUntil <= now),
    );
    if (isHeld) {
      throw new UserError('ROLE_HELD', `The ${to} holds this role already: end it first.`, path('role'));
    }
    grants.push(
      em.create(RoleGrant, {
        id: newId(),
        ...holder,
        role: input.role,
        ...(held ? { [held.on]: record } : {}),
        grantedAt: now,
        grantedBy: viewer.principal,
        validUntil: notBeyond(viewer, grant, roleEnd(input.validUntil, now, path('validUntil'))),
      } as never),
    );
  }
  await em.flush();
  return grants;
}

/** The end of a role, which is not after the end of the role that it is granted by. */
function notBeyond(viewer: Viewer, grant: Grant, end: Date | null): Date | null {
  const last = lastsUntil(viewer, grant);
  return last === undefined ? end : earlier(end, new Date(last));
}

/** The record that a role is to be held for; none for a role over the whole hub. */
function heldFor(
  { role, reference }: RoleInput,
  path: (name: string) => string,
): { on: GrantOn; key: string } | undefined {
  const on = HELD_FOR[role];
  if (role === Role.PUBLIC) {
    throw new UserError(
      'ROLE_NOT_GRANTABLE',
      'PUBLIC is what everybody has: it is not granted.',
      path('role'),
    );
  }
  if (on && !reference) {
    throw new UserError(
      'INVALID_REFERENCE',
      `${role} is held for one ${on}: name it by its id.`,
      path('reference'),
    );
  }
  if (!on && reference) {
    throw new UserError(
      'INVALID_REFERENCE',
      `${role} is held for the whole hub: leave \`reference\` out.`,
      path('reference'),
    );
  }
  return on && { on, key: keyOf(on, reference as string, path('reference')) };
}

function mustBeForSandbox(
  on: GrantOn | undefined,
  record: { provenance?: string } | null | undefined,
  field: string,
): void {
  const isSynthetic = record?.provenance === Provenance.SYNTHETIC;
  if ((on === 'partner' || on === 'service') && isSynthetic) return;
  throw new UserError(
    'SANDBOX_ONLY_SYNTHETIC',
    'A sandbox client holds roles for partners and services whose provenance is SYNTHETIC alone.',
    field,
  );
}

async function holderOf(em: EntityManager, viewer: Viewer, input: GrantRoleInput): Promise<Holder> {
  if (Boolean(input.client) === Boolean(input.account)) {
    throw new UserError(
      'INVALID_REFERENCE',
      'Name who gets the role: either `client` or `account`.',
      'client',
    );
  }
  if (input.client) {
    const client = await em.findOne(Client, { id: keyOf('client', input.client, 'client') });
    if (!client || !mayManage(viewer, client)) throw new NotFoundError('The client', 'client');
    if (client.closedAt) throw new UserError('WRONG_STATE', 'This client is closed.', 'client');
    await checkToolsReach(em, viewer, client);
    return { client };
  }
  const account = await em.findOne(Account, { id: keyOf('account', input.account as string, 'account') });
  if (!account) throw new NotFoundError('The account', 'account');
  if (account.closedAt) throw new UserError('WRONG_STATE', 'This account is closed.', 'account');
  checkPersonsReach(viewer);
  return { account };
}

/**
 * A role reaches as far as the tokens of its holder allow: who has fewer scopes would reach more through them.
 * @throws UserError SCOPE_NOT_HELD
 */
async function checkToolsReach(em: EntityManager, viewer: Viewer, client: Client): Promise<void> {
  // The lock of those who issue tokens: none comes meanwhile.
  await em.execute('select pg_advisory_xact_lock(hashtextextended(?, 4))', [`tokens of ${client.id}`]);
  const tokens = await em.find(AccessToken, { client, expiresAt: { $gt: new Date() } });
  const beyond = scopesBeyond(
    viewer,
    tokens.flatMap(({ scopes }) => scopes as TokenScope[]),
  );
  if (beyond.length > 0) {
    throw new UserError(
      'SCOPE_NOT_HELD',
      `Tokens of this client may ${[...new Set(beyond)].join(', ')}, and yours may not: ask with one that may.`,
      'client',
    );
  }
}

/**
 * A person's token has every scope: who has fewer would reach more through it.
 * @throws UserError SCOPE_NOT_HELD
 */
export function checkPersonsReach(viewer: Viewer): void {
  const beyond = scopesBeyond(viewer, ALL_SCOPES);
  if (beyond.length > 0) {
    throw new UserError(
      'SCOPE_NOT_HELD',
      `An account may use every scope, and your token lacks ${beyond.join(', ')}: ask with one that has them all.`,
      'account',
    );
  }
}
