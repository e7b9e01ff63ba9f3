import { ApolloServerErrorCode } from '@apollo/server/errors';
import {
  type DocumentNode,
  type ExecutionResult,
  execute,
  GraphQLError,
  type GraphQLSchema,
  parse,
  subscribe,
  validate,
} from 'graphql';
import { makeHandler } from 'graphql-ws/use/@fastify/websocket';
import type { Authenticator } from '../access/admin-token.ts';
import type { HubContext } from '../graphql/context.ts';
import { type DefectLog, formatError } from '../graphql/errors.ts';
import { preferredLanguage } from '../graphql/language.ts';
import { MOST_TOKENS } from './limits.ts';

/** GraphQL over WebSocket (protocol graphql-transport-ws), with the token in the connection's parameters. */
export function websocketHandler(
  schema: GraphQLSchema,
  authenticator: Authenticator,
  log: DefectLog,
): ReturnType<typeof makeHandler> {
  const formatted = (result: ExecutionResult): ExecutionResult =>
    result.errors
      ? { ...result, errors: result.errors.map((error) => asError(formatError(error.toJSON(), error, log))) }
      : result;
  return makeHandler<Record<string, unknown>>({
    schema,
    onConnect(connection) {
      try {
        authenticator.viewer(authorization(connection.connectionParams));
        return true;
      } catch {
        return false;
      }
    },
    onSubscribe(connection, _id, { query, variables, operationName }) {
      let document: DocumentNode;
      try {
        document = parse(query, { maxTokens: MOST_TOKENS });
      } catch (error) {
        // Thrown on, it would close the connection with all its other operations.
        if (error instanceof GraphQLError) return [coded(error, ApolloServerErrorCode.GRAPHQL_PARSE_FAILED)];
        throw error;
      }
      const errors = validate(schema, document);
      if (errors.length > 0) {
        return errors.map((error) => coded(error, ApolloServerErrorCode.GRAPHQL_VALIDATION_FAILED));
      }
      const { request } = connection.extra as { request: { headers: Record<string, string | undefined> } };
      const contextValue: HubContext = {
        viewer: authenticator.viewer(authorization(connection.connectionParams)),
        language: preferredLanguage(request.headers['accept-language']),
      };
      return { schema, document, contextValue, variableValues: variables, operationName };
    },
    execute: async (args) => formatted(await execute(args)),
    subscribe: async (args) => {
      const result = await subscribe(args);
      return Symbol.asyncIterator in result ? result : formatted(result);
    },
  });
}

/** The token, under whichever spelling of the header a client's parameters use. */
function authorization(parameters: Record<string, unknown> | undefined): string | undefined {
  const entry = Object.entries(parameters ?? {}).find(([name]) => name.toLowerCase() === 'authorization');
  return typeof entry?.[1] === 'string' ? entry[1] : undefined;
}

/** The error with the code that it has over HTTP. */
function coded({ message, nodes, source, positions }: GraphQLError, code: string): GraphQLError {
  return new GraphQLError(message, { nodes, source, positions, extensions: { code } });
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
