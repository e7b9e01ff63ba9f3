import type { EntityManager } from '@mikro-orm/postgresql';
import { StartupError } from '../errors.ts';
import { HubState } from './hub-state.entity.ts';

/**
 * Settles the mode of the hub's data, once: a database of a demonstration never becomes one in operation, nor
 * the other way round, whatever it holds so far.
 * @throws StartupError when the database was prepared for the other mode
 */
export async function settleMode(em: EntityManager, mode: 'demonstration' | 'operation'): Promise<void> {
  const state = await em.findOneOrFail(HubState, { id: 1 });
  if (state.mode && state.mode !== mode) {
    throw new StartupError(
      state.mode === 'demonstration'
        ? 'This database holds synthetic demonstration data, and a hub in operation refuses it: give an empty database, or set HUB_MODE=demonstration.'
        : 'This database belongs to a hub in operation, and a demonstration refuses it: give another database, or set HUB_MODE=operation.',
    );
  }
  state.mode = mode;
  state.acceptsSynthetic = mode === 'demonstration';
  await em.flush();
}
