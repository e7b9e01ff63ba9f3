import type { EntityManager } from '@mikro-orm/postgresql';
import { NotFoundError, UserError } from '../../errors.ts';
import { ServiceKind, SharedService } from '../service.entity.ts';

const ADVISORY: readonly ServiceKind[] = [ServiceKind.PREVENTION, ServiceKind.DIVERSITY];

/** A service that advises, of one of these kinds. @throws NotFoundError, UserError WRONG_SERVICE_KIND */
export async function advisoryService(
  em: EntityManager,
  key: string,
  kinds: readonly ServiceKind[] = ADVISORY,
): Promise<SharedService> {
  const service = await em.findOne(SharedService, { id: key });
  if (!service) throw new NotFoundError('The service', 'service');
  if (kinds.includes(service.kind)) return service;
  throw new UserError('WRONG_SERVICE_KIND', `Give a service of the kind ${kinds.join(' or ')}.`, 'service');
}
