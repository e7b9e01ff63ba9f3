import type { EntityManager } from '@mikro-orm/postgresql';
import { openHubOrm } from '../../src/app.ts';
import { type RollupDifference, rebuildRollups, verifyRollups } from '../../src/metrics/rollup.service.ts';
import type { TestHub } from '../support/hub.ts';

/** What a rollup and a recount from the entries do not agree on. */
export async function rollupDifferences(hub: TestHub): Promise<RollupDifference[]> {
  return (await asOwner(hub, verifyRollups)).differences;
}

/** Counts the rollups from the entries anew. */
export function rebuild(hub: TestHub): Promise<void> {
  return asOwner(hub, rebuildRollups);
}

/** Works as the database's owner: on a server in sessions of its own, on the embedded database in its only one. */
async function asOwner<T>(hub: TestHub, work: (em: EntityManager) => Promise<T>): Promise<T> {
  if (hub.isServer) {
    const orm = await openHubOrm(hub.database.url, 1, 'owner');
    try {
      return await work(orm.em.fork());
    } finally {
      await orm.close(true);
    }
  }
  const connection = hub.orm.em.getConnection();
  await connection.execute(`set role none; set hub.scope = '{"administrator":true}'`);
  try {
    return await work(hub.orm.em.fork());
  } finally {
    await connection.execute('set role hub_app; reset hub.scope');
  }
}
