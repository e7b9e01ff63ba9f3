import type { EntityManager } from '@mikro-orm/postgresql';
import type { Partner } from '../../../partners/partner.entity.ts';
import type { Territory } from '../../../reference/reference.entity.ts';
import { municipalityCalled } from '../../municipality.service.ts';

/** The municipality that is named, or the partner's own. @throws UserError UNKNOWN_CODE */
export async function municipalityOf(
  em: EntityManager,
  partner: Partner,
  nisCode: string | null | undefined,
): Promise<Territory> {
  return nisCode ? municipalityCalled(em, nisCode) : (partner.municipality as unknown as Territory);
}
