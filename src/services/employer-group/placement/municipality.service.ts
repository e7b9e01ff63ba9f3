import type { EntityManager } from '@mikro-orm/postgresql';
import { UserError } from '../../../errors.ts';
import type { Partner } from '../../../partners/partner.entity.ts';
import { Territory, TerritoryLevel } from '../../../reference/reference.entity.ts';

/** The municipality that is named, or the partner's own. @throws UserError UNKNOWN_CODE */
export async function municipalityOf(
  em: EntityManager,
  partner: Partner,
  nisCode: string | null | undefined,
): Promise<Territory> {
  if (!nisCode) return partner.municipality as unknown as Territory;
  const found = await em.findOne(Territory, { nisCode, level: TerritoryLevel.MUNICIPALITY });
  if (found) return found;
  throw new UserError(
    'UNKNOWN_CODE',
    `The hub knows no municipality ${JSON.stringify(nisCode.slice(0, 20))}: see \`territories\` for NIS codes.`,
    'municipality',
  );
}
