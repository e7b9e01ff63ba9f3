import { ApolloServerErrorCode } from '@apollo/server/errors';
import {
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  GraphQLError,
  getOperationAST,
  getVariableValues,
  parse,
  validate,
} from 'graphql';
import { CloseCode } from 'graphql-ws';
import { makeHandler } from 'graphql-ws/use/@fastify/websocket';
import { LRUCache } from 'lru-cache';
import type { Meter } from '../access/meter.ts';
import { ANONYMOUS, type Viewer } from '../access/viewer.ts';
import { RateLimitedError, UnauthenticatedError } from '../errors.ts';
import type { HubContext } from '../graphql/context.ts';
import { type DefectLog, formatError } from '../graphql/errors.ts';
import { preferredLanguage } from '../graphql/language.ts';
import type { OperationRequest } from '../read/index.ts';
import { documentTooLong, LONGEST_DOCUMENT, MOST_RUNNING, MOST_TOKENS } from './limits.ts';
import { whenGone } from './request-context.ts';
import type { ServerParts } from './server.ts';
import { type Closable, endWithCredential, OPEN } from './socket-life.ts';

/** Checked documents that are kept, and their characters at most: clients repeat themselves. */
const MOST_DOCUMENTS = 500;
const MOST_CHARACTERS = 4 * 1024 * 1024;

/** What a connection knows of its request and its socket. */
interface Extra {
  request: { ip: string; headers: Record<string, string | undefined> };
  socket: Closable;
}

type SubscribeResult = AsyncIterableIterator<ExecutionResult> | ExecutionResult;

/** Close code of a socket that is one too many; clients of the protocol do not try again by themselves. */
const TOO_MANY = 4429;

/** GraphQL over WebSocket (protocol graphql-transport-ws), with the token in the connection's parameters. */
export function websocketHandler(
  {
    schema,
    authenticator,
    executor,
    live,
    limits,
  }: Pick<ServerParts, 'schema' | 'authenticator' | 'executor' | 'live' | 'limits'>,
  log: DefectLog,
): ReturnType<typeof makeHandler> {
  const documents = new LRUCache<string, DocumentNode>({
    max: MOST_DOCUMENTS,
    maxSize: MOST_CHARACTERS,
    sizeCalculation: (_, source) => source.length + 1,
  });
  const formatted = (result: ExecutionResult): ExecutionResult =>
    result.errors
      ? { ...result, errors: result.errors.map((error) => asError(formatError(error.toJSON(), error, log))) }
      : result;
  /** The document of a query, or what is wrong with it. */
  function checked(query: string): DocumentNode | GraphQLError[] {
    if (query.length > LONGEST_DOCUMENT) return [refusal(documentTooLong(query.length))];
    let document: DocumentNode;
    try {
      document = parse(query, { maxTokens: MOST_TOKENS });
    } catch (error) {
      // Thrown on, it would close the connection with all its other operations.
      if (error instanceof GraphQLError) return [coded(error, ApolloServerErrorCode.GRAPHQL_PARSE_FAILED)];
      throw error;
    }
    const errors = validate(schema, document);
    return errors.length === 0
      ? document
      : errors.map((error) => coded(error, ApolloServerErrorCode.GRAPHQL_VALIDATION_FAILED));
  }
  /** Who sends an operation; where the token has ended meanwhile, the socket ends too. */
  async function viewerOf(
    parameters: Record<string, unknown> | undefined,
    socket: Closable,
  ): Promise<Viewer | GraphQLError> {
    try {
      return await authenticator.viewer(authorization(parameters));
    } catch (error) {
      if (!(error instanceof UnauthenticatedError)) throw error;
      socket.close(CloseCode.Forbidden, 'Forbidden');
      return coded(new GraphQLError(error.message), error.code);
    }
  }
  return makeHandler<Record<string, unknown>>({
    schema,
    async onConnect(connection) {
      const { request, socket } = connection.extra as Extra;
      if (!isSameOrigin(request.headers)) return false;
      let viewer: Viewer;
      try {
        const own = authorization(connection.connectionParams);
        viewer = await authenticator.viewer(own);
        endWithCredential(socket, viewer, () => authenticator.viewer(own));
      } catch (error) {
        if (!(error instanceof UnauthenticatedError)) throw error;
        limits?.rate?.begin(ANONYMOUS, request.ip);
        return false;
      }
      if (!limits || socket.readyState > OPEN) return true;
      const leave = limits.sockets.enter(viewer, request.ip);
      if (leave) socket.once('close', leave);
      else socket.close(TOO_MANY, `You have ${limits.sockets.most} sockets open already: close one first.`);
      return leave !== undefined;
    },
    async onSubscribe(connection, _id, { query, variables, operationName }) {
      if (Object.keys(connection.subscriptions).length > MOST_RUNNING) {
        return [refusal(`This socket runs ${MOST_RUNNING} operations already: wait until one has ended.`)];
      }
      const { request, socket } = connection.extra as Extra;
      const viewer = await viewerOf(connection.connectionParams, socket);
      if (viewer instanceof GraphQLError) return [viewer];
      let meter: Meter | undefined;
      try {
        meter = limits?.rate?.begin(viewer, request.ip);
      } catch (error) {
        if (error instanceof RateLimitedError) return [rateLimited(error)];
        throw error;
      }
      const document = documents.get(query) ?? checked(query);
      if (!('kind' in document)) return document;
      documents.set(query, document);
      const again = (): Promise<Viewer> => authenticator.viewer(authorization(connection.connectionParams));
      const contextValue: HubContext = {
        viewer,
        meter,
        language: preferredLanguage(request.headers['accept-language']),
        onGone: (listener) => whenGone(socket, socket.readyState > OPEN, listener),
        changes: (topic, scope) => live.changes(topic, scope, again),
        forEvent: async () => {
          const now = await again();
          return { ...contextValue, viewer: now, meter: limits?.rate?.begin(now, request.ip) };
        },
      };
      const operation = getOperationAST(document, operationName);
      const { errors: refused } = getVariableValues(
        schema,
        operation?.variableDefinitions ?? [],
        variables ?? {},
        {
          maxErrors: 1,
        },
      );
      if (refused) return refused.map((error) => coded(error, ApolloServerErrorCode.BAD_USER_INPUT));
      return { schema, document, contextValue, variableValues: variables, operationName };
    },
    execute: async (args) => (await executor.execute(requestOf(args))) as ExecutionResult,
    subscribe: async (args) => (await executor.subscribe(requestOf(args))) as SubscribeResult,
    onNext: (_connection, _id, _payload, _args, result) => formatted(result),
  });
}

function requestOf({
  document,
  operationName,
  variableValues,
  contextValue,
}: ExecutionArgs): OperationRequest {
  return {
    document,
    operationName,
    variables: variableValues as Record<string, unknown>,
    context: contextValue as HubContext,
  };
}

/** The token, under whichever spelling of the header a client's parameters use. */
function authorization(parameters: Record<string, unknown> | undefined): string | undefined {
  const entries = Object.entries(parameters ?? {}).filter(([name]) => name.toLowerCase() === 'authorization');
  if (entries.length === 0) return undefined;
  // What is no single text is a wrong token, and never taken for none.
  const [[, value] = []] = entries;
  return entries.length === 1 && typeof value === 'string' ? value : '';
}

/** Browsers let any page open a socket to any host: only a page of this hub may, and what is no page. */
function isSameOrigin({ origin, host }: Record<string, string | undefined>): boolean {
  return origin === undefined || URL.parse(origin)?.host === host;
}

function rateLimited({ message, code, retryAfter }: RateLimitedError): GraphQLError {
  return new GraphQLError(message, { extensions: { code, retryAfter } });
}

function refusal(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'QUERY_TOO_LARGE' } });
}

/** The error with the code that it has over HTTP. */
function coded({ message, nodes, source, positions }: GraphQLError, code: string): GraphQLError {
  return new GraphQLError(message.slice(0, 600), { nodes, source, positions, extensions: { code } });
}

function asError({
  message,
  extensions,
  path,
  locations: _,
  ...rest
}: ReturnType<typeof formatError>): GraphQLError {
  return new GraphQLError(message, {
    ...rest,
    ...(extensions ? { extensions } : {}),
    ...(path ? { path } : {}),
  });
}
