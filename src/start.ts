import { type AddressInfo, createServer } from 'node:net';
import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';
import { seedDemonstration } from '../seeds/index.ts';
import { loadAdminToken } from './access/admin-token.ts';
import {
  createHub,
  type Hub,
  metricDefinitions,
  openHubOrm,
  overdueOrdersOf,
  releasesOf,
  retentionOf,
} from './app.ts';
import type { Config } from './config.ts';
import { startEmbeddedDatabase } from './database/embedded.ts';
import { HubState } from './database/hub-state.entity.ts';
import { settleMode } from './database/hub-state.ts';
import { isEmbedded } from './database/orm.ts';
import { StartupError } from './errors.ts';
import { Partner } from './partners/partner.entity.ts';
import { installReferenceData } from './reference/install-reference.ts';
import { repeatedly } from './repeatedly.ts';

/** Where progress goes: one line at a time. */
export type Say = (line: string) => void;

/** A database that is up, and how to let it go. */
export interface RunningDatabase {
  url: string;
  poolSize: number;
  stop(): Promise<void>;
}

/** The database of a configuration: a server's, or the embedded one in the data folder. */
export async function openDatabase(config: Config): Promise<RunningDatabase> {
  if (config.databaseUrl)
    return { url: config.databaseUrl, poolSize: config.poolSize, stop: async () => undefined };
  const database = await inDataFolder(config.dataDir, () => startEmbeddedDatabase(config.dataDir));
  return { poolSize: 1, ...database };
}

/** @throws StartupError when the work cannot write in the data folder */
async function inDataFolder<T>(folder: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (!code || !/^(EACCES|EEXIST|ENOENT|ENOSPC|ENOTDIR|EPERM|EROFS)$/.test(code)) throw error;
    throw new StartupError(
      `The data folder ${folder} cannot be written (${code}): set HUB_DATA_DIR to a folder of the user that runs the hub.`,
    );
  }
}

/** Brings a database up to date: migrations, mode, reference data, and the demonstration data once. */
export async function prepareDatabase(orm: MikroORM, mode: Config['mode'], say: Say): Promise<void> {
  // With one connection there is nobody else, and none to spare for the lock.
  if (isEmbedded(orm)) await migrate(orm, say);
  else {
    await orm.em.fork().transactional(async (em) => {
      await takeTurn(em);
      await migrate(orm, say);
    });
  }
  await orm.em.fork().transactional(async (em) => {
    await takeTurn(em);
    await settleMode(em, mode);
    await installReferenceData(em, metricDefinitions);
    if (mode === 'demonstration' && (await em.count(Partner)) === 0) {
      say('Writing the demonstration data: synthetic, made up, not real organisations …');
      await seedDemonstration(em, (line) => say(`  ${line}`));
    }
  });
}

/** Of hubs that start at once on one server, the later ones wait and find the work done. */
async function takeTurn(em: EntityManager): Promise<void> {
  await em.execute(`select pg_advisory_xact_lock(hashtextextended('mutualhub prepare', 0))`);
}

/** @throws StartupError that says why the database refuses */
async function migrate(orm: MikroORM, say: Say): Promise<void> {
  try {
    const pending = await orm.migrator.getPending();
    if (pending.length === 0) return;
    say(`Applying ${pending.length} migrations …`);
    await orm.migrator.up();
  } catch (error) {
    throw new StartupError(`The migrations cannot be applied: ${reason(error)}`, { cause: error });
  }
}

/** What the database itself says, in one line; the ORM puts the whole statement before it. */
function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause ? reason(error.cause) : (error.message.split('\n').at(-1) as string);
}

/** How often orders are looked for that nobody has answered in time. */
const OVERDUE_EVERY_MS = 20_000;
/** A hub that starts may be the first after a pause, or the only one that lives: what waits is looked at at once. */
const OVERDUE_FIRST_MS = 1_000;

/**
 * Starts a hub: database, migrations, data, HTTP.
 * @throws StartupError with one line that says what to change
 */
export async function startHub(
  config: Config,
  say: Say,
): Promise<{ hub: Hub; url: string; stop(): Promise<void> }> {
  // Before anything is written: a port that is taken is known at once.
  await probePort(config);
  const database = await openDatabase(config);
  const cleanUp = [database.stop];
  const stop = async (): Promise<void> => {
    for (const step of cleanUp.toReversed()) await step();
  };
  try {
    // Switched off once others administer the hub: it only bootstraps.
    const { token, isNew } =
      config.adminToken === 'off'
        ? { token: undefined, isNew: false }
        : await inDataFolder(config.dataDir, () => loadAdminToken(config.adminToken, config.dataDir));
    // What prepares the database takes the time that it needs; what answers requests does not.
    const preparing = await openHubOrm(database.url, database.poolSize, 'owner');
    await prepareDatabase(preparing, config.mode, say).finally(() => preparing.close(true));
    const orm = await openHubOrm(database.url, database.poolSize, 'app', config.statementSeconds);
    cleanUp.push(() => orm.close(true));
    const hub = await createHub(orm, {
      adminToken: token,
      oidc: config.oidc,
      mode: config.mode,
      logLevel: config.logLevel,
      listenUrl: config.listenUrl,
      limits: { rates: config.rateLimits, sockets: config.sockets },
      proxies: config.proxies,
      workingHours: config.workingHours,
      sufficiency: config.sufficiency,
      // The embedded database has one session, whose prepared statements outlive a connection.
      prepared: config.prepared && !isEmbedded(orm),
    });
    cleanUp.push(hub.close);
    await listen(hub, config);
    const overdue = overdueOrdersOf(orm, config.workingHours);
    cleanUp.push(
      repeatedly(
        async () => {
          await overdue.run((error) => hub.http.log.error(error));
        },
        (error) => hub.http.log.error(error),
        { first: OVERDUE_FIRST_MS, every: OVERDUE_EVERY_MS },
      ),
    );
    const retention = retentionOf(orm, config.retentionYears);
    cleanUp.push(
      repeatedly(
        // What it did is worth a line only where it did something.
        async () => {
          const lines: string[] = [];
          if ((await retention.run((line) => lines.push(line))) > 0) for (const line of lines) say(line);
        },
        (error) => hub.http.log.error(error),
      ),
    );
    if (config.mode === 'operation') {
      const releases = releasesOf(orm, config.release);
      cleanUp.push(
        repeatedly(
          async () => {
            await releases.run(say);
          },
          (error) => hub.http.log.error(error),
        ),
      );
    }
    const { port } = hub.http.server.address() as AddressInfo;
    const url = `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${port}`;
    const state = await orm.em.fork().findOneOrFail(HubState, { id: 1 });
    welcome(config, url, { newToken: isNew ? token : undefined, isReal: state.holdsRealRows }, say);
    return { hub, url, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function listen(hub: Hub, config: Config): Promise<void> {
  try {
    await hub.http.listen({ port: config.port, host: config.host });
  } catch (error) {
    throw portError(error, config);
  }
}

/** @throws StartupError when the hub could not listen where it is told to */
async function probePort({ port, host }: Config): Promise<void> {
  const probe = createServer();
  try {
    await new Promise<void>((resolve, reject) => {
      probe.once('error', reject);
      probe.listen({ port, host }, resolve);
    });
  } catch (error) {
    throw portError(error, { port, host });
  } finally {
    probe.close();
  }
}

function portError(error: unknown, { port, host }: Pick<Config, 'port' | 'host'>): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE') {
    return new StartupError(
      `Port ${port} on ${host} is taken: stop what uses it, or set PORT to another one.`,
    );
  }
  if (code === 'EACCES' || code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return new StartupError(`The hub cannot listen on ${host}:${port} (${code}): set HOST and PORT.`);
  }
  return error;
}

function welcome(
  config: Config,
  url: string,
  { newToken, isReal }: { newToken: string | undefined; isReal: boolean },
  say: Say,
): void {
  say('');
  say(
    `mutualhub is listening · ${config.mode} mode · ${config.databaseUrl ? 'PostgreSQL server' : `embedded database in ${config.dataDir}`}`,
  );
  say(`  GraphiQL with saved examples   ${url}/graphiql`);
  say(`  GraphQL endpoint               ${url}/graphql`);
  say(`  health                         ${url}/healthz  ${url}/readyz`);
  if (newToken) {
    say('');
    say(`Administrator token, shown this once (kept in ${config.dataDir}/admin-token):`);
    say(`  ${newToken}`);
  } else if (!config.adminToken) {
    say(`  administrator token            in ${config.dataDir}/admin-token`);
  }
  if (config.mode === 'demonstration') {
    say('');
    say(
      isReal
        ? 'This demonstration also holds records that are not synthetic: of those the public sees what is public.'
        : 'Every record here is SYNTHETIC: partners are made up, figures agree with the documents by construction.',
    );
  }
}
