import {
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  getOperationAST,
  Kind,
  type OperationDefinitionNode,
  visit,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import type { UserError } from '../errors.ts';
import { refusalOf } from './document-limits.ts';
import { type FieldRules, Plan, type PlannedObject } from './plan.ts';

/** Most selections that are kept merged, and most characters of the documents that they hold on to. */
const MOST_PLANS = 1_000;
const MOST_CHARACTERS = 8 * 1024 * 1024;

/** One operation of a document. */
export interface Operation {
  id: number;
  node: OperationDefinitionNode;
  fragments: Record<string, FragmentDefinitionNode>;
  /** Variables that decide what is selected: those of `@skip` and `@include`. */
  conditions: readonly string[];
  /** Why it is refused whatever its variables: deeper, or with more aliases, than any use of this schema. */
  refused: UserError | undefined;
}

/** An operation's selection for given conditions. */
export interface PlannedOperation {
  plan: Plan;
  root: PlannedObject;
  /** Characters of its document. */
  length: number;
}

/** The operations of documents and their merged selections, each worked out once. */
export class Operations {
  private readonly ofDocument = new WeakMap<DocumentNode, Map<string | undefined, Operation>>();
  private readonly plans = new LRUCache<string, PlannedOperation>({
    max: MOST_PLANS,
    maxSize: MOST_CHARACTERS,
    sizeCalculation: ({ length }) => length,
  });
  private operations = 0;

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly rules: FieldRules,
  ) {}

  /** The operation of a name, or the only one; undefined where the document does not tell which is meant. */
  find(document: DocumentNode, name: string | null | undefined): Operation | undefined {
    let known = this.ofDocument.get(document);
    if (!known) {
      known = new Map();
      this.ofDocument.set(document, known);
    }
    let operation = known.get(name ?? undefined);
    if (!operation) {
      const node = getOperationAST(document, name);
      if (!node) return undefined;
      this.operations += 1;
      const parts = partsOf(document);
      operation = { id: this.operations, node, ...parts, refused: refusalOf(node, parts.fragments) };
      known.set(name ?? undefined, operation);
    }
    return operation;
  }

  /** What an operation selects with these variables. */
  planned(operation: Operation, variables: Record<string, unknown>): PlannedOperation {
    const conditions = Object.fromEntries(operation.conditions.map((name) => [name, variables[name]]));
    // Null is neither true nor false: GraphQL refuses it.
    const key = `${operation.id} ${JSON.stringify(conditions)}`;
    let planned = this.plans.get(key);
    if (!planned) {
      const type = this.schema.getRootType(operation.node.operation);
      if (!type) throw new Error(`The schema has no ${operation.node.operation}`);
      const plan = new Plan(this.schema, this.rules, operation.fragments, conditions);
      const length = operation.node.loc?.source.body.length ?? 1;
      planned = { plan, root: plan.root(type, operation.node), length: Math.max(1, length) };
      this.plans.set(key, planned);
    }
    return planned;
  }
}

function partsOf(document: DocumentNode): Pick<Operation, 'fragments' | 'conditions'> {
  const fragments: Record<string, FragmentDefinitionNode> = {};
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments[definition.name.value] = definition;
  }
  const conditions = new Set<string>();
  visit(document, {
    Directive({ name, arguments: given }) {
      if (name.value !== 'skip' && name.value !== 'include') return;
      for (const { value } of given ?? []) {
        if (value.kind === Kind.VARIABLE) conditions.add(value.name.value);
      }
    },
  });
  return { fragments, conditions: [...conditions] };
}
