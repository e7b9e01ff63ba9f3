import {
  type DocumentNode,
  type ExecutionResult,
  execute,
  GraphQLError,
  type GraphQLSchema,
  getVariableValues,
  isNonNullType,
  locatedError,
  OperationTypeNode,
} from 'graphql';
import type { Meter } from '../access/meter.ts';
import { type DomainError, QueryTimeoutError, RateLimitedError, UserError } from '../errors.ts';
import { Budget } from './budget.ts';
import { mutationPoints } from './cost.ts';
import { Describer } from './describe.ts';
import { type Member, objectPieces, type Piece } from './json.ts';
import { JsonText } from './json-text.ts';
import { type Operation, Operations, type PlannedOperation } from './operations.ts';
import type { FieldRules, Plan, PlannedField, PlannedObject } from './plan.ts';
import type { Reader, ReadRequest } from './reader.ts';
import { Statements, statementOf } from './statement.ts';
import { Subscriptions } from './subscriptions.ts';
import type { ReadNode } from './tree.ts';
import { Writer } from './write.ts';

/** What a request's context must carry for its reads. */
export interface ReadContext extends ReadRequest {
  /** Runs the operation field by field, to compare. */
  fieldByField?: boolean | undefined;
  /** Charges the operation to its principal, before any SQL; nothing is charged without. */
  meter?: Meter | undefined;
  /** What the event of a subscription runs with: its reader looked up again, and its own charge. */
  forEvent?: (() => Promise<ReadContext>) | undefined;
  /** Told how the operation ran, and why not whole. */
  onExecution?: ((way: Execution) => void) | undefined;
}

/** How an operation ran; `why` not as one statement, for people. */
export type Execution = { whole: true } | { whole: false; why: string };

/** A validated operation of a client. */
export interface OperationRequest {
  document: DocumentNode;
  operationName?: string | null | undefined;
  variables?: Record<string, unknown> | null | undefined;
  context: ReadContext;
}

/** What an operation gave; its data may be {@link JsonText}. */
export type Result = ExecutionResult<Record<string, unknown> | JsonText>;

/** The result of an operation that is done with; `why` it did not run whole. */
type Outcome = { why?: undefined; result: Result } | { why: string; result?: Result };

/**
 * Runs operations: whole, as one statement whose text is the answer, or field by field, where that cannot be. Both
 * ways read by the same descriptions and the same SQL, so no resolver knows which one was taken.
 */
export class Executor {
  private readonly operations: Operations;
  private readonly subscriptions: Subscriptions;
  private readonly statements = new Statements();
  private readonly whole = new Writer(false);

  constructor(
    private readonly schema: GraphQLSchema,
    rules: FieldRules,
    private readonly reader: Reader,
  ) {
    this.operations = new Operations(schema, rules);
    this.subscriptions = new Subscriptions(schema, this.operations);
  }

  /** Begins a subscription: its results, one for each event, or the errors that refuse it. */
  subscribe(request: OperationRequest): Promise<AsyncIterableIterator<Result> | Result> {
    return this.subscriptions.begin(request);
  }

  /** The result of an operation; its data may be {@link JsonText}. */
  async execute(request: OperationRequest): Promise<Result> {
    const { document, operationName, variables, context } = request;
    const { why, result } = await this.runWhole(request);
    context.onExecution?.(why === undefined ? { whole: true } : { whole: false, why });
    if (result) return result;
    return execute({
      schema: this.schema,
      document,
      contextValue: context,
      variableValues: variables ?? {},
      operationName: operationName ?? null,
      options: { maxCoercionErrors: 1 },
    }) as Promise<Result>;
  }

  /** Decides whether an operation runs whole: the answer when it did or was refused, and why it did not. */
  private async runWhole({
    document,
    operationName,
    variables,
    context,
  }: OperationRequest): Promise<Outcome> {
    const operation = this.operations.find(document, operationName);
    if (!operation) return { why: 'the operation is not named' };
    if (operation.refused) return refused(operation.refused, operation);
    if (operation.node.operation === OperationTypeNode.SUBSCRIPTION) {
      return refused(
        new UserError(
          'SUBSCRIPTION_NEEDS_SOCKET',
          'Subscriptions are answered over a WebSocket alone: connect to ws://…/graphql with the protocol graphql-transport-ws.',
        ),
        operation,
      );
    }
    const { meter } = context;
    const isQuery = operation.node.operation === OperationTypeNode.QUERY;
    let obstacle = !isQuery ? 'it is no query' : context.fieldByField ? 'this was asked for' : undefined;
    // What cannot run whole is told by its selection too, where it has to be paid for.
    if (obstacle && !meter) return { why: obstacle };
    const { coerced } = getVariableValues(
      this.schema,
      operation.node.variableDefinitions ?? [],
      variables ?? {},
      { maxErrors: 1 },
    );
    if (!coerced) return { why: obstacle ?? 'its variables are refused' };
    let planned: PlannedOperation;
    try {
      planned = this.operations.planned(operation, coerced);
    } catch (error) {
      return { why: `its selection cannot be told: ${messageOf(error)}` };
    }
    const { plan, root } = planned;
    if (!isQuery) return chargedWrite(operation, root, coerced, meter);
    obstacle ??= obstacleOf(plan, root);
    if (obstacle && !meter) return { why: obstacle };
    const describer = new Describer({
      plan,
      context,
      variables: coerced,
      budget: new Budget(),
      info: infoOf(this.schema, operation, coerced),
    });
    try {
      const children = await this.describe(describer, root, meter);
      if (obstacle) return { why: obstacle };
      if (!describer.reads) return { why: 'nothing of it is in the database' };
      // Known only now where the operation runs for the first time.
      if (plan.computed) return { why: computedAt(plan.computed) };
      if (!describer.isInSelectionOrder) return { why: 'its types ask for fields in different sequences' };
      const write = statementOf(context.viewer, describer.parameters, () => this.write(root, children));
      const statement = this.statements.get(`${plan.id} ${describer.parameters.shape}`, write);
      const { text, isComplete } = await this.reader.text(statement, describer.parameters.values, context);
      if (!isComplete) return { why: 'something is missing where null has a meaning' };
      return { result: { data: new JsonText(text) } };
    } catch (error) {
      // Field by field, the first fields would be read before the others are found to be too many.
      const refusal = refusalIn(error);
      if (refusal) return refused(refusal, operation);
      if (obstacle) return { why: obstacle };
      const [only, ...others] = root.fields;
      const why = `it failed: ${messageOf(error)}`;
      if (only?.field && others.length === 0) return { why, result: failed(only, error as Error) };
      // Run again, it would take as long again.
      if (error instanceof QueryTimeoutError) {
        return { why, result: { data: null, errors: [locatedError(error, operation.node)] } };
      }
      // Which field an error belongs to is known when each is asked alone.
      return { why };
    }
  }

  /** What the root fields read, undefined for `__typename`; by then the operation has been charged. */
  private async describe(
    describer: Describer,
    { type, fields }: PlannedObject,
    meter: Meter | undefined,
  ): Promise<(ReadNode | undefined)[]> {
    const children: (ReadNode | undefined)[] = [];
    const failures: unknown[] = [];
    const describe = async (tellsCost: boolean): Promise<void> => {
      for (const [index, planned] of fields.entries()) {
        if (!planned.describe || planned.tellsCost !== tellsCost) continue;
        describer.path = [planned.key];
        try {
          children[index] = await describer.described(type, planned);
        } catch (error) {
          // The others will be read although one has failed, so they are paid for.
          if (!meter || refusalIn(error)) throw error;
          failures.push(error);
        }
      }
    };
    await describe(false);
    meter?.charge(describer.of.budget.points);
    await describe(true);
    if (failures.length > 0) throw failures[0];
    return children;
  }

  private write(
    { type, fields }: PlannedObject,
    children: readonly (ReadNode | undefined)[],
  ): readonly Piece[] {
    return objectPieces(
      fields.map(({ key }, index): Member => {
        const child = children[index];
        return { key, value: child ? this.whole.pieces(child) : [{ json: JSON.stringify(type.name) }] };
      }),
    );
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The result of an operation of which nothing is run. */
function refused(error: DomainError, { node }: Operation): Outcome {
  return { why: 'it is refused', result: { errors: [locatedError(error, node)] } };
}

/** The refusal of an operation that comes to more than it may, whichever field it was met at. */
function refusalIn(error: unknown): DomainError | undefined {
  const original = error instanceof GraphQLError ? error.originalError : error;
  const isTooLarge = original instanceof UserError && original.code === 'QUERY_TOO_LARGE';
  return isTooLarge || original instanceof RateLimitedError ? original : undefined;
}

/** Why a selection cannot be read whole; undefined where it can, as far as is known. */
function obstacleOf(plan: Plan, root: PlannedObject): string | undefined {
  const plain = root.fields.find(({ name, describe }) => name !== '__typename' && !describe);
  if (plain) return `${plain.key} is answered without the database`;
  return plan.computed && computedAt(plan.computed);
}

/** Charges a mutation, before it is run field by field. */
function chargedWrite(
  operation: Operation,
  root: PlannedObject,
  variables: Record<string, unknown>,
  meter: Meter | undefined,
): Outcome {
  const { operation: type } = operation.node;
  try {
    if (type === OperationTypeNode.MUTATION) meter?.charge(mutationPoints(root.fields, variables));
    return { why: 'it is no query' };
  } catch (error) {
    const refusal = refusalIn(error);
    if (refusal) return refused(refusal, operation);
    throw error;
  }
}

/** The result of an operation whose only field failed. */
function failed({ key, field, nodes }: PlannedField, error: Error): ExecutionResult<Record<string, unknown>> {
  const data = isNonNullType(field?.type) ? null : { [key]: null };
  return { data, errors: [locatedError(error, nodes, [key])] };
}

function computedAt(field: string): string {
  return `${field} is computed for each row`;
}

function infoOf(
  schema: GraphQLSchema,
  { node, fragments }: Operation,
  variableValues: Record<string, unknown>,
): Describer['of']['info'] {
  return {
    schema,
    fragments,
    operation: node,
    variableValues,
    rootValue: undefined,
    path: { prev: undefined, key: '', typename: undefined },
  };
}
