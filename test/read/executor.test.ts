import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { MikroORM } from '@mikro-orm/postgresql';
import { type DocumentNode, parse } from 'graphql';
import { ADMINISTRATOR, ANONYMOUS, type Viewer } from '../../src/access/viewer.ts';
import { openHubOrm } from '../../src/app.ts';
import { canceller } from '../../src/database/cancel.ts';
import { Partner, Site } from '../../src/partners/partner.entity.ts';
import { type Execution, type Executor, list, type OrderKey, one, sql } from '../../src/read/index.ts';
import { startTestHub, type TestHub } from '../support/hub.ts';
import { type SmallResolvers, smallExecutor } from './small-schema.ts';

/*
 * How operations run, under a small schema of its own: with a field that is slow, and a policy that hides rows under
 * a non-null field, which the hub's own rooms do not have.
 */
const SDL = `
  type Partner { id: ID! headcount: Int! }
  type Site { id: ID! partner: Partner! }
  type Query {
    sites(first: Int!): [Site]
    strictSites: [Site!]!
    slow(seconds: Float!): Partner
    named(slug: String!): Partner
    plain: String
  }`;

const BY_ID: OrderKey<Site>[] = [{ by: (row) => row.id, direction: 'asc', type: 'uuid' }];

const RESOLVERS: SmallResolvers = {
  'Query.sites': ({ first }: { first: number }) => list(Site, { orderBy: BY_ID, limit: first }),
  'Query.strictSites': () => list(Site, { orderBy: BY_ID }),
  'Query.slow': ({ seconds }: { seconds: number }) =>
    one(Partner, () => sql`exists (select from pg_sleep(${seconds}::float8))`),
  'Query.named': ({ slug }: { slug: string }) => one(Partner, (row) => sql`${row.slug} = ${slug}::text`),
  'Query.plain': () => 'known without the database',
};

let hub: TestHub;
/** On a server, with two connections and a time limit that a test can wait for. */
let orm: MikroORM;
beforeAll(async () => {
  hub = await startTestHub();
  orm = hub.isServer ? await openHubOrm(hub.orm.config.get('clientUrl') as string, 2, 'app', 2) : hub.orm;
});
afterAll(async () => {
  if (orm !== hub.orm) await orm.close(true);
  await hub.close();
});

function executorWith(options: { prepared: boolean } = { prepared: false }): Executor {
  const cancel = hub.isServer ? canceller(orm.config.get('clientUrl') as string) : undefined;
  return smallExecutor(orm, SDL, RESOLVERS, { cancel, ...options });
}

interface Ran {
  // biome-ignore lint/suspicious/noExplicitAny: the shape of the data is the test's own question
  data: any;
  errors: readonly { message: string; path?: readonly (string | number)[] | undefined }[];
  execution: Execution | undefined;
}

const documents = new Map<string, DocumentNode>();

async function run(
  executor: Executor,
  source: string,
  {
    variables = {},
    viewer = ADMINISTRATOR,
    ...context
  }: { variables?: object; viewer?: Viewer; onGone?: (listener: () => void) => () => void } = {},
): Promise<Ran> {
  const document = documents.get(source) ?? parse(source);
  documents.set(source, document);
  let execution: Execution | undefined;
  const { data, errors = [] } = await executor.execute({
    document,
    variables: variables as Record<string, unknown>,
    context: {
      viewer,
      onExecution: (way) => {
        execution = way;
      },
      ...context,
    },
  });
  return { data: JSON.parse(JSON.stringify(data ?? null)), errors, execution };
}

describe('a hidden row under a non-null field', () => {
  const NULLED = /^Cannot return null for non-nullable field Site\.partner\.$/;

  test('is an error at its place, and makes null what GraphQL says', async () => {
    const executor = executorWith();
    const source = '{ sites(first: 60) { id partner { headcount } } }';
    const all = await run(executor, source);
    expect(all.execution).toEqual({ whole: true });
    const seen = await run(executor, source, { viewer: ANONYMOUS });
    expect(seen.execution).toEqual({ whole: false, why: 'something is missing where null has a meaning' });
    const hidden: number[] = [];
    for (const [index, site] of all.data.sites.entries()) {
      if (site.partner.headcount >= 50) hidden.push(index);
      expect(seen.data.sites[index]).toEqual(site.partner.headcount >= 50 ? null : site);
    }
    expect(hidden.length).toBeGreaterThan(0);
    expect(hidden.length).toBeLessThan(60);
    expect(seen.errors.map(({ path }) => path)).toEqual(hidden.map((index) => ['sites', index, 'partner']));
    for (const { message } of seen.errors) expect(message).toMatch(NULLED);
  });

  test('takes all the data with it where everything above is non-null', async () => {
    const { data, errors } = await run(executorWith(), '{ strictSites { partner { id } } }', {
      viewer: ANONYMOUS,
    });
    expect(data).toBeNull();
    expect(errors[0]?.message).toMatch(NULLED);
  });
});

describe('one function decides how an operation runs, and says why', () => {
  test.each([
    ['{ sites(first: 1) { id } }', { whole: true }],
    ['{ a: sites(first: 1) { id } b: sites(first: 2) { id } __typename }', { whole: true }],
    ['{ plain }', { whole: false, why: 'nothing of it is in the database' }],
    ['{ __schema { types { name } } }', { whole: false, why: '__schema is answered without the database' }],
    ['query ($n: Int!) { sites(first: $n) { id } }', { whole: false, why: 'its variables are refused' }],
    ['query A { plain } query B { plain }', { whole: false, why: 'the operation is not named' }],
  ])('%s', async (source, way) => {
    expect((await run(executorWith(), source)).execution).toEqual(way);
  });
});

/** The embedded database has one session, prepares nothing and cannot be told to stop. */
const onAServer = process.env.HUB_TEST_DATABASE_URL ? test : test.skip;

describe('prepared statements', () => {
  const NAMED = "select name from pg_prepared_statements where name like 'hub\\_%'";

  /** What the connections of the pool hold; both are asked, because a pool gives the last one first. */
  async function held(): Promise<string[][]> {
    const pool = await orm.em.getConnection().getNativeClient();
    const clients = [await pool.connect(), await pool.connect()];
    const names = await Promise.all(clients.map((client) => client.query(NAMED)));
    for (const client of clients) client.release();
    return names.map(({ rows }) => rows.map(({ name }) => name));
  }

  const ask = async (executor: Executor, source: string, times: number): Promise<void> => {
    for (let time = 0; time < times; time++) {
      await run(executor, source, { variables: { slug: `slug-${time}` } });
    }
  };

  onAServer('are made of what comes again, whatever its values, and not of what comes once', async () => {
    const before = (await held()).flat().length;
    const executor = executorWith({ prepared: true });
    await ask(executor, 'query ($slug: String!) { named(slug: $slug) { id } }', 3);
    expect((await held()).flat()).toHaveLength(before);
    await ask(executor, 'query ($slug: String!) { named(slug: $slug) { id } }', 3);
    expect((await held()).flat()).toHaveLength(before + 1);
  });

  onAServer('are not made where the connections are a pooler’s', async () => {
    const before = (await held()).flat().length;
    await ask(executorWith({ prepared: false }), 'query ($slug: String!) { named(slug: $slug) { id } }', 9);
    expect((await held()).flat()).toHaveLength(before);
  });

  onAServer(
    'do not pile up on a connection, whatever a client sends',
    async () => {
      const executor = executorWith({ prepared: true });
      for (let n = 0; n < 450; n++) {
        await ask(executor, `query ($slug: String!) { named(slug: $slug) { a${n}: id } }`, 4);
      }
      for (const names of await held()) expect(names.length).toBeLessThanOrEqual(200);
    },
    60_000,
  );
});

describe('a statement that takes long', () => {
  const SLOW = 'query ($seconds: Float!) { slow(seconds: $seconds) { id } }';

  onAServer('is ended by the database after its time, and the client told what to change', async () => {
    const started = Date.now();
    const { data, errors } = await run(executorWith(), SLOW, { variables: { seconds: 20 } });
    expect(data).toEqual({ slow: null });
    expect(errors.map(({ message }) => message)).toEqual([
      expect.stringMatching(/longer than the hub allows/),
    ]);
    expect(Date.now() - started).toBeLessThan(10_000);
  });

  onAServer('is not run a second time field by field', async () => {
    const started = Date.now();
    const { data, errors } = await run(
      executorWith(),
      'query ($s: Float!) { a: slow(seconds: $s) { id } b: slow(seconds: $s) { id } }',
      { variables: { s: 20 } },
    );
    expect(data).toBeNull();
    expect(errors).toHaveLength(1);
    expect(Date.now() - started).toBeLessThan(3_900);
  });

  onAServer(
    'is ended when nobody waits for it any more, and its connection serves the next one',
    async () => {
      const executor = executorWith();
      const leave: (() => void)[] = [];
      const onGone = (listener: () => void): (() => void) => {
        leave.push(listener);
        return () => undefined;
      };
      const slow = run(executor, SLOW, { variables: { seconds: 1.9 }, onGone });
      while (leave.length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
      const running =
        "select count(*)::int as n from pg_stat_activity where query like '%pg_sleep%' and state = 'active' and pid <> pg_backend_pid() and datname = current_database()";
      expect(await hub.sql(running)).toEqual([{ n: 1 }]);
      for (const listener of leave) listener();
      expect((await slow).errors).toHaveLength(1);
      expect(await hub.sql(running)).toEqual([{ n: 0 }]);
      for (let time = 0; time < 4; time++) {
        expect((await run(executor, '{ sites(first: 1) { id } }')).errors).toEqual([]);
      }
    },
  );
});
