import type { EntityManager } from '@mikro-orm/postgresql';
import { idempotently } from '../access/idempotency.ts';
import { newMachineToken } from '../access/machine-token.ts';
import type { TokenScope } from '../access/roles.ts';
import type { Viewer } from '../access/viewer.ts';
import type { Clock } from '../clock.ts';
import { newId } from '../database/keys.ts';
import type { UnitOfWork } from '../database/unit-of-work.ts';
import { NotFoundError, UserError } from '../errors.ts';
import { keyOf } from '../ids.ts';
import { AccessToken, Client } from './client.entity.ts';
import { mayManage, scopesBeyond } from './grantable.ts';
import type {
  IssueAccessTokenInput,
  RevokeAccessTokenInput,
  RotateAccessTokenInput,
} from './identity.inputs.ts';
import { earlier, expiryOf, overlapEnd } from './token-lifetime.ts';

const MOST_LIVE = 2;

/** A token that was issued: the whole of it only to the request that issued it. */
export interface IssuedToken {
  id: string;
  secret: string | null;
}

/** Rules and transactions of tokens: issued, replaced, revoked. */
export class TokenService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly onChange: () => void,
  ) {}

  /** Issues a token to a client. */
  issue(viewer: Viewer, input: IssueAccessTokenInput): Promise<IssuedToken> {
    return this.issued(viewer, 'issueAccessToken', input, async (em, now) => {
      const client = await em.findOne(Client, { id: keyOf('client', input.client, 'client') });
      if (!client || !mayManage(viewer, client)) throw new NotFoundError('The client', 'client');
      const scopes = checkedScopes(viewer, input.scopes);
      return this.add(em, {
        client,
        scopes,
        expiresAt: expiryOf(input.expiresAt, now),
        now,
        field: 'client',
      });
    });
  }

  /** Issues a token in place of another, which goes on for some hours. */
  rotate(viewer: Viewer, input: RotateAccessTokenInput): Promise<IssuedToken> {
    return this.issued(viewer, 'rotateAccessToken', input, async (em, now) => {
      const old = await this.managed(em, viewer, keyOf('access_token', input.id, 'id'));
      if (!isLive(old, now)) {
        throw new UserError('WRONG_STATE', 'This token has ended already: issue a new one.', 'id');
      }
      const scopes = checkedScopes(viewer, old.scopes as TokenScope[]);
      const expiresAt = expiryOf(input.expiresAt, now);
      const oldEnd = overlapEnd(input.overlapHours, now);
      const made = await this.add(em, { client: old.client, scopes, expiresAt, now, field: 'id' });
      old.revokedAt = earlier(old.revokedAt, oldEnd);
      await em.flush();
      return made;
    });
  }

  /** Ends a token and answers its key. */
  async revoke(viewer: Viewer, input: RevokeAccessTokenInput): Promise<string> {
    const id = keyOf('access_token', input.id, 'id');
    const request = { viewer, mutation: 'revokeAccessToken', key: input.idempotencyKey, input };
    await idempotently(this.unitOfWork, request, async (em) => {
      const token = await this.managed(em, viewer, id);
      token.revokedAt = earlier(token.revokedAt, this.clock());
      await em.flush();
      return { id };
    });
    this.onChange();
    return id;
  }

  /** Runs what issues a token. A repeat finds the token and no secret: that was in the first answer alone. */
  private async issued(
    viewer: Viewer,
    mutation: string,
    input: { idempotencyKey: string },
    work: (em: EntityManager, now: Date) => Promise<{ id: string; token: string }>,
  ): Promise<IssuedToken> {
    let secret: string | null = null;
    const request = { viewer, mutation, key: input.idempotencyKey, input };
    const { id } = await idempotently(this.unitOfWork, request, async (em) => {
      const made = await work(em, this.clock());
      secret = made.token;
      return { id: made.id };
    });
    this.onChange();
    return { id, secret };
  }

  private async add(
    em: EntityManager,
    of: { client: Client; scopes: TokenScope[]; expiresAt: Date; now: Date; field: string },
  ): Promise<{ id: string; token: string }> {
    const { client, scopes, expiresAt, now, field } = of;
    if (client.closedAt) throw new UserError('WRONG_STATE', 'This client is closed.', field);
    // The same lock as the rule of the database: of two that arrive together the second sees the first.
    await em.execute('select pg_advisory_xact_lock(hashtextextended(?, 4))', [`tokens of ${client.id}`]);
    const live = (await em.find(AccessToken, { client })).filter((token) => isLive(token, now));
    if (live.length >= MOST_LIVE) {
      throw new UserError(
        'TOO_MANY_TOKENS',
        `Two tokens of this client are live (${live.map(({ prefix }) => prefix).join(', ')}): revoke one, or wait until the one that was replaced has ended.`,
        field,
      );
    }
    const { token, prefix, secretHash } = newMachineToken();
    const id = newId();
    em.create(AccessToken, { id, client, prefix, secretHash, scopes, createdAt: now, expiresAt });
    await em.flush();
    return { id, token };
  }

  private async managed(em: EntityManager, viewer: Viewer, id: string): Promise<AccessToken> {
    const token = await em.findOne(AccessToken, { id }, { populate: ['client'] });
    if (!token || !mayManage(viewer, token.client)) throw new NotFoundError('The token', 'id');
    return token;
  }
}

function isLive({ expiresAt, revokedAt }: AccessToken, now: Date): boolean {
  return expiresAt > now && !(revokedAt && revokedAt <= now);
}

/** @throws UserError SCOPES_MISSING, or SCOPE_NOT_HELD: a token never passes on more than it has */
function checkedScopes(viewer: Viewer, scopes: readonly TokenScope[]): TokenScope[] {
  if (scopes.length === 0) {
    throw new UserError(
      'SCOPES_MISSING',
      'Give one scope at least: READ reads what the roles show.',
      'scopes',
    );
  }
  const beyond = scopesBeyond(viewer, scopes);
  if (beyond.length > 0) {
    throw new UserError(
      'SCOPE_NOT_HELD',
      `Your own token lacks ${beyond.join(', ')}: it cannot pass on what it does not have.`,
      'scopes',
    );
  }
  return [...new Set(scopes)].sort();
}
