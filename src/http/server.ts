import { ApolloServer } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled';
import { fastifyApolloDrainPlugin, fastifyApolloHandler } from '@as-integrations/fastify';
import fastifyWebsocket from '@fastify/websocket';
import Fastify, { type FastifyInstance, type FastifyRequest, LogController } from 'fastify';
import { execute, GraphQLError, type GraphQLSchema } from 'graphql';
import type { Authenticator } from '../access/admin-token.ts';
import { UnauthenticatedError } from '../errors.ts';
import type { HubContext } from '../graphql/context.ts';
import { formatError } from '../graphql/errors.ts';
import { preferredLanguage } from '../graphql/language.ts';
import { refuseInOneShape } from './errors.ts';
import { routeGraphiql } from './graphiql.ts';
import { type Readiness, routeHealth } from './health.ts';
import { LARGEST_BODY, MOST_TOKENS } from './limits.ts';
import { websocketHandler } from './websocket.ts';

/** What the HTTP server is made of. */
export interface ServerParts {
  schema: GraphQLSchema;
  authenticator: Authenticator;
  /** Whether the database answers and its migrations are current; the reason when not. */
  readiness: Readiness;
  /** Folder of the bundled GraphiQL; the route is left out where it has not been built. */
  graphiqlDir: string;
  logLevel: string;
}

/** The HTTP side of the hub: GraphQL over POST, GET and WebSocket, GraphiQL, and health. */
export async function createServer(
  parts: ServerParts,
): Promise<{ http: FastifyInstance; apollo: ApolloServer<HubContext> }> {
  const http = Fastify({
    logger: parts.logLevel === 'silent' ? false : { level: parts.logLevel },
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: LARGEST_BODY,
    // For a request to arrive, not to be answered.
    requestTimeout: 30_000,
    forceCloseConnections: 'idle',
  });
  const log = (error: unknown): void => http.log.error(error);
  refuseInOneShape(http, log);
  endConnectionsOnClose(http);

  const apollo = new ApolloServer<HubContext>({
    // A gateway may bring its own executor, without Apollo's instrumentation of every field.
    gateway: {
      onSchemaLoadOrUpdate: (callback) => {
        callback({ apiSchema: parts.schema, coreSupergraphSdl: '' });
        return () => undefined;
      },
      load: async () => ({
        executor: async ({ document, request, context, operationName }) =>
          execute({
            schema: parts.schema,
            document,
            contextValue: context,
            variableValues: request.variables ?? {},
            operationName,
            options: { maxCoercionErrors: 1 },
          }) as never,
      }),
      stop: async () => undefined,
    },
    parseOptions: { maxTokens: MOST_TOKENS },
    introspection: true,
    // The process stops the hub; Apollo would send the signal again and end it before the database is closed.
    stopOnTerminationSignals: false,
    includeStacktraceInErrorResponses: false,
    formatError: (formatted, error) => formatError(formatted, error, log),
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      fastifyApolloDrainPlugin(http),
    ],
    logger: {
      debug() {},
      info() {},
      warn: (message) => http.log.warn(message),
      error: (message) => http.log.error(message),
    },
  });
  await apollo.start();

  await http.register(fastifyWebsocket, { options: { maxPayload: LARGEST_BODY } });
  const handler = fastifyApolloHandler(apollo, {
    context: async (request) => contextOf(parts.authenticator, request),
  });
  http.route({ method: ['POST', 'OPTIONS'], url: '/graphql', handler });
  http.route({
    method: 'GET',
    url: '/graphql',
    handler,
    wsHandler: websocketHandler(parts.schema, parts.authenticator, log),
  });
  routeHealth(http, parts.readiness);
  await routeGraphiql(http, parts.graphiqlDir);
  return { http, apollo };
}

/** Answers that are still under way end their connection: a client that keeps it open would hold up the end. */
function endConnectionsOnClose(http: FastifyInstance): void {
  let closing = false;
  http.addHook('preClose', async () => {
    closing = true;
  });
  http.addHook('onSend', async (_, reply) => {
    if (closing) reply.header('connection', 'close');
  });
}

function contextOf(authenticator: Authenticator, request: Pick<FastifyRequest, 'headers'>): HubContext {
  try {
    return {
      viewer: authenticator.viewer(request.headers.authorization),
      language: preferredLanguage(request.headers['accept-language']),
    };
  } catch (error) {
    if (!(error instanceof UnauthenticatedError)) throw error;
    throw new GraphQLError(error.message, { extensions: { code: error.code, http: { status: 401 } } });
  }
}
