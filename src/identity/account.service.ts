import type { EntityManager } from '@mikro-orm/postgresql';
import { idempotently } from '../access/idempotency.ts';
import { SYSTEM, type Viewer } from '../access/viewer.ts';
import type { Clock } from '../clock.ts';
import { newId } from '../database/keys.ts';
import type { UnitOfWork } from '../database/unit-of-work.ts';
import { NotFoundError, UserError } from '../errors.ts';
import { keyOf } from '../ids.ts';
import { Account } from './account.entity.ts';
import { checkRoles } from './client.service.ts';
import type { CloseAccountInput, RegisterAccountInput } from './identity.inputs.ts';
import { checkPersonsReach, grantRoles } from './role.service.ts';
import { RoleGrant } from './role-grant.entity.ts';
import { earlier } from './token-lifetime.ts';

/** Rules and transactions of accounts: people, as an identity provider names them. */
export class AccountService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly onChange: () => void,
  ) {}

  /** Registers a person, or finds it where it is registered, with more roles; answers the account's key. */
  async register(viewer: Viewer, input: RegisterAccountInput): Promise<string> {
    // Who is known already is not for the viewer to see, and has to be found: the rules below stand in for row security.
    const request = {
      viewer: { ...viewer, scope: SYSTEM.scope },
      mutation: 'registerAccount',
      key: input.idempotencyKey,
      input,
    };
    const { id } = await idempotently(this.unitOfWork, request, async (em) => {
      const { roles = [] } = input;
      const now = this.clock();
      checkRoles(roles ?? [], !viewer.isAdministrator);
      checkPersonsReach(viewer);
      const account = await accountOf(em, viewer, input, now);
      await grantRoles(em, viewer, { account }, { roles: roles ?? [], field: 'roles', now });
      await em.flush();
      return { id: account.id };
    });
    this.onChange();
    return id;
  }

  /** Closes an account, ends its roles, and answers its key. */
  async close(viewer: Viewer, input: CloseAccountInput): Promise<string> {
    const id = keyOf('account', input.id, 'id');
    const request = { viewer, mutation: 'closeAccount', key: input.idempotencyKey, input };
    await idempotently(this.unitOfWork, request, async (em) => {
      const account = await em.findOne(Account, { id });
      if (!account) throw new NotFoundError('The account', 'id');
      if (account.closedAt) {
        throw new UserError(
          'WRONG_STATE',
          `It was closed at ${account.closedAt.toISOString()} already.`,
          'id',
        );
      }
      const now = this.clock();
      account.closedAt = now;
      for (const grant of await em.find(RoleGrant, { account }))
        grant.validUntil = earlier(grant.validUntil, now);
      await em.flush();
      return { id };
    });
    this.onChange();
    return id;
  }
}

/** The account of a person, made where there is none; an administrator opens a closed one again. */
async function accountOf(
  em: EntityManager,
  viewer: Viewer,
  { issuer, subject }: RegisterAccountInput,
  now: Date,
): Promise<Account> {
  if (!/^https?:\/\/\S+$/.test(issuer) || issuer.length > 500) {
    throw new UserError(
      'INVALID_ACCOUNT',
      'The issuer is the address that stands as `iss` in the person’s token, https://…, 500 characters at most.',
      'issuer',
    );
  }
  if (!/^[\x20-\x7e]{1,255}$/.test(subject)) {
    throw new UserError(
      'INVALID_ACCOUNT',
      'The subject is what stands as `sub` in the person’s token: 1 to 255 printable ASCII characters.',
      'subject',
    );
  }
  await em.execute('select pg_advisory_xact_lock(hashtextextended(?, 5))', [`${issuer}\n${subject}`]);
  const known = await em.findOne(Account, { issuer, subject });
  if (!known) return em.create(Account, { id: newId(), issuer, subject, createdAt: now });
  if (known.closedAt && !viewer.isAdministrator) {
    throw new UserError('WRONG_STATE', 'This account is closed: an administrator opens it again.', 'subject');
  }
  known.closedAt = null;
  return known;
}
