import { ApolloServer } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled';
import { fastifyApolloDrainPlugin, fastifyApolloHandler } from '@as-integrations/fastify';
import fastifyWebsocket from '@fastify/websocket';
import Fastify, { type FastifyInstance, LogController } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import type { Authenticator } from '../access/authenticator.ts';
import type { HubContext } from '../graphql/context.ts';
import { formatError } from '../graphql/errors.ts';
import type { Limits } from '../limits/index.ts';
import type { Live } from '../live/index.ts';
import { type Executor, stringifyResult } from '../read/index.ts';
import { type Calendars, routeCalendars } from './calendars.ts';
import { refuseInOneShape } from './errors.ts';
import { routeGraphiql } from './graphiql.ts';
import { type Readiness, routeHealth } from './health.ts';
import { LARGEST_BODY, MOST_TOKENS } from './limits.ts';
import { type Publication, routeOcds } from './ocds.ts';
import { withStatus } from './rate-limited.ts';
import { type Records, routeRecords } from './records.ts';
import { contextOf } from './request-context.ts';
import { websocketHandler } from './websocket.ts';

/** What the HTTP server is made of. */
export interface ServerParts {
  schema: GraphQLSchema;
  /** Runs validated operations. */
  executor: Pick<Executor, 'execute' | 'subscribe'>;
  /** What has changed, for who subscribes to it. */
  live: Pick<Live, 'changes'>;
  authenticator: Authenticator;
  /** Whether the database answers and its migrations are current; the reason when not. */
  readiness: Readiness;
  /** All that the hub holds on a partner. */
  records: Records;
  /** Framework agreements in the terms of the Open Contracting Data Standard. */
  publication: Publication;
  calendars: Readonly<Record<string, Calendars>>;
  /** Folder of the bundled GraphiQL; the route is left out where it has not been built. */
  graphiqlDir: string;
  logLevel: string;
  /** What principals are limited to; nothing without. */
  limits?: Limits | undefined;
  /** Proxies before the hub whose word on the client's address is taken; none without. */
  proxies?: number | undefined;
}

/** The HTTP side of the hub: GraphQL over POST, GET and WebSocket, GraphiQL, and health. */
export async function createServer(
  parts: ServerParts,
): Promise<{ http: FastifyInstance; apollo: ApolloServer<HubContext> }> {
  const http = Fastify({
    logger: parts.logLevel === 'silent' ? false : { level: parts.logLevel },
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: LARGEST_BODY,
    trustProxy: (_address, hop) => hop < (parts.proxies ?? 0),
    // For a request to arrive, not to be answered.
    requestTimeout: 30_000,
    forceCloseConnections: 'idle',
  });
  const log = (error: unknown): void => http.log.error(error);
  refuseInOneShape(http, log);
  endConnectionsOnClose(http);
  writeBytes(http);

  const apollo = new ApolloServer<HubContext>({
    // A gateway may bring its own executor, without Apollo's instrumentation of every field.
    gateway: {
      onSchemaLoadOrUpdate: (callback) => {
        callback({ apiSchema: parts.schema, coreSupergraphSdl: '' });
        return () => undefined;
      },
      load: async () => ({
        executor: async ({ document, request, context }) =>
          withStatus(
            await parts.executor.execute({
              document,
              // As the client sent it: Apollo's own is that of the operation it found, if any.
              operationName: request.operationName,
              variables: request.variables,
              context: context as HubContext,
            }),
          ) as never,
      }),
      stop: async () => undefined,
    },
    parseOptions: { maxTokens: MOST_TOKENS },
    introspection: true,
    stringifyResult,
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
    context: async (request, reply) => contextOf(parts, request, reply),
  });
  http.route({ method: ['POST', 'OPTIONS'], url: '/graphql', handler });
  http.route({
    method: 'GET',
    url: '/graphql',
    handler,
    wsHandler: websocketHandler(parts, log),
  });
  routeHealth(http, parts.readiness);
  routeRecords(http, parts);
  routeOcds(http, parts);
  routeCalendars(http, parts);
  await routeGraphiql(http, parts.graphiqlDir);
  return { http, apollo };
}

/** Characters from which an answer goes out as bytes. */
const LONG_TEXT = 16_384;

/** Node writes a long text slower than its bytes: an answer of 219 kB took 1.05 ms of CPU so, and takes 0.82. */
function writeBytes(http: FastifyInstance): void {
  http.addHook('onSend', (_request, _reply, payload, done) => {
    const isLong = typeof payload === 'string' && payload.length > LONG_TEXT;
    done(null, isLong ? Buffer.from(payload) : payload);
  });
}

/** Answers that are still under way end their connection: a client that keeps it open would hold up the end. */
function endConnectionsOnClose(http: FastifyInstance): void {
  let closing = false;
  http.addHook('preClose', async () => {
    closing = true;
  });
  http.addHook('onSend', (_, reply, payload, done) => {
    if (closing) reply.header('connection', 'close');
    done(null, payload);
  });
}
