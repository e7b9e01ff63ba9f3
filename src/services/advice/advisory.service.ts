import type { EntityManager } from '@mikro-orm/postgresql';
import { NotFoundError, UserError } from '../../errors.ts';
import { ServiceKind, SharedService } from '../service.entity.ts';

const ADVISORY: readonly ServiceKind[] = [ServiceKind.PREVENTION, ServiceKind.DIVERSITY];

/** A service that advises. @throws NotFoundError, UserError WRONG_SERVICE_KIND */
export async function advisoryService(em: EntityManager, key: string): Promise<SharedService> {
  const service = await em.findOne(SharedService, { id: key });
  if (!service) throw new NotFoundError('The service', 'service');
  if (ADVISORY.includes(service.kind)) return service;
  throw new UserError('WRONG_SERVICE_KIND', 'Give a service of prevention or of diversity.', 'service');
}
