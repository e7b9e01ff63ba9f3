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
import { QueryTimeoutError, UserError } from '../errors.ts';
import { Budget } from './budget.ts';
import { Describer } from './describe.ts';
import { type Member, objectPieces, type Piece } from './json.ts';
import { JsonText } from './json-text.ts';
import { type Operation, Operations, type PlannedOperation } from './operations.ts';
import type { FieldRules, PlannedField, PlannedObject } from './plan.ts';
import type { Reader, ReadRequest } from './reader.ts';
import { Statements, statementOf } from './statement.ts';
import type { ReadNode } from './tree.ts';
import { Writer } from './write.ts';

/** What a request's context must carry for its reads. */
export interface ReadContext extends ReadRequest {
  /** Runs the operation field by field, to compare. */
  fieldByField?: boolean | undefined;
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

type Result = ExecutionResult<Record<string, unknown> | JsonText>;

/** The result of an operation that is done with; `why` it did not run whole. */
type Outcome = { why?: undefined; result: Result } | { why: string; result?: Result };

/**
 * Runs operations: whole, as one statement whose text is the answer, or field by field, where that cannot be. Both
 * ways read by the same descriptions and the same SQL, so no resolver knows which one was taken.
 */
export class Executor {
  private readonly operations: Operations;
  private readonly statements = new Statements();
  private readonly whole = new Writer(false);

  constructor(
    private readonly schema: GraphQLSchema,
    rules: FieldRules,
    private readonly reader: Reader,
  ) {
    this.operations = new Operations(schema, rules);
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
    if (operation.node.operation !== OperationTypeNode.QUERY) return { why: 'it is no query' };
    if (context.fieldByField) return { why: 'this was asked for' };
    const { coerced } = getVariableValues(
      this.schema,
      operation.node.variableDefinitions ?? [],
      variables ?? {},
      { maxErrors: 1 },
    );
    if (!coerced) return { why: 'its variables are refused' };
    let planned: PlannedOperation;
    try {
      planned = this.operations.planned(operation, coerced);
    } catch (error) {
      return { why: `its selection cannot be told: ${messageOf(error)}` };
    }
    const { plan, root } = planned;
    const plain = root.fields.find(({ name, describe }) => name !== '__typename' && !describe);
    if (plain) return { why: `${plain.key} is answered without the database` };

    if (plan.computed) return { why: computedAt(plan.computed) };
    const describer = new Describer({
      plan,
      context,
      variables: coerced,
      budget: new Budget(),
      info: infoOf(this.schema, operation, coerced),
    });
    try {
      const children = await this.describe(describer, root);
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
      const tooLarge = tooLargeIn(error);
      if (tooLarge) return refused(tooLarge, operation);
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

  /** What the root fields read; undefined for `__typename`. */
  private async describe(describer: Describer, root: PlannedObject): Promise<(ReadNode | undefined)[]> {
    const children: (ReadNode | undefined)[] = [];
    for (const planned of root.fields) {
      describer.path = [planned.key];
      children.push(planned.field && (await describer.described(root.type, planned)));
    }
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
function refused(error: UserError, { node }: Operation): Outcome {
  return { why: 'it is refused', result: { errors: [locatedError(error, node)] } };
}

/** The refusal of an operation that comes to more than its budget, whichever field it was met at. */
function tooLargeIn(error: unknown): UserError | undefined {
  const original = error instanceof GraphQLError ? error.originalError : error;
  return original instanceof UserError && original.code === 'QUERY_TOO_LARGE' ? original : undefined;
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
