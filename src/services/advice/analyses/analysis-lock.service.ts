import type { EntityManager } from '@mikro-orm/postgresql';

/** Two that change an analysis, or its groups, are one after the other. */
export async function lockAnalysis(em: EntityManager, key: string): Promise<void> {
  await em.execute('select a.id from risk_analysis a where a.id = ? for no key update', [key]);
}
