import type { EntityManager } from '@mikro-orm/postgresql';
import { allow, checkSandbox, mayRun } from '../../../access/rights.ts';
import type { Viewer } from '../../../access/viewer.ts';
import { NotFoundError, UserError } from '../../../errors.ts';
import { SharedService } from '../../service.entity.ts';
import { EmployerGroup } from '../employer-group.entity.ts';

/**
 * The service of a group that a viewer runs.
 * @throws NotFoundError, ForbiddenError, UserError NOT_EMPLOYER_GROUP, SANDBOX_ONLY_SYNTHETIC
 */
export async function groupRunBy(em: EntityManager, viewer: Viewer, key: string): Promise<SharedService> {
  const service = await em.findOne(SharedService, { id: key });
  if (!service) throw new NotFoundError('The service', 'service');
  allow(mayRun(viewer, key), "the group's staff does");
  checkSandbox(viewer, service.provenance, 'service');
  if ((await em.count(EmployerGroup, { service })) === 0) {
    throw new UserError(
      'NOT_EMPLOYER_GROUP',
      'The service has no employer group: set it up first.',
      'service',
    );
  }
  return service;
}

/** Locks a group while its accounts are written: what is settled, or numbered, is so once. */
export async function lockGroup(em: EntityManager, service: string): Promise<void> {
  await em.execute('select g.id from employer_group g where g.service_id = ? for update', [service]);
}

/** The number of a law on a day. @throws UserError LEGAL_PARAMETER_MISSING */
export async function legalValue(em: EntityManager, kind: string, day: string): Promise<string> {
  const [row] = await em.execute<{ value: string | null }[]>('select legal_value(?, ?::date) as value', [
    kind,
    day,
  ]);
  if (row?.value) return row.value;
  throw new UserError(
    'LEGAL_PARAMETER_MISSING',
    `The hub knows no ${kind} of ${day}: an administrator records it.`,
  );
}
