import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import type { MikroORM } from '@mikro-orm/postgresql';
import type { FastifyInstance } from 'fastify';
import type { GraphQLFormattedError, GraphQLSchema } from 'graphql';
import pg from 'pg';
import type { Meter } from '../../src/access/meter.ts';
import type { OidcOptions } from '../../src/access/people.ts';
import { ADMINISTRATOR, ANONYMOUS, type Viewer } from '../../src/access/viewer.ts';
import { createHub, openHubOrm } from '../../src/app.ts';
import type { Clock } from '../../src/clock.ts';
import { startEmbeddedDatabase } from '../../src/database/embedded.ts';
import { Language } from '../../src/graphql/language.ts';
import type { LimitOptions } from '../../src/limits/index.ts';
import type { Live } from '../../src/live/index.ts';
import { type Execution, JsonText } from '../../src/read/index.ts';

export const ADMIN_TOKEN = 'a-token-for-tests-only-4Zk2PqW9';

/** What a GraphQL operation gave, with the read statements that it took. */
export interface Answer {
  // biome-ignore lint/suspicious/noExplicitAny: the shape of the data is the test's own question
  data: any;
  errors: readonly GraphQLFormattedError[] | undefined;
  /** Texts of the read statements that were sent. */
  statements: string[];
  /** Their values. */
  values: (readonly unknown[])[];
  /** How it ran. */
  execution: Execution | undefined;
}

/** A hub on a database of its own, spoken to through its public API. */
export interface TestHub {
  /** Runs an operation in process, with Apollo's validation and error formatting. */
  query(
    source: string,
    variables?: Record<string, unknown>,
    as?: {
      token?: boolean;
      viewer?: Viewer;
      language?: Language;
      fieldByField?: boolean;
      meter?: Meter | undefined;
    },
  ): Promise<Answer>;
  /** Runs an operation as the administrator. */
  write(source: string, variables?: Record<string, unknown>): Promise<Answer>;
  /** Sends SQL past the API, to look at the database or to break a rule on purpose. */
  sql<Row extends object = Record<string, unknown>>(text: string, values?: unknown[]): Promise<Row[]>;
  http: FastifyInstance;
  /** What subscriptions are told through. */
  live: Live;
  schema: GraphQLSchema;
  orm: MikroORM;
  /** How its database is reached. */
  database: { url: string; poolSize: number };
  /** True on a real server, where requests run side by side. */
  isServer: boolean;
  close(): Promise<void>;
}

let copies = 0;

/** Starts a hub on a fresh copy of the prepared database: with the demonstration data, or empty in operation. */
export async function startTestHub(
  mode: 'demonstration' | 'operation' = 'demonstration',
  options: {
    clock?: Clock;
    limits?: LimitOptions;
    proxies?: number;
    /** A hub on a server, on whose database this one works too. */
    beside?: TestHub;
    oidc?: OidcOptions;
    logLevel?: string;
    adminToken?: 'off';
  } = {},
): Promise<TestHub> {
  const { beside, adminToken, logLevel = 'silent', ...rest } = options;
  const database = beside ? databaseOf(beside) : await copyDatabase(mode);
  const orm = await openHubOrm(database.url, database.poolSize, 'app');
  const hub = await createHub(orm, {
    adminToken: adminToken === 'off' ? undefined : ADMIN_TOKEN,
    mode,
    logLevel,
    oidc: undefined,
    prepared: database.isServer,
    ...rest,
  });
  const query: TestHub['query'] = async (source, variables = {}, as = {}) => {
    const statements: string[] = [];
    const values: (readonly unknown[])[] = [];
    let execution: Execution | undefined;
    const response = await hub.apollo.executeOperation(
      { query: source, variables },
      {
        contextValue: {
          viewer: as.viewer ?? (as.token ? ADMINISTRATOR : ANONYMOUS),
          language: as.language ?? Language.FR,
          observe: (statement) => {
            statements.push(statement.text);
            values.push(statement.values);
          },
          fieldByField: as.fieldByField,
          meter: as.meter,
          onExecution: (way) => {
            execution = way;
          },
        },
      },
    );
    if (response.body.kind !== 'single') throw new Error('Incremental answers are not in use');
    const { data, errors } = response.body.singleResult as { data?: unknown; errors?: Answer['errors'] };
    return { data: data instanceof JsonText ? data.parsed() : data, errors, statements, values, execution };
  };
  return {
    query,
    write: (source, variables) => query(source, variables, { token: true }),
    async sql<Row extends object>(text: string, values: unknown[] = []) {
      // As the owner, past row security, on a connection that nobody else has meanwhile.
      const pool = await orm.em.getConnection().getNativeClient();
      const client = await pool.connect();
      try {
        await client.query('set role none');
        return (await client.query(text, values)).rows as Row[];
      } finally {
        await client.query('set role hub_app');
        client.release();
      }
    },
    http: hub.http,
    live: hub.live,
    schema: hub.schema,
    orm,
    database,
    isServer: database.isServer,
    async close() {
      await hub.close();
      await orm.close(true);
      await database.stop();
    },
  };
}

function databaseOf({ orm }: TestHub): Awaited<ReturnType<typeof copyDatabase>> {
  const url = orm.config.get('clientUrl') as string;
  return { url, poolSize: 8, isServer: true, stop: async () => undefined };
}

async function copyDatabase(
  mode: string,
): Promise<{ url: string; poolSize: number; isServer: boolean; stop(): Promise<void> }> {
  const { HUB_TEST_DATABASE_URL: server, HUB_TEST_FOLDER: folder, HUB_TEST_RUN: run } = process.env;
  copies += 1;
  const name = `${run}_${mode}_${process.env.JEST_WORKER_ID}_${Date.now() % 1_000_000}_${copies}`;
  if (!server) {
    const copy = join(folder as string, name);
    await cp(join(folder as string, mode), copy, { recursive: true });
    return { ...(await startEmbeddedDatabase(copy)), poolSize: 1, isServer: false };
  }
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  // Two copies of one template cannot be made at the same moment.
  await client.query(`select pg_advisory_lock(hashtext('${run}'))`);
  await client.query(`create database ${name} template ${run}_${mode}`);
  await client.end();
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, poolSize: 8, isServer: true, stop: async () => undefined };
}
