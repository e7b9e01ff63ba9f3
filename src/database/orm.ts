import { type MigrationObject } from '@mikro-orm/core';
import { Migrator } from '@mikro-orm/migrations';
import { defineConfig, type EntitySchema, MikroORM } from '@mikro-orm/postgresql';
import { StartupError } from '../errors.ts';

/** How the hub reaches its database. */
export interface DatabaseOptions {
  /** A `postgresql://` URL. */
  url: string;
  /** Connections at most. The embedded database has one session, so one connection. */
  poolSize: number;
  /** Longest that a statement may run on a server; as long as it takes without. */
  statementSeconds?: number | undefined;
  entities: readonly EntitySchema[];
  migrations: readonly MigrationObject[];
}

/** The ORM's configuration, the same for the hub, its commands and the tests. */
export function ormConfig(options: DatabaseOptions) {
  return defineConfig({
    entities: [...options.entities],
    clientUrl: options.url,
    // A URL for a Unix socket names its folder in the `host` parameter, which the ORM does not read.
    ...socketHost(options.url),
    // A pool of one is the embedded database, whose only session stays open.
    pool: { min: 0, max: options.poolSize, idleTimeoutMillis: options.poolSize === 1 ? 0 : 30_000 },
    // Dates travel as text: whatever the role's settings, they are ISO days and UTC instants. Compiling a
    // statement to machine code takes longer than these short statements run.
    ...(options.poolSize > 1
      ? { driverOptions: { options: `-c DateStyle=ISO,YMD -c TimeZone=UTC -c jit=off${timeLimit(options)}` } }
      : {}),
    extensions: [Migrator],
    migrations: {
      migrationsList: [...options.migrations],
      tableName: 'hub_migration',
      // The snapshot of the entities' schema stands beside the migrations: a migration is the difference to it.
      silent: true,
      path: 'migrations',
      emit: 'ts',
      snapshot: true,
      snapshotName: 'schema-snapshot',
      // It says what the entities are, and never what a migrated database looks like.
      snapshotOnMigrate: false,
      // Every migration commits by itself: a failed one leaves the earlier ones in place.
      allOrNothing: false,
    },
    // Every request has its own fork; the global one would mix their units of work.
    allowGlobalContext: false,
    forceUtcTimezone: true,
    discovery: { checkDuplicateTableNames: true },
    // A database that is not there is a mistake in its address, and no wish for a new one.
    ensureDatabase: false,
  });
}

/**
 * Connects, and says in one line why it cannot.
 * @throws StartupError when the server does not answer, refuses, or is older than PostgreSQL 15.
 */
export async function openOrm(options: DatabaseOptions): Promise<MikroORM> {
  const orm = await MikroORM.init(ormConfig(options));
  try {
    const [row] = await orm.em
      .getConnection()
      .execute<{ version: number }[]>(`select current_setting('server_version_num')::int as version`);
    if (row && row.version < 150_000) {
      throw new StartupError(
        `The database server is PostgreSQL ${Math.floor(row.version / 10_000)}; the hub needs 15 or newer.`,
      );
    }
    return orm;
  } catch (error) {
    await orm.close(true).catch(() => undefined);
    if (error instanceof StartupError) throw error;
    throw new StartupError(
      `The database at ${withoutSecret(options.url)} cannot be reached: ${reason(error)}`,
    );
  }
}

/** Whether a database is the embedded one: its pool has its only session. */
export function isEmbedded(orm: MikroORM): boolean {
  return orm.config.get('pool')?.max === 1;
}

function timeLimit({ statementSeconds }: DatabaseOptions): string {
  return statementSeconds ? ` -c statement_timeout=${statementSeconds}s` : '';
}

function socketHost(url: string): { host?: string } {
  const host = new URL(url).searchParams.get('host');
  return host ? { host } : {};
}

function withoutSecret(url: string): string {
  try {
    const parsed = new URL(url);
    return `${parsed.hostname || 'a local socket'}${parsed.port ? `:${parsed.port}` : ''}${parsed.pathname}`;
  } catch {
    return 'DATABASE_URL';
  }
}

function reason(error: unknown): string {
  const text =
    error instanceof Error ? error.message || (error as { code?: string }).code || error.name : String(error);
  return text.split('\n')[0] as string;
}
