import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';

/** Who writes, as the database is told. */
export interface Writer {
  readonly principal: string;
  readonly scope: string;
}

/** The way to write: everything that happens in one call is saved together or not at all. */
export class UnitOfWork {
  constructor(private readonly orm: MikroORM) {}

  /**
   * Runs `work` in one transaction with its own identity map, and commits what it changed. The database knows who
   * writes and refuses rows beyond the writer's reach.
   */
  run<T>(writer: Writer, work: (em: EntityManager) => Promise<T>): Promise<T> {
    const em = this.orm.em.fork();
    em.setSessionContext({ variables: { 'hub.viewer': writer.principal, 'hub.scope': writer.scope } });
    return em.transactional(work);
  }
}
