/**
 * What the servers cost alone: the hub's own Apollo Server and Fastify with one answer that stays the same, and
 * no database. Environment: PORT, HUB (folder of the hub), ANSWER (JSON text of `data`), HUB_ADMIN_TOKEN.
 */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const { PORT, HUB, ANSWER, HUB_ADMIN_TOKEN } = process.env;
const ofHub = (path) => import(pathToFileURL(join(HUB, path)).href);

const { composeSchema } = await ofHub('dist/src/app.js');
const schema = composeSchema(undefined, 'operation', () => new Date());
const { Authenticator } = await ofHub('dist/src/access/authenticator.js');
const { JsonText } = await ofHub('dist/src/read/index.js');

const parts = {
  schema,
  authenticator: new Authenticator({ adminToken: HUB_ADMIN_TOKEN, clock: () => new Date() }),
  readiness: async () => ({ ready: true }),
  graphiqlDir: 'none',
  logLevel: 'warn',
};
const http = JsonText ? await serverOfHub(new JsonText(ANSWER)) : await serverLikeIt(JSON.parse(ANSWER));
await http.listen({ port: Number(PORT), host: '127.0.0.1' });
process.once('SIGTERM', () => process.exit());

async function serverOfHub(data) {
  const { createServer } = await ofHub('dist/src/http/server.js');
  const executor = { execute: async () => ({ data }) };
  return (await createServer({ ...parts, executor })).http;
}

/** For a hub whose server does not take an executor yet: the same parts, put together here. */
async function serverLikeIt(data) {
  const { ApolloServer } = await ofHub('node_modules/@apollo/server/dist/esm/index.js');
  const disabled = await ofHub('node_modules/@apollo/server/dist/esm/plugin/disabled/index.js');
  const { fastifyApolloDrainPlugin, fastifyApolloHandler } = await ofHub(
    'node_modules/@as-integrations/fastify/build/esm/index.js',
  );
  const { default: Fastify } = await ofHub('node_modules/fastify/fastify.js');
  const app = Fastify({ logger: false });
  const apollo = new ApolloServer({
    gateway: {
      onSchemaLoadOrUpdate: (callback) => {
        callback({ apiSchema: schema, coreSupergraphSdl: '' });
        return () => undefined;
      },
      load: async () => ({ executor: async () => ({ data }) }),
      stop: async () => undefined,
    },
    stopOnTerminationSignals: false,
    plugins: [
      disabled.ApolloServerPluginCacheControlDisabled(),
      disabled.ApolloServerPluginLandingPageDisabled(),
      fastifyApolloDrainPlugin(app),
    ],
  });
  await apollo.start();
  const context = async (request) => ({
    viewer: await parts.authenticator.viewer(request.headers.authorization),
  });
  app.post('/graphql', fastifyApolloHandler(apollo, { context }));
  return app;
}
