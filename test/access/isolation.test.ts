import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parse } from 'graphql';
import { getMetadataStorage } from 'type-graphql';
import { Role } from '../../src/access/roles.ts';
import type { Viewer } from '../../src/access/viewer.ts';
import { bindings, composeSchema } from '../../src/app.ts';
import { PUBLIC_RECORDS } from '../../src/database/row-security.ts';
import { UnitOfWork } from '../../src/database/unit-of-work.ts';
import { Language } from '../../src/graphql/language.ts';
import { resolverOf } from '../../src/graphql/schema.ts';
import { Bindings, type Executor, JsonText, Reader, readThroughSql } from '../../src/read/index.ts';
import { clock } from '../partners/records.ts';
import { makeWorld, ROLES, type Tenant, type World } from './world.ts';

let world: World;
/** The hub's reads without the predicates that the compiler writes: what the database alone lets through. */
let unguarded: Executor;
/** The hub's reads as they are. */
let guarded: Executor;
let everything: string;

beforeAll(async () => {
  world = await makeWorld();
  const { orm } = world.hub;
  const executor = (guards: boolean): Executor =>
    readThroughSql(composeSchema(new UnitOfWork(orm), 'operation', clock), {
      bindings: new Bindings(
        bindings.map((one) => (guards ? one : { ...one, rule: PUBLIC_RECORDS })),
        orm.getMetadata(),
        { holdsSynthetic: false },
      ),
      reader: new Reader({ pool: () => orm.em.getConnection().getNativeClient(), prepared: false }),
      resolverOf,
    });
  expect(getMetadataStorage().objectTypes.length).toBeGreaterThan(20);
  guarded = executor(true);
  unguarded = executor(false);
  const idsOf = ({ records }: Tenant): string => JSON.stringify(Object.values(records));
  everything = `{
    enrolments(first: 100) { totalCount nodes { id partner { id } history { id } usage { nodes { id } } } }
    usageEntries(first: 100) { totalCount nodes { id quantity partner { id } reversedBy { id } } }
    partners(first: 100) { totalCount nodes { id enrolments { totalCount nodes { id } } usage { totalCount nodes { id } }
      dataSharingAgreements { totalCount nodes { id purpose } } } }
    users: partners(filter: { usesServices: ["${world.other.privateService}"] }) { nodes { id } }
    some: partners(filter: { usesNoService: false }) { nodes { id } }
    sharedServices(first: 100) { nodes { id enrolments { totalCount nodes { id } } usage { totalCount } enrolledByAuthority { count } coverage { served } } }
    federations(first: 100) { nodes { id dataSharingAgreements { totalCount nodes { id } } } }
    own: nodes(ids: ${idsOf(world.own)}) { __typename id }
    other: nodes(ids: ${idsOf(world.other)}) { __typename id }
    usageMetrics(metrics: [OTHER_SERVICE_UNITS, ENROLMENTS_ACTIVE], groupBy: [PARTNER, SERVICE]) { rows { metric dimensions { value } cell { value status } } }
  }`;
}, 120_000);
afterAll(() => world.close());

async function read(executor: Executor, viewer: Viewer): Promise<unknown> {
  const context = { viewer, language: Language.FR };
  const { data, errors } = await executor.execute({ document: parse(everything), context });
  expect(errors).toBeUndefined();
  return data instanceof JsonText ? data.parsed() : data;
}

/** What the other tenant alone has. */
function foreign(): string[] {
  const { Enrolment, EnrolmentEvent, UsageEntry, DataSharingAgreement } = world.other.records;
  return [Enrolment, EnrolmentEvent, UsageEntry, DataSharingAgreement] as string[];
}

describe.each(ROLES)('%s', (role) => {
  test('without the predicates of the compiler the database shows the same, and no foreign row', async () => {
    const viewer = world.viewer(role);
    const ofDatabase = await read(unguarded, viewer);
    expect(ofDatabase).toEqual(await read(guarded, viewer));
    const text = JSON.stringify(ofDatabase);
    const shown = foreign().filter((id) => text.includes(id));
    expect(shown).toEqual(role === Role.HUB_ADMIN ? foreign() : []);
  });

  test('without row security the predicates of the compiler show no foreign row either', async () => {
    const viewer = world.viewer(role);
    const context = { viewer, language: Language.FR };
    const source = `{ enrolments(first: 100) { nodes { id history { id } } } usageEntries(first: 100) { nodes { id } }
      partners(first: 100) { nodes { dataSharingAgreements { nodes { id } } } }
      nodes(ids: ${JSON.stringify(foreign())}) { id } }`;
    const pool = await world.hub.orm.em.getConnection().getNativeClient();
    const client = await pool.connect();
    const asOwner = readThroughSql(composeSchema(new UnitOfWork(world.hub.orm), 'operation', clock), {
      bindings: new Bindings(bindings, world.hub.orm.getMetadata(), { holdsSynthetic: false }),
      reader: new Reader({
        pool: async () =>
          ({
            connect: async () => ({
              query: (question: never) => client.query(question),
              release: () => undefined,
            }),
          }) as never,
        prepared: false,
      }),
      resolverOf,
    });
    try {
      await client.query('set role none');
      const { data, errors } = await asOwner.execute({ document: parse(source), context });
      expect(errors).toBeUndefined();
      const text = JSON.stringify(data instanceof JsonText ? data.parsed() : data);
      const shown = foreign().filter((id) => text.includes(id));
      expect(shown).toEqual(role === Role.HUB_ADMIN ? foreign() : []);
    } finally {
      await client.query('set role hub_app');
      client.release();
    }
  });
});

test('a session that is told of no viewer reads no record', async () => {
  const pool = await world.hub.orm.em.getConnection().getNativeClient();
  const { rows } = await pool.query(`select (select count(*) from usage_entry)::int as entries,
    (select count(*) from counted_fact)::int as counted, (select count(*) from data_sharing_agreement)::int as agreements,
    (select count(*) from idempotency_record)::int as requests`);
  expect(rows).toEqual([{ entries: 0, counted: 0, agreements: 0, requests: 0 }]);
});

test('what a transaction was told is forgotten with it', async () => {
  const pool = await world.hub.orm.em.getConnection().getNativeClient();
  await world.hub.query('{ usageEntries { totalCount } }', {}, { token: true });
  const { rows } = await pool.query(`select coalesce(current_setting('hub.scope', true), '') as scope`);
  expect(rows).toEqual([{ scope: '' }]);
});

describe('10,000 requests with ids that were guessed and cursors that were forged', () => {
  const REQUESTS = 10_000;
  /** Operations in one request would weigh less than a request of its own. */
  test('show a partner not one foreign row', async () => {
    const viewer = world.viewer(Role.PARTNER_EDITOR);
    const { data } = await world.hub.query(
      '{ usageEntries { edges { cursor } } enrolments { edges { cursor } } }',
      {},
      { viewer },
    );
    const cursors = {
      usageEntries: data.usageEntries.edges[0].cursor as string,
      enrolments: data.enrolments.edges[0].cursor as string,
    };
    const uuid = (id: string): string => id.slice(id.lastIndexOf('_') + 1);
    const all = [...Object.values(world.other.records), ...Object.values(world.own.records)];
    const prefixes = [...new Set(all.map((id) => id.slice(0, id.lastIndexOf('_'))))];
    const anyUuid = fc.oneof(fc.constantFrom(...all.map(uuid)), fc.uuid());
    const anyId = fc.oneof(
      fc.constantFrom(...all),
      fc.tuple(fc.constantFrom(...prefixes), anyUuid).map(([prefix, id]) => `${prefix}_${id}`),
    );
    const cursor = (of: keyof typeof cursors) =>
      fc.tuple(fc.integer({ min: 2019, max: 2027 }), anyUuid).map(([year, id]) => {
        const keys = JSON.stringify([`${year}-06-15`, id]);
        return `${cursors[of].split('.')[0]}.${Buffer.from(keys).toString('base64url')}`;
      });
    const request = fc.oneof(
      anyId.map((id) => ({
        source:
          'query ($id: ID!) { node(id: $id) { id ... on Enrolment { partner { id } history { id } } ... on UsageEntry { quantity } } }',
        variables: { id },
      })),
      fc
        .array(anyId, { minLength: 1, maxLength: 5 })
        .map((ids) => ({ source: 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', variables: { ids } })),
      cursor('usageEntries').map((after) => ({
        source: 'query ($after: String) { usageEntries(after: $after) { totalCount nodes { id } } }',
        variables: { after },
      })),
      cursor('enrolments').map((before) => ({
        source:
          'query ($before: String) { enrolments(last: 5, before: $before) { totalCount nodes { id } } }',
        variables: { before },
      })),
      anyId.map((id) => ({
        source: 'query ($id: ID!) { usageEntries(filter: { partner: $id }) { totalCount nodes { id } } }',
        variables: { id },
      })),
      anyId.map((id) => ({
        source: 'query ($id: ID!) { enrolments(filter: { service: $id }) { totalCount nodes { id } } }',
        variables: { id },
      })),
      anyId.map((id) => ({
        source:
          'query ($id: ID!) { usageMetrics(metrics: [OTHER_SERVICE_UNITS], filter: { services: [$id] }, groupBy: [PARTNER]) { rows { dimensions { value } cell { value } } } }',
        variables: { id },
      })),
    );
    // An id in the answer that the request itself did not hold, and that is the other tenant's alone.
    const secrets = foreign().map(uuid);
    for (const { source, variables } of fc.sample(request, { numRuns: REQUESTS, seed: 4 })) {
      const answer = await world.hub.query(source, variables, { viewer });
      const text = JSON.stringify(answer.data ?? null);
      const shown = secrets.filter((id) => text.includes(id));
      if (shown.length > 0)
        throw new Error(`${source} ${JSON.stringify(variables)} showed ${shown}: ${text}`);
      if (text.includes(`"${world.other.partner}"`) && source.includes('usageMetrics')) throw new Error(text);
    }
  }, 300_000);
});
