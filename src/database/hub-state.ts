import type { EntityManager } from '@mikro-orm/postgresql';
import { StartupError } from '../errors.ts';
import { HubState } from './hub-state.entity.ts';

/**
 * Settles the mode of the hub's data. A hub in operation takes no synthetic record and does not start on a
 * database that holds one; a demonstration hub does not start on the records of a hub in operation.
 * @throws StartupError
 */
export async function settleMode(em: EntityManager, mode: 'demonstration' | 'operation'): Promise<void> {
  const state = await em.findOneOrFail(HubState, { id: 1 });
  if (mode === 'operation') {
    const [row] = await em.execute<{ synthetic: boolean }[]>(
      `select exists (select from partner where provenance = 'SYNTHETIC') or exists (select from federation where provenance = 'SYNTHETIC')
        or exists (select from shared_service where provenance = 'SYNTHETIC') or exists (select from provider where provenance = 'SYNTHETIC') as synthetic`,
    );
    if (row?.synthetic) {
      throw new StartupError(
        'This database holds synthetic demonstration data, and a hub in operation refuses it: give an empty database, or set HUB_MODE=demonstration.',
      );
    }
  }
  if (mode === 'demonstration' && state.holdsRealRows && !state.acceptsSynthetic) {
    throw new StartupError(
      'This database holds the real records of a hub in operation, and a demonstration refuses them: give another database, or set HUB_MODE=operation.',
    );
  }
  state.acceptsSynthetic = mode === 'demonstration';
  await em.flush();
}
