import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import type { MikroORM } from '@mikro-orm/postgresql';
import type { FastifyInstance } from 'fastify';
import type { GraphQLFormattedError, GraphQLSchema } from 'graphql';
import pg from 'pg';
import type { OidcOptions } from '../../src/access/people.ts';
import { ADMINISTRATOR, ANONYMOUS } from '../../src/access/viewer.ts';
import { createHub, openHubOrm } from '../../src/app.ts';
import type { Clock } from '../../src/clock.ts';
import { startEmbeddedDatabase } from '../../src/database/embedded.ts';
import { Language } from '../../src/graphql/language.ts';
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
    as?: { token?: boolean; language?: Language; fieldByField?: boolean },
  ): Promise<Answer>;
  /** Runs an operation as the administrator. */
  write(source: string, variables?: Record<string, unknown>): Promise<Answer>;
  /** Sends SQL past the API, to look at the database or to break a rule on purpose. */
  sql<Row extends object = Record<string, unknown>>(text: string, values?: unknown[]): Promise<Row[]>;
  http: FastifyInstance;
  schema: GraphQLSchema;
  orm: MikroORM;
  /** True on a real server, where requests run side by side. */
  isServer: boolean;
  close(): Promise<void>;
}

let copies = 0;

/** Starts a hub on a fresh copy of the prepared database: with the demonstration data, or empty in operation. */
export async function startTestHub(
  mode: 'demonstration' | 'operation' = 'demonstration',
  options: { clock?: Clock; oidc?: OidcOptions; logLevel?: string; adminToken?: 'off' } = {},
): Promise<TestHub> {
  const database = await copyDatabase(mode);
  const orm = await openHubOrm(database.url, database.poolSize);
  const hub = await createHub(orm, {
    adminToken: options.adminToken === 'off' ? undefined : ADMIN_TOKEN,
    mode,
    logLevel: options.logLevel ?? 'silent',
    oidc: options.oidc,
    prepared: database.isServer,
    ...(options.clock ? { clock: options.clock } : {}),
  });
  const query: TestHub['query'] = async (source, variables = {}, as = {}) => {
    const statements: string[] = [];
    const values: (readonly unknown[])[] = [];
    let execution: Execution | undefined;
    const response = await hub.apollo.executeOperation(
      { query: source, variables },
      {
        contextValue: {
          viewer: as.token ? ADMINISTRATOR : ANONYMOUS,
          language: as.language ?? Language.FR,
          observe: (statement) => {
            statements.push(statement.text);
            values.push(statement.values);
          },
          fieldByField: as.fieldByField,
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
      const pool = await orm.em.getConnection().getNativeClient();
      return (await pool.query(text, values)).rows as Row[];
    },
    http: hub.http,
    schema: hub.schema,
    orm,
    isServer: database.isServer,
    async close() {
      await hub.close();
      await orm.close(true);
      await database.stop();
    },
  };
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
