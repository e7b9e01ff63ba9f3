import type { EntityManager } from '@mikro-orm/postgresql';
import { UserError } from '../errors.ts';
import { Territory, TerritoryLevel } from '../reference/reference.entity.ts';

/** The municipality of a NIS code. @throws UserError UNKNOWN_CODE */
export async function municipalityCalled(em: EntityManager, nisCode: string): Promise<Territory> {
  const found = await em.findOne(Territory, { nisCode, level: TerritoryLevel.MUNICIPALITY });
  if (found) return found;
  throw new UserError(
    'UNKNOWN_CODE',
    `The hub knows no municipality ${JSON.stringify(nisCode.slice(0, 20))}: see \`territories\` for NIS codes.`,
    'municipality',
  );
}
