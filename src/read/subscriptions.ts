import { createSourceEventStream, execute, type GraphQLSchema, locatedError } from 'graphql';
import { DomainError } from '../errors.ts';
import { SUBSCRIPTION_POINTS } from './cost.ts';
import type { OperationRequest, Result } from './executor.ts';
import type { Operation, Operations } from './operations.ts';

/** Runs subscriptions: a stream of events, and for each of them the selection as of then. */
export class Subscriptions {
  constructor(
    private readonly schema: GraphQLSchema,
    private readonly operations: Operations,
  ) {}

  /** Begins a validated subscription: its results, one for each event, or the errors that refuse it. */
  async begin(request: OperationRequest): Promise<AsyncIterableIterator<Result> | Result> {
    const operation = this.operations.find(request.document, request.operationName);
    if (!operation) throw new Error('The document has no such subscription');
    if (operation.refused) return failed(operation.refused, operation);
    try {
      request.context.meter?.charge(SUBSCRIPTION_POINTS);
    } catch (error) {
      if (error instanceof DomainError) return failed(error, operation);
      throw error;
    }
    const stream = await createSourceEventStream(this.args(request));
    if (!(Symbol.asyncIterator in stream)) return stream as Result;
    const events = stream[Symbol.asyncIterator]() as AsyncIterator<unknown>;
    return mapped(events, (event) => this.result(request, operation, event));
  }

  /** The selection of an event, read as who the subscriber is now. */
  private async result(request: OperationRequest, operation: Operation, event: unknown): Promise<Result> {
    try {
      const context = (await request.context.forEvent?.()) ?? { ...request.context };
      return (await execute({ ...this.args({ ...request, context }), rootValue: event })) as Result;
    } catch (error) {
      // Thrown on, it would close the socket with all its other operations.
      return failed(error, operation);
    }
  }

  private args({ document, operationName, variables, context }: OperationRequest) {
    return {
      schema: this.schema,
      document,
      contextValue: context,
      variableValues: variables ?? {},
      operationName: operationName ?? null,
    };
  }
}

/** What becomes of each item. No generator: the end of one that waits for its next item would wait as well. */
function mapped<T>(
  items: AsyncIterator<unknown>,
  map: (item: unknown) => Promise<T>,
): AsyncIterableIterator<T> {
  return {
    async next() {
      const { done, value } = await items.next();
      return done ? { done, value: undefined } : { value: await map(value) };
    },
    async return() {
      await items.return?.();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

function failed(error: unknown, { node }: Operation): Result {
  return { errors: [locatedError(error, node)] };
}
