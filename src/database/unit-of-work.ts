import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';

/** The way to write: everything that happens in one call is saved together or not at all. */
export class UnitOfWork {
  constructor(private readonly orm: MikroORM) {}

  /** Runs `work` in one transaction with its own identity map, and commits what it changed. */
  run<T>(work: (em: EntityManager) => Promise<T>): Promise<T> {
    return this.orm.em.fork().transactional(work);
  }
}
