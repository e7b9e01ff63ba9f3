import { type MigrationObject } from '@mikro-orm/core';
import { Migrator } from '@mikro-orm/migrations';
import { defineConfig, type EntitySchema, MikroORM } from '@mikro-orm/postgresql';
import { StartupError } from '../errors.ts';
import { APP_ROLE } from './row-security.ts';

/** How the hub reaches its database. */
export interface DatabaseOptions {
  /** A `postgresql://` URL. */
  url: string;
  /** Connections at most. The embedded database has one session, so one connection. */
  poolSize: number;
  /** Serves requests, under the role that row security binds; or prepares the database as its owner. */
  as: 'app' | 'owner';
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
      ? {
          driverOptions: {
            options: `-c DateStyle=ISO,YMD -c TimeZone=UTC -c jit=off${session(options)}${timeLimit(options)}`,
          },
        }
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
    // Its one session outlives connections, and was the owner's before.
    if (isEmbedded(orm)) {
      await orm.em.getConnection().execute(options.as === 'app' ? `set role ${APP_ROLE}` : 'set role none');
    }
    if (options.as === 'app') await checkRole(orm);
    return orm;
  } catch (error) {
    await orm.close(true).catch(() => undefined);
    if (error instanceof StartupError) throw error;
    throw new StartupError(
      `The database at ${withoutSecret(options.url)} cannot be reached: ${reason(error)}`,
    );
  }
}

/** @throws StartupError when the hub's sessions are not bound by row security: a pooler that drops their role */
async function checkRole(orm: MikroORM): Promise<void> {
  const [row] = await orm.em
    .getConnection()
    .execute<{ user: string; is_bound: boolean }[]>(
      `select current_user as "user", row_security_active('usage_entry') as is_bound`,
    );
  if (row?.is_bound) return;
  throw new StartupError(
    `The hub serves as database user ${row?.user}, whom row security does not bind. A pooler that drops the setting "role" needs: alter role <its user> set role = '${APP_ROLE}'.`,
  );
}

/** Whether a database is the embedded one: its pool has its only session. */
export function isEmbedded(orm: MikroORM): boolean {
  return orm.config.get('pool')?.max === 1;
}

/** Who a server's session is, from its first statement on. The owner prepares as the hub itself. */
function session({ as }: DatabaseOptions): string {
  return as === 'app' ? ` -c role=${APP_ROLE}` : ` -c hub.viewer=system -c hub.scope={"administrator":true}`;
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
