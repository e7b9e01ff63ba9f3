import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';
import { type Change, collectChanges } from './changes.ts';

/** Who writes, as the database is told. */
export interface Writer {
  readonly principal: string;
  readonly scope: string;
}

/** Writes down what a mutation changed, in its own transaction. */
export type KeepTrail = (
  em: EntityManager,
  of: { principal: string; mutation: string },
  changes: readonly Change[],
) => Promise<void>;

/** The way to write: everything that happens in one call is saved together or not at all. */
export class UnitOfWork {
  constructor(
    private readonly orm: MikroORM,
    private readonly keepTrail?: KeepTrail,
  ) {}

  /**
   * Runs `work` in one transaction with its own identity map, and commits what it changed. The database knows who
   * writes and refuses rows beyond the writer's reach.
   * @param mutation what the trail says that it was; what has no name leaves none.
   */
  run<T>(writer: Writer, work: (em: EntityManager) => Promise<T>, mutation?: string): Promise<T> {
    const em = this.orm.em.fork({ freshEventManager: true });
    em.setSessionContext({ variables: { 'hub.viewer': writer.principal, 'hub.scope': writer.scope } });
    return em.transactional(async (inside) => {
      const changes = collectChanges(inside);
      const result = await work(inside);
      if (this.keepTrail && mutation) {
        await inside.flush();
        await this.keepTrail(inside, { principal: writer.principal, mutation }, changes.all);
      }
      return result;
    });
  }
}
