/**
 * PostGraphile 5 on the hub's tables, set up for speed: no watching, explaining, GraphiQL, websockets or
 * transactions for settings, Grafserv on bare `node:http`, answers made as text, prepared statements.
 * Environment: DATABASE_URL, PORT, POOL.
 */
import { createServer } from 'node:http';
import { grafserv } from 'grafserv/node';
import pg from 'pg';
import { postgraphile } from 'postgraphile';
import { makePgService } from 'postgraphile/adaptors/pg';
import { PostGraphileAmberPreset } from 'postgraphile/presets/amber';

const { DATABASE_URL, PORT, POOL } = process.env;

await addComputedColumns();
const instance = postgraphile({
  extends: [PostGraphileAmberPreset],
  // Relations and orders without an index of their own are wanted too: the hub has them.
  disablePlugins: ['PgIndexBehaviorsPlugin', 'PgMutationCreatePlugin', 'PgMutationUpdateDeletePlugin'],
  pgServices: [
    makePgService({
      connectionString: DATABASE_URL,
      schemas: ['public'],
      pubsub: false,
      // Dates travel as ISO text for every contestant.
      poolConfig: { max: Number(POOL), options: '-c DateStyle=ISO,YMD -c TimeZone=UTC' },
    }),
  ],
  grafast: { explain: false },
  grafserv: { watch: false, graphiql: false, websockets: false, outputDataAsString: true },
});
const server = createServer();
await instance.createServ(grafserv).addTo(server);
server.listen(Number(PORT), '127.0.0.1');
process.once('SIGTERM', () => process.exit());

/** What the hub's localised names are: functions that PostgreSQL puts in line, so that they cost nothing. */
async function addComputedColumns() {
  const client = new pg.Client({ connectionString: DATABASE_URL });
  await client.connect();
  for (const table of ['partner', 'shared_service', 'sector', 'territory']) {
    await client.query(`create or replace function ${table}_name(t ${table}) returns text language sql immutable as
      $$ select coalesce(t.name_fr, t.name_nl, t.name_en, t.name_de) $$`);
  }
  await client.end();
}
