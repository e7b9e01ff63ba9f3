import type { EntityManager } from '@mikro-orm/postgresql';
import { idempotently } from '../access/idempotency.ts';
import type { Viewer } from '../access/viewer.ts';
import type { Clock } from '../clock.ts';
import { newId } from '../database/keys.ts';
import type { UnitOfWork } from '../database/unit-of-work.ts';
import { ForbiddenError, NotFoundError, UserError } from '../errors.ts';
import { keyOf, parseGlobalId } from '../ids.ts';
import { AccessToken, Client } from './client.entity.ts';
import { mayManage } from './grantable.ts';
import type { CloseClientInput, CreateClientInput, RoleInput } from './identity.inputs.ts';
import { grantRoles } from './role.service.ts';
import { earlier } from './token-lifetime.ts';

const LONGEST_NAME = 120;
const MOST_ROLES = 20;
/** Open clients that hold roles for one record. */
const MOST_CLIENTS = 50;

/** Rules and transactions of clients: the tools that speak to the hub. */
export class ClientService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly onChange: () => void,
  ) {}

  /** Creates a client with its roles and answers its key. */
  async create(viewer: Viewer, input: CreateClientInput): Promise<string> {
    const request = { viewer, mutation: 'createClient', key: input.idempotencyKey, input };
    const { id } = await idempotently(this.unitOfWork, request, async (em) => {
      const now = this.clock();
      const isSandbox = input.isSandbox ?? false;
      if (viewer.isSandbox && !isSandbox) {
        throw new ForbiddenError('Your roles do not allow this: a sandbox creates sandboxes alone.');
      }
      checkRoles(input.roles, true);
      for (const reference of new Set(input.roles.flatMap((role) => role.reference ?? []))) {
        await mayHaveOneMore(em, reference);
      }
      const client = em.create(Client, {
        id: newId(),
        name: checkedName(input.name),
        isSandbox,
        createdAt: now,
      });
      await grantRoles(em, viewer, { client }, { roles: input.roles, field: 'roles', now });
      return { id: client.id };
    });
    return id;
  }

  /** Closes a client, ends its tokens, and answers its key. */
  async close(viewer: Viewer, input: CloseClientInput): Promise<string> {
    const id = keyOf('client', input.id, 'id');
    const request = { viewer, mutation: 'closeClient', key: input.idempotencyKey, input };
    await idempotently(this.unitOfWork, request, async (em) => {
      const client = await em.findOne(Client, { id });
      if (!client || !mayManage(viewer, client)) throw new NotFoundError('The client', 'id');
      if (client.closedAt) {
        throw new UserError(
          'WRONG_STATE',
          `It was closed at ${client.closedAt.toISOString()} already.`,
          'id',
        );
      }
      const now = this.clock();
      client.closedAt = now;
      for (const token of await em.find(AccessToken, { client }))
        token.revokedAt = earlier(token.revokedAt, now);
      await em.flush();
      return { id };
    });
    this.onChange();
    return id;
  }
}

/** @throws UserError ROLES_MISSING or TOO_MANY_ROLES */
export function checkRoles(roles: readonly RoleInput[], needsOne: boolean): void {
  if (needsOne && roles.length === 0) {
    throw new UserError('ROLES_MISSING', 'Give one role at least: without one, nobody manages it.', 'roles');
  }
  if (roles.length > MOST_ROLES) {
    throw new UserError(
      'TOO_MANY_ROLES',
      `${roles.length} roles at once: give at most ${MOST_ROLES}, and grant the others after.`,
      'roles',
    );
  }
}

/** @throws UserError TOO_MANY_CLIENTS: each client has points and sockets of its own */
async function mayHaveOneMore(em: EntityManager, reference: string): Promise<void> {
  const key = parseGlobalId(reference)?.id;
  const open = key ? await em.count(Client, { closedAt: null, heldFor: { $contains: [key] } }) : 0;
  if (open < MOST_CLIENTS) return;
  throw new UserError(
    'TOO_MANY_CLIENTS',
    `${MOST_CLIENTS} clients hold roles for this record already: close those that are not in use.`,
    'roles',
  );
}

function checkedName(given: string): string {
  const name = given.normalize('NFC').trim();
  if (!name) throw new UserError('TEXT_MISSING', 'Give the client a name that tells it from others.', 'name');
  if (name.length > LONGEST_NAME) {
    throw new UserError(
      'TEXT_TOO_LONG',
      `A name here has at most ${LONGEST_NAME} characters; this one has ${name.length}.`,
      'name',
    );
  }
  return name;
}
