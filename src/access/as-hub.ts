import type { EntityManager } from '@mikro-orm/postgresql';
import { SYSTEM, type Viewer } from './viewer.ts';

/**
 * Does within a viewer's transaction what is the hub's own part of it: what follows from the viewer's step by rule, and
 * needs records that the viewer does not see. What the viewer did is written before, under its own rights.
 */
export async function asHub<T>(em: EntityManager, viewer: Viewer, work: () => Promise<T>): Promise<T> {
  await em.flush();
  const be = (scope: string): Promise<unknown> =>
    em.execute(`select set_config('hub.scope', ?, true)`, [scope]);
  await be(SYSTEM.scope);
  // What fails ends the transaction, and the scope with it.
  const result = await work();
  await em.flush();
  await be(viewer.scope);
  return result;
}
